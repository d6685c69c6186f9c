"""All forms of all countries' words, ready to be looked up in running text."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files

import orjson
from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.countries.country_forms import (
    TYPO_LETTERS,
    Entry,
    MentionKind,
    inflect_countries,
    inflect_long_nouns,
)
from corpus.countries.gazetteer import load_country_words
from corpus.countries.inflection import Words
from corpus.identifiers import slugify
from corpus.made_files import made_file, read_made
from corpus.morphology import analyse

_Row = tuple[list[str], list[str], MentionKind, bool]
"""An entry as the file has it."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Rows by first word, the longest first; country names by first letter for typos.

    `slips` are those names with and without any one of their letters: what is one edit
    away from a name is so, or is after a letter is left out, one of them. `unaccented` gives
    a form by its letters without diacritics ("korea-poludniowa").
    """

    rows: Mapping[str, list[_Row]]
    seconds: frozenset[str]
    words_by_letter: Mapping[str, list[str]]
    phrases_by_letter: Mapping[str, list[str]]
    slips: frozenset[str]
    unaccented: Mapping[str, str]


@cache
def load_lexicon() -> Lexicon:
    """Give all forms; they are inflected once on a machine, which takes a fraction of a second."""
    kept = orjson.loads(read_made(made_file(f"countries-{_key()}"), _make))
    return Lexicon(
        rows=kept["rows"],
        seconds=frozenset(kept["seconds"]),
        words_by_letter=kept["words_by_letter"],
        phrases_by_letter=kept["phrases_by_letter"],
        slips=frozenset(kept["slips"]),
        unaccented=kept["unaccented"],
    )


@lru_cache(maxsize=50_000)
def entries_of(first: str) -> tuple[Entry, ...]:
    """Give what may be named by words that begin with this one, the longest first.

    Most words of the lexicon are in no text: an entry is made when it is asked for.
    """
    rows = load_lexicon().rows.get(first, ())
    return tuple(
        [Entry(tuple(rest), tuple(codes), kind, shared) for rest, codes, kind, shared in rows]
    )


def _key() -> str:
    """Give what the lexicon depends on: the data, the dictionary, and the rules themselves."""
    corpus = files("corpus")
    sources = [corpus / "data" / name for name in ("countries.toml", "country_words.toml")]
    rules = ("country_forms.py", "gazetteer.py", "inflection.py", "lexicon.py")
    sources += [corpus / "countries" / name for name in rules]
    everything = b"".join(source.read_bytes() for source in sources)
    return hashlib.sha256(everything + version("morfeusz2").encode()).hexdigest()[:24]


def _make() -> bytes:
    """Inflect everything, and write it as it is looked up."""
    entries = inflect_countries()
    rows: dict[str, list[_Row]] = defaultdict(list)
    for (first, *rest), entry in sorted(entries.items(), key=lambda item: (-len(item[0]), item[0])):
        rows[first].append((rest, list(entry.codes), entry.kind, entry.shared))
    names = [words for words, entry in entries.items() if entry.codes and entry.kind == "name"]
    nouns, phrases = inflect_long_nouns(), {" ".join(words) for words in names if len(words) == 2}
    return orjson.dumps(
        {
            "rows": rows,
            "seconds": sorted({words[1] for words in names if len(words) == 2}),
            "words_by_letter": _by_letter(nouns),
            "phrases_by_letter": _by_letter(phrases),
            "slips": sorted(frozenset().union(*map(_drop_letters, nouns | phrases))),
            "unaccented": _by_plain_letters(entries),
        }
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
        for entry in entries_of(form.split(" ")[0])
        if entry.rest == tuple(form.split(" ")[1:]) and not entry.shared
    }
    if len({entry.codes for entry in meant}) != 1:
        return None
    return meant.pop()


def _drop_letters(typed: str) -> list[str]:
    """Give a text as it is, and without each of its letters."""
    return [typed, *(typed[:at] + typed[at + 1 :] for at in range(len(typed)))]


def _by_letter(forms: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for form in sorted(forms):
        found[form[0]].append(form)
    return found


def _by_plain_letters(entries: Mapping[Words, Entry]) -> dict[str, str]:
    """Give the names that lose a diacritic when they are typed in plain letters."""
    found: dict[str, str] = {}
    for words, entry in sorted(entries.items()):
        spelt = " ".join(words)
        if entry.codes and entry.kind in ("name", "capital", "metonym") and not spelt.isascii():
            found.setdefault(slugify(spelt), spelt)
    return found


def restore_name(typed: str) -> str:
    """Give the name of a country or a capital that was typed without its diacritics, or nothing.

    A word that the dictionary knows as it is typed is left alone.

    >>> restore_name("korea poludniowa")
    'Korea Południowa'
    """
    if not typed.isascii() or (" " not in typed and analyse(typed.lower())):
        return ""
    return load_lexicon().unaccented.get(slugify(typed), "")


def is_compass_abbreviation(word: str) -> bool:
    """Tell whether a word is written with a full stop: "Płn", "Płd"."""
    return word.capitalize() in _compass_abbreviations()


@cache
def _compass_abbreviations() -> frozenset[str]:
    abbreviated = load_country_words().abbreviated.values()
    return frozenset(short for shorts in abbreviated for short in shorts)
