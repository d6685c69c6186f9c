"""Rebuilding while people search: no failed and no mixed answer, and what is old goes.

KWERENDA_CRASHES sets how often the index is rebuilt: a quarter of it.
"""

import fcntl
import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from small_documents import source_of
from test_crash import CRASHES, add_document, assert_sound, in_child, wait_for, write_document

from corpus.document import Actor, Document
from index.generations import read_current
from index.open_index import open_index
from index.whoosh_index import rebuild_index, update_index

DOCUMENTS = 40
PASSAGES = 4 * DOCUMENTS
REQUESTS_PER_SECOND = 20
THREADS = 4
MOST_DISK = 2.3
CHECKOUT = Path(__file__).resolve().parent.parent
PATHS = (
    f"/api/v1/search?q={quote('wydanie numer')}&limit=200",
    f"/?q={quote('wydanie')}",
    "/api/v1/search?limit=200&offset=0",
    "/healthz",
    "/api/v1/documents/d3",
)


def write_edition(version: int) -> list[Document]:
    """Give documents that name their edition in every passage, and in an actor of each."""
    name = f"Wydawca {version}"
    actor = Actor(f"wydawca-{version}", name, "person", (name,))
    editions = []
    for number in range(DOCUMENTS):
        document = write_document(f"d{number}", version)
        passages = tuple(replace(each, actors=(actor,)) for each in document.passages)
        editions.append(replace(document, passages=passages))
    return editions


def publish(directory: Path, version: int) -> None:
    documents = [(source_of(each), each) for each in write_edition(version)]
    update_index(directory, added=documents, rebuild=True, workers=1)


@contextmanager
def serving(directory: Path) -> Iterator[tuple[int, int]]:
    """Serve an index as the command does; give the process and the port."""
    command = [sys.executable, "-m", "web", "--index", str(directory), "serve", "--port", "0"]
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True
    ) as server:
        assert server.stdout is not None
        port = re.search(r":(\d+)/", server.stdout.readline())
        assert port is not None
        try:
            yield server.pid, int(port[1])
        finally:
            server.terminate()


