"""The values of documents side by side, one row a document.

One row is read at once and all slots are counted alike, which beats following offsets even
though slots stay empty. The few documents with more values than a row has slots have none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segment import KeywordField
from search.docsets import Docs, Ints, where

# As many slots as are enough for this share of all documents.
_SLOTTED_SHARE = 0.99
_MOST_SLOTS = 8


@dataclass(frozen=True, slots=True)
class FacetPart:
    """A keyword field of one segment, whose documents begin at `base` in the index."""

    base: int
    size: int
    field: KeywordField

    def values_of(self, docs: Docs) -> tuple[Ints, NDArray[Any]]:
        """Give how many values each document of the segment has, and all, one after another."""
        offsets = self.field.value_offsets.all()
        first = np.take(offsets, docs).astype(np.int64)
        counts = np.take(offsets[1:], docs) - first
        ends = np.cumsum(counts)
        at = np.repeat(first - ends + counts, counts)
        at += np.arange(at.size)
        return counts, np.take(self.field.values.all(), at)


@dataclass(frozen=True, slots=True)
class Slots:
    """Rows by document: the number of a value + 1, and 0 for an empty slot.

    `crowded` are the documents, rising, that have more values than a row has slots.
    """

    rows: NDArray[Any]
    crowded: Docs


def fill_slots(
    parts: Sequence[FacetPart],
    maps: Sequence[Ints | None],
    value_counts: NDArray[np.uint8],
    distinct: int,
) -> Slots:
    """Give the values of every document in as many slots as nearly all have values.

    Args:
        maps: for each part, as `map_values` takes them.
        value_counts: how many values each document has, up to 255.
        distinct: how many values there are.
    """
    width = _choose_width(value_counts)
    dtype = np.uint16 if distinct < 1 << 16 else np.uint32
    rows = np.zeros((value_counts.size, width), dtype=dtype)
    for part, mapping in zip(parts, maps, strict=True):
        own = slice(part.base, part.base + part.size)
        counts = value_counts[own]
        values = part.field.values.all()
        if int(counts.max(initial=0)) > width:
            fits = counts <= width
            values = values[np.repeat(fits, np.diff(part.field.value_offsets.all()))]
            counts = np.where(fits, counts, 0)
        # Filled slots in the order of the documents are the values as they lie.
        filled = np.arange(width, dtype=np.uint8) < counts[:, None]
        # Widened before 1 is added: a byte has no 256.
        rows[own][filled] = map_values(mapping, values).astype(dtype) + 1
    return Slots(rows, where(value_counts > width))


def _choose_width(value_counts: NDArray[np.uint8]) -> int:
    """Give a power of two, so that a row is read at once."""
    having = np.cumsum(np.bincount(value_counts, minlength=1))
    enough = int(np.searchsorted(having, value_counts.size * _SLOTTED_SHARE))
    return min(1 << max(enough - 1, 0).bit_length(), _MOST_SLOTS)


def map_values(mapping: Ints | None, numbers: NDArray[Any]) -> NDArray[Any]:
    """Give values of a part by their numbers among those of all parts; None: they are the same."""
    return numbers if mapping is None else np.take(mapping, numbers)
