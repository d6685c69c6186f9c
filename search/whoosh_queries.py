"""Whoosh query classes that Whoosh does not have, and the small tree both evaluators share.

They are real Whoosh queries: a stock `Searcher` finds the same passages with them (its
scores differ, since it scores every alternative as a word of its own).
"""

from collections.abc import Iterator

from whoosh.query import MultiTerm, Or
from whoosh.reading import IndexReader


class Alternatives(MultiTerm):  # type: ignore[misc]
    """Any of several index terms, scored as one: tf and df are those of their union."""

    def __init__(self, fieldname: str, texts: tuple[str, ...], boost: float = 1.0) -> None:
        self.fieldname = fieldname
        self.texts = texts
        self.boost = boost

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alternatives) and (self.fieldname, self.texts, self.boost) == (
            other.fieldname,
            other.texts,
            other.boost,
        )

    def __hash__(self) -> int:
        return hash((self.fieldname, self.texts, self.boost))

    def __repr__(self) -> str:
        return f"Alternatives({self.fieldname!r}, {self.texts!r}, boost={self.boost})"

    def _btexts(self, ixreader: IndexReader) -> Iterator[bytes]:
        for text in self.texts:
            encoded = text.encode("utf-8")
            if (self.fieldname, encoded) in ixreader:
                yield encoded


class Synonyms(Or):  # type: ignore[misc]
    """Any of several words and phrases of one field, scored as one: a place counts once."""
