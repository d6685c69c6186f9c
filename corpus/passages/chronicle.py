"""Which blocks begin with a date: their own, or one that a heading above them gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.dates.grammar import (
    EventDate,
    find_bare_date,
    find_event_date,
    find_head,
    read_whole_date,
)
from corpus.dates.points import Point
from corpus.dates.years import nearest_year
from corpus.layout.blocks import Block
from corpus.layout.signs import is_heading, section_kind, strip_numeral

_MIN_DATE_LINES = 2
_NEAR_BLOCKS = 3
_MIN_BARE_DATES = 3
_MIN_BARE_SHARE = 0.5
_MAX_DATE_LINE_CHARS = 60
# Under the heading of a month a day is enough: "12. USA – …", "3–5: …", "2.6. W Kijowie …".
_DAY = re.compile(r"(?P<day>\d{1,2})\.?(?:\s?[-–—]\s?(?P<last>\d{1,2})\.?)?(?=\s|:)")
_DAY_OF_MONTH = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.?\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ„])")
_AFTER_DAY = re.compile(r"\s*:\s*|\s+[-–—]\s+")
# "Źródło: brak", "(a) …", "[1] …" under a date go on with what stands there.
_NO_EVENT = re.compile(r"[(\[]|(?:źródł[oa]|fot|więcej)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dating:
    """What dates say of each block: the date of its event, whether it is a date's heading."""

    event: EventDate | None = None
    heading: bool = False


def date_blocks(blocks: Sequence[Block]) -> tuple[Dating, ...]:
    """Tell for each block the date of the event that it is, if it is one.

    Headings of months ("STYCZEŃ 2031", "Maj") lend the events below them their year, and
    lines that are nothing but a date lend it to the blocks below, each of them an event.
    One line of either sort, if not among events, is more likely the document's date. Where most
    paragraphs begin with a date, nothing needs to set it off from what follows.
    """
    lines = [_read_date_line(block) for block in blocks]
    months = [line for line in lines if line and line.last.day is None]
    days = [line for line in lines if line and line.last.day is not None]
    many = {"month": len(months) >= _MIN_DATE_LINES, "day": len(days) >= _MIN_DATE_LINES}
    bare = _has_bare_dates(blocks)
    month: Point | None = None
    day: EventDate | None = None
    found: list[Dating] = []
    for block, line in zip(blocks, lines, strict=True):
        among_events = any(dating.event for dating in found[-_NEAR_BLOCKS:])
        marked = block.role != "text" and any(many.values())
        if line and (many[line.last.precision] or marked or among_events):
            if line.last.day is None:
                month, day = _carry_year(_begin(line), month), None
            else:
                day = _lend_year(line, month)
            found.append(Dating(heading=True))
            continue
        if section_kind(block.text):
            day = None
        own = find_event_date(block.text) or _find_day(block.text, month)
        if own is None and bare:
            own = find_bare_date(block.text)
        if own is not None:
            found.append(Dating(_lend_year(own, month)))
        elif day is not None and block.role == "text" and not _NO_EVENT.match(block.text):
            found.append(Dating(replace(day, end=0)))
        else:
            found.append(Dating())
    return tuple(found)


def _has_bare_dates(blocks: Sequence[Block]) -> bool:
    """Tell whether the document is written so that a paragraph begins with its date."""
    texts = [block.text for block in blocks if block.role == "text" and not is_heading(block.text)]
    dated = [find_bare_date(text) is not None for text in texts]
    return sum(dated) >= max(_MIN_BARE_DATES, _MIN_BARE_SHARE * len(texts))


def _begin(line: EventDate) -> Point:
    """Give the first month of a heading's, with its year: that of "styczeń–luty 2031"."""
    first, last = line.first, line.last
    if first.year is not None or last.year is None:
        return first
    return replace(first, year=last.year - ((first.month or 0) > (last.month or 0)))


def _read_date_line(block: Block) -> EventDate | None:
    if len(block.text) > _MAX_DATE_LINE_CHARS:
        return None
    return read_whole_date(strip_numeral(block.text))


def _carry_year(point: Point, before: Point | None) -> Point:
    """Give a month its year from the month before it, when only the first one names it."""
    if point.year is not None or before is None or before.year is None:
        return point
    turned = (point.month or 1) < (before.month or 1)
    return replace(point, year=before.year + turned)


def _lend_year(event: EventDate, month: Point | None) -> EventDate:
    """Give an event without a year that of the heading above, or the one next to it."""
    if event.year is not None or month is None or month.year is None:
        return event
    if event.last.years_ago is not None:
        return event
    year = nearest_year(event.last, month.year, month.month or 1)
    return replace(event, last=replace(event.last, year=year))


def _find_day(text: str, month: Point | None) -> EventDate | None:
    """Give the day of the heading's month with which a block begins."""
    if month is None:
        return None
    if (full := _DAY_OF_MONTH.match(text)) and int(full["month"]) == month.month:
        point = Point(month=month.month, day=int(full["day"]))
        return EventDate(point, point, full.end())
    day = _DAY.match(text)
    if day is None:
        return None
    begin = day.end() + text.startswith(" ", day.end())
    after = _AFTER_DAY.match(text, day.end())
    if after is None and not find_head(text, begin):
        return None
    first = Point(month=month.month, day=int(day["day"]))
    last = replace(first, day=int(day["last"] or day["day"]))
    return EventDate(first, last, after.end() if after else begin)
