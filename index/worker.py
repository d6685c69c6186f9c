"""A process that writes segments: rows come in on its input, the names of files go out.

The input is a sequence of batches, each a length and documents as `marshal` writes them.
When the other side is gone the input ends, and so does the worker.
"""

import gc
import json
import marshal
import os
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from index.rows import PassageRow
from index.spilling import SpillingBuilder

_LENGTH = struct.Struct("<Q")
_WAITING_BATCHES = 4
_START = "import sys; sys.path[:] = sys.argv[4:]; from index.worker import run; run(*sys.argv[1:4])"

Batch = Sequence[Sequence[PassageRow]]


class Worker:
    """A worker process, from the side that feeds it; `finish` or `kill` ends it."""

    def __init__(self, directory: Path, prefix: str, words_per_segment: int) -> None:
        self._directory = directory
        arguments = [str(directory), prefix, str(words_per_segment), *sys.path]
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", _START, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._batches: Queue[bytes | None] = Queue(_WAITING_BATCHES)
        self._feeder = Thread(target=self._feed, daemon=True)
        self._feeder.start()

    def send(self, batch: Batch) -> None:
        """Hand documents over; waits while the worker has enough to do."""
        self._batches.put(marshal.dumps([list(map(tuple, rows)) for rows in batch]))

    def finish(self) -> list[tuple[Path, int]]:
        """Give the files of its segments and how many passages each has.

        Raises: OSError as the worker met it; RuntimeError if it came to another end.
        """
        self._batches.put(None)
        self._feeder.join()
        assert self._process.stdout is not None
        said = self._process.stdout.read()
        self._process.stdout.close()
        if self._process.wait() != 0:
            raise RuntimeError("A process that writes segments has ended before its time.")
        answer = json.loads(said)
        if "errno" in answer:
            raise OSError(answer["errno"], os.strerror(answer["errno"]))
        return [(self._directory / name, count) for name, count in answer["segments"]]

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._batches.put(None)
        self._feeder.join()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process.wait()

    def _feed(self) -> None:
        """Write batches into the pipe; after the process has ended, to nowhere."""
        pipe = self._process.stdin
        assert pipe is not None
        open_end = True
        while (batch := self._batches.get()) is not None:
            if open_end:
                try:
                    pipe.write(_LENGTH.pack(len(batch)) + batch)
                except OSError:
                    open_end = False
        try:
            pipe.write(_LENGTH.pack(0))
            pipe.close()
        except OSError:
            pass


def run(directory: str, prefix: str, words_per_segment: str) -> None:
    """Be a worker: read batches until one is empty, then say what was written."""
    gc.disable()  # rows and arrays have no cycles
    builder = SpillingBuilder(Path(directory), prefix, int(words_per_segment), alone=False)
    try:
        while batch := _read_batch():
            for rows in batch:
                builder.add(map(PassageRow._make, rows))
        answer: dict[str, object] = {
            "segments": [(path.name, count) for path, count in builder.finish()]
        }
    except EOFError:
        return
    except OSError as err:
        answer = {"errno": err.errno}
    sys.stdout.write(json.dumps(answer))


def _read_batch() -> Any:
    """Give the next batch; an empty one is the last. Raises: EOFError."""
    head = sys.stdin.buffer.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError  # the other side is gone
    (size,) = _LENGTH.unpack(head)
    return marshal.loads(sys.stdin.buffer.read(size)) if size else None  # noqa: S302
