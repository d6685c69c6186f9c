"""An index directory: generations side by side, one of them live, one writer at a time.

    CURRENT        the live generation and the SHA-256 of its manifest
    gen-000012/    a generation; unchanged files are hard links into the one before
    LOCK           held by the writer, released by the kernel when it ends

A generation never changes once `CURRENT` has named it. Everything is on the disk before
`CURRENT` moves, and it moves by an atomic rename, so a reader finds the old generation or
the new one, whole.
"""

import fcntl
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from index.alias_copy import read_aliases
from index.analysis import analysis_fingerprint
from index.errors import (
    DamagedIndex,
    IncompatibleIndex,
    IndexFailure,
    NoIndex,
    damaged,
    incompatible,
    told_of_the_disk,
)
from index.fields import schema_fingerprint
from index.manifest import (
    FORMAT_VERSION,
    MANIFEST,
    Manifest,
    SourceEntry,
    find_changed,
    find_fault,
    format_of,
    hash_file,
)
from index.pointer import Pointer, hold_lock, move_pointer, name_of, number_of, read_pointer

READERS = "READERS"


@dataclass(frozen=True, slots=True)
class Generation:
    """A whole generation on the disk."""

    path: Path
    manifest: Manifest

    @property
    def number(self) -> int:
        return self.manifest.number

    @property
    def built(self) -> str:
        return self.manifest.built

    @property
    def documents(self) -> int:
        return self.manifest.documents

    @property
    def passages(self) -> int:
        return self.manifest.passages

    @property
    def sources(self) -> tuple[SourceEntry, ...]:
        return self.manifest.sources

    @property
    def failed(self) -> tuple[tuple[str, str], ...]:
        return self.manifest.failed

    @property
    def aliases(self) -> str:
        """Give the text of the user's file of aliases."""
        return read_aliases(self.path)


class Hold:
    """A generation that stays on the disk until the hold is closed."""

    def __init__(self, generation: Generation, descriptor: int) -> None:
        self.generation = generation
        self._descriptor: int | None = descriptor

    def close(self) -> None:
        """Let the generation go; closing twice is no error."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "Hold":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def read_current(directory: Path, *, any_version: bool = False) -> Generation:
    """Give the live generation once its manifest and its files are right.

    Nothing of the generation is unpickled before this says that it is whole. The large
    files are compared by their sizes only: their blocks have checksums of their own,
    which are looked at as they are read (see `index.array_file`).

    Args:
        any_version: give it even if fields or analysis were others when it was built.

    Raises: NoIndex, NotAnIndex, DamagedIndex, IncompatibleIndex, DiskFailed.
    """
    return read_generation(directory, read_pointer(directory), any_version=any_version)


def find_live(directory: Path, *, rebuild: bool) -> Generation | None:
    """Give the generation that an update goes on from; a rebuild begins anew without a usable one.

    Raises: NotAnIndex, DiskFailed; without `rebuild` DamagedIndex, IncompatibleIndex.
    """
    try:
        with hold_current(directory, any_version=rebuild) as hold:
            return hold.generation
    except NoIndex:
        return None
    except (DamagedIndex, IncompatibleIndex):
        if rebuild:
            return None
        raise


def read_generation(directory: Path, pointer: Pointer, *, any_version: bool = False) -> Generation:
    """Give a generation of this version, if its files are whole; see `read_current`."""
    path = directory / pointer.name
    with told_of_the_disk(directory, "read"):
        try:
            content = (path / MANIFEST).read_bytes()
        except FileNotFoundError as err:
            raise damaged(directory, f"{path.name}/{MANIFEST} is missing") from err
        if hashlib.sha256(content).hexdigest() != pointer.manifest_sha256:
            raise damaged(directory, f"{path.name}/{MANIFEST} is not as it was written")
        if format_of(content) != FORMAT_VERSION:
            raise incompatible(directory)
        try:
            manifest = Manifest.from_json(content)
        except ValueError as err:
            raise damaged(directory, f"{path.name}/{MANIFEST} cannot be understood") from err
        built_with = (manifest.fields, manifest.analysis)
        if not any_version and built_with != (schema_fingerprint(), analysis_fingerprint()):
            raise incompatible(directory)
        fault = find_fault(path, manifest)
        if fault:
            raise damaged(directory, f"{path.name}/{fault}")
        return Generation(path, manifest)


def hold_current(directory: Path, *, any_version: bool = False) -> Hold:
    """Give the live generation and keep it from being swept.

    Raises: NoIndex, NotAnIndex, DamagedIndex, IncompatibleIndex, DiskFailed.
    """
    while True:
        pointer = read_pointer(directory)
        with told_of_the_disk(directory, "read"):
            try:
                descriptor = os.open(directory / pointer.name / READERS, os.O_RDONLY)
            except FileNotFoundError:
                if read_pointer(directory) == pointer:
                    raise damaged(directory, f"{pointer.name}/{READERS} is missing") from None
                continue
            try:
                fcntl.flock(descriptor, fcntl.LOCK_SH)
                if read_pointer(directory) == pointer:
                    generation = read_generation(directory, pointer, any_version=any_version)
                    return Hold(generation, descriptor)
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)


def verify(directory: Path) -> Generation:
    """Compare every file of the live generation with its checksum.

    Raises: NoIndex, NotAnIndex, IncompatibleIndex, DiskFailed; DamagedIndex, which names the files.
    """
    with hold_current(directory) as hold, told_of_the_disk(directory, "read"):
        _refuse_changed(directory, hold.generation)
        return hold.generation


def rollback(directory: Path) -> Generation:
    """Make the generation before the live one live again, and give it.

    Raises: NoIndex, NotAnIndex, IndexBusy, DamagedIndex, IncompatibleIndex, DiskFull, DiskFailed.
    """
    with suppress(DamagedIndex):
        read_pointer(directory)  # nothing is written into what is no index
    with told_of_the_disk(directory, "written"), hold_lock(directory):
        failure: IndexFailure = NoIndex(
            f"The index {directory} has no earlier generation to go back to.", directory=directory
        )
        for pointer in _find_earlier(directory):
            try:
                generation = read_generation(directory, pointer)
                _refuse_changed(directory, generation)
            except (DamagedIndex, IncompatibleIndex) as err:
                failure = err
                continue
            move_pointer(directory, pointer)
            return generation
        raise failure


def _refuse_changed(directory: Path, generation: Generation) -> None:
    changed = find_changed(generation.path, generation.manifest)
    if changed:
        names = ", ".join(f"{generation.path.name}/{name}" for name in changed)
        raise damaged(directory, f"not as written: {names}")


def _find_earlier(directory: Path) -> list[Pointer]:
    """Give what may become live again; without a pointer to say it, the newest first."""
    try:
        before = read_pointer(directory).before
        return [before] if before and (directory / before.name).is_dir() else []
    except DamagedIndex:
        numbers = sorted(filter(None, (number_of(path.name) for path in directory.iterdir())))
        manifests = [directory / name_of(number) / MANIFEST for number in reversed(numbers)]
        return [
            Pointer(path.parent.name, hash_file(path).sha256)
            for path in manifests
            if path.is_file()
        ]
