"""What a passage puts into the index, field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from corpus.document import Passage
from index.analysis import Token, analyse_text, class_term
from index.entities import entities_of


@dataclass(frozen=True, slots=True)
class FieldValues:
    """Terms at their positions, whole values, and numbers, by the names of `index.fields`."""

    terms: Mapping[str, tuple[str, ...]]
    keywords: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]


def field_values(passage: Passage) -> FieldValues:
    """Give the values of a passage for every field but the stored one."""
    tokens = analyse_text(passage.text, entities_of(passage))
    start, end = passage.headline_span
    headline = [token for token in tokens if start <= token.start < end]
    numbers = {"ordinal": passage.ordinal}
    if passage.dates is not None:
        numbers["date_start"] = passage.dates.start.toordinal()
        numbers["date_end"] = passage.dates.end.toordinal()
    return FieldValues(
        terms={
            "section": _class_terms(analyse_text(passage.section)),
            "headline": _class_terms(headline),
            "text": _class_terms(tokens),
            "exact": tuple(token.form for token in tokens),
        },
        keywords=keyword_values(passage),
        numbers=numbers,
    )


def keyword_values(passage: Passage) -> Mapping[str, tuple[str, ...]]:
    """Give the whole values of a passage, each once, by field."""
    return {
        "id": (passage.id,),
        "document": (passage.document_id,),
        "kind": (passage.kind,),
        "pair": _distinct(passage.pairs),
        "country": _distinct(passage.countries),
        "mentioned": _distinct(passage.mentioned),
        "actor": _distinct(actor.id for actor in passage.actors),
        "source": _distinct(host_of(source.url) for source in passage.sources),
    }


@lru_cache(maxsize=10_000)
def host_of(url: str) -> str:
    """Give the host of an address without "www."; the address itself where it has none.

    >>> host_of("https://www.agencja.example:8080/pl/1")
    'agencja.example'
    """
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    return host.removeprefix("www.") if host else url


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _class_terms(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(class_term(token.keys) for token in tokens)
