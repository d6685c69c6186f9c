"""The lines of a web page's main text: its blocks, headings, links, and what is none of it."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from lxml import etree
from lxml.html import HtmlElement

from corpus.reading import Line, LineRole, Link
from corpus.sentences import is_closed

_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_NAME_PARTS = re.compile(r"[a-z]+")
_CELLS = frozenset(["td", "th"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_STRONG = frozenset(["b", "strong"])
_MAX_STRONG_HEADING_CHARS = 120
_MAX_SKIPPED_SHARE = 0.5


@cache
def _load_elements(meaning: str) -> frozenset[str]:
    data = files("corpus").joinpath("data/html.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(data)[meaning])


@dataclass(slots=True)
class _Paragraph:
    """The text block being read: its characters, and its links with their positions."""

    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    role: LineRole = "text"
    length: int = 0
    words_end: int = 0
    strong: bool = True

    def add(self, text: str, url: str, *, verbatim: bool, strong: bool) -> None:
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
        return Line(text, 1, role, tuple(self.links), apart=self.strong and role == "text")


class _LineBuilder:
    """Turns the elements of a main text, in document order, into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._paragraph = _Paragraph()
        self._urls = [""]
        self._role: LineRole = "text"
        self._verbatim = 0
        self._strong = 0
        self._data_row = False

    def open(self, element: HtmlElement) -> None:
        """Begin an element: a block begins a line, an anchor a link."""
        if element.tag in _HEADINGS:
            self._role = "title" if element.tag == "h1" else "heading"
        if element.tag == "tr":
            self._data_row = _is_data_row(element)
        if element.tag == "a":
            self._urls.append(_read_url(element))
        self._verbatim += element.tag == "pre"
        self._strong += _stands_out(element)
        if not self._is_inline(element):
            self.close_line()
        elif element.tag in _CELLS:
            self._paragraph.end_cell()

    def close(self, element: HtmlElement) -> None:
        """End an element that was opened."""
        if not self._is_inline(element):
            self.close_line()
        if element.tag in _HEADINGS:
            self._role = self._paragraph.role = "text"
        if element.tag == "a":
            self._urls.pop()
        self._verbatim -= element.tag == "pre"
        self._strong -= _stands_out(element)

    def add(self, text: str) -> None:
        """Add the characters between two tags."""
        for position, part in enumerate(text.split("\n") if self._verbatim else [text]):
            if position:
                self.close_line()
            self._paragraph.add(
                part,
                self._urls[-1],
                verbatim=bool(self._verbatim),
                strong=bool(self._strong),
            )

    def close_line(self) -> None:
        """End the line being read, with an empty one before it."""
        if self._paragraph.words_end:
            self.lines += [Line("", 1)] if self.lines else []
            self.lines.append(self._paragraph.make_line())
        self._paragraph = _Paragraph(role=self._role)

    def _is_inline(self, element: HtmlElement) -> bool:
        return element.tag in _load_elements("inline") or (self._data_row and element.tag in _CELLS)


def read_main_lines(main: HtmlElement) -> tuple[Line, ...]:
    """Walk the main text without recursion, leaving out what is not part of it."""
    length = len(main.text_content() or "")
    builder = _LineBuilder()
    walk = etree.iterwalk(main, events=("start", "end"))
    for event, element in walk:
        skipped = element is not main and _is_skipped(element, main, length)
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
    return element.tag in _STRONG or not _load_elements("lead_classes").isdisjoint(classes)


def _is_data_row(row: HtmlElement) -> bool:
    """Tell a row that reads as one line from one that lays out a page."""
    return all(
        element.tag in _load_elements("inline") or element.tag in _CELLS
        for element in row.iterdescendants()
    )


def _is_skipped(element: HtmlElement, main: HtmlElement, length: int) -> bool:
    """Tell what is not part of the text: furniture of the page and hidden elements."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _load_elements("skipped") or "hidden" in element.attrib:
        return True
    if (
        element.get("role") in _load_elements("skipped_roles")
        or element.get("aria-hidden") == "true"
    ):
        return True
    if tag == "header" and main.tag == "body":
        return element.find(".//h1") is None
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or _is_named_furniture(element, length)


def _is_named_furniture(element: HtmlElement, length: int) -> bool:
    """Tell by its class or id what a site adds to a text; a wrapper of most of it is none."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    parts = set(_NAME_PARTS.findall(names))
    untitled = "header" in parts and element.find(".//h1") is None
    if not untitled and parts.isdisjoint(_load_elements("skipped_names")):
        return False
    return len(element.text_content() or "") < _MAX_SKIPPED_SHARE * length


def _read_url(anchor: HtmlElement) -> str:
    href = (anchor.get("href") or "").strip()
    return href if re.match(r"https?://[^\s/]", href, re.IGNORECASE) else ""
