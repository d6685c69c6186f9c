"""Key word in context: every place where the words of a query stand, one line each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from corpus.document import Passage
from index.tokenizer import find_words as split_forms
from index.tokenizer import fold
from search.answer import answer_query, order_answer
from search.hits import find_words, recall_analysis
from search.live import LiveIndex
from search.matching import find_occurrences
from search.query import Query
from search.results import Concordance, ConcordanceLine

ConcordanceSort = Literal["document", "left", "right"]
CONCORDANCE_SORTS: tuple[ConcordanceSort, ...] = ("document", "left", "right")

MAX_SCANNED = 1_000
"""Passages that are read for one concordance; of more hits these are the first ones."""
MIN_WIDTH, DEFAULT_WIDTH, MAX_WIDTH = 10, 60, 300
_MOST_FORMS = 50
_SORTED_BY_WORDS = 5


def read_concordance(
    query: Query, sort: ConcordanceSort, width: int, live: LiveIndex
) -> Concordance:
    """Give the lines of a query, as many as its limit from its offset on.

    Args:
        width: characters of context on each side, at most; words are not cut.
    """
    answer = answer_query(query, live)
    words = answer.resolved.words
    order = order_answer(answer, query.sort, live, MAX_SCANNED)[: MAX_SCANNED if words else 0]
    docs: list[int] = answer.docs[order].tolist()
    found = find_words(words, docs, live.source, live.classes_of)
    lines: list[ConcordanceLine] = []
    for doc, here in zip(docs, found, strict=True):
        passage = live.passage_at(doc)
        analysed = recall_analysis(words, passage, here.keys_at)
        spans = find_occurrences(answer.resolved.root, analysed)
        lines += _cut_lines(passage, spans, width, live)
    lines.sort(key=_SORT_KEYS[sort])
    forms = Counter(line.match.lower() for line in lines)
    return Concordance(
        lines=tuple(lines[query.offset : query.offset + query.limit]),
        total=len(lines),
        forms=tuple(forms.most_common(_MOST_FORMS)),
        distinct_forms=len(forms),
        passages=int(answer.docs.size),
        scanned=len(docs),
        notes=answer.notes,
    )


def _cut_lines(
    passage: Passage, spans: Sequence[tuple[int, int]], width: int, live: LiveIndex
) -> Iterator[ConcordanceLine]:
    for start, end in spans:
        yield ConcordanceLine(
            left=_keep_end(passage.text[:start], width),
            match=" ".join(passage.text[start:end].split()),
            right=_keep_beginning(passage.text[end:], width),
            passage_id=passage.id,
            ordinal=passage.ordinal,
            start=start,
            document=live.label(passage.document_id),
        )


def _keep_beginning(text: str, width: int) -> str:
    """Give what a text begins with on one line, whole words, a blank before it if there is one."""
    # Runs of blanks become one, so that a multiple of the width is enough to look at.
    line = _on_one_line(text[: 4 * width])
    if len(line) <= width:
        return line.rstrip()
    kept = line[: width + 1]
    return kept[: kept.rfind(" ")].rstrip() if " " in kept.strip() else line[:width]


def _keep_end(text: str, width: int) -> str:
    return _keep_beginning(text[-4 * width :][::-1], width)[::-1]


def _on_one_line(text: str) -> str:
    return " " * text[:1].isspace() + " ".join(text.split()) + " " * text[-1:].isspace()


def _words(text: str) -> list[str]:
    return split_forms(fold(text))


def _by_document(line: ConcordanceLine) -> tuple[object, ...]:
    return fold(line.document.title), line.document.id, line.ordinal, line.start


def _by_left(line: ConcordanceLine) -> tuple[object, ...]:
    """Order by the words before the match, the nearest first."""
    return _words(line.left)[: -_SORTED_BY_WORDS - 1 : -1], _by_document(line)


def _by_right(line: ConcordanceLine) -> tuple[object, ...]:
    return _words(line.right)[:_SORTED_BY_WORDS], _by_document(line)


_SORT_KEYS = {"document": _by_document, "left": _by_left, "right": _by_right}
