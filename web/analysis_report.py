"""What the analysis makes of each word, as JSON and as lines for people."""

from collections.abc import Iterable, Iterator
from typing import Any

from index.explanation import ExplainedWord

_INDENT = "    "


def analysis_to_json(words: Iterable[ExplainedWord]) -> list[dict[str, Any]]:
    """Give each word with its readings and keys; offsets are characters of the text."""
    return [
        {
            "form": word.form,
            "start": word.start,
            "end": word.end,
            "readings": [
                {
                    "lemma": each.reading.lemma,
                    "tag": each.reading.tag,
                    "names": list(each.reading.names),
                    "labels": list(each.reading.labels),
                    "kept": each.kept,
                }
                for each in word.readings
            ],
            "keys": list(word.keys),
            "query_keys": list(word.asked),
            "parts": [list(part) for part in word.parts],
            "entities": [each.key for each in word.entities],
        }
        for word in words
    ]


def write_analysis(words: Iterable[ExplainedWord]) -> Iterator[str]:
    """Give the lines of a table: a word, its readings (- for a dropped one), its keys."""
    for word in words:
        yield word.form
        width = max((len(each.reading.lemma) for each in word.readings), default=0)
        for each in word.readings:
            reading = each.reading
            notes = ", ".join((*reading.names, *reading.labels))
            sign = "+" if each.kept else "-"
            yield f"{_INDENT}{sign} {reading.lemma:{width}}  {reading.tag}  {notes}".rstrip()
        if not word.readings:
            yield f"{_INDENT}not in the dictionary"
        yield f"{_INDENT}in a text   {' '.join(word.keys)}"
        yield f"{_INDENT}in a query  {' '.join(word.asked)}"
        for part in word.parts:
            yield f"{_INDENT}  or a part {' '.join(part)}"
