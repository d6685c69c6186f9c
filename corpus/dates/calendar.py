"""The Polish calendar's words: months, however misspelt, Roman numerals, seasons, "br."."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz.distance import OSA

from corpus.identifiers import slugify

_MIN_FUZZY_CHARS = 5
_LONG_NAME_CHARS = 9
_SHORT_FORM_CHARS = 3


@dataclass(frozen=True, slots=True)
class Calendar:
    """Words to numbers: month names and short forms, Roman numerals, seasons' first months.

    `parts` are parts of a year with their months, `ordinals` the words for one to four.
    `years_ago`, `days_ago`, `shifts` and `units` make relative dates. `opening` and
    `weekday` are patterns of what stands around a date, the triggers of what one begins with.
    """

    months: dict[str, int]
    short_months: frozenset[str]
    romans: dict[str, int]
    seasons: dict[str, int]
    nominatives: tuple[str, ...]
    parts: dict[str, int]
    ordinals: dict[str, int]
    years_ago: dict[str, int]
    days_ago: dict[str, int]
    shifts: dict[str, int]
    units: dict[str, str]
    opening: re.Pattern[str]
    weekday: re.Pattern[str]
    trigger: re.Pattern[str]
    relative_trigger: re.Pattern[str]


@cache
def load_calendar() -> Calendar:
    """Read the calendar's words; names are folded, Roman numerals as they are."""
    data = tomllib.loads(files("corpus").joinpath("data/months.toml").read_text("utf-8"))
    relative = data["relative"]
    seasons = {slugify(form): s["first_month"] for s in data["season"] for form in s["forms"]}
    shifts = {form: shift["ago"] for shift in relative["shift"] for form in shift["forms"]}
    forms = [form for month in data["month"] for form in month["forms"]]
    ordinals = {form: o["number"] for o in data["ordinal"] for form in o["forms"]}
    named = (*forms, *_forms(data["season"]), *ordinals)
    words = {form[:3] for form in named} | {slugify(form[:3]) for form in named}
    return Calendar(
        months={
            slugify(form): number
            for number, month in enumerate(data["month"], start=1)
            for form in month["forms"]
        },
        short_months=frozenset(form for form in forms if len(form) <= _SHORT_FORM_CHARS),
        romans={month["roman"]: number for number, month in enumerate(data["month"], start=1)},
        seasons=seasons,
        nominatives=tuple(month["forms"][0] for month in data["month"]),
        parts={form: part["months"] for part in data["part"] for form in part["forms"]},
        ordinals=ordinals,
        years_ago=relative["years_ago"],
        days_ago=relative["days_ago"],
        shifts=shifts,
        units={form: unit for unit, names in relative["unit"].items() for form in names},
        opening=re.compile(rf"(?:(?:{_either(data['around']['openings'])})\s+)*", re.IGNORECASE),
        weekday=re.compile(rf"(?:{_either(data['around']['weekdays'])})\b\.?", re.IGNORECASE),
        trigger=re.compile(rf"\b(?=\d|[IVX]+\b|Q[1-4]|(?:{_either(words)}))", re.IGNORECASE),
        relative_trigger=re.compile(
            rf"\b(?=(?:{_either([*shifts, *relative['days_ago']])})\b)", re.IGNORECASE
        ),
    )


def find_month(word: str) -> int | None:
    """Give the number of the month that a word names, or that a misspelt one must mean.

    >>> find_month("pażdziernika"), find_month("paźdiernika"), find_month("maja")
    (10, 10, 5)
    """
    calendar = load_calendar()
    if len(word) <= _SHORT_FORM_CHARS and word.lower() not in calendar.short_months:
        return calendar.months.get(word.lower())  # "się" is not "sie."
    return _find_month(slugify(word))


@lru_cache(maxsize=4096)
def _find_month(folded: str) -> int | None:
    months = load_calendar().months
    if folded in months:
        return months[folded]
    if len(folded) < _MIN_FUZZY_CHARS:
        return None
    limit = 2 if len(folded) >= _LONG_NAME_CHARS else 1
    near = {
        number
        for form, number in months.items()
        # The first letter is what writers get right; short months are too like each other.
        if len(form) >= _MIN_FUZZY_CHARS
        and form[0] == folded[0]
        and OSA.distance(form, folded, score_cutoff=limit) <= limit
    }
    return near.pop() if len(near) == 1 else None


def find_roman_month(numeral: str) -> int | None:
    """Give the month of a Roman numeral from I to XII."""
    return load_calendar().romans.get(numeral)


def find_season(word: str) -> int | None:
    """Give the first month of the season that a word names."""
    return load_calendar().seasons.get(slugify(word))


def month_name(number: int) -> str:
    """Give a month's Polish name in the nominative, 1 being January."""
    return load_calendar().nominatives[number - 1]


def _forms(tables: Iterable[Any]) -> list[str]:
    return [form for table in tables for form in table["forms"]]


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
