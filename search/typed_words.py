"""Single words of a query as typed: plain ones, patterns, and those that may be misspelt.

rosja      any inflection
zeł?nski   morgul*     patterns
zelnski~   zelnski~2   at most one letter wrong, or two
"""

import re
from collections.abc import Callable, Iterator

from search.query import Fuzzy, Wildcard, Word

MAX_WILDCARDS = 8
"""Of patterns and words that may be misspelt, together: each is looked up among all forms."""
MIN_WILDCARD_LETTERS = 2
MIN_FUZZY_LETTERS = (3, 5)
"""Letters that a word needs for one slip and for two: of a shorter one too little is left."""

_EDGE = re.compile(r"^[^\w*?]+|[^\w*?]+$")
_STARS = re.compile(r"\*{2,}")
_FUZZY = re.compile(
    r"""
    [^\w*?~]*+
    (?P<typed> (?P<word> \w (?: [^*?~]*\w )? ) [^\w*?~]* ~ (?P<slips>\d{0,3}) )
    [^\w*?~]*
    """,
    re.VERBOSE,
)
_SLIPS_ALONE = re.compile(r"\d?(?:[.,]\d+)?")


def strip_edges(text: str) -> str:
    """Give a word without the punctuation around it."""
    return _EDGE.sub("", text)


class WordReader:
    """Reads the words of one query; what cannot be meant is passed over, and a note says so."""

    def __init__(self, note: Callable[..., None]) -> None:
        self._note = note
        self._wildcards = 0

    def read(self, text: str) -> Iterator[Word | Wildcard | Fuzzy]:
        """Give the word of a text without blanks; none, or several, where it has to be mended."""
        if "~" not in text:
            yield from self._read_plain(text)
            return
        found = _FUZZY.fullmatch(text)
        slips = int(found["slips"] or 1) if found else 0
        if found and slips:
            yield from self._read_fuzzy(found["word"], found["typed"], slips)
            return
        self._note("stray_tilde", text)
        for piece in text.split("~"):
            if not _SLIPS_ALONE.fullmatch(piece):
                yield from self._read_plain(piece)

    def _read_fuzzy(self, word: str, typed: str, slips: int) -> Iterator[Word | Fuzzy]:
        borne = sum(len(word) >= letters for letters in MIN_FUZZY_LETTERS)
        if slips > borne:
            slips = borne
            self._note("fewer_slips", typed, f"{word}~{slips}" if slips else word)
        if not slips:
            yield Word(word)
        elif self._is_room():
            yield Fuzzy(typed, word, slips)

    def _read_plain(self, text: str) -> Iterator[Word | Wildcard]:
        word = _STARS.sub("*", strip_edges(text))
        if "*" not in word and "?" not in word.rstrip("?"):
            word = word.rstrip("?")
            if any(map(str.isalnum, word)):
                yield Word(word)
        elif sum(map(str.isalnum, word)) < MIN_WILDCARD_LETTERS:
            self._note("wildcard_too_short", text, str(MIN_WILDCARD_LETTERS))
        elif self._is_room():
            yield Wildcard(word)

    def _is_room(self) -> bool:
        self._wildcards += 1
        if self._wildcards > MAX_WILDCARDS:
            self._note("too_many_wildcards", str(MAX_WILDCARDS))
        return self._wildcards <= MAX_WILDCARDS
