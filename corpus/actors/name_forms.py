"""What one word of a person's name can be in the nominative, by dictionary and by endings.

The dictionary knows Polish and many foreign names; for the rest the rules of
`data/name_endings.toml` lead from an ending back to the nominative. Nothing is decided
here: `corpus.actors.nominative` weighs the candidates of all the words of a name together.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from corpus.actors.lexicon import load_apostrophe_endings, load_lexicon, load_name_endings
from corpus.morphology import Reading, analyse

Origin = Literal["given", "surname", "other", "rule", "apostrophe", "same"]

ALL_CASES = frozenset({"nom", "gen", "dat", "acc", "inst", "loc"})
_VOWELS = frozenset("aąeęioóuy")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class NameForm:
    """A nominative that a word may stand for, if the word is in one of `cases`.

    `gender` is m, f or ?; `origin` says how the nominative was found ("same": the word
    is not declined, or already stands in the nominative).
    """

    form: str
    cases: frozenset[str]
    gender: str
    origin: Origin


@lru_cache(maxsize=50_000)
def list_name_forms(word: str) -> tuple[NameForm, ...]:
    """Give every nominative that a capitalised word of a name may stand for."""
    apostrophe = _restore_apostrophe(word)
    if apostrophe is not None:
        return (apostrophe,)
    if "-" in word.strip("-"):
        return _list_compound_forms(word)
    return (*_read_dictionary(word), *restore_name_forms(word), _keep(word))


@lru_cache(maxsize=50_000)
def restore_name_forms(word: str) -> tuple[NameForm, ...]:
    """Give the nominatives that the endings of a word allow, by rule alone."""
    lexicon = load_lexicon()
    forms = []
    for rule in load_name_endings():
        if not word.endswith(rule.ending):
            continue
        stem = word[: len(word) - len(rule.ending)]
        form = stem + rule.nominative
        if len(form) < _SHORTEST or (rule.after and stem[-1:] not in rule.after):
            continue
        if not rule.nominative and _ends_open(form):
            continue
        listed = lexicon.male_names if rule.gender == "m" else lexicon.female_names
        origin: Origin = "given" if form in listed else "rule"
        if form in lexicon.families and rule.gender == "m":
            origin = "surname"
        if rule.listed_only and origin == "rule":
            continue
        forms.append(NameForm(form, rule.cases, rule.gender, origin))
    return tuple(forms)


@lru_cache(maxsize=50_000)
def is_listed_given_name(word: str, *, inflected: bool = True) -> bool:
    """Tell whether a word is a given name of the word lists, in the nominative or in any case."""
    lexicon = load_lexicon()
    if word in lexicon.male_names or word in lexicon.female_names:
        return True
    if not inflected:
        return False
    apostrophe = _restore_apostrophe(word)
    if apostrophe is not None:
        return is_listed_given_name(apostrophe.form)
    return any(form.origin == "given" for form in restore_name_forms(word))


def _ends_open(form: str) -> bool:
    """Tell whether a form ends in a vowel; the y of "Romney" is none."""
    return form[-1] in _VOWELS and not (form[-1] == "y" and form[-2] in _VOWELS)


def _keep(word: str) -> NameForm:
    lexicon = load_lexicon()
    if word in lexicon.male_names:
        # Men's names in a vowel other than -a may stay undeclined: "Joe Nowaka".
        cases = ALL_CASES if word[-1] in "eouéi" else frozenset({"nom"})
        return NameForm(word, cases, "m", "given")
    if word in lexicon.female_names:
        # A woman's name in -a is declined, any other stays as it is in every case.
        cases = frozenset({"nom"}) if word.endswith("a") else ALL_CASES
        return NameForm(word, cases, "f", "given")
    return NameForm(word, ALL_CASES, "?", "same")


def _restore_apostrophe(word: str) -> NameForm | None:
    for mark in "'’`":
        stem, found, ending = word.rpartition(mark)
        if found and len(stem) >= _SHORTEST:
            cases = load_apostrophe_endings().get(ending)
            if cases:
                return NameForm(stem, cases, "m", "apostrophe")
    return None


def _list_compound_forms(word: str) -> tuple[NameForm, ...]:
    """Decline the last part of "Jae-inem"; both or only the last of "Kowalskiej-Nowak"."""
    first, _, last = word.rpartition("-")
    last_forms = list_name_forms(last) if last[:1].isupper() else _list_tail_forms(last)
    forms = [replace(form, form=f"{first}-{form.form}") for form in last_forms if form.form]
    if first[:1].isupper() and last[:1].isupper():
        for left in list_name_forms(first):
            if left.origin == "same" or left.form == first:
                continue
            forms.extend(
                replace(right, form=f"{left.form}-{right.form}", cases=left.cases & right.cases)
                for right in last_forms
                if left.cases & right.cases
            )
    return tuple(dict.fromkeys(forms)) or (_keep(word),)


def _list_tail_forms(tail: str) -> tuple[NameForm, ...]:
    return (*restore_name_forms(tail), NameForm(tail, ALL_CASES, "?", "same"))


def _read_dictionary(word: str) -> tuple[NameForm, ...]:
    forms: dict[NameForm, None] = {}
    for reading in analyse(word):
        form = _read_name(reading)
        if form is not None:
            forms[form] = None
    return tuple(forms)


def _read_name(reading: Reading) -> NameForm | None:
    fields = reading.tag.split(":")
    if fields[0] != "subst" or len(fields) < 4 or not reading.lemma[:1].isupper():
        return None
    if "sg" not in fields[1].split(".") or "hom." in reading.labels:
        return None
    cases = frozenset(fields[2].split(".")) & ALL_CASES
    if not cases:
        return None
    kinds = {part for name in reading.names for part in name.split("|")}
    surname = any(kind.startswith("nazwisko") for kind in kinds)
    origin: Origin = "given" if "imię" in kinds else "surname" if surname else "other"
    return NameForm(reading.lemma, cases, _GENDERS.get(fields[3], "?"), origin)


_GENDERS = {"m1": "m", "f": "f"}
