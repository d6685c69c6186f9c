"""A process that writes segments: it is asked for one thing after another, and answers.

What is asked comes in on its input, answers go out on its output, each as a length and
what `marshal` writes. When the other side is gone the input ends, and so does the worker.
"""

import gc
import marshal
import os
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, Any, Literal

from index.parent_watch import end_with
from index.rows import PassageRow
from index.segment_builder import SegmentBuilder
from index.vocabulary import Vocabulary, analyse_forms

_LENGTH = struct.Struct("<Q")
_WAITING = 4
_START = "import sys; sys.path[:] = sys.argv[4:]; from index.worker import run; run(*sys.argv[1:4])"

Request = Literal["add", "new forms", "analyse", "write"]
"""Take rows; give the forms to be analysed; give the terms of forms; write a segment, given
the terms of the worker's own new forms. Rows alone have no answer."""


class Worker:
    """A worker process, from the side that asks; `finish` or `kill` ends it."""

    def __init__(self, directory: Path, prefix: str) -> None:
        arguments = [str(directory), prefix, str(os.getpid()), *sys.path]
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", _START, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._requests: Queue[bytes | None] = Queue(_WAITING)
        self._feeder = Thread(target=self._feed, daemon=True)
        self._feeder.start()

    def add(self, rows: Sequence[PassageRow]) -> None:
        """Hand passages over; waits while the worker has enough to do."""
        self.ask("add", list(map(tuple, rows)))

    def ask(self, request: Request, given: Any = None) -> None:
        """Ask for something; `answer` then gives it."""
        self._requests.put(marshal.dumps((request, given)))

    def answer(self) -> Any:
        """Wait for the answer to the oldest request that has none.

        Raises: OSError as the worker met it; RuntimeError if it came to another end.
        """
        assert self._process.stdout is not None
        try:
            errno, answer = _read(self._process.stdout)
        except EOFError:
            raise RuntimeError(
                "A process that writes segments has ended before its time."
            ) from None
        if errno:
            raise OSError(errno, os.strerror(errno))
        return answer

    def finish(self) -> None:
        """Let the process end, which has nothing to do any more."""
        self._requests.put(None)
        self._end()

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._requests.put(None)
        self._end()

    def _end(self) -> None:
        self._feeder.join()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process.wait()

    def _feed(self) -> None:
        """Write requests into the pipe; after the process has ended, to nowhere."""
        pipe = self._process.stdin
        assert pipe is not None
        open_end = True
        while (request := self._requests.get()) is not None:
            if open_end:
                try:
                    _write(pipe, request)
                except OSError:
                    open_end = False
        with suppress(OSError):
            pipe.close()


def run(directory: str, prefix: str, parent: str) -> None:
    """Be a worker: do what is asked until nothing more is."""
    end_with(int(parent))
    gc.disable()  # rows and arrays have no cycles
    answers = sys.stdout.buffer
    try:
        for answer in _answers(Path(directory), prefix):
            _write(answers, marshal.dumps((0, answer)))
    except BrokenPipeError:
        return  # who asked is gone
    except OSError as err:
        _write(answers, marshal.dumps((err.errno, None)))


def _answers(directory: Path, prefix: str) -> Iterator[Any]:
    vocabulary = Vocabulary()
    builder = SegmentBuilder(vocabulary)
    written = 0
    while True:
        try:
            request, given = _read(sys.stdin.buffer)
        except EOFError:
            return
        match request:
            case "add":
                builder.add(list(map(PassageRow._make, given)))
            case "new forms":
                yield vocabulary.new_forms()
            case "analyse":
                yield analyse_forms(given)
            case "write":
                forms = vocabulary.new_forms()
                vocabulary.classify(dict(zip(forms, given, strict=True)))
                path = directory / f"{prefix}-{written}"
                if builder.doc_count:
                    builder.write(path, lookups=False)
                yield path.name, builder.doc_count
                builder = SegmentBuilder(vocabulary)
                written += 1


def _write(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(_LENGTH.pack(len(content)) + content)
    pipe.flush()


def _read(pipe: IO[bytes]) -> Any:
    """Give what was written next. Raises: EOFError where the other side is gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(head)
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError
    return marshal.loads(content)  # noqa: S302
