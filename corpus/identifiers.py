"""Permanent names: of documents by their place, of passages by their words."""

import base64
import hashlib
import re
import unicodedata
from pathlib import PurePosixPath

_DOCUMENT_HASH_CHARS = 6
_PASSAGE_HASH_CHARS = 12
_MAX_SLUG_CHARS = 60
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# Letters that Unicode does not decompose into a base letter and a mark.
_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ı": "i", "ß": "ss", "æ": "ae"}
)


def slugify(text: str) -> str:
    """Give the text as lower-case ASCII words joined by hyphens.

    >>> slugify("Łukasz Żółć – Święto")
    'lukasz-zolc-swieto'
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED)).casefold()
    ascii_only = decomposed.encode("ascii", "ignore").decode("ascii")
    return _NOT_SLUG.sub("-", ascii_only).strip("-")


def document_id(relative_path: str, explicit: str = "") -> str:
    """Name a document: as its author says, or by its file's name and place.

    `relative_path` is written with forward slashes.
    """
    if explicit:
        return explicit
    stem = slugify(PurePosixPath(relative_path).stem)[:_MAX_SLUG_CHARS].strip("-")
    return f"{stem or 'document'}-{_hash(relative_path, _DOCUMENT_HASH_CHARS)}"


def passage_id(document: str, text: str, occurrence: int = 0) -> str:
    """Name a passage by its document's id and its words, whatever their case and spacing.

    `occurrence` counts the earlier passages of the document with the same words.
    """
    words = fold_words(text)
    key = f"{document}\n{words}\n{occurrence}" if occurrence else f"{document}\n{words}"
    return _hash(key, _PASSAGE_HASH_CHARS)


def fold_words(text: str) -> str:
    """Give a text's words without regard to case and spacing."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _hash(text: str, chars: int) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:chars]
