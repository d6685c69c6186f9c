"""Lines to the text of one paragraph: broken words, broken addresses, links over line ends."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.layout.lines import TextLine
from corpus.morphology import analyse, analyse_compound_part
from corpus.reading import LineRole, Link
from corpus.sources.urls import goes_on_url

_SOFT_HYPHEN = "\xad"
_MAX_WORD_CHARS = 60
_MAX_URL_CHARS = 500
_LAST_PART = re.compile(r"([^\W\d_]+)-$")
_FIRST_PART = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a heading, joined from its lines.

    `pages` are `(offset, page)` where a page begins in `text`; `width` is the usual length
    of its full lines (0 for a single line), `gap` the blank lines before it, beyond those
    between all lines. `zone` says which page links can belong to it, `note` is the number
    of the footnote that it is.
    """

    text: str
    pages: tuple[tuple[int, int], ...]
    links: tuple[Link, ...] = ()
    role: LineRole = "text"
    gap: int = 0
    width: int = 0
    apart: bool = False
    zone: int = 0
    note: str = ""

    def page_at(self, offset: int) -> int:
        """Give the page of one character."""
        starts = [start for start, _ in self.pages]
        return self.pages[max(0, bisect_right(starts, offset) - 1)][1]


def join_lines(lines: Sequence[TextLine], *, hyphenates: bool) -> Block:
    """Make one block of the lines of a paragraph; `hyphenates` says that words are broken."""
    parts: list[str] = []
    length, tail = 0, ""
    pages: list[tuple[int, int]] = []
    links: list[Link] = []
    for line in lines:
        if parts:
            glued = _glue(tail, line.text, hyphenates=hyphenates)
            if len(glued) < len(tail):
                parts[-1] = parts[-1][:-1]
            elif len(glued) > len(tail):
                parts.append(" ")
            length += len(glued) - len(tail)
            tail = glued
        if not pages or pages[-1][1] != line.page:
            pages.append((length, line.page))
        for link in line.links:
            links.append(Link(length + link.start, length + link.end, link.url))
        parts.append(line.text)
        length += len(line.text)
        tail = (tail + line.text)[-_MAX_URL_CHARS:]  # as much as glue can depend on
    text = "".join(parts)
    full = [len(line.text) for line in lines[:-1]]
    return Block(
        text=text,
        pages=tuple(pages),
        links=_join_links(links, text),
        role=lines[0].role,
        width=round(median(full)) if full else 0,
        apart=lines[0].apart,
        zone=lines[0].zone,
        note=lines[0].note,
    )


def _glue(before: str, after: str, *, hyphenates: bool) -> str:
    """Give the text before with what must stand between it and the next line.

    A hyphen at a line's end belongs to the word ("Mei-ling", "polsko-czeski") unless the
    dictionary knows the word only without it.
    """
    if goes_on_url(before, after):
        return before
    if before.endswith(_SOFT_HYPHEN):
        return before[:-1]
    if not re.search(r"\w[-‑–]$", before[-2:]):
        return f"{before} "
    return before[:-1] if _is_broken_word(before, after, hyphenates=hyphenates) else before


def _is_broken_word(before: str, after: str, *, hyphenates: bool) -> bool:
    first, second = _LAST_PART.search(before[-_MAX_WORD_CHARS:]), _FIRST_PART.match(after)
    if not first or not second or not second[0].islower():
        return False
    if not analyse(first[1] + second[0]) or analyse_compound_part(first[1].lower()):
        return False
    return hyphenates or not (analyse(first[1]) and analyse(second[0]))


def is_hyphenated(lines: Sequence[TextLine]) -> bool:
    """Tell whether the document breaks words: more than once where nothing else is possible."""
    broken = sum(
        _is_broken_word(before.text, after.text, hyphenates=False)
        for before, after in pairwise(lines)
        if before.text.endswith("-")
    )
    return broken > 1


def _join_links(links: Sequence[Link], text: str) -> tuple[Link, ...]:
    """Make one link of a link that runs over a line's end."""
    joined: list[Link] = []
    for link in links:
        if joined and joined[-1].url == link.url and not text[joined[-1].end : link.start].strip():
            joined[-1] = Link(joined[-1].start, link.end, link.url)
        else:
            joined.append(link)
    return tuple(joined)
