"""Read a part of a year or of a month: a season, a quarter, "druga połowa maja"."""

import re
from dataclasses import replace

from corpus.dates.calendar import find_month, find_season, load_calendar
from corpus.dates.points import BadDate, Point, Span
from corpus.dates.relative import read_years_ago

YEAR_MARK = r"(?:\s*(?:r\.|roku\b|r\b))?"
_SEASON = re.compile(
    r"(?P<name>[^\W\d_]{4,})(?:\s?(?:[-–—/]|\bi\b)\s?(?P<last>[^\W\d_]{4,}))?"
    rf"\s+(?P<year>\d{{4}})(?:/\d{{2,4}})?{YEAR_MARK}"
)
_MORE_YEARS = re.compile(r"\s?(?:[-–—,]|\bi\b|\boraz\b)\s?\d{4}")
_PART_OF_YEAR = re.compile(
    r"(?P<number>[IV]{1,3}|[1-4]|[^\W\d_]{5,})\.?"
    r"(?:\s*(?:[-–—/]|\bi\b|\boraz\b)\s*(?P<last>[IV]{1,3}|[1-4]|[^\W\d_]{5,})\.?)?"
    rf"\s*(?P<part>[^\W\d_]+)\.?(?:\s+(?P<year>\d{{4}})(?!\d){YEAR_MARK})?"
)
_ENGLISH_QUARTER = re.compile(
    r"Q(?P<number>[1-4])(?:\s?[-–—/]\s?Q?(?P<last>[1-4]))?[\s/-]*(?P<year>\d{4})", re.IGNORECASE
)
_HALF_OF_MONTH = re.compile(
    r"(?P<number>I{1,2}|[12]|[^\W\d_]{5,})\.?\s*(?P<part>[^\W\d_]{3,})\.?\s+(?P<name>[^\W\d_]{3,})"
    rf"(?:\s+(?P<year>\d{{4}})(?!\d){YEAR_MARK})?"
)
_HALF_A_YEAR = 6
_MIDDLE_DAY = 15


def read_part(text: str, at: int) -> Span | None:
    """Read a part of a year or of a month. Raises: BadDate."""
    return _read_half_of_month(text, at) or _read_part_of_year(text, at)


def _read_half_of_month(text: str, at: int) -> Span | None:
    """Read the half of a month, which is as exact as its days: "II połowa maja 2023"."""
    found = _HALF_OF_MONTH.match(text, at)
    if found is None or load_calendar().parts.get(found["part"].lower()) != _HALF_A_YEAR:
        return None
    half, month = _ordinal(found["number"]), find_month(found["name"])
    if month is None or half not in (1, 2):
        return None
    whole = Point(int(found["year"]) if found["year"] else None, month)
    middle = replace(whole, day=_MIDDLE_DAY + half - 1)
    if half == 1:
        return read_years_ago(text, Span(replace(whole, day=1), middle, found.end()))
    return read_years_ago(text, Span(middle, whole, found.end()))


def _read_part_of_year(text: str, at: int) -> Span | None:
    """Read a season, a quarter or a half-year. Raises: BadDate."""
    calendar = load_calendar()
    if (found := _SEASON.match(text, at)) and (month := find_season(found["name"])):
        last_month = find_season(found["last"] or found["name"])
        # "na lata 2019–2020" speaks of years, not of a summer.
        if last_month is None or _MORE_YEARS.match(text, found.end()):
            return None
        return _span_months(int(found["year"]), month, 3 + (last_month - month) % 12, found.end())
    if found := _ENGLISH_QUARTER.match(text, at):
        number, last_number = int(found["number"]), int(found["last"] or found["number"])
        if last_number < number:
            raise BadDate(f"The period {found[0]} ends before it starts.")
        months_long = 3 * (last_number - number + 1)
        return _span_months(int(found["year"]), 3 * number - 2, months_long, found.end())
    found = _PART_OF_YEAR.match(text, at)
    months = calendar.parts.get(found["part"].lower()) if found else None
    if found is None or months is None:
        return None
    first = _ordinal(found["number"])
    last = _ordinal(found["last"]) if found["last"] else first
    if first is None or last is None:
        return None
    if last * months > 12:
        raise BadDate(f"A year has no such part as “{found[0]}”.")
    year = int(found["year"]) if found["year"] else None
    span = Span(
        Point(year, 1 + (first - 1) * months),
        Point(year, last * months),
        found.end(),
    )
    span = read_years_ago(text, span)
    # "I połowa" of nothing is no date.
    dated = span.last.year is not None or span.last.years_ago is not None
    return span if dated else None


def _span_months(year: int, month: int, months: int, end: int) -> Span:
    last = month + months - 1
    return Span(Point(year, month), Point(year + (last > 12), (last - 1) % 12 + 1), end)


def _ordinal(word: str) -> int | None:
    return int(word) if word.isdigit() else load_calendar().ordinals.get(word.lower())
