"""Lines to paragraphs: what belongs together is joined, what is no text is set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.document import Furniture
from corpus.layout.blocks import Block, is_hyphenated, join_lines
from corpus.layout.frames import arrange_frames
from corpus.layout.furniture import find_furniture
from corpus.layout.imprints import is_byline, is_imprint_line
from corpus.layout.lines import (
    Setting,
    TextLine,
    clean_lines,
    join_broken_links,
    measure_setting,
)
from corpus.layout.notes import move_notes
from corpus.layout.page_marks import number_pages
from corpus.layout.signs import (
    Sign,
    find_numbered_sections,
    find_signs,
    is_numbered_heading,
    is_open,
    read_label,
)
from corpus.reading import Reading
from corpus.sentences import is_closed
from corpus.sources.urls import link_number, link_url

_SHORT_LINE = 0.6
_FULL_LINE = 0.75
_OPENING_LINES = 12


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
    """A document's paragraphs in reading order, and what was set aside, in the file's.

    `links_follow` says that links stand below their paragraphs, not at the ends of pages.
    """

    blocks: tuple[Block, ...]
    links: tuple[PageLink, ...]
    furniture: tuple[Furniture, ...]
    pages: int
    links_follow: bool = False


def lay_out(reading: Reading) -> Layout:
    """Join a reading's lines into blocks and set the furniture aside."""
    lines = clean_lines(reading)
    if not reading.paragraphs:
        lines = join_broken_links(arrange_frames(lines, paged=reading.pages > 1))
        lines = number_pages(lines)
    aside = find_furniture(lines, paged=not reading.paragraphs)
    pages = max([reading.pages, *(line.page for line in lines)])
    links_follow = pages == 1 or _links_follow(lines, aside)
    zones = _number_zones(lines, aside, by_page=not links_follow)
    kept: list[TextLine] = []
    gap = 0
    for index, line in enumerate(lines):
        if index in aside:
            gap = max(gap, line.gap)
        else:
            kept.append(replace(line, gap=max(gap, line.gap), zone=zones[index]))
            gap = 0
    if not reading.paragraphs:
        kept = list(move_notes(kept))
    for index in find_numbered_sections([line.text for line in kept]):
        kept[index] = replace(kept[index], role="heading")
    return Layout(
        blocks=tuple(_make_blocks(kept, whole=reading.paragraphs)),
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
        furniture=(
            *(Furniture("running_head", 1, head) for head in reading.heads),
            *(
                Furniture(kind, lines[index].page, lines[index].raw)
                for index, kind in sorted(aside.items())
            ),
        ),
        pages=pages,
        links_follow=links_follow,
    )


def _links_follow(lines: Sequence[TextLine], aside: Mapping[int, str]) -> bool:
    """Tell whether most blocks of links have text below them on their own page."""
    last_text: dict[int, int] = {}
    for index, line in enumerate(lines):
        if index not in aside:
            last_text[line.page] = index
    blocks = [
        index for index, kind in aside.items() if kind == "link" and aside.get(index + 1) != "link"
    ]
    inside = sum(index < last_text.get(lines[index].page, -1) for index in blocks)
    return inside > len(blocks) / 2


def _number_zones(
    lines: Sequence[TextLine], aside: Mapping[int, str], *, by_page: bool
) -> list[int]:
    """Give each line its page, or the block of links that it stands before."""
    if by_page:
        return [line.page for line in lines]
    zones = []
    zone = 0
    for index in range(len(lines)):
        if aside.get(index - 1) == "link" and aside.get(index) != "link":
            zone += 1
        zones.append(zone)
    return zones


def _make_blocks(lines: Sequence[TextLine], *, whole: bool) -> list[Block]:
    settings = _measure_frames(lines)
    detached = [
        index > 0 and line.gap > settings[line.frame].pitch for index, line in enumerate(lines)
    ]
    signs = find_signs(
        [line.text for line in lines], detached, [line.role != "text" for line in lines]
    )
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
    hyphenates = is_hyphenated(lines)
    blocks = []
    for group in groups:
        first = lines[group[0]]
        block = join_lines([lines[index] for index in group], hyphenates=hyphenates)
        gap = max(0, first.gap - settings[first.frame].pitch)
        blocks.append(replace(block, gap=gap))
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
    reaches_end = len(before.text) >= _SHORT_LINE * setting.width
    if before.role != "text" or line.role != "text":
        return before.role == line.role and not detached and not read_label(line.text)
    if signs[group[0]] == "heading":
        wraps = setting.wrapped and reaches_end
        return not detached and (wraps or is_open(before.text)) and _is_one_heading(before, line)
    if signs[index] is not None or line.note or before.apart != line.apart:
        return False
    if index < _OPENING_LINES and (_stands_alone(before.text) or _stands_alone(line.text)):
        return False
    begins_small = line.text[0].islower()
    if is_closed(before.text):
        return begins_small or (not detached and setting.wrapped and reaches_end)
    if detached:
        full = len(group) > 1 and len(before.text) >= _FULL_LINE * setting.width
        return begins_small or full
    return begins_small or (reaches_end if setting.wrapped else is_open(before.text))


def _is_one_heading(before: TextLine, line: TextLine) -> bool:
    """Tell whether two lines in capitals can be one heading, rather than one under another."""
    return before.text.isupper() and line.text.isupper() and not is_numbered_heading(line.text)


def _stands_alone(line: str) -> bool:
    """Tell whether a line above the text is its own paragraph: an imprint, the authors' names."""
    return is_imprint_line(line) or (not is_closed(line) and is_byline(line))
