"""The words of one index: which terms a key has, which forms a folded spelling has."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from index.analysis import fold
from index.keys import keys_of
from index.segment import Groups, TextField

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

    def folded_forms(self) -> tuple[str, ...]:
        """Give the folded spellings of the surface forms, each once."""
        return self._folded_forms

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

    @cached_property
    def _folded_forms(self) -> tuple[str, ...]:
        tables: list[Groups] = [field.folded for field in self._exact if field.folded is not None]
        return tuple(dict.fromkeys(name for table in tables for name in table.names))
