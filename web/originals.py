"""The files that documents were read from, where the service was told their folder."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from flask import Blueprint, abort, send_file
from werkzeug.wrappers import Response

from corpus.document import Document
from web.context import current_engine, current_settings, refuse_parameters

originals = Blueprint("originals", __name__)

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".pdf": "application/pdf",
        ".html": "text/html",
        ".htm": "text/html",
        ".txt": "text/plain",
        ".text": "text/plain",
        ".md": "text/plain",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
# A page that somebody else wrote is shown at our address: it may not do anything there.
# The viewer of a browser shows no PDF that is held so; a PDF has no script of the page's.
_HELD = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_FRAMELESS = "frame-ancestors 'none'"


@originals.get("/original/<document_id>")
def show_original(document_id: str) -> Response:
    """Give the very bytes that a document was read from."""
    refuse_parameters()
    document = current_engine().document(document_id)
    path = find_original(current_settings().corpus, document)
    if path is None:
        abort(404)
    media_type = MEDIA_TYPES[path.suffix.lower()]
    response = send_file(
        path,
        mimetype=media_type,
        as_attachment=path.suffix.lower() == ".docx",
        download_name=path.name,
        conditional=True,
        etag=document.sha256,
        max_age=0,
    )
    held = media_type.startswith("text/")
    response.headers["Content-Security-Policy"] = _HELD if held else _FRAMELESS
    if held and not _is_utf8(path):
        # Nobody wrote down which code page it is; the browser of a reader of Polish guesses it.
        response.headers["Content-Type"] = media_type
    return response


def find_original(folder: str, document: Document) -> Path | None:
    """Give the file of a document; None where it is not served, not there, or has changed.

    Args:
        folder: the folder that was indexed; nothing outside it is ever given.
    """
    if not folder:
        return None
    root = Path(folder).resolve()
    path = (root / document.path).resolve()
    if not path.is_relative_to(root) or path.suffix.lower() not in MEDIA_TYPES:
        return None
    try:
        stat = path.stat()
        same = _hash(path, stat.st_size, stat.st_mtime_ns) == document.sha256
    except OSError:
        return None
    return path if same else None


def link_page(path: Path, page: int) -> str:
    """Give the part of an address that opens a file at a page, where its format has pages."""
    return f"page={page}" if path.suffix.lower() == ".pdf" else ""


@lru_cache(maxsize=4096)
def _hash(path: Path, size: int, mtime_ns: int) -> str:
    """Give the SHA-256 of a file; the other arguments tell one state of it from another."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_utf8(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True
