"""Whichever call to the disk fails, whatever was under way: nothing is lost and nothing is left.

KWERENDA_CRASHES sets how many calls of each work fail, spread over all of them; a number
above their count has each of them fail once.
"""

import errno
import os
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from disk_faults import FREEING, Disk, broken_at, dead_from, full_from, watched
from test_crash import CRASHES, add_document, assert_sound

from index.errors import DiskFailed, DiskFull, IndexFailure
from index.generations import rollback
from index.open_index import open_index
from index.pointer import read_pointer
from index.whoosh_index import backup_index, rebuild_index, update_index

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

HAD = {f"d{number}" for number in range(7)}
"""One document more and the segments are merged."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("faults") / "index"
    for number in range(7):
        add_document(directory, f"d{number}")
    return directory


def add_and_merge(directory: Path) -> None:
    add_document(directory, "new")


def remove_one(directory: Path) -> None:
    update_index(directory, removed=["d6"])


def rebuild(directory: Path) -> None:
    rebuild_index(directory, workers=1)


def roll_back(directory: Path) -> None:
    rollback(directory)


def back_up(directory: Path) -> None:
    backup_index(directory, directory / "copy")


def read(directory: Path) -> None:
    with open_index(directory) as index:
        assert {document.id for document in index.documents()} == HAD


WORKS = [add_and_merge, remove_one, rebuild, roll_back, back_up, read]
FAULTS = [(full_from, DiskFull), (broken_at, DiskFailed), (dead_from, DiskFailed)]


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.__name__)
@pytest.mark.parametrize(("fault", "raised"), FAULTS, ids=["full", "broken", "dead"])
def test_a_failing_call_loses_nothing_and_leaves_nothing(
    tmp_path: Path,
    built: Path,
    work: Callable[[Path], None],
    fault: Callable[[int], Callable[[int, str], None]],
    raised: type[IndexFailure],
) -> None:
    copy = tmp_path / "index"
    shutil.copytree(built, copy)
    with watched(Disk(copy)) as counting:
        work(copy)
    shutil.rmtree(copy)
    outcomes: Counter[str] = Counter()
    step = max(counting.calls * 8 // CRASHES, 1)
    for stop in range(counting.calls, 0, -step):
        shutil.copytree(built, copy)
        disk = Disk(copy, fault(stop))
        failure = None
        with watched(disk):
            try:
                work(copy)
            except IndexFailure as err:
                failure = err
        if failure:
            assert isinstance(failure, raised), (stop, disk.failed_kind)
            assert_plain(failure, copy)
        outcomes[f"{disk.failed_kind} {'told' if failure else 'borne'}"] += 1
        had = HAD - {"d6"}  # removed, or not there any more after going back
        assert_sound(copy, had, perhaps={"d6", "new"})
        # What is live may not be on the disk yet: then nothing must go that might be live again.
        unsure = failure is not None and read_pointer(copy).name == "gen-000008"
        if fault is not dead_from and disk.failed_kind not in FREEING and not unsure:
            assert_nothing_left(copy, backup_may_be=work is back_up and not failure)
        shutil.rmtree(copy / "copy", ignore_errors=True)
        add_document(copy, "next")
        assert_sound(copy, {*had, "next"}, perhaps={"d6", "new"})
        assert_nothing_left(copy)
        shutil.rmtree(copy)
    print(work.__name__, fault.__name__, counting.calls, dict(outcomes))
    assert fault is full_from or any("told" in outcome for outcome in outcomes)


def assert_plain(failure: IndexFailure, directory: Path) -> None:
    """Check that a failure is one sentence for people."""
    said = str(failure)
    assert str(directory) in said
    assert said.endswith(".")
    assert "\n" not in said
    assert "Errno" not in said


def assert_nothing_left(directory: Path, *, backup_may_be: bool = False) -> None:
    """Check that the directory has what is live, what was before it, and nothing else."""
    pointer = read_pointer(directory)
    named = {pointer.name, *([pointer.before.name] if pointer.before else [])}
    found = {path.name for path in directory.iterdir()}
    # Going back leaves the generation that was live, until the next writer comes.
    gone_back = {"gen-000007"} if pointer.name == "gen-000006" else set()
    kept = {"CURRENT", "LOCK", *named, *gone_back}
    found -= {"copy"} if backup_may_be else set()
    # The generation before may have made room for a rebuild.
    assert kept - {pointer.before.name if pointer.before else ""} <= found <= kept
    with open_index(directory) as index:
        files = {*index.generation.manifest.files, "manifest.json", "READERS"}
        assert {path.name for path in index.generation.path.iterdir()} == files


def test_a_generation_that_could_not_become_live_is_taken_back(tmp_path: Path, built: Path) -> None:
    copy = tmp_path / "index"
    shutil.copytree(built, copy)
    names = {path.name for path in copy.iterdir()}

    def fails(call: int, kind: str) -> None:
        if kind == "replace":  # the one that moves the pointer
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with watched(Disk(copy, fails)), pytest.raises(DiskFull):
        add_document(copy, "new")
    assert {path.name for path in copy.iterdir()} == names


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EMFILE])
def test_any_failure_of_the_disk_is_told_in_a_sentence(
    tmp_path: Path, built: Path, number: int
) -> None:
    copy = tmp_path / "index"
    shutil.copytree(built, copy)

    def fails(call: int, kind: str) -> None:
        raise OSError(number, os.strerror(number))

    for work in WORKS:
        with (
            watched(Disk(copy, fails)),
            pytest.raises(DiskFailed, match=os.strerror(number)) as told,
        ):
            work(copy)
        assert_plain(told.value, copy)
    assert_sound(copy, HAD)


def test_an_index_on_a_disk_that_failed_at_the_first_build_is_built_at_the_next(
    tmp_path: Path,
) -> None:
    with watched(Disk(tmp_path / "counted")) as counting:
        add_document(tmp_path / "counted", "d0")
    step = max(counting.calls * 4 // CRASHES, 1)
    for stop in range(counting.calls, 0, -step):
        directory = tmp_path / "new" / "index"
        disk = Disk(tmp_path / "new", broken_at(stop))
        try:
            with watched(disk):
                add_document(directory, "d0")
        except DiskFailed:
            pass
        add_document(directory, "d1")
        assert_sound(directory, {"d1"}, perhaps={"d0"})
        assert_nothing_left(directory)
        shutil.rmtree(tmp_path / "new")


def test_a_copied_file_is_compared_where_links_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    add_document(tmp_path, "d0")
    add_document(tmp_path, "d1")
    assert_sound(tmp_path, {"d0", "d1"})
    segment = next((tmp_path / read_pointer(tmp_path).name).glob("documents_*.flat"))
    content = bytearray(segment.read_bytes())
    content[10] ^= 1
    segment.write_bytes(content)
    with pytest.raises(IndexFailure, match="is not as it was written"):
        add_document(tmp_path, "d2")
