"""Segments that are merged with a process beside, against those merged by one."""

from pathlib import Path

import pytest
from test_builder import build, describe
from test_codec import write_passages

from index.errors import DamagedIndex
from index.merge_process import FieldMerge
from index.merging import merge_segments
from index.rows import row_of
from index.segment import FlatSegment
from index.segment_builder import SegmentBuilder
from index.vocabulary import Vocabulary

DELETED = ((0, 1, 29), (), (5,))


@pytest.fixture
def segments(tmp_path: Path) -> list[FlatSegment]:
    found = []
    (tmp_path / "gen-000001").mkdir()
    for number, deleted in enumerate(DELETED):
        path = tmp_path / "gen-000001" / f"s{number}"
        build(path, write_passages(number, 30, f"d{number}"))
        found.append(FlatSegment(path, deleted=deleted))
    return found


def test_two_processes_merge_as_one(tmp_path: Path, segments: list[FlatSegment]) -> None:
    counts = [
        merge_segments(segments, tmp_path / name, worth_a_process=worth)
        for name, worth in (("one", 1_000_000), ("two", 1))
    ]
    assert counts == [86, 86]
    one, two = FlatSegment(tmp_path / "one"), FlatSegment(tmp_path / "two")
    assert describe(one) == describe(two)
    assert one.file.facts.keys() == two.file.facts.keys()
    assert {name: field.last_position for name, field in one.text_fields.items()} == {
        name: field.last_position for name, field in two.text_fields.items()
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gen-000001", "one", "two"]


def test_the_error_of_the_other_process_is_that_of_the_merge(
    tmp_path: Path, segments: list[FlatSegment]
) -> None:
    (tmp_path / "merged.part").mkdir()
    with pytest.raises(OSError, match="exists"):
        merge_segments(segments, tmp_path / "merged", worth_a_process=1)


def test_damage_found_by_the_other_process_is_told(
    tmp_path: Path, segments: list[FlatSegment]
) -> None:
    file = segments[1].file
    content = bytearray(file.path.read_bytes())
    place = content.find(file["exact.docs"].all().tobytes())
    content[place] ^= 4
    file.path.write_bytes(content)
    with pytest.raises(DamagedIndex, match="gen-000001/s1 is not as it was written"):
        merge_segments(segments, tmp_path / "merged", worth_a_process=1)


def test_a_process_that_was_killed_has_merged_nothing(
    tmp_path: Path, segments: list[FlatSegment]
) -> None:
    process = FieldMerge(segments, ["exact"], tmp_path / "part")
    process._process.kill()
    with pytest.raises(RuntimeError, match="before its time"):
        process.finish()
    process.close()


def test_what_is_let_go_is_read_again(segments: list[FlatSegment]) -> None:
    before = describe(segments[0])
    segments[0].file.let_go()
    assert describe(segments[0]) == before


def test_what_is_only_there_to_be_merged_gives_its_room_back(tmp_path: Path) -> None:
    for name, lookups in (("spill", False), ("segment", True)):
        builder = SegmentBuilder(Vocabulary())
        builder.add(list(map(row_of, write_passages(1, 1_500, "d"))))
        builder.write(tmp_path / name, lookups=lookups)
    before = {name: room(tmp_path / name) for name in ("spill", "segment")}
    alone = [FlatSegment(tmp_path / name) for name in before]
    for number, segment in enumerate(alone):
        merge_segments([segment], tmp_path / f"merged{number}")
    assert describe(FlatSegment(tmp_path / "merged0")) == describe(
        FlatSegment(tmp_path / "merged1")
    )
    assert describe(FlatSegment(tmp_path / "segment")) == describe(
        FlatSegment(tmp_path / "merged1")
    )
    assert room(tmp_path / "segment") == before["segment"]
    words = sum(
        len(alone[0].file[f"{field}.{array}"].all().data.cast("B"))
        for field in ("text", "exact")
        for array in ("docs", "tf", "positions")
    )
    assert room(tmp_path / "spill") < before["spill"] - 0.8 * words


def room(path: Path) -> int:
    """Give the bytes that a file takes on the disk."""
    return path.stat().st_blocks * 512
