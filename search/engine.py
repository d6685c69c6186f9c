"""What an engine does, whichever index stands behind it."""

from collections.abc import Iterator
from typing import Protocol

from corpus.document import Document, Passage
from search.concordance import DEFAULT_WIDTH, ConcordanceSort
from search.dates import Interval
from search.holdings import Collection, NearCopy, Status
from search.query import Node, Query
from search.results import (
    Concordance,
    DocumentLabel,
    Facet,
    Matrix,
    Results,
    Retired,
    SimilarPassage,
    Suggestion,
)


class Engine(Protocol):
    """Answers queries; safe to call from several threads."""

    def search(self, query: Query) -> Results: ...

    def search_facet(self, query: Query, field: str, text: str) -> Facet:
        """Give the buckets of one facet whose values are called so; other filters stay in force."""
        ...

    def histogram(self, query: Query, interval: Interval | None = None) -> Facet:
        """Count what a query finds by day, month or year; by what suits it without an interval."""
        ...

    def matrix(self, query: Query, field: str = "pair", rows: int = 20) -> Matrix:
        """Count what a query finds by a facet's most frequent values and by month."""
        ...

    def suggest(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """Give completions of the end of a text that is being typed."""
        ...

    def concordance(
        self, query: Query, sort: ConcordanceSort = "document", width: int = DEFAULT_WIDTH
    ) -> Concordance:
        """Give the places where the words of a query stand, from its offset, up to its limit."""
        ...

    def similar(self, passage_id: str, limit: int) -> tuple[SimilarPassage, ...]:
        """Give the passages most like one.

        Raises: UnknownPassage, for one that is no longer there, too.
        """
        ...

    def scan(self, query: Query) -> Iterator[tuple[Passage, DocumentLabel]]:
        """Give every passage that answers, in the query's order, whatever its limit."""
        ...

    def passage(self, passage_id: str) -> Passage | Retired:
        """Raises: UnknownPassage."""
        ...

    def document(self, document_id: str) -> Document:
        """Raises: UnknownDocument."""
        ...

    def label(self, document_id: str) -> DocumentLabel:
        """Raises: UnknownDocument."""
        ...

    def collection(self, offset: int = 0, limit: int = 100) -> Collection:
        """Give what the documents are together, and some of them, the newest publication first."""
        ...

    def near_copies(self, document_id: str) -> tuple[NearCopy, ...]:
        """Give the documents that say nearly the same as one, the nearest first.

        Raises: UnknownDocument.
        """
        ...

    def mark(self, text: str, root: Node) -> tuple[tuple[int, int], ...]:
        """Give the spans of `text` that the words of a query match."""
        ...

    def status(self) -> Status: ...

    def close(self) -> None: ...
