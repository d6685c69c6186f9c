"""The segments of one generation laid end to end: postings, places of words, columns.

Document numbers are those of the whole index, as Whoosh counts them. What leaves this
module has no deleted documents, and with a single segment it is the mapped file itself.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.segment import LENGTH_OF_BYTE, MAX_CODED_TF, FlatSegment
from search.caches import ByteCache, T
from search.columns import FacetColumn
from search.dates import DateColumns
from search.docsets import Docs, Ints, Mask, Scores, where
from search.phrases import Places
from search.scoring import bm25, score_table
from search.slots import FacetPart
from search.term_runs import find_runs, join, merge_runs

WORD_BYTES = 256 << 20
"""What is kept of words: postings and scores."""
COUNT_BYTES = 32 << 20
"""What is kept of counts, which are small and costly."""
_CACHED_RUNS = 2_000


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
        self._lock = Lock()
        # These hold the segments and not the source, so that it goes with its last user.
        self._runs = lru_cache(_CACHED_RUNS)(partial(find_runs, self._segments))
        self._lengths = cache(partial(_join_lengths, self._segments))
        self._numbers = cache(partial(_join_numbers, self._segments))

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
            lambda: join(
                [run.places(dtype, position_bits) for run in self._runs(field, terms)], dtype.type
            ),
        )

    def occurrences(
        self, field: str, terms: tuple[str, ...], docs: Docs
    ) -> Iterator[tuple[int, list[int], str]]:
        """Give each of a few documents that has one of the terms, the positions, the term."""
        for run in self._runs(field, terms):
            own = docs[(docs >= run.base) & (docs < run.base + run.size)] - np.uint32(run.base)
            for number in range(run.first, run.last + 1) if own.size else ():
                key = ("ends", run.base, field, number)
                ends = partial(self.keep, key, partial(run.position_ends, number))
                yield from run.occurrences(number, own, ends)

    def score_counts(self, docs: Docs, tf: Ints, field: str, weight: float) -> Scores:
        """Give the BM25 scores of something that stands `tf` times in each document."""
        lengths = LENGTH_OF_BYTE[np.take(self.lengths(field), docs)]
        return bm25(tf, lengths, self.mean_length(field), weight).astype(np.float32)

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """Give each document's length in tokens, as the one byte that Whoosh keeps."""
        return self._lengths(field)

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
        return self._numbers(field)

    @cached_property
    def dates(self) -> DateColumns:
        """Give the days of each document."""
        months = join([segment.months.all() for segment in self._segments], np.uint16)
        return DateColumns(self.numbers("date_start"), self.numbers("date_end"), months)

    def merge(self, field: str, terms: tuple[str, ...]) -> Postings:
        """Give the merged postings of several terms, as if they were one."""
        docs, tf = merge_runs(self._runs(field, terms))
        if not self.whole:
            alive = np.take(self.live, docs)
            docs, tf = docs[alive], tf[alive]
        heavy = np.flatnonzero(tf > MAX_CODED_TF) if tf.max(initial=0) > MAX_CODED_TF else tf[:0]
        coded = np.minimum(tf, MAX_CODED_TF).astype(np.uint16)
        coded <<= np.uint16(8)
        coded |= np.take(self.lengths(field), docs)
        return Postings(docs, coded, heavy.astype(np.int64), tf[heavy].astype(np.int64))

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


def _join_lengths(segments: Sequence[FlatSegment], field: str) -> NDArray[np.uint8]:
    return join([segment.text_fields[field].lengths.all() for segment in segments], np.uint8)


def _join_numbers(segments: Sequence[FlatSegment], field: str) -> NDArray[np.int32]:
    return join([segment.numbers[field].all() for segment in segments], np.int32)
