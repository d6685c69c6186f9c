"""Words as numbers: each distinct form is analysed once, whatever the corpus.

A word's number stands for a form together with the class of keys that it has in its
place: a form in a heading of capitals, or one that begins a country's or an actor's name,
is another number than the plain form. Classes are needed only when a segment is written,
so that processes can share the work of analysing new forms.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.morphology import look_ahead
from index.analysis import class_term, keys_of_term
from index.entities import (
    PROMISES_COUNTRY,
    country_role,
    letters_of,
    own_country_keys,
)
from index.keys import keys_of
from index.tokenizer import (
    compose_form,
    find_words,
    is_shouted,
    line_at,
    spans_of,
    split_pieces,
    word_spans,
)

_CACHED_SECTIONS = 5_000
_ANALYSED_TOGETHER = 512

SHOUTED = "!"
"""What follows a form whose capitals mean nothing, since its whole line has them."""

HAS_CAPITALS = 8
"""A note beside what a word may do in a mention of a country."""

Ints = NDArray[np.int32]


class PlacedWords(NamedTuple):
    """Words of a text: their numbers, and the characters where they begin and end."""

    numbers: Ints
    starts: Ints
    ends: Ints


class _MixedPiece(NamedTuple):
    """A piece that is not one word and nothing else: the words in it, and where they are."""

    numbers: list[int]
    spans: list[tuple[int, int]]


class Vocabulary(dict[bytes, int]):
    """The number of the word that a piece of a text is, given when it is first met.

    Other pieces have negative numbers, the last piece first. `forms` and `classes` are
    the distinct strings; `form_of` and `class_of` lead from a word's number to theirs.
    """

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[str] = []
        self.classes: list[str] = []
        self.form_of = array("i")
        self.class_of = array("i")
        self.notes = bytearray()  # of each number: what may change with a word's place
        self._form_numbers: dict[str, int] = {}
        self._class_numbers: dict[str, int] = {}
        self._words: dict[tuple[str, bool, tuple[str, ...]], int] = {}
        self._unclassified: list[tuple[str, tuple[str, ...]]] = []
        self._own: dict[int, tuple[str, ...]] = {}
        self._mixed: list[_MixedPiece] = []
        self.number_section = lru_cache(_CACHED_SECTIONS)(self._number_section)

    def __missing__(self, piece: bytes) -> int:
        text = piece.decode()
        words = find_words(text)
        if words == [text]:
            number = self._number_spelt(text)
        else:
            numbers = [self._number_spelt(word) for word in words]
            self._mixed.append(_MixedPiece(numbers, spans_of(text, words)))
            number = -len(self._mixed)
        self[piece] = number
        return number

    def place_words(self, text: str) -> PlacedWords:
        """Give the words of a text as they are numbered wherever they stand."""
        pieces, starts, ends = split_pieces(text)
        numbers = np.fromiter(map(self.__getitem__, pieces), np.int32, len(pieces))
        is_mixed = numbers < 0
        if not is_mixed.any():
            return PlacedWords(numbers, starts, ends)
        mixed = [self._mixed[-number - 1] for number in numbers[is_mixed].tolist()]
        counts = np.ones(numbers.size, dtype=np.int64)
        counts[is_mixed] = [len(piece.numbers) for piece in mixed]
        numbers, starts = np.repeat(numbers, counts), np.repeat(starts, counts)
        ends, inside = np.repeat(ends, counts), np.repeat(is_mixed, counts)
        spans = list(chain.from_iterable(piece.spans for piece in mixed))
        numbers[inside] = list(chain.from_iterable(piece.numbers for piece in mixed))
        ends[inside] = starts[inside] + np.array([end for _, end in spans], dtype=np.int32)
        starts[inside] += np.array([start for start, _ in spans], dtype=np.int32)
        return PlacedWords(numbers, starts, ends)

    def renumber(self, number: int, *, shouted: bool, named: Iterable[str]) -> int:
        """Give the number that a word has in a shouted line or where it names an entity."""
        keys = {*named, *self._own.get(number, ())}
        return self._number(self.forms[self.form_of[number]], shouted, tuple(sorted(keys)))

    def new_forms(self) -> list[str]:
        """Give the forms that were met since the last classes, each with its capitals' meaning."""
        return list(dict.fromkeys(form for form, _ in self._unclassified))

    def classify(self, term_of: Mapping[str, str]) -> None:
        """Take the index terms of all new forms, and give every word its class."""
        for form, named in self._unclassified:
            term = term_of[form]
            if named:
                term = class_term(sorted({*keys_of_term(term), *named}))
            self.class_of.append(_number_of(term, self.classes, self._class_numbers))
        self._unclassified.clear()

    def _number_section(self, section: str) -> tuple[int, ...]:
        """Give the numbers of the words of a heading, which names no entities."""
        numbers = []
        for start, end in word_spans(section):
            form = compose_form(section[start:end])
            shouted = _has_capitals(form) and is_shouted(line_at(section, start))
            numbers.append(self._number(form, shouted, ()))
        return tuple(numbers)

    def _number_spelt(self, spelt: str) -> int:
        form = compose_form(spelt)
        own = own_country_keys(spelt)
        number = self._number(form, False, own)
        notes = 0
        for word in letters_of(spelt):
            notes |= country_role(word)
        if own:
            self._own[number] = own
            notes &= ~PROMISES_COUNTRY
        if _has_capitals(form):
            notes |= HAS_CAPITALS
        if notes:
            self.notes[number] |= notes
        return number

    def _number(self, form: str, shouted: bool, named: tuple[str, ...]) -> int:
        key = (form, shouted, named)
        number = self._words.get(key)
        if number is None:
            number = self._words[key] = len(self.form_of)
            self.form_of.append(_number_of(form, self.forms, self._form_numbers))
            self._unclassified.append((form + SHOUTED if shouted else form, named))
            self.notes.append(0)
        return number


def analyse_forms(forms: Sequence[str]) -> list[str]:
    """Give the index terms of forms as `Vocabulary.new_forms` has them."""
    terms: list[str] = []
    for first in range(0, len(forms), _ANALYSED_TOGETHER):
        together = forms[first : first + _ANALYSED_TOGETHER]
        look_ahead(together)
        terms.extend(
            class_term(keys_of(form.removesuffix(SHOUTED), form[-1:] == SHOUTED))
            for form in together
        )
    return terms


def _has_capitals(form: str) -> bool:
    """Tell whether a form has capitals inside, which mean nothing in a shouted line."""
    return form[1:] != form[1:].lower()


def _number_of(string: str, strings: list[str], numbers: dict[str, int]) -> int:
    number = numbers.setdefault(string, len(strings))
    if number == len(strings):
        strings.append(string)
    return number
