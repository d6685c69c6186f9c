"""Text frames: where each began, which of them is out of its place, which begin a page.

A text pulled out of a PDF may show where a frame of text began only by one leading space.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.layout.imprints import is_byline, is_imprint_line
from corpus.layout.lines import Setting, TextLine, measure_setting
from corpus.layout.signs import is_sign
from corpus.sentences import is_closed
from corpus.sources.urls import link_url

_MAX_FRAME_SHARE = 1 / 3
_MIN_APART_LINES = 3
_MAX_TITLE_LINES = 4
_MAX_TITLE_CHARS = 300
_OTHER_WIDTH = 1.2


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines that were set together; `misplaced` when they interrupt another frame's sentence.

    `opening` frames stand above the text: an imprint, the `title`, the authors.
    """

    lines: tuple[TextLine, ...]
    opening: bool = False
    title: bool = False
    apart: bool = False
    misplaced: bool = False


def arrange_frames(lines: Sequence[TextLine], *, paged: bool) -> tuple[TextLine, ...]:
    """Give the lines in reading order, each with its frame and, unless `paged`, its page.

    A frame begins a page, but for those on the first page that are set for themselves: a
    title, a lead. A lead that interrupts a sentence comes before it.
    """
    starts = _find_frame_starts(lines)
    if len(starts) < 2:
        return tuple(lines)
    frames = _describe_frames(
        [tuple(lines[start:end]) for start, end in zip(starts, [*starts[1:], None], strict=True)]
    )
    order: list[tuple[TextLine, ...]] = []
    page = 1
    for number, frame in enumerate(frames):
        before = frames[number - 1] if number else None
        goes_on = before is None or before.opening or (before.apart and not before.misplaced)
        page += not goes_on and not frame.apart
        marked = tuple(
            replace(
                line,
                frame=number,
                apart=frame.apart or line.apart,
                role="title" if frame.title else line.role,
                page=line.page if paged else page,
            )
            for line in frame.lines
        )
        order.insert(len(order) - frame.misplaced, marked)
    return tuple(line for frame_lines in order for line in frame_lines)


def _find_frame_starts(lines: Sequence[TextLine]) -> list[int]:
    """Give the lines after one leading space, if that can only be the sign of a frame.

    It is when the first line has it, when no line is indented otherwise, and when no
    blank line stands before any of them: a frame follows what ends the one before.
    """
    starts = [index for index, line in enumerate(lines) if line.indent]
    systematic = (
        starts[:1] == [0]
        and all(lines[index].indent == 1 for index in starts)
        and all(lines[index].gap == 0 for index in starts[1:])
        and len(starts) <= 1 + _MAX_FRAME_SHARE * len(lines)
    )
    return starts if systematic else []


def _describe_frames(parts: Sequence[tuple[TextLine, ...]]) -> list[Frame]:
    openings, title = _find_openings(parts)
    usual = measure_setting([line for part in parts[openings:] for line in part])
    frames: list[Frame] = []
    for number, part in enumerate(parts):
        opening = number < openings
        apart = (
            not opening
            and len(part) >= _MIN_APART_LINES
            and _is_set_apart(measure_setting(part), usual)
        )
        misplaced = (
            apart
            and 0 < number < len(parts) - 1
            and _is_interrupted(parts[number - 1][-1].text, parts[number + 1][0].text)
        )
        frames.append(Frame(part, opening, number == title, apart, misplaced))
    return frames


def _find_openings(parts: Sequence[Sequence[TextLine]]) -> tuple[int, int]:
    """Tell how many frames stand above the text, and which of them is the title, else -1."""
    title = -1
    for number, (part, following) in enumerate(pairwise(parts)):
        text = " ".join(line.text for line in part)
        imprint = is_imprint_line(text) or is_byline(text)
        if not _is_opening(part, following) or (title >= 0 and not imprint):
            return number, title
        title = title if imprint else number
    return len(parts) - 1, title


def _is_opening(frame: Sequence[TextLine], following: Sequence[TextLine]) -> bool:
    return (
        len(frame) <= _MAX_TITLE_LINES
        and sum(len(line.text) for line in frame) <= _MAX_TITLE_CHARS
        and not any(is_sign(line.text) or link_url(line.text) for line in frame)
        and not following[0].text[0].islower()
    )


def _is_set_apart(setting: Setting, usual: Setting) -> bool:
    return setting.wrapped and (
        setting.pitch != usual.pitch or setting.width > _OTHER_WIDTH * usual.width
    )


def _is_interrupted(before: str, after: str) -> bool:
    """Tell whether the sentence before a frame goes on after it."""
    return not is_closed(before) and re.match(r"[A-ZĄĆĘŁŃÓŚŹŻ]", after) is None
