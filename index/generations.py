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
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from index.analysis import analysis_fingerprint
from index.array_file import SUFFIX
from index.errors import DamagedIndex, IncompatibleIndex, NoIndex, damaged, incompatible
from index.fields import schema_fingerprint
from index.manifest import FORMAT_VERSION, MANIFEST, Manifest, SourceEntry, format_of, hash_file
from index.pointer import hold_lock, move_pointer, name_of, number_of, read_pointer

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

    Raises: NoIndex, NotAnIndex, DamagedIndex, IncompatibleIndex.
    """
    pointer = read_pointer(directory)
    content = _read_manifest(directory, pointer.name)
    if hashlib.sha256(content).hexdigest() != pointer.manifest_sha256:
        raise damaged(directory, f"{pointer.name}/{MANIFEST} is not as it was written")
    return _check(directory, pointer.name, content, any_version=any_version)


def find_live(directory: Path, *, rebuild: bool) -> Generation | None:
    """Give the generation that an update goes on from; a rebuild begins anew without a usable one.

    Raises: NotAnIndex; without `rebuild` DamagedIndex, IncompatibleIndex.
    """
    try:
        return read_current(directory, any_version=rebuild)
    except NoIndex:
        return None
    except (DamagedIndex, IncompatibleIndex):
        if rebuild:
            return None
        raise


def _read_manifest(directory: Path, name: str) -> bytes:
    try:
        return (directory / name / MANIFEST).read_bytes()
    except OSError as err:
        raise damaged(directory, f"{name}/{MANIFEST} cannot be read") from err


def _check(directory: Path, name: str, content: bytes, *, any_version: bool) -> Generation:
    """Give the generation of a manifest, if it is of this version and its files are whole."""
    if format_of(content) != FORMAT_VERSION:
        raise incompatible(directory)
    try:
        manifest = Manifest.from_json(content)
    except ValueError as err:
        raise damaged(directory, f"{name}/{MANIFEST} cannot be understood") from err
    built_with = (manifest.fields, manifest.analysis)
    if not any_version and built_with != (schema_fingerprint(), analysis_fingerprint()):
        raise incompatible(directory)
    path = directory / name
    for file, entry in manifest.files.items():
        if not (path / file).is_file():
            raise damaged(directory, f"{name}/{file} is missing")
        size = (path / file).stat().st_size
        if size != entry.size:
            raise damaged(directory, f"{name}/{file} has {size} bytes, not {entry.size}")
        if not file.endswith(SUFFIX) and hash_file(path / file) != entry:
            raise damaged(directory, f"{name}/{file} is not as it was written")
    return Generation(path, manifest)


def hold_current(directory: Path, *, any_version: bool = False) -> Hold:
    """Give the live generation and keep it from being swept.

    Raises: NoIndex, NotAnIndex, DamagedIndex, IncompatibleIndex.
    """
    while True:
        pointer = read_pointer(directory)
        try:
            descriptor = os.open(directory / pointer.name / READERS, os.O_RDONLY)
        except FileNotFoundError:
            if read_pointer(directory) == pointer:
                raise damaged(directory, f"{pointer.name}/{READERS} is missing") from None
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            if read_pointer(directory) == pointer:
                return Hold(read_current(directory, any_version=any_version), descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def verify(directory: Path) -> Generation:
    """Compare every file of the live generation with its checksum.

    Raises: NoIndex, NotAnIndex, IncompatibleIndex; DamagedIndex, which names the files.
    """
    with hold_current(directory) as hold:
        path, manifest = hold.generation.path, hold.generation.manifest
        changed = [
            name for name, entry in manifest.files.items() if hash_file(path / name) != entry
        ]
        if changed:
            names = ", ".join(f"{path.name}/{name}" for name in sorted(changed))
            raise damaged(directory, f"not as written: {names}")
        return hold.generation


def rollback(directory: Path) -> Generation:
    """Make the generation before the live one live again, and give it.

    Raises: NoIndex, NotAnIndex, IndexBusy, DamagedIndex, IncompatibleIndex.
    """
    read_pointer(directory)
    with hold_lock(directory):
        live = read_pointer(directory).name
        name = name_of(_number_before(directory, live))
        if not (directory / name).is_dir():
            raise NoIndex(
                f"The index {directory} has no earlier generation to go back to.",
                directory=directory,
            )
        generation = _check(directory, name, _read_manifest(directory, name), any_version=False)
        move_pointer(directory, name)
        return generation


def _number_before(directory: Path, live: str) -> int:
    """Give the generation that was live before; without a manifest to say it, the last older."""
    try:
        return Manifest.from_json(_read_manifest(directory, live)).previous
    except (DamagedIndex, ValueError):
        older = (number_of(path.name) or 0 for path in directory.iterdir() if path.name < live)
        return max(older, default=0)
