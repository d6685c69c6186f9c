"""What Whoosh reads of a flat segment: documents with their columns, terms with their postings."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.columns import ColumnReader
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from index.flat_matcher import FlatMatcher
from index.segment import Field, FlatSegment, TextField

_RECORD = "record"


class DocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths, numbers and records of a segment's documents."""

    def __init__(self, flat: FlatSegment, segment: Any) -> None:
        self._flat = flat
        self._segment = segment

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return self._flat.doc_count

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterable[int]:
        return iter(tuple(self._segment.deleted_docs()))

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self._flat.numbers or fieldname in self._flat.keyword_fields

    def column_reader(self, fieldname: str, column: Any) -> ColumnReader:
        default = column.default_value()
        if fieldname in self._flat.numbers:
            return _NumberColumn(self._flat.numbers[fieldname].all(), default)
        return _ValueColumn(self._flat, fieldname, default)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        field = self._flat.text_fields.get(fieldname)
        return int(byte_to_length(field.lengths.at(docnum))) if field else default

    def field_length(self, fieldname: str) -> int:
        field = self._flat.text_fields.get(fieldname)
        return field.total_length if field else 0

    def min_field_length(self, fieldname: str) -> int:
        """Give the shortest length there is, documents without the field left out."""
        return self._limit_length(fieldname, "min")

    def max_field_length(self, fieldname: str) -> int:
        return self._limit_length(fieldname, "max")

    def stored_fields(self, docnum: int) -> dict[str, bytes]:
        return {_RECORD: self._flat.records[docnum]}

    def _limit_length(self, fieldname: str, limit: str) -> int:
        field = self._flat.text_fields.get(fieldname)
        lengths = field.lengths.all() if field else np.empty(0, dtype=np.uint8)
        present = lengths[lengths > 0]
        return int(byte_to_length(int(getattr(present, limit)()))) if present.size else 0


class _NumberColumn(ColumnReader):  # type: ignore[misc]
    """The numbers of a field as Whoosh's sorting wants them."""

    def __init__(self, values: NDArray[np.int32], default: int) -> None:
        self._values = values
        self._default = default

    def __getitem__(self, docnum: int) -> int:
        return int(self._values[docnum])

    def __iter__(self) -> Iterator[int]:
        return iter(self._values.tolist())

    def __len__(self) -> int:
        return self._values.size

    def load(self) -> list[int]:
        return list(self)


class _ValueColumn(ColumnReader):  # type: ignore[misc]
    """The value of a document as Whoosh's sorting wants it."""

    def __init__(self, flat: FlatSegment, name: str, default: bytes) -> None:
        self._field = flat.keyword_fields[name]
        self._size = flat.doc_count
        self._default = default

    def __getitem__(self, docnum: int) -> bytes:
        numbers = self._field.values_of(docnum)
        return self._field.terms.bytes_at(int(numbers[0])) if numbers.size else self._default

    def __iter__(self) -> Iterator[bytes]:
        return (self[docnum] for docnum in range(self._size))

    def __len__(self) -> int:
        return self._size

    def load(self) -> list[bytes]:
        return list(self)


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """Terms in their order, and matchers over their postings."""

    def __init__(self, flat: FlatSegment) -> None:
        self._fields = {name: flat.fields[name] for name in sorted(flat.fields)}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) is not None

    def indexed_field_names(self) -> list[str]:
        return list(self._fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for name, field in self._fields.items():
            for term in field.terms.all_bytes():
                yield name, term

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for name, field in self._fields.items():
            if name >= fieldname:
                first = field.terms.lower_bound(prefix) if name == fieldname else 0
                for number in range(first, len(field.terms)):
                    yield name, field.terms.bytes_at(number)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return read_term_info(self._fields[fieldname], self._number(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        number = self._find(fieldname, text)
        if number is None:
            return 0
        start, stop = self._fields[fieldname].span(number)
        return stop - start

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> FlatMatcher:
        number = self._number(fieldname, text)
        return FlatMatcher(self._fields[fieldname], number, format_, (fieldname, text), scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> base.FieldCursor:
        return _Cursor(self._fields[fieldname], fieldobj)

    def _find(self, fieldname: str, text: bytes) -> int | None:
        field = self._fields.get(fieldname)
        return field.terms.find(text) if field else None

    def _number(self, fieldname: str, text: bytes) -> int:
        number = self._find(fieldname, text)
        if number is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return number


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    """Walks the terms of a field."""

    def __init__(self, field: Field, fieldobj: Any) -> None:
        self._field = field
        self._fieldobj = fieldobj
        self._at = 0

    def text(self) -> Any:
        return (
            self._fieldobj.from_bytes(self._field.terms.bytes_at(self._at))
            if self.is_valid()
            else None
        )

    def first(self) -> Any:
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> Any:
        encoded = string if isinstance(string, bytes) else self._fieldobj.to_bytes(string)
        self._at = self._field.terms.lower_bound(encoded)
        return self.text()

    def next(self) -> Any:
        self._at += 1
        return self.text()

    def term_info(self) -> TermInfo:
        return read_term_info(self._field, self._at)

    def is_valid(self) -> bool:
        return self._at < len(self._field.terms)


def read_term_info(field: Field, number: int) -> TermInfo:
    """Give Whoosh's statistics of a term."""
    start, stop = field.span(number)
    docs = field.docs[start:stop]
    shortest = longest = 0
    weight, heaviest = float(docs.size), 1.0
    if isinstance(field, TextField):
        counts = field.counts(start, stop)
        lengths = np.take(field.lengths.all(), docs)
        weight, heaviest = float(counts.sum()), float(counts.max())
        shortest, longest = (byte_to_length(int(n)) for n in (lengths.min(), lengths.max()))
    return TermInfo(weight, docs.size, shortest, longest, heaviest, int(docs[0]), int(docs[-1]))
