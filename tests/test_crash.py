"""Whenever a writer is killed or the power goes: what it has acknowledged is there, and whole.

KWERENDA_CRASHES sets how often each accident happens, KWERENDA_SEED where; the default is for
every day.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from disk_faults import Disk, watched
from small_documents import make_document, source_of
from test_codec import write_passages

from corpus.document import Document
from index import draft_update
from index.builder import PassagesBuilder
from index.generations import rollback, verify
from index.open_index import open_index
from index.pointer import read_pointer
from index.whoosh_index import backup_index, rebuild_index, update_index
from index.worker import Worker

CRASHES = int(os.environ.get("KWERENDA_CRASHES", "12"))
SEED = int(os.environ.get("KWERENDA_SEED", "1"))


def write_document(document_id: str, version: int = 0) -> Document:
    """Give a document whose texts tell which one it is."""
    seed = sum(map(ord, document_id)) + version
    texts = [f"{p.text} Wydanie {version}." for p in write_passages(seed, 4, document_id)]
    return make_document(document_id, *texts)


def add_document(directory: Path, document_id: str, version: int = 0) -> None:
    """Add a document, or put another version in its place."""
    document = write_document(document_id, version)
    update_index(directory, added=[(source_of(document), document)], workers=1)


def assert_sound(directory: Path, expected: set[str], perhaps: set[str] = frozenset()) -> None:
    """Check that the documents are there whole, and nothing else but what may be."""
    documents = set(read_state(directory))
    assert expected <= documents <= expected | perhaps


State = dict[str, int]
"""The version of each document."""


def read_state(directory: Path) -> State:
    """Give what an index holds, once each of its documents has proved to be whole."""
    verify(directory)
    state = {}
    with open_index(directory) as index:
        for document in index.documents():
            state[document.id] = int(document.text.rpartition(" ")[2].rstrip("."))
            assert document == write_document(document.id, state[document.id])
        assert index.generation.passages == 4 * len(state)
        assert index.generation.documents == len(state)
    return state


Step = tuple[Callable[[Path], object], Callable[[list[State]], State]]
"""What is done to an index, and what it holds then, given what it held."""


def _adding(document_id: str, version: int) -> Step:
    return (
        lambda directory: add_document(directory, document_id, version),
        lambda states: states[-1] | {document_id: version},
    )


STEPS: Sequence[Step] = (
    _adding("d7", 0),  # the eighth segment: all are merged
    _adding("d1", 1),
    (
        lambda directory: update_index(directory, removed=["d2"], workers=1),
        lambda states: {name: n for name, n in states[-1].items() if name != "d2"},
    ),
    (lambda directory: rollback(directory), lambda states: states[-2]),
    _adding("d8", 0),
    (
        lambda directory: rebuild_index(directory, workers=1),
        lambda states: states[-1],
    ),
    _adding("d9", 0),
    _adding("d1", 2),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("crashes") / "index"
    for number in range(7):
        add_document(directory, f"d{number}")
    return directory


def list_states(began: State) -> list[State]:
    """Give what the index holds before the first step and after each."""
    states = [began]
    for _, change in STEPS:
        states.append(change(states))
    return states


def take_steps(directory: Path, log: Path) -> None:
    """Do everything that writers do, and note what has been acknowledged."""
    for step, _ in STEPS:
        step(directory)
        with log.open("a") as file:
            file.write("done\n")


def in_child(work: Callable[[], None]) -> int:
    """Run something in a process of its own that ends without any cleaning up."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    return child


def wait_for(told: Path, child: int) -> None:
    """Wait until a child has written a file."""
    while not told.exists():
        assert os.waitpid(child, os.WNOHANG) == (0, 0), "the child has ended before"
        time.sleep(0.01)


PHASES = {
    "merge_small": "merging",
    "merge_spills": "merging",
    "_sweep": "sweeping",
    "remove_drafts": "sweeping",
    "publish": "publishing",
    "rollback": "going back",
}


def name_phase() -> str:
    """Say what a writer is doing now: the innermost function that has a name for it."""
    frame = sys._getframe()
    while frame := frame.f_back:
        name = frame.f_code.co_name
        if name in PHASES and not (
            name == "publish" and "draft_update" in frame.f_code.co_filename
        ):
            return PHASES[name]
    return "indexing"


def assert_nothing_lost(directory: Path, log: Path, states: Sequence[State]) -> int:
    """Check that what was acknowledged is there, and at most the step that was under way.

    Gives how many steps had been acknowledged.
    """
    done = log.read_text().count("done") if log.exists() else 0
    assert read_state(directory) in states[done : done + 2]
    return done


def assert_goes_on(directory: Path) -> None:
    """Check that the next writer starts without help and leaves nothing of the last one."""
    before = read_state(directory)
    add_document(directory, "next")
    assert read_state(directory) == before | {"next": 0}
    pointer = read_pointer(directory)
    assert pointer.before is not None
    kept = {"CURRENT", "LOCK", pointer.name, pointer.before.name}
    assert {path.name for path in directory.iterdir()} == kept
    with open_index(directory) as index:
        files = {*index.generation.manifest.files, "manifest.json", "READERS"}
        assert {path.name for path in index.generation.path.iterdir()} == files


def find_calls(built: Path, copy: Path, log: Path) -> dict[str, list[int]]:
    """Give the numbers of the calls to the disk in each phase."""
    calls: defaultdict[str, list[int]] = defaultdict(list)
    shutil.copytree(built, copy)
    with watched(Disk(copy, lambda call, kind: calls[name_phase()].append(call))):
        take_steps(copy, log)
    assert read_state(copy) == list_states(read_state(built))[-1]
    shutil.rmtree(copy)
    log.unlink()
    return calls


