"""Render sample texts as PDF files, the same bytes each time.

The font (Roboto, with all Polish letters) lies in `tests/data/fonts`, so no machine needs to
have one installed. A monitor's headlines are hyperlinks and its addresses are not printed; a
bulletin has a title and a lead across the page and two columns below.
"""

import re
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
)
from sample_layout import Block, parse_source, split_event

FONTS = Path(__file__).parent / "data" / "fonts"
WIDTH, HEIGHT = A4
MARGIN = 62.0
GUTTER = 20.0

Furnish = Callable[[Canvas, BaseDocTemplate], None]


def render_monitor_pdf(
    source: str, path: Path, *, title: str = "", author: str = "", day: str = "20240305"
) -> None:
    """Write a monitor source as a one-column PDF whose headlines carry the links."""
    register_fonts()
    flowables: list[Flowable] = [_set_monitor_block(block) for block in parse_source(source)]
    frame = Frame(MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN, id="text")
    template = PageTemplate("page", [frame], onPage=_furnish(title or "Monitor", day))
    _build(path, [template], flowables, title=title, author=author)


def render_bulletin_pdf(
    source: str, path: Path, *, title: str = "", author: str = "", day: str = "20240610"
) -> None:
    """Write a bulletin source as a PDF of two columns below a title and a lead."""
    register_fonts()
    blocks = parse_source(source)
    head: list[Flowable] = [
        _set_block(block, TITLE if block.kind == "title" else LEAD)
        for block in blocks
        if block.kind in ("title", "lead")
    ]
    body: list[Flowable] = [
        _set_bulletin_paragraph(block) for block in blocks if block.kind == "paragraph"
    ]
    full_width = WIDTH - 2 * MARGIN
    head_height = sum(
        flowable.wrap(full_width, HEIGHT)[1] + flowable.getSpaceAfter() for flowable in head
    )
    top = HEIGHT - MARGIN - head_height - 20
    furnish = _furnish("Biuletyn", day)
    first = PageTemplate(
        "first",
        [Frame(MARGIN, top, full_width, HEIGHT - MARGIN - top, 0, 0, 0, 0), *_set_columns(top)],
        onPage=furnish,
    )
    later = PageTemplate("later", _set_columns(HEIGHT - MARGIN), onPage=furnish)
    story = [NextPageTemplate("later"), *head, FrameBreak(), *body]
    _build(path, [first, later], story, title=title, author=author)


def _style(name: str, size: float, leading: float, **options: object) -> ParagraphStyle:
    return ParagraphStyle(
        name, fontName="Roboto", fontSize=size, leading=leading, spaceAfter=leading * 0.6, **options
    )


TEXT = _style("text", 11, 15)
HEADING = _style("heading", 13, 18)
NOTE = _style("note", 9, 12, spaceBefore=24)
TITLE = _style("title", 20, 24)
LEAD = _style("lead", 13, 18)
COLUMN = _style("column", 11, 15, alignment=TA_JUSTIFY)


def register_fonts() -> None:
    """Make the font known to reportlab, once."""
    if "Roboto" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Roboto", FONTS / "Roboto-Regular.ttf"))
        pdfmetrics.registerFont(TTFont("Roboto-Bold", FONTS / "Roboto-Bold.ttf"))
        pdfmetrics.registerFontFamily("Roboto", normal="Roboto", bold="Roboto-Bold")


def _set_monitor_block(block: Block) -> Paragraph:
    if block.kind == "title":
        return _set_block(block, HEADING)
    if block.kind == "note":
        return _set_block(block, NOTE)
    date, headline, body = split_event(block.text)
    linked = _link_words(headline, block.urls)
    return Paragraph(f"{escape(date)}{linked}{escape(body)}", TEXT)


def _link_words(headline: str, urls: tuple[str, ...]) -> str:
    """Divide the words of a headline among its links."""
    if not urls:
        return escape(headline)
    words = headline.split(" ")
    share = -(-len(words) // len(urls))
    return " ".join(
        f'<a href={quoteattr(url)} color="#1a4f8b">{escape(" ".join(part))}</a>'
        for position, url in enumerate(urls)
        if (part := words[position * share : (position + 1) * share])
    )


def _set_block(block: Block, style: ParagraphStyle) -> Paragraph:
    text = escape(block.text)
    return Paragraph(f"<b>{text}</b>" if style in (HEADING, TITLE, LEAD) else text, style)


def _set_bulletin_paragraph(block: Block) -> Paragraph:
    return Paragraph(re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(block.text)), COLUMN)


def _set_columns(top: float) -> list[Frame]:
    width = (WIDTH - 2 * MARGIN - GUTTER) / 2
    return [
        Frame(left, MARGIN, width, top - MARGIN, 0, 0, 0, 0)
        for left in (MARGIN, MARGIN + width + GUTTER)
    ]


def _furnish(running_head: str, day: str) -> Furnish:
    """Draw a running head and a page number on each page, and date the file."""

    def furnish(canvas: Canvas, _template: BaseDocTemplate) -> None:
        canvas.setDateFormatter(lambda *_: f"D:{day}090000+00'00'")
        canvas.setFont("Roboto", 9)
        canvas.drawString(MARGIN, HEIGHT - 40, running_head)
        canvas.drawCentredString(WIDTH / 2, 36, str(canvas.getPageNumber()))

    return furnish


def _build(
    path: Path, templates: list[PageTemplate], story: list[Flowable], *, title: str, author: str
) -> None:
    document = BaseDocTemplate(
        str(path), pagesize=A4, invariant=1, title=title, author=author, lang="pl-PL"
    )
    document.addPageTemplates(templates)
    document.build(story)
