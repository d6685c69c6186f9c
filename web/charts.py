"""The histogram of dates as numbers a template can draw: x in percent, y in pixels.

Without a `viewBox` the drawing is as wide as its column and its letters never stretch.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.document import DateRange
from search.results import Facet
from web.days import ROMAN_MONTHS, name_period
from web.languages import Language
from web.params import State

HEIGHT_PX = 64
TOP_PX = 8
_DATED_PERCENT = 90.0
# A label needs about an eighth of the width on a telephone.
_LABEL_PERCENT = 12.0
# So few years are drawn from January to December: the axis keeps still while one narrows.
_WHOLE_YEARS = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One day, month or year; `slot` is where a click counts, `state` where it leads."""

    period: str
    label: str
    tick: str
    count: int
    slot_x: float
    slot_width: float
    x: float
    width: float
    y: float
    height: float
    inside: bool
    prominent: bool
    state: State


@dataclass(frozen=True, slots=True)
class Outside:
    """What lies before the first bar or after the last one, and the state that finds it."""

    count: int
    state: State


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars of one interval from the first to the last; `years` are labels `(x, year)`.

    The bars take `width` percent, the undated stand beside them; `undated_cut` says that
    there are more of them than the scale has room for.
    """

    bars: tuple[Bar, ...]
    years: tuple[tuple[float, str], ...]
    highest: int
    undated: int
    undated_height: float
    undated_cut: bool
    width: float
    brush: tuple[float, float] | None
    dense: bool
    before: Outside | None
    after: Outside | None


def draw_histogram(
    facet: Facet, state: State, chosen: DateRange | None, language: Language
) -> Histogram:
    """Give the histogram of a date facet.

    Args:
        facet: buckets by day (`2018-10-07`), month (`2018-10`) or year (`2018`).
        state: the page's address, from which a click on a bar leads on.
        chosen: the days that the query is narrowed to; bars outside are drawn apart.
    """
    counts = {bucket.value: bucket.count for bucket in facet.buckets}
    periods = _fill_periods(counts, chosen)
    # The undated may be many more than any month holds: they keep the scale while they fit
    # and are drawn cut off above it, with their number, so that the months stay legible.
    highest = max([*counts.values(), 1]) if periods else max(facet.missing, 1)
    width = _DATED_PERCENT if facet.missing else 100.0
    step = width / max(len(periods), 1)
    bars = tuple(
        _draw_bar(period, counts.get(period, 0), index, step, highest, state, chosen, language)
        for index, period in enumerate(periods)
    )
    before, after = find_outside(facet, state)
    undated_height = min(facet.missing / highest, 1.0) * HEIGHT_PX
    return Histogram(
        bars=bars,
        years=tuple(_label_years(periods, step, width)),
        highest=highest,
        undated=facet.missing,
        undated_height=undated_height,
        undated_cut=facet.missing > highest,
        width=width,
        brush=_find_brush(bars, chosen),
        dense=len(periods) > (62 if periods and len(periods[0]) == 10 else 36),
        before=before,
        after=after,
    )


def find_outside(facet: Facet, state: State) -> tuple[Outside | None, Outside | None]:
    """Give what lies before the first bucket of a date facet and after the last one."""
    before = after = None
    if facet.before:
        last = _step_period(facet.buckets[0].value, -1)
        before = Outside(facet.before, state.put("from").put("to", last))
    if facet.after:
        first = _step_period(facet.buckets[-1].value, 1)
        after = Outside(facet.after, state.put("from", first).put("to"))
    return before, after


def _step_period(period: str, step: int) -> str:
    """Give the day, month or year so many after another.

    >>> _step_period("2019-01", -1)
    '2018-12'
    """
    if len(period) == 10:
        return (date.fromisoformat(period) + timedelta(days=step)).isoformat()
    if len(period) == 4:
        return f"{int(period) + step:04}"
    month = int(period[:4]) * 12 + int(period[5:]) - 1 + step
    return f"{month // 12:04}-{month % 12 + 1:02}"


def _fill_periods(counts: dict[str, int], chosen: DateRange | None) -> list[str]:
    if not counts:
        return []
    first, last = min(counts), max(counts)
    if len(first) == 10:
        shown = chosen or DateRange(date.fromisoformat(first), date.fromisoformat(last))
        days = range((shown.end - shown.start).days + 1)
        filled = [(shown.start + timedelta(days=day)).isoformat() for day in days]
    elif len(first) == 4:
        filled = [f"{year:04}" for year in range(int(first), int(last) + 1)]
    else:
        start, end = (int(period[:4]) * 12 + int(period[5:7]) - 1 for period in (first, last))
        if end // 12 - start // 12 < _WHOLE_YEARS:
            start, end = start // 12 * 12, end // 12 * 12 + 11
        filled = [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
    return filled


def _draw_bar(
    period: str,
    count: int,
    index: int,
    step: float,
    highest: int,
    state: State,
    chosen: DateRange | None,
    language: Language,
) -> Bar:
    height = count / highest * HEIGHT_PX
    tick, prominent = _name_tick(period)
    only_this = state.get("from") == period == state.get("to")
    return Bar(
        period=period,
        label=name_period(period, language),
        tick=tick,
        count=count,
        slot_x=index * step,
        slot_width=step,
        x=(index + 0.14) * step,
        width=step * 0.72,
        y=TOP_PX + HEIGHT_PX - height,
        height=height,
        inside=chosen is None or _touches(period, chosen),
        prominent=prominent,
        state=state.put("from").put("to")
        if only_this
        else state.put("from", period).put("to", period),
    )


def _name_tick(period: str) -> tuple[str, bool]:
    """Give what stands below a bar, and whether it stays where there is little room."""
    if len(period) == 10:
        day = int(period[8:])
        return str(day), day in (1, 10, 20)
    if len(period) == 7:
        month = int(period[5:])
        return ROMAN_MONTHS[month - 1], month % 3 == 1
    return "", False


def _touches(period: str, chosen: DateRange) -> bool:
    width = len(period)
    return chosen.start.isoformat()[:width] <= period <= chosen.end.isoformat()[:width]


def _find_brush(bars: tuple[Bar, ...], chosen: DateRange | None) -> tuple[float, float] | None:
    inside = [bar for bar in bars if bar.inside]
    if chosen is None or not inside:
        return None
    return inside[0].slot_x, inside[-1].slot_x + inside[-1].slot_width


def _label_years(periods: list[str], step: float, width: float) -> Iterator[tuple[float, str]]:
    # Days stand below their month, months and years below their year.
    cut = 7 if periods and len(periods[0]) == 10 else 4
    nearest = -_LABEL_PERCENT
    seen = set()
    for index, period in enumerate(periods):
        x = index * step
        if period[:cut] in seen:
            continue
        seen.add(period[:cut])
        if x - nearest >= _LABEL_PERCENT and width - x > _LABEL_PERCENT / 2:
            nearest = x
            month = ROMAN_MONTHS[int(period[5:7]) - 1] + " " if cut == 7 else ""
            yield x, f"{month}{period[:4]}"
