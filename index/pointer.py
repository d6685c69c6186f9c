"""The pointer to the live generation, the names around it, and the lock of the one writer."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.errors import (
    IndexBusy,
    IndexFailure,
    NoIndex,
    NotAnIndex,
    damaged,
    told_of_the_disk,
)

CURRENT = "CURRENT"
LOCK = "LOCK"
DRAFT_PREFIX = "draft-"
_NAME_PREFIX = "gen-"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A generation and the SHA-256 of its manifest; `before` is the one that was live before.

    `CURRENT` has a line for each of the two.
    """

    name: str
    manifest_sha256: str
    before: "Pointer | None" = None


def name_of(number: int) -> str:
    """Give the directory name of a generation."""
    return f"{_NAME_PREFIX}{number:06}"


def number_of(name: str) -> int | None:
    """Give the number of a generation's directory; none for anything else."""
    digits = name.removeprefix(_NAME_PREFIX)
    return int(digits) if name.startswith(_NAME_PREFIX) and digits.isdecimal() else None


def read_pointer(directory: Path) -> Pointer:
    """Give what is live. Raises: NoIndex, NotAnIndex, DamagedIndex, DiskFailed."""
    with told_of_the_disk(directory, "read"):
        try:
            content = (directory / CURRENT).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise _nothing_live(directory) from None
    pointer = None
    for line in reversed(content.decode(errors="replace").splitlines()):
        name, _, sha256 = line.partition(" ")
        if number_of(name) is None or len(sha256) != 64:
            raise damaged(directory, f"{CURRENT} names no generation")
        pointer = Pointer(name, sha256, pointer)
    if pointer is None:
        raise damaged(directory, f"{CURRENT} names no generation")
    return pointer


@contextmanager
def hold_lock(directory: Path) -> Iterator[None]:
    """Be the one writer. Raises: IndexBusy at once if there is another."""
    descriptor = os.open(directory / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise IndexBusy(
                f"Another process is writing to the index {directory}; try again when it is done.",
                directory=directory,
            ) from None
        yield
    finally:
        os.close(descriptor)


def move_pointer(directory: Path, pointer: Pointer) -> None:
    """Make a generation live, atomically and for good."""
    temporary = directory / f"{DRAFT_PREFIX}{CURRENT}"
    named = [pointer] if pointer.before is None else [pointer, pointer.before]
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.writelines(f"{each.name} {each.manifest_sha256}\n" for each in named)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(directory / CURRENT)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_directory(directory)


def make_directory(path: Path) -> None:
    """Make a directory and those it stands in, for good."""
    made = [each for each in (path, *path.parents) if not each.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for each in made:
        sync_directory(each.parent)


def sync_directory(path: Path) -> None:
    """Put the names in a directory on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _nothing_live(directory: Path) -> IndexFailure:
    if not directory.exists():
        return NoIndex(
            f"There is no index at {directory}; build one with: "
            f"kwerenda --index {directory} index PATH…",
            directory=directory,
        )
    names = [path.name for path in directory.iterdir()] if directory.is_dir() else [CURRENT]
    if not all(map(_is_ours, names)):
        return NotAnIndex(f"{directory} is not an index of Kwerenda.", directory=directory)
    # A first generation may have been on its way when its writer ended; a later one had a pointer.
    if max((number_of(name) or 0 for name in names), default=0) > 1:
        return damaged(directory, f"{CURRENT} is missing")
    return NoIndex(
        f"The index {directory} is empty; build it with: kwerenda --index {directory} index PATH…",
        directory=directory,
    )


def _is_ours(name: str) -> bool:
    return name == LOCK or name.startswith(DRAFT_PREFIX) or number_of(name) is not None
