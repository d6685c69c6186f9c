"""An engine in a process of its own, and the memory that it and its children take."""

import multiprocessing
import os
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Thread
from typing import Any, Literal

from tests.benchmarks.engines import Answer, Mode, Peer, load_peer
from tests.benchmarks.requests import Request

Clock = Literal["wall", "cpu"]

_CLOCKS: dict[Clock, Callable[[], float]] = {"wall": time.perf_counter, "cpu": time.process_time}
_SAMPLE_S = 0.02


class EngineFailure(Exception):
    """An engine could not do what it was asked to do."""


class EngineProcess:
    """An engine behind a pipe; each method waits for its answer.

    Times are taken inside the process, around the engine's own work.
    """

    def __init__(self, name: str, directory: Path, clock: Clock = "wall") -> None:
        context = multiprocessing.get_context("spawn")
        self.name = name
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(name, directory, clock, other))
        self._process.start()
        other.close()

    def build(self, corpus: Path) -> tuple[float, int]:
        """Index a file of passages; give the seconds and the peak memory in bytes."""
        with MemoryWatch(self._process.pid or 0) as watch:
            seconds = self._ask("build", corpus)
        return seconds, watch.peak

    def open(self, request: Request) -> float:
        """Open the index and answer a first request; give the seconds."""
        return float(self._ask("open", request))

    def answer(self, request: Request, mode: Mode) -> Answer | None:
        """Answer a request; None if the engine cannot."""
        answer: Answer | None = self._ask("answer", request, mode)
        return answer

    def time(self, request: Request, mode: Mode) -> float:
        """Answer a request and give the milliseconds."""
        return float(self._ask("time", request, mode))

    def forget(self) -> None:
        """Empty the engine's caches."""
        self._ask("forget")

    def add_one(self, request: Request) -> float | None:
        """Add one passage and answer a request; give the seconds, None if it cannot add."""
        seconds: float | None = self._ask("add_one", request)
        return seconds

    def memory(self) -> int:
        """Give the memory that the process takes now, in bytes."""
        return measure_memory(self._process.pid or 0)

    def close(self) -> None:
        """End the process."""
        with suppress(OSError, EngineFailure):
            self._ask("close")
        self._process.join(timeout=30)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._pipe.close()

    def _ask(self, command: str, *values: object) -> Any:
        self._pipe.send((command, values))
        try:
            problem, answer = self._pipe.recv()
        except EOFError:
            raise EngineFailure(f"the process of {self.name} has died") from None
        if problem:
            raise EngineFailure(f"{self.name}: {problem}")
        return answer


class MemoryWatch:
    """Looks again and again at what a process and its children take; `peak` in bytes."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._ended = Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self.peak = 0

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_SAMPLE_S):
            self.peak = max(self.peak, measure_memory(self._pid))


def measure_memory(pid: int) -> int:
    """Give the resident memory of a process and all below it; pages they share count twice."""
    total = 0
    for each in (pid, *_children(pid)):
        with suppress(OSError):
            resident = Path(f"/proc/{each}/statm").read_text(encoding="ascii").split()[1]
            total += int(resident) * os.sysconf("SC_PAGE_SIZE")
    return total


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            own = [int(child) for child in task.read_text(encoding="ascii").split()]
            found.extend(own)
            for child in own:
                found.extend(_children(child))
    return found


def _serve(name: str, directory: Path, clock: Clock, pipe: Connection) -> None:
    peer = load_peer(name, directory)
    now = _CLOCKS[clock]
    is_open = False
    while True:
        command, values = pipe.recv()
        problem = ""
        answer: object = None
        try:
            match command:
                case "build":
                    began = time.perf_counter()
                    peer.build(*values)
                    answer = time.perf_counter() - began
                case "open":
                    (request,) = values
                    began = time.perf_counter()
                    peer.open()
                    peer.answer(request, "page" if peer.supports(request, "page") else "topk")
                    answer = time.perf_counter() - began
                    is_open = True
                case "answer":
                    if peer.supports(*values):
                        answer = peer.read(peer.answer(*values))
                case "time":
                    began = now()
                    peer.answer(*values)
                    answer = (now() - began) * 1000
                case "forget":
                    peer.forget()
                case "add_one":
                    answer = _add_one(peer, *values)
                case "close" if is_open:
                    peer.close()
        except Exception as err:
            problem = f"{type(err).__name__}: {err}"
        pipe.send((problem, answer))
        if command == "close":
            return


def _add_one(peer: Peer, request: Request) -> float | None:
    if not peer.supports(request, "page"):
        return None
    before = peer.read(peer.answer(request, "page")).total
    began = time.perf_counter()
    peer.add_one()
    after = peer.read(peer.answer(request, "page")).total
    seconds = time.perf_counter() - began
    if before is None or after != before + 1:
        raise AssertionError(f"{after} hits after {before} and one more")
    return seconds
