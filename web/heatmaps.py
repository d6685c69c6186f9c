"""A query as a table of counts, shaded: pairs or countries by month, countries by countries."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from types import MappingProxyType

from corpus.document import DateRange
from search.results import Matrix
from web.days import ROMAN_MONTHS, name_period
from web.labels import N_, name_country, name_value
from web.languages import Language
from web.params import State

VIEWS: Mapping[str, str] = MappingProxyType(
    {
        "pair": N_("pair by month"),
        "country": N_("country by month"),
        "countries": N_("country by country"),
    }
)
SHADES = 7
MAX_ROWS = 20
MAX_COUNTRIES = 15
MAX_MONTHS = 60
# So many calendar years are shown of a query without dates, the last ones.
_OPEN_YEARS = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, how dark it is (0 for none), and the state that finds what was counted."""

    count: int
    shade: int
    label: str
    state: State


@dataclass(frozen=True, slots=True)
class Column:
    """A column's short name and its whole one; `group` is the year above it, once."""

    short: str
    name: str
    group: str = ""
    width: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    total: int
    state: State
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The table; `key` are the counts that each shade stands for, the lightest first."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    key: tuple[str, ...]


def choose_window(chosen: DateRange | None, newest: date | None) -> DateRange | None:
    """Give the months to show: those chosen, else the last years that have anything.

    Args:
        newest: the last day of the newest month that has anything; None without any.
    """
    if newest is None:
        return None
    last = min(chosen.end, newest) if chosen else newest
    first = chosen.start if chosen else date.min
    if first == date.min:
        first = date(max(last.year - _OPEN_YEARS + 1, 1), 1, 1)
        if not chosen:
            last = date(last.year, 12, 31)
    last = max(first, last)
    month = max(_number(last) - MAX_MONTHS + 1, _number(first))
    return DateRange(date(month // 12, month % 12 + 1, 1), last)


def draw_months(matrix: Matrix, state: State, window: DateRange, language: Language) -> HeatMap:
    """Give values by month, with every month of the window that the address chooses.

    Where it chooses none, the months before the first count and after the last are left out.
    """
    months = [
        f"{number // 12:04}-{number % 12 + 1:02}"
        for number in range(_number(window.start), _number(window.end) + 1)
    ]
    place = {month: at for at, month in enumerate(matrix.columns)}
    kept = _chosen(state, matrix.field)
    counted = [
        (bucket.value, [row[place[month]] if month in place else 0 for month in months])
        for bucket, row in zip(matrix.rows, matrix.counts, strict=True)
        if not kept or bucket.value in kept
    ]
    if not state.get("from"):
        held = [at for at in range(len(months)) if any(row[at] for _, row in counted)]
        cut = slice(held[0], held[-1] + 1) if held else slice(0)
        months, counted = months[cut], [(value, row[cut]) for value, row in counted]
    scale = make_scale(max((count for _, row in counted for count in row), default=0))
    totals = {bucket.value: bucket.count for bucket in matrix.rows}
    names = [name_period(month, language) for month in months]
    rows = []
    for value, row in counted:
        name = name_value(matrix.field, value, language)
        there = _narrow(state, matrix.field, value)
        cells = tuple(
            Cell(count, find_shade(count, scale), f"{name}, {named}", _within(there, month))
            for month, named, count in zip(months, names, row, strict=True)
        )
        rows.append(Row(name, totals[value], there, cells))
    return HeatMap(tuple(_name_months(months, names)), tuple(rows), name_scale(scale))


def draw_countries(
    pairs: Matrix, totals: Mapping[str, int], state: State, language: Language
) -> HeatMap:
    """Give the countries that pairs are made of, each by each; a pair stands there twice.

    Args:
        totals: the passages of each country.
    """
    counts = {bucket.value: bucket.count for bucket in pairs.rows}
    weights: Counter[str] = Counter()
    for pair, count in counts.items():
        for code in pair.split("-"):
            weights[code] += count
    codes = [code for code, _ in weights.most_common(MAX_COUNTRIES)]
    kept = _chosen(state, "pair")
    shown = {pair: count for pair, count in counts.items() if not kept or pair in kept}
    scale = make_scale(max(shown.values(), default=0))
    names = {code: name_country(code, language, short=True) for code in codes}
    rows = []
    for row in codes:
        cells: list[Cell | None] = []
        for column in codes:
            pair = "-".join(sorted((row, column)))
            count = shown.get(pair, 0)
            label = f"{names[row]}, {names[column]}"
            there = _narrow(state, "pair", pair)
            same = row == column
            cells.append(None if same else Cell(count, find_shade(count, scale), label, there))
        rows.append(
            Row(names[row], totals.get(row, 0), _narrow(state, "country", row), tuple(cells))
        )
    columns = tuple(Column(code, names[code]) for code in codes)
    return HeatMap(columns, tuple(rows), name_scale(scale))


def make_scale(highest: int) -> tuple[int, ...]:
    """Give the least count of each shade: single ones while they suffice, then in equal ratios.

    >>> make_scale(22)
    (1, 2, 4, 6, 9, 14)
    """
    if highest <= SHADES:
        return tuple(range(1, highest + 1))
    return tuple(sorted({round(highest ** (step / SHADES)) for step in range(SHADES)}))


def find_shade(count: int, scale: tuple[int, ...]) -> int:
    return bisect_right(scale, count)


def name_scale(scale: tuple[int, ...]) -> tuple[str, ...]:
    """Give the counts of each shade in figures: `1`, `2–3`, `14+`."""
    names = []
    for least, following in zip_longest(scale, scale[1:]):
        if following is None:
            names.append(str(least) if len(scale) == least else f"{least}+")
        else:
            names.append(str(least) if following == least + 1 else f"{least}–{following - 1}")
    return tuple(names)


def _name_months(months: list[str], names: list[str]) -> Iterator[Column]:
    widths = Counter(month[:4] for month in months)
    seen = set()
    for month, name in zip(months, names, strict=True):
        year = month[:4]
        group = "" if year in seen else year
        seen.add(year)
        yield Column(ROMAN_MONTHS[int(month[5:]) - 1], name, group, widths[year])


def _chosen(state: State, field: str) -> frozenset[str]:
    """Give the values that the address chooses; a row beside them would count two conditions."""
    return frozenset(value for value in state.all(field) if not value.startswith("-"))


def _narrow(state: State, field: str, value: str) -> State:
    excluded = (other for other in state.all(field) if other.startswith("-"))
    return state.put(field, value, *excluded)


def _within(state: State, month: str) -> State:
    return state.put("from", month).put("to", month)


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1
