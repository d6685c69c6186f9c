"""Read a Word document: its paragraphs in order, headings, hyperlinks and properties."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from corpus.errors import UnreadableFile
from corpus.readers.word_runs import SKIPPED, read_words
from corpus.reading import Line, LineRole, Link, Reading
from corpus.sentences import is_closed

# Unpacked: a small archive can hold a huge document. Markup takes ten times its size to hold.
MAX_BYTES = 512 * 1024 * 1024
MAX_MARKUP_BYTES = 128 * 1024 * 1024

_MAX_BOLD_HEADING_CHARS = 120

# What zipfile, lxml and python-docx raise on a damaged archive or a part that is not there.
_DAMAGES = (
    AttributeError,
    EOFError,
    KeyError,
    NotImplementedError,  # zipfile: a way of packing or a version that it does not know
    OSError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    PackageNotFoundError,
)
_PARAGRAPH, _TABLE, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tc")
_BOXES = (_TABLE, qn("w:txbxContent"))


def read_docx(path: Path) -> Reading:
    """Give each paragraph of a Word document as one line; those in tables too.

    Footnotes follow the text.

    Raises:
        UnreadableFile: the file is missing, damaged, locked, too large or has no text.
    """
    _check_archive(path)
    try:
        reading = _read_document(Document(str(path)))
    except _DAMAGES as err:
        if getattr(err, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from err
        raise UnreadableFile(
            "The document is damaged or is not a Word document (.docx).", path=str(path)
        ) from err
    if not reading.lines:
        raise UnreadableFile("The document has no text.", path=str(path))
    return reading


def _read_document(document: WordDocument) -> Reading:
    lines: list[Line] = []
    for line in _read_paragraphs(document):
        lines += [Line("", 1), line] if lines else [line]
    properties = document.core_properties
    # Created is often the day of an old copy or template that was written over.
    saved = properties.modified or properties.created
    return Reading(
        lines=tuple(lines),
        pages=1,
        paragraphs=True,
        title=properties.title.strip(),
        publisher=properties.author.strip(),
        language=properties.language.strip(),
        saved=saved.date() if saved else None,
        heads=tuple(dict.fromkeys(_read_heads(document))),
    )


def _check_archive(path: Path) -> None:
    """Refuse what python-docx would fail on, or what would fill the memory."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
        if start == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise UnreadableFile(
                "The document is protected by a password or in the old .doc format; "
                "save a copy as .docx without a password first.",
                path=str(path),
            )
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            for limit, counted in (
                (MAX_BYTES, members),
                (MAX_MARKUP_BYTES, [m for m in members if m.filename.endswith((".xml", ".rels"))]),
            ):
                if sum(member.file_size for member in counted) > limit:
                    raise UnreadableFile(
                        f"The document unpacks to over {limit // 1024**2} MB.", path=str(path)
                    )
    except (zipfile.BadZipFile, NotImplementedError) as err:
        raise UnreadableFile(
            "The document is damaged or is not a Word document (.docx).", path=str(path)
        ) from err
    except OSError as err:
        raise UnreadableFile("The file cannot be opened.", path=str(path)) from err


def _read_paragraphs(document: WordDocument) -> Iterator[Line]:
    """Give the paragraphs that have text: the body's, then the notes'."""
    roles = _read_style_roles(document)
    notes = _read_parts(document, ("/footnotes", "/endnotes"))
    parts = [(document.element.body, document.part), *notes]
    _number_notes([root for root, _ in parts])
    for root, part in parts:
        for paragraphs in _find_paragraphs(root):
            lines = [_read_paragraph(paragraph, part, roles) for paragraph in paragraphs]
            if any(line.text for line in lines):
                yield _join_cells([line for line in lines if line.text])


def _read_heads(document: WordDocument) -> Iterator[str]:
    """Give the lines of the headers and footers of all sections."""
    for root, part in _read_parts(document, ("/header", "/footer")):
        for paragraph in root.iter(_PARAGRAPH):
            if text := read_words(paragraph, part)[0].strip():
                yield text


def _read_parts(
    document: WordDocument, kinds: tuple[str, ...]
) -> list[tuple[etree._Element, Part]]:
    parser = etree.XMLParser(resolve_entities=False)
    return [
        (etree.fromstring(relation.target_part.blob, parser), relation.target_part)
        for relation in document.part.rels.values()
        if relation.reltype.endswith(kinds) and not relation.is_external
    ]


