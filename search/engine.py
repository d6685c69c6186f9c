"""What an engine does, whichever index stands behind it."""

from collections.abc import Iterator
from typing import Protocol

from corpus.document import Document, Passage
from search.query import Node, Query
from search.results import DocumentLabel, Results, Retired, Status


class Engine(Protocol):
    """Answers queries; safe to call from several threads."""

    def search(self, query: Query) -> Results: ...

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

    def mark(self, text: str, root: Node) -> tuple[tuple[int, int], ...]:
        """Give the spans of `text` that the words of a query match."""
        ...

    def status(self) -> Status: ...

    def close(self) -> None: ...
