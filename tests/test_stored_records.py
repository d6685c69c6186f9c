"""Records come back as they were, however they were compressed."""

from pathlib import Path

import pytest

from index import stored_records
from index.array_file import ArrayFile
from index.array_file_writer import ArrayFileWriter
from index.stored_records import RecordBlocks, Records

RECORDS = [
    f'{{"id":"p{number}","text":"Minister spraw zagranicznych i {number * 7919} osób"}}'.encode()
    for number in range(3_000)
]


def write_records(path: Path, blocks: RecordBlocks) -> Records:
    with ArrayFileWriter(path) as file:
        blocks.write(file)
        file.close({})
    return Records(ArrayFile(path))


def write_all(path: Path, found: list[bytes]) -> Records:
    blocks = RecordBlocks()
    for record in found:
        blocks.append(record)
    return write_records(path, blocks)


@pytest.fixture
def small_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_records, "_SAMPLE_BYTES", 100_000)
    monkeypatch.setattr(stored_records, "_DICTIONARY_BYTES", 512)
    monkeypatch.setattr(stored_records, "_WORTH_KEEPING", 1)


def read_all(records: Records, count: int) -> list[bytes]:
    return [records[doc] for doc in range(count)]


def test_few_records_have_no_dictionary(tmp_path: Path) -> None:
    records = write_all(tmp_path / "few", RECORDS[:500])
    assert records.dictionaries() == [b""]
    assert not records.worth_copying()
    assert read_all(records, 500) == RECORDS[:500]


def test_records_of_no_bytes_come_back(tmp_path: Path) -> None:
    assert read_all(write_all(tmp_path / "empty", [b"", b""]), 2) == [b"", b""]


def test_there_may_be_no_record_at_all(tmp_path: Path) -> None:
    assert len(write_all(tmp_path / "none", []).content) == 0


@pytest.mark.usefixtures("small_samples")
def test_many_records_share_a_dictionary(tmp_path: Path) -> None:
    records = write_all(tmp_path / "many", RECORDS)
    (dictionary,) = records.dictionaries()
    assert 0 < len(dictionary) <= 512
    assert records.worth_copying()
    assert read_all(records, len(RECORDS)) == RECORDS


@pytest.mark.usefixtures("small_samples")
def test_blocks_are_copied_with_their_dictionaries(tmp_path: Path) -> None:
    first = write_all(tmp_path / "first", RECORDS)
    second = write_all(tmp_path / "second", RECORDS[::-1])
    blocks = RecordBlocks()
    blocks.append_all(first)
    blocks.append(b"pomi\xc4\x99dzy")
    blocks.append_all(second)
    blocks.append(b"ostatni")
    merged = write_records(tmp_path / "merged", blocks)
    expected = [*RECORDS, b"pomi\xc4\x99dzy", *RECORDS[::-1], b"ostatni"]
    assert read_all(merged, len(expected)) == expected
    assert [bool(dictionary) for dictionary in merged.dictionaries()] == [True, False] * 2


@pytest.mark.usefixtures("small_samples")
def test_a_block_holds_few_records(tmp_path: Path) -> None:
    records = write_all(tmp_path / "blocks", RECORDS)
    sizes = [len(records.expand(block)) for block in range(len(records.uses))]
    assert max(sizes) < 8_192 + 200
    assert sum(size < 8_192 for size in sizes) <= 2  # the last one, and that of the samples


@pytest.mark.parametrize("used_up", [False, True])
def test_records_that_are_used_up_give_their_room_back(tmp_path: Path, used_up: bool) -> None:
    records = write_all(tmp_path / "first", RECORDS)
    whole = (tmp_path / "first").stat().st_blocks
    blocks = RecordBlocks()
    blocks.append_all(records, used_up=used_up)
    assert read_all(write_records(tmp_path / "copy", blocks), len(RECORDS)) == RECORDS
    given_back = (whole - (tmp_path / "first").stat().st_blocks) * 512
    pages = (len(records.content) - 2 * 4096) if used_up else 0  # parts of pages stay
    assert pages <= given_back <= (len(records.content) if used_up else 0)
