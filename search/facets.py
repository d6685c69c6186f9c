"""Facet counts and the date histogram, counted on arrays."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import numpy as np

from corpus.document import DateRange
from search.postings import FacetColumn, Mask, PostingSource
from search.query import Choice
from search.results import Bucket, Facet

MAX_BUCKETS = 50
MAX_DATE_BUCKETS = 400
MAX_YEARS_SHOWN_AS_MONTHS = 8

Interval = Literal["month", "year"]


def count_facet(field: str, column: FacetColumn, mask: Mask, choice: Choice) -> Facet:
    """Count the values of a field among the documents of a mask.

    A chosen or excluded value is always among the buckets, whatever its count.
    """
    counts = column.count(mask)
    chosen = {*choice.include, *choice.exclude}
    at_of = {value: at for at, value in enumerate(column.values)}
    held = [int(at) for at in np.argsort(-counts, kind="stable") if counts[at]]
    shown = held[:MAX_BUCKETS]
    shown += [at_of[value] for value in sorted(chosen & at_of.keys()) if at_of[value] not in shown]
    buckets = [_bucket(column.values[at], int(counts[at]), choice) for at in shown]
    buckets += [_bucket(value, 0, choice) for value in sorted(chosen - at_of.keys())]
    valued = np.zeros(mask.size, dtype=np.bool_)
    valued[column.docs] = True
    return Facet(
        field=field,
        buckets=tuple(buckets),
        other=sum(int(counts[at]) for at in held[MAX_BUCKETS:] if at not in shown),
        missing=int(np.count_nonzero(mask & ~valued)),
        distinct=len(held),
    )


def count_dates(source: PostingSource, mask: Mask, chosen: DateRange | None) -> Facet:
    """Count passages by month or by year, whichever suits the span they cover.

    A passage that lasts counts in every bucket that it touches, so that a bucket's count
    is what a filter by it finds. Empty buckets inside the span are given too.
    """
    starts, ends = source.numbers("date_start"), source.numbers("date_end")
    dated = mask & starts.present
    missing = int(np.count_nonzero(mask) - np.count_nonzero(dated))
    if not dated.any():
        return Facet("date", (), missing=missing)
    first, last = starts.values[dated], ends.values[dated]
    span = DateRange(date.fromordinal(int(first.min())), date.fromordinal(int(last.max())))
    interval = choose_interval(span)
    buckets = []
    for label, bucket in divide(span, interval):
        low, high = bucket.start.toordinal(), bucket.end.toordinal()
        count = int(np.count_nonzero((first <= high) & (last >= low)))
        selected = chosen is not None and chosen.overlaps(bucket)
        buckets.append(Bucket(label, label, count, selected))
    return Facet(
        "date",
        tuple(buckets[:MAX_DATE_BUCKETS]),
        missing=missing,
        distinct=sum(bucket.count > 0 for bucket in buckets),
        interval=interval,
    )


def choose_interval(span: DateRange) -> Interval:
    return "month" if span.end.year - span.start.year < MAX_YEARS_SHOWN_AS_MONTHS else "year"


def divide(span: DateRange, interval: Interval) -> Iterator[tuple[str, DateRange]]:
    """Give each month or year that a span touches: its ISO name and its days."""
    at = span.start
    while at <= span.end:
        if interval == "month":
            begin = at.replace(day=1)
            name, following = f"{at:%Y-%m}", (begin + timedelta(days=31)).replace(day=1)
        else:
            begin = at.replace(month=1, day=1)
            name, following = f"{at:%Y}", begin.replace(year=at.year + 1)
        yield name, DateRange(begin, following - timedelta(days=1))
        at = following


def _bucket(value: str, count: int, choice: Choice) -> Bucket:
    return Bucket(
        value, "", count, selected=value in choice.include, excluded=value in choice.exclude
    )
