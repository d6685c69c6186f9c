"""The days of passages, counted by day, month or year.

A day is its ordinal, a month its number from January of the year 1 (which is 1), a year
itself; 0 stands for "undated" in all three.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from corpus.document import DateRange
from search.docsets import Docs, Ints, intersect, tally
from search.results import Bucket, Facet

MAX_DATE_BUCKETS = 400
MAX_YEARS_SHOWN_AS_MONTHS = 8
_CACHED_NAMES = 2_000

Interval = Literal["day", "month", "year"]

_EPOCH = 719_163
"""The ordinal of 1 January 1970."""
_EPOCH_MONTH = 1969 * 12 + 1


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of consecutive days, months or years, from the one numbered `first`."""

    interval: Interval
    first: int
    counts: Ints
    missing: int

    @property
    def nbytes(self) -> int:
        return self.counts.nbytes


class DateColumns:
    """First and last day of every document of the index, and the month of the first."""

    def __init__(
        self, starts: NDArray[np.int32], ends: NDArray[np.int32], months: NDArray[np.uint16]
    ) -> None:
        self.starts = starts
        self.ends = ends
        self.months = months
        self._lasting: Docs = np.flatnonzero(ends > starts).astype(np.uint32)

    def count(self, docs: Docs, interval: Interval | None = None) -> Histogram:
        """Count documents (rising) in every day, month or year that they touch.

        Without an interval by months, unless they span many years.
        """
        lasting = intersect(docs, self._lasting, self.starts.size)
        starts, ends = np.take(self.starts, lasting), np.take(self.ends, lasting)
        if interval == "day":
            days = _count_numbers(np.take(self.starts, docs))
            return _histogram("day", *days, starts, ends)
        least, counts, missing = _count_numbers(np.take(self.months, docs))
        by_months = _histogram("month", least, counts, missing, months_of(starts), months_of(ends))
        if interval == "month" or (interval is None and not _spans_many_years(by_months)):
            return by_months
        year = (least + 11) // 12
        inside = years_of(np.arange(least, least + counts.size)) - year
        years = np.bincount(inside, weights=counts).astype(np.int64)
        first, last = (years_of(months_of(days)) for days in (starts, ends))
        return _histogram("year", year, years, missing, first, last)


def _count_numbers(numbers: NDArray[Any]) -> tuple[int, Ints, int]:
    """Give the least number but 0, how often it and those after it are there, and how often 0."""
    found, counts = tally(numbers)
    missing = 0
    if found.size and found[0] == 0:
        missing = int(counts[0])
        found, counts = found[1:], counts[1:]
    if not found.size:
        return 1, counts, missing
    least = int(found[0])
    every = np.zeros(int(found[-1]) - least + 1, dtype=np.int64)
    every[found - least] = counts
    return least, every, missing


def months_of(days: NDArray[np.int32]) -> NDArray[np.uint16]:
    """Give the month of each day."""
    since_epoch = (days.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    months = since_epoch.astype("datetime64[M]").astype(np.int64) + _EPOCH_MONTH
    return np.where(days > 0, months, 0).astype(np.uint16)


def years_of(months: NDArray[Any]) -> Ints:
    """Give the year of each month."""
    return (months.astype(np.int64) + 11) // 12


def make_histogram(histogram: Histogram, chosen: DateRange | None) -> Facet:
    """Give the buckets of a histogram; empty ones inside its span are among them."""
    buckets = []
    for at, count in enumerate(histogram.counts[:MAX_DATE_BUCKETS].tolist()):
        label, days = name_bucket(histogram.first + at, histogram.interval)
        selected = chosen is not None and chosen.overlaps(days)
        buckets.append(Bucket(label, label, count, selected))
    return Facet(
        "date",
        tuple(buckets),
        missing=histogram.missing,
        distinct=int(np.count_nonzero(histogram.counts)),
        interval=histogram.interval if buckets else "",
    )


@lru_cache(maxsize=_CACHED_NAMES)
def name_bucket(number: int, interval: Interval) -> tuple[str, DateRange]:
    """Give the ISO name of a day, month or year, and its days."""
    if interval == "day":
        day = date.fromordinal(number)
        return day.isoformat(), DateRange(day, day)
    if interval == "year":
        return f"{number:04}", DateRange(date(number, 1, 1), date(number, 12, 31))
    year, month = (number + 11) // 12, (number - 1) % 12 + 1
    begin = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1) if number < _LAST_MONTH else None
    end = date.fromordinal(following.toordinal() - 1) if following else date.max
    return f"{begin:%Y-%m}", DateRange(begin, end)


_LAST_MONTH = 9999 * 12


def _histogram(
    interval: Interval,
    least: int,
    counts: Ints,
    missing: int,
    first: NDArray[Any],
    last: NDArray[Any],
) -> Histogram:
    """Give the counts with what lasts counted after its first day, month or year too.

    Args:
        counts: those of the first ones, from the number `least`.
        first, last: those of each document that lasts.
    """
    longer = last > first
    if longer.any():
        begin, end = first[longer].astype(np.int64) - least, last[longer].astype(np.int64) - least
        size = max(counts.size, int(end.max()) + 1)
        steps = np.bincount(begin + 1, minlength=size + 2)
        steps -= np.bincount(end + 1, minlength=size + 2)
        total = np.cumsum(steps)[:size]
        total[: counts.size] += counts
        counts = total
    return Histogram(interval, least, counts, missing)


def _spans_many_years(months: Histogram) -> bool:
    first, last = (months.first + 11) // 12, (months.first + months.counts.size + 10) // 12
    return last - first >= MAX_YEARS_SHOWN_AS_MONTHS
