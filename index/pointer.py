"""The pointer to the live generation, the names around it, and the lock of the one writer."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexBusy, NoIndex, NotAnIndex, damaged
from index.manifest import MANIFEST, hash_file

CURRENT = "CURRENT"
LOCK = "LOCK"
DRAFT_PREFIX = "draft-"
_NAME_PREFIX = "gen-"


@dataclass(frozen=True, slots=True)
class Pointer:
    """What `CURRENT` says."""

    name: str
    manifest_sha256: str


def name_of(number: int) -> str:
    """Give the directory name of a generation."""
    return f"{_NAME_PREFIX}{number:06}"


def number_of(name: str) -> int | None:
    """Give the number of a generation's directory; none for anything else."""
    digits = name.removeprefix(_NAME_PREFIX)
    return int(digits) if name.startswith(_NAME_PREFIX) and digits.isdecimal() else None


def read_pointer(directory: Path) -> Pointer:
    """Give what is live. Raises: NoIndex, NotAnIndex, DamagedIndex."""
    try:
        content = (directory / CURRENT).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise _nothing_live(directory) from None
    except (OSError, UnicodeDecodeError) as err:
        raise damaged(directory, f"{CURRENT} cannot be read") from err
    name, _, sha256 = content.strip().partition(" ")
    if number_of(name) is None or len(sha256) != 64:
        raise damaged(directory, f"{CURRENT} names no generation")
    return Pointer(name, sha256)


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


def move_pointer(directory: Path, name: str) -> None:
    """Make a generation live, atomically and for good."""
    sha256 = hash_file(directory / name / MANIFEST).sha256
    temporary = directory / f"{DRAFT_PREFIX}{CURRENT}"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(f"{name} {sha256}\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(directory / CURRENT)
    sync_directory(directory)


def sync_directory(path: Path) -> None:
    """Put the names in a directory on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _nothing_live(directory: Path) -> NoIndex | NotAnIndex:
    if not directory.exists():
        return NoIndex(
            f"There is no index at {directory}; build one with: "
            f"kwerenda --index {directory} index PATH…",
            directory=directory,
        )
    if directory.is_dir() and all(_is_ours(path.name) for path in directory.iterdir()):
        return NoIndex(
            f"The index {directory} is empty; build it with: "
            f"kwerenda --index {directory} index PATH…",
            directory=directory,
        )
    return NotAnIndex(f"{directory} is not an index of Kwerenda.", directory=directory)


def _is_ours(name: str) -> bool:
    return name == LOCK or name.startswith(DRAFT_PREFIX) or number_of(name) is not None
