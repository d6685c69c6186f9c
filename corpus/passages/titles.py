"""A title for a document that has none: from its sections and dates, or its file's name."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from corpus.dates.calendar import month_name
from corpus.document import DateRange
from corpus.layout.signs import strip_numeral
from corpus.morphology import analyse

_BETWEEN_GROUPS = re.compile(r"\s+[–—-]\s+")
_MAX_ACRONYM_CHARS = 5
_MAX_GROUPS = 4
_JUNK = re.compile(
    r"microsoft word|untitled|bez tytułu|dokument\d*$|document\d*$|.*\.(?:docx?|pdf|indd|txt|rtf)$",
    re.IGNORECASE,
)


def is_real_title(title: str) -> bool:
    """Tell whether a file's own title was given by a person, not by the program that wrote it."""
    return bool(title.strip()) and _JUNK.match(title.strip()) is None


def derive_title(sections: Sequence[str], dates: DateRange | None, path: str) -> str:
    """Give a title made of the sections that hold events and of their months.

    Sections that end alike are drawn together: "Chiny – Gruzja" and "Indie – Gruzja"
    make "Chiny, Indie – Gruzja".
    """
    headings = [_recase(strip_numeral(section)) for section in dict.fromkeys(sections) if section]
    if not headings or len(headings) > _MAX_GROUPS:
        name = PurePosixPath(path).stem.replace("_", " ").strip()
        return name or path
    groups: dict[str, list[str]] = {}
    for heading in headings:
        first, *rest = _BETWEEN_GROUPS.split(heading, maxsplit=1)
        groups.setdefault(rest[0] if rest else "", []).append(first)
    parts = [
        f"{', '.join(firsts)} – {shared}" if shared else ", ".join(firsts)
        for shared, firsts in groups.items()
    ]
    title = "; ".join(parts)
    return f"{title}, {_name_months(dates)}" if dates else title


def _name_months(dates: DateRange) -> str:
    start, end = dates.start, dates.end
    if (start.year, start.month) == (end.year, end.month):
        return f"{month_name(start.month)} {start.year}"
    if start.year == end.year:
        return f"{month_name(start.month)}–{month_name(end.month)} {end.year}"
    return f"{month_name(start.month)} {start.year} – {month_name(end.month)} {end.year}"


def _recase(heading: str) -> str:
    """Give a heading in capitals as a title: names with a capital, acronyms as they are."""
    if not heading.isupper():
        return heading
    return re.sub(r"[^\W\d_]+", lambda word: _recase_word(word[0]), heading)


def _recase_word(word: str) -> str:
    if {reading.pos for reading in analyse(word.lower())} & {"prep", "conj"}:
        return word.lower()
    acronym = len(word) <= _MAX_ACRONYM_CHARS and any(
        reading.lemma == word for reading in analyse(word)
    )
    return word if acronym else word.capitalize()
