"""Read Markdown as the web page that it stands for."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from corpus.errors import UnreadableFile
from corpus.layout.signs import is_sign
from corpus.readers.front_matter import split_front_matter
from corpus.readers.html import find_body, make_page_reading, parse_page
from corpus.readers.page_lines import read_main_lines
from corpus.readers.text import read_characters
from corpus.reading import Reading
from corpus.sentences import is_closed

_MAX_NESTING = 60
_LINE_BREAK = re.compile(r"\r\n?|[\f\v\x85\u2028\u2029]")
_ADDRESS_LINE = re.compile(r"[ \t]*<?(?:https?://|www\.)[^\s<>]+>?[ \t]*", re.IGNORECASE)
_ADDRESS = re.compile(r"://[^\s<>\[\]`]*[^\s<>\[\]`*_~]")
_FOOTNOTE = re.compile(r"(?P<defined>^ {0,3})?\[\^(?P<name>[^\]\s]+)\](?(defined):)", re.MULTILINE)


def read_markdown(path: Path) -> Reading:
    """Give the paragraphs, headings and links of a Markdown file; HTML in it is read as such.

    Raises: UnreadableFile.
    """
    about, text = split_front_matter(_LINE_BREAK.sub("\n", read_characters(path)))
    page = parse_page(f"<body>{_render(text, path)}</body>", path)
    lines = read_main_lines(find_body(page))
    if not lines:
        raise UnreadableFile(f"{path.name} has no text.", path=str(path))
    return make_page_reading(lines, about)


def _render(text: str, path: Path) -> str:
    parser = _make_parser()
    lines = _number_footnotes(text).split("\n")
    environment: dict[str, object] = {}
    tokens = parser.parse("\n".join(_set_apart(lines)), environment)
    # What is nested deeper would be left out.
    if any(token.level >= _MAX_NESTING - 1 for token in tokens):
        raise UnreadableFile(f"{path.name} is nested too deeply.", path=str(path))
    return str(parser.renderer.render(tokens, parser.options, environment))


@cache
def _make_parser() -> MarkdownIt:
    """Make a parser of CommonMark with tables that leaves the author's words as they are.

    Indented paragraphs are text, as in a typewritten page, not a program's code.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING})
    parser.enable(["table", "strikethrough"]).disable("code")
    parser.normalizeLink = parser.normalizeLinkText = _keep_address  # type: ignore[method-assign, assignment]
    parser.inline.ruler.before("text", "address", _read_address)
    parser.core.ruler.after("block", "labels", _write_labels)
    return parser


def _keep_address(url: str) -> str:
    return url


def _read_address(state: StateInline, silent: bool) -> bool:
    """Take an address in running text as it is: its "_" and "*" are no emphasis."""
    found = _ADDRESS.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def _write_labels(state: StateCore) -> None:
    """Write the numbers of list items as the author counted them: "3)", "12."."""
    label = ""
    for token in state.tokens:
        if token.type in ("ordered_list_open", "ordered_list_close"):
            token.tag = "ul"
        elif token.type in ("list_item_open", "list_item_close"):
            label = f"{token.info}\\{token.markup} " if token.info else ""
        elif token.type == "inline":
            token.content, label = label + token.content, ""


def _set_apart(lines: list[str]) -> Iterator[str]:
    """Put blank lines around addresses on lines of their own, before events and labels.

    Without them Markdown would make one paragraph of lines that are none.
    """
    before = ""
    for line in lines:
        alone = _ADDRESS_LINE.fullmatch(line) is not None
        if alone or (is_closed(before) and is_sign(line)):
            yield ""
        yield line
        if alone:
            yield ""
        before = line


def _number_footnotes(text: str) -> str:
    """Write footnotes as they are printed: "[1]" where one is cited and before it."""
    numbers: dict[str, int] = {}

    def write(found: re.Match[str]) -> str:
        number = numbers.setdefault(found["name"], len(numbers) + 1)
        return ("\n" if found["defined"] is not None else "") + f"\\[{number}\\]"

    return _FOOTNOTE.sub(write, text)