def test_a_writer_killed_at_any_call_loses_nothing(tmp_path: Path, built: Path) -> None:
    rng = random.Random(SEED)
    copy, log, note = tmp_path / "copy", tmp_path / "done", tmp_path / "phase"
    states = list_states(read_state(built))
    calls = find_calls(built, copy, log)
    phases: Counter[str] = Counter()
    for number in range(CRASHES):
        shutil.copytree(built, copy)
        stop = rng.choice(calls[sorted(calls)[number % len(calls)]])

        def work(stop: int = stop) -> None:
            def fails(call: int, kind: str) -> None:
                if call == stop:
                    note.write_text(name_phase())
                    os.kill(os.getpid(), signal.SIGKILL)

            with watched(Disk(copy, fails)):
                take_steps(copy, log)

        _, status = os.waitpid(in_child(work), 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        phases[note.read_text()] += 1
        assert_nothing_lost(copy, log, states)
        assert_goes_on(copy)
        shutil.rmtree(copy)
        log.unlink(missing_ok=True)
    print("killed at a call:", dict(phases), "of", {p: len(c) for p, c in calls.items()})


def test_a_writer_killed_at_any_moment_takes_its_workers_along(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(SEED)
    few = partial(PassagesBuilder, worth_workers=1, words_per_segment=60)
    monkeypatch.setattr(draft_update, "PassagesBuilder", few)
    copy = tmp_path / "copy"
    state = read_state(built)
    shutil.copytree(built, copy)
    began = time.monotonic()
    rebuild_index(copy, workers=2)
    seconds = time.monotonic() - began
    shutil.rmtree(copy)
    with_workers = rebuilt = 0
    for _ in range(max(CRASHES // 3, 1)):
        shutil.copytree(built, copy)
        child = in_child(lambda: [rebuild_index(copy, workers=2), add_document(copy, "d7")])
        time.sleep(rng.uniform(0, 1.2 * seconds))
        workers = [number for number in find_processes(str(copy)) if number != child]
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with_workers += bool(workers)
        rebuilt += read_pointer(copy).name != "gen-000007"
        assert read_state(copy) in (state, state | {"d7": 0})
        assert_goes_on(copy)
        wait_until_gone(workers)
        assert not list(copy.glob("draft-*"))
        shutil.rmtree(copy)
    print("killed at a moment:", with_workers, "with workers,", rebuilt, "when it was rebuilt")


def test_a_worker_ends_with_its_parent_whatever_it_is_doing(tmp_path: Path) -> None:
    told = tmp_path / "processes"

    def work() -> None:
        process = Worker(tmp_path, "spill")._process
        assert process.stdin is not None
        # While somebody else has the pipe open, the worker does not see that its input has ended.
        other = subprocess.Popen(["sleep", "60"], pass_fds=[process.stdin.fileno()])
        told.with_suffix(".part").write_text(f"{process.pid} {other.pid}")
        told.with_suffix(".part").rename(told)
        time.sleep(60)

    child = in_child(work)
    wait_for(told, child)
    worker, other = map(int, told.read_text().split())
    try:
        assert is_running(worker)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        wait_until_gone([worker])
    finally:
        os.kill(other, signal.SIGKILL)


def find_processes(argument: str) -> list[int]:
    """Find the processes that were started with something in their arguments."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if argument in path.read_text():
                found.append(int(path.parent.name))
        except OSError:
            continue  # it has just ended
    return found


def wait_until_gone(processes: Sequence[int]) -> None:
    deadline = time.monotonic() + 120
    while alive := [number for number in processes if is_running(number)]:
        assert time.monotonic() < deadline, alive
        time.sleep(0.02)


def is_running(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_what_was_not_synced_may_be_lost(tmp_path: Path, built: Path) -> None:
    rng = random.Random(SEED)
    copy, log, note = tmp_path / "copy", tmp_path / "done", tmp_path / "phase"
    states = list_states(read_state(built))
    calls = find_calls(built, copy, log)
    phases: Counter[str] = Counter()
    for number in range(CRASHES):
        shutil.copytree(built, copy)
        stop = rng.choice(calls[sorted(calls)[number % len(calls)]])
        seed = rng.random()

        def work(stop: int = stop, seed: float = seed) -> None:
            def fails(call: int, kind: str) -> None:
                if call == stop:
                    note.write_text(json.dumps([name_phase(), kind]))
                    disk.cut_power(random.Random(seed))
                    os._exit(0)

            disk = Disk(copy, fails)
            with watched(disk):
                take_steps(copy, log)

        os.waitpid(in_child(work), 0)
        phases[json.loads(note.read_text())[0]] += 1
        assert_nothing_lost(copy, log, states)
        assert_goes_on(copy)
        shutil.rmtree(copy)
        log.unlink(missing_ok=True)
    print("power cut:", dict(phases), "of", {p: len(c) for p, c in calls.items()})


class _Worst(random.Random):
    """Loses whatever can be lost."""

    def randint(self, a: int, b: int) -> int:
        return a


def test_what_is_acknowledged_is_on_the_disk_at_once(tmp_path: Path) -> None:
    root = tmp_path / "new"
    root.mkdir()
    directory, target = root / "some" / "index", root / "copies" / "today"
    works: list[tuple[Callable[[], object], Path, State]] = [
        (lambda: add_document(directory, "d0"), directory, {"d0": 0}),
        (lambda: add_document(directory, "d0", 1), directory, {"d0": 1}),
        (lambda: backup_index(directory, target), target, {"d0": 1}),
        (lambda: rollback(directory), directory, {"d0": 0}),
        (lambda: rebuild_index(directory, workers=1), directory, {"d0": 0}),
    ]
    for work, place, expected in works:
        with watched(Disk(root)) as disk:
            work()
        disk.cut_power(_Worst())
        assert read_state(place) == expected
