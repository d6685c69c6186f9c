"""The word lists that actors are found by, read once from `corpus/data`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by what they say about their neighbours; lemmas in lower case, names as written.

    `state_bodies` maps the acronym of a body that many states have to its full name.
    """

    roles: frozenset[str]
    relational_roles: frozenset[str]
    role_abbreviations: frozenset[str]
    speaking: frozenset[str]
    heads: frozenset[str]
    eponymous_heads: frozenset[str]
    unique_heads: frozenset[str]
    institutions: frozenset[str]
    missions: frozenset[str]
    state_bodies: Mapping[str, str]
    plural_heads: frozenset[str]
    announcers: frozenset[str]
    publishers: frozenset[str]
    publications: frozenset[str]
    foreign_words: frozenset[str]
    companies: frozenset[str]
    legal_forms: frozenset[str]
    not_acronyms: frozenset[str]
    events: frozenset[str]
    place_heads: frozenset[str]
    foreign_places: frozenset[str]
    generic: frozenset[str]
    male_names: frozenset[str]
    female_names: frozenset[str]
    family_first: frozenset[str]
    families: frozenset[str]
    particles: frozenset[str]
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameEnding:
    """An inflected ending, what stands in its place in the nominative, and where it is used.

    It stands after one of the letters of `after`, if there are any. A `listed_only` rule
    leads to nothing but given names of the word lists.
    """

    ending: str
    nominative: str
    cases: frozenset[str]
    gender: str
    after: str = ""
    listed_only: bool = False


@cache
def load_lexicon() -> Lexicon:
    """Give the word lists."""
    roles = _read("roles.toml")
    organisations = _read("organisations.toml")
    places = _read("places.toml")
    names = _read("given_names.toml")
    return Lexicon(
        roles=_words(roles["nouns"]),
        relational_roles=_words(roles["relational"]),
        role_abbreviations=_words(roles["abbreviations"]),
        speaking=_words(roles["speaking"]),
        heads=_words(organisations["heads"]),
        eponymous_heads=_words(organisations["eponymous"]),
        unique_heads=_words(organisations["unique"]),
        institutions=_words(organisations["institutions"]),
        missions=_words(organisations["missions"]),
        state_bodies=organisations["state_bodies"],
        plural_heads=_words(organisations["plural"]),
        announcers=_words(organisations["announcers"]),
        publishers=_words(organisations["publishers"]),
        publications=_words(organisations["publications"]),
        foreign_words=_words(organisations["foreign_words"]),
        companies=_words(organisations["companies"]),
        legal_forms=_words(organisations["legal_forms"]),
        not_acronyms=_words(organisations["not_acronyms"]),
        events=_words(organisations["events"]),
        place_heads=_words(places["land"]) | _words(places["units"]),
        foreign_places=_words(places["foreign"]),
        generic=_words(organisations["generic"]),
        male_names=_words(names["male"]),
        female_names=_words(names["female"]),
        family_first=_words(names["family_first"]),
        families=_words(names["families"]),
        particles=_words(names["particles"]),
        articles=_words(names["articles"]),
    )


@cache
def load_name_endings() -> tuple[NameEnding, ...]:
    """Give the rules from inflected endings back to the nominative."""
    endings = _read("name_endings.toml")
    return tuple(
        NameEnding(ending, nominative, frozenset(cases.split()), gender, "".join(after), listed)
        for listed, rules in ((False, endings["rules"]), (True, endings["listed"]))
        for ending, nominative, cases, gender, *after in rules
    )


@cache
def load_apostrophe_endings() -> dict[str, frozenset[str]]:
    """Give the endings written after an apostrophe with the cases they stand for."""
    endings = _read("name_endings.toml")["apostrophe"]
    return {ending: frozenset(cases.split()) for ending, cases in endings}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("corpus") / "data" / name).read_text(encoding="utf-8"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())
