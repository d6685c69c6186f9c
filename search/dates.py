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
from search.docsets import Docs, Ints, intersect
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
        changes = np.flatnonzero(self.months[1:] != self.months[:-1]) + 1
        self._runs: Docs = np.concatenate([[0], changes, [starts.size]]).astype(np.uint32)

    def count(self, docs: Docs, interval: Interval | None = None) -> Histogram:
        """Count documents (rising) in every day, month or year that they touch.

        Without an interval by months, unless they span many years.
        """
        lasting = intersect(docs, self._lasting, self.starts.size)
        starts, ends = np.take(self.starts, lasting), np.take(self.ends, lasting)
        if interval == "day":
            dated = np.take(self.starts, docs)
            dated = dated[dated > 0]
            least = int(dated.min(initial=_EPOCH if not dated.size else dated[0]))
            counts = np.bincount(dated - least)
            missing = docs.size - dated.size
            return Histogram("day", *_add_lasting(counts, least, starts, ends), missing)
        by_month = self._count_months(docs)
        missing = int(by_month[:1].sum())
        first, last = months_of(starts), months_of(ends)
        counts = by_month.copy()
        counts[:1] = 0
        held = np.flatnonzero(counts)
        least = int(held[0]) if held.size else 1
        by_months = _add_lasting(counts[least:], least, first, last)
        if interval == "month" or (interval is None and not _spans_many_years(*by_months)):
            return Histogram("month", *by_months, missing)
        years = np.bincount(years_of(np.arange(counts.size)), weights=counts).astype(np.int64)
        held = np.flatnonzero(years)
        least = int(held[0]) if held.size else 1
        by_years = _add_lasting(years[least:], least, years_of(first), years_of(last))
        return Histogram("year", *by_years, missing)

    def _count_months(self, docs: Docs) -> Ints:
        """Count the documents by the month of their first day.

        Documents in the order of their days have long runs of one month, which are counted
        by their edges.
        """
        if self._runs.size * 4 < docs.size:
            counts = np.diff(np.searchsorted(docs, self._runs))
            return np.bincount(self.months[self._runs[:-1]], weights=counts).astype(np.int64)
        return np.bincount(np.take(self.months, docs), minlength=1)


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


def _add_lasting(
    counts: Ints, least: int, first: NDArray[Any], last: NDArray[Any]
) -> tuple[int, Ints]:
    """Add documents that last to what they touch after their first day, month or year.

    Args:
        counts: those of the first ones, from the number `least`.
    """
    longer = last > first
    if not longer.any():
        return least, counts
    begin, end = first[longer].astype(np.int64) - least, last[longer].astype(np.int64) - least
    size = max(counts.size, int(end.max()) + 1)
    steps = np.bincount(begin + 1, minlength=size + 2) - np.bincount(end + 1, minlength=size + 2)
    total = np.cumsum(steps)[:size]
    total[: counts.size] += counts
    return least, total


def _spans_many_years(least: int, counts: Ints) -> bool:
    first, last = (least + 11) // 12, (least + counts.size + 10) // 12
    return last - first >= MAX_YEARS_SHOWN_AS_MONTHS
