"""A passage as the plain values that indexing needs: cheap to hand to another process."""

from operator import itemgetter
from typing import NamedTuple

from corpus.document import Passage
from index.field_values import keyword_values
from index.fields import FIELDS
from index.records import passage_to_record

KEYWORD_FIELDS: tuple[str, ...] = tuple(spec.name for spec in FIELDS if spec.kind == "keyword")
NUMBER_FIELDS: tuple[str, ...] = tuple(
    name for spec in FIELDS if spec.kind in ("number", "days") for name in spec.columns
)


class PassageRow(NamedTuple):
    """What is indexed of a passage.

    `keywords` are the values of `KEYWORD_FIELDS`, `numbers` of `NUMBER_FIELDS` with None
    for what the passage does not have; `actors` are ids with their mentions.
    """

    text: str
    section: str
    headline_span: tuple[int, int]
    keywords: tuple[tuple[str, ...], ...]
    numbers: tuple[int | None, ...]
    actors: tuple[tuple[str, tuple[str, ...]], ...]
    record: bytes


def row_of(passage: Passage) -> PassageRow:
    """Give the row of a passage."""
    keywords = keyword_values(passage)
    dates = passage.dates
    days = (dates.start.toordinal(), dates.end.toordinal()) if dates else (None, None)
    numbers = {"ordinal": passage.ordinal, "date_start": days[0], "date_end": days[1]}
    return PassageRow(
        text=passage.text,
        section=passage.section,
        headline_span=passage.headline_span,
        keywords=_keywords_of(keywords),
        numbers=_numbers_of(numbers),
        actors=tuple([(actor.id, actor.mentions) for actor in passage.actors]),
        record=passage_to_record(passage),
    )


_keywords_of = itemgetter(*KEYWORD_FIELDS)
_numbers_of = itemgetter(*NUMBER_FIELDS)
