"""Writing a generation: a draft beside the live one, which becomes live whole or not at all."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import IndexFailure, NoIndex, damaged, told_of_the_disk
from index.generations import READERS, Generation, find_live
from index.manifest import MANIFEST, FileEntry, Manifest, find_changed, hash_file
from index.pointer import (
    DRAFT_PREFIX,
    Pointer,
    hold_lock,
    make_directory,
    move_pointer,
    name_of,
    number_of,
    read_pointer,
    sync_directory,
)

_STILL_LIVE = "; the last whole generation goes on answering"


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
        except OSError:  # a file system without hard links, or a file with too many
            shutil.copyfile(source, target)
            if hash_file(target) != self.previous.manifest.files[name]:
                what = f"{source.parent.name}/{name} is not as it was written"
                raise damaged(self.directory, what) from None

    def publish(self, manifest: Manifest) -> Generation:
        """Put everything on the disk, then make it live, then sweep.

        The manifest's `number` and `files` are filled in here.
        """
        (self.path / READERS).touch()
        entries = {path.name: self._entry(path) for path in sorted(self.path.iterdir())}
        del entries[READERS]
        manifest = replace(manifest, number=self.number, files=entries)
        content = manifest.to_json()
        with (self.path / MANIFEST).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        sync_directory(self.path)
        before = replace(read_pointer(self.directory), before=None) if self.previous else None
        final = self.directory / name_of(self.number)
        pointer = Pointer(final.name, hashlib.sha256(content).hexdigest(), before)
        self.path.rename(final)
        try:
            sync_directory(self.directory)
            move_pointer(self.directory, pointer)
        except BaseException:
            _withdraw(final)
            raise
        with suppress(OSError):  # the next writer sweeps again
            _sweep(self.directory, pointer)
        return Generation(final, manifest)

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
    draft has no previous one. If it is whole, the one before it makes room first: a
    rebuild shares no file with either, and needs the place of a whole generation.

    Raises: IndexBusy, DiskFull, DiskFailed, NotAnIndex; without `rebuild` DamagedIndex,
        IncompatibleIndex.
    """
    find_live(directory, rebuild=rebuild)  # nothing is written into what is no index
    with told_of_the_disk(directory, "written", _STILL_LIVE):
        make_directory(directory)
        with hold_lock(directory):
            # What a writer that was killed has left in the cache alone must not be built upon.
            sync_directory(directory)
            remove_drafts(directory)
            previous = find_live(directory, rebuild=rebuild)
            if rebuild and previous and find_changed(previous.path, previous.manifest):
                previous = None
            numbers = (number_of(path.name) or 0 for path in directory.iterdir())
            number = max(numbers, default=0) + 1
            if previous:
                live = read_pointer(directory)
                _sweep(directory, replace(live, before=None) if rebuild else live)
            # A worker of a killed writer may still be writing to a draft of the same number.
            draft_path = directory / f"{DRAFT_PREFIX}{number}-{os.getpid()}"
            draft_path.mkdir()
            try:
                yield Draft(directory, draft_path, number, previous)
            finally:
                remove_drafts(directory)


def remove_drafts(directory: Path) -> None:
    """Remove what a writer has begun and not published."""
    for path in directory.glob(f"{DRAFT_PREFIX}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _withdraw(final: Path) -> None:
    """Remove a generation that could not be made live, unless it may be live all the same."""
    try:
        live = read_pointer(final.parent).name
    except NoIndex:
        live = ""
    except IndexFailure:
        return
    if live != final.name:
        shutil.rmtree(final, ignore_errors=True)


def _sweep(directory: Path, pointer: Pointer) -> None:
    """Remove the generations that a pointer does not name and no reader holds."""
    kept: Collection[str] = {pointer.name, pointer.before.name if pointer.before else ""}
    for path in list(directory.iterdir()):
        if number_of(path.name) is not None and path.name not in kept:
            with suppress(OSError):  # what cannot be removed must not be in the way for ever
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
