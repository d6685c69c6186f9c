"""Segments written one after another as passages come, so that memory stays bounded."""

from collections.abc import Iterable
from pathlib import Path

from index.rows import PassageRow
from index.segment_builder import SegmentBuilder
from index.vocabulary import Vocabulary


class SpillingBuilder:
    """Gathers passages and writes a segment whenever there are words enough for one."""

    def __init__(self, directory: Path, prefix: str, words_per_segment: int) -> None:
        self._directory = directory
        self._prefix = prefix
        self._words_per_segment = words_per_segment
        self._vocabulary = Vocabulary()
        self._builder = SegmentBuilder(self._vocabulary)
        self._written: list[tuple[Path, int]] = []

    def add(self, rows: Iterable[PassageRow]) -> None:
        """Take the passages of a document; they go into one segment."""
        self._builder.add(list(rows))
        if self._builder.word_count >= self._words_per_segment:
            self._write(lookups=False)

    def finish(self) -> list[tuple[Path, int]]:
        """Give the files of the segments and how many passages each has."""
        if self._builder.doc_count:
            self._write(lookups=not self._written)
        return self._written

    def _write(self, *, lookups: bool) -> None:
        path = self._directory / f"{self._prefix}-{len(self._written)}"
        self._builder.write(path, lookups=lookups)
        self._written.append((path, self._builder.doc_count))
        self._builder = SegmentBuilder(self._vocabulary)
