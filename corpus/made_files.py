"""Files that are made of data and dictionaries once on a machine, and anew when these change."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_cache_path

_HASH_BYTES = hashlib.sha256().digest_size


def made_file(name: str, directory: Path | None = None) -> Path:
    """Give where such a file stands: in the user's own cache unless told otherwise."""
    return (directory or user_cache_path("kwerenda")) / name


def read_made(path: Path, make: Callable[[], bytes]) -> bytes:
    """Give the content of a file; make it where it is not there or not as it was written.

    Where the file cannot be written, what was made is given all the same.
    """
    try:
        kept = path.read_bytes()
    except OSError:
        kept = b""
    content = kept[_HASH_BYTES:]
    if kept[:_HASH_BYTES] == hashlib.sha256(content).digest():
        return content
    content = make()
    try:
        write_whole(path, hashlib.sha256(content).digest() + content)
    except OSError:
        return content
    return content


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place whole or not at all: others may be opening it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
