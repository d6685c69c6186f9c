"""What the bars of the histogram stand for: days, months or years."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from corpus.document import DateRange
from search.dates import Interval
from search.engine import Engine
from search.errors import BadParameter
from search.query import And, Field, Query
from search.results import Facet
from search.values import format_range
from web.labels import N_

INTERVALS: Mapping[Interval, str] = MappingProxyType(
    {"day": N_("days"), "month": N_("months"), "year": N_("years")}
)
MAX_DAYS = 366


def list_intervals(chosen: DateRange | None) -> list[tuple[str, str]]:
    """Give the intervals that dates can be counted by, with their names."""
    return [(name, label) for name, label in INTERVALS.items() if name != "day" or has_days(chosen)]


def count_dates(engine: Engine, query: Query, facet: Facet, interval: str) -> Facet:
    """Give the dates of a result counted by the interval that is asked for.

    Args:
        facet: the dates as the engine chose to count them; given back as they are where
            nothing else is asked for, and where days would be too many to draw.

    Raises: BadParameter.
    """
    wanted = next((known for known in INTERVALS if known == interval), None)
    if interval and wanted is None:
        raise BadParameter(
            f"interval must be one of {', '.join(INTERVALS)}.", parameter="interval", value=interval
        )
    if wanted is None or wanted == facet.interval:
        return facet
    if wanted != "day":
        return engine.histogram(query, wanted)
    dates = query.filters.dates
    if dates is None or not has_days(dates):
        return facet
    # A histogram counts beyond the dates that are chosen; days beyond them would be too many.
    inside = And((query.root, Field("date", format_range(dates))))
    counted = engine.histogram(replace(query, root=inside), "day")
    first, last = dates.start.isoformat(), dates.end.isoformat()
    buckets = tuple(bucket for bucket in counted.buckets if first <= bucket.value <= last)
    return replace(counted, buckets=buckets, missing=facet.missing, before=0, after=0)


def has_days(dates: DateRange | None) -> bool:
    """Tell whether dates are near enough to each other to be drawn day by day."""
    return dates is not None and (dates.end - dates.start).days < MAX_DAYS
