"""A result as a Word document: the passages in order, each with its source in a footnote.

`python-docx` makes the frame, with styles and properties. The passages are written straight
into the archive, one after another, because a tree of ten thousand of them would not be small.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO, RawIOBase
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import docx
from babel.numbers import format_decimal
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from corpus.document import Document, Passage
from web.citations import text_below, write_footnote
from web.days import name_day, name_range
from web.exports import Export
from web.labels import name_kind, name_pair
from web.languages import load_translations, locale_of
from web.sources import find_host
from web.xml_text import escape_text, keep_characters

_BODY = "word/document.xml"
_NOTES = "word/footnotes.xml"
_SPOOLED_BYTES = 1 << 20
# Word keeps the first two numbers for the lines that part notes from text.
_FIRST_NOTE = 2
_NOTES_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r>'
    "<w:continuationSeparator/></w:r></w:p></w:footnote>"
)
_NOTES_END = "</w:footnotes>"


def write_docx(export: Export) -> Iterator[bytes]:
    """Give a briefing, in pieces."""
    out = _Outlet()
    with (
        zipfile.ZipFile(BytesIO(_make_frame(export))) as frame,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        SpooledTemporaryFile(_SPOOLED_BYTES) as notes,
    ):
        for item in frame.infolist():
            if item.filename not in (_BODY, _NOTES):
                archive.writestr(item, frame.read(item), zipfile.ZIP_DEFLATED)
        before, after = _split_body(frame.read(_BODY).decode())
        with archive.open(_BODY, "w") as body:
            body.write(before.encode())
            for piece in _write_passages(export, notes):
                body.write(piece.encode())
                if out.size > _SPOOLED_BYTES:
                    yield out.take()
            body.write(after.encode())
        notes.seek(0)
        with archive.open(_NOTES, "w") as footnotes:
            footnotes.write(_NOTES_BEGIN.encode())
            while chunk := notes.read(_SPOOLED_BYTES):
                footnotes.write(chunk)
                yield out.take()
            footnotes.write(_NOTES_END.encode())
    yield out.take()


class _Outlet(RawIOBase):
    """Where an archive is written that is sent on as it grows."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]  # whatever has a buffer
        self._pieces.append(piece)
        self.size += len(piece)
        return len(piece)

    def take(self) -> bytes:
        whole = b"".join(self._pieces)
        self._pieces, self.size = [], 0
        return whole


def _make_frame(export: Export) -> bytes:
    """Give a Word document with styles, properties and a heading, but without passages."""
    say = load_translations(export.language).gettext
    frame = docx.Document()
    for style in frame.styles:
        for fonts in style.element.findall(f".//{qn('w:rFonts')}"):
            # The names of a theme would win over that of the font.
            for name in [key for key in fonts.attrib if key.endswith("Theme")]:
                del fonts.attrib[name]
    for language in frame.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "pl-PL")
    _set_fonts(frame)
    section = frame.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    notes = Part(PackURI(f"/{_NOTES}"), CONTENT_TYPE.WML_FOOTNOTES, b"", frame.part.package)
    frame.part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)

    title = keep_characters(export.query) or say("Everything")
    frame.core_properties.title = title[:255]
    frame.core_properties.author = "Kwerenda"
    frame.core_properties.created = export.exported.replace(tzinfo=None)
    frame.core_properties.comments = keep_characters(_describe(export))[:255]
    frame.add_heading(title, 0)
    frame.add_paragraph(keep_characters(_describe(export)), "Subtitle")
    if export.relaxed:
        frame.add_paragraph(
            say("No passage has all the words; these have the most telling of them."), "Subtitle"
        )
    saved = BytesIO()
    frame.save(saved)
    return saved.getvalue()


