"""The words of one index: which terms a key has, which forms a folded spelling has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from index.analysis import fold, keys_of_term
from index.keys import keys_of

_STEM_KINDS = ("s:", "n:", "p:")


class Lexicon:
    """Look-ups among the terms of an index; each table is made when it is first needed."""

    def __init__(self, terms: Iterable[str], forms: Iterable[str]) -> None:
        """Take the terms of the text fields and the surface forms."""
        self._terms = frozenset(terms)
        self._forms = tuple(sorted(set(forms)))

    def classes_of(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Give every term that shares a key with these, sorted."""
        found = (self._terms_by_key.get(key, ()) for key in keys)
        return tuple(sorted({term for terms in found for term in terms}))

    def forms(self) -> tuple[str, ...]:
        """Give the surface forms of the index, sorted."""
        return self._forms

    def forms_folded(self, folded: str) -> tuple[str, ...]:
        """Give the surface forms that are spelt so when folded."""
        return tuple(self._forms_by_fold.get(folded, ()))

    def folded_forms(self) -> tuple[str, ...]:
        """Give the folded spellings of the surface forms, each once."""
        return tuple(self._forms_by_fold)

    def keys_folded(self, folded: str, keys: Iterable[str] = ()) -> tuple[str, ...]:
        """Give the keys of the index that a word typed without diacritics may mean.

        They are the lemmas spelt so when folded ("bialorus"), the keys of the forms spelt
        so ("bialorusi"), and the stems that differ from the word's own `keys` in
        diacritics only ("morgulow").
        """
        found = set(self._keys_by_fold.get(f"l:{folded}", ()))
        for key in keys:
            if key.startswith(_STEM_KINDS):
                found.update(self._keys_by_fold.get(key[:2] + fold(key[2:]), ()))
        for form in self.forms_folded(folded):
            found.update(key for key in keys_of(form) if key in self._terms_by_key)
        return tuple(sorted(found))

    @cached_property
    def _terms_by_key(self) -> Mapping[str, list[str]]:
        terms: defaultdict[str, list[str]] = defaultdict(list)
        for term in self._terms:
            for key in keys_of_term(term):
                terms[key].append(term)
        return dict(terms)

    @cached_property
    def _forms_by_fold(self) -> Mapping[str, list[str]]:
        forms: defaultdict[str, list[str]] = defaultdict(list)
        for form in self._forms:
            forms[fold(form)].append(form)
        return dict(forms)

    @cached_property
    def _keys_by_fold(self) -> Mapping[str, list[str]]:
        keys: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._terms_by_key:
            if key.startswith(("l:", *_STEM_KINDS)):
                keys[key[:2] + fold(key[2:])].append(key)
        return dict(keys)
