"""Days, months and years as they are written, and the days that they stand for."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

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
    """A date as far as it is written: without a day it is a month, without both a year.

    `years_ago` stands for a year that is counted from the document's: "br.", "ub.r.".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    years_ago: int | None = None

    @property
    def precision(self) -> Precision:
        if self.day is not None:
            return "day"
        return "month" if self.month is not None else "year"


@dataclass(frozen=True, slots=True)
class Span:
    """A date or a range of dates; `end` is where it ends in its text."""

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
        last = self.last
        if last.year is None:
            if default_year is None:
                return None
            last = replace(last, year=default_year)
        assert last.year is not None
        first = self.first
        if first.year is None:
            first = replace(first, year=last.year - ((first.month or 0) > (last.month or 0)))
        assert first.year is not None
        start = make_day(first.year, first.month or 1, first.day or 1)
        end = last_day(last)
        return Period(order_days(start, end, f"{start}..{end}"), first.precision)


def month_range(year: int, month: int, months: int = 1) -> DateRange:
    """Give the days of whole months from a first one on; months before January count back.

    Raises: BadDate.
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last = month - 1 + months - 1
    return DateRange(
        make_day(year, month, 1),
        last_day(Point(year=year + last // 12, month=last % 12 + 1)),
    )


def last_day(point: Point) -> date:
    """Give the last day of a point that has a year. Raises: BadDate."""
    assert point.year is not None
    month = point.month or 12
    if point.day is not None:
        return make_day(point.year, month, point.day)
    return make_day(point.year, month, 1).replace(day=monthrange(point.year, month)[1])


def make_day(year: int, month: int, day: int) -> date:
    """Give a day. Raises: BadDate."""
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= month <= 12:
            raise BadDate(f"There is no month {year:04}-{month:02}.") from None
        raise BadDate(f"There is no day {year:04}-{month:02}-{day:02}.") from None


def order_days(start: date, end: date, text: str) -> DateRange:
    """Give a range of days. Raises: BadDate if it ends before it starts."""
    if end < start:
        raise BadDate(f"The period {text} ends before it starts.")
    return DateRange(start, end)
