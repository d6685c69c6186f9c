"""A segment of the index: passages as arrays, read where they lie in one mapped file.

Arrays are `CheckedArray`: take slices (`docs[a:b]`) or everything (`docs.all()`); what
comes back is a read-only view. "u32/i64" means u32 wherever the numbers fit.

    every indexed field
        terms           StringTable, sorted by their bytes
        offsets         u32/i64 [terms + 1]   postings of term t: [offsets[t], offsets[t + 1])
        docs            u32 [postings]        rising within a term, deleted documents included
    text and exact fields besides
        tf              u8 [postings]         how often the term stands there, at most 255
        frequent.at     i64                   postings whose tf is above 255
        frequent        u32                   and their tf
        position_offsets u32/i64 [terms + 1]  positions of term t, document after document,
        positions       u8/u16/u32            as many as `counts` says for each posting
        lengths         u8 [documents]        Whoosh's length byte, see `byte_to_length`
        total_length    tokens of all documents, deleted ones included
    text fields besides, unless their words are in another one too; not in spilled segments
        keys            Groups: key -> numbers of the terms (classes) that hold it
        folded          Groups: key with a folded value -> numbers of keys in `keys.names`
    exact fields besides, not in spilled segments
        folded          Groups: folded form -> numbers of the terms spelt so
    keyword and number fields besides
        value_offsets   u32/i64 [documents + 1]  values of a document: its slice of `values`
        values          u8/u16/u32               numbers of terms, rising
    the actor field besides
        names           StringTable, by the numbers of the terms: what each actor is called
    number columns      i32 [documents]; 0 for a document without one (days begin at 1)
    months              u16 [documents]; of the first day, January of the year 1 is 1, undated 0
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length

from index.array_file import ArrayFile, CheckedArray
from index.stored_records import Records
from index.string_table import Groups, StringTable

MAX_CODED_TF = 255
MONTHS = "months"

LENGTH_OF_BYTE: NDArray[np.int64] = np.array([byte_to_length(b) for b in range(256)])
"""How many tokens a length byte stands for."""


class Field:
    """The terms of a field and the documents of each."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.name = name
        self.terms = StringTable(file[f"{name}.terms"], file[f"{name}.terms.sizes"])
        self.offsets: CheckedArray[Any] = file[f"{name}.at"]
        self.docs: CheckedArray[np.uint32] = file[f"{name}.docs"]

    def span(self, number: int) -> tuple[int, int]:
        """Give the postings `[start, stop)` of a term."""
        start, stop = self.offsets[number : number + 2].tolist()
        return start, stop


class KeywordField(Field):
    """Whole values: documents of a value, values of a document."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        super().__init__(file, name)
        self.value_offsets: CheckedArray[Any] = file[f"{name}.values.at"]
        self.values: CheckedArray[Any] = file[f"{name}.values"]
        self.names: StringTable | None = None
        if f"{name}.names" in file:
            self.names = StringTable(file[f"{name}.names"], file[f"{name}.names.sizes"])

    def values_of(self, doc: int) -> NDArray[Any]:
        """Give the numbers of a document's values."""
        start, stop = self.value_offsets[doc : doc + 2].tolist()
        return self.values[start:stop]


class TextField(Field):
    """Words at their positions."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        super().__init__(file, name)
        self.tf: CheckedArray[np.uint8] = file[f"{name}.tf"]
        self.position_offsets: CheckedArray[Any] = file[f"{name}.positions.at"]
        self.positions: CheckedArray[Any] = file[f"{name}.positions"]
        self.lengths: CheckedArray[np.uint8] = file[f"{name}.lengths"]
        self.total_length: int = file.facts["total_lengths"][name]
        self.last_position: int = file.facts["last_positions"][name]
        self.is_classes: bool = name in file.facts["classes"]
        self.keys = Groups(file, f"{name}.keys") if f"{name}.keys.at" in file else None
        self.folded = Groups(file, f"{name}.folded") if f"{name}.folded.at" in file else None
        self._frequent_at = file[f"{name}.frequent.at"].all()
        self._frequent_tf = file[f"{name}.frequent"].all()

    def counts(self, start: int, stop: int) -> NDArray[np.uint32]:
        """Give how often the term stands in the document, for postings `[start, stop)`."""
        counts = self.tf[start:stop].astype(np.uint32)
        if self._frequent_at.size:
            first, last = np.searchsorted(self._frequent_at, [start, stop])
            counts[self._frequent_at[first:last] - start] = self._frequent_tf[first:last]
        return counts

    def position_span(self, number: int) -> tuple[int, int]:
        """Give the positions `[start, stop)` of a term."""
        start, stop = self.position_offsets[number : number + 2].tolist()
        return start, stop


class FlatSegment:
    """A segment opened for reading.

    `deleted` are its deleted documents, rising; `base` is the number that its first
    document has in the whole index.
    """

    def __init__(self, path: Path, *, deleted: Iterable[int] = (), base: int = 0) -> None:
        self.file = ArrayFile(path)
        facts = self.file.facts
        self.doc_count: int = facts["documents"]
        self.has_lookups: bool = facts["lookups"]
        self.deleted: NDArray[np.uint32] = np.array(sorted(deleted), dtype=np.uint32)
        self.base = base
        self.text_fields: dict[str, TextField] = {
            name: TextField(self.file, name) for name in facts["text"]
        }
        self.keyword_fields: dict[str, KeywordField] = {
            name: KeywordField(self.file, name) for name in facts["keyword"]
        }
        self.numbers: dict[str, CheckedArray[np.int32]] = {
            name: self.file[f"{name}.numbers"] for name in facts["numbers"]
        }
        self.records = Records(self.file)

    @property
    def months(self) -> CheckedArray[np.uint16]:
        """Give the month of each document's first day."""
        return self.file[MONTHS]

    @property
    def fields(self) -> dict[str, Field]:
        """Give every field that has terms."""
        return {**self.text_fields, **self.keyword_fields}

    def find_docs(self, field: str, value: str) -> list[int]:
        """Give the live documents with a value, rising."""
        found = self.keyword_fields[field]
        number = found.terms.find(value)
        if number is None:
            return []
        start, stop = found.span(number)
        docs = found.docs[start:stop]
        if self.deleted.size:
            docs = docs[~np.isin(docs, self.deleted)]
        return list(docs.tolist())


def length_bytes(lengths: NDArray[Any]) -> NDArray[np.uint8]:
    """Give Whoosh's byte for each number of tokens."""
    return np.searchsorted(LENGTH_OF_BYTE, lengths, side="left").clip(0, 255).astype(np.uint8)
