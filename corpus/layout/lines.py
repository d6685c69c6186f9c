"""A reading's lines made clean, and how they are set."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.reading import Line, LineRole, Link, Reading
from corpus.sources.urls import goes_on_url, link_url

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_DROPPED = dict.fromkeys(map(ord, _INVISIBLE))
_MIN_WRAPPED_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line without the space around and the doubled space inside it.

    `gap` counts the blank lines before it, `indent` the spaces; `frame` numbers the text
    frames. `apart` says that its paragraph or its frame is set unlike the rest. `zone` says
    which links can belong to it, `note` is the number of the footnote that it begins.
    """

    text: str
    raw: str
    page: int
    gap: int
    indent: int = 0
    role: LineRole = "text"
    links: tuple[Link, ...] = ()
    frame: int = 0
    apart: bool = False
    zone: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """How lines are set: blank lines between them, their usual length, whether they wrap."""

    pitch: int
    width: int
    wrapped: bool


def clean_lines(reading: Reading) -> tuple[TextLine, ...]:
    """Give the lines that are not blank, each with the blank lines before it counted."""
    lines: list[TextLine] = []
    gap = 0
    for line in reading.lines:
        text, links = _clean(line, cells=reading.paragraphs)
        if not text:
            gap += 1
            continue
        indent = len(line.text) - len(line.text.lstrip())
        raw = line.text.strip()
        lines.append(
            TextLine(text, raw, line.page, gap, indent, line.role, links, apart=line.apart)
        )
        gap = 0
    return tuple(lines)


def join_broken_links(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Join an address that stands on lines of its own and was broken at a hyphen or slash."""
    joined: list[TextLine] = []
    for line in lines:
        before = joined[-1] if joined else None
        if (
            before is not None
            and line.gap == line.indent == 0
            and line.page == before.page
            and link_url(before.text)
            and goes_on_url(before.text, line.text) == len(line.text)
        ):
            joined[-1] = replace(before, text=before.text + line.text, raw=before.raw + line.raw)
        else:
            joined.append(line)
    return tuple(joined)


def measure_setting(lines: Sequence[TextLine]) -> Setting:
    """Give how running lines are set, judged by those that can only go on: in small letters."""
    running = [line for line in lines if line.role == "text" and not link_url(line.text)]
    if len(running) < 2:
        return Setting(pitch=0, width=len(running[0].text) if running else 0, wrapped=False)
    gaps = Counter(line.gap for line in running[1:] if line.text[0].islower())
    wrapped = gaps.total() >= _MIN_WRAPPED_SHARE * (len(running) - 1)
    pitch = min(gaps, key=lambda gap: (-gaps[gap], gap)) if gaps and wrapped else 0
    return Setting(pitch, round(median(len(line.text) for line in running)), wrapped)


def _clean(line: Line, *, cells: bool) -> tuple[str, tuple[Link, ...]]:
    """Collapse space, drop invisible characters, and move the links along.

    A tab stays where it divides the `cells` of a table's row.
    """
    if not line.links:
        parts = line.text.translate(_DROPPED).split("\t" if cells else None)
        return ("\t" if cells else " ").join(" ".join(part.split()) for part in parts).strip(), ()
    kept: list[str] = []
    places: list[int] = []
    for char in line.text:
        places.append(len(kept))
        if char in _INVISIBLE:
            continue
        if not char.isspace():
            kept.append(char)
        elif cells and char == "\t":
            while kept and kept[-1] == " ":
                kept.pop()
            kept.append(char)
        elif kept and not kept[-1].isspace():
            kept.append(" ")
    places.append(len(kept))
    text = "".join(kept).rstrip()
    links = []
    for link in line.links:
        start, end = places[link.start], min(places[link.end], len(text))
        if start < end:
            links.append(Link(start, end, link.url))
    return text, tuple(links)
