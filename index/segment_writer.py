"""Writing a segment: postings, values and records into the arrays that `index.segment` reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import fold, keys_of_term
from index.array_file import ArrayFile
from index.array_file_writer import ArrayFileWriter
from index.segment import MAX_CODED_TF, MONTHS
from index.stored_records import RecordBlocks

Ints = NDArray[np.int64]

_MONTHS_A_YEAR = 12
_LAST_MONTH = 65_535
_FOLDED_KINDS = ("l:", "s:", "n:", "p:")
"""Keys that people may type without diacritics: lemmas and stems."""
_FOLDED_AT_ONCE = 256
_IN_TEXT = frozenset({"headline"})
"""Fields whose words are all in the text as well, which has their keys."""


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
    """A segment that is being written, field by field; it is whole once it is closed.

    Without `lookups` its words cannot be looked up by keys and folded forms: it is only
    to be merged.
    """

    def __init__(self, path: Path, doc_count: int, *, lookups: bool = True) -> None:
        self.path = path
        self.doc_count = doc_count
        self._lookups = lookups
        self._file = ArrayFileWriter(path)
        self._facts: dict[str, Any] = {
            "documents": doc_count,
            "lookups": lookups,
            "text": [],
            "classes": [],
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
        tf = self._file.reserve(f"{name}.tf", np.uint8, size)
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
            tf.append(np.minimum(chunk.tf, MAX_CODED_TF))
            positions.append(chunk.positions)
            above = np.flatnonzero(chunk.tf > MAX_CODED_TF)
            frequent.append((above + done, chunk.tf[above]))
            done += chunk.docs.size
        nothing = np.empty(0, dtype=np.int64)
        places, tfs = zip(*frequent, strict=True) if frequent else ([nothing], [nothing])
        self._file.put(f"{name}.frequent.at", np.concatenate(places).astype(np.int64))
        self._file.put(f"{name}.frequent", np.concatenate(tfs).astype(np.uint32))
        self._file.put(f"{name}.lengths", lengths.bytes)
        if classes:
            self._facts["classes"].append(name)
        if not self._lookups or name in _IN_TEXT:
            return
        if classes:
            self._put_keys(name, postings.terms)
        else:
            forms = [term.decode() for term in postings.terms]
            self._put_folded(f"{name}.folded", forms, np.arange(len(forms)))

    def put_keywords(
        self, name: str, postings: Postings, names: Mapping[bytes, bytes] | None = None
    ) -> None:
        """Write a field of whole values.

        Args:
            names: what the values are called, where that is kept.
        """
        self._facts["keyword"].append(name)
        self._put_terms(name, postings)
        found = [chunk.docs for chunk in postings.chunks]
        docs = np.concatenate(found) if found else np.empty(0, dtype=np.uint32)
        self._file.put(f"{name}.docs", docs.astype(np.uint32))
        if names is not None:
            self._put_strings(f"{name}.names", [names.get(term, term) for term in postings.terms])
        held = docs.astype(np.int64) << 32
        held |= np.repeat(np.arange(len(postings.terms)), postings.frequencies)
        held.sort()
        smallest = np.min_scalar_type(max(len(postings.terms) - 1, 0))
        self._file.put(f"{name}.values", (held & 0xFFFF_FFFF).astype(smallest))
        counts = np.bincount(docs, minlength=self.doc_count)
        self._put_offsets(f"{name}.values.at", counts)

    def put_numbers(self, name: str, values: NDArray[Any]) -> None:
        """Write a number for each document."""
        self._facts["numbers"].append(name)
        self._file.put(f"{name}.numbers", values.astype(np.int32))

    def put_months(self, months: NDArray[Any]) -> None:
        """Write the month of each document, as `months_of` gives it."""
        self._file.put(MONTHS, months.astype(np.uint16))

    def put_records(self, records: RecordBlocks) -> None:
        """Write what is stored with each document."""
        records.write(self._file)

    def put_fields(self, part: ArrayFile) -> None:
        """Write the fields of a file that has some of this segment's, and use it up."""
        for name in part.names():
            self._file.put(name, part[name].all())
            part.free(name, len(part[name]))
        for name, found in part.facts.items():
            if isinstance(found, list):
                self._facts[name].extend(found)
            elif isinstance(found, dict):
                self._facts[name].update(found)

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
        sizes = np.fromiter(map(len, strings), np.uint32, len(strings))
        self._file.put(f"{name}.sizes", sizes.astype(np.min_scalar_type(sizes.max(initial=0))))

    def _put_offsets(self, name: str, sizes: NDArray[Any]) -> None:
        offsets = np.zeros(sizes.size + 1, dtype=np.int64)
        np.cumsum(sizes, out=offsets[1:])
        fits = offsets[-1] < 1 << 32
        self._file.put(name, offsets.astype(np.uint32) if fits else offsets)

    def _put_keys(self, name: str, terms: Sequence[bytes]) -> None:
        """Write which terms hold each key, and which keys are spelt alike when folded."""
        holders = [keys_of_term(term.decode()) for term in terms]
        owners = np.repeat(np.arange(len(terms)), [len(keys) for keys in holders])
        keys = self._put_groups(f"{name}.keys", list(chain.from_iterable(holders)), owners)
        typed = [number for number, key in enumerate(keys) if key.startswith(_FOLDED_KINDS)]
        self._put_folded(f"{name}.folded", keys, np.array(typed, dtype=np.int64))

    def _put_folded(self, name: str, strings: Sequence[str], numbers: Ints) -> None:
        self._put_groups(name, fold_all([strings[number] for number in numbers.tolist()]), numbers)

    def _put_groups(self, name: str, labels: Sequence[str], numbers: Ints) -> list[str]:
        """Write the numbers that have each label, and give the labels in their order."""
        # The order of code points is that of UTF-8.
        names = sorted(set(labels))
        place = dict(zip(names, range(len(names)), strict=True))
        places = np.fromiter(map(place.__getitem__, labels), np.int64, len(labels))
        self._put_strings(f"{name}.names", [each.encode() for each in names])
        self._put_offsets(f"{name}.at", np.bincount(places, minlength=len(names)))
        members = np.sort(places << 32 | numbers).astype(np.uint32)  # the lower half
        self._file.put(f"{name}.members", members)
        return names


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


def fold_all(strings: Sequence[str]) -> list[str]:
    """Fold many words, none of which has a line break: many at once fold quicker."""
    parts = (strings[at : at + _FOLDED_AT_ONCE] for at in range(0, len(strings), _FOLDED_AT_ONCE))
    return [folded for part in parts for folded in fold("\n".join(part)).split("\n")]
