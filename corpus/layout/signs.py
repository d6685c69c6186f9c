"""What the beginning of a line says: a heading, a numbered item, a dated event."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

from corpus.countries.mentions import find_countries
from corpus.dates.grammar import find_event_date, read_whole_date
from corpus.sentences import has_finite_verb, is_closed

Sign = Literal["heading", "label", "bullet", "event"]

_ROMAN = re.compile(r"(?P<numeral>[IVXL]{1,7})\.\s+(?=[^\W\d_]{2})")
_NUMBERING = re.compile(r"(?:[IVXL]{1,7}[.)]?|\d{1,2}(?:\.\d{1,2})*[.)]?|[A-Za-z][.)])\s+(?=\S)")
_SECTION_NUMBER = re.compile(r"(?P<number>\d{1,2})[.)]?\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ])")
_LABEL = re.compile(r"(?P<label>(?P<letter>[a-zA-F])|\d{1,2})(?P<mark>[.)])\s+(?=\S)")
_NOTE_NUMBER = re.compile(r"\[(?P<number>\d{1,3})\]\s*(?=\S)")
BULLETS = "•▪●◦■‣·*➢►\uf0b7\uf0a7\uf0d8–—-"  # those of Word's Symbol font, too
_BULLET = re.compile(rf"[{BULLETS}]\s+(?=\S)")
_AGAINST = re.compile(r"\w\s*(?:/|\s[-–—])\s*[^\W\d_a-ząćęłńóśźż]")
_BETWEEN_NAMES = re.compile(r"\s+[-–—]\s+|\s*[/,]\s*|\s+(?:i|oraz)\s+")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_OPEN_END = re.compile(
    r"(?:[,(„«–—-]|\b(?:[aiowzuAIOWZU]|od|do|na|za|po|ze|we|przy|dla|oraz|lub|albo|ale|że|który\w*"
    r"|która|przez|między|dnia|dniach|dniu))$"
)
_MAX_HEADING_CHARS = 160
_MAX_SECTION_CHARS = 80
_MAX_DATE_CHARS = 60


@cache
def load_section_words() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads(files("corpus").joinpath("data/sections.toml").read_text("utf-8"))
    return {name: tuple(words) for name, words in data.items()}


def find_signs(
    lines: Sequence[str], detached: Sequence[bool], headings: Sequence[bool]
) -> tuple[Sign | None, ...]:
    """Give for each line what it begins, None for a line that goes on.

    A number at a line's start is a label only where labels are counted: after the one
    before it, or as the first. `detached` says before which lines there is more space
    than usual, `headings` which are known to be headings.
    """
    signs: list[Sign | None] = []
    expected: set[str] = set()
    # An "A." that no "B." follows is somebody's initial.
    initials = {mark for mark in ".)" if not any(line.startswith(f"B{mark} ") for line in lines)}
    for index, line in enumerate(lines):
        previous = lines[index - 1] if index else ""
        after_break = (
            index == 0 or detached[index] or is_closed(previous) or signs[index - 1] == "heading"
        )
        sign = None if is_open(previous) and not detached[index] else _find_sign(line)
        if headings[index]:
            sign = "heading"
        if sign in ("label", "bullet") and not after_break:
            sign = None
        if sign == "event" and not after_break and ":" not in line:
            sign = None
        if sign == "heading" and not after_break and is_date_line(line):
            sign = None
        if sign == "label":
            label = read_label(line)
            if label[:-1].isupper() and label[-1] in initials:
                sign = None
            elif label[:-1] in ("1", "a", "A") or label in expected:
                expected.add(_following(label))
            else:
                sign = None
        elif sign == "heading":
            expected = set()
        signs.append(sign)
    return tuple(signs)


def is_sign(line: str) -> bool:
    """Tell whether a line by itself looks like the beginning of something numbered or dated."""
    return _find_sign(line) in ("label", "event") or is_numbered_heading(line)


def read_label(text: str) -> str:
    """Give the author's numbering at the beginning of a text ("a.", "1)"), or nothing."""
    label = _LABEL.match(text)
    return label["label"] + label["mark"] if label else ""


