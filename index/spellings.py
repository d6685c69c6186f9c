"""The sorted strings of a table in memory, for look-ups that no bisection answers.

A string that is a few slips away from a word has nearly its length and nearly its letters.
Both are compared for all strings at once, and what is left is compared letter by letter:
a millisecond for a quarter of a million strings, whichever letter is wrong.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from index.patterns import compile_pattern

_LINE_END = "\n"
_LAST_ASCII = 127
_BITS = 64

Span = tuple[int, int]
"""The numbers `[first, last)` of strings that are looked at."""


class Spellings:
    """Strings as one text, a line each, with the length and the letters of every one."""

    def __init__(self, strings: Iterable[str]) -> None:
        """Take strings without line ends."""
        self._text = _LINE_END.join(strings)
        letters = _code_points(self._text)
        ends = np.append(np.flatnonzero(letters == ord(_LINE_END)), letters.size)
        self._starts = np.concatenate(([0], ends[:-1] + 1)).astype(np.uint32)
        self._sizes = (ends - self._starts).astype(np.int32)
        bits = _bits_of(letters)
        bits[letters == ord(_LINE_END)] = 0
        self._letters = np.bitwise_or.reduceat(np.append(bits, np.uint64(0)), self._starts)

    def matching(self, pattern: str, between: Span) -> NDArray[np.int64]:
        """Give the numbers of the strings that match `*` and `?`, out of some."""
        first, last = between
        if first == last:
            return np.zeros(0, dtype=np.int64)
        begin, end = self._starts[first], self._starts[last - 1] + self._sizes[last - 1]
        found = compile_pattern(pattern).finditer(self._text, int(begin), int(end))
        starts = np.array([match.start() for match in found], dtype=np.int64)
        return np.searchsorted(self._starts, starts)

    def within(self, word: str, slips: int, between: Span) -> list[tuple[str, int]]:
        """Give the strings that are some slips away from a word, and how many, the fewest first.

        A slip is a letter too many, too few, another one, or two neighbours that changed
        places.
        """
        some = slice(*between)
        near = np.flatnonzero(np.abs(self._sizes[some] - len(word)) <= slips) + between[0]
        # A slip takes one letter away at most, and brings one at most.
        own = np.bitwise_or.reduce(_bits_of(_code_points(word)), initial=np.uint64(0))
        near = near[np.bitwise_count(self._letters[near] ^ own) <= 2 * slips]
        starts = self._starts[near].tolist()
        stops = (self._starts[near] + self._sizes[near]).tolist()
        alike = [self._text[start:stop] for start, stop in zip(starts, stops, strict=True)]
        found = extract(word, alike, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return [(string, distance) for string, distance, _ in found]


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _bits_of(letters: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Give one bit for each letter; letters may share theirs."""
    places = np.minimum(letters, _LAST_ASCII) % _BITS
    return np.left_shift(np.uint64(1), places.astype(np.uint64))
