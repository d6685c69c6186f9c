"""Lines to paragraphs: what belongs together is joined, what is no text is set aside."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from corpus.document import Furniture
from corpus.layout.frames import arrange_frames
from corpus.layout.furniture import find_furniture
from corpus.layout.lines import (
    Setting,
    TextLine,
    clean_lines,
    join_broken_links,
    measure_setting,
)
from corpus.layout.signs import Sign, find_signs, is_numbered_heading
from corpus.morphology import analyse, analyse_compound_part
from corpus.reading import LineRole, Link, Reading
from corpus.sentences import is_closed
from corpus.sources.urls import goes_on_url, link_number, link_url

_SHORT_LINE = 0.6
_FULL_LINE = 0.75
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
    between all lines. `zone` says which page links can belong to it.
    """

    text: str
    pages: tuple[tuple[int, int], ...]
    links: tuple[Link, ...] = ()
    role: LineRole = "text"
    gap: int = 0
    width: int = 0
    apart: bool = False
    zone: int = 0

    def page_at(self, offset: int) -> int:
        """Give the page of one character."""
        starts = [start for start, _ in self.pages]
        return self.pages[max(0, bisect_right(starts, offset) - 1)][1]


@dataclass(frozen=True, slots=True)
class PageLink:
    """A URL that stands on a line of its own; it can belong to what begins in its zone.

    `number` is that of the footnote it is, if it is one.
    """

    url: str
    zone: int
    page: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's paragraphs in reading order, and what was set aside, in the file's."""

    blocks: tuple[Block, ...]
    links: tuple[PageLink, ...]
    furniture: tuple[Furniture, ...]
    pages: int


def lay_out(reading: Reading) -> Layout:
    """Join a reading's lines into blocks and set the furniture aside."""
    lines = clean_lines(reading)
    if not reading.paragraphs:
        lines = join_broken_links(arrange_frames(lines, paged=reading.pages > 1))
    aside = find_furniture(lines, paged=not reading.paragraphs)
    pages = max([reading.pages, *(line.page for line in lines)])
    zones = _number_zones(lines, aside, pages)
    kept: list[TextLine] = []
    kept_zones: list[int] = []
    gap = 0
    for index, line in enumerate(lines):
        if index in aside:
            gap = max(gap, line.gap)
        else:
            kept.append(replace(line, gap=max(gap, line.gap)))
            kept_zones.append(zones[index])
            gap = 0
    return Layout(
        blocks=tuple(_join_lines(kept, kept_zones, whole=reading.paragraphs)),
        links=tuple(
            PageLink(
                link_url(lines[index].text),
                zones[index],
                lines[index].page,
                link_number(lines[index].text),
            )
            for index, kind in sorted(aside.items())
            if kind == "link"
        ),
        furniture=tuple(
            Furniture(kind, lines[index].page, lines[index].raw)
            for index, kind in sorted(aside.items())
        ),
        pages=pages,
    )


def _number_zones(lines: Sequence[TextLine], aside: Mapping[int, str], pages: int) -> list[int]:
    """Give each line its page, or, in a file without pages, the link block it stands before."""
    if pages > 1:
        return [line.page for line in lines]
    zones = []
    zone = 0
    for index in range(len(lines)):
        if aside.get(index - 1) == "link" and aside.get(index) != "link":
            zone += 1
        zones.append(zone)
    return zones


def _join_lines(lines: Sequence[TextLine], zones: Sequence[int], *, whole: bool) -> list[Block]:
    settings = _measure_frames(lines)
    detached = [
        index > 0 and line.gap > settings[line.frame].pitch for index, line in enumerate(lines)
    ]
    signs = find_signs([line.text for line in lines], detached)
    groups: list[list[int]] = []
    for index, line in enumerate(lines):
        goes_on = (
            bool(groups)
            and not whole
            and _goes_on(lines, groups[-1], index, signs, settings[line.frame])
        )
        if goes_on:
            groups[-1].append(index)
        else:
            groups.append([index])
    hyphenates = _is_hyphenated(lines)
    blocks = []
    for group in groups:
        first = lines[group[0]]
        block = _join_group([lines[index] for index in group], hyphenates=hyphenates)
        gap = max(0, first.gap - settings[first.frame].pitch)
        blocks.append(replace(block, gap=gap, zone=zones[group[0]]))
    return blocks


def _measure_frames(lines: Sequence[TextLine]) -> dict[int, Setting]:
    """Give each frame's setting, the document's for frames too small to tell."""
    everything = measure_setting(lines)
    frames: dict[int, list[TextLine]] = {}
    for line in lines:
        frames.setdefault(line.frame, []).append(line)
    own = {number: measure_setting(frame) for number, frame in frames.items()}
    return {
        number: setting if setting.wrapped and len(frames[number]) > 3 else everything
        for number, setting in own.items()
    }


def _goes_on(
    lines: Sequence[TextLine],
    group: Sequence[int],
    index: int,
    signs: Sequence[Sign | None],
    setting: Setting,
) -> bool:
    """Tell whether a line goes on with the paragraph of the line before it."""
    before, line = lines[index - 1], lines[index]
    detached = line.gap > setting.pitch
    if before.role != "text" or line.role != "text":
        return before.role == line.role and not detached
    if signs[group[0]] == "heading":
        in_capitals = before.text.isupper() and line.text.isupper()
        return in_capitals and not detached and not is_numbered_heading(line.text)
    if signs[index] is not None or before.apart != line.apart:
        return False
    begins_small = line.text[0].islower()
    if is_closed(before.text):
        short = len(before.text) < _SHORT_LINE * setting.width
        return begins_small or (not detached and setting.wrapped and not short)
    if detached:
        full = len(group) > 1 and len(before.text) >= _FULL_LINE * setting.width
        return begins_small or full
    return begins_small or len(before.text) >= _SHORT_LINE * setting.width


def _join_group(lines: Sequence[TextLine], *, hyphenates: bool) -> Block:
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


def _is_hyphenated(lines: Sequence[TextLine]) -> bool:
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
