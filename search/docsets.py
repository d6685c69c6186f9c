"""Sets of documents as rising arrays of numbers, and how they meet.

`size` is everywhere the count of all documents of the index. Where two sets are of like
size, scattering one into an array of that size and gathering with the other is several
times faster than searching; where one is much smaller, searching for its members is.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Docs = NDArray[np.uint32]
Ints = NDArray[np.int64]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

NO_DOCS: Docs = np.empty(0, dtype=np.uint32)

# A search costs as much as scattering and gathering about a dozen documents.
_SEARCH_FACTOR = 12


def where(mask: Mask) -> Docs:
    """Give the places that are true."""
    return np.flatnonzero(mask).astype(np.uint32)


def scatter(docs: Docs, size: int) -> Mask:
    """Give the mask of a set."""
    mask = np.zeros(size, dtype=np.bool_)
    mask[docs.astype(np.intp)] = True
    return mask


def spread(docs: Docs, scores: Scores, size: int) -> Scores:
    """Give the score of every document, zero for those that are not in the set."""
    dense = np.zeros(size, dtype=np.float32)
    dense[docs.astype(np.intp)] = scores
    return dense


def contains(others: Docs, docs: Docs, size: int) -> Mask:
    """Tell for each of `docs` whether it is one of `others`."""
    if not others.size:
        return np.zeros(docs.size, dtype=np.bool_)
    if is_much_smaller(docs, others):
        found: Mask = np.take(others, search(others, docs)) == docs
        return found
    return np.take(scatter(others, size), docs)


def intersect(some: Docs, others: Docs, size: int) -> Docs:
    """Give the documents that both sets have."""
    small, big = (some, others) if some.size < others.size else (others, some)
    return small[contains(big, small, size)]


def locate(some: Docs, others: Docs, size: int) -> tuple[Ints, Mask]:
    """Give the places in `some` that `others` have too, and which of `others` those are."""
    if is_much_smaller(others, some):
        at = search(some, others)
        held: Mask = np.take(some, at) == others
        return at[held], held
    at = where(np.take(scatter(others, size), some)).astype(np.int64)
    if at.size == others.size:
        return at, np.ones(at.size, dtype=np.bool_)
    return at, np.take(scatter(some, size), others)


def search(docs: Docs, wanted: Docs) -> Ints:
    """Give the place where each wanted document is, if it is in the set at all."""
    places = np.searchsorted(docs, wanted)
    places[places == docs.size] = 0
    return places


def is_much_smaller(some: Docs, others: Docs) -> bool:
    """Tell whether searching for each of `some` beats scattering `others`."""
    return some.size * _SEARCH_FACTOR < others.size


def add_sparse(parts: Sequence[tuple[Docs, Scores]]) -> tuple[Docs, Scores, Ints]:
    """Give the union of small sets, the sum of their scores, and how many sets have each.

    One sort of keys, the document above the bits of its score.
    """
    keys = np.empty(sum(docs.size for docs, _ in parts), dtype=np.uint64)
    high, low = keys.view(np.uint32)[1::2], keys.view(np.float32)[::2]
    at = 0
    for docs, scores in parts:
        high[at : at + docs.size] = docs
        low[at : at + docs.size] = scores
        at += docs.size
    if not keys.size:
        return NO_DOCS, np.empty(0, dtype=np.float32), np.empty(0, dtype=np.int64)
    keys.sort()
    first = np.flatnonzero(np.concatenate([[True], high[1:] != high[:-1]]))
    held = np.diff(np.concatenate([first, [keys.size]]))
    return high[first].copy(), np.add.reduceat(low, first), held


def add_dense(parts: Sequence[tuple[Docs, Scores]], size: int) -> tuple[Docs, Scores, Ints]:
    """Give what `add_sparse` gives, for sets that hold a good part of all documents."""
    total = np.zeros(size, dtype=np.float32)
    held = np.zeros(size, dtype=np.min_scalar_type(len(parts)))
    for docs, scores in parts:
        at = docs.astype(np.intp)
        total[at] = np.take(total, at) + scores
        held[at] = np.take(held, at) + held.dtype.type(1)
    docs = where(held.astype(np.bool_))
    return docs, np.take(total, docs), np.take(held, docs).astype(np.int64)


def tally(values: NDArray[Any]) -> tuple[Ints, Ints]:
    """Give the distinct values, rising, and how often each is there.

    NumPy sorts 16-bit numbers several at once, which takes less than counting them singly.
    """
    values = np.sort(values)
    ends = np.flatnonzero(values[1:] != values[:-1]) + 1
    edges = np.concatenate([[0], ends, [values.size]] if values.size else [ends, [0]])
    return values[edges[:-1]].astype(np.int64), np.diff(edges)
