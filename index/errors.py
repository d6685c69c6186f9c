"""What can be wrong with an index, in the words of the person who asks for it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


class IndexFailure(Exception):
    """An index cannot be used. The message is one plain sentence."""

    def __init__(self, message: str, *, directory: Path) -> None:
        super().__init__(message)
        self.directory = directory


class NoIndex(IndexFailure):
    """There is nothing at the given place."""


class NotAnIndex(IndexFailure):
    """The place holds something, but no index."""


class IncompatibleIndex(IndexFailure):
    """The index was built by a version with other fields, analysis or format."""


class DamagedIndex(IndexFailure):
    """A file of the index is missing or not as it was written."""


class IndexBusy(IndexFailure):
    """Another process is writing to the index."""


class DiskFull(IndexFailure):
    """The disk had no room for what was to be written; what was there is untouched."""


class DiskFailed(IndexFailure):
    """The disk could not read or write; what was there is untouched."""


def damaged(directory: Path, what: str) -> DamagedIndex:
    """Say what is damaged and the two ways out."""
    return DamagedIndex(
        f"The index {directory} is damaged ({what}); go back with: "
        f"kwerenda --index {directory} rollback, or rebuild it with: "
        f"kwerenda --index {directory} index --rebuild PATH…",
        directory=directory,
    )


def incompatible(directory: Path) -> IncompatibleIndex:
    """Say that another version built the index, and the way out."""
    return IncompatibleIndex(
        f"The index {directory} was built by another version; rebuild it with: "
        f"kwerenda --index {directory} index --rebuild PATH…",
        directory=directory,
    )


@contextmanager
def told_of_the_disk(directory: Path, task: str, outcome: str = "") -> Iterator[None]:
    """Say in one sentence that the disk failed a task ("read"), and what it came to."""
    try:
        yield
    except OSError as err:
        full = err.errno in _NO_ROOM
        reason = "there is no room on the disk" if full else f"{err.strerror or err}"
        message = f"The index {directory} could not be {task}: {reason}{outcome}."
        raise (DiskFull if full else DiskFailed)(message, directory=directory) from err