@dataclass
class Load:
    """Requests in the background, so many a second; what was wrong with any is kept."""

    port: int
    answers: int = 0
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    editions: set[str] = field(default_factory=set)
    _over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        turn = number
        due = time.monotonic() + number / REQUESTS_PER_SECOND
        while not self._over.wait(max(due - time.monotonic(), 0)):
            due += THREADS / REQUESTS_PER_SECOND
            path = PATHS[turn % len(PATHS)]
            turn += 1
            began = time.perf_counter()
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                said = response.read().decode()
                fault = "" if response.status == 200 else f"{response.status}: {said[:300]}"
            except (OSError, http.client.HTTPException) as err:
                said, fault = "", repr(err)
            with self._lock:
                self.answers += 1
                self.seconds.append(time.perf_counter() - began)
                fault = fault or self._find_mixture(path, said)
                if fault:
                    self.wrong.append(f"{path} {fault}")
        connection.close()

    def _find_mixture(self, path: str, said: str) -> str:
        """Say what does not belong together in an answer."""
        editions = set(re.findall(r"[Ww]ydan(?:ie|ie</mark>) (\d+)", said))
        editions |= set(re.findall(r"Wydawca (\d+)", said))
        self.editions |= editions
        if len(editions) > 1:
            return f"mixes {editions}"
        if path.startswith("/api/v1/search"):
            answer = json.loads(said)
            counted = [bucket["count"] for bucket in answer["facets"]["actor"]["buckets"]]
            if (answer["total"], len(answer["hits"]), counted) != (PASSAGES, PASSAGES, [PASSAGES]):
                return f"counts {answer['total']}, {len(answer['hits'])}, {counted}"
        if path == "/healthz" and json.loads(said)["passages"] != PASSAGES:
            return said
        return ""

    @contextmanager
    def going_on(self) -> Iterator[None]:
        threads = [threading.Thread(target=self.run, args=(n,)) for n in range(THREADS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()


class DiskUse:
    """Looks again and again how much an index takes, in generations of its largest size."""

    def __init__(self, directory: Path) -> None:
        self.most = 0.0
        self._directory = directory
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.005):
            one = max(size_of(path) for path in self._directory.glob("gen-*"))
            self.most = max(self.most, size_of(self._directory) / one)

    @contextmanager
    def watched(self) -> Iterator[None]:
        thread = threading.Thread(target=self.run)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()


def size_of(directory: Path) -> int:
    """Give the room that the files below take, a file with several names once."""
    sizes = {}
    for place, _, names in os.walk(directory):
        for name in names:
            try:
                found = Path(place, name).stat()
            except OSError:
                continue  # it has just gone
            sizes[found.st_ino] = found.st_blocks * 512
    return sum(sizes.values())


def wait_until_moved_on(directory: Path) -> None:
    """Wait until nobody reads what is no longer live: that would keep a third generation."""
    deadline = time.monotonic() + 120
    for path in set(directory.glob("gen-*")) - {read_current(directory).path}:
        with (path / "READERS").open() as file:
            while time.monotonic() < deadline:
                with suppress(BlockingIOError):
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                time.sleep(0.01)


def resident_mb(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found is not None
    return int(found[1]) / 1024


def mapped_generations(process: int) -> set[str]:
    """Give the generations whose segments a process has in its memory, deleted ones too."""
    return set(re.findall(r"gen-\d+", Path(f"/proc/{process}/maps").read_text()))


def test_a_rebuild_under_load_fails_no_request_and_mixes_no_answer(tmp_path: Path) -> None:
    directory = tmp_path / "index"
    rounds = max(CRASHES // 4, 2)
    publish(directory, 0)
    memory = []
    with serving(directory) as (process, port):
        load, disk = Load(port), DiskUse(directory)
        with load.going_on(), disk.watched():
            for version in range(1, rounds + 1):
                publish(directory, version)
                wait_until_moved_on(directory)
                rebuild_index(directory, workers=1)
                wait_until_moved_on(directory)
                memory.append(round(resident_mb(process)))
        while load.seconds and len(mapped_generations(process)) > 2 and ask(port, load):
            pass
        mapped = mapped_generations(process)
    slowest = sorted(load.seconds)[int(len(load.seconds) * 0.99)] * 1000
    print(
        f"{load.answers} answers, {len(load.wrong)} wrong, 99 % within {slowest:.0f} ms; "
        f"{2 * rounds} rebuilds, disk at most {disk.most:.2f} generations; memory {memory} MB; "
        f"mapped {sorted(mapped)}"
    )
    assert load.wrong == []
    assert load.answers > 0
    assert len(load.editions) > 1
    assert disk.most <= MOST_DISK
    assert f"gen-{2 * rounds + 1:06}" in mapped
    assert len(mapped) <= 2
    assert len(list(directory.glob("gen-*"))) == 2


def ask(port: int, load: Load) -> bool:
    """Ask once more, within reason: memory is given back as a service goes on."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", PATHS[0])
    connection.getresponse().read()
    connection.close()
    load.answers += 1
    return load.answers < 2_000


def test_a_generation_stays_while_another_process_reads_it(tmp_path: Path) -> None:
    directory, told = tmp_path / "index", tmp_path / "told"
    add_document(directory, "d0")
    done, go_on = os.pipe()

    def read() -> None:
        os.close(go_on)
        with open_index(directory) as index:
            told.with_suffix(".part").touch()
            told.with_suffix(".part").rename(told)
            os.read(done, 1)
            assert [document.id for document in index.documents()] == ["d0"]
            told.write_text("d0")

    reader = in_child(read)
    os.close(done)
    wait_for(told, reader)
    for version in range(3):
        add_document(directory, "d1", version)
        rebuild_index(directory, workers=1)
    assert (directory / "gen-000001").is_dir()
    os.close(go_on)
    os.waitpid(reader, 0)
    assert told.read_text() == "d0"
    add_document(directory, "d2")
    assert not (directory / "gen-000001").exists()
    assert_sound(directory, {"d0", "d1", "d2"})
