"""Where the words of a text are, and what stays of a word when its spelling is folded."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_letters, ascii_lowercase, digits

import numpy as np
from numpy.typing import NDArray

HYPHENS = "-\u2010\u2011\u2212\u2013"
"""What joins the parts of one word: hyphens, the minus and an en dash without spaces."""

APOSTROPHES = "'\u2019\u02bc"

_PART = r"[^\W_][\w\u0300-\u036f\u00ad]*"
_WORD = re.compile(rf"{_PART}(?:[{HYPHENS}{APOSTROPHES}]{_PART})*")
_UNIFIED = str.maketrans(
    {**dict.fromkeys(HYPHENS + "\u2014\u2015", "-"), **dict.fromkeys(APOSTROPHES, "'")}
)
_FOLDED = _UNIFIED | str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"}
    | dict(zip("ąćęńóśźż", "acenoszz", strict=True))
)

_IN_PIECES = frozenset(f"{ascii_letters}{digits}_-'".encode())
_BLANKED = bytes(code if code in _IN_PIECES or code > 0x7F else 0x20 for code in range(256))
_FREQUENT_MARKS = "\u00a0\u201d\u201e"
_BLANK, _CONTINUED, _CONTINUATION = 0x20, 0xC0, 0x80
_ASCII_LOWER = ascii_lowercase.encode()


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the text spells it; `form` is composed (NFC) and without soft hyphens."""

    form: str
    start: int
    end: int


def split_words(text: str) -> Iterator[Word]:
    """Give the words of a text, with hyphens and apostrophes between letters kept inside.

    >>> [word.form for word in split_words("Szczyt USA–KRLD, 27. runda (Seul).")]
    ['Szczyt', 'USA–KRLD', '27', 'runda', 'Seul']
    """
    for match in _WORD.finditer(text):
        yield Word(compose_form(match.group()), match.start(), match.end())


find_words = _WORD.findall
"""Give the words of a text as it spells them; with two offsets, of what lies between."""

match_words = _WORD.finditer
"""Give the same as matches, one after another."""


def word_spans(text: str) -> list[tuple[int, int]]:
    """Give where the words of a text are."""
    return spans_of(text, find_words(text))


def spans_of(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Give where words are that `find_words` found; none can begin between two of them."""
    spans = []
    end = 0
    for word in words:
        start = text.find(word, end)
        end = start + len(word)
        spans.append((start, end))
    return spans


def split_pieces(text: str) -> tuple[list[bytes], NDArray[np.int32], NDArray[np.int32]]:
    """Give what stands between blanks and plain punctuation: bytes, where each begins, ends.

    Every word stands in one piece, which most often is that word. For many words this takes
    a third of the time of `find_words`.
    """
    for mark in _FREQUENT_MARKS:
        text = text.replace(mark, " ")
    blanked = text.encode().translate(_BLANKED)
    codes = np.frombuffer(b" %b " % blanked, dtype=np.uint8)
    turns = np.flatnonzero(np.diff(codes != _BLANK))
    chars = np.zeros(len(blanked) + 1, dtype=np.int32)  # before each byte
    np.cumsum((codes[1:-1] & _CONTINUED) != _CONTINUATION, out=chars[1:])
    return blanked.split(), chars[turns[::2]], chars[turns[1::2]]


def line_at(text: str, offset: int) -> str:
    """Give the line in which a character stands."""
    end = text.find("\n", offset)
    return text[text.rfind("\n", 0, offset) + 1 : end if end >= 0 else len(text)]


def unify_marks(form: str) -> str:
    """Give a form with one kind of hyphen and one kind of apostrophe."""
    return form if form.isalnum() else form.translate(_UNIFIED)


def is_shouted(text: str) -> bool:
    """Tell whether the letters of a text are mostly capitals, as in a heading."""
    plain = text.encode("ascii", "ignore")
    if 2 * (len(plain) - len(plain.translate(None, _ASCII_LOWER))) >= len(text):
        return False
    upper = sum(map(str.isupper, text))
    return upper > sum(map(str.islower, text))


def fold(text: str) -> str:
    """Give a text in lower case, without diacritics, with one kind of dash and apostrophe.

    >>> fold("Białoruś – ŁÓDŹ")
    'bialorus - lodz'
    """
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    folded = lowered.translate(_FOLDED)
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def compose_form(form: str) -> str:
    """Give a word in composed characters (NFC) and without soft hyphens."""
    if form.isascii():
        return form
    return unicodedata.normalize("NFC", form).replace("\u00ad", "")
