"""Lines that speak of the publication: its series and number, its authors, its publisher."""

import re
from collections.abc import Sequence

from corpus.dates.grammar import find_dates
from corpus.layout.signs import load_section_words
from corpus.morphology import analyse
from corpus.sentences import has_finite_verb, is_closed

_MAX_CHARS = 140
_MAX_NAME_WORDS = 5
_MAX_SERIES_WORDS = 4
_BETWEEN_AUTHORS = re.compile(r"\s*[,;]\s*|\s+(?:i|oraz)\s+")
_DEGREES = re.compile(r"(?:(?:dr|hab|prof|mgr|inż|płk|gen|amb)\b\.?,?\s*)+", re.IGNORECASE)
# "Nr 45 (2034)", "#12 | marzec 2023", "845 (98/2023)", "© OŚM": no text begins so.
_NUMBER = re.compile(
    r"(?:(?:nr|no\.|numer|vol\.|zeszyt|issue|tom)\s*\d|#\s?\d|\d{1,4}\s*\(\d{1,4}/\d{4}\)|©)",
    re.IGNORECASE,
)
_CONTACT = (
    re.compile(r"\b\d\d-\d{3}\s+[A-ZĄĆĘŁŃÓŚŹŻ]"),
    re.compile(r"\b(?:tel|fax|faks)\b", re.IGNORECASE),
    re.compile(r"\bul\.\s"),
    re.compile(r"\S@\S+\.\w"),
    re.compile(r"\bwww\.\S", re.IGNORECASE),
)


def is_imprint(text: str) -> bool:
    """Tell whether a paragraph says who published the document, and when, rather than what."""
    if is_publication_note(text) or is_imprint_line(text):
        return True
    short = len(text) <= _MAX_CHARS and not has_finite_verb(text)
    # A document is published on one day; several are what it is about.
    return short and any(period.dates.start == period.dates.end for period in find_dates(text))


def is_imprint_line(text: str) -> bool:
    """Tell whether a line by its first words is an imprint: a number, an editor, a publisher's ©.

    >>> is_imprint_line("Nr 45 (2034), Gdynia"), is_imprint_line("Redakcja: Ewa Lis, Jan Kot")
    (True, True)
    """
    if len(text) > _MAX_CHARS:
        return False
    if _NUMBER.match(text):
        return not has_finite_verb(text)
    folded = text.lower()
    named = any(folded.startswith(word) for word in load_section_words()["imprint"])
    return named and (
        ":" in text[: _MAX_CHARS // 3] or not (is_closed(text) or has_finite_verb(text))
    )


def is_byline(text: str) -> bool:
    """Tell whether a text is nothing but the names of authors: "Jan Kowalski, dr Anna Nowak"."""
    names = [
        _DEGREES.sub("", name, count=1).split()
        for name in _BETWEEN_AUTHORS.split(text.strip().rstrip("."))
    ]
    return len(text) <= _MAX_CHARS and all(
        2 <= len(name) < _MAX_NAME_WORDS
        and all(word[:1].isupper() for word in name)
        and any("imię" in reading.names for reading in analyse(name[0].capitalize()))
        for name in names
    )


def is_masthead(text: str) -> bool:
    """Tell whether a line above a title names the series or the publisher, not the subject."""
    words = load_section_words()
    folded = text.lower()
    series = len(text.split()) <= _MAX_SERIES_WORDS and any(
        re.search(rf"\b{re.escape(name)}", folded) for name in words["series"]
    )
    return series or any(folded.startswith(name) for name in words["publisher"])


def is_publication_note(text: str) -> bool:
    """Tell whether a paragraph speaks of the publication itself, as a disclaimer does."""
    words = load_section_words()
    telling = _count_words(text, words["note"])
    if telling > 0 and telling + _count_words(text, words["note_also"]) > 1:
        return True
    return sum(sign.search(text) is not None for sign in _CONTACT) > 1 and not has_finite_verb(text)


def _count_words(text: str, beginnings: Sequence[str]) -> int:
    folded = text.lower()
    return sum(bool(re.search(rf"\b{re.escape(word)}", folded)) for word in beginnings)
