"""Read a PDF by the positions of its characters, with the hyperlinks drawn over them."""

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.errors import UnreadableFile
from corpus.limits import MAX_PAGES
from corpus.readers.ocr import can_scan, check_scan, read_scanned_page
from corpus.readers.print_layout import Glyph, Piece, PrintedLine, make_piece, order_page
from corpus.readers.print_links import LinkArea, find_url, read_link_areas
from corpus.readers.print_metadata import read_print_metadata
from corpus.readers.print_notes import mark_note_numbers
from corpus.readers.print_style import style_lines
from corpus.reading import Line, Link, Reading

WIDE_GAP = 1.2  # characters further apart (in font sizes) belong to different pieces
BOLD_WEIGHT = 600
LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
HYPHENS = "\x02\xad\ufffe"  # how PDFium and typesetters mark a hyphen at a line's end


def read_pdf(path: Path) -> Reading:
    """Give the lines of a PDF in reading order, one column or several.

    A blank line stands where the gap between lines is clearly wider than usual. Running
    heads and page numbers are given as any other line.

    Raises:
        UnreadableFile: the file is missing, damaged, locked, or has no text layer.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except OSError as err:
        raise UnreadableFile("The file cannot be opened.", path=str(path)) from err
    except pypdfium2.PdfiumError as err:
        raise UnreadableFile(_explain(err), path=str(path)) from err
    with closing(document):
        try:
            return _read_document(document, path)
        except pypdfium2.PdfiumError as err:
            raise UnreadableFile(_explain(err), path=str(path)) from err


def _explain(err: pypdfium2.PdfiumError) -> str:
    if err.err_code == pdfium.FPDF_ERR_PASSWORD:
        return "The PDF is protected by a password; save a copy without one first."
    return "The PDF is damaged or is not a PDF at all."


def _read_document(document: Any, path: Path) -> Reading:
    if len(document) > MAX_PAGES:
        raise UnreadableFile(
            f"The PDF has {len(document):,} pages; up to {MAX_PAGES:,} are read.", path=str(path)
        )
    pages: list[tuple[PrintedLine, ...]] = []
    gutter = None
    for number in range(len(document)):
        with closing(document[number]) as page:
            lines, found = order_page(tuple(_read_pieces(page)), gutter)
        gutter = found if found is not None else gutter
        pages.append(lines)
    empty = [number for number, lines in enumerate(pages, 1) if not lines]
    scanned: dict[int, tuple[str, ...]] = {}
    if len(empty) == len(pages):
        check_scan(len(pages), path)
        scanned = dict(_read_scans(document, empty, path))
        if not any(any(lines) for lines in scanned.values()):
            raise UnreadableFile("The PDF is a scan in which OCR finds no words.", path=str(path))
    elif can_scan(len(empty)):
        scanned = dict(_read_scans(document, empty, path))
    about = read_print_metadata(document)
    return Reading(
        lines=tuple(_make_lines(pages, scanned)),
        pages=len(pages),
        title=about.title,
        publisher=about.publisher,
        language=about.language,
        saved=about.saved,
        notes=_note_empty(empty, scanned, len(pages)),
    )


def _read_scans(
    document: Any, pages: Sequence[int], path: Path
) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number in pages:
        with closing(document[number - 1]) as page:
            if _has_picture(page) and any(lines := read_scanned_page(page, path)):
                yield number, lines


def _has_picture(page: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))


def _note_empty(
    empty: Sequence[int], scanned: Mapping[int, Sequence[str]], pages: int
) -> tuple[str, ...]:
    if len(scanned) == pages:
        return ("A scan without a text layer, read by OCR; words may be wrong.",)
    unread = ", ".join(str(page) for page in empty if page not in scanned)
    read = ", ".join(map(str, scanned))
    return (
        *((f"No text layer on page {read}, read by OCR; words may be wrong.",) if read else ()),
        *((f"No text layer on page {unread}.",) if unread else ()),
    )


def _make_lines(
    pages: Sequence[Sequence[PrintedLine]], scanned: Mapping[int, Sequence[str]]
) -> list[Line]:
    lines = [Line(text, page) for page, texts in scanned.items() for text in ("", *texts)]
    for printed, page, role, gap, apart in style_lines(pages):
        if gap:
            lines.append(Line("", page))
        text, links = _join_pieces(printed.pieces)
        lines.append(Line(text, page, role, links, apart))
    return sorted(lines, key=lambda line: line.page)


def _join_pieces(pieces: Sequence[Piece]) -> tuple[str, tuple[Link, ...]]:
    """Give a line's text and, for each run of characters with one address, a link."""
    characters: list[tuple[str, str]] = []
    for piece in pieces:
        if characters:
            characters.append((" ", ""))
        for glyph in mark_note_numbers(piece):
            for character in glyph.text:
                _add_character(characters, character, glyph.url)
    # A break inside a word is marked by a soft hyphen that, at a line's end, is printed.
    if characters and characters[-1][0] in HYPHENS:
        characters[-1] = ("-", characters[-1][1])
    characters = [pair for pair in characters if pair[0] not in HYPHENS]
    text = "".join(character for character, _ in characters)
    links: list[Link] = []
    for position, (character, url) in enumerate(characters):
        if not url or character == " ":
            continue
        if links and links[-1].url == url and not text[links[-1].end : position].strip():
            links[-1] = replace(links[-1], end=position + 1)
        else:
            links.append(Link(position, position + 1, url))
    return text, tuple(links)


