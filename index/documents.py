"""The documents of an index as they were understood, written and read beside the passages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Passage, PublishedFrom
from corpus.sketch import sketch_text
from index.inversion import invert_values
from index.records import (
    document_from_record,
    document_to_record,
    header_from_record,
    passage_from_record,
)
from index.resemblance import SKETCH, Resemblance, link_resembling, list_ids
from index.segment import FlatSegment
from index.segment_writer import Postings, SegmentFile
from index.stored_records import RecordBlocks

_COLUMNS = ("published_start", "published_end", "published_from")
_ORIGINS: tuple[PublishedFrom, ...] = get_args(PublishedFrom)  # stored as places in it


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """When every document was published, the newest first and those without a date last.

    `starts` and `ends` are days (`date.toordinal`), 0 without a date.
    """

    ids: tuple[str, ...]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    origins: tuple[PublishedFrom, ...]


class DocumentsBuilder:
    """Gathers documents for one segment."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._sketches: list[NDArray[np.uint32]] = []
        self._published: list[tuple[int, int, int]] = []
        self._records = RecordBlocks()

    @property
    def doc_count(self) -> int:
        """Count the documents gathered."""
        return len(self._ids)

    def add(self, document: Document) -> None:
        """Take the next document; its passages are stored elsewhere."""
        self._ids.append(document.id)
        self._sketches.append(np.array(sketch_text(document.text), dtype=np.uint32))
        dates, origin = document.published, _ORIGINS.index(document.published_from)
        days = (dates.start.toordinal(), dates.end.toordinal()) if dates else (0, 0)
        self._published.append((*days, origin))
        self._records.append(document_to_record(document))

    def write(self, path: Path) -> None:
        """Write the segment."""
        each = np.arange(self.doc_count)
        with SegmentFile(path, self.doc_count) as segment:
            segment.put_keywords("id", invert_values(each, np.ones_like(each), self._ids))
            segment.put_keywords(SKETCH, self._invert_sketches())
            for name, column in zip(_COLUMNS, np.array(self._published).T, strict=True):
                segment.put_numbers(name, column)
            segment.put_records(self._records)
            segment.close()

    def _invert_sketches(self) -> Postings:
        hashes, numbers = np.unique(np.concatenate(self._sketches), return_inverse=True)
        counts = np.array([sketch.size for sketch in self._sketches])
        return invert_values(numbers, counts, [b"%08x" % number for number in hashes.tolist()])


class StoredDocuments:
    """Documents by id or one after another, read from the segments of both indexes."""

    def __init__(self, documents: Sequence[FlatSegment], passages: Sequence[FlatSegment]) -> None:
        self._documents = documents
        self._passages = passages

    def find(self, document_id: str) -> Document | None:
        """Give a document by its id."""
        for segment in self._documents:
            for doc in segment.find_docs("id", document_id):
                return self._read(segment, doc, document_id)
        return None

    def header(self, document_id: str) -> Document | None:
        """Give what a list of hits shows of a document: no text, no passages, nothing after."""
        for segment in self._documents:
            for doc in segment.find_docs("id", document_id):
                return header_from_record(segment.records[doc])
        return None

    def catalogue(self) -> Catalogue:
        """Give when each document was published."""
        ids: list[str] = []
        columns = [np.empty((len(_COLUMNS), 0), dtype=np.int32)]
        for segment in self._documents:
            alive = np.ones(segment.doc_count, dtype=np.bool_)
            alive[segment.deleted] = False
            columns.append(np.array([segment.numbers[name].all()[alive] for name in _COLUMNS]))
            ids += list(compress(list_ids(segment), alive.tolist()))
        starts, ends, origins = np.concatenate(columns, axis=1)
        order = sorted(range(len(ids)), key=lambda place: (-starts[place], ids[place]))
        return Catalogue(
            ids=tuple([ids[place] for place in order]),
            starts=starts[order],
            ends=ends[order],
            origins=tuple([_ORIGINS[origins[place]] for place in order]),
        )

    def resembling(self) -> Mapping[str, tuple[Resemblance, ...]]:
        """Give for each document those that say nearly the same, the nearest first."""
        return link_resembling(self._documents)

    def __iter__(self) -> Iterator[Document]:
        for segment in self._documents:
            deleted = set(segment.deleted.tolist())
            ids = segment.keyword_fields["id"]
            for doc in range(segment.doc_count):
                if doc not in deleted:
                    yield self._read(segment, doc, ids.terms[int(ids.values_of(doc)[0])])

    def _read(self, segment: FlatSegment, doc: int, document_id: str) -> Document:
        return document_from_record(segment.records[doc], self._read_passages(document_id))

    def _read_passages(self, document_id: str) -> tuple[Passage, ...]:
        return tuple(
            passage_from_record(segment.records[doc])
            for segment in self._passages
            for doc in segment.find_docs("document", document_id)
        )
