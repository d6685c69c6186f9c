"""The values of a facet over all segments: who has them, and how often each is among hits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from index.string_table import StringTable
from search.docsets import NO_DOCS, Docs, Ints, Mask, contains, scatter, tally, where
from search.slots import FacetPart, Slots, fill_slots, map_values

# Up to this share of all documents no slots are made for a count.
_SMALL_SHARE = 1 / 500
# From this share of all documents on, those that are not hits are counted instead.
_LARGE_SHARE = 1 / 2
_CACHED_NAMES = 10_000


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents have each value: only values that any has, rising.

    `numbers` are those of `FacetColumn.values`; `ranked` are places in them, the most
    frequent first, equals in the order of their values.
    """

    numbers: Ints
    counts: Ints
    ranked: Ints
    missing: int

    @property
    def nbytes(self) -> int:
        return self.numbers.nbytes + self.counts.nbytes + self.ranked.nbytes

    def count_of(self, number: int) -> int:
        """Give the count of one value."""
        at = int(np.searchsorted(self.numbers, number))
        held = at < self.numbers.size and self.numbers[at] == number
        return int(self.counts[at]) if held else 0


class FacetColumn:
    """The values of a field, and who has them; counts are exact and skip deleted documents."""

    def __init__(self, parts: Sequence[FacetPart], live: Mask | None) -> None:
        """Take the parts, and the mask of live documents where any is deleted."""
        self._parts = tuple(parts)
        self._live = live
        self._slotted = False
        self.size = sum(part.size for part in parts)

    @cached_property
    def values(self) -> Sequence[str] | StringTable:
        """Give the distinct values, in the order of their UTF-8 bytes."""
        if len(self._parts) == 1:
            return self._parts[0].field.terms
        encoded: set[bytes] = set()
        for part in self._parts:
            encoded.update(part.field.terms.all_bytes())
        return tuple(value.decode() for value in sorted(encoded))

    @cached_property
    def name(self) -> Callable[[int], str]:
        """Give the value of a number."""
        return lru_cache(_CACHED_NAMES)(self.values.__getitem__)

    def find(self, value: str) -> int | None:
        """Give the number of a value; None where no document has had it."""
        if len(self._parts) == 1:
            return self._parts[0].field.terms.find(value)
        return self._numbers.get(value)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {value: number for number, value in enumerate(self.values)}

    def docs_of(self, value: str) -> Docs:
        """Give the live documents that have a value."""
        found = []
        for part in self._parts:
            number = part.field.terms.find(value)
            if number is not None:
                start, stop = part.field.span(number)
                docs = part.field.docs[start:stop]
                found.append(docs + np.uint32(part.base) if part.base else docs)
        if not found:
            return NO_DOCS
        docs = found[0] if len(found) == 1 else np.concatenate(found)
        return docs if self._live is None else docs[np.take(self._live, docs)]

    def count(self, docs: Docs, top: int) -> Counts:
        """Count the values of live documents (rising), and rank as many as `top` of them."""
        if docs.size > self.size * _LARGE_SHARE:
            numbers, counts, missing = self._count(where(~scatter(docs, self.size)))
            totals, valueless = self._totals
            left = totals.copy()
            left[numbers] -= counts
            numbers = np.flatnonzero(left)
            counts, missing = left[numbers], valueless - missing
        else:
            numbers, counts, missing = self._count(docs)
        return Counts(numbers, counts, rank_counts(counts, top), missing)

    def cells(self, docs: Docs) -> tuple[Docs, Ints]:
        """Give every (document, number of its value) of these documents."""
        few, many = self._divide(docs)
        held, numbers = self._gather(many)
        owners = np.repeat(many, held)
        if few.size:
            rows = np.take(self._slots.rows, few, axis=0)
            at = np.flatnonzero(rows)
            owners = np.concatenate([owners, few[at // rows.shape[1]]])
            numbers = np.concatenate([numbers, rows.ravel()[at].astype(np.int64) - 1])
        return owners, numbers

    def _count(self, docs: Docs) -> tuple[Ints, Ints, int]:
        """Give the values that any of the documents has, their counts, and how many have none."""
        few, many = self._divide(docs)
        held, found = self._gather(many)
        numbers, counts = tally(found)
        missing = int(np.count_nonzero(held == 0))
        if not few.size:
            return numbers, counts, missing
        rows = np.take(self._slots.rows, few, axis=0)
        slotted, of_slots = tally(rows.ravel())
        if slotted[0] == 0:
            missing += few.size - int(np.count_nonzero(rows[:, 0]))
            slotted, of_slots = slotted[1:], of_slots[1:]
        slotted -= 1
        if not many.size:
            return slotted, of_slots, missing
        numbers, places = np.unique(np.concatenate([slotted, numbers]), return_inverse=True)
        counts = np.bincount(places, weights=np.concatenate([of_slots, counts]))
        return numbers, counts.astype(np.int64), missing

    @cached_property
    def _totals(self) -> tuple[Ints, int]:
        """Give the count of every value among all documents, deleted ones too, as `_count`."""
        totals = np.zeros(len(self.values), dtype=np.int64)
        for part, mapping in zip(self._parts, self._maps, strict=True):
            totals[slice(None) if mapping is None else mapping] += np.diff(part.field.offsets.all())
        return totals, self.size - int(np.count_nonzero(self.valued))

    def _divide(self, docs: Docs) -> tuple[Docs, Docs]:
        """Give the documents to be read from slots, and those to be read value after value.

        Slots take a while to fill, so that the first few hits after opening do without.
        """
        if not self._slotted and docs.size <= self.size * _SMALL_SHARE:
            return NO_DOCS, docs
        self._slotted = True
        if not self._slots.crowded.size:
            return docs, NO_DOCS
        crowded = contains(self._slots.crowded, docs, self.size)
        return docs[~crowded], docs[crowded]

    @cached_property
    def _slots(self) -> Slots:
        return fill_slots(self._parts, self._maps, self._value_counts, len(self.values))

    @cached_property
    def _value_counts(self) -> NDArray[np.uint8]:
        """Give how many values each document has; 255 stands for that many and more."""
        counts = [np.diff(part.field.value_offsets.all()) for part in self._parts]
        few = [np.minimum(each, 255).astype(np.uint8) for each in counts]
        return np.concatenate([np.empty(0, dtype=np.uint8), *few])

    @cached_property
    def valued(self) -> Mask:
        """Give the mask of the documents that have any value; deleted ones too."""
        return self._value_counts > 0

    def _gather(self, docs: Docs) -> tuple[Ints, Ints]:
        """Give how many values each document has, and all of them, document after document."""
        if not docs.size:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        held, values = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        for part, mapping in zip(self._parts, self._maps, strict=True):
            own = docs[(docs >= part.base) & (docs < part.base + part.size)] - np.uint32(part.base)
            counts, found = part.values_of(own)
            held.append(counts)
            values.append(map_values(mapping, found).astype(np.int64))
        return np.concatenate(held), np.concatenate(values)

    @cached_property
    def _maps(self) -> list[Ints | None]:
        """Give, for each part, the numbers of its values among all values."""
        if len(self._parts) == 1:
            return [None]
        numbers = self._numbers
        return [
            np.array([numbers[value] for value in part.field.terms], dtype=np.int64)
            for part in self._parts
        ]


def rank_counts(counts: Ints, top: int) -> Ints:
    """Give the places of the largest counts, equals in their order."""
    places = np.arange(counts.size)
    if counts.size > top:
        least = np.partition(counts, counts.size - top)[counts.size - top]
        places = np.flatnonzero(counts >= least)
    return places[np.argsort(-counts[places], kind="stable")][:top]
