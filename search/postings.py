"""Postings and columns of one generation as NumPy arrays, read once and kept.

The only module that walks Whoosh's matchers: what leaves it are sorted arrays of
document numbers (those of the whole index, all segments) and plain values.
"""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
T = TypeVar("T")

_CACHED_UNIONS = 512
# A position fits below this bit, a document number above it.
_POSITION_BITS = 20


@dataclass(frozen=True, slots=True)
class Postings:
    """Where the union of some terms stands.

    `docs` is sorted; `tf` has one count a document; `places` packs document and position
    (see `pack`) and is sorted too.
    """

    docs: Ints
    tf: Floats
    places: Ints


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """Documents by value: those of `values[i]` are `docs[offsets[i]:offsets[i + 1]]`."""

    values: tuple[str, ...]
    offsets: Ints
    docs: Ints

    def count(self, mask: Mask) -> Ints:
        """Count, for each value, its documents that the mask holds."""
        if not self.values:
            return np.empty(0, dtype=np.int64)
        return np.add.reduceat(mask[self.docs].astype(np.int64), self.offsets[:-1])

    def docs_of(self, value: str) -> Ints:
        try:
            at = self.values.index(value)
        except ValueError:
            return np.empty(0, dtype=np.int64)
        return self.docs[self.offsets[at] : self.offsets[at + 1]]


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """One number a document; `values` means nothing where `present` is false."""

    values: Ints
    present: Mask


def pack(docs: Ints, positions: Ints) -> Ints:
    return (docs << _POSITION_BITS) | positions


def unpack_docs(places: Ints) -> Ints:
    return places >> _POSITION_BITS


class PostingSource:
    """Arrays of one reader; safe to share between threads, dies with the reader."""

    def __init__(self, reader: IndexReader, lock: AbstractContextManager[object]) -> None:
        """Take a reader, and the lock under which it may be read."""
        self._reader = reader
        self._reading = lock
        self._unions: OrderedDict[tuple[str, tuple[str, ...]], Postings] = OrderedDict()
        self._columns: dict[tuple[str, str], object] = {}
        self._lock = Lock()

    @cached_property
    def size(self) -> int:
        """Count document numbers, deleted ones included: the length of every mask."""
        return int(self._reader.doc_count_all())

    @cached_property
    def live(self) -> Mask:
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[np.fromiter(self._reader.all_doc_ids(), dtype=np.int64)] = True
        return mask

    @cached_property
    def doc_count(self) -> int:
        return int(self.live.sum())

    def union(self, field: str, terms: tuple[str, ...]) -> Postings:
        """Give the merged postings of several terms, as if they were one."""
        key = (field, terms)
        with self._lock:
            found = self._unions.get(key)
            if found is not None:
                self._unions.move_to_end(key)
                return found
        merged = self._read_union(field, terms)
        with self._lock:
            self._unions[key] = merged
            if len(self._unions) > _CACHED_UNIONS:
                self._unions.popitem(last=False)
        return merged

    def lengths(self, field: str) -> Floats:
        """Give each document's length in tokens, as the index rounds it to one byte."""
        return self._keep(("lengths", field), lambda: self._read_lengths(field))

    def mean_length(self, field: str) -> float:
        lengths = self.lengths(field)[self.live]
        return float(lengths.mean()) if lengths.size else 1.0

    def facet(self, field: str) -> FacetColumn:
        return self._keep(("facet", field), lambda: self._read_facet(field))

    def numbers(self, field: str) -> NumberColumn:
        return self._keep(("numbers", field), lambda: self._read_numbers(field))

    def _keep(self, key: tuple[str, str], read: Callable[[], T]) -> T:
        """Read a column once; two threads may read it at the same time, with one result."""
        with self._lock:
            found = self._columns.get(key)
        if found is None:
            found = read()
            with self._lock:
                self._columns[key] = found
        return cast(T, found)

    def _read_union(self, field: str, terms: tuple[str, ...]) -> Postings:
        places: list[int] = []
        with self._reading:
            for term in terms:
                encoded = term.encode("utf-8")
                if (field, encoded) not in self._reader:
                    continue
                matcher = self._reader.postings(field, encoded)
                while matcher.is_active():
                    base = matcher.id() << _POSITION_BITS
                    places.extend(base | position for position in matcher.value_as("positions"))
                    matcher.next()
        packed = np.unique(np.array(places, dtype=np.int64))
        docs, tf = np.unique(unpack_docs(packed), return_counts=True)
        return Postings(docs, tf.astype(np.float64), packed)

    def _read_lengths(self, field: str) -> Floats:
        with self._reading:
            lengths = (self._reader.doc_field_length(doc, field) for doc in range(self.size))
            return np.fromiter(lengths, dtype=np.float64, count=self.size)

    def _read_numbers(self, field: str) -> NumberColumn:
        with self._reading:
            column = self._reader.column_reader(field, translate=False)
            values = np.fromiter((column[doc] for doc in range(self.size)), dtype=np.int64)
        # Ordinals of days begin at 1; the column's default marks a passage without a date.
        return NumberColumn(values, values > 0)

    def _read_facet(self, field: str) -> FacetColumn:
        values: list[str] = []
        offsets = [0]
        parts: list[Ints] = []
        with self._reading:
            for encoded in self._reader.lexicon(field):
                ids = np.fromiter(self._reader.postings(field, encoded).all_ids(), dtype=np.int64)
                if ids.size:
                    values.append(encoded.decode("utf-8"))
                    parts.append(ids)
                    offsets.append(offsets[-1] + ids.size)
        docs = np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
        return FacetColumn(tuple(values), np.array(offsets, dtype=np.int64), docs)