def _add_character(characters: list[tuple[str, str]], character: str, url: str) -> None:
    """Add a character, or put an accent that is printed on its own onto its letter."""
    if characters and unicodedata.combining(character):
        composed = unicodedata.normalize("NFC", characters[-1][0] + character)
        if len(composed) == 1:
            characters[-1] = (composed, characters[-1][1])
            return
    characters.append((character, url))


def _read_pieces(page: Any) -> Iterator[Piece]:
    """Cut a page's characters, in the order of the file, at line ends and wide gaps."""
    areas = tuple(read_link_areas(page))
    with closing(page.get_textpage()) as textpage:
        run: list[Glyph] = []
        space = False
        for index in range(textpage.count_chars()):
            text = _read_character(textpage.raw, index)
            if text in ("\r", "\n"):
                if run:
                    yield make_piece(run)
                run, space = [], False
            elif text.isspace():
                space = True
            elif text:
                glyph = _read_glyph(textpage.raw, index, text, areas)
                if run and _starts_piece(run[-1], glyph):
                    yield make_piece(run)
                    run, space = [], False
                if run and space:
                    run.append(replace(glyph, text=" ", url="", left=run[-1].right))
                run.append(glyph)
                space = False
        if run:
            yield make_piece(run)


def _starts_piece(before: Glyph, glyph: Glyph) -> bool:
    size = max(before.size, glyph.size)
    return (
        abs(glyph.baseline - before.baseline) > 0.5 * size
        or glyph.left - before.right > WIDE_GAP * size
        or glyph.left < before.left - size
    )


def _read_character(textpage: Any, index: int) -> str:
    code = pdfium.FPDFText_GetUnicode(textpage, index)
    character = chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"
    if character in LIGATURES:
        return LIGATURES[character]
    if unicodedata.category(character) == "Cc" and character not in "\x02\t\r\n":
        return ""
    return character


def _read_glyph(textpage: Any, index: int, text: str, areas: Sequence[LinkArea]) -> Glyph:
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
    pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
    pdfium.FPDFText_GetMatrix(textpage, index, matrix)
    # The nominal size is often 1 and the text's matrix does the scaling.
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = pdfium.FPDFText_GetFontSize(textpage, index) * scale or 1.0
    url = find_url(areas, (box.left + box.right) / 2, y.value + 0.3 * size)
    return Glyph(text, box.left, box.right, y.value, size, _is_bold(textpage, index), url)


def _is_bold(textpage: Any, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(textpage, index) >= BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(textpage, index, name, len(name), None)
    return re.search(rb"bold|black|heavy", name.value, re.IGNORECASE) is not None
