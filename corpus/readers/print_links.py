"""The rectangles of a printed page that lead to web pages."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A rectangle of a page that leads to an address."""

    left: float
    bottom: float
    right: float
    top: float
    url: str


def find_url(areas: Sequence[LinkArea], x: float, y: float) -> str:
    """Give the address over a point; of overlapping areas, that of the nearest middle."""
    over = [area for area in areas if area.left <= x <= area.right and area.bottom <= y <= area.top]
    return min(over, key=lambda area: abs((area.bottom + area.top) / 2 - y)).url if over else ""


def read_link_areas(page: Any) -> Iterator[LinkArea]:
    """Give the rectangles of a page's links to web pages; one over two lines has two."""
    document = page.pdf.raw
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page.raw, position, link):
        url = _read_url(document, link)
        if not re.match(r"https?://", url, re.IGNORECASE):
            continue
        quads = pdfium.FPDFLink_CountQuadPoints(link)
        for number in range(quads):
            quad = pdfium.FS_QUADPOINTSF()
            if pdfium.FPDFLink_GetQuadPoints(link, number, quad):
                xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                yield LinkArea(min(xs), min(ys), max(xs), max(ys), url)
        rect = pdfium.FS_RECTF()
        if not quads and pdfium.FPDFLink_GetAnnotRect(link, rect):
            yield LinkArea(rect.left, rect.bottom, rect.right, rect.top, url)


def _read_url(document: Any, link: Any) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
    buffer = ctypes.create_string_buffer(length or 1)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.value.decode("utf-8", errors="replace")
