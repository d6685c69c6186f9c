"""A field of several segments becomes that of one, without their deleted documents.

A run of terms is merged at a time, so that memory stays bounded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segment import Field, FlatSegment, KeywordField, TextField
from index.segment_writer import Chunk, Ints, Lengths, Postings, SegmentFile

_CHUNK_POSTINGS = 1 << 18
"""What is in hand at a time stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Source:
    """A segment and where its documents go; `alive` has one flag for each."""

    segment: FlatSegment
    alive: NDArray[np.bool_]
    new_docs: NDArray[np.uint32]


def number_docs(segments: Sequence[FlatSegment]) -> list[Source]:
    """Give the segments with the new numbers of their documents."""
    sources = []
    done = 0
    for segment in segments:
        alive = np.ones(segment.doc_count, dtype=np.bool_)
        alive[segment.deleted] = False
        new_docs = (np.cumsum(alive) - 1 + done).astype(np.uint32)
        sources.append(Source(segment, alive, new_docs))
        done += int(alive.sum())
    return sources


def join_live(sources: Sequence[Source], columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Give the values of the live documents."""
    both = zip(sources, columns, strict=True)
    return np.concatenate([column[source.alive] for source, column in both])


def merge_text(merged: SegmentFile, name: str, sources: Sequence[Source]) -> None:
    """Write a field of words."""
    fields = [source.segment.text_fields[name] for source in sources]
    postings = _merge_field(fields, sources)
    lengths = join_live(sources, [field.lengths.all() for field in fields])
    known = Lengths(lengths, int(postings.occurrences.sum()))
    merged.put_text(name, postings, known, classes=fields[0].is_classes)
    _let_go(sources)


def merge_keywords(merged: SegmentFile, name: str, sources: Sequence[Source]) -> None:
    """Write a field of whole values."""
    fields = [source.segment.keyword_fields[name] for source in sources]
    merged.put_keywords(name, _merge_field(fields, sources), _merge_names(fields))
    _let_go(sources)


def _merge_names(fields: Sequence[KeywordField]) -> dict[bytes, bytes] | None:
    """Give what the values are called in the first segment that has them."""
    if any(field.names is None for field in fields):
        return None
    names: dict[bytes, bytes] = {}
    for field in reversed(fields):
        if field.names is not None:
            names.update(zip(field.terms.all_bytes(), field.names.all_bytes(), strict=True))
    return names


def _let_go(sources: Sequence[Source]) -> None:
    for source in sources:
        source.segment.file.let_go()


@dataclass(frozen=True, slots=True)
class _Input:
    """A field of one segment: `terms` are the numbers of its terms in the merged field.

    `frequencies` and `occurrences` are live documents of each term and positions in them.
    """

    field: Field
    source: Source
    offsets: Ints
    terms: Ints
    frequencies: Ints
    occurrences: Ints


def _merge_field(fields: Sequence[Field], sources: Sequence[Source]) -> Postings:
    own = [field.terms.all_bytes() for field in fields]
    # Sorting merges what is sorted already.
    found = list(dict.fromkeys(sorted(chain.from_iterable(own))))
    number_of = dict(zip(found, range(len(found)), strict=True))
    inputs = []
    frequencies = np.zeros(len(found), dtype=np.int64)
    occurrences = np.zeros(len(found), dtype=np.int64)
    for field, source, strings in zip(fields, sources, own, strict=True):
        offsets = field.offsets.all().astype(np.int64)
        terms = np.fromiter(map(number_of.__getitem__, strings), np.int64, len(strings))
        live_docs, live_words = _count_live(field, source, offsets)
        frequencies[terms] += live_docs
        occurrences[terms] += live_words
        inputs.append(_Input(field, source, offsets, terms, live_docs, live_words))
    kept = np.flatnonzero(frequencies)
    return Postings(
        terms=[found[number] for number in kept.tolist()],
        frequencies=frequencies[kept],
        chunks=_merge_chunks(inputs, frequencies, occurrences),
        occurrences=occurrences[kept],
        last_position=max(
            (field.last_position for field in fields if isinstance(field, TextField)), default=0
        ),
    )


def _count_live(field: Field, source: Source, offsets: Ints) -> tuple[Ints, Ints]:
    """Give, for each term of a field, its live documents and the positions in them."""
    if source.alive.all():
        docs = offsets[1:] - offsets[:-1]
        if isinstance(field, TextField):
            places: Ints = field.position_offsets.all().astype(np.int64)
            return docs, places[1:] - places[:-1]
        return docs, docs
    is_live = source.alive[field.docs.all()]
    docs = _sum_by_term(is_live, offsets)
    if isinstance(field, TextField):
        counts = field.counts(0, is_live.size)
        return docs, _sum_by_term(np.where(is_live, counts, 0), offsets)
    return docs, docs


def _sum_by_term(values: NDArray[Any], offsets: Ints) -> Ints:
    totals = np.zeros(values.size + 1, dtype=np.int64)
    np.cumsum(values, out=totals[1:])
    return totals[offsets[1:]] - totals[offsets[:-1]]


def _merge_chunks(
    inputs: Sequence[_Input], frequencies: Ints, occurrences: Ints
) -> Iterator[Chunk]:
    """Give the merged postings, so many terms at once that a chunk stays small."""
    ends = np.cumsum(frequencies)
    first = 0
    while first < frequencies.size:
        before = int(ends[first - 1]) if first else 0
        last = int(np.searchsorted(ends, before + _CHUNK_POSTINGS, side="right"))
        last = max(last, first + 1)
        yield _merge_chunk(inputs, first, frequencies[first:last], occurrences[first:last])
        first = last


def _merge_chunk(
    inputs: Sequence[_Input], first: int, frequencies: Ints, occurrences: Ints
) -> Chunk:
    """Merge the postings of consecutive terms.

    Those of each segment are one slice, in the order wanted; in the merged arrays the
    segments' documents of a term stand one after another.
    """
    docs = np.empty(int(frequencies.sum()), dtype=np.uint32)
    tf = np.empty(docs.size, dtype=np.uint32)
    positions = np.empty(int(occurrences.sum()), dtype=np.uint32)
    free, free_positions = (
        np.cumsum(frequencies) - frequencies,
        np.cumsum(occurrences) - occurrences,
    )
    has_words = False
    for each in inputs:
        begin, end = np.searchsorted(each.terms, [first, first + frequencies.size]).tolist()
        if begin == end:
            continue
        start, stop = int(each.offsets[begin]), int(each.offsets[end])
        terms = each.terms[begin:end] - first
        old_docs = each.field.docs[start:stop]
        live = slice(None) if each.source.alive.all() else each.source.alive[old_docs]
        places = _take_places(free, terms, each.frequencies[begin:end])
        docs[places] = each.source.new_docs[old_docs[live]]
        if isinstance(each.field, TextField):
            has_words = True
            counts = each.field.counts(start, stop)
            span = each.field.position_offsets[begin : end + 1]
            found = each.field.positions[int(span[0]) : int(span[-1])]
            if not isinstance(live, slice):
                found = found[np.repeat(live, counts)]
            tf[places] = counts[live]
            positions[_take_places(free_positions, terms, each.occurrences[begin:end])] = found
            _free_words(each, stop, int(span[-1]))
    return Chunk(docs, tf, positions) if has_words else Chunk(docs, tf[:0], positions[:0])


def _free_words(each: _Input, stop: int, positions_stop: int) -> None:
    """Give the disk back what a segment, if it is only there to be merged, is done with."""
    segment, name = each.source.segment, each.field.name
    if not segment.has_lookups:
        segment.file.free(f"{name}.docs", stop)
        segment.file.free(f"{name}.tf", stop)
        segment.file.free(f"{name}.positions", positions_stop)


def _take_places(free: Ints, terms: Ints, sizes: Ints) -> Ints:
    """Give so many places for each of the terms, one term after another; they are taken then."""
    ends = np.cumsum(sizes)
    places = np.repeat(free[terms] - ends + sizes, sizes)
    places += np.arange(places.size)
    free[terms] += sizes
    return places
