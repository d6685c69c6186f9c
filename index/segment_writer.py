"""Writing a segment: postings, values and records into the arrays that `index.segment` reads."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import fold, keys_of_term
from index.array_file import ArrayFileWriter
from index.segment import MAX_CODED_TF, MONTHS, FlatSegment

Ints = NDArray[np.int64]

_BLOCK_BYTES = 8_192
_COMPRESSION = 1
_MONTHS_A_YEAR = 12
_LAST_MONTH = 65_535
_FOLDED_KINDS = ("l:", "s:", "n:", "p:")
"""Keys that people may type without diacritics: lemmas and stems."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Postings of consecutive terms; `positions` are those of each posting, one after another.

    Where a field has no positions, `tf` and `positions` are empty.
    """

    docs: NDArray[Any]
    tf: NDArray[Any]
    positions: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Postings:
    """A field's terms, sorted by their bytes, and their postings, in chunks.

    `frequencies` are documents of each term, `occurrences` positions of each term.
    """

    terms: Sequence[bytes]
    frequencies: Ints
    chunks: Iterable[Chunk]
    occurrences: Ints
    last_position: int = 0


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long a field is in each document, as Whoosh's bytes, and in all of them."""

    bytes: NDArray[np.uint8]
    total: int


class SegmentFile:
    """A segment that is being written, field by field; it is whole once it is closed."""

    def __init__(self, path: Path, doc_count: int) -> None:
        self.path = path
        self.doc_count = doc_count
        self._file = ArrayFileWriter(path)
        self._facts: dict[str, Any] = {
            "documents": doc_count,
            "text": [],
            "keyword": [],
            "numbers": [],
            "total_lengths": {},
            "last_positions": {},
        }

    def put_text(self, name: str, postings: Postings, lengths: Lengths, *, classes: bool) -> None:
        """Write a field of words; with `classes` its terms are classes of keys."""
        self._facts["text"].append(name)
        self._facts["total_lengths"][name] = lengths.total
        self._facts["last_positions"][name] = postings.last_position
        self._put_terms(name, postings)
        size = int(postings.frequencies.sum())
        docs = self._file.reserve(f"{name}.docs", np.uint32, size)
        codes = self._file.reserve(f"{name}.codes", np.uint16, size)
        positions = self._file.reserve(
            f"{name}.positions",
            np.min_scalar_type(postings.last_position),
            int(postings.occurrences.sum()),
        )
        self._put_offsets(f"{name}.positions.at", postings.occurrences)
        frequent: list[tuple[Ints, Ints]] = []
        done = 0
        for chunk in postings.chunks:
            docs.append(chunk.docs)
            capped = np.minimum(chunk.tf, MAX_CODED_TF).astype(np.uint16)
            codes.append((capped << 8) | lengths.bytes[chunk.docs])
            positions.append(chunk.positions)
            above = np.flatnonzero(np.asarray(chunk.tf) > MAX_CODED_TF)
            frequent.append((above + done, chunk.tf[above]))
            done += chunk.docs.size
        nothing = np.empty(0, dtype=np.int64)
        places, tfs = zip(*frequent, strict=True) if frequent else ([nothing], [nothing])
        self._file.put(f"{name}.frequent.at", np.concatenate(places).astype(np.int64))
        self._file.put(f"{name}.frequent", np.concatenate(tfs).astype(np.uint32))
        self._file.put(f"{name}.lengths", lengths.bytes)
        if classes:
            self._put_keys(name, postings.terms)
        else:
            self._put_folded(f"{name}.folded", [term.decode() for term in postings.terms], fold)

    def put_keywords(self, name: str, postings: Postings) -> None:
        """Write a field of whole values."""
        self._facts["keyword"].append(name)
        self._put_terms(name, postings)
        found = [chunk.docs for chunk in postings.chunks]
        docs = np.concatenate(found) if found else np.empty(0, dtype=np.uint32)
        self._file.put(f"{name}.docs", docs.astype(np.uint32))
        numbers = np.repeat(np.arange(len(postings.terms)), postings.frequencies)
        order = np.argsort(docs, kind="stable")
        self._file.put(f"{name}.values", numbers[order].astype(np.uint32))
        counts = np.bincount(docs, minlength=self.doc_count)
        self._put_offsets(f"{name}.values.at", counts)

    def put_numbers(self, name: str, values: NDArray[Any]) -> None:
        """Write a number for each document."""
        self._facts["numbers"].append(name)
        self._file.put(f"{name}.numbers", values.astype(np.int32))

    def put_months(self, months: NDArray[Any]) -> None:
        """Write the month of each document, as `months_of` gives it."""
        self._file.put(MONTHS, months.astype(np.uint16))

    def put_records(self, records: "RecordBlocks") -> None:
        """Write what is stored with each document."""
        first, at, inside, content = records.finish()
        self._file.put("records.first", first)
        self._file.put("records.at", at)
        self._file.put("records.inside", inside)
        slot = self._file.reserve("records", np.uint8, int(at[-1]))
        for part in content:
            slot.append(np.frombuffer(part, dtype=np.uint8))

    def close(self) -> None:
        """Finish the file."""
        self._file.close(self._facts)

    def __enter__(self) -> "SegmentFile":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.__exit__(kind, error, trace)

    def _put_terms(self, name: str, postings: Postings) -> None:
        self._put_strings(f"{name}.terms", postings.terms)
        self._put_offsets(f"{name}.at", postings.frequencies)

    def _put_strings(self, name: str, strings: Sequence[bytes]) -> None:
        self._file.put(name, np.frombuffer(b"".join(strings), dtype=np.uint8))
        self._put_offsets(f"{name}.at", np.fromiter(map(len, strings), np.int64, len(strings)))

    def _put_offsets(self, name: str, sizes: NDArray[Any]) -> None:
        offsets = np.zeros(sizes.size + 1, dtype=np.int64)
        np.cumsum(sizes, out=offsets[1:])
        fits = offsets[-1] < 1 << 32
        self._file.put(name, offsets.astype(np.uint32) if fits else offsets)

    def _put_keys(self, name: str, terms: Sequence[bytes]) -> None:
        """Write which terms hold each key, and which keys are spelt alike when folded."""
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(terms):
            for key in keys_of_term(term.decode()):
                holders[key].append(number)
        keys = self._put_groups(f"{name}.keys", holders)
        self._put_folded(f"{name}.folded", keys, _fold_key)

    def _put_folded(self, name: str, strings: Sequence[str], fold_one: Any) -> None:
        alike: defaultdict[str, list[int]] = defaultdict(list)
        for number, string in enumerate(strings):
            folded = fold_one(string)
            if folded is not None:
                alike[folded].append(number)
        self._put_groups(name, alike)

    def _put_groups(self, name: str, groups: Mapping[str, Sequence[int]]) -> list[str]:
        names = sorted(groups, key=str.encode)
        self._put_strings(f"{name}.names", [each.encode() for each in names])
        sizes = np.fromiter((len(groups[each]) for each in names), np.int64, len(names))
        self._put_offsets(f"{name}.at", sizes)
        members = (number for each in names for number in groups[each])
        self._file.put(f"{name}.members", np.fromiter(members, np.uint32, int(sizes.sum())))
        return names


