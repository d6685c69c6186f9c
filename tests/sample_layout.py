"""Lay a sample text out as the plain text files that analysts really have.

The sources in `tests/data/sample` are written once, for people: a paragraph per line, with
`# ` and `## ` before headings, `> ` before a lead, `<address>` lines below the event they
belong to, `**…**` around a run-in heading, `[words](address)` for a hyperlink, `{a | b}` for
a table row and `---` before the closing note. This module gives them the look of text pulled
out of a printed page.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["title", "heading", "lead", "paragraph", "row", "note"]

MONITOR_WIDTH = 80
MONITOR_PAGE_LINES = 26
COLUMN_WIDTH = 62
COLUMN_LINES = 23
LEAD_WIDTH = 95

_MARKS: tuple[tuple[str, BlockKind], ...] = (
    ("## ", "heading"),
    ("# ", "title"),
    ("> ", "lead"),
    ("{", "row"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a source and the addresses given for it."""

    kind: BlockKind
    text: str
    urls: tuple[str, ...] = ()


def parse_source(source: str) -> tuple[Block, ...]:
    """Read the blocks of a source text."""
    blocks: list[Block] = []
    closing = False
    for line in filter(None, map(str.strip, source.splitlines())):
        if line == "---":
            closing = True
        elif re.fullmatch(r"<\S+>", line):
            owner = blocks.pop()
            blocks.append(Block(owner.kind, owner.text, (*owner.urls, line[1:-1])))
        else:
            mark, kind = next(
                ((mark, kind) for mark, kind in _MARKS if line.startswith(mark)), ("", "paragraph")
            )
            blocks.append(Block("note" if closing else kind, line[len(mark) :].rstrip("}")))
    return tuple(blocks)


def split_event(text: str) -> tuple[str, str, str]:
    """Cut an event into its date with the colon, its headline and its body.

    >>> split_event("7-9 maja: nota ds. handlu. Minister jej nie zna.")
    ('7-9 maja: ', 'nota ds. handlu.', ' Minister jej nie zna.')
    """
    match = re.match(r"(\d[^:]{3,30}: )(.+?[.?])(?= [A-ZĄĆĘŁŃÓŚŹŻ„]|$)", text)
    if not match:
        return "", "", text
    return match[1], match[2], text[match.end() :]


def lay_out_monitor(source: str) -> str:
    """Lay a monitor out as double-spaced pages, each closed by the addresses of its events.

    A page starts with one leading space; an event's addresses stand at the end of the page
    on which the event starts, in the middle of its sentence when it goes on overleaf.
    """
    pages: list[str] = []
    lines: list[str] = []
    urls: list[str] = []

    def close_page() -> None:
        page = "\n\n".join(lines)
        pages.append(" " + "\n".join([page + "\n", *urls] if urls else [page]))
        lines.clear()
        urls.clear()

    for line, line_urls in _print_monitor_lines(parse_source(source)):
        if len(lines) >= MONITOR_PAGE_LINES and line.strip():
            close_page()
        lines.append(line)
        urls.extend(line_urls)
    close_page()
    return "\n".join(pages) + "\n"


def _print_monitor_lines(blocks: Iterable[Block]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each printed line, with the addresses of the event that starts on it."""
    for number, block in enumerate(blocks):
        if block.kind == "title":
            if number > 4:
                yield " ", ()
            yield block.text + " ", ()
            yield " ", ()
            continue
        if block.kind == "note":
            yield from [(" ", ())] * 3
        wrapped = textwrap.wrap(block.text, MONITOR_WIDTH)
        for position, line in enumerate(wrapped):
            last = position == len(wrapped) - 1
            yield line + ("  " if last and number % 3 else " "), block.urls if not position else ()


def lay_out_bulletin(source: str) -> str:
    """Lay a bulletin out as the columns of two pages, with the lead frame between them.

    Columns break in mid-sentence with a blank line; the lead is double-spaced, wider, and
    stands where the text frame of the first page ends.
    """
    blocks = parse_source(source)
    titles = [block.text for block in blocks if block.kind == "title"]
    leads = [block.text for block in blocks if block.kind == "lead"]
    body: list[str] = []
    for block in blocks:
        if block.kind == "paragraph":
            text = block.text.replace("**", "")
            body += [*(f"{line} " for line in textwrap.wrap(text, COLUMN_WIDTH)), ""]
    page, rest = body[: 2 * COLUMN_LINES], body[2 * COLUMN_LINES :]
    lead = "\n\n".join(f"{line} " for text in leads for line in textwrap.wrap(text, LEAD_WIDTH))
    frames = ["\n\n".join(titles), _print_columns(page), lead, _print_columns(rest)]
    return "\n".join(f" {frame.strip()} " for frame in frames) + "\n"


def _print_columns(lines: list[str]) -> str:
    columns = (lines[at : at + COLUMN_LINES] for at in range(0, len(lines), COLUMN_LINES))
    return "\n\n".join("\n".join(column).strip() for column in columns)
