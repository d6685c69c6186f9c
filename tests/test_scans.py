"""Pages that are pictures: read by OCR where it is installed."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from readings import get_texts
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from sample_pdf import register_fonts

from corpus.errors import UnreadableFile
from corpus.readers.ocr import find_tesseract
from corpus.readers.pdf import read_pdf


def draw_lines(path: Path, *lines: str) -> Path:
    register_fonts()
    canvas = Canvas(str(path), invariant=1)
    canvas.setFont("Roboto", 12)
    for row, text in enumerate(lines):
        canvas.drawString(60, 760 - 20 * row, text)
    canvas.save()
    return path


def draw_scan(path: Path, *lines: str, pages: int = 1) -> Path:
    """Write a PDF whose pages are pictures of a printed page."""
    printed = draw_lines(path.with_name("printed.pdf"), *lines)
    with closing(pypdfium2.PdfDocument(printed)) as document:
        picture = ImageReader(document[0].render(scale=3).to_pil())
    canvas = Canvas(str(path))
    for _ in range(pages):
        canvas.drawImage(picture, 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PATH", "")
    find_tesseract.cache_clear()
    yield
    find_tesseract.cache_clear()


@pytest.mark.usefixtures("without_tesseract")
def test_pdf_without_text_layer_names_ocr(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"needs OCR: install Tesseract .*or run ocrmypdf"):
        read_pdf(draw_scan(tmp_path / "scan.pdf", "Tekst"))


needs_tesseract = pytest.mark.skipif(
    not find_tesseract() and "CI" not in os.environ,
    reason="Tesseract with its Polish data is not installed",
)


@needs_tesseract
def test_scan_is_read_by_ocr_and_says_so(tmp_path: Path) -> None:
    words = "Źdźbło trawy i żółta łódź odpłynęły wczoraj z Gdańska"
    reading = read_pdf(draw_scan(tmp_path / "scan.pdf", words, "oraz z Gdyni na Maltę."))
    assert get_texts(reading) == [words, "oraz z Gdyni na Maltę."]
    assert reading.notes == ("A scan without a text layer, read by OCR; words may be wrong.",)


@needs_tesseract
def test_scan_of_many_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="scan of 50 pages; up to 40 are read by OCR"):
        read_pdf(draw_scan(tmp_path / "scan.pdf", "Tekst", pages=50))


@needs_tesseract
def test_scan_without_words_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="OCR finds no words"):
        read_pdf(draw_scan(tmp_path / "scan.pdf", ""))


def draw_mixed(path: Path) -> Path:
    """Write a PDF with a page of text, one that is a picture, and another page of text."""
    scan = draw_scan(path.with_name("scan.pdf"), "Prom płynie na Maltę.")
    text = draw_lines(path.with_name("text.pdf"), "Tekst")
    with closing(pypdfium2.PdfDocument.new()) as document:
        for part in (text, scan, text):
            with closing(pypdfium2.PdfDocument(part)) as source:
                document.import_pages(source)
        document.save(path)
    return path


@needs_tesseract
def test_only_pages_without_text_are_read_by_ocr(tmp_path: Path) -> None:
    reading = read_pdf(draw_mixed(tmp_path / "a.pdf"))
    assert [(line.page, line.text) for line in reading.lines if line.text] == [
        (1, "Tekst"),
        (2, "Prom płynie na Maltę."),
        (3, "Tekst"),
    ]
    assert reading.notes == ("No text layer on page 2, read by OCR; words may be wrong.",)


@pytest.mark.usefixtures("without_tesseract")
def test_pages_without_text_are_noted_where_there_is_no_ocr(tmp_path: Path) -> None:
    reading = read_pdf(draw_mixed(tmp_path / "a.pdf"))
    assert get_texts(reading) == ["Tekst", "Tekst"]
    assert reading.notes == ("No text layer on page 2.",)
