"""The histogram of dates as numbers a template can draw: x in percent, y in pixels.

Without a `viewBox` the drawing is as wide as its column and its letters never stretch.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import DateRange
from search.results import Facet
from web.days import month_name
from web.languages import Language
from web.params import State

HEIGHT_PX = 64
TOP_PX = 8
_DATED_PERCENT = 90.0
_MAX_BARS = 600
# So few years are drawn from January to December: the axis keeps still while one narrows.
_WHOLE_YEARS = 3
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True, slots=True)
class Bar:
    """One month or year; `slot` is where a click counts, `state` where it leads."""

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


def draw_histogram(
    facet: Facet, state: State, chosen: DateRange | None, language: Language
) -> Histogram:
    """Give the histogram of a date facet.

    Args:
        facet: buckets by month (`2018-10`) or by year (`2018`), gaps left out.
        state: the page's address, from which a click on a bar leads on.
        chosen: the days that the query is narrowed to; bars outside are drawn apart.
    """
    counts = {bucket.value: bucket.count for bucket in facet.buckets}
    periods = _fill_periods(counts)
    # The undated may be many more than any month holds: they keep the scale while they fit
    # and are drawn cut off above it, with their number, so that the months stay legible.
    highest = max([*counts.values(), 1]) if periods else max(facet.missing, 1)
    width = _DATED_PERCENT if facet.missing else 100.0
    step = width / max(len(periods), 1)
    bars = tuple(
        _draw_bar(period, counts.get(period, 0), index, step, highest, state, chosen, language)
        for index, period in enumerate(periods)
    )
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
        dense=len(periods) > 36,
    )


def _fill_periods(counts: dict[str, int]) -> list[str]:
    if not counts:
        return []
    first, last = min(counts), max(counts)
    if len(first) == 4:
        filled = [f"{year:04}" for year in range(int(first), int(last) + 1)]
    else:
        start, end = (int(period[:4]) * 12 + int(period[5:7]) - 1 for period in (first, last))
        if end // 12 - start // 12 < _WHOLE_YEARS:
            start, end = start // 12 * 12, end // 12 * 12 + 11
        filled = [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
    # One stray date centuries away must not make every bar too thin to see.
    return filled if len(filled) <= _MAX_BARS else sorted(counts)


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
    month = int(period[5:7]) if len(period) > 4 else 0
    only_this = state.get("from") == period == state.get("to")
    return Bar(
        period=period,
        label=f"{month_name(month, language)} {period[:4]}" if month else period,
        tick=_ROMAN[month - 1] if month else "",
        count=count,
        slot_x=index * step,
        slot_width=step,
        x=(index + 0.14) * step,
        width=step * 0.72,
        y=TOP_PX + HEIGHT_PX - height,
        height=height,
        inside=chosen is None or _touches(period, chosen),
        prominent=month % 3 == 1,
        state=state.put("from").put("to")
        if only_this
        else state.put("from", period).put("to", period),
    )


def _touches(period: str, chosen: DateRange) -> bool:
    width = len(period)
    return chosen.start.isoformat()[:width] <= period <= chosen.end.isoformat()[:width]


def _find_brush(bars: tuple[Bar, ...], chosen: DateRange | None) -> tuple[float, float] | None:
    inside = [bar for bar in bars if bar.inside]
    if chosen is None or not inside:
        return None
    return inside[0].slot_x, inside[-1].slot_x + inside[-1].slot_width


def _label_years(periods: list[str], step: float, width: float) -> Iterator[tuple[float, str]]:
    years = list(dict.fromkeys(period[:4] for period in periods))
    # A year's label needs about a twelfth of the width on a telephone.
    every = max(1, -(-len(years) // 8))
    for rank, year in enumerate(years):
        first = next(index for index, period in enumerate(periods) if period[:4] == year)
        room = width - first * step
        if rank % every == 0 and room > 6:
            yield first * step, year
