"""Words of passages as numbers: each distinct form is analysed once, whatever the corpus.

A word's number stands for a form together with the class of keys that it has in its
place: a form in a heading of capitals, or one that begins a country's or an actor's name,
is another number than the plain form.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from index.analysis import Entity, class_term, keys_by_word
from index.entities import (
    country_hint,
    find_actors,
    find_countries_near,
    find_named_countries,
    own_country_keys,
)
from index.keys import keys_of
from index.rows import PassageRow
from index.tokenizer import compose_form, find_words, is_shouted, line_at, spans_of, word_spans

_CACHED_SECTIONS = 5_000


class Vocabulary(dict[str, int]):
    """The number of each word as a text spells it, given when it is first met.

    `forms` and `classes` are the distinct strings; `form_of` and `class_of` lead from a
    word's number to theirs.
    """

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[str] = []
        self.classes: list[str] = []
        self.form_of = array("i")
        self.class_of = array("i")
        self._form_numbers: dict[str, int] = {}
        self._class_numbers: dict[str, int] = {}
        self._words: dict[tuple[str, bool, tuple[str, ...]], int] = {}
        self._own: dict[int, tuple[str, ...]] = {}
        self._capitals: set[int] = set()
        self._named: set[int] = set()
        self._shared: set[int] = set()
        self._notable: set[int] = set()
        self.number_section = lru_cache(_CACHED_SECTIONS)(self._number_section)

    def __missing__(self, spelt: str) -> int:
        form = compose_form(spelt)
        own = own_country_keys(spelt)
        number = self[spelt] = self._number(form, False, own)
        if own:
            self._own[number] = own
        hint = "" if own else country_hint(spelt)
        if hint:
            (self._shared if hint == "shared" else self._named).add(number)
        capitals = form[1:] != form[1:].lower()
        if capitals:
            self._capitals.add(number)
        if hint or capitals:
            self._notable.add(number)
        return number

    def number_words(self, row: PassageRow) -> list[int]:
        """Give the numbers of the words of a passage, with the entities it names."""
        words = find_words(row.text)
        numbers = list(map(self.__getitem__, words))
        notable = self._notable
        noted = [at for at, number in enumerate(numbers) if number in notable]
        if noted or row.actors:
            spans = spans_of(row.text, words)
            countries = self._find_countries(row.text, numbers, spans, noted)
            actors = find_actors(row.text, row.actors)
            self._renumber(row.text, numbers, spans, noted, chain(countries, actors))
        return numbers

    def _find_countries(
        self,
        text: str,
        numbers: Sequence[int],
        spans: Sequence[tuple[int, int]],
        noted: Iterable[int],
    ) -> Iterable[Entity]:
        if not self._shared.isdisjoint(numbers):
            return find_named_countries(text)
        hinted = [spans[at] for at in noted if numbers[at] in self._named]
        return find_countries_near(text, hinted) if hinted else ()

    def _number_section(self, section: str) -> tuple[int, ...]:
        """Give the numbers of the words of a heading, which names no entities."""
        numbers = []
        for start, end in word_spans(section):
            form = compose_form(section[start:end])
            capitals = form[1:] != form[1:].lower()
            numbers.append(self._number(form, capitals and is_shouted(line_at(section, start)), ()))
        return tuple(numbers)

    def _renumber(
        self,
        text: str,
        numbers: list[int],
        spans: Sequence[tuple[int, int]],
        noted: Iterable[int],
        entities: Iterable[Entity],
    ) -> None:
        """Give words in shouted lines and at entities the numbers they have there."""
        named = keys_by_word(spans, entities)
        capitals = self._capitals
        for position in {*named, *(at for at in noted if numbers[at] in capitals)}:
            number = numbers[position]
            shouted = number in capitals and is_shouted(line_at(text, spans[position][0]))
            if shouted or position in named:
                form = self.forms[self.form_of[number]]
                keys = {*named.get(position, ()), *self._own.get(number, ())}
                numbers[position] = self._number(form, shouted, tuple(sorted(keys)))

    def _number(self, form: str, shouted: bool, named: tuple[str, ...]) -> int:
        key = (form, shouted, named)
        number = self._words.get(key)
        if number is None:
            term = class_term(tuple(sorted({*keys_of(form, shouted), *named})))
            number = self._words[key] = len(self.form_of)
            self.form_of.append(_number_of(form, self.forms, self._form_numbers))
            self.class_of.append(_number_of(term, self.classes, self._class_numbers))
        return number


def _number_of(string: str, strings: list[str], numbers: dict[str, int]) -> int:
    number = numbers.setdefault(string, len(strings))
    if number == len(strings):
        strings.append(string)
    return number
