"""Which reader a file needs: by its name, and whether its first bytes agree."""

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.limits import MAX_FILE_BYTES
from corpus.reading import Reading

Reader = Callable[[Path], Reading]

_READERS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
_SUFFIXES = {"text": ".txt", "html": ".html", "docx": ".docx", "pdf": ".pdf"}
_HEAD_BYTES = 4096
# What a file of another kind begins with: its name, and the reader that takes it, if any.
_SIGNATURES = (
    (re.compile(rb"[\s\x00]{0,64}%PDF-"), "a PDF", "pdf"),
    (re.compile(rb"PK\x03\x04.*\bword/", re.DOTALL), "a Word document", "docx"),
    (re.compile(rb"PK\x03\x04"), "an archive or another program's document", ""),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "an old or locked Office document", ""),
    (re.compile(rb"\{\\rtf"), "a document in Rich Text Format", ""),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*"), "a picture", ""),
    (re.compile(rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!"), "an archive", ""),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html[\s>])", re.IGNORECASE),
        "a web page",
        "html",
    ),
)


def is_known_format(path: Path) -> bool:
    """Tell by its name whether a file can be read."""
    return path.suffix.lower() in _READERS


def find_reader(path: Path) -> Reader:
    """Give the reader of a file's format; its libraries are loaded when first needed.

    Raises: UnreadableFile for a format that is not read, for a file that is not what its
        name says, and for one that is too large.
    """
    name = _READERS.get(path.suffix.lower())
    if name is None:
        known = ", ".join(_READERS)
        raise UnreadableFile(
            f"{path.name} is in a format that Kwerenda does not read; it reads {known}.",
            path=str(path),
        )
    _check_content(path, name)
    reader: Reader = getattr(import_module(f"corpus.readers.{name}"), f"read_{name}")
    return reader


def _check_content(path: Path, name: str) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as err:
        reason = err.strerror or "it cannot be opened"
        raise UnreadableFile(f"{path.name} cannot be read: {reason}.", path=str(path)) from err
    if size > MAX_FILE_BYTES:
        megabytes = MAX_FILE_BYTES // 1024**2
        raise UnreadableFile(f"{path.name} is larger than {megabytes} MB.", path=str(path))
    for signature, kind, reader in _SIGNATURES:
        if signature.match(head):
            if reader == name or (name == "docx" and not reader):
                return  # the reader itself says what is wrong with it
            advice = f"; rename it to end in {_SUFFIXES[reader]}" if reader else ""
            raise UnreadableFile(
                f"{path.name} is not what its name says but {kind}{advice}.", path=str(path)
            )
