"""Which words are roles, and the nominative of a role noun and of adjectives that agree with it."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from corpus.actors.words import read_cases
from corpus.morphology import analyse, generate

_ELECT = "elekt"
_MARGINAL = frozenset({"daw.", "przest.", "arch.", "slang"})


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The words that roles are read by; lemmas in lower case.

    `nouns` may head a role, also with one of `prefixes`. `passing` adjectives are no part of
    a role, nor is any that can be compared, but for those of `ranks`; `settled` ones belong to
    the noun before them. What `possessed` names somebody has: "szef sztabu Jana Nowaka".
    """

    nouns: frozenset[str]
    prefixes: tuple[str, ...]
    passing: frozenset[str]
    ranks: frozenset[str]
    settled: frozenset[str]
    personal: frozenset[str]
    possessed: frozenset[str]
    titles: frozenset[str]
    within: frozenset[str]
    kinds_of_place: frozenset[str]
    once: frozenset[str]
    now: frozenset[str]
    copulas: frozenset[str]


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A form of a role noun: its nominative singular, and how it is read in the text."""

    nominative: str
    number: str
    case: str
    gender: str


@cache
def load_role_words() -> RoleWords:
    """Give the words that roles are read by."""
    data = tomllib.loads((files("corpus") / "data" / "roles.toml").read_text(encoding="utf-8"))
    words = {name: frozenset(text.split()) for name, text in data.items()}
    return RoleWords(
        nouns=words["nouns"] - words["not_held"] - words["titles"],
        prefixes=tuple(data["prefixes"].split()),
        passing=words["passing"],
        ranks=words["ranks"],
        settled=words["settled"],
        personal=words["personal"],
        possessed=words["possessed"],
        titles=words["abbreviations"] | words["titles"],
        within=words["within"],
        kinds_of_place=words["kinds_of_place"],
        once=words["once"],
        now=words["now"],
        copulas=words["copulas"],
    )


@lru_cache(maxsize=20_000)
def read_role_nouns(form: str) -> tuple[RoleNoun, ...]:
    """Give what a form can be as a role noun, one reading for each number and case.

    >>> sorted({(noun.nominative, noun.case) for noun in read_role_nouns("eks-ministrem")})
    [('eks-minister', 'inst')]
    """
    form = form.lower()
    found = tuple(_read_nouns(form))
    for prefix in load_role_words().prefixes:
        if not found and form.startswith(prefix):
            found = tuple(_read_nouns(form, prefix))
    held, hyphen, elect = form.rpartition("-")
    if hyphen and any(reading.lemma == _ELECT for reading in analyse(elect)):
        nouns = read_role_nouns(held)
        found = tuple(replace(noun, nominative=f"{noun.nominative}-{_ELECT}") for noun in nouns)
    return found


def is_undeclined(noun: RoleNoun) -> bool:
    """Tell whether a noun is the office of a woman, the same in every case: "z kanclerz Anną"."""
    return noun.gender == "f" and noun.nominative[-1] not in "aiy"


def _read_nouns(form: str, prefix: str = "") -> Iterator[RoleNoun]:
    nouns = load_role_words().nouns
    for reading in analyse(form.removeprefix(prefix)):
        if reading.pos != "subst" or reading.lemma not in nouns or _MARGINAL & {*reading.labels}:
            continue
        _, numbers, _, gender, *_ = reading.tag.split(":")
        for number in numbers.split("."):
            for case in read_cases(reading):
                yield RoleNoun(prefix + reading.lemma, number, case, gender)


@lru_cache(maxsize=20_000)
def restore_adjective(form: str, noun: RoleNoun) -> str | None:
    """Give the nominative singular of an adjective that agrees with a noun; None of another word.

    >>> restore_adjective("niemiecką", RoleNoun("kanclerz", "sg", "inst", "f"))
    'niemiecka'
    """
    readings = analyse(form.lower())
    if any(reading.pos == "fin" for reading in readings):
        return None  # "komisji przewodniczy marszałek"
    for reading in readings:
        fields = reading.tag.split(":")
        if noun.case == "nom" and fields[0] == "subst" and "gen" in fields[2].split("."):
            return None  # "w połowie kwietnia minister"
        if fields[0] == "adj" and _has(fields, noun.number, noun.case, noun.gender):
            return _generate_nominative(reading.lemma, noun.gender, fields[4])
        if reading.lemma == _ELECT and noun.case in read_cases(reading):
            return _ELECT
    first, hyphen, last = form.rpartition("-")
    restored = restore_adjective(last, noun) if hyphen and first.endswith("o") else None
    return restored and f"{first.lower()}-{restored}"


@lru_cache(maxsize=5_000)
def is_passing(adjective: str) -> bool:
    """Tell whether an adjective describes a person or a moment, not an office."""
    known = load_role_words()
    lemmas = {reading.lemma for reading in analyse(adjective) if reading.pos == "adj"}
    if lemmas & known.ranks:
        return False
    return bool(lemmas & known.passing) or any(
        form.reading.tag.endswith(":com") for lemma in lemmas for form in generate(lemma)
    )


def _generate_nominative(lemma: str, gender: str, degree: str) -> str | None:
    for form in generate(lemma):
        fields = form.reading.tag.split(":")
        if fields[0] == "adj" and fields[4] == degree and _has(fields, "sg", "nom", gender):
            return form.form
    return None


def _has(fields: Sequence[str], number: str, case: str, gender: str) -> bool:
    """Tell whether a tag allows a number, a case and a gender."""
    return all(
        asked in field.split(".")
        for asked, field in zip((number, case, gender), fields[1:4], strict=True)
    )
