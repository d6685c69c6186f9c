"""The words of one index: which terms a key has, which forms a folded spelling has."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, partial
from weakref import proxy

import numpy as np
from numpy.typing import NDArray

from index.analysis import fold
from index.keys import keys_of
from index.name_stem import stem_name
from index.patterns import compile_pattern, fixed_beginning
from index.segment import TextField
from index.spellings import Spellings
from index.string_table import StringTable

_CACHED_SLIPS = 2_000
_STEM_KINDS = ("s:", "n:", "p:")
_SHORTEST_MENDED = 5
_SHORTEST_WITH_TWO_SLIPS = 8
_SAFE_LETTERS = 4


class Lexicon:
    """Look-ups among the terms of an index, in the tables of its segments."""

    def __init__(self, texts: Sequence[TextField], exact: Sequence[TextField]) -> None:
        """Take the fields of words as classes, and those of words as they are spelt."""
        self._texts = texts
        self._exact = exact
        self._spellings = cache(Spellings)
        # A cache that holds its lexicon would keep the maps of a generation that is gone.
        here = proxy(self)
        self.form_near = lru_cache(_CACHED_SLIPS)(partial(Lexicon._form_near, here))
        self.keys_near = lru_cache(_CACHED_SLIPS)(partial(Lexicon._keys_near, here))

    def classes_of(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Give every term that shares a key with these, sorted."""
        sought = tuple(keys)
        found: set[str] = set()
        for field in self._texts:
            if field.keys is not None:
                numbers = {n for key in sought for n in field.keys.members_of(key).tolist()}
                found.update(field.terms[number] for number in numbers)
        return tuple(sorted(found))

    def forms_folded(self, folded: str) -> tuple[str, ...]:
        """Give the surface forms that are spelt so when folded."""
        found = {
            field.terms[number]
            for field in self._exact
            if field.folded is not None
            for number in field.folded.members_of(folded).tolist()
        }
        return tuple(sorted(found))

    def frequent_forms(self, beginning: str, most: int) -> tuple[str, ...]:
        """Give surface forms whose folded spelling begins so, the most frequent first."""
        found: set[str] = set()
        for field in self._exact:
            if field.folded is not None:
                names = field.folded.names.prefix_range(beginning)
                found.update(_most_frequent(field, field.folded.members_between(*names), most))
        return self._order_by_frequency(found)[:most]

    def forms_matching(self, pattern: str, most: int) -> tuple[str, ...]:
        """Give surface forms that match `*` and `?`, the most frequent first.

        A pattern without diacritics also matches forms that have some.
        """
        folded, lowered = fold(pattern), pattern.lower()
        found: set[str] = set()
        for field in self._exact:
            if field.folded is not None:
                names = self._find_matching(field.folded.names, folded)
                numbers = field.folded.members_of_all(names)
                if folded != lowered:
                    matches = compile_pattern(lowered).fullmatch
                    held = [bool(matches(field.terms[n].lower())) for n in numbers.tolist()]
                    numbers = numbers[np.array(held, dtype=np.bool_)]
                found.update(_most_frequent(field, numbers, most))
        return self._order_by_frequency(found)[:most]

    def _order_by_frequency(self, forms: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(forms, key=lambda form: (-self.frequency(form), form)))

    def _form_near(self, folded: str) -> str | None:
        """Give the most frequent surface form that this may have been meant to be.

        Its folded spelling is the same, else a slip away: a letter too many, too few,
        another one, or two that changed places. A long word may have two slips behind its
        first letters.
        """
        attempts = [(0, 0), (1, 0)]
        if len(folded) >= _SHORTEST_WITH_TWO_SLIPS:
            attempts.append((2, _SAFE_LETTERS))
        for slips, kept in attempts:
            forms = [form for form, _ in self.forms_within(folded, slips, kept)]
            if forms:
                return min(forms, key=lambda form: (-self.frequency(form), form.encode()))
        return None

    def forms_within(self, folded: str, slips: int, kept: int = 0) -> list[tuple[str, int]]:
        """Give the surface forms that are some slips away when folded, and how many.

        Args:
            kept: so many first letters are right.
        """
        near = {
            spelling: distance
            for field in self._exact
            if field.folded is not None
            for spelling, distance in self._find_within(field.folded.names, folded, slips, kept)
        }
        return [(form, near[spelling]) for spelling in near for form in self.forms_folded(spelling)]

    def frequency(self, form: str) -> int:
        """Give how many passages have a surface form, deleted ones included."""
        spans = [
            field.span(number)
            for field in self._exact
            if (number := field.terms.find(form)) is not None
        ]
        return sum(stop - start for start, stop in spans)

    def _keys_near(self, folded: str) -> tuple[str, ...]:
        """Give the keys of the index that a slip of the finger may have turned into this, sorted.

        Lemmas and the stems of names are compared besides forms: the texts may have only
        "Matwijenki" where somebody asks for "Matwiejenko". People rarely mistake the first
        letter, and short stems have too many neighbours.
        """
        found: set[str] = set()
        for kind, value in (("l:", folded), ("n:", stem_name(folded))):
            for field in self._texts if len(value) >= _SHORTEST_MENDED else ():
                if field.keys is not None and field.folded is not None:
                    spelt = (field.folded.names, kind + value, 1, len(kind) + 1)
                    for near, _ in self._find_within(*spelt):
                        numbers = field.folded.members_of(near).tolist()
                        found.update(field.keys.names[number] for number in numbers)
        for form, _ in self.forms_within(folded, 1, kept=1):
            found.update(key for key in keys_of(form) if self._has_key(key))
        return tuple(sorted(found))

    def keys_folded(self, folded: str, keys: Iterable[str] = ()) -> tuple[str, ...]:
        """Give the keys of the index that a word typed without diacritics may mean.

        They are the lemmas spelt so when folded ("bialorus"), the keys of the forms spelt
        so ("bialorusi"), and the stems that differ from the word's own `keys` in
        diacritics only ("morgulow").
        """
        alike = [f"l:{folded}"]
        alike += [key[:2] + fold(key[2:]) for key in keys if key.startswith(_STEM_KINDS)]
        found = {
            field.keys.names[number]
            for field in self._texts
            if field.keys is not None and field.folded is not None
            for each in alike
            for number in field.folded.members_of(each).tolist()
        }
        for form in self.forms_folded(folded):
            found.update(key for key in keys_of(form) if self._has_key(key))
        return tuple(sorted(found))

    def _find_matching(self, names: StringTable, pattern: str) -> NDArray[np.int64]:
        """Give the numbers of the names that match a pattern."""
        beginning = fixed_beginning(pattern)
        between = names.prefix_range(beginning)
        if pattern == f"{beginning}*":
            return np.arange(*between)
        return self._spellings(names).matching(pattern, between)

    def _find_within(
        self, names: StringTable, word: str, slips: int, kept: int
    ) -> list[tuple[str, int]]:
        if not slips:
            return [(word, 0)] if names.find(word) is not None else []
        between = names.prefix_range(word[:kept])
        return self._spellings(names).within(word, slips, between)

    def _has_key(self, key: str) -> bool:
        return any(field.keys and field.keys.names.find(key) is not None for field in self._texts)


def _most_frequent(field: TextField, numbers: NDArray[np.uint32], most: int) -> list[str]:
    """Give the most frequent of some terms of a field, in any order."""
    if numbers.size > most:
        offsets = field.offsets.all()
        counts = np.take(offsets[1:], numbers) - np.take(offsets, numbers)
        numbers = numbers[np.argpartition(counts, numbers.size - most)[-most:]]
    return [field.terms[number] for number in numbers.tolist()]
