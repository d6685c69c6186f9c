"""A passage among the results that led to it: which one it is, and the ones beside it."""

from dataclasses import dataclass, replace

from corpus.document import Passage
from search.engine import Engine
from search.query import Query
from web.params import State

MAX_RANK_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Walk:
    """A passage's place among the results: from 1, and the neighbours' passages."""

    rank: int
    total: int
    previous: str
    following: str


def find_walk(engine: Engine, query: Query, passage: Passage, hit: str) -> Walk | None:
    """Give the neighbours of a passage among the results that led to it.

    None when the address names no rank, or the results have changed since.
    """
    rank = int(hit) if hit.isdecimal() and len(hit) < MAX_RANK_DIGITS else 0
    if rank < 1:
        return None
    offset = max(rank - 2, 0)
    around = replace(query, offset=offset, limit=rank + 1 - offset, facets=())
    results = engine.search(around)
    ids = [hit.passage.id for hit in results.hits]
    at = rank - 1 - offset
    if at >= len(ids) or ids[at] != passage.id:
        return None
    following = ids[at + 1] if at + 1 < len(ids) else ""
    return Walk(rank, results.total, ids[at - 1] if at else "", following)


def go_back(state: State, query: Query, rank: int) -> State:
    """Give the page of results on which a rank stands."""
    offset = (rank - 1) // query.limit * query.limit
    return state.query_only().put("offset", str(offset) if offset else "")
