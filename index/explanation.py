"""What the analysis makes of each word of a text, step by step, for people who wonder."""

from dataclasses import dataclass

from corpus.morphology import Reading
from index.analysis import Entity, analyse_text, analyse_word
from index.entities import find_named_countries
from index.keys import judge_readings


@dataclass(frozen=True, slots=True)
class JudgedReading:
    """A reading of the dictionary; one that is not kept gives no key."""

    reading: Reading
    kept: bool


@dataclass(frozen=True, slots=True)
class ExplainedWord:
    """A word of a text; `keys` are those of the text, `asked` those of the word in a query."""

    form: str
    start: int
    end: int
    readings: tuple[JudgedReading, ...]
    keys: tuple[str, ...]
    asked: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    entities: tuple[Entity, ...]


def explain_text(text: str) -> tuple[ExplainedWord, ...]:
    """Give each word of a text with its readings, its keys and the countries it names.

    Actors are not among them: who is one depends on the whole document.
    """
    entities = find_named_countries(text)
    words = []
    for token in analyse_text(text, entities):
        asked = analyse_word(token.form)
        words.append(
            ExplainedWord(
                form=token.form,
                start=token.start,
                end=token.end,
                readings=tuple(JudgedReading(*each) for each in judge_readings(token.form)),
                keys=token.keys,
                asked=asked.keys,
                parts=asked.parts,
                entities=tuple(
                    each for each in entities if each.start < token.end and token.start < each.end
                ),
            )
        )
    return tuple(words)
