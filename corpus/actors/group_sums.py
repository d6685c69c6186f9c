"""The summed weights of the groups of features that words have, one row a group."""

from collections.abc import Hashable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from corpus.actors.features import PLACES, Keys, expand_group

_CACHED_GROUPS = 400_000


class GroupSums:
    """Weights of features, and their sums for the groups met so far; for several threads."""

    def __init__(self, features: Sequence[str], weights: NDArray[np.float32]) -> None:
        self._row_of = {feature: row for row, feature in enumerate(features, 1)}
        # Row 0 stands for nothing, so that a group has a sum even when none of it is known.
        self._weights = np.concatenate((np.zeros_like(weights[:1]), weights))
        self._lock = Lock()
        self._forget()

    def add_up(self, words: Sequence[Keys]) -> NDArray[np.float32]:
        """Give the score of each label, a column, for the words that have some keys, a row each."""
        with self._lock:
            if self._count > _CACHED_GROUPS:
                self._forget()
            numbers = np.array(
                [
                    [known.get(key) or self._number(known, place, key) for key in keys]
                    for place, known, keys in zip(
                        PLACES, self._numbers, zip(*words, strict=True), strict=True
                    )
                ]
            )
            self._sum_new()
            scores: NDArray[np.float32] = self._sums[numbers].sum(axis=0)
        return scores

    def _forget(self) -> None:
        self._numbers: list[dict[Hashable, int]] = [{} for _ in PLACES]
        self._sums = np.zeros((1, self._weights.shape[1]), np.float32)
        self._count = 1
        self._new: list[list[int]] = []

    def _number(self, known: dict[Hashable, int], place: str, key: Hashable) -> int:
        """Give the number of a group that is met for the first time."""
        row_of = self._row_of
        self._new.append([0, *(row_of[f] for f in expand_group(place, key) if f in row_of)])
        number = known[key] = self._count
        self._count += 1
        return number

    def _sum_new(self) -> None:
        """Add up the weights of the new groups, all at once."""
        if not self._new:
            return
        if self._count > len(self._sums):
            more = np.empty((self._count, self._weights.shape[1]), np.float32)
            self._sums = np.concatenate((self._sums, more))
        starts = np.cumsum([0, *map(len, self._new[:-1])])
        rows = np.fromiter((row for group in self._new for row in group), np.intp)
        first = self._count - len(self._new)
        self._sums[first : self._count] = np.add.reduceat(self._weights[rows], starts)
        self._new = []
