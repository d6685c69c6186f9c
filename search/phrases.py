"""Where words stand together: joins of packed places (document and position in one number)."""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from search.docsets import Ints

POSITION_BITS = 24
"""A position fits below this bit of a place, a document number above it."""


def find_adjacent(words: Sequence[Ints]) -> Ints:
    """Give the places where each word stands right behind the one before it."""
    return reduce(_intersect, (places - offset for offset, places in enumerate(words)))


def find_within(words: Sequence[Ints], slop: int) -> Ints:
    """Give the places of the first word that have every other word at most `slop` away.

    Both directions count: `"japonia rosja"~5` also finds Rosja before Japonia.
    """
    first, *others = words
    held = np.ones(first.size, dtype=np.bool_)
    low = np.maximum(first - slop, (first >> POSITION_BITS) << POSITION_BITS)
    for places in others:
        begin = np.searchsorted(places, low, side="left")
        end = np.searchsorted(places, first + slop, side="right")
        held &= end > begin
    return first[held]


def _intersect(some: Ints, others: Ints) -> Ints:
    """Give the numbers that both have; each has a number once, rising."""
    both = np.concatenate([some, others])
    both.sort()
    shared: Ints = both[:-1][both[1:] == both[:-1]]
    return shared
