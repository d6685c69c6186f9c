"""A copy of the live generation as an index of its own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import NotAnIndex, damaged, told_of_the_disk
from index.generations import READERS, Generation, hold_current, read_current
from index.manifest import MANIFEST, hash_file
from index.pointer import (
    CURRENT,
    DRAFT_PREFIX,
    LOCK,
    Pointer,
    hold_lock,
    make_directory,
    move_pointer,
    sync_directory,
)

_UNFINISHED = f"{DRAFT_PREFIX}backup"
"""Stands in the target until the copy is whole: what is there may be replaced."""


def backup_index(directory: Path, target: Path) -> Generation:
    """Copy the live generation into a new directory and give the copy.

    Every file is compared with its checksum as it arrives, so that a good copy is known to
    be one. Searching and writing go on meanwhile.

    Raises: NoIndex, NotAnIndex (there is something at the target), DamagedIndex, DiskFull,
        DiskFailed.
    """
    with hold_current(directory, any_version=True) as hold, _claim(target):
        source = hold.generation.path
        draft = target / _UNFINISHED / source.name
        draft.mkdir()
        for name, entry in hold.generation.manifest.files.items():
            shutil.copyfile(source / name, draft / name)
            if hash_file(draft / name) != entry:
                raise damaged(directory, f"not as written: {source.name}/{name}")
        shutil.copyfile(source / MANIFEST, draft / MANIFEST)
        (draft / READERS).touch()
        for path in draft.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        sync_directory(draft)
        draft.rename(target / source.name)
        sync_directory(target)
        move_pointer(
            target, Pointer(source.name, hash_file(target / source.name / MANIFEST).sha256)
        )
    return read_current(target, any_version=True)


@contextmanager
def _claim(target: Path) -> Iterator[None]:
    """Have a new directory for a copy; it is gone again if the copy comes to nothing."""
    with told_of_the_disk(target, "written", "; nothing is left of the copy"):
        is_new = not target.exists()
        try:
            make_directory(target)
            names = {path.name for path in target.iterdir()}
            if names - {LOCK} and (_UNFINISHED not in names or CURRENT in names):
                raise NotAnIndex(
                    f"{target} is not empty; a backup needs a new place.", directory=target
                )
            with hold_lock(target):
                try:
                    _empty(target)
                    (target / _UNFINISHED).mkdir()
                    yield
                    (target / _UNFINISHED).rmdir()
                except BaseException:
                    _empty(target)
                    (target / LOCK).unlink()
                    raise
        except BaseException:
            if is_new:
                with suppress(OSError):  # somebody else has found the place
                    target.rmdir()
            raise


def _empty(target: Path) -> None:
    for path in target.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != LOCK:
            path.unlink(missing_ok=True)
