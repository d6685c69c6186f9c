"""Dates that are counted from another day: "wczoraj", "w zeszłym miesiącu"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from corpus.dates.calendar import load_calendar
from corpus.dates.points import Period, Span, month_range
from corpus.document import DateRange

_RELATIVE = re.compile(r"(?P<shift>[^\W\d_]{2,})\.?\s+(?P<unit>[^\W\d_]{3,})")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR_AGO = re.compile(r"\s+(?P<words>[^\W\d_]+\.?(?:\s?[^\W\d_]+\b)?)\.?")


def read_relative(text: str, at: int) -> tuple[int, str, int] | None:
    """Give how long ago a phrase says, in which unit, and where it ends."""
    calendar = load_calendar()
    if (word := _WORD.match(text, at)) and word[0].lower() in calendar.days_ago:
        return calendar.days_ago[word[0].lower()], "day", word.end()
    found = _RELATIVE.match(text, at)
    if found is None:
        return None
    shift, unit = found["shift"].lower(), calendar.units.get(found["unit"].lower())
    if shift not in calendar.shifts or unit is None:
        return None
    if unit == "day" and calendar.shifts[shift] == 0:
        return None  # "tego dnia" is the day just spoken of
    return calendar.shifts[shift], unit, found.end()


def count_back(day: date, ago: int, unit: str) -> Period:
    """Give the day, week, month, quarter or year so many before a day's. Raises: BadDate."""
    if unit == "day":
        that = day - timedelta(days=ago)
        return Period(DateRange(that, that), "day")
    if unit == "week":
        monday = day - timedelta(days=day.weekday() + 7 * ago)
        return Period(DateRange(monday, monday + timedelta(days=6)), "day")
    if unit == "month":
        return Period(month_range(day.year, day.month - ago), "month")
    if unit == "quarter":
        return Period(month_range(day.year, (day.month - 1) // 3 * 3 + 1 - 3 * ago, 3), "month")
    return Period(month_range(day.year - ago, 1, 12), "year")


def read_years_ago(text: str, span: Span) -> Span:
    """Add the year that is counted from the document's: "br.", "ubiegłego roku"."""
    if span.last.year is not None:
        return span
    found = _YEAR_AGO.match(text, span.end)
    if found is None:
        return span
    known = load_calendar().years_ago
    for words in _shorten(found["words"]):
        folded = re.sub(r"\.(?=\w)", ". ", words.lower()).rstrip(".")
        if folded in known:
            ago = known[folded]
            end = found.start("words") + len(words)
            end += text.startswith(".", end)
            return Span(replace(span.first, years_ago=ago), replace(span.last, years_ago=ago), end)
    return span


def _shorten(words: str) -> Iterator[str]:
    yield words
    yield re.split(r"(?<=\.)\s?|\s", words, maxsplit=1)[0]
