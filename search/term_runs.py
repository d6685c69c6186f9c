"""What some terms of a field have in the segments: postings and places, run after run.

Terms that are neighbours in a segment's dictionary have their postings side by side, so
that the classes of a word are read in a few slices. Deleted documents are among them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.segment import MAX_CODED_TF, FlatSegment, TextField
from search.docsets import Docs
from search.merging import merge_postings
from search.phrases import Places

S = TypeVar("S", bound=np.generic)


@dataclass(frozen=True, slots=True)
class TermRun:
    """Neighbouring terms `[first, last]` of a field of one segment.

    `base` is the number of the segment's first document in the index, `size` how many
    documents it has; what is read of documents is numbered within the segment.
    """

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
        """Give where the terms stand, a document's number in the index above the position."""
        docs = self.docs.astype(dtype)
        docs += dtype.type(self.base)
        docs <<= dtype.type(position_bits)
        places: Places = np.repeat(docs, self.tf)
        start = self.field.position_span(self.first)[0]
        stop = self.field.position_span(self.last)[1]
        places += self.field.positions[start:stop]
        return places

    def position_ends(self, number: int) -> NDArray[np.uint32]:
        """Give, for each posting of a term, where its positions end among those of the term."""
        return np.cumsum(self.field.counts(*self.field.span(number)), dtype=np.uint32)

    def occurrences(
        self, number: int, docs: Docs, ends_of: Callable[[], NDArray[np.uint32]]
    ) -> Iterator[tuple[int, list[int], str]]:
        """Give each document that has a term, by its number in the index, the positions, the term.

        Args:
            docs: documents of the segment.
            ends_of: gives `position_ends`, which is dear; called if any document has the term.
        """
        start, stop = self.field.span(number)
        listed = self.field.docs[start:stop]
        at = np.searchsorted(listed, docs)
        held = at[listed.take(at, mode="clip") == docs]
        if not held.size:
            return
        ends = ends_of()
        first, _ = self.field.position_span(number)
        term = self.field.terms[number]
        for place in held.tolist():
            begin = first + int(ends[place - 1]) if place else first
            positions = self.field.positions[begin : first + int(ends[place])]
            yield int(listed[place]) + self.base, positions.tolist(), term


def find_runs(
    segments: Sequence[FlatSegment], field: str, terms: Sequence[str]
) -> tuple[TermRun, ...]:
    """Give the runs of neighbouring terms among these, segment by segment."""
    runs = []
    for segment in segments:
        found = segment.text_fields[field]
        numbers = sorted({n for n in map(found.terms.find, terms) if n is not None})
        first = 0
        for at, number in enumerate(numbers):
            if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
                runs.append(TermRun(segment.base, segment.doc_count, found, numbers[first], number))
                first = at + 1
    return tuple(runs)


def merge_runs(runs: Sequence[TermRun]) -> tuple[Docs, NDArray[Any]]:
    """Give each document that has any of the terms, rising, and how often it has them."""
    merged: list[tuple[Docs, NDArray[Any]]] = []
    for base, group in groupby(runs, key=lambda run: run.base):
        own = list(group)
        docs = join([run.docs for run in own], np.uint32)
        tf: NDArray[Any] = join([run.tf for run in own], np.uint8)
        if len(own) > 1 or own[0].first != own[0].last:
            docs, tf = merge_postings(docs, tf, own[0].size)
        merged.append((docs + np.uint32(base) if base else docs, tf))
    tfs: NDArray[Any] = join([tf for _, tf in merged], np.uint8)
    return join([docs for docs, _ in merged], np.uint32), tfs


def join(parts: Sequence[NDArray[S]], dtype: type[S]) -> NDArray[S]:
    """Give arrays as one; a single one without a copy, of none an empty one of the type."""
    return parts[0] if len(parts) == 1 else np.concatenate([np.empty(0, dtype), *parts])
