"""What a generation of the index consists of, as its manifest.json says it."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT_VERSION = 3
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the generation, as it was when it was written."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source file and the document it gave.

    `sha256` is that of the content; size and time tell without reading that a file has
    most likely not changed.
    """

    path: str
    document_id: str
    sha256: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything about a generation but its content.

    `previous` is the generation that was live before, 0 for none. `fields` and `analysis`
    are the fingerprints of what it was built with; `built` is the time in UTC, ISO 8601;
    `failed` pairs the path of a source with the reason.
    """

    built: str
    fields: str
    analysis: str
    documents: int
    passages: int
    number: int = 0
    previous: int = 0
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
        return FileEntry(file.tell(), digest.hexdigest())


def format_of(content: bytes) -> int | None:
    """Give the format that a manifest of any version says it has."""
    try:
        found = json.loads(content)["format"]
    except (ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, int) else None
