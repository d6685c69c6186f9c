"""Everything that a query finds, with the generation of the index in which it was found."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from corpus.document import Passage
from search.engine import Engine
from search.holdings import Status
from search.query import Query
from search.results import DocumentLabel


@dataclass(frozen=True, slots=True)
class Scan:
    """A whole answer, passage after passage, of one generation.

    When no passage has every word, `relaxed` is true and these are the best partial ones.
    """

    status: Status
    total: int
    documents: int
    relaxed: bool
    passages: Iterator[tuple[Passage, DocumentLabel]]


def scan_generation(engine: Engine, query: Query) -> Scan:
    """Begin to read everything that a query finds, whatever its limit.

    The engine moves to a newer generation between requests; the count, the passages and
    the number of the generation must be of one, or nobody could have the result again.
    """
    whole = replace(query, offset=0, limit=1, facets=())
    while True:
        status = engine.status()
        counted = engine.search(whole)
        scanned = engine.scan(whole)
        first = tuple(islice(scanned, 1))
        if engine.status().generation == status.generation:
            passages = chain(first, scanned)
            return Scan(status, counted.total, counted.documents, counted.relaxed, passages)
