"""The documents of an index as they were understood, written and read beside the passages."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus.document import Document, Passage
from index.inversion import invert_values
from index.records import (
    document_from_record,
    document_to_record,
    header_from_record,
    passage_from_record,
)
from index.segment import FlatSegment
from index.segment_writer import SegmentFile
from index.stored_records import RecordBlocks


class DocumentsBuilder:
    """Gathers documents for one segment."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._records = RecordBlocks()

    @property
    def doc_count(self) -> int:
        """Count the documents gathered."""
        return len(self._ids)

    def add(self, document: Document) -> None:
        """Take the next document; its passages are stored elsewhere."""
        self._ids.append(document.id)
        self._records.append(document_to_record(document))

    def write(self, path: Path) -> None:
        """Write the segment."""
        each = np.arange(self.doc_count)
        with SegmentFile(path, self.doc_count) as segment:
            segment.put_keywords("id", invert_values(each, np.ones_like(each), self._ids))
            segment.put_records(self._records)
            segment.close()


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
