"""The Polish calendar's words: months, however misspelt, Roman numerals, seasons."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from corpus.identifiers import slugify

_MIN_FUZZY_CHARS = 5
_LONG_NAME_CHARS = 9


@dataclass(frozen=True, slots=True)
class Calendar:
    """Words to numbers: month names and short forms, Roman numerals, seasons' first months."""

    months: dict[str, int]
    romans: dict[str, int]
    seasons: dict[str, int]
    nominatives: tuple[str, ...]


@cache
def load_calendar() -> Calendar:
    """Read the months and seasons; names are folded, Roman numerals as they are."""
    data = tomllib.loads(files("corpus").joinpath("data/months.toml").read_text("utf-8"))
    return Calendar(
        months={
            slugify(form): number
            for number, month in enumerate(data["month"], start=1)
            for form in month["forms"]
        },
        romans={month["roman"]: number for number, month in enumerate(data["month"], start=1)},
        seasons={
            slugify(form): season["first_month"]
            for season in data["season"]
            for form in season["forms"]
        },
        nominatives=tuple(month["forms"][0] for month in data["month"]),
    )


def find_month(word: str) -> int | None:
    """Give the number of the month that a word names, or that a misspelt one must mean.

    >>> find_month("pażdziernika"), find_month("paźdiernika"), find_month("maja")
    (10, 10, 5)
    """
    months = load_calendar().months
    folded = slugify(word)
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
