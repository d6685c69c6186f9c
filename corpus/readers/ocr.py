"""Read the words of a scanned page by Tesseract, where it is installed with Polish."""

import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from corpus.errors import UnreadableFile

LANGUAGE = "pol"
DOTS_PER_INCH = 300
MAX_PAGES = 40  # a page takes seconds, and a file may take minutes
_MAX_SIDE_PIXELS = 6_000

ADVICE = (
    "install Tesseract with its Polish data (packages tesseract-ocr and tesseract-ocr-pol), "
    "or run ocrmypdf -l pol on the file first"
)


@cache
def find_tesseract() -> str:
    """Give the program's path, empty when it is not there or knows no Polish."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    said = subprocess.run(  # noqa: S603
        [program, "--list-langs"], capture_output=True, check=False, timeout=30
    )
    return program if LANGUAGE in said.stdout.decode(errors="replace").split() else ""


def check_scan(pages: int, path: Path) -> None:
    """Raise UnreadableFile when a scan of so many pages cannot be read here."""
    if not find_tesseract():
        raise UnreadableFile(
            f"The PDF has no text layer; it looks like a scan and needs OCR: {ADVICE}.",
            path=str(path),
        )
    if pages > MAX_PAGES:
        raise UnreadableFile(
            f"The PDF is a scan of {pages} pages; up to {MAX_PAGES} are read by OCR. "
            "Run ocrmypdf -l pol on it first.",
            path=str(path),
        )


def can_scan(pages: int) -> bool:
    """Tell whether so many pages of a PDF that has text elsewhere can be read here."""
    return 0 < pages <= MAX_PAGES and bool(find_tesseract())


def read_scanned_page(page: Any, path: Path) -> tuple[str, ...]:
    """Give the lines of a page's picture; an empty one between paragraphs.

    Raises: UnreadableFile.
    """
    scale = min(DOTS_PER_INCH / 72, _MAX_SIDE_PIXELS / max(page.get_size()))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        picture = _write_portable_map(bitmap)
    finally:
        bitmap.close()
    said = subprocess.run(  # noqa: S603
        [find_tesseract(), "stdin", "stdout", "-l", LANGUAGE, "--psm", "3"],
        input=picture,
        capture_output=True,
        check=False,
    )
    if said.returncode:
        raise UnreadableFile("The scan could not be read by OCR.", path=str(path))
    text = said.stdout.decode("utf-8", errors="replace").replace("\f", "")
    return tuple(line.strip() for line in text.strip().split("\n"))


def _write_portable_map(bitmap: Any) -> bytes:
    """Give a grey picture in the simplest of the formats that Tesseract reads."""
    assert bitmap.format == pdfium.FPDFBitmap_Gray
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    pixels = bytes(bitmap.buffer)
    rows = (pixels[row * stride : row * stride + width] for row in range(height))
    return b"P5 %d %d 255\n" % (width, height) + b"".join(rows)
