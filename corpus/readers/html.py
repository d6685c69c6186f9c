"""Read the main text of a web page, its headings and links, and what it says about itself."""

import codecs
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from charset_normalizer import from_bytes
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from corpus.errors import UnreadableFile
from corpus.limits import MAX_TEXT_BYTES
from corpus.readers.page_metadata import read_page_metadata
from corpus.reading import Line, LineRole, Link, Reading

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")

_CELLS = frozenset(["td", "th"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def read_html(path: Path) -> Reading:
    """Give the paragraphs of a page's main text, each as one line.

    The main text is the page's article, else its main part, else its body without
    navigation, header, footer and asides.

    Raises:
        UnreadableFile: the file is missing, empty, binary, too large or nested too deeply.
    """
    root = _parse(_read_markup(path), path)
    main = _find_main(root)
    lines = _read_lines(main)
    if not lines:
        raise UnreadableFile("The page has no text.", path=str(path))
    about = read_page_metadata(root)
    titles = [line.text for line in lines if line.role == "title"]
    return Reading(
        lines=lines,
        pages=1,
        paragraphs=True,
        title=titles[0] if len(titles) == 1 else about.title,
        publisher=about.publisher,
        language=about.language,
        published=about.published,
        source_url=about.source_url,
    )


@cache
def _load_elements(meaning: str) -> frozenset[str]:
    data = files("corpus").joinpath("data/html.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(data)[meaning])


def _read_markup(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_TEXT_BYTES:
            raise UnreadableFile("The page is larger than 64 MB.", path=str(path))
        data = path.read_bytes()
    except OSError as err:
        raise UnreadableFile("The file cannot be opened.", path=str(path)) from err
    markup = _decode(data)
    if not markup.strip():
        raise UnreadableFile("The file is empty.", path=str(path))
    if len(_CONTROLS.findall(markup)) > len(markup) // 100:
        raise UnreadableFile("The file is not a web page: it holds binary data.", path=str(path))
    return _CONTROLS.sub("", markup)


def _decode(data: bytes) -> str:
    """Decode by the byte order mark, then UTF-8, then what the page declares, then a guess."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    declared = _DECLARED_CHARSET.search(data[:4096])
    # UTF-8 is never valid by chance, whatever an old template declares.
    for encoding in ("utf-8", declared[1].decode("ascii") if declared else "cp1250"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    guess = from_bytes(data).best()
    return str(guess) if guess else data.decode("cp1250", errors="replace")


def _parse(markup: str, path: Path) -> HtmlElement:
    # An XML declaration in a decoded text is refused by the parser.
    markup = re.sub(r"^\s*<\?xml[^>]*>", "", markup)
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(markup.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as err:
        raise UnreadableFile("The page has no text.", path=str(path)) from err
    if any(entry.type == etree.ErrorTypes.ERR_NO_MEMORY for entry in parser.error_log):
        raise MemoryError
    if any("depth" in entry.message for entry in parser.error_log):
        raise UnreadableFile("The page's elements are nested too deeply.", path=str(path))
    return root


def _find_main(root: HtmlElement) -> HtmlElement:
    """Choose the element with the main text; a list of several articles is read whole."""
    for candidates in (
        root.xpath("//article[not(ancestor::article)]"),
        root.xpath("//main | //*[@role='main']"),
    ):
        if len(candidates) == 1 and (candidates[0].text_content() or "").strip():
            return candidates[0]
    body = root.find("body")
    return root if body is None else body


@dataclass(slots=True)
class _Paragraph:
    """The text block being read: its characters, and its links with their positions."""

    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    role: LineRole = "text"
    length: int = 0
    words_end: int = 0
    plain: bool = False

    def add(self, text: str, url: str, *, verbatim: bool, apart: bool) -> None:
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
        self.plain = self.plain or not apart
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
        apart = self.role == "text" and not self.plain
        return Line("".join(self.parts).rstrip(), 1, self.role, tuple(self.links), apart)


class _LineBuilder:
    """Turns the elements of a main text, in document order, into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._paragraph = _Paragraph()
        self._urls = [""]
        self._role: LineRole = "text"
        self._verbatim = 0
        self._apart = 0
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
        self._apart += _is_apart(element)
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
        self._apart -= _is_apart(element)

    def add(self, text: str) -> None:
        """Add the characters between two tags."""
        for position, part in enumerate(text.split("\n") if self._verbatim else [text]):
            if position:
                self.close_line()
            self._paragraph.add(
                part, self._urls[-1], verbatim=bool(self._verbatim), apart=bool(self._apart)
            )

    def close_line(self) -> None:
        """End the line being read, with an empty one before it."""
        if self._paragraph.words_end:
            self.lines += [Line("", 1)] if self.lines else []
            self.lines.append(self._paragraph.make_line())
        self._paragraph = _Paragraph(role=self._role)

    def _is_inline(self, element: HtmlElement) -> bool:
        return element.tag in _load_elements("inline") or (self._data_row and element.tag in _CELLS)


def _read_lines(main: HtmlElement) -> tuple[Line, ...]:
    """Walk the main text without recursion, leaving out what is not part of it."""
    builder = _LineBuilder()
    walk = etree.iterwalk(main, events=("start", "end"))
    for event, element in walk:
        skipped = element is not main and _is_skipped(element, main)
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


def _is_apart(element: HtmlElement) -> bool:
    """Tell what sets its words apart: bold, or a class by which a lead is known."""
    classes = (element.get("class") or "").lower().split()
    return element.tag in ("b", "strong") or not _load_elements("lead_classes").isdisjoint(classes)


def _is_data_row(row: HtmlElement) -> bool:
    """Tell a row that reads as one line from one that lays out a page."""
    return all(
        element.tag in _load_elements("inline") or element.tag in _CELLS
        for element in row.iterdescendants()
    )


def _is_skipped(element: HtmlElement, main: HtmlElement) -> bool:
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
    return "display:none" in style


def _read_url(anchor: HtmlElement) -> str:
    href = (anchor.get("href") or "").strip()
    return href if re.match(r"https?://[^\s/]", href, re.IGNORECASE) else ""
