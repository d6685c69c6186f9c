"""Dates that a text speaks of, wherever they stand in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.dates.calendar import load_calendar
from corpus.dates.grammar import find_spans
from corpus.dates.points import BadDate, Period, Span
from corpus.dates.relative import count_back, read_relative
from corpus.document import DateRange

_YEARS = re.compile(
    r"(?<![\d.,/-])(?:(?P<first>(?:19|20)\d\d)\s?[-–—]\s?)?(?P<last>(?:19|20)\d\d)(?P<mark>\s*(?:r\.|roku\b|r\b))?(?![\d/-])"
)
_YEAR_WORDS = re.compile(r"\b(?:lat|lata|latach|roku|w|od|do|po|przed|z)\s+$")
_LAST_STOP = re.compile(r"(?:[^\W\d_]{4}|\d)\.$")
_HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Mention:
    """A date inside a text: `[start, end)` and the days that it stands for."""

    start: int
    end: int
    period: Period


def find_mentions(text: str, reference: Period | None) -> tuple[Mention, ...]:
    """Give the dates inside a text, those without a year as the nearest to a reference.

    The reference is the event's own date or the document's; without one, what leans on it
    ("w zeszłym miesiącu", "br.", "5 maja") is left out rather than guessed.
    """
    found = [
        Mention(start, _end_of_words(text, span.end), period)
        for start, span in find_spans(text, lists=False)
        if span.last.month is not None and (period := _resolve_near(span, reference))
    ]
    found += _find_relative(text, reference) if reference else ()
    taken = [(mention.start, mention.end) for mention in found]
    for years in _YEARS.finditer(text):
        inside = any(start < years.end() and years.start() < end for start, end in taken)
        marked = years["mark"] or _YEAR_WORDS.search(text, max(0, years.start() - 9), years.start())
        if not inside and marked and int(years["first"] or 0) <= int(years["last"]):
            first, last = int(years["first"] or years["last"]), int(years["last"])
            dates = DateRange(date(first, 1, 1), date(last, 12, 31))
            found.append(Mention(years.start(), years.end(), Period(dates, "year")))
    return tuple(sorted(found, key=lambda mention: mention.start))


def _resolve_near(span: Span, reference: Period | None) -> Period | None:
    """Give a date's days, in the year that puts it nearest to a reference if it has none."""
    try:
        if span.last.year is not None:
            return span.resolve()
        if reference is None:
            return None
        middle = reference.dates.start + (reference.dates.end - reference.dates.start) / 2
        if span.last.years_ago is not None:
            return span.resolve(middle.year - span.last.years_ago)
        if span.last.day is None:
            return None  # a month alone is as often a word of another kind
        near = span.resolve(middle.year)
        if near is None:
            return None
        away = near.dates.start - middle
        if abs(away) <= _HALF_A_YEAR:
            return near
        return span.resolve(middle.year + (1 if away < timedelta() else -1))
    except BadDate:
        return None


def _end_of_words(text: str, end: int) -> int:
    """Give where a date's words end: before the sentence's full stop, after that of "r."."""
    return end - 1 if _LAST_STOP.search(text, max(0, end - 8), end) else end


def _find_relative(text: str, reference: Period) -> Iterator[Mention]:
    for word in load_calendar().relative_trigger.finditer(text):
        found = read_relative(text, word.start())
        if found is None:
            continue
        ago, unit, end = found
        first, last = reference.dates.start, reference.dates.end
        # "Yesterday" needs a day to be counted from, a month ago at least a month.
        if unit in ("day", "week") and first != last:
            continue
        if unit != "year" and (first.year, first.month) != (last.year, last.month):
            continue
        try:
            yield Mention(word.start(), end, count_back(last, ago, unit))
        except BadDate:
            continue
