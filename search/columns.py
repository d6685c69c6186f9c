"""The values of a facet over all segments: who has them, and how often each is among hits."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segment import KeywordField, StringTable
from search.docsets import NO_DOCS, Docs, Ints, Mask, scatter

# Above this share of all documents, every posting is looked at instead of every hit.
_LARGE_SHARE = 1 / 8
_CACHED_NAMES = 10_000


@dataclass(frozen=True, slots=True)
class FacetPart:
    """A keyword field of one segment, whose documents begin at `base` in the index."""

    base: int
    size: int
    field: KeywordField


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
        self.name = lru_cache(_CACHED_NAMES)(self._name)
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

    def _name(self, number: int) -> str:
        return self.values[number]

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

    def first_doc_of(self, value: str) -> int | None:
        """Give the first live document that has a value; quicker than all of them."""
        for part in self._parts:
            number = part.field.terms.find(value)
            if number is not None:
                start, stop = part.field.span(number)
                docs = part.field.docs[start : stop if self._live is not None else start + 1]
                alive = docs if self._live is None else docs[np.take(self._live, docs + part.base)]
                if alive.size:
                    return int(alive[0]) + part.base
        return None

    def valued(self) -> Mask:
        """Give the mask of the documents that have any value."""
        return self._valued if self._live is None else self._valued & self._live

    def count(self, docs: Docs, top: int) -> Counts:
        """Count the values of live documents (rising), and rank as many as `top` of them."""
        if docs.size > self.size * _LARGE_SHARE:
            numbers, counts, missing = self._count_postings(docs)
        else:
            numbers, counts, missing = self._count_values(docs)
        return Counts(numbers, counts, rank_counts(counts, top), missing)

    def cells(self, docs: Docs) -> tuple[Docs, Ints]:
        """Give every (document, number of its value) of these documents."""
        owners, numbers = [NO_DOCS], [np.empty(0, dtype=np.int64)]
        for part, mapping, own in self._divide(docs):
            held, found = _values_of(part, own)
            owners.append(np.repeat(own + np.uint32(part.base), held))
            numbers.append(_map(mapping, found).astype(np.int64))
        return np.concatenate(owners), np.concatenate(numbers)

    @cached_property
    def _valued(self) -> Mask:
        masks = [np.diff(part.field.value_offsets.all()) > 0 for part in self._parts]
        return np.concatenate(masks)

    def _divide(self, docs: Docs) -> list[tuple[FacetPart, Ints | None, Docs]]:
        """Give each part with the map of its values and its own documents, numbered inside it."""
        bases = np.array([part.base for part in self._parts], dtype=np.uint32)
        edges = [*np.searchsorted(docs, bases).tolist(), docs.size]
        return [
            (part, mapping, docs[first:last] - np.uint32(part.base))
            for part, mapping, first, last in zip(
                self._parts, self._maps, edges, edges[1:], strict=False
            )
            if first < last
        ]

    def _count_values(self, docs: Docs) -> tuple[Ints, Ints, int]:
        """Gather the values of the documents and count them."""
        missing = 0
        gathered: list[NDArray[Any]] = []
        for part, mapping, own in self._divide(docs):
            held, found = _values_of(part, own)
            missing += held.size - int(np.count_nonzero(held))
            gathered.append(_map(mapping, found))
        if not gathered:
            return (*_no_counts(), missing)
        values: NDArray[Any] = gathered[0] if len(gathered) == 1 else np.concatenate(gathered)
        if values.size * 8 < len(self.values):
            numbers, counts = np.unique(values, return_counts=True)
            return numbers.astype(np.int64), counts, missing
        return (*_nonzero(np.bincount(values)), missing)

    def _count_postings(self, docs: Docs) -> tuple[Ints, Ints, int]:
        """Look at the postings of every value and count those that are among the documents."""
        counts = np.zeros(len(self.values), dtype=np.int64)
        missing = docs.size
        for part, mapping, own in self._divide(docs):
            mask = scatter(own, part.size)
            missing -= int(np.count_nonzero(mask & self._valued[part.base : part.base + part.size]))
            offsets = part.field.offsets.all()
            if offsets.size < 2:
                continue
            held = np.take(mask.view(np.uint8), part.field.docs.all())
            own_counts = np.add.reduceat(held, offsets[:-1].astype(np.intp), dtype=np.uint32)
            counts[slice(None) if mapping is None else mapping] += own_counts
        return (*_nonzero(counts), missing)

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


def _values_of(part: FacetPart, docs: Docs) -> tuple[Ints, NDArray[np.uint32]]:
    """Give how many values each document has, and all of them, document after document."""
    offsets = part.field.value_offsets.all()
    first = np.take(offsets, docs).astype(np.int64)
    counts = np.take(offsets[1:], docs) - first
    ends = np.cumsum(counts)
    total = int(ends[-1]) if ends.size else 0
    at = np.repeat(first - ends + counts, counts)
    at += np.arange(total)
    return counts, np.take(part.field.values.all(), at)


def _map(mapping: Ints | None, numbers: NDArray[np.uint32]) -> NDArray[np.uint32] | Ints:
    return numbers if mapping is None else np.take(mapping, numbers)


def _nonzero(counts: Ints) -> tuple[Ints, Ints]:
    numbers = np.flatnonzero(counts)
    return numbers, counts[numbers]


def _no_counts() -> tuple[Ints, Ints]:
    return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
