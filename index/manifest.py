"""What a generation of the index consists of, as its manifest.json says it."""

import dataclasses
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from index.array_file import SUFFIX

FORMAT_VERSION = 4
MANIFEST = "manifest.json"
_END_BYTES = 8


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the generation, as it was when it was written.

    `end` are its last bytes. Those of a segment are a checksum of the checksums of its
    blocks, and so tell it from any other segment without reading it all.
    """

    size: int
    sha256: str
    end: str


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source file and the document it gave.

    `sha256` is that of the content; size and time tell without reading that a file has
    most likely not changed. `aliases` tells by which aliases of the user its actors were read.
    """

    path: str
    document_id: str
    sha256: str
    size: int
    mtime_ns: int
    aliases: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything about a generation but its content.

    `fields` and `analysis` are the fingerprints of what it was built with; `built` is the
    time in UTC, ISO 8601; `failed` pairs the path of a source with the reason.
    """

    built: str
    fields: str
    analysis: str
    documents: int
    passages: int
    number: int = 0
    files: Mapping[str, FileEntry] = field(default_factory=dict)
    sources: tuple[SourceEntry, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    format: int = FORMAT_VERSION

    def to_json(self) -> bytes:
        """Give the bytes of the manifest file."""
        return (json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=1) + "\n").encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Manifest":
        """Read a manifest file. Raises: ValueError if it is not one."""
        try:
            plain: dict[str, Any] = json.loads(content)
            files = {name: FileEntry(**entry) for name, entry in plain.pop("files").items()}
            sources = tuple(SourceEntry(**entry) for entry in plain.pop("sources"))
            failed = tuple((path, reason) for path, reason in plain.pop("failed"))
            return cls(files=files, sources=sources, failed=failed, **plain)
        except (TypeError, KeyError, AttributeError, ValueError) as err:
            raise ValueError("not a manifest of this format") from err


def hash_file(path: Path) -> FileEntry:
    """Give the size and the SHA-256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return FileEntry(file.tell(), digest.hexdigest(), _read_end(file))


def find_fault(path: Path, manifest: Manifest) -> str | None:
    """Say what is wrong with the files of a generation's directory; segments are not read whole."""
    for name, entry in manifest.files.items():
        file = path / name
        if not file.is_file():
            return f"{name} is missing"
        size = file.stat().st_size
        if size != entry.size:
            return f"{name} has {size} bytes, not {entry.size}"
        if not _looks_as_written(file, entry):
            return f"{name} is not as it was written"
    # Whoosh takes the table of contents that has the highest number in the directory.
    strange = [file.name for file in path.glob("*.toc") if file.name not in manifest.files]
    return f"{strange[0]} does not belong there" if strange else None


def find_changed(path: Path, manifest: Manifest) -> tuple[str, ...]:
    """Compare every file with its checksum and give the names of those that are not as written."""
    entries = sorted(manifest.files.items())
    return tuple(name for name, entry in entries if hash_file(path / name) != entry)


def _looks_as_written(path: Path, entry: FileEntry) -> bool:
    if not path.name.endswith(SUFFIX):
        return hash_file(path) == entry
    with path.open("rb") as file:
        return _read_end(file) == entry.end


def _read_end(file: BinaryIO) -> str:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - _END_BYTES, 0))
    return file.read().hex()


def format_of(content: bytes) -> int | None:
    """Give the format that a manifest of any version says it has."""
    try:
        found = json.loads(content)["format"]
    except (ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, int) else None
