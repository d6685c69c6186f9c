"""What a Markdown file says about itself above its text, as site generators keep it."""

import re
from collections.abc import Mapping
from datetime import date

from corpus.dates.grammar import parse_period
from corpus.dates.points import BadDate
from corpus.readers.page_metadata import PageMetadata, is_address, parse_day

_FRONT_MATTER = re.compile(
    r"\s*(?P<mark>---|\+\+\+)[ \t]*\n(?P<lines>.*?)\n(?P=mark)[ \t]*(?:\n|$)", re.DOTALL
)
_FIELD = re.compile(r"(?P<name>[^\W\d][\w-]*)[ \t]*[:=](?:[ \t]+(?P<value>.*))?")
_GOES_ON = re.compile(r"\s+\S|[-#\]}]|$")
_TITLES = ("title", "tytuł")
_DAYS = ("date", "published", "data")
_PUBLISHERS = ("publisher", "wydawca", "author", "authors", "autor", "autorzy")
_LANGUAGES = ("lang", "language", "język")
_ADDRESSES = ("source_url", "canonical_url", "canonical", "url", "link")


def split_front_matter(text: str) -> tuple[PageMetadata, str]:
    """Give what a file says of itself in simple `name: value` lines, and the text below them.

    Lines between rules that are anything else belong to the text.
    """
    found = _FRONT_MATTER.match(text)
    fields = _read_fields(found["lines"]) if found else {}
    about = PageMetadata(
        title=_first(fields, _TITLES),
        publisher=_first(fields, _PUBLISHERS),
        language=_first(fields, _LANGUAGES),
        published=_read_day(_first(fields, _DAYS)),
        source_url=next(
            (fields[name] for name in _ADDRESSES if is_address(fields.get(name, ""))), ""
        ),
    )
    return about, text[found.end() :] if found and fields else text


def _read_fields(lines: str) -> Mapping[str, str]:
    """Read the fields, the items of a list joined; none when a line is not of their kind."""
    values: dict[str, list[str]] = {}
    name = ""
    for line in lines.split("\n"):
        if field := _FIELD.fullmatch(line):
            name = field["name"].lower()
            values[name] = [_unquote(part) for part in _split_list(field["value"] or "")]
        elif not _GOES_ON.match(line):
            return {}
        elif name and line.lstrip().startswith("- "):
            values[name].append(_unquote(line.strip(" \t-")))
    return {name: ", ".join(filter(None, parts)) for name, parts in values.items()}


def _split_list(value: str) -> list[str]:
    value = value.strip()
    return value[1:-1].split(",") if value[:1] == "[" and value[-1:] == "]" else [value]


def _unquote(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] in "\"'" and value[0] == value[-1]
    return " ".join((value[1:-1] if quoted else value).split())


def _first(fields: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((fields[name] for name in names if fields.get(name)), "")


def _read_day(value: str) -> date | None:
    """Read a day, with a time after it or in Polish words."""
    if day := parse_day(value):
        return day
    try:
        period = parse_period(value)
    except BadDate:
        return None
    return period.dates.start if period and period.precision == "day" else None
