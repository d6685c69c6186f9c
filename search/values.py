"""The value a user gives to a field, in the form the index has it."""

import re
from datetime import date

from corpus.countries.mentions import resolve_country
from corpus.dates.grammar import BadDate, parse_period
from corpus.document import DateRange
from corpus.identifiers import slugify
from index.field_values import host_of
from search.syntax import load_syntax

MISSING = "none"

_PAIR_SEPARATOR = re.compile(r"\s*[-–—/]\s*")


class BadValue(ValueError):
    """A field cannot have this value; the message is one plain sentence."""


def canonical_value(field: str, value: str, today: date | None = None) -> str:
    """Give a typed value as the index spells it; "last month" needs to know today.

    Raises: BadValue.
    """
    value = " ".join(value.split())
    if not value:
        raise BadValue(f"The field {field} has no value.")
    if value.casefold() in load_syntax().missing:
        return MISSING
    match field:
        case "pair":
            return _canonical_pair(value)
        case "country" | "mentioned":
            return _canonical_country(value)
        case "kind":
            return _canonical_kind(value)
        case "actor":
            return _canonical_actor(value)
        case "source":
            return _canonical_host(value)
        case "date":
            return format_range(read_range(value, today))
        case _:
            return value


def _canonical_actor(value: str) -> str:
    slug = slugify(value)
    if not slug:
        raise BadValue(f"“{value}” has no letters to name anyone by.")
    return slug


def read_range(value: str, today: date | None = None) -> DateRange:
    """Read a day, a month, a year, a season, a quarter, or a range of them.

    `today` is what "w zeszłym miesiącu" is counted from.

    Raises: BadValue.
    """
    try:
        period = parse_period(value, today)
    except BadDate as err:
        raise BadValue(str(err)) from err
    if period is None:
        raise BadValue(f"“{value}” is not a date; write 2018-10-05, 2018-10 or 2018.")
    return period.dates


def format_range(dates: DateRange) -> str:
    return f"{dates.start.isoformat()}..{dates.end.isoformat()}"


def parse_range(value: str) -> DateRange:
    """Read back what `format_range` wrote."""
    start, end = value.split("..")
    return DateRange(date.fromisoformat(start), date.fromisoformat(end))


def _canonical_country(value: str) -> str:
    code = resolve_country(value)
    if code is None:
        raise BadValue(f"“{value}” is not a country that Kwerenda knows.")
    return code


def _canonical_pair(value: str) -> str:
    for separator in _PAIR_SEPARATOR.finditer(value):
        first = resolve_country(value[: separator.start()])
        second = resolve_country(value[separator.end() :])
        if first and second and first != second:
            return "-".join(sorted((first, second)))
    raise BadValue(f"“{value}” is not a pair of countries; write for example JP-RU.")


def _canonical_kind(value: str) -> str:
    kind = load_syntax().kinds.get(value.casefold())
    if kind is None:
        raise BadValue(f"“{value}” is not a kind of passage.")
    return kind


def _canonical_host(value: str) -> str:
    return host_of(value if "//" in value else f"//{value}").removeprefix("//")
