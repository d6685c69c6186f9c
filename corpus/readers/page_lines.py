"""The lines of a web page's main text: its blocks, headings and links."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from corpus.readers.page_furniture import HEADINGS, is_skipped, load_elements
from corpus.readers.page_metadata import is_address
from corpus.reading import Line, LineRole, Link
from corpus.sentences import is_closed

_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_CELLS = frozenset(["td", "th"])
_LISTS = frozenset(["ol", "ul"])
_LETTERS = 26
_STRONG = frozenset(["b", "strong"])
_MAX_STRONG_HEADING_CHARS = 120


@dataclass(slots=True)
class _Paragraph:
    """The text block being read: its characters, and its links with their positions."""

    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    role: LineRole = "text"
    length: int = 0
    words_end: int = 0
    strong: bool = True
    quoted: bool = False

    def add(self, text: str, url: str, *, verbatim: bool, strong: bool, quoted: bool) -> None:
        text = text.replace("\xad", "")
        text = text.replace("\xa0", " ") if verbatim else _SPACES.sub(" ", text)
        if not self.parts or self.parts[-1].endswith((" ", "\t")):
            text = text.lstrip(" ")
        if not text:
            return
        start = self.length + len(text) - len(text.lstrip())
        end = self.length + len(text.rstrip())
        self.parts.append(text)
        self.length += len(text)
        if not text.strip():
            return
        self.strong = self.strong and strong
        self.quoted = quoted
        if url:
            last = self.links[-1] if self.links else None
            if last and last.url == url and last.end == self.words_end:
                self.links[-1] = Link(last.start, end, url)
            else:
                self.links.append(Link(start, end, url))
        self.words_end = end

    def end_cell(self) -> None:
        """Put a tab after the words so far, where there are any."""
        while self.parts and not self.parts[-1].strip():
            self.parts.pop()
        if self.parts:
            self.parts[-1] = self.parts[-1].rstrip()
            self.parts.append("\t")
            self.length = self.words_end + 1

    def make_line(self) -> Line:
        """Give the line; one that stands out throughout is a heading, or set apart as a lead."""
        text = "".join(self.parts).rstrip()
        heading = self.strong and len(text) <= _MAX_STRONG_HEADING_CHARS and not is_closed(text)
        role: LineRole = "heading" if heading and self.role == "text" else self.role
        apart = (self.strong or self.quoted) and role == "text"
        return Line(text, 1, role, tuple(self.links), apart)


class _LineBuilder:
    """Turns the elements of a main text, in document order, into lines."""

    def __init__(self, title: HtmlElement | None) -> None:
        self._title = title
        self.lines: list[Line] = []
        self._paragraph = _Paragraph()
        self._urls = [""]
        self._role: LineRole = "text"
        self._verbatim = 0
        self._strong = 0
        self._quoted = 0
        self._counts: list[int] = []
        self._label = ""
        self._data_row = False

    def open(self, element: HtmlElement) -> None:
        """Begin an element: a block begins a line, an anchor a link."""
        if element.tag in HEADINGS:
            is_title = element.tag == "h1" or element is self._title
            self._role = "title" if is_title else "heading"
        if element.tag == "tr":
            self._data_row = _is_data_row(element)
        if element.tag == "a":
            self._urls.append(_read_url(element))
        self._verbatim += element.tag == "pre"
        self._strong += _stands_out(element)
        self._quoted += element.tag == "blockquote"
        if not self._is_inline(element):
            self.close_line()
        elif element.tag in _CELLS:
            self._paragraph.end_cell()
        if element.tag in _LISTS:
            self._counts.append(_read_number(element.get("start")) or 1)
        elif element.tag == "li":
            self._label = self._count_item(element)

    def close(self, element: HtmlElement) -> None:
        """End an element that was opened."""
        if not self._is_inline(element):
            self.close_line()
        if element.tag in HEADINGS:
            self._role = self._paragraph.role = "text"
        if element.tag == "a":
            self._urls.pop()
        if element.tag in _LISTS:
            self._counts.pop()
        elif element.tag == "li":
            self._label = ""
        self._verbatim -= element.tag == "pre"
        self._strong -= _stands_out(element)
        self._quoted -= element.tag == "blockquote"

    def add(self, text: str) -> None:
        """Add the characters between two tags, after the number of their item in a list."""
        if self._label and text.strip():
            self._add_part(self._label, "", strong=True)
            self._label = ""
        for position, part in enumerate(text.split("\n") if self._verbatim else [text]):
            if position:
                self.close_line()
            self._add_part(part, self._urls[-1], strong=self._strong > 0)

    def _add_part(self, text: str, url: str, *, strong: bool) -> None:
        self._paragraph.add(
            text,
            url,
            verbatim=self._verbatim > 0,
            strong=strong,
            quoted=self._quoted > 0,
        )

    def _count_item(self, item: HtmlElement) -> str:
        """Give the number that a browser writes before an item of an ordered list."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol" or not self._counts:
            return ""
        number = _read_number(item.get("value")) or self._counts[-1]
        self._counts[-1] = number + 1
        letter = parent.get("type")
        if letter in ("a", "A") and 0 < number <= _LETTERS:
            return f"{chr(ord(letter) + number - 1)}. "
        return f"{number}. "

    def close_line(self) -> None:
        """End the line being read, with an empty one before it."""
        if self._paragraph.words_end:
            self.lines += [Line("", 1)] if self.lines else []
            self.lines.append(self._paragraph.make_line())
        self._paragraph = _Paragraph(role=self._role)

    def _is_inline(self, element: HtmlElement) -> bool:
        return element.tag in load_elements("inline") or (self._data_row and element.tag in _CELLS)


def read_main_lines(
    main: HtmlElement,
    title: HtmlElement | None = None,
    menus: AbstractSet[HtmlElement] = frozenset(),
) -> tuple[Line, ...]:
    """Walk the main text without recursion, leaving out `menus` and what else is none of it."""
    length = len(main.text_content() or "")
    kept = {main} if title is None else {main, title, *title.iterancestors()}
    builder = _LineBuilder(title)
    walk = etree.iterwalk(main, events=("start", "end"))
    for event, element in walk:
        skipped = element not in kept and (element in menus or is_skipped(element, main, length))
        if event == "start" and skipped:
            walk.skip_subtree()
        elif event == "start":
            builder.open(element)
            builder.add(element.text or "")
        else:
            if not skipped:
                builder.close(element)
            if element is not main:
                builder.add(element.tail or "")
    builder.close_line()
    return tuple(builder.lines)


def _stands_out(element: HtmlElement) -> bool:
    """Tell what sets its words apart: bold, or a class by which a lead is known."""
    classes = (element.get("class") or "").lower().split()
    return element.tag in _STRONG or not load_elements("lead_classes").isdisjoint(classes)


def _is_data_row(row: HtmlElement) -> bool:
    """Tell a row that reads as one line from one that lays out a page."""
    return all(
        element.tag in load_elements("inline") or element.tag in _CELLS
        for element in row.iterdescendants()
    )


def _read_url(anchor: HtmlElement) -> str:
    href = (anchor.get("href") or "").strip()
    return href if is_address(href) else ""


def _read_number(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"\d{1,6}", value, re.ASCII) else None