def _number_notes(roots: list[etree._Element]) -> None:
    """Write the numbers that Word only counts: "[1]" where a note is cited and before it."""
    body, *notes = roots
    counted = 0
    for name in ("footnote", "endnote"):
        numbers: dict[str, int] = {}
        for reference in body.iter(qn(f"w:{name}Reference")):
            key = reference.get(qn("w:id"), "")
            if key not in numbers:
                counted += 1
                numbers[key] = counted
            reference.tag, reference.text = qn("w:t"), f"[{numbers[key]}]"
        for root in notes:
            for note in root.iter(qn(f"w:{name}")):
                paragraph = note.find(qn("w:p"))
                number = numbers.get(note.get(qn("w:id"), ""))
                if paragraph is not None and number:
                    run = etree.Element(qn("w:r"))
                    etree.SubElement(run, qn("w:t")).text = f"[{number}] "
                    paragraph.insert(0, run)


def _find_paragraphs(element: etree._Element) -> Iterator[list[etree._Element]]:
    """Give the paragraphs in order, those of a table row together when it reads as a line.

    A paragraph that is drawn inside another one follows it.
    """
    for child in element:
        if child.tag == _PARAGRAPH:
            yield [child]
        elif child.tag == qn("w:tr"):
            cells = [list(cell.iter(_PARAGRAPH)) for cell in child.iter(qn("w:tc"))]
            if all(len(paragraphs) == 1 for paragraphs in cells):
                yield [paragraphs[0] for paragraphs in cells]
                continue
        if child.tag not in SKIPPED:
            yield from _find_paragraphs(child)


def _join_cells(lines: list[Line]) -> Line:
    """Make one line of the cells of a row, divided by tabs."""
    text, links = lines[0].text, list(lines[0].links)
    for line in lines[1:]:
        text += "\t"
        links += [Link(len(text) + k.start, len(text) + k.end, k.url) for k in line.links]
        text += line.text
    return Line(text, 1, lines[0].role, tuple(links), lines[0].apart and len(lines) == 1)


def _read_paragraph(paragraph: etree._Element, part: Part, roles: dict[str, LineRole]) -> Line:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    role = roles.get(style.get(qn("w:val"), ""), "text") if style is not None else "text"
    text, links = read_words(paragraph, part)
    bold = role == "text" and _is_bold(paragraph)
    if bold and len(text) <= _MAX_BOLD_HEADING_CHARS and not is_closed(text):
        role = "heading"
    apart = role == "text" and (bold or _is_in_box(paragraph))
    return Line(text, 1, role, links, apart)


def _is_in_box(paragraph: etree._Element) -> bool:
    """Tell a paragraph of a text box or of a table of one cell."""
    box = next(paragraph.iterancestors(*_BOXES), None)
    return box is not None and (box.tag != _TABLE or len(list(box.iter(_CELL))) == 1)


def _is_bold(paragraph: etree._Element) -> bool:
    """Tell whether all words of a paragraph are bold, as who uses no styles marks headings."""
    marks = [
        run.find(f"{qn('w:rPr')}/{qn('w:b')}")
        for run in paragraph.iter(qn("w:r"))
        if any((words.text or "").strip() for words in run.iter(qn("w:t")))
    ]
    return bool(marks) and all(
        mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off") for mark in marks
    )


def _read_style_roles(document: WordDocument) -> dict[str, LineRole]:
    """Tell which paragraph styles are a title or a heading, their descendants included.

    Where nothing has the style of a title, the only heading of the first level is it.
    """
    roles: dict[str, LineRole] = {}
    first_level: list[str] = []
    for style in document.styles:
        ancestor = style
        while ancestor is not None and style.style_id not in roles:
            name = (ancestor.name or "").lower()
            if name == "title":
                roles[style.style_id] = "title"
            elif re.match(r"heading \d", name):
                roles[style.style_id] = "heading"
                first_level += [style.style_id] * (name == "heading 1")
            ancestor = getattr(ancestor, "base_style", None)
    used = [style.get(qn("w:val"), "") for style in document.element.body.iter(qn("w:pStyle"))]
    highest = [name for name in used if name in first_level or roles.get(name) == "title"]
    if len(highest) == 1:
        roles[highest[0]] = "title"
    return roles
