"""What takes documents and postings from Whoosh's own writer and makes a flat segment of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.fields import NUMERIC, Schema
from whoosh.util.numeric import length_to_byte

from index.fields import FIELDS
from index.records import actor_names_from_record
from index.segment_writer import (
    Chunk,
    Lengths,
    Postings,
    SegmentFile,
    months_of,
)
from index.stored_records import RecordBlocks

_DAYS = "date_start"
_RECORD = "record"
_EXACT = frozenset(spec.name for spec in FIELDS if spec.kind == "exact")


class DocumentWriter(base.PerDocumentWriter, base.PerDocumentReader):  # type: ignore[misc]
    """What belongs to documents, and the lengths among it, which postings ask for."""

    def __init__(self, segment: Any) -> None:
        self.segment = segment
        self.doc_count = 0
        self.lengths: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self.numbers: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self.records = RecordBlocks()
        self.actor_names: dict[bytes, bytes] = {}
        self.is_closed = False
        self._record = b""
        segment.written = self

    def start_doc(self, docnum: int) -> None:
        self._record = b""
        self.doc_count = docnum + 1

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        if fieldname == _RECORD and value is not None:
            self._record = value
        if length:
            self.lengths[fieldname][self.doc_count - 1] = length

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        if isinstance(value, int):  # the others are read from the postings
            self.numbers[fieldname][self.doc_count - 1] = value

    def finish_doc(self) -> None:
        self.records.append(self._record)
        for actor_id, name in actor_names_from_record(self._record).items():
            self.actor_names.setdefault(actor_id.encode(), name.encode())

    def close(self) -> None:
        self.segment.set_doc_count(self.doc_count)
        self.is_closed = True

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return self.lengths[fieldname].get(docnum, default)

    def column(self, name: str) -> NDArray[np.int32]:
        return _fill(self.numbers[name], self.doc_count)


class FieldWriter(base.FieldWriter):  # type: ignore[misc]
    """Takes all postings, sorted, and writes the segment once it is closed."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage = storage
        self._segment = segment
        self._schema: Schema | None = None
        self._postings: dict[str, Postings] = {}
        self.is_closed = False

    def add_postings(self, schema: Schema, lengths: Any, items: Iterable[Any]) -> None:
        self._schema = schema
        for name, found in groupby(items, key=lambda item: item[0]):
            self._postings[name] = _gather(schema[name], found)

    def close(self) -> None:
        self.is_closed = True
        documents = self._segment.written
        self._segment.written = None
        if self._schema is None or documents is None:
            return
        nothing = np.empty(0, dtype=np.int64)
        empty = Postings((), nothing, (), nothing)
        with SegmentFile(self._segment.path(self._storage), documents.doc_count) as segment:
            for name, field in self._schema.items():
                postings = self._postings.get(name, empty)
                if not field.indexed:
                    continue
                if field.format.supports("positions"):
                    lengths = documents.lengths[name]
                    as_bytes = {doc: length_to_byte(length) for doc, length in lengths.items()}
                    coded = _fill(as_bytes, documents.doc_count).astype(np.uint8)
                    known = Lengths(coded, sum(lengths.values()))
                    segment.put_text(name, postings, known, classes=name not in _EXACT)
                    continue
                names = documents.actor_names if name == "actor" else None
                segment.put_keywords(name, postings, names)
                if isinstance(field, NUMERIC):
                    segment.put_numbers(name, documents.column(name))
                    if name == _DAYS:
                        segment.put_months(months_of(documents.column(name)))
            segment.put_records(documents.records)
            segment.close()


def _gather(field: Any, items: Iterable[Any]) -> Postings:
    """Give Whoosh's postings of one field as arrays."""
    decode = field.format.decoder("positions") if field.format.supports("positions") else None
    terms: list[bytes] = []
    frequencies, occurrences = [], []
    docs: list[int] = []
    tf: list[int] = []
    positions: list[int] = []
    for term, found in groupby(items, key=lambda item: item[1]):
        begun, begun_positions = len(docs), len(positions)
        for _, _, doc, _, value in found:
            docs.append(doc)
            if decode:
                here = decode(value)
                tf.append(len(here))
                positions.extend(here)
        terms.append(term)
        frequencies.append(len(docs) - begun)
        occurrences.append(len(positions) - begun_positions)
    chunk = Chunk(
        np.array(docs, dtype=np.uint32),
        np.array(tf, dtype=np.uint32),
        np.array(positions, dtype=np.uint32),
    )
    return Postings(
        terms,
        np.array(frequencies, dtype=np.int64),
        (chunk,),
        np.array(occurrences, dtype=np.int64),
        max(positions, default=0),
    )


def _fill(found: Mapping[int, int], doc_count: int) -> NDArray[np.int32]:
    values = np.zeros(doc_count, dtype=np.int32)
    values[list(found)] = list(found.values())
    return values
