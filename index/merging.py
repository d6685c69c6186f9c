"""Several segments become one, without their deleted documents, a run of terms at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segment import MONTHS, Field, FlatSegment, TextField
from index.segment_writer import Chunk, Ints, Lengths, Postings, RecordBlocks, SegmentFile

_CHUNK_POSTINGS = 2_000_000
_CHUNK_TERMS = 65_536
"""As many terms as a 16-bit number tells apart: NumPy sorts those by counting."""


def merge_segments(segments: Sequence[FlatSegment], path: Path) -> int:
    """Write the live documents of segments, in their order, and give how many there are."""
    sources = _number_docs(segments)
    doc_count = sum(int(source.alive.sum()) for source in sources)
    first = segments[0]
    with SegmentFile(path, doc_count) as merged:
        for name in first.text_fields:
            fields = [segment.text_fields[name] for segment in segments]
            postings = _merge_field(fields, sources)
            lengths = _join(sources, [field.lengths.all() for field in fields])
            known = Lengths(lengths, int(postings.occurrences.sum()))
            merged.put_text(name, postings, known, classes=fields[0].keys is not None)
        for name in first.keyword_fields:
            fields_of_values = [segment.keyword_fields[name] for segment in segments]
            merged.put_keywords(name, _merge_field(fields_of_values, sources))
        for name in first.numbers:
            columns = [segment.numbers[name].all() for segment in segments]
            merged.put_numbers(name, _join(sources, columns))
        if MONTHS in first.file:
            merged.put_months(_join(sources, [segment.months.all() for segment in segments]))
        merged.put_records(_merge_records(sources))
        merged.close()
    return doc_count


@dataclass(frozen=True, slots=True)
class _Source:
    """A segment and where its documents go; `alive` has one flag for each."""

    segment: FlatSegment
    alive: NDArray[np.bool_]
    new_docs: NDArray[np.uint32]


def _number_docs(segments: Sequence[FlatSegment]) -> list[_Source]:
    sources = []
    done = 0
    for segment in segments:
        alive = np.ones(segment.doc_count, dtype=np.bool_)
        alive[segment.deleted] = False
        new_docs = (np.cumsum(alive) - 1 + done).astype(np.uint32)
        sources.append(_Source(segment, alive, new_docs))
        done += int(alive.sum())
    return sources


def _join(sources: Sequence[_Source], columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Give the values of the live documents."""
    both = zip(sources, columns, strict=True)
    return np.concatenate([column[source.alive] for source, column in both])


def _merge_records(sources: Sequence[_Source]) -> RecordBlocks:
    blocks = RecordBlocks()
    for source in sources:
        if source.alive.all():
            blocks.append_all(source.segment)
        else:
            for doc in np.flatnonzero(source.alive).tolist():
                blocks.append(source.segment.records[doc])
    return blocks


@dataclass(frozen=True, slots=True)
class _Input:
    """A field of one segment: `terms` are the numbers of its terms in the merged field."""

    field: Field
    source: _Source
    offsets: Ints
    terms: Ints


def _merge_field(fields: Sequence[Field], sources: Sequence[_Source]) -> Postings:
    own = [field.terms.all_bytes() for field in fields]
    found = sorted({term for terms in own for term in terms})
    number_of = {term: number for number, term in enumerate(found)}
    inputs = [
        _Input(
            field,
            source,
            field.offsets.all().astype(np.int64),
            np.fromiter(map(number_of.__getitem__, terms), np.int64, len(terms)),
        )
        for field, source, terms in zip(fields, sources, own, strict=True)
    ]
    del number_of
    frequencies = np.zeros(len(found), dtype=np.int64)
    occurrences = np.zeros(len(found), dtype=np.int64)
    last_position = 0
    for each in inputs:
        live_docs, live_words = _count_live(each)
        frequencies[each.terms] += live_docs
        occurrences[each.terms] += live_words
        if isinstance(each.field, TextField):
            last_position = max(last_position, each.field.last_position)
    kept = np.flatnonzero(frequencies)
    return Postings(
        terms=[found[number] for number in kept.tolist()],
        frequencies=frequencies[kept],
        chunks=_merge_chunks(inputs, frequencies),
        occurrences=occurrences[kept],
        last_position=last_position,
    )


