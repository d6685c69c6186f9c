"""Countries as the data files describe them, and how they are called.

`resolve_country`, `equal_names` and `related_names` serve whoever has a name or a code in
hand; finding countries in running text is the work of `corpus.countries.mentions`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale, UnknownLocaleError


@dataclass(frozen=True, slots=True)
class Country:
    """One row of `countries.toml`; all names in the nominative."""

    code: str
    name: str
    official: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    historical: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """Words that belong to several countries: `Korea`, `koreański`."""

    codes: tuple[str, ...]
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountryWords:
    """What `country_words.toml` says about the words round the names."""

    shared: tuple[Shared, ...]
    together: Mapping[str, tuple[str, ...]]
    regions: Mapping[str, tuple[str, ...]]
    elsewhere: tuple[str, ...]
    ordinary: frozenset[str]
    authorities: frozenset[str]
    abbreviated: Mapping[str, tuple[str, ...]]


@cache
def load_countries() -> Mapping[str, Country]:
    """Give all countries by code."""
    table = tomllib.loads((files("corpus") / "data" / "countries.toml").read_text("utf-8"))
    return {code: Country(code=code, **_as_tuples(row)) for code, row in table.items()}


@cache
def load_country_words() -> CountryWords:
    """Give the shared words, regions, exceptions and nouns of authority."""
    table = tomllib.loads((files("corpus") / "data" / "country_words.toml").read_text("utf-8"))
    return CountryWords(
        shared=tuple(Shared(**_as_tuples(row)) for row in table["open"]),
        together=_as_tuples(table["together"]),
        regions=_as_tuples(table["regions"]),
        elsewhere=tuple(table["elsewhere"]["names"]),
        ordinary=frozenset(table["elsewhere"]["ordinary"]),
        authorities=frozenset(table["authorities"]["nouns"]),
        abbreviated=_as_tuples(table["abbreviated"]),
    )


@cache
def known_codes() -> frozenset[str]:
    """Give every code that a passage may carry, former states included."""
    return frozenset(load_countries())


def country_name(code: str, locale: str = "pl") -> str:
    """Give a country's short name in a language; the code itself for an unknown code."""
    country = load_countries().get(code)
    if country is None:
        return code
    if locale.partition("_")[0].partition("-")[0] == "pl":
        return country.name
    try:
        territories = Locale.parse(locale.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return country.name
    return str(territories.get(code, country.name))


def equal_names(code: str) -> tuple[str, ...]:
    """Give the names and abbreviations that mean the country, the usual one first."""
    country = load_countries().get(code)
    if country is None:
        return ()
    return (country.name, *country.short, *country.also, *country.official)


def related_names(code: str) -> tuple[str, ...]:
    """Give what stands for the country without naming it: capitals and metonyms."""
    country = load_countries().get(code)
    if country is None:
        return ()
    return (*country.capitals, *country.metonyms)


def resolve_country(text: str) -> str | None:
    """Give the code that a typed name, abbreviation, adjective or code means.

    Names are taken in the nominative, in any letter case, in Polish or English; one that
    several countries share ("Korea", "Kongo") gives nothing.
    """
    typed = " ".join(text.split())
    if typed.upper() in load_countries() and len(typed) == 2 and typed.isascii():
        return typed.upper()
    codes = _codes_by_name().get(typed.rstrip(".").casefold(), frozenset())
    return next(iter(codes)) if len(codes) == 1 else None


@cache
def _codes_by_name() -> Mapping[str, frozenset[str]]:
    codes: dict[str, set[str]] = {}
    for code, country in load_countries().items():
        names = (*equal_names(code), *country.adjectives, *country.demonyms)
        for name in (*names, *_shortened(names), country_name(code, "en")):
            codes.setdefault(name.rstrip(".").casefold(), set()).add(code)
    for shared in load_country_words().shared:
        if len(shared.codes) > 1:
            for name in (*shared.adjectives, *shared.demonyms, *shared.names):
                codes.setdefault(name.casefold(), set()).update(shared.codes)
    return {name: frozenset(found) for name, found in codes.items()}


def _shortened(names: Iterable[str]) -> Iterable[str]:
    """Give "Korea Płn." for "Korea Północna"."""
    for name in names:
        for full, shorts in load_country_words().abbreviated.items():
            stem = full.rstrip("iy").capitalize()
            words = name.split()
            if len(words) == 2 and words[1].startswith(stem):
                yield from (f"{words[0]} {short}" for short in shorts)


def _as_tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    """Freeze the lists of a TOML table."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