def _set_fonts(frame: Any) -> None:
    """Give the styles that are used letters of an ink, and sizes for reading on paper."""
    styles = frame.styles
    for name, size in (("Normal", 11), ("Title", 20), ("Subtitle", 10), ("Heading 2", 12)):
        font = styles[name].font
        font.name, font.size, font.color.rgb = "Calibri", Pt(size), RGBColor(0x1B, 0x22, 0x20)
        font.italic = False
    note = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    note.base_style, note.font.size = styles["Normal"], Pt(9)
    note.element.set(qn("w:styleId"), "FootnoteText")
    mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    mark.element.set(qn("w:styleId"), "FootnoteReference")


def _describe(export: Export) -> str:
    """Say what question this answers, of which index and when, and where to ask it again."""
    translations = load_translations(export.language)
    locale = locale_of(export.language)
    total = format_decimal(export.total, locale=locale)
    documents = format_decimal(export.documents, locale=locale)
    counted = translations.ngettext("%(num)s passage", "%(num)s passages", export.total)
    origins = translations.ngettext(
        "from %(num)s document", "from %(num)s documents", export.documents
    )
    origin = translations.gettext("Kwerenda, search %(search)s, index %(generation)s, %(date)s") % {
        "search": export.search,
        "generation": export.generation,
        "date": name_day(export.exported.date(), export.language),
    }
    return f"{counted % {'num': total}} {origins % {'num': documents}}. {origin}."


def _split_body(xml: str) -> tuple[str, str]:
    """Give what stands before and after the place of the passages."""
    at = xml.rindex("<w:sectPr")
    return xml[:at], xml[at:]


def _write_passages(export: Export, notes: IO[bytes]) -> Iterator[str]:
    """Give the paragraphs of each passage; its footnote goes to `notes`."""
    for number, (passage, label) in enumerate(export.passages, start=_FIRST_NOTE):
        document = export.document_of(label.id)
        notes.write(_write_note(number, passage, document, export).encode("utf-8", "replace"))
        lines = [line.strip() for line in text_below(passage).splitlines()]
        body = [("", line) for line in lines if line]
        heading = [("Heading2", _write_heading(passage, export))]
        if passage.pairs:
            pairs = ", ".join(name_pair(pair, export.language) for pair in passage.pairs)
            heading.append(("Subtitle", pairs))
        anchor = (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            f'<w:footnoteReference w:id="{number}"/></w:r>'
        )
        paragraphs = [*heading, *body]
        noted = len(paragraphs) - 1 if body else 0
        for at, (style, text) in enumerate(paragraphs):
            yield _paragraph(style, _run(text) + (anchor if at == noted else ""))


def _write_heading(passage: Passage, export: Export) -> str:
    name = passage.headline or f"{name_kind(passage.kind, export.language)} {passage.label}".strip()
    if not passage.dates:
        return name
    when = name_range(passage.dates, passage.date_precision, export.language)
    return f"{when}: {name}"


def _write_note(number: int, passage: Passage, document: Document, export: Export) -> str:
    link = export.link_to(passage.id)
    footnote = write_footnote(passage, document, link, export.exported.date(), export.language)
    before, _, after = footnote.rpartition(link)
    runs = [
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>',
        _run(f" {before}"),
        _link(link),
        _run(after),
    ]
    for source in passage.sources:
        runs += [_run(" "), _link(source.url)]
    return f'<w:footnote w:id="{number}">{_paragraph("FootnoteText", "".join(runs))}</w:footnote>'


def _paragraph(style: str, runs: str) -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{runs}</w:p>"


def _run(text: str) -> str:
    return (
        f'<w:r><w:t xml:space="preserve">{escape_text(" ".join(text.split(chr(10))))}</w:t></w:r>'
    )


def _link(url: str) -> str:
    """Give an address that a click follows, if it is one that a browser may follow."""
    if not find_host(url) or '"' in url:
        return _run(url)
    return (
        f'<w:fldSimple w:instr="{escape_text(f"""HYPERLINK "{url}" """)}">{_run(url)}</w:fldSimple>'
    )