def _count_live(each: _Input) -> tuple[Ints, Ints]:
    """Give, for each term of a field, its live documents and the positions in them."""
    field, alive = each.field, each.source.alive
    if alive.all():
        docs = each.offsets[1:] - each.offsets[:-1]
        if isinstance(field, TextField):
            places = field.position_offsets.all().astype(np.int64)
            return docs, places[1:] - places[:-1]
        return docs, docs
    is_live = alive[field.docs.all()]
    docs = _sum_by_term(is_live, each.offsets)
    if isinstance(field, TextField):
        counts = field.counts(0, is_live.size)
        return docs, _sum_by_term(np.where(is_live, counts, 0), each.offsets)
    return docs, docs


def _sum_by_term(values: NDArray[Any], offsets: Ints) -> Ints:
    totals = np.zeros(values.size + 1, dtype=np.int64)
    np.cumsum(values, out=totals[1:])
    return totals[offsets[1:]] - totals[offsets[:-1]]


def _merge_chunks(inputs: Sequence[_Input], frequencies: Ints) -> Iterator[Chunk]:
    """Give the merged postings, so many terms at once that a chunk stays small."""
    ends = np.cumsum(frequencies)
    first = 0
    while first < frequencies.size:
        before = int(ends[first - 1]) if first else 0
        last = int(np.searchsorted(ends, before + _CHUNK_POSTINGS, side="right"))
        last = min(max(last, first + 1), first + _CHUNK_TERMS)
        yield _merge_chunk(inputs, first, last)
        first = last


def _merge_chunk(inputs: Sequence[_Input], first: int, last: int) -> Chunk:
    """Merge the postings of the terms `[first, last)`.

    Those of each segment are one slice, in the order wanted; a stable sort by term puts
    the segments' documents of a term one after another.
    """
    terms, docs, tf, position_terms, positions = [], [], [], [], []
    for each in inputs:
        begin, end = np.searchsorted(each.terms, [first, last]).tolist()
        if begin == end:
            continue
        start, stop = int(each.offsets[begin]), int(each.offsets[end])
        sizes = np.diff(each.offsets[begin : end + 1])
        of_term = np.repeat((each.terms[begin:end] - first).astype(np.uint16), sizes)
        old_docs = each.field.docs[start:stop]
        live = slice(None) if each.source.alive.all() else each.source.alive[old_docs]
        docs.append(each.source.new_docs[old_docs[live]])
        terms.append(of_term[live])
        if isinstance(each.field, TextField):
            counts = each.field.counts(start, stop)
            places = each.field.position_offsets[begin : end + 1].tolist()
            found = each.field.positions[places[0] : places[-1]]
            if not isinstance(live, slice):
                found = found[np.repeat(live, counts)]
            tf.append(counts[live])
            position_terms.append(np.repeat(of_term[live], counts[live]))
            positions.append(found)
    order = _order(terms)
    return Chunk(
        _take(docs, order),
        _take(tf, order) if tf else np.empty(0, dtype=np.uint32),
        _take(positions, _order(position_terms)) if tf else np.empty(0, dtype=np.uint32),
    )


def _order(terms: Sequence[NDArray[np.uint16]]) -> Ints | None:
    """Give the stable order of several slices by term; None where they are in order."""
    if len(terms) < 2:
        return None
    return np.argsort(np.concatenate(terms), kind="stable")


def _take(parts: Sequence[NDArray[Any]], order: Ints | None) -> NDArray[Any]:
    joined = parts[0] if len(parts) == 1 else np.concatenate(parts)
    return joined if order is None else joined[order]
