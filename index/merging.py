"""Several segments become one, without their deleted documents."""

from collections.abc import Sequence
from contextlib import closing, nullcontext
from pathlib import Path

import numpy as np

from index.array_file import ArrayFile
from index.field_merging import Source, join_live, merge_keywords, merge_text, number_docs
from index.merge_process import FieldMerge
from index.segment import MONTHS, FlatSegment
from index.segment_writer import SegmentFile
from index.stored_records import RecordBlocks

WORTH_A_PROCESS = 200_000
"""Of fewer documents, everything is merged sooner than another process is up."""


def merge_segments(
    segments: Sequence[FlatSegment], path: Path, *, worth_a_process: int = WORTH_A_PROCESS
) -> int:
    """Write the live documents of segments, in their order, and give how many there are.

    One of the two large fields of many documents is merged by a process beside this one.
    """
    sources = number_docs(segments)
    doc_count = sum(int(source.alive.sum()) for source in sources)
    first = segments[0]
    exact = [name for name, field in first.text_fields.items() if not field.is_classes]
    aside = exact if doc_count >= worth_a_process else []
    part = path.with_name(f"{path.name}.part")
    process = FieldMerge(segments, aside, part) if aside else None
    with closing(process) if process else nullcontext(), SegmentFile(path, doc_count) as merged:
        for name in first.text_fields:
            if name not in aside:
                merge_text(merged, name, sources)
        for name in first.keyword_fields:
            merge_keywords(merged, name, sources)
        for name in first.numbers:
            columns = [segment.numbers[name].all() for segment in segments]
            merged.put_numbers(name, join_live(sources, columns))
        if MONTHS in first.file:
            merged.put_months(join_live(sources, [segment.months.all() for segment in segments]))
        if process:
            process.finish()
            merged.put_fields(ArrayFile(part))
            part.unlink()
        merged.put_records(_merge_records(sources))
        merged.close()
    return doc_count


def _merge_records(sources: Sequence[Source]) -> RecordBlocks:
    blocks = RecordBlocks()
    for source in sources:
        records = source.segment.records
        if source.alive.all() and records.worth_copying():
            blocks.append_all(records, used_up=not source.segment.has_lookups)
        else:
            for doc in np.flatnonzero(source.alive).tolist():
                blocks.append(records[doc])
    return blocks
