"""What a part of a query finds, and how parts meet: the documents of both, of any of several."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from search.docsets import (
    Docs,
    Ints,
    Mask,
    Scores,
    add_dense,
    add_sparse,
    contains,
    is_much_smaller,
    search,
    spread,
)
from search.postings import PostingSource

EVERYTHING = "everything"
"""The key of all live documents."""

# From this share of all documents on, a word's scores are also kept as one per document.
_FREQUENT_SHARE = 1 / 16
# From this share on, a union adds up arrays with a place for every document.
_DENSE_SHARE = 1 / 8


@dataclass(frozen=True, slots=True)
class Found:
    """Live documents, rising, and a score for each; `scores` is None where all are zero.

    `key` names a set that is kept in the cache of its generation: a single word, everything.
    """

    docs: Docs
    scores: Scores | None = None
    key: Hashable = None

    def score_of(self, docs: Docs) -> Scores:
        """Give the scores of some documents; zero for those that are not found."""
        if self.scores is None or not self.docs.size:
            return np.zeros(docs.size, dtype=np.float32)
        at = search(self.docs, docs)
        return np.where(np.take(self.docs, at) == docs, np.take(self.scores, at), np.float32(0))

    def all_scores(self) -> Scores:
        return np.zeros(self.docs.size, dtype=np.float32) if self.scores is None else self.scores

    def select(self, held: Mask) -> "Found":
        """Give those of the documents that a mask holds, with their scores."""
        return Found(self.docs[held], None if self.scores is None else self.scores[held])

    def boosted(self, boost: float) -> "Found":
        """Give the same documents with their scores multiplied."""
        if boost == 1 or self.scores is None:
            return self
        return Found(self.docs, self.scores * np.float32(boost))


def join(some: Found, other: Found, source: PostingSource) -> Found:
    """Give the documents of both, with the sum of their scores; `some` has fewer."""
    docs = some.docs
    if other.key == EVERYTHING:
        return some
    if other.scores is None:
        return some.select(contains(other.docs, docs, source.size))
    if is_much_smaller(docs, other.docs) and not _is_frequent(other, source):
        at = search(other.docs, docs)
        held = np.take(other.docs, at) == docs
        scores = np.take(other.scores, at[held])
    elif other.key is not None:
        # Every document of a word has a score above zero.
        gathered = np.take(_spread(other, source), docs)
        held = gathered > 0
        scores = gathered[held]
    else:
        held = contains(other.docs, docs, source.size)
        scores = np.take(_spread(other, source), docs[held])
    if some.scores is not None:
        scores = scores + some.scores[held]
    return Found(docs[held], scores)


def add_up(parts: Sequence[Found], source: PostingSource) -> tuple[Docs, Scores, Ints]:
    """Give the documents of any, the sums of their scores, and how many parts have each."""
    pairs = [(part.docs, part.all_scores()) for part in parts]
    if sum(part.docs.size for part in parts) > source.size * _DENSE_SHARE:
        return add_dense(pairs, source.size)
    return add_sparse(pairs)


def _is_frequent(found: Found, source: PostingSource) -> bool:
    return found.key is not None and found.docs.size >= source.size * _FREQUENT_SHARE


def _spread(found: Found, source: PostingSource) -> Scores:
    def make() -> Scores:
        return spread(found.docs, found.all_scores(), source.size)

    return source.keep(("dense", found.key), make) if _is_frequent(found, source) else make()
