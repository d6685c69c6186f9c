"""A copy of the live generation as an index of its own."""

import os
import shutil
from pathlib import Path

from index.errors import NotAnIndex, damaged
from index.generations import READERS, Generation, hold_current, read_current
from index.manifest import MANIFEST, hash_file
from index.pointer import DRAFT_PREFIX, hold_lock, move_pointer, sync_directory


def backup_index(directory: Path, target: Path) -> Generation:
    """Copy the live generation into a new directory and give the copy.

    Every file is compared with its checksum as it arrives, so that a good copy is known to
    be one. Searching and writing go on meanwhile.

    Raises: NoIndex, NotAnIndex (there is something at the target), DamagedIndex.
    """
    with hold_current(directory, any_version=True) as hold:
        source = hold.generation.path
        target.mkdir(parents=True, exist_ok=True)
        if any(target.iterdir()):
            raise NotAnIndex(
                f"{target} is not empty; a backup needs a new place.", directory=target
            )
        with hold_lock(target):
            draft = target / f"{DRAFT_PREFIX}backup"
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
            move_pointer(target, source.name)
    return read_current(target, any_version=True)
