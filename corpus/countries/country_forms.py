"""Every form of every country's words: names, adjectives, demonyms, capitals and the rest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.countries.gazetteer import Country, Shared, load_countries, load_country_words
from corpus.countries.inflection import (
    Words,
    inflect_adjective,
    inflect_demonym,
    inflect_name,
    inflect_person,
    split_words,
)

MentionKind = Literal[
    "name",
    "abbreviation",
    "adjective",
    "compound",
    "demonym",
    "capital",
    "metonym",
    "historical",
    "leader",
    "place",
]

# Of two kinds with the same form, the first named wins ("Meksyk", "Luksemburg").
_KINDS: tuple[MentionKind, ...] = (
    "name",
    "abbreviation",
    "demonym",
    "adjective",
    "compound",
    "capital",
    "metonym",
    "leader",
    "place",
    "historical",
)
_ATTITUDES = ("pro", "anty")
TYPO_LETTERS = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """What a sequence of words names: the words after the first, and the countries.

    No code: the words only look like a country's. `shared`: each code is possible and
    the text must decide; several codes that are not shared are all meant.
    """

    rest: Words
    codes: tuple[str, ...]
    kind: MentionKind
    shared: bool = False


def inflect_countries() -> dict[Words, Entry]:
    """Give what each sequence of words names."""
    entries: dict[Words, Entry] = {}
    for words, entry in _all_entries():
        known = entries.get(words)
        entries[words] = entry if known is None else _merge(known, entry)
    return entries


def inflect_long_nouns() -> frozenset[str]:
    """Give the forms of one-word names long enough to be known with a slip in them."""
    names = {name for each in load_countries().values() for name in (each.name, *each.also)}
    nouns = [name for name in names if len(name) >= TYPO_LETTERS and len(split_words(name)) == 1]
    forms = frozenset(form for noun in nouns for (form,) in inflect_name(noun))
    return frozenset(form for form in forms if len(form) >= TYPO_LETTERS)


def _all_entries() -> Iterator[tuple[Words, Entry]]:
    for country in load_countries().values():
        yield from _country_entries(country)
    words = load_country_words()
    for shared in words.shared:
        yield from _shared_entries(shared)
    for name, codes in words.together.items():
        yield from _entries(inflect_name(name), codes, "name")
    for name in words.elsewhere:
        yield from _entries(inflect_name(name), (), "name")


def _country_entries(country: Country) -> Iterator[tuple[Words, Entry]]:
    codes = (country.code,)
    forms: list[tuple[MentionKind, Iterable[Words]]] = [
        *(("name", inflect_name(name)) for name in (country.name, *country.also)),
        *(("name", inflect_name(name)) for name in country.official),
        *(("abbreviation", inflect_name(name)) for name in country.short),
        *(("demonym", _single(inflect_demonym(name))) for name in country.demonyms),
        *(("capital", inflect_name(n) | inflect_person(n)) for n in country.capitals),
        *(("metonym", inflect_name(name)) for name in country.metonyms),
        *(("place", inflect_name(name)) for name in country.places),
        *(("leader", inflect_person(name)) for name in country.leaders),
    ]
    forms.extend(_adjective_forms(country.adjectives))
    for kind, found in forms:
        yield from _entries(found, codes, "historical" if country.historical else kind)


def _shared_entries(shared: Shared) -> Iterator[tuple[Words, Entry]]:
    forms: list[tuple[MentionKind, Iterable[Words]]] = [
        *(("name", inflect_name(name)) for name in shared.names),
        *(("demonym", _single(inflect_demonym(name))) for name in shared.demonyms),
        *(("capital", inflect_name(name)) for name in shared.capitals),
        *_adjective_forms(shared.adjectives),
    ]
    for kind, found in forms:
        yield from _entries(found, shared.codes, kind, shared=True)


def _adjective_forms(
    adjectives: Iterable[str],
) -> Iterator[tuple[MentionKind, Iterable[Words]]]:
    """Give "japoński", "antyjapoński" and the "japońsko" of compounds, in either case."""
    for adjective in adjectives:
        for prefix in ("", *_ATTITUDES):
            forms = inflect_adjective(prefix + adjective)
            yield "adjective", _single(forms | {form.capitalize() for form in forms})
        stem = f"{adjective[:-1]}o"
        yield "compound", _single({stem, stem.capitalize()})


def _single(forms: Iterable[str]) -> Iterator[Words]:
    return ((form,) for form in forms)


def _entries(
    forms: Iterable[Words], codes: tuple[str, ...], kind: MentionKind, *, shared: bool = False
) -> Iterator[tuple[Words, Entry]]:
    for words in forms:
        for variant in (words, *_abbreviate_compass(words)):
            yield variant, Entry(rest=variant[1:], codes=codes, kind=kind, shared=shared)


def _abbreviate_compass(words: Words) -> Iterator[Words]:
    """Give "Korei Płn" for "Korei Północnej"."""
    for full, shorts in load_country_words().abbreviated.items():
        stem = full.rstrip("iy").capitalize()
        for position, word in enumerate(words):
            if len(words) > 1 and word.startswith(stem) and len(word) <= len(stem) + 4:
                for short in shorts:
                    yield (*words[:position], short, *words[position + 1 :])


def _merge(one: Entry, other: Entry) -> Entry:
    """Join two meanings of the same words; different countries make them shared."""
    if not one.codes or not other.codes:
        return one if not one.codes else other
    kind = min(one.kind, other.kind, key=_KINDS.index)
    codes = tuple(sorted({*one.codes, *other.codes}))
    shared = one.shared or other.shared or set(one.codes) != set(other.codes)
    return Entry(rest=one.rest, codes=codes, kind=kind, shared=shared)
