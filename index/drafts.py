"""Writing a generation: a draft beside the live one, which becomes live whole or not at all."""

import errno
import fcntl
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import DiskFailed, DiskFull
from index.generations import READERS, Generation, find_live
from index.manifest import MANIFEST, FileEntry, Manifest, hash_file
from index.pointer import (
    DRAFT_PREFIX,
    hold_lock,
    move_pointer,
    name_of,
    number_of,
    sync_directory,
)

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True, slots=True)
class Draft:
    """A generation being written in `path`; `previous` is the live one, if it can be used."""

    directory: Path
    path: Path
    number: int
    previous: Generation | None

    def link(self, name: str) -> None:
        """Take an unchanged file over from the previous generation."""
        assert self.previous is not None
        source, target = self.previous.path / name, self.path / name
        try:
            target.hardlink_to(source)
        except OSError as err:
            if err.errno in _NO_ROOM:
                raise
            shutil.copyfile(source, target)  # a file system without hard links

    def publish(self, manifest: Manifest) -> Generation:
        """Put everything on the disk, then make it live, then sweep.

        The manifest's `number`, `previous` and `files` are filled in here.
        """
        (self.path / READERS).touch()
        files = {
            path.name: self._entry(path)
            for path in sorted(self.path.iterdir())
            if path.name != READERS
        }
        before = self.previous.number if self.previous else 0
        manifest = replace(manifest, number=self.number, previous=before, files=files)
        with (self.path / MANIFEST).open("wb") as file:
            file.write(manifest.to_json())
            file.flush()
            os.fsync(file.fileno())
        sync_directory(self.path)
        final = self.directory / name_of(self.number)
        self.path.rename(final)
        sync_directory(self.directory)
        generation = Generation(final, manifest)
        move_pointer(self.directory, final.name)
        _sweep(self.directory, {self.number, before})
        return generation

    def _entry(self, path: Path) -> FileEntry:
        """Give a file's size and checksum, on the disk; those of a linked one are known."""
        if self.previous is not None and path.name in self.previous.manifest.files:
            before = self.previous.path / path.name
            if before.samefile(path):
                return self.previous.manifest.files[path.name]
        with path.open("rb") as file:
            os.fsync(file.fileno())
        return hash_file(path)


@contextmanager
def open_draft(directory: Path, *, rebuild: bool = False) -> Iterator[Draft]:
    """Give a draft of the next generation, as the one writer; it is gone unless published.

    With `rebuild` the live generation may be damaged or of another version; then the
    draft has no previous one.

    Raises: IndexBusy, DiskFull, NotAnIndex; without `rebuild` DamagedIndex, IncompatibleIndex.
    """
    find_live(directory, rebuild=rebuild)  # nothing is written into what is no index
    with _disk_needed(directory):
        directory.mkdir(parents=True, exist_ok=True)
        with hold_lock(directory):
            _remove_drafts(directory)
            previous = find_live(directory, rebuild=rebuild)
            numbers = (number_of(path.name) or 0 for path in directory.iterdir())
            number = max(numbers, default=0) + 1
            draft = Draft(directory, directory / f"{DRAFT_PREFIX}{number}", number, previous)
            draft.path.mkdir()
            try:
                yield draft
            finally:
                _remove_drafts(directory)


@contextmanager
def _disk_needed(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as err:
        if err.errno == errno.EIO:
            raise DiskFailed(
                f"The disk could not write a new generation of the index {directory}; "
                "the one before is still live.",
                directory=directory,
            ) from err
        if err.errno not in _NO_ROOM:
            raise
        raise DiskFull(
            f"There is no room on the disk for a new generation of the index {directory}; "
            "the one before is still live.",
            directory=directory,
        ) from err


def _remove_drafts(directory: Path) -> None:
    for path in directory.glob(f"{DRAFT_PREFIX}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _sweep(directory: Path, kept: Collection[int]) -> None:
    """Remove generations that are neither kept nor held by a reader."""
    for path in list(directory.iterdir()):
        number = number_of(path.name)
        if number is not None and number not in kept:
            _remove_unless_held(path)


def _remove_unless_held(path: Path) -> None:
    try:
        descriptor = os.open(path / READERS, os.O_RDONLY)
    except FileNotFoundError:
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(path, ignore_errors=True)
    except BlockingIOError:
        pass
    finally:
        os.close(descriptor)