def read_note_number(text: str, section: str = "") -> str:
    """Give the number of a footnote ("[1] …"), in a list of sources also that of "1. …"."""
    found = _NOTE_NUMBER.match(text)
    if found is None and section and section_kind(section) == "sources":
        found = _LABEL.match(text)
        return found["label"] if found and not found["letter"] else ""
    return found["number"] if found else ""


def skip_label(text: str) -> int:
    """Give where a text begins after its label or bullet."""
    label = _LABEL.match(text) or _BULLET.match(text)
    return label.end() if label else 0


def strip_numeral(heading: str) -> str:
    """Give a heading without its Roman numeral."""
    return _ROMAN.sub("", heading, count=1).strip()


def is_numbered_heading(text: str) -> bool:
    """Tell whether a line begins with a Roman numeral, as sections are numbered."""
    return _ROMAN.match(text) is not None


def is_heading(text: str) -> bool:
    """Tell whether a line can only be a heading: in capitals, numbered, or a section's name."""
    if len(text) > _MAX_HEADING_CHARS:
        return False
    if text.isupper() and _LONG_WORD.search(text):
        return not text.endswith(".")
    if is_numbered_heading(text):
        return not is_closed(text) and find_event_date(text) is None
    return section_kind(text) is not None or is_country_group(text)


def is_country_group(text: str) -> bool:
    """Tell whether a line sets countries against each other, as sections of monitors do.

    >>> is_country_group("Japonia / Rosja, Ukraina"), is_country_group("Rosja, Ukraina")
    (True, False)
    """
    name = strip_numeral(text).rstrip(": ")
    if not _AGAINST.search(name) or name[-1] in ".;,?!":
        return False
    parts = _BETWEEN_NAMES.split(name)
    return all(part[:1].isupper() for part in parts) and all(
        any((found.start, found.end) == (0, len(part)) for found in find_countries(part))
        for part in parts
    )


def section_kind(heading: str) -> Literal["conclusion", "comment", "sources", "other"] | None:
    """Give what a section's name promises, None for a name that promises nothing."""
    words = load_section_words()
    name = _NUMBERING.sub("", heading, count=1).rstrip(":. ").lower()
    first, _, rest = name.partition(" ")
    for kind in ("conclusion", "comment", "sources", "other"):
        if name in words[kind] or (first in words[kind] and rest in words["qualifier"]):
            return kind
    return None


def find_numbered_sections(lines: Sequence[str]) -> frozenset[int]:
    """Give the lines "1. Wnioski", "2. Serbia", … if a section's name is among them.

    A number in Arabic digits is as often that of a list's item; a line of its own without
    a verb, counted on from the one before, is a heading where one of them can only be one.
    """
    found: list[int] = []
    for index, line in enumerate(lines):
        number = _SECTION_NUMBER.match(line)
        if (
            number
            and int(number["number"]) == len(found) + 1
            and len(line) <= _MAX_SECTION_CHARS
            and not is_closed(line)
            and not has_finite_verb(line)
            and find_event_date(line) is None
        ):
            found.append(index)
    named = any(section_kind(lines[index]) for index in found)
    return frozenset(found) if named and len(found) > 1 else frozenset()


def is_date_line(line: str) -> bool:
    """Tell whether a line is nothing but a date."""
    return len(line) <= _MAX_DATE_CHARS and read_whole_date(strip_numeral(line)) is not None


def _find_sign(line: str) -> Sign | None:
    if is_heading(line) or is_date_line(line):
        return "heading"
    if find_event_date(line) is not None:
        return "event"
    if _LABEL.match(line):
        return "label"
    return "bullet" if _BULLET.match(line) else None


def is_open(line: str) -> bool:
    """Tell whether a line ends with what cannot end a sentence or a heading."""
    return _OPEN_END.search(line) is not None


def _following(label: str) -> str:
    name, mark = label[:-1], label[-1]
    return (str(int(name) + 1) if name.isdigit() else chr(ord(name) + 1)) + mark