class RecordBlocks:
    """Records in the order of their documents, compressed several at a time."""

    def __init__(self) -> None:
        self._first: list[int] = []
        self._at = [0]
        self._inside: list[NDArray[np.uint32]] = []
        self._content: list[bytes | memoryview] = []
        self._docs = 0
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0

    def append(self, record: bytes) -> None:
        """Add the record of the next document."""
        self._waiting.append(record)
        self._waiting_bytes += len(record)
        if self._waiting_bytes >= _BLOCK_BYTES:
            self._flush()

    def append_all(self, segment: FlatSegment) -> None:
        """Add the records of a segment as they are compressed there."""
        self._flush()
        records = segment.records
        self._first.extend((records.first[:-1].astype(np.int64) + self._docs).tolist())
        self._at.extend((records.at[1:] + self._at[-1]).tolist())
        self._inside.append(records.inside.all())
        self._content.append(records.content.all().data)
        self._docs += segment.doc_count

    def finish(
        self,
    ) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.uint32], list[bytes | memoryview]]:
        """Give first documents, places and beginnings as `Records` has them, and the blocks."""
        self._flush()
        inside = np.concatenate([np.empty(0, dtype=np.uint32), *self._inside])
        first = np.array([*self._first, self._docs], dtype=np.uint32)
        return first, np.array(self._at, dtype=np.int64), inside, self._content

    def _flush(self) -> None:
        if not self._waiting:
            return
        block = zlib.compress(b"".join(self._waiting), _COMPRESSION)
        sizes = np.fromiter(map(len, self._waiting), np.uint32, len(self._waiting))
        self._first.append(self._docs)
        self._at.append(self._at[-1] + len(block))
        self._inside.append((np.cumsum(sizes) - sizes).astype(np.uint32))
        self._content.append(block)
        self._docs += len(self._waiting)
        self._waiting, self._waiting_bytes = [], 0


def months_of(days: NDArray[Any]) -> NDArray[np.uint16]:
    """Give the month of each day: January of the year 1 is 1; 0 stands for no day."""
    distinct, places = np.unique(days, return_inverse=True)
    months = [_month_of(int(day)) for day in distinct]
    return np.array(months, dtype=np.uint16)[places]


def _month_of(ordinal: int) -> int:
    if not ordinal:
        return 0
    day = date.fromordinal(ordinal)
    return min((day.year - 1) * _MONTHS_A_YEAR + day.month, _LAST_MONTH)


def _fold_key(key: str) -> str | None:
    return key[:2] + fold(key[2:]) if key.startswith(_FOLDED_KINDS) else None
