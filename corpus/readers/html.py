"""Read the main text of a web page, its headings and links, and what it says about itself."""

import codecs
import re
from pathlib import Path

from charset_normalizer import from_bytes
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from corpus.errors import UnreadableFile
from corpus.limits import MAX_TEXT_BYTES
from corpus.readers.page_lines import read_main_lines
from corpus.readers.page_metadata import PageMetadata, read_page_metadata
from corpus.readers.page_texts import (
    Amounts,
    find_main,
    find_menus,
    find_title,
    measure_texts,
)
from corpus.reading import Line, Reading

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


def read_html(path: Path) -> Reading:
    """Give the paragraphs of a page's main text, each as one line.

    The main text is the page's article, else its main part, else what stands around its
    title, without navigation, header, footer, asides and lists of the site's own links.

    Raises:
        UnreadableFile: the file is missing, empty, binary, too large or nested too deeply.
    """
    root = parse_page(_read_markup(path), path)
    about = read_page_metadata(root)
    amounts = measure_texts(root, about.source_url)
    heading = find_title(root, about.title)
    main = _choose_main(root, heading, amounts)
    lines = read_main_lines(main, heading, find_menus(main, amounts))
    if not lines:
        raise UnreadableFile("The page has no text.", path=str(path))
    return make_page_reading(lines, about)


def make_page_reading(lines: tuple[Line, ...], about: PageMetadata) -> Reading:
    """Give a page's lines with what it says of itself; its only title is over that in its head."""
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


def parse_page(markup: str, path: Path) -> HtmlElement:
    """Parse a page as far as it can be understood. Raises: UnreadableFile."""
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


def _choose_main(root: HtmlElement, title: HtmlElement | None, amounts: Amounts) -> HtmlElement:
    """Choose the element with the main text; a list of several articles is read whole."""
    for candidates in (
        root.xpath("//article[not(ancestor::article)]"),
        root.xpath("//main | //*[@role='main']"),
    ):
        if len(candidates) == 1 and (candidates[0].text_content() or "").strip():
            return candidates[0]
    body = find_body(root)
    return body if title is None else find_main(body, title, amounts)


def find_body(root: HtmlElement) -> HtmlElement:
    """Give the part of a page that is shown."""
    body = root.find("body")
    return root if body is None else body
