"""Fields that are merged in a process of their own, beside the others.

What is to be merged comes in on its input as JSON, what went wrong goes out.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from index.errors import DamagedIndex
from index.field_merging import merge_text, number_docs
from index.parent_watch import end_with
from index.segment import FlatSegment
from index.segment_writer import SegmentFile

_START = (
    "import sys; sys.path[:] = sys.argv[2:]; from index.merge_process import run; run(sys.argv[1])"
)


class FieldMerge:
    """Such a process, from the side that has started it; `finish`, and always `close` it."""

    def __init__(self, segments: Sequence[FlatSegment], fields: Sequence[str], path: Path) -> None:
        """Begin to write the fields of words of these segments into a file."""
        files = [(str(segment.file.path), segment.deleted.tolist()) for segment in segments]
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", _START, str(os.getpid()), *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # that it has ended is said by `finish`
            self._process.stdin.write(json.dumps([files, list(fields), str(path)]).encode())
            self._process.stdin.close()

    def finish(self) -> None:
        """Wait until the file is written.

        Raises: OSError and DamagedIndex as the process met them; RuntimeError if it came
        to another end.
        """
        assert self._process.stdout is not None
        said = self._process.stdout.read()
        if self._process.wait() != 0:
            raise RuntimeError("A process that merges segments has ended before its time.")
        answer = json.loads(said)
        if "errno" in answer:
            raise OSError(answer["errno"], os.strerror(answer["errno"]))
        if "damaged" in answer:
            raise DamagedIndex(answer["damaged"], directory=Path(answer["directory"]))

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()


def run(parent: str) -> None:
    """Be such a process."""
    end_with(int(parent))
    files, fields, path = json.load(sys.stdin)
    answer: dict[str, object] = {}
    try:
        _merge([FlatSegment(Path(file), deleted=deleted) for file, deleted in files], fields, path)
    except OSError as err:
        answer = {"errno": err.errno}
    except DamagedIndex as err:
        answer = {"damaged": str(err), "directory": str(err.directory)}
    sys.stdout.write(json.dumps(answer))


def _merge(segments: Sequence[FlatSegment], fields: Sequence[str], path: str) -> None:
    sources = number_docs(segments)
    with SegmentFile(Path(path), sum(int(source.alive.sum()) for source in sources)) as merged:
        for name in fields:
            merge_text(merged, name, sources)
        merged.close()
