"""The segments of one Whoosh index in a directory, and what changes among them."""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.array_file import SUFFIX
from index.codec import WhooshSegment
from index.merging import merge_segments
from index.segment import FlatSegment

MERGED_AT_ONCE = 8
"""As many segments of about one size become one."""

MAX_DOCUMENTS = 4_000_000
"""A segment that is merged from others does not grow beyond this."""

_TIER = 8
_SMALLEST_TIER = 1_000
_MOST_DELETED = 0.5


class SegmentSet:
    """Segments of a draft: documents are deleted, segments added and merged, all noted at last."""

    def __init__(self, path: Path, name: str, schema: Schema, *, fresh: bool) -> None:
        self.path = path
        self.name = name
        self._schema = schema
        self._storage = FileStorage(str(path))
        self._segments: list[WhooshSegment] = [] if fresh else read_segments(path, name, schema)
        self._open: dict[str, FlatSegment] = {}

    @property
    def doc_count(self) -> int:
        """Count the documents that are not deleted."""
        return sum(segment.doc_count() for segment in self._segments)

    def all(self) -> tuple[WhooshSegment, ...]:
        """Give the segments."""
        return tuple(self._segments)

    def delete(self, field: str, value: str) -> int:
        """Delete the documents with a value and give how many they are."""
        deleted = 0
        for segment in self._segments:
            found = self._flat(segment).keyword_fields[field]
            number = found.terms.find(value)
            if number is None:
                continue
            start, stop = found.span(number)
            for doc in found.docs[start:stop].tolist():
                if not segment.is_deleted(doc):
                    segment.delete_document(doc)
                    deleted += 1
        return deleted

    def new_segment(self) -> tuple[WhooshSegment, Path]:
        """Give a segment that is not there yet, and where to write it."""
        segment = WhooshSegment(self.name)
        return segment, self.path / segment.make_filename(SUFFIX)

    def add(self, segment: WhooshSegment, doc_count: int) -> None:
        """Take a segment that has been written."""
        segment.set_doc_count(doc_count)
        self._segments.append(segment)

    def drop_deleted(self) -> None:
        """Leave out segments without a live document."""
        for segment in [each for each in self._segments if not each.doc_count()]:
            self._remove(segment)

    def merge_spills(self, spills: Sequence[WhooshSegment]) -> None:
        """Merge what one build has written into as few segments as may be."""
        while len(spills) > 1 or any(not self._flat(spill).has_lookups for spill in spills):
            sizes = accumulate(spill.doc_count() for spill in spills)
            fitting = max(sum(size <= MAX_DOCUMENTS for size in sizes), 2)
            self.merge(spills[:fitting])
            spills = spills[fitting:]

    def merge_small(self) -> None:
        """Merge until no size of segments stands too often and none is mostly deleted."""
        while chosen := choose_segments(
            [(s.doc_count(), s.deleted_count()) for s in self._segments]
        ):
            self.merge([self._segments[number] for number in chosen])

    def merge(self, chosen: Sequence[WhooshSegment]) -> None:
        """Make one segment of several."""
        segment, path = self.new_segment()
        flat = [
            FlatSegment(self.path / each.make_filename(SUFFIX), deleted=each.deleted_docs())
            for each in chosen
        ]
        doc_count = merge_segments(flat, path)
        self.add(segment, doc_count)
        for each in chosen:
            self._remove(each)

    def write(self) -> None:
        """Write Whoosh's table of contents; it replaces the one before."""
        former = TOC._latest_generation(self._storage, self.name)
        toc = TOC(self._schema, self._segments, former + 1)
        toc.write(self._storage, self.name)
        if former >= 0:
            (self.path / TOC._filename(self.name, former)).unlink()

    def _remove(self, segment: WhooshSegment) -> None:
        self._segments.remove(segment)
        self._open.pop(segment.segid, None)
        (self.path / segment.make_filename(SUFFIX)).unlink()

    def _flat(self, segment: WhooshSegment) -> FlatSegment:
        found = self._open.get(segment.segid)
        if found is None:
            found = FlatSegment(self.path / segment.make_filename(SUFFIX))
            self._open[segment.segid] = found
        return found


def read_segments(path: Path, name: str, schema: Schema) -> list[WhooshSegment]:
    """Give the segments that Whoosh's table of contents names; its hash was checked before."""
    segments: list[WhooshSegment] = TOC.read(FileStorage(str(path)), name, schema=schema).segments
    return segments


def choose_segments(sizes: Sequence[tuple[int, int]]) -> list[int]:
    """Give the numbers of the segments to be merged next; none where it is well as it is.

    Those of about one size are merged when they are many, so that a document is copied
    only a few times however often a little is added; one that is mostly deleted is
    written anew.

    Args:
        sizes: live and deleted documents of each segment.
    """
    tiers: dict[int, list[int]] = {}
    for number, (live, _) in enumerate(sizes):
        tiers.setdefault(_tier(live), []).append(number)
    for _, numbers in sorted(tiers.items()):
        chosen = numbers[:MERGED_AT_ONCE]
        if len(chosen) == MERGED_AT_ONCE and sum(sizes[n][0] for n in chosen) <= MAX_DOCUMENTS:
            return chosen
    for number, (live, deleted) in enumerate(sizes):
        if deleted > _MOST_DELETED * (live + deleted):
            return [number]
    return []


def _tier(documents: int) -> int:
    tier, limit = 0, _SMALLEST_TIER
    while documents > limit:
        tier, limit = tier + 1, limit * _TIER
    return tier
