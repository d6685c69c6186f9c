"""Whatever happens to the process, the disk or the files: the index answers right or not at all.

KWERENDA_CRASHES sets how often each accident happens; the default is for every day.
"""

import errno
import gc
import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from disk_faults import Disk, fail_once, watched
from small_documents import make_document, source_of
from test_codec import write_passages

from index.errors import DiskFailed, DiskFull, IndexFailure
from index.generations import verify
from index.open_index import OpenIndex, open_index
from index.whoosh_index import update_index

CRASHES = int(os.environ.get("KWERENDA_CRASHES", "12"))


def add_document(directory: Path, document_id: str) -> None:
    """Add a document whose texts tell which one it is."""
    texts = [passage.text for passage in write_passages(hash_of(document_id), 4, document_id)]
    document = make_document(document_id, *texts)
    update_index(directory, added=[(source_of(document), document)], workers=1)


def hash_of(document_id: str) -> int:
    return sum(map(ord, document_id))


def read_everything(index: OpenIndex) -> dict[str, object]:
    """Give every answer that an index can give, down to the arrays."""
    arrays = {
        (number, name): segment.file[name].all().tolist()
        for number, segment in enumerate(index.segments)
        for name in segment.file.names()
        if not name.startswith("records")
    }
    deleted = [segment.deleted.tolist() for segment in index.segments]
    documents = {document.id: document for document in index.documents()}
    return {"arrays": arrays, "deleted": deleted, "documents": documents}


def assert_sound(directory: Path, expected: set[str], perhaps: set[str] = frozenset()) -> None:
    """Check that the documents are there whole, and nothing else but what may be."""
    verify(directory)
    with open_index(directory) as index:
        documents = {document.id: document for document in index.documents()}
        assert expected <= set(documents) <= expected | perhaps
        for document_id, document in documents.items():
            texts = [p.text for p in write_passages(hash_of(document_id), 4, document_id)]
            assert [passage.text for passage in document.passages] == texts
        assert index.generation.passages == 4 * len(documents)
    gc.collect()


def in_child(work: Callable[[], None]) -> int:
    """Run something in a process of its own that ends without any cleaning up."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def test_a_killed_writer_loses_nothing_that_it_has_acknowledged(tmp_path: Path) -> None:
    rng = random.Random(11)
    directory, log = tmp_path / "index", tmp_path / "acknowledged"
    log.touch()
    add_document(directory, "d")
    number = 0
    for _ in range(CRASHES):
        begin = number

        def work(begin: int = begin) -> None:
            for offset in range(20):
                add_document(directory, f"d{begin + offset}")
                with log.open("a") as file:
                    file.write(f"d{begin + offset}\n")

        child = in_child(work)
        time.sleep(rng.expovariate(8))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        acknowledged = set(log.read_text().split())
        number = begin + len([d for d in acknowledged if int(d[1:]) >= begin])
        assert_sound(directory, {"d", *acknowledged}, perhaps={f"d{number}"})
        add_document(directory, f"d{number}")  # the next writer starts without help
        with log.open("a") as file:
            file.write(f"d{number}\n")
        number += 1


def test_a_rebuild_that_is_killed_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    rng = random.Random(12)
    for number in range(5):
        add_document(tmp_path, f"d{number}")
    for _ in range(CRASHES):
        child = in_child(lambda: update_index(tmp_path, rebuild=True, workers=1))
        time.sleep(rng.uniform(0, 0.1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert_sound(tmp_path, {f"d{number}" for number in range(5)})


def test_what_was_not_synced_may_be_torn(tmp_path: Path) -> None:
    rng = random.Random(13)
    directory = tmp_path / "index"
    for number in range(3):
        add_document(directory, f"d{number}")
    calls = count_calls(tmp_path, directory)
    copy, note = tmp_path / "copy", tmp_path / "unsynced"
    for _ in range(CRASHES):
        shutil.copytree(directory, copy)
        stop = rng.randint(1, calls)

        def work(stop: int = stop) -> None:
            def fails(call: int) -> None:
                if call == stop:
                    lost = json.dumps([str(path) for path in disk.unsynced])
                    descriptor = os.open(note, os.O_WRONLY | os.O_CREAT)
                    os.write(descriptor, lost.encode())
                    os._exit(0)

            disk = Disk(fails)
            with watched(disk):
                add_document(copy, "d3")

        os.waitpid(in_child(work), 0)
        for path in json.loads(note.read_text()):
            tear(Path(path), rng)
        assert_sound(copy, {"d0", "d1", "d2"}, perhaps={"d3"})
        add_document(copy, "d4")
        assert_sound(copy, {"d0", "d1", "d2", "d4"}, perhaps={"d3"})
        shutil.rmtree(copy)
        note.unlink()


def tear(path: Path, rng: random.Random) -> None:
    """Leave of a file what a disk may: nothing, a part, or zeros where the rest should be."""
    if not path.exists():
        return
    content = path.read_bytes()
    kept = content[: rng.randint(0, len(content))]
    path.write_bytes(kept + bytes(rng.choice([0, len(content) - len(kept)])))


def count_calls(tmp_path: Path, directory: Path) -> int:
    copy = tmp_path / "counted"
    shutil.copytree(directory, copy)
    with watched(Disk()) as disk:
        add_document(copy, "d3")
    shutil.rmtree(copy)
    return disk.calls


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("code", "raised"), [(errno.ENOSPC, DiskFull), (errno.EIO, DiskFailed)], ids=["full", "broken"]
)
def test_a_failing_write_leaves_the_live_generation(
    tmp_path: Path, code: int, raised: type[IndexFailure]
) -> None:
    directory = tmp_path / "index"
    add_document(directory, "d0")
    calls = count_calls(tmp_path, directory)
    assert calls > 100
    step = max(calls // CRASHES, 1)
    for stop in [*range(1, calls, step), calls]:
        copy = tmp_path / "copy"
        shutil.copytree(directory, copy)
        with watched(Disk(fail_once(stop, code))), pytest.raises(raised):
            add_document(copy, "d3")
        gc.collect()
        # The very last call puts the pointer's name on the disk: then the new one is live.
        assert_sound(copy, {"d0"}, perhaps={"d3"})
        add_document(copy, "d1")
        assert_sound(copy, {"d0", "d1"}, perhaps={"d3"})
        assert not list(copy.glob("draft-*"))
        shutil.rmtree(copy)


def test_a_flipped_bit_is_found_before_it_is_answered_from(tmp_path: Path) -> None:
    for number in range(3):
        add_document(tmp_path, f"d{number}")
    update_index(tmp_path, removed=["d1"])
    with open_index(tmp_path) as index:
        expected = read_everything(index)
        generation = index.generation.path
    gc.collect()
    files = [path for path in (tmp_path / "CURRENT", *generation.iterdir()) if path.stat().st_size]
    rng = random.Random(14)
    detected = 0
    for number in range(CRASHES * 10):
        path = files[number % len(files)]
        place, bit = rng.randrange(path.stat().st_size), 1 << rng.randrange(8)
        flip(path, place, bit)
        try:
            with open_index(tmp_path) as index:
                assert read_everything(index) == expected, (path, place, bit)
        except IndexFailure:
            detected += 1
        flip(path, place, bit)
        gc.collect()
    assert detected > CRASHES * 5  # the others fell between the arrays
    with open_index(tmp_path) as index:
        assert read_everything(index) == expected


def flip(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ bit]))
