"""Which months a collection covers, and which between its first and last one it does not."""

from collections.abc import Mapping
from dataclasses import dataclass

from search.results import Facet
from web.days import name_period
from web.heatmaps import SHADES
from web.languages import Language


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its dated passages, and the documents published in it.

    It is `missing` when it has neither, though months before and after it have.
    """

    period: str
    name: str
    passages: int
    documents: int
    shade: int
    missing: bool


@dataclass(frozen=True, slots=True)
class Year:
    """Twelve months, after as many years without anything."""

    year: int
    months: tuple[Month, ...]
    empty_before: int = 0


def list_years(
    histogram: Facet, published: Mapping[str, int], language: Language
) -> tuple[Year, ...]:
    """Give the years that have anything, month by month.

    Args:
        histogram: the dated passages by month (`2018-10`).
        published: the documents by month.
    """
    passages = {bucket.value: bucket.count for bucket in histogram.buckets if bucket.count}
    covered = sorted({*passages, *published})
    if not covered:
        return ()
    highest = max(passages.values(), default=0)
    years: list[Year] = []
    for year in sorted({int(month[:4]) for month in covered}):
        months = []
        for number in range(1, 13):
            period = f"{year:04}-{number:02}"
            has = period in passages or period in published
            months.append(
                Month(
                    period=period,
                    name=name_period(period, language),
                    passages=passages.get(period, 0),
                    documents=published.get(period, 0),
                    shade=_find_shade(passages.get(period, 0), highest),
                    missing=not has and covered[0] < period < covered[-1],
                )
            )
        before = year - years[-1].year - 1 if years else 0
        years.append(Year(year, tuple(months), before))
    return tuple(years)


def _find_shade(count: int, highest: int) -> int:
    """Give how dark a month is, in equal steps: the months of a collection are of like size."""
    return -(-SHADES * count // highest) if count else 0
