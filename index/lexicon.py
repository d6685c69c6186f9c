"""The words of one index: which terms a key has, which forms a folded spelling has."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from index.analysis import fold
from index.keys import keys_of
from index.segment import StringTable, TextField

_STEM_KINDS = ("s:", "n:", "p:")


class Lexicon:
    """Look-ups among the terms of an index, in the tables of its segments."""

    def __init__(self, texts: Sequence[TextField], exact: Sequence[TextField]) -> None:
        """Take the fields of words as classes, and those of words as they are spelt."""
        self._texts = texts
        self._exact = exact

    def classes_of(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Give every term that shares a key with these, sorted."""
        sought = tuple(keys)
        found: set[str] = set()
        for field in self._texts:
            if field.keys is not None:
                numbers = {n for key in sought for n in field.keys.members_of(key).tolist()}
                found.update(field.terms[number] for number in numbers)
        return tuple(sorted(found))

    def has_key(self, key: str) -> bool:
        """Tell whether any word has a key."""
        return any(field.keys and field.keys.names.find(key) is not None for field in self._texts)

    def forms(self) -> tuple[str, ...]:
        """Give the surface forms of the index, sorted."""
        return self._forms

    def forms_folded(self, folded: str) -> tuple[str, ...]:
        """Give the surface forms that are spelt so when folded."""
        found = {
            field.terms[number]
            for field in self._exact
            if field.folded is not None
            for number in field.folded.members_of(folded).tolist()
        }
        return tuple(sorted(found))

    def forms_beginning(self, folded: str) -> tuple[str, ...]:
        """Give the surface forms whose folded spelling begins so, sorted."""
        found: set[str] = set()
        for field in self._exact:
            if field.folded is not None:
                first, last = field.folded.names.prefix_range(folded)
                for number in range(first, last):
                    found.update(field.terms[n] for n in field.folded.members(number).tolist())
        return tuple(sorted(found))

    def form_near(self, folded: str) -> str | None:
        """Give a surface form whose folded spelling one slip of the finger turns into this one.

        A slip is a letter too many, too few, another one, or two that changed places.
        """
        tables = [field.folded.names for field in self._exact if field.folded is not None]
        found = [near for table in tables if (near := _find_near(table, folded)) is not None]
        if not found:
            return None
        return self.forms_folded(folded if folded in found else found[0])[0]

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
            found.update(key for key in keys_of(form) if self.has_key(key))
        return tuple(sorted(found))

    @cached_property
    def _forms(self) -> tuple[str, ...]:
        return tuple(sorted({form for field in self._exact for form in field.terms}))


def _find_near(words: StringTable, word: str) -> str | None:
    """Give the word itself or else the first one that is a slip away from it."""
    if words.find(word) is not None:
        return word
    near = {slip for slip in _slips(words, word) if words.find(slip) is not None}
    return min(near, key=str.encode, default=None)


def _slips(words: StringTable, word: str) -> Iterator[str]:
    """Give what a word becomes by one slip; only letters that words have are put in."""
    for at in range(len(word) + 1):
        begun, rest = word[:at], word[at:]
        number, last = words.prefix_range(begun)
        if number == last:
            return
        yield begun + rest[1:]
        yield begun + rest[1:2] + rest[:1] + rest[2:]
        while number < last:
            letter = words[number][at : at + 1]
            yield begun + letter + rest
            yield begun + letter + rest[1:]
            _, number = words.prefix_range(begun + letter) if letter else (0, number + 1)
