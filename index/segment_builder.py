"""Passages become a segment: words are numbered as they come, inverted when it is written."""

from array import array
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.fields import FIELDS
from index.inversion import invert, invert_values
from index.passage_words import number_passages
from index.records import actor_names_from_record
from index.rows import KEYWORD_FIELDS, NUMBER_FIELDS, PassageRow
from index.segment import length_bytes
from index.segment_writer import Lengths, SegmentFile, months_of
from index.stored_records import RecordBlocks
from index.vocabulary import Ints, Vocabulary, analyse_forms
from index.whoosh_schema import passage_schema

_DAYS = "date_start"


class SegmentBuilder:
    """Gathers passages for one segment; the vocabulary may serve several."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._text, self._headline, self._section = _Words(), _Words(), _Words()
        self._keywords = {name: _Values() for name in KEYWORD_FIELDS}
        self._numbers: dict[str, list[int | None]] = {name: [] for name in NUMBER_FIELDS}
        self._actor_names: dict[bytes, bytes] = {}
        self._records = RecordBlocks()
        self.doc_count = 0

    @property
    def word_count(self) -> int:
        """Count the words gathered: what memory depends on."""
        return self._text.size

    def add(self, rows: Sequence[PassageRow]) -> None:
        """Take the next passages; many at once take less time than one after another."""
        if not rows:
            return
        words = number_passages(rows, self._vocabulary)
        self._text.append(words.text, words.text_counts)
        self._headline.append(words.headline, words.headline_counts)
        sections = [self._vocabulary.number_section(row.section) for row in rows]
        self._section.append(
            np.array(list(chain.from_iterable(sections)), dtype=np.int32),
            np.array(list(map(len, sections))),
        )
        by_field = zip(*[row.keywords for row in rows], strict=True)
        for values, found in zip(self._keywords.values(), by_field, strict=True):
            values.extend(found)
        by_field = zip(*[row.numbers for row in rows], strict=True)
        for column, numbers in zip(self._numbers.values(), by_field, strict=True):
            column.extend(numbers)
        for row in rows:
            self._name_actors(row)
            self._records.append(row.record)
        self.doc_count += len(rows)

    def write(self, path: Path, *, lookups: bool = True) -> None:
        """Write the segment; without `lookups` it can only be merged."""
        with SegmentFile(path, self.doc_count, lookups=lookups) as segment:
            vocabulary = self._vocabulary
            if forms := vocabulary.new_forms():
                vocabulary.classify(dict(zip(forms, analyse_forms(forms), strict=True)))
            class_of = np.frombuffer(vocabulary.class_of, dtype=np.int32)
            for spec in FIELDS:
                match spec.kind:
                    case "text":
                        words: _Words = getattr(self, f"_{spec.name}")
                        _put_words(segment, spec.name, words, class_of, vocabulary.classes)
                    case "exact":
                        form_of = np.frombuffer(vocabulary.form_of, dtype=np.int32)
                        _put_words(segment, spec.name, self._text, form_of, vocabulary.forms)
                    case "keyword":
                        values = self._keywords[spec.name]
                        segment.put_keywords(
                            spec.name,
                            invert_values(*values.arrays(), list(values.numbers_by_value)),
                            self._actor_names if spec.name == "actor" else None,
                        )
                    case "number" | "days":
                        for name in spec.columns:
                            _put_numbers(segment, name, self._numbers[name])
            segment.put_records(self._records)
            segment.close()

    def _name_actors(self, row: PassageRow) -> None:
        if any(actor_id.encode() not in self._actor_names for actor_id, _ in row.actors):
            for actor_id, name in actor_names_from_record(row.record).items():
                self._actor_names.setdefault(actor_id.encode(), name.encode())


class _Words:
    """The words of a field, document after document."""

    def __init__(self) -> None:
        self.size = 0
        self._numbers: list[Ints] = []
        self._counts: list[NDArray[np.int64]] = []

    def append(self, numbers: Ints, counts: NDArray[np.int64]) -> None:
        self.size += numbers.size
        self._numbers.append(numbers)
        self._counts.append(counts)

    def arrays(self) -> tuple[Ints, NDArray[np.int64]]:
        return np.concatenate(self._numbers), np.concatenate(self._counts)


class _Values:
    """The whole values of a field, numbered as they come."""

    def __init__(self) -> None:
        self.numbers_by_value: dict[str, int] = {}
        self._numbers = array("i")
        self._counts = array("i")

    def extend(self, values: Sequence[tuple[str, ...]]) -> None:
        """Add the values of the next documents."""
        known = self.numbers_by_value
        self._numbers.extend([known.setdefault(v, len(known)) for found in values for v in found])
        self._counts.extend(map(len, values))

    def arrays(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        return np.array(self._numbers, dtype=np.int32), np.array(self._counts, dtype=np.int32)


def _put_words(
    segment: SegmentFile, name: str, words: _Words, string_of: Ints, strings: list[str]
) -> None:
    """Write the words of a field, each as the string that its number leads to."""
    numbers, counts = words.arrays()
    lengths = Lengths(length_bytes(counts), int(counts.sum()))
    postings = invert(string_of[numbers], counts, strings)
    segment.put_text(name, postings, lengths, classes=name != "exact")


def _put_numbers(segment: SegmentFile, name: str, numbers: list[int | None]) -> None:
    """Write a column, and the postings that a range of Whoosh's is made of."""
    values = np.array([number or 0 for number in numbers], dtype=np.int64)
    present = np.array([number is not None for number in numbers], dtype=np.int64)
    field = passage_schema()[name]
    distinct, places = np.unique(values[present > 0], return_inverse=True)
    segment.put_keywords(
        name, invert_values(places, present, [field.to_bytes(int(value)) for value in distinct])
    )
    segment.put_numbers(name, values)
    if name == _DAYS:
        segment.put_months(months_of(values))
