"""What a PDF says about itself: title, author, language, the day it was made."""

import ctypes
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pypdfium2.raw as pdfium


@dataclass(frozen=True, slots=True)
class PrintMetadata:
    """A PDF's own words on its title, publisher, language and day."""

    title: str
    publisher: str
    language: str
    saved: date | None


def read_print_metadata(document: Any) -> PrintMetadata:
    """Collect what the properties of a PDF say."""
    about = document.get_metadata_dict()
    return PrintMetadata(
        title=_clean_title(about.get("Title", "")),
        publisher=about.get("Author", "").strip(),
        language=_read_language(document),
        saved=_parse_date(about.get("CreationDate", "")),
    )


def _read_language(document: Any) -> str:
    length = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)  # bytes of UTF-16
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, length)
    return bytes(buffer).decode("utf-16-le", errors="replace").rstrip("\0")


def _clean_title(title: str) -> str:
    """Drop a title that is only the name of the file it was printed from."""
    title = re.sub(r"^Microsoft (Word|PowerPoint) - ", "", title.strip())
    named_file = re.search(r"\.(docx?|odt|rtf|indd|qxd|pdf|pptx?)$", title, re.IGNORECASE)
    return "" if named_file or title.casefold() in ("untitled", "bez tytułu") else title


def _parse_date(value: str) -> date | None:
    match = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", value)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
