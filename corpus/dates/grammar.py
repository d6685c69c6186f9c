"""Dates: before an event, inside a line, in a user's query. One grammar for all three."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from corpus.dates.calendar import find_month, find_roman_month, find_season
from corpus.document import DatePrecision, DateRange

Precision = Literal["day", "month", "year"]


class BadDate(ValueError):
    """A date that cannot be: an impossible day, a range that ends before it starts."""


@dataclass(frozen=True, slots=True)
class Period:
    """A date as written, as a range of days, and how exactly it was written."""

    dates: DateRange
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class Point:
    """A date as far as it is written: without a day it is a month, without both a year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> Precision:
        if self.day is not None:
            return "day"
        return "month" if self.month is not None else "year"


@dataclass(frozen=True, slots=True)
class EventDate:
    """The date that an event begins with: `text[:end]`, separator and spaces included."""

    first: Point
    last: Point
    end: int

    @property
    def year(self) -> int | None:
        return self.last.year

    def resolve(self, default_year: int | None = None) -> Period | None:
        """Give the days, in `default_year` if the author names none.

        The default is the year in which a range ends. None without a year at all.

        Raises: BadDate.
        """
        year = self.last.year if self.last.year is not None else default_year
        if year is None:
            return None
        return _resolve(self.first, replace(self.last, year=year))


_YEAR_MARK = r"(?:\s*(?:r\.|roku\b|r\b))?"
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?(?![\d-])")
_NUMERIC = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\.)?(?P<month>\d{{1,2}})\.(?P<year>\d{{4}})(?!\d){_YEAR_MARK}"
)
_DAY_AND_MONTH = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{2})(?![\d.,]*\d)\.?")
_WORDS = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\.?\s*)?(?P<name>[^\W\d_]{{3,}}|[IVX]{{1,4}}\b)\.?"
    rf"(?:\s+(?P<year>\d{{4}})(?!\d){_YEAR_MARK})?"
)
_DAY = re.compile(r"(?P<day>\d{1,2})(?!\d)")
_YEAR = re.compile(rf"(?P<year>\d{{4}})(?!\d){_YEAR_MARK}", re.IGNORECASE)

_BETWEEN = re.compile(r"\s*(?:[-–—‑]|\bdo\b|\bi\b|\boraz\b|,)\s*")
_OPENING = re.compile(r"\s*(?:(?:w dniach|w dniu|dnia|od|w)\s+)?", re.IGNORECASE)
_AFTER_DATE = re.compile(r"\s*:\s*|\s+[-–—]\s+")

_SEASON = re.compile(rf"(?P<name>[^\W\d_]+)\s+(?P<year>\d{{4}})(?:/\d{{2,4}})?{_YEAR_MARK}")
_PARTS_OF_YEAR = {"kw": 3, "kwartał": 3, "kwartale": 3, "kwartału": 3, "q": 3, "półrocze": 6}
_PART_OF_YEAR = re.compile(
    rf"(?P<number>[IV]{{1,3}}|[1-4])\.?\s*(?P<part>[^\W\d_]+)\.?\s+(?P<year>\d{{4}}){_YEAR_MARK}"
)
_ENGLISH_QUARTER = re.compile(r"Q(?P<number>[1-4])[\s/-]*(?P<year>\d{4})", re.IGNORECASE)
_ROMAN_PARTS = {"I": 1, "II": 2, "III": 3, "IV": 4}


def find_event_date(text: str) -> EventDate | None:
    """Give the date with which a text begins, when a colon or a dash sets it off.

    >>> found = find_event_date("7-9 pażdziernika: szczyt w Tbilisi.")
    >>> found.resolve(2018).dates.end
    datetime.date(2018, 10, 9)
    """
    opening = _OPENING.match(text)
    span = _read_span(text, opening.end() if opening else 0)
    if span is None:
        return None
    first, last, end = span
    after = _AFTER_DATE.match(text, end)
    if after is None or last.month is None:
        return None
    if ":" not in after[0] and last.day is not None and last.year is None and not _is_named(text):
        return None
    return EventDate(first, last, after.end())


def find_dates(text: str) -> tuple[Period, ...]:
    """Give the days and months with a year that are written anywhere in a text, in order."""
    found: list[Period] = []
    at = 0
    for start in re.finditer(r"\b(?=\w)", text):
        if start.start() < at:
            continue
        span = _read_span(text, start.start())
        if span is None or span[1].year is None or span[1].month is None:
            continue
        first, last, at = span
        try:
            found.append(_resolve(first, last))
        except BadDate:
            continue
    return tuple(found)


