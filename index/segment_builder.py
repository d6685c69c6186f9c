"""Passages become a segment: words are numbered as they come, inverted when it is written."""

from array import array
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.fields import FIELDS
from index.inversion import invert, invert_values
from index.records import actor_names_from_record
from index.rows import KEYWORD_FIELDS, NUMBER_FIELDS, PassageRow
from index.segment import length_bytes
from index.segment_writer import Lengths, SegmentFile, months_of
from index.stored_records import RecordBlocks
from index.tokenizer import find_words
from index.vocabulary import Vocabulary
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
        return len(self._text.numbers)

    def add(self, row: PassageRow) -> None:
        """Take the next passage."""
        numbers = self._vocabulary.number_words(row)
        self._text.append(numbers)
        start, end = row.headline_span
        first = len(find_words(row.text, 0, start)) if start else 0
        self._headline.append(numbers[first : len(find_words(row.text, 0, end))])
        self._section.append(self._vocabulary.number_section(row.section))
        for (_, values), found in zip(self._keywords.items(), row.keywords, strict=True):
            values.append(found)
        for (_, column), number in zip(self._numbers.items(), row.numbers, strict=True):
            column.append(number)
        if any(actor_id.encode() not in self._actor_names for actor_id, _ in row.actors):
            for actor_id, name in actor_names_from_record(row.record).items():
                self._actor_names.setdefault(actor_id.encode(), name.encode())
        self._records.append(row.record)
        self.doc_count += 1

    def write(self, path: Path, *, lookups: bool = True) -> None:
        """Write the segment; without `lookups` it can only be merged."""
        with SegmentFile(path, self.doc_count, lookups=lookups) as segment:
            vocabulary = self._vocabulary
            class_of = np.frombuffer(vocabulary.class_of, dtype=np.int32)
            for spec in FIELDS:
                match spec.kind:
                    case "text":
                        words: _Words = getattr(self, f"_{spec.name}")
                        numbers = class_of[words.numbers_array()]
                        self._put_words(segment, spec.name, words, numbers, vocabulary.classes)
                    case "exact":
                        form_of = np.frombuffer(vocabulary.form_of, dtype=np.int32)
                        numbers = form_of[self._text.numbers_array()]
                        self._put_words(segment, spec.name, self._text, numbers, vocabulary.forms)
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

    @staticmethod
    def _put_words(
        segment: SegmentFile,
        name: str,
        words: "_Words",
        numbers: NDArray[np.int32],
        strings: list[str],
    ) -> None:
        counts = np.array(words.counts, dtype=np.int64)
        lengths = Lengths(length_bytes(counts), int(counts.sum()))
        postings = invert(numbers, counts, strings)
        segment.put_text(name, postings, lengths, classes=name != "exact")


class _Words:
    """The words of a field, document after document."""

    def __init__(self) -> None:
        self.numbers = array("i")
        self.counts = array("i")

    def append(self, numbers: list[int] | tuple[int, ...]) -> None:
        self.numbers.extend(numbers)
        self.counts.append(len(numbers))

    def numbers_array(self) -> NDArray[np.int32]:
        return np.array(self.numbers, dtype=np.int32)


class _Values:
    """The whole values of a field, numbered as they come."""

    def __init__(self) -> None:
        self.numbers_by_value: dict[str, int] = {}
        self._numbers = array("i")
        self._counts = array("i")

    def append(self, values: tuple[str, ...]) -> None:
        known = self.numbers_by_value
        self._numbers.extend([known.setdefault(value, len(known)) for value in values])
        self._counts.append(len(values))

    def arrays(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        return np.array(self._numbers, dtype=np.int32), np.array(self._counts, dtype=np.int32)


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
