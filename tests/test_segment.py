"""A file of arrays: what was put in comes out, checked when it is first touched."""

from pathlib import Path

import numpy as np
import pytest
from whoosh.util.numeric import byte_to_length, length_to_byte

from index.array_file import BLOCK, ArrayFile
from index.array_file_writer import ArrayFileWriter
from index.errors import DamagedIndex
from index.inversion import invert_values
from index.segment import LENGTH_OF_BYTE, FlatSegment, length_bytes
from index.segment_writer import SegmentFile, fold_all, months_of
from index.stored_records import RecordBlocks
from index.tokenizer import fold

LARGE = np.arange(3 * BLOCK // 4 + 7, dtype=np.uint32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "gen-000001" / "x.flat"
    place.parent.mkdir()
    with ArrayFileWriter(place) as file:
        file.put("large", LARGE)
        slow, fast = file.reserve("slow", "u2", 4), file.reserve("fast", "i8", 2)
        slow.append(np.array([1, 2]))
        fast.append(np.array([-5, 7]))
        slow.append(np.array([3, 4]))
        file.put("empty", np.empty(0, dtype=np.int64))
        file.close({"kind": "próba"})
    return place


def damage(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 4
    path.write_bytes(content)


def test_arrays_and_facts_come_back(path: Path) -> None:
    file = ArrayFile(path)
    assert file.facts == {"kind": "próba"}
    assert file.names() == ("large", "slow", "fast", "empty")
    assert np.array_equal(file["large"].all(), LARGE)
    assert file["slow"].all().tolist() == [1, 2, 3, 4]
    assert file["fast"][1:].tolist() == [7]
    assert file["fast"].at(0) == -5
    assert (len(file["empty"]), file["empty"].all().size) == (0, 0)


def test_arrays_are_aligned_views_that_nobody_writes_to(path: Path) -> None:
    array = ArrayFile(path)["fast"].all()
    assert array.__array_interface__["data"][0] % 64 == 0
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


def test_damage_is_found_where_it_is_touched_and_only_there(path: Path) -> None:
    damage(path, BLOCK + 100)
    large = ArrayFile(path)["large"]
    assert large[: BLOCK // 4].size == BLOCK // 4
    for _ in range(2):
        with pytest.raises(DamagedIndex, match=r"gen-000001/x\.flat is not as it was written"):
            large[BLOCK // 4 : BLOCK // 4 + 1]
    with pytest.raises(DamagedIndex):
        large.at(BLOCK // 4 + 3)


def test_all_blocks_are_checked_once(path: Path) -> None:
    large = ArrayFile(path)["large"]
    assert large.unchecked is not None
    large.all()
    assert large.unchecked is None


@pytest.mark.parametrize("place", [-1, -10, -40, -80, -200])
def test_a_damaged_end_is_no_file(path: Path, place: int) -> None:
    damage(path, place)
    with pytest.raises(DamagedIndex):
        ArrayFile(path)


@pytest.mark.parametrize("kept", [0, 1, 40, 1000])
def test_a_cut_file_is_no_file(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(DamagedIndex):
        ArrayFile(path)


def test_a_file_is_not_written_over(path: Path) -> None:
    with pytest.raises(FileExistsError):
        ArrayFileWriter(path)


def test_an_array_that_is_not_filled_is_an_error(tmp_path: Path) -> None:
    with ArrayFileWriter(tmp_path / "x") as file:
        file.reserve("half", "u4", 2).append(np.array([1]))
        with pytest.raises(ValueError, match="4 bytes of the array are missing"):
            file.close({})


@pytest.fixture
def segment(tmp_path: Path) -> FlatSegment:
    values = ["łódź", "zamek", "dom", "domy"]
    numbers, counts = np.array([2, 3, 0, 1, 2]), np.array([2, 0, 3])
    records = RecordBlocks()
    for record in (b"pierwszy", b"", b"x" * 20_000):
        records.append(record)
    with SegmentFile(tmp_path / "s", 3) as file:
        file.put_keywords("kind", invert_values(numbers, counts, values))
        file.put_records(records)
        file.close()
    return FlatSegment(tmp_path / "s", deleted=[2])


def test_values_lead_to_documents_and_back(segment: FlatSegment) -> None:
    field = segment.keyword_fields["kind"]
    assert list(field.terms) == ["dom", "domy", "zamek", "łódź"]
    assert [field.values_of(doc).tolist() for doc in range(3)] == [[0, 1], [], [0, 2, 3]]
    assert field.docs[slice(*field.span(0))].tolist() == [0, 2]
    assert field.values.dtype == np.uint8
    assert segment.find_docs("kind", "dom") == [0]
    assert segment.find_docs("kind", "łódź") == segment.find_docs("kind", "nic") == []


@pytest.mark.parametrize(
    ("prefix", "found"),
    [("dom", (0, 2)), ("domy", (1, 2)), ("ł", (3, 4)), ("", (0, 4)), ("e", (2, 2))],
)
def test_a_prefix_is_one_run_of_terms(
    segment: FlatSegment, prefix: str, found: tuple[int, int]
) -> None:
    assert segment.keyword_fields["kind"].terms.prefix_range(prefix) == found


def test_records_come_back(segment: FlatSegment) -> None:
    assert [segment.records[doc] for doc in range(3)] == [b"pierwszy", b"", b"x" * 20_000]


@pytest.mark.parametrize("count", [1, 300, 1_000])
def test_words_folded_together_are_those_folded_alone(count: int) -> None:
    words = [
        "Łódź",
        "ΟΔΟΣ",
        "Αθήνας",
        "ŻÓŁĆ",
        "e\u0301",
        "dom",
        "\u0301a",
        "O’Connor",
        "ﬁn",
    ] * count
    assert fold_all(words) == [fold(word) for word in words]


@pytest.mark.parametrize("length", [0, 1, 11, 12, 106_373, 106_374, 9_999_999])
def test_lengths_are_rounded_as_whoosh_rounds_them(length: int) -> None:
    (byte,) = length_bytes(np.array([length]))
    assert byte == length_to_byte(length)
    assert LENGTH_OF_BYTE[byte] == byte_to_length(int(byte))


def test_months_are_counted_from_the_year_one() -> None:
    days = np.array([0, 1, 31, 32, 366, 719_163])
    assert months_of(days).tolist() == [0, 1, 1, 2, 13, 1969 * 12 + 1]
