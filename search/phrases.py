"""Where words stand together: joins of packed places (document and position in one number).

The places of a word come in any order, each once. Position bits are so many that a place
moved by the length of a phrase, or by its slop, still belongs to its document.
"""

from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.docsets import Docs, where

Places = NDArray[Any]
"""All unsigned, of 32 bits or of 64."""

_TABLE_BITS = 20
# From this ratio of sizes on, the bigger list is sifted before both are sorted.
_SIFT_FACTOR = 4


def find_adjacent(words: Sequence[Places]) -> Places:
    """Give the last place of each row of the words, every one right behind the one before."""
    last = len(words) - 1
    rows = [places + places.dtype.type(last - number) for number, places in enumerate(words)]
    return reduce(_intersect, sorted(rows, key=len))


def find_within(words: Sequence[Places], slop: int, position_bits: int) -> Places:
    """Give the places of the first word that have every other word at most `slop` away.

    Both directions count: `"japonia rosja"~5` also finds Rosja before Japonia.
    """
    first, *others = (np.sort(places) for places in words)
    for places in others:
        begin = np.searchsorted(places, _back(first, slop, position_bits), side="left")
        end = np.searchsorted(places, first + first.dtype.type(slop), side="right")
        first = first[end > begin]
    return first


def find_in_order(words: Sequence[Places], slop: int, position_bits: int) -> Places:
    """Give the places of the last word that end a row of them all.

    Each word of a row stands behind the one before it, at most `slop` away.
    """
    ends, *others = (np.sort(places) for places in words)
    for places in others:
        begin = np.searchsorted(ends, _back(places, slop, position_bits), side="left")
        end = np.searchsorted(ends, places, side="left")
        ends = places[end > begin]
    return ends


def _back(places: Places, slop: int, position_bits: int) -> Places:
    """Give the places `slop` words before these, or where their documents begin."""
    positions = places & places.dtype.type((1 << position_bits) - 1)
    begin: Places = places - np.minimum(positions, places.dtype.type(slop))
    return begin


def _intersect(some: Places, others: Places) -> Places:
    """Give the numbers that both have, rising."""
    small, big = (some, others) if some.size < others.size else (others, some)
    if small.size * _SIFT_FACTOR < big.size:
        big = big[_sift(big, small)]
    both = np.concatenate([small, big])
    both.sort()
    shared: Places = both[:-1][both[1:] == both[:-1]]
    return shared


def _sift(numbers: Places, wanted: Places) -> Docs:
    """Give where the wanted numbers are, and some more with the same last bits."""
    last = numbers.dtype.type((1 << _TABLE_BITS) - 1)
    table = np.zeros(1 << _TABLE_BITS, dtype=np.bool_)
    table[(wanted & last).astype(np.intp)] = True
    return where(np.take(table, (numbers & last).astype(np.intp)))