def parse_period(text: str) -> Period | None:
    """Read a date as a user types it; None when the text is no date at all.

    Raises: BadDate.

    >>> parse_period("jesień 2018").dates.start
    datetime.date(2018, 9, 1)
    """
    text = " ".join(text.split())
    start_text, dots, end_text = text.partition("..")
    if dots:
        start, end = parse_period(start_text), parse_period(end_text)
        if start is None or end is None:
            return None
        return Period(
            _order(start.dates.start, end.dates.end, text), _coarser(start.precision, end.precision)
        )
    if part := _parse_part_of_year(text):
        return part
    span = _read_span(text, 0)
    if span is None or span[2] != len(text):
        return _parse_year(text)
    first, last, _ = span
    if last.year is None:
        if last.month is None:
            return None
        raise BadDate(f"The date “{text}” has no year.")
    return _resolve(first, last)


def month_range(year: int, month: int, months: int = 1) -> DateRange:
    """Give the days of whole months from a first one on.

    Raises: BadDate.
    """
    last = month - 1 + months - 1
    return DateRange(
        _day(year, month, 1),
        _last_day(Point(year=year + last // 12, month=last % 12 + 1)),
    )


def _read_span(text: str, at: int) -> tuple[Point, Point, int] | None:
    """Read one date or two with something between them; the first may lean on the second."""
    read = _read_point(text, at)
    if read is None:
        return None
    first, end = read
    between = _BETWEEN.match(text, end)
    following = _read_point(text, between.end()) if between else None
    if following is not None and following[0].month is not None:
        last, last_end = following
        if first.month is None and first.day is not None:
            first = replace(first, month=last.month)
        if first.precision == last.precision:
            return first, last, last_end
    if first.month is None:
        return None
    return first, first, end


def _read_point(text: str, at: int) -> tuple[Point, int] | None:
    for pattern in (_ISO, _NUMERIC, _DAY_AND_MONTH):
        if found := pattern.match(text, at):
            parts = {name: int(digits) for name, digits in found.groupdict().items() if digits}
            return Point(parts.get("year"), parts.get("month"), parts.get("day")), found.end()
    if found := _WORDS.match(text, at):
        name = found["name"]
        month = find_roman_month(name) if name.isupper() else None
        month = month or (find_month(name) if len(name) > 2 else None)
        if month is not None and (found["day"] or found["year"] or len(name) > 3):
            year = int(found["year"]) if found["year"] else None
            day = int(found["day"]) if found["day"] else None
            return Point(year, month, day), found.end()
    if found := _DAY.match(text, at):
        return Point(day=int(found["day"])), found.end()
    return None


def _is_named(text: str) -> bool:
    """Tell whether the month before a dash is a word: "5.03 - 7.03" alone proves little."""
    return re.match(r"[\s\d–—-]+[^\W\d_]{3,}", text) is not None


def _parse_part_of_year(text: str) -> Period | None:
    """Read a season, a quarter or a half-year."""
    if found := _SEASON.fullmatch(text):
        month = find_season(found["name"])
        if month is not None:
            return Period(month_range(int(found["year"]), month, 3), "month")
    months: int | None = None
    if found := _PART_OF_YEAR.fullmatch(text):
        months = _PARTS_OF_YEAR.get(found["part"].lower())
    elif found := _ENGLISH_QUARTER.fullmatch(text):
        months = 3
    if found is None or months is None:
        return None
    number = _ROMAN_PARTS.get(found["number"]) or int(found["number"])
    if number * months > 12:
        raise BadDate(f"A year has no such part as “{text}”.")
    return Period(month_range(int(found["year"]), 1 + (number - 1) * months, months), "month")


def _parse_year(text: str) -> Period | None:
    """Read a year or a range of years."""
    first, *rest = re.split(r"\s*[-–—]\s*", text, maxsplit=1)
    start = _YEAR.fullmatch(first)
    end = _YEAR.fullmatch(rest[0]) if rest else start
    if start is None or end is None:
        return None
    return _resolve(Point(int(start["year"])), Point(int(end["year"])))


def _resolve(first: Point, last: Point) -> Period:
    """Give the days of a span whose last point has a year."""
    assert last.year is not None
    if first.year is None:
        wraps = (first.month or 0) > (last.month or 0)
        first = replace(first, year=last.year - wraps)
    assert first.year is not None
    start = _day(first.year, first.month or 1, first.day or 1)
    end = _last_day(last)
    return Period(_order(start, end, f"{start}..{end}"), first.precision)


def _last_day(point: Point) -> date:
    assert point.year is not None
    month = point.month or 12
    if point.day is not None:
        return _day(point.year, month, point.day)
    return _day(point.year, month, 1).replace(day=monthrange(point.year, month)[1])


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= month <= 12:
            raise BadDate(f"There is no month {year:04}-{month:02}.") from None
        raise BadDate(f"There is no day {year:04}-{month:02}-{day:02}.") from None


def _order(start: date, end: date, text: str) -> DateRange:
    if end < start:
        raise BadDate(f"The period {text} ends before it starts.")
    return DateRange(start, end)


def _coarser(first: DatePrecision, second: DatePrecision) -> DatePrecision:
    order: tuple[DatePrecision, ...] = ("day", "month", "year")
    return max(first, second, key=order.index)
