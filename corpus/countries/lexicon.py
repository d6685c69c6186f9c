"""All forms of all countries' words, ready to be looked up in running text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.countries.gazetteer import Country, Shared, load_countries, load_country_words
from corpus.countries.inflection import (
    Words,
    inflect_adjective,
    inflect_demonym,
    inflect_name,
    inflect_person,
    split_words,
)
from corpus.morphology import analyse

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
_TYPO_LETTERS = 6


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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by first word, the longest first; country names by first letter for typos.

    `slips` are those names with and without any one of their letters: what is one edit
    away from a name is so, or is after a letter is left out, one of them.
    """

    entries: Mapping[str, tuple[Entry, ...]]
    seconds: frozenset[str]
    words_by_letter: Mapping[str, tuple[str, ...]]
    phrases_by_letter: Mapping[str, tuple[str, ...]]
    slips: frozenset[str]


@cache
def load_lexicon() -> Lexicon:
    """Inflect the data files; takes a fraction of a second, once."""
    entries: dict[Words, Entry] = {}
    for words, entry in _all_entries():
        known = entries.get(words)
        entries[words] = entry if known is None else _merge(known, entry)
    by_first: dict[str, list[Entry]] = defaultdict(list)
    for words, entry in entries.items():
        by_first[words[0]].append(entry)
    names = [words for words, entry in entries.items() if entry.codes and entry.kind == "name"]
    long_nouns = set(_long_nouns())
    phrases = {" ".join(words) for words in names if len(words) == 2}
    return Lexicon(
        entries={
            first: tuple(sorted(found, key=lambda entry: -len(entry.rest)))
            for first, found in by_first.items()
        },
        seconds=frozenset(words[1] for words in names if len(words) == 2),
        words_by_letter=_by_letter(long_nouns),
        phrases_by_letter=_by_letter(phrases),
        slips=frozenset().union(*map(_drop_letters, long_nouns | phrases)),
    )


@lru_cache(maxsize=50_000)
def find_intended_name(words: Words) -> Entry | None:
    """Give the country meant by one or two misspelt words, when only one can be.

    One edit away from a form of a country's name, with the same first and last letter
    ("Norwegian" is a name of its own), and no form of any other word. In a short word
    another letter makes another word ("Nitrze"), a missing one is a slip.
    """
    lexicon = load_lexicon()
    typed = " ".join(words)
    if lexicon.slips.isdisjoint(_drop_letters(typed)):
        return None
    if len(words) == 1:
        if len(typed) < _TYPO_LETTERS or analyse(typed) or analyse(typed.lower()):
            return None
        choices = lexicon.words_by_letter.get(typed[0], ())
    else:
        choices = lexicon.phrases_by_letter.get(typed[0], ())
    near = process.extract(typed, choices, scorer=OSA.distance, score_cutoff=1, limit=None)
    meant = {
        entry
        for form, _, _ in near
        if form[-1] == words[-1][-1] and (len(form) > _TYPO_LETTERS or len(form) != len(words[0]))
        for entry in lexicon.entries[form.split(" ")[0]]
        if entry.rest == tuple(form.split(" ")[1:]) and not entry.shared
    }
    if len({entry.codes for entry in meant}) != 1:
        return None
    return meant.pop()


def _drop_letters(typed: str) -> list[str]:
    """Give a text as it is, and without each of its letters."""
    return [typed, *(typed[:at] + typed[at + 1 :] for at in range(len(typed)))]


def _long_nouns() -> Iterator[str]:
    """Give the forms of one-word names long enough to be known with a slip in them."""
    for country in load_countries().values():
        for name in (country.name, *country.also):
            if len(name) >= _TYPO_LETTERS and len(split_words(name)) == 1:
                yield from (form for (form,) in inflect_name(name) if len(form) >= _TYPO_LETTERS)


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


def _by_letter(forms: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        found[form[0]].add(form)
    return {letter: tuple(sorted(group)) for letter, group in found.items()}


def is_compass_abbreviation(word: str) -> bool:
    """Tell whether a word is written with a full stop: "Płn", "Płd"."""
    return word.capitalize() in _compass_abbreviations()


@cache
def _compass_abbreviations() -> frozenset[str]:
    abbreviated = load_country_words().abbreviated.values()
    return frozenset(short for shorts in abbreviated for short in shorts)
