"""Read documents in a process of its own, so that no file can cost more than itself.

The process lives as long as there are files. It ends itself when one takes too long, or when
memory runs out; the next file gets a new one. While the caller works with one document, the
next is being read.
"""

import os
import pickle
import resource
import signal
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from corpus.actors.alias_file import add_aliases
from corpus.actors.aliases import KnownActors
from corpus.document import Document
from corpus.errors import CorpusError, UnreadableFile
from corpus.ingest import SourceFile, read_document
from corpus.limits import Limits

_LENGTH = struct.Struct("<Q")
_OUT_OF_MEMORY = 3
# A library that multiplies matrices would reserve address space for a thread of every core.
_START = (
    "import os, sys; os.putenv('OPENBLAS_NUM_THREADS', '1'); sys.path[:] = sys.argv[3:]; "
    "from corpus.parsing import run; run(*sys.argv[1:3])"
)

Parsed = Document | CorpusError


class Parser:
    """The process that reads files, from the side that asks; `close` ends it."""

    def __init__(self, limits: Limits | None = None, *, aliases: str = "") -> None:
        """Take what a file may cost, and the text of a user's file of aliases."""
        self._limits = limits or Limits()
        self._aliases = aliases
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Parser":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def parse_all(self, sources: Iterable[SourceFile]) -> Iterator[tuple[SourceFile, Parsed]]:
        """Give each file's document, or why there is none, in order; the next is under way."""
        pending: SourceFile | None = None
        for source in sources:
            parsed = self._receive(pending) if pending else None
            self._send(source)
            if pending and parsed:
                yield pending, parsed
            pending = source
        if pending:
            yield pending, self._receive(pending)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._reap()

    def _send(self, source: SourceFile) -> None:
        begins = self._process is None
        process = self._process = self._process or _start(self._limits)
        assert process.stdin is not None
        # If it ended between two files, what is read from it next says so.
        with suppress(BrokenPipeError):
            if begins:
                _write(process.stdin, self._aliases)
            _write(process.stdin, source)

    def _receive(self, source: SourceFile) -> Parsed:
        assert self._process is not None
        assert self._process.stdout is not None
        parsed: Parsed | None = _read(self._process.stdout)
        return parsed if parsed is not None else self._explain_end(source, self._reap())

    def _reap(self) -> int:
        """Give the exit code of the process that has ended."""
        process, self._process = self._process, None
        assert process is not None
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()
        return process.wait()

    def _explain_end(self, source: SourceFile, code: int) -> UnreadableFile:
        name, path = source.path.name, str(source.path)
        if code == -signal.SIGALRM:
            took = f"took longer than {self._limits.seconds:g} seconds to read"
            return UnreadableFile(f"{name} {took}.", path=path)
        if code == _OUT_OF_MEMORY:
            gigabytes = self._limits.memory_bytes / 1024**3
            return UnreadableFile(
                f"{name} needs more than {gigabytes:.3g} GB of memory to be read.", path=path
            )
        return UnreadableFile(
            f"{name} is damaged in a way that broke off its reading (code {code}).", path=path
        )


def run(seconds: str, memory_bytes: str) -> None:
    """Be the process: read files until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the asking side decides when to end
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (int(memory_bytes),) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    try:
        known = KnownActors(add_aliases(_read(sys.stdin.buffer) or ""))
        while (source := _read(sys.stdin.buffer)) is not None:
            # The kernel ends the process, even inside a library that never comes back.
            signal.setitimer(signal.ITIMER_REAL, float(seconds))
            answer = pickle.dumps(_parse(source, known))
            signal.setitimer(signal.ITIMER_REAL, 0)
            _write_bytes(answers, answer)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except BrokenPipeError:
        os._exit(0)


def _parse(source: SourceFile, known: KnownActors) -> Parsed:
    try:
        return read_document(source, known)
    except CorpusError as err:
        return err
    except OSError as err:
        return UnreadableFile(f"{err.strerror or 'The file cannot be read'}.", path=err.filename)
    except MemoryError:
        raise
    except Exception as err:
        # A defect of ours must cost one file, not the whole run.
        reason = f"The file could not be understood ({type(err).__name__})."
        return UnreadableFile(reason, path=str(source.path))


def _start(limits: Limits) -> "subprocess.Popen[bytes]":
    arguments = [str(limits.seconds), str(limits.memory_bytes), *sys.path]
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", _START, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _write(pipe: Any, value: object) -> None:
    _write_bytes(pipe, pickle.dumps(value))


def _write_bytes(pipe: Any, content: bytes) -> None:
    pipe.write(_LENGTH.pack(len(content)) + content)
    pipe.flush()


def _read(pipe: BinaryIO | Any) -> Any:
    """Give the next value of our own other side; None when it has ended."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    content = pipe.read(size)
    return pickle.loads(content) if len(content) == size else None  # noqa: S301
