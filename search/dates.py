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

MAX_BUCKETS = 400
MAX_YEARS_SHOWN_AS_MONTHS = 8
# So many empty ones beside others leave room enough for these to be seen.
_NEAR = 36
_CACHED_NAMES = 2_000

Interval = Literal["day", "month", "year"]

_EPOCH = 719_163
"""The ordinal of 1 January 1970."""
_EPOCH_MONTH = 1969 * 12 + 1


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of consecutive days, months or years, from the one numbered `first`.

    `begun` counts documents where they begin, `counts` wherever they last.
    """

    interval: Interval
    first: int
    counts: Ints
    begun: Ints
    missing: int

    @property
    def nbytes(self) -> int:
        return self.counts.nbytes + self.begun.nbytes

    def choose_window(self, chosen: DateRange | None = None) -> range:
        """Give the places in the counts to show: all but for few ones far from the others.

        What lies in the chosen days is among them, or stands alone where that is too many.
        """
        if not self.counts.size:
            return range(0)
        window = _find_dense(self._count_edges())
        places = self._place(chosen) if chosen else range(0)
        if not self.counts[places.start : places.stop].any():
            return window
        asked = _find_dense(self.counts[places.start : places.stop], MAX_BUCKETS)
        asked = range(asked.start + places.start, asked.stop + places.start)
        joined = range(min(window.start, asked.start), max(window.stop, asked.stop))
        return joined if len(joined) <= MAX_BUCKETS else asked

    def _count_edges(self) -> Ints:
        """Count documents where they begin and where they end: a long one fills no gap."""
        begun = np.zeros_like(self.counts)
        begun[: self.begun.size] = self.begun
        sums = np.cumsum(begun)
        ended_before = np.append(sums - self.counts, sums[-1])
        return begun + np.diff(ended_before)

    def _place(self, days: DateRange) -> range:
        """Give the places of the days, months or years that dates touch."""
        first, last = (_number_of(day, self.interval) for day in (days.start, days.end))
        start, stop = np.clip([first - self.first, last + 1 - self.first], 0, self.counts.size)
        return range(int(start), int(stop))

    def count_before(self, place: int) -> int:
        """Count the documents that touch anything before a place in the counts."""
        return int(self.begun[:place].sum())

    def count_from(self, place: int) -> int:
        """Count the documents that touch anything from a place in the counts on."""
        if place >= self.counts.size:
            return 0
        return int(self.counts[place] + self.begun[place + 1 :].sum())


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
    """Give the buckets of a histogram, empty ones among them, and what lies outside of them."""
    places = histogram.choose_window(chosen)
    buckets = []
    for at in places:
        label, days = name_bucket(histogram.first + at, histogram.interval)
        selected = chosen is not None and chosen.overlaps(days)
        buckets.append(Bucket(label, label, int(histogram.counts[at]), selected))
    return Facet(
        "date",
        tuple(buckets),
        missing=histogram.missing,
        distinct=int(np.count_nonzero(histogram.counts)),
        interval=histogram.interval if buckets else "",
        before=histogram.count_before(places.start),
        after=histogram.count_from(places.stop),
    )


def _find_dense(counts: Ints, near: int = _NEAR) -> range:
    """Give where counts stand, but for few ones far away from the others.

    Few are less than a tenth of all at either end; far is farther than the others reach,
    and than `near`.
    """
    held = np.flatnonzero(counts)
    sums = np.cumsum(counts[held])
    low, high = np.searchsorted(sums, [sums[-1] // 10 + 1, sums[-1] - sums[-1] // 10]).tolist()
    far = np.diff(held) > max(int(held[high] - held[low]), near)
    first = int(held[np.flatnonzero(far[:low]).max(initial=-1) + 1])
    last = int(held[np.flatnonzero(far[high:]).min(initial=far.size - high) + high])
    if last - first >= MAX_BUCKETS:
        # The fullest stretch that fits, the newest of equals.
        sums = np.concatenate([[0], np.cumsum(counts[first : last + 1])])
        within = sums[MAX_BUCKETS:] - sums[:-MAX_BUCKETS]
        first += within.size - 1 - int(np.argmax(within[::-1]))
        last = first + MAX_BUCKETS - 1
    return range(first, last + 1)


def _number_of(day: date, interval: Interval) -> int:
    match interval:
        case "day":
            return day.toordinal()
        case "month":
            return (day.year - 1) * 12 + day.month
        case _:
            return day.year


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
    begun = counts
    longer = last > first
    if longer.any():
        begin, end = first[longer].astype(np.int64) - least, last[longer].astype(np.int64) - least
        size = max(counts.size, int(end.max()) + 1)
        steps = np.bincount(begin + 1, minlength=size + 2)
        steps -= np.bincount(end + 1, minlength=size + 2)
        total = np.cumsum(steps)[:size]
        total[: counts.size] += counts
        counts, begun = total, counts
    return Histogram(interval, least, counts, begun, missing)


def _spans_many_years(months: Histogram) -> bool:
    window = months.choose_window()
    first, last = ((months.first + place + 11) // 12 for place in (window.start, window.stop - 1))
    return last - first >= MAX_YEARS_SHOWN_AS_MONTHS
