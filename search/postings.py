"""The segments of one generation laid end to end: postings, places of words, columns.

Document numbers are those of the whole index, as Whoosh counts them. What leaves this
module has no deleted documents, and with a single segment it is the mapped file itself.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from threading import Lock
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.segment import LENGTH_OF_BYTE, MAX_CODED_TF, FlatSegment, TextField
from search.caches import ByteCache, T
from search.columns import FacetColumn, FacetPart
from search.dates import DateColumns
from search.docsets import NO_DOCS, Docs, Ints, Mask, Scores, where
from search.merging import merge_postings
from search.phrases import Places
from search.scoring import bm25, score_table

S = TypeVar("S", bound=np.generic)

WORD_BYTES = 256 << 20
"""What is kept of words: postings and scores."""
COUNT_BYTES = 32 << 20
"""What is kept of counts, which are small and costly."""
_CACHED_RUNS = 2_000
_CACHED_PAGES = 2_000


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents, rising, and for each a code: `tf << 8 | length byte`, tf at most 255.

    `heavy` are the places of those with more, `heavy_tf` how often the word stands there.
    """

    docs: Docs
    codes: NDArray[np.uint16]
    heavy: Ints
    heavy_tf: Ints


@dataclass(frozen=True, slots=True)
class Words:
    """Documents of a scored word, rising, and their scores; both never change."""

    docs: Docs
    scores: Scores

    @property
    def nbytes(self) -> int:
        return self.docs.nbytes + self.scores.nbytes


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring terms of a field of one segment whose postings are wanted together."""

    base: int
    size: int
    field: TextField
    first: int
    last: int

    @property
    def span(self) -> tuple[int, int]:
        """Give the postings `[start, stop)`, term after term."""
        return self.field.span(self.first)[0], self.field.span(self.last)[1]

    @property
    def docs(self) -> Docs:
        start, stop = self.span
        return self.field.docs[start:stop]

    @property
    def tf(self) -> NDArray[Any]:
        start, stop = self.span
        tf: NDArray[Any] = self.field.tf[start:stop]
        return self.field.counts(start, stop) if tf.max(initial=0) == MAX_CODED_TF else tf

    def places(self, dtype: np.dtype[Any], position_bits: int) -> Places:
        """Give where the terms stand, packed."""
        docs = self.docs.astype(dtype)
        docs += dtype.type(self.base)
        docs <<= dtype.type(position_bits)
        places: Places = np.repeat(docs, self.tf)
        start = self.field.position_span(self.first)[0]
        stop = self.field.position_span(self.last)[1]
        places += self.field.positions[start:stop]
        return places


class PostingSource:
    """Arrays of one generation; safe to share between threads."""

    def __init__(self, segments: Sequence[FlatSegment]) -> None:
        self._segments = tuple(segments)
        self.size = sum(segment.doc_count for segment in segments)
        self._deleted = [
            np.fromiter(segment.deleted, dtype=np.int64) + segment.base for segment in segments
        ]
        self.doc_count = self.size - sum(numbers.size for numbers in self._deleted)
        self._words = ByteCache(WORD_BYTES)
        self._counts = ByteCache(COUNT_BYTES)
        self._facets: dict[str, FacetColumn] = {}
        self._runs = lru_cache(_CACHED_RUNS)(self._find_runs)
        self._occurrences = lru_cache(_CACHED_PAGES)(self._find_occurrences)
        self._lock = Lock()

    @property
    def whole(self) -> bool:
        """Tell whether no document is deleted."""
        return self.doc_count == self.size

    @cached_property
    def live(self) -> Mask:
        mask = np.ones(self.size, dtype=np.bool_)
        for numbers in self._deleted:
            mask[numbers] = False
        return mask

    @cached_property
    def live_docs(self) -> Docs:
        return where(self.live)

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give what the cache of this generation has of a word; make it first if need be."""
        return self._words.get(key, make)

    def keep_count(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give a count of this generation in the same way."""
        return self._counts.get(key, make)

    def forget(self) -> None:
        """Empty the caches."""
        self._words.clear()
        self._counts.clear()
        self._runs.cache_clear()
        self._occurrences.cache_clear()

    def score(self, postings: Postings, field: str, weight: float) -> Scores:
        """Give the BM25 score of each posting."""
        scores = np.take(self._table(field), postings.codes)
        scores *= np.float32(weight)
        if postings.heavy.size:
            lengths = LENGTH_OF_BYTE[postings.codes[postings.heavy] & 0xFF]
            mean = self.mean_length(field)
            scores[postings.heavy] = bm25(postings.heavy_tf, lengths, mean, weight)
        return scores

    def frequency(self, field: str, terms: tuple[str, ...]) -> int:
        """Give how many live documents have any of the terms; quicker than their union."""
        return int(self.keep_count(("df", field, terms), lambda: self._count_docs(field, terms)))

    def _count_docs(self, field: str, terms: tuple[str, ...]) -> Ints:
        held = np.zeros(self.size, dtype=np.bool_)
        for run in self._runs(field, terms):
            held[run.base : run.base + run.size][run.docs.astype(np.intp)] = True
        return np.array(np.count_nonzero(held if self.whole else held & self.live))

    def last_position(self, field: str) -> int:
        """Give the highest position that any word of a field has."""
        return max((s.text_fields[field].last_position for s in self._segments), default=0)

    def places(self, field: str, terms: tuple[str, ...], position_bits: int) -> Places:
        """Give everywhere the terms stand, a document's number above the bits of a position.

        Term after term, deleted documents too; 32 bits where they do, as they sort fastest.
        """
        narrow = max(self.size - 1, 0).bit_length() + position_bits <= 32
        dtype = np.dtype(np.uint32 if narrow else np.uint64)
        key = ("places", field, terms, position_bits)
        return self.keep(
            key,
            lambda: _join(
                [np.empty(0, dtype)]
                + [run.places(dtype, position_bits) for run in self._runs(field, terms)]
            ),
        )

    def occurrences(
        self, field: str, terms: tuple[str, ...], doc_ids: tuple[int, ...]
    ) -> tuple[tuple[int, list[int], str], ...]:
        """Give each document of a few with the positions of each of the terms in it."""
        return self._occurrences(field, terms, doc_ids)

    def _find_occurrences(
        self, field: str, terms: tuple[str, ...], doc_ids: tuple[int, ...]
    ) -> tuple[tuple[int, list[int], str], ...]:
        return tuple(self._read_occurrences(field, terms, np.array(doc_ids, dtype=np.uint32)))

    def _read_occurrences(
        self, field: str, terms: tuple[str, ...], docs: Docs
    ) -> Iterator[tuple[int, list[int], str]]:
        for run in self._runs(field, terms):
            own = docs[(docs >= run.base) & (docs < run.base + run.size)] - np.uint32(run.base)
            for number in range(run.first, run.last + 1) if own.size else ():
                start, stop = run.field.span(number)
                listed = run.field.docs[start:stop]
                at = np.searchsorted(listed, own)
                held = at[listed.take(at, mode="clip") == own]
                if not held.size:
                    continue
                ends = self._position_ends(run, number)
                first, _ = run.field.position_span(number)
                term = run.field.terms[number]
                for place in held.tolist():
                    begin = first + int(ends[place - 1]) if place else first
                    positions = run.field.positions[begin : first + int(ends[place])]
                    yield int(listed[place]) + run.base, positions.tolist(), term

    def score_counts(self, docs: Docs, tf: Ints, field: str, weight: float) -> Scores:
        """Give the BM25 scores of something that stands `tf` times in each document."""
        lengths = LENGTH_OF_BYTE[np.take(self.lengths(field), docs)]
        return bm25(tf, lengths, self.mean_length(field), weight).astype(np.float32)

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """Give each document's length in tokens, as the one byte that Whoosh keeps."""
        columns = [segment.text_fields[field].lengths for segment in self._segments]
        return self.keep_count(("lengths", field), lambda: _join([c.all() for c in columns]))

    def mean_length(self, field: str) -> float:
        """Give the mean length of the documents that are not deleted, in tokens."""
        return float(self.keep_count(("mean", field), lambda: np.array(self._mean_length(field))))

    def is_text(self, field: str) -> bool:
        """Tell whether a field has words at positions, and not values or numbers."""
        return any(field in segment.text_fields for segment in self._segments)

    def terms(self, field: str, prefix: str) -> list[str]:
        """Give the terms of a field that begin so, in their order."""
        found: set[str] = set()
        for segment in self._segments:
            table = segment.fields[field].terms
            found.update(table[number] for number in range(*table.prefix_range(prefix)))
        return sorted(found)

    def valued(self, field: str) -> Mask:
        """Give the mask of the documents that have anything in a field; deleted ones too."""
        if self.is_text(field):
            return self.lengths(field) > 0
        if any(field in segment.numbers for segment in self._segments):
            return self.numbers(field) > 0
        return self.facet(field).valued

    def facet(self, field: str) -> FacetColumn:
        """Give the values of a field and who has them."""
        with self._lock:
            if field not in self._facets:
                self._facets[field] = self._open_facet(field)
            return self._facets[field]

    def numbers(self, field: str) -> NDArray[np.int32]:
        """Give one number a document; 0 where it has none."""
        columns = [segment.numbers[field] for segment in self._segments]
        return self.keep_count(("numbers", field), lambda: _join([c.all() for c in columns]))

    @cached_property
    def dates(self) -> DateColumns:
        """Give the days of each document."""
        months = _join([segment.months.all() for segment in self._segments])
        return DateColumns(self.numbers("date_start"), self.numbers("date_end"), months)

    def _find_runs(self, field: str, terms: tuple[str, ...]) -> tuple[_Run, ...]:
        """Give the runs of neighbouring terms among these, segment by segment."""
        runs = []
        for segment in self._segments:
            found = segment.text_fields[field]
            numbers = sorted({n for n in map(found.terms.find, terms) if n is not None})
            first = 0
            for at, number in enumerate(numbers):
                if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
                    run = _Run(segment.base, segment.doc_count, found, numbers[first], number)
                    runs.append(run)
                    first = at + 1
        return tuple(runs)

    def merge(self, field: str, terms: tuple[str, ...]) -> Postings:
        """Give the merged postings of several terms, as if they were one."""
        merged: list[tuple[Docs, NDArray[Any]]] = []
        for base, runs in groupby(self._runs(field, terms), key=lambda run: run.base):
            own = list(runs)
            docs, tf = _join([run.docs for run in own]), _join([run.tf for run in own])
            if len(own) > 1 or own[0].first != own[0].last:
                docs, tf = merge_postings(docs, tf, own[0].size)
            merged.append((docs + np.uint32(base) if base else docs, tf))
        if not merged:
            empty = np.empty(0, dtype=np.int64)
            return Postings(NO_DOCS, np.empty(0, dtype=np.uint16), empty, empty)
        docs = _join([docs for docs, _ in merged])
        tf = _join([tf for _, tf in merged])
        if not self.whole:
            alive = np.take(self.live, docs)
            docs, tf = docs[alive], tf[alive]
        heavy = np.flatnonzero(tf > MAX_CODED_TF) if tf.size and tf.max() > MAX_CODED_TF else tf[:0]
        coded = np.minimum(tf, MAX_CODED_TF).astype(np.uint16)
        coded <<= np.uint16(8)
        coded |= np.take(self.lengths(field), docs)
        return Postings(docs, coded, heavy.astype(np.int64), tf[heavy].astype(np.int64))

    def _position_ends(self, run: _Run, number: int) -> NDArray[np.uint32]:
        """Give, for each posting of a term, where its positions end among those of the term."""
        start, stop = run.field.span(number)
        return self.keep(
            ("ends", run.base, run.field.name, number),
            lambda: np.cumsum(run.field.counts(start, stop), dtype=np.uint32),
        )

    def _table(self, field: str) -> Scores:
        return self.keep_count(("table", field), lambda: score_table(self.mean_length(field)))

    def _mean_length(self, field: str) -> float:
        lengths = self.lengths(field)
        counts = np.bincount(lengths if self.whole else lengths[self.live], minlength=256)
        return float(counts @ LENGTH_OF_BYTE) / self.doc_count if self.doc_count else 1.0

    def _open_facet(self, field: str) -> FacetColumn:
        parts = [
            FacetPart(segment.base, segment.doc_count, segment.keyword_fields[field])
            for segment in self._segments
        ]
        return FacetColumn(parts, None if self.whole else self.live)


def _join(parts: Sequence[NDArray[S]]) -> NDArray[S]:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
