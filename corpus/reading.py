"""What every reader gives: the lines of a file, before any understanding."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

LineRole = Literal["text", "title", "heading"]


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink on the characters `[start, end)` of one line; `url` byte-exact."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands in the file, without its line break.

    `role` is set only by formats that mark headings (HTML, DOCX, PDF fonts); a plain text
    leaves it at "text". `links` are the hyperlinks on the line's own characters.
    `apart` says that its whole paragraph is set apart, in bold or in a box, as a lead is.
    Formats without lines give one `Line` per paragraph and an empty `Line` between.
    """

    text: str
    page: int
    role: LineRole = "text"
    links: tuple[Link, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's lines in reading order and what the file says about itself.

    `paragraphs` is true when each non-empty line is a whole paragraph (HTML, DOCX), so
    that nothing has to be joined. `pages` is at least 1. `published` is what the file says
    of its publication, `saved` only the day on which a program wrote it: a document that is
    printed again years later has a new one. `heads` stand above and below the text of every
    page, where a format keeps them apart from it.
    """

    lines: tuple[Line, ...]
    pages: int
    paragraphs: bool = False
    title: str = ""
    publisher: str = ""
    language: str = ""
    published: date | None = None
    saved: date | None = None
    source_url: str = ""
    heads: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
