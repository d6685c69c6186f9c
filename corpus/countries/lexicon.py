"""All forms of all countries' words, ready to be looked up in running text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.countries.country_forms import TYPO_LETTERS, Entry, load_forms
from corpus.countries.gazetteer import load_country_words
from corpus.countries.inflection import Words
from corpus.morphology import analyse


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
    """Give all forms; they are inflected once on a machine, which takes a fraction of a second."""
    entries, long_nouns = load_forms()
    by_first: dict[str, list[Entry]] = defaultdict(list)
    for words, entry in entries.items():
        by_first[words[0]].append(entry)
    names = [words for words, entry in entries.items() if entry.codes and entry.kind == "name"]
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
        if len(typed) < TYPO_LETTERS or analyse(typed) or analyse(typed.lower()):
            return None
        choices = lexicon.words_by_letter.get(typed[0], ())
    else:
        choices = lexicon.phrases_by_letter.get(typed[0], ())
    near = process.extract(typed, choices, scorer=OSA.distance, score_cutoff=1, limit=None)
    meant = {
        entry
        for form, _, _ in near
        if form[-1] == words[-1][-1] and (len(form) > TYPO_LETTERS or len(form) != len(words[0]))
        for entry in lexicon.entries[form.split(" ")[0]]
        if entry.rest == tuple(form.split(" ")[1:]) and not entry.shared
    }
    if len({entry.codes for entry in meant}) != 1:
        return None
    return meant.pop()


def _drop_letters(typed: str) -> list[str]:
    """Give a text as it is, and without each of its letters."""
    return [typed, *(typed[:at] + typed[at + 1 :] for at in range(len(typed)))]


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
