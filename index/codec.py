"""Whoosh on flat segments: its readers, matchers, merges and deletes over the same bytes.

What is written here comes from Whoosh's own writer, a posting at a time; it gives the
segment that `index.segment_builder` gives faster. Deletes are kept where Whoosh keeps
them, in its table of contents.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Segment

from index.array_file import SUFFIX
from index.flat_reader import DocumentReader, TermsReader
from index.flat_writer import DocumentWriter, FieldWriter
from index.segment import FlatSegment


class FlatCodec(base.Codec):  # type: ignore[misc]
    """Whoosh's way to flat segments."""

    def per_document_writer(self, storage: Any, segment: "WhooshSegment") -> "DocumentWriter":
        """Give what takes lengths, numbers and records."""
        return DocumentWriter(segment)

    def field_writer(self, storage: Any, segment: "WhooshSegment") -> "FieldWriter":
        """Give what takes postings and writes the file."""
        return FieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: "WhooshSegment") -> "TermsReader":
        """Give what reads terms and postings."""
        return TermsReader(segment.open(storage))

    def per_document_reader(self, storage: Any, segment: "WhooshSegment") -> base.PerDocumentReader:
        """Give what reads lengths, numbers and records; of a segment being written, lengths."""
        return segment.written or DocumentReader(segment.open(storage), segment)

    def new_segment(self, storage: Any, indexname: str) -> "WhooshSegment":
        """Give a segment to be written."""
        return WhooshSegment(indexname)


class WhooshSegment(W3Segment):  # type: ignore[misc]
    """A segment as Whoosh's table of contents knows it: name, size, deleted documents."""

    def __init__(self, indexname: str, doc_count: int = 0) -> None:
        super().__init__(None, indexname, doc_count)
        self._fieldlengths: Mapping[str, int] = {}
        self._deleted: set[int] | None = None
        self.written: DocumentWriter | None = None

    def codec(self, **options: object) -> FlatCodec:
        """Give the codec that reads it."""
        return FlatCodec()

    def should_assemble(self) -> bool:
        """Tell Whoosh that one file needs no joining."""
        return False

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Mark a document as deleted, or not."""
        deleted = self._deleted or set()
        (deleted.add if delete else deleted.discard)(docnum)
        self._deleted = deleted or None

    def path(self, storage: Any) -> Path:
        """Give the file of the segment."""
        return Path(storage.folder, self.make_filename(SUFFIX))

    def open(self, storage: Any, *, base: int = 0) -> FlatSegment:
        """Open the segment."""
        return FlatSegment(self.path(storage), deleted=self.deleted_docs(), base=base)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "written": None}
