"""What a passage names, as keys for the index."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from corpus.countries.country_forms import Entry
from corpus.countries.gazetteer import load_country_words
from corpus.countries.lexicon import entries_of, find_intended_name, load_lexicon
from corpus.countries.mentions import find_countries
from corpus.document import Passage
from corpus.morphology import analyse
from index.analysis import Entity

_PERSONAL = frozenset({"imię", "nazwisko"})

_BEFORE, _AFTER = 36, 60
"""Characters around a word that decide whether it names a country."""

PROMISES_COUNTRY, BEGINS_NAME, CONTINUES_NAME = 1, 2, 4
"""Roles, joined by "or": without the first, `find_named_countries` has nothing for the sake
of a word; no mention begins without the second; a word before one with the third may begin
a name with a slip in it."""

_LETTERS = re.compile(r"[^\W\d_]+")
_EQUAL_KINDS = frozenset({"name", "abbreviation"})
"""Ways of naming a country that mean the country itself; a capital or an adjective is less."""


def entities_of(passage: Passage) -> tuple[Entity, ...]:
    """Give the countries and the actors named in a passage's text, in order."""
    mentions = ((actor.id, actor.mentions) for actor in passage.actors)
    return sort_entities(
        [*find_named_countries(passage.text), *find_actors(passage.text, mentions)]
    )


def sort_entities(found: Iterable[Entity]) -> tuple[Entity, ...]:
    """Give entities in the order of the text, each once."""
    return tuple(sorted(set(found), key=lambda entity: (entity.start, entity.end, entity.key)))


def find_named_countries(text: str, starts: Iterable[int] | None = None) -> tuple[Entity, ...]:
    """Give the countries that a text calls by a name or an abbreviation, in order.

    Where `starts` are given, only words there are looked at: those that may begin
    a name, and those before what may continue one.
    """
    return tuple(
        Entity(mention.start, mention.end, country_key(mention.code))
        for mention in find_countries(text, starts=starts)
        if mention.kind in _EQUAL_KINDS
    )


def country_key(code: str) -> str:
    """Give the key of a country's names."""
    return f"c:{code}"


def actor_key(actor_id: str) -> str:
    """Give the key of an actor's mentions."""
    return f"a:{actor_id}"


def find_actors(text: str, actors: Iterable[tuple[str, Iterable[str]]]) -> Iterator[Entity]:
    """Give where a text has the mentions of actors, given as ids with mentions."""
    for actor_id, mentions in actors:
        for mention in mentions:
            for start in find_whole(text, mention):
                yield Entity(start, start + len(mention), actor_key(actor_id))


def find_whole(text: str, mention: str) -> Iterator[int]:
    """Give where a text has a mention that is not a part of a longer word."""
    start = text.find(mention) if mention else -1
    while start >= 0:
        end = start + len(mention)
        whole = not (_is_word_char(text[start - 1 : start]) or _is_word_char(text[end : end + 1]))
        if whole:
            yield start
        start = text.find(mention, end if whole else start + 1)


def own_country_keys(spelt: str) -> tuple[str, ...]:
    """Give the keys of a word that names a country wherever it stands, alone.

    The words around such a word can change nothing: it is no part of a longer name, no
    first name or surname, and nothing ordinary at the beginning of a sentence.
    """
    entries = entries_of(spelt)
    if len(entries) != 1 or not spelt.isalpha() or _may_end_longer_name(spelt):
        return ()
    (entry,) = entries
    plain = entry.kind in _EQUAL_KINDS and not entry.rest and not entry.shared
    personal = any(_PERSONAL & set(reading.names) for reading in analyse(spelt))
    if not plain or personal or spelt in load_country_words().ordinary:
        return ()
    return tuple(country_key(code) for code in entry.codes)


def _may_end_longer_name(word: str) -> bool:
    """Tell whether a word comes after the first of a name, or would but for a slip."""
    slip = extractOne(word, load_lexicon().seconds, scorer=OSA.distance, score_cutoff=1)
    return slip is not None or word in _words_of_longer_names()


@cache
def _words_of_longer_names() -> frozenset[str]:
    """Give the words after the first of every name, in capitals too."""
    rows = (row for found in load_lexicon().rows.values() for row in found)
    rest = {word for words, *_ in rows for word in words}
    return frozenset(rest | {word.upper() for word in rest})


def letters_of(form: str) -> list[str]:
    """Give the words of a form as names of countries are compared with: letters alone."""
    return [form] if form.isalpha() else _LETTERS.findall(form)


def letter_starts(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Give where `letters_of` the forms at some spans begin."""
    for start, end in spans:
        if text[start:end].isalpha():
            yield start
        else:
            yield from (found.start() for found in _LETTERS.finditer(text, start, end))


def country_role(word: str) -> int:
    """Tell what a word may do in a mention of a country, whatever stands around it."""
    role = PROMISES_COUNTRY | CONTINUES_NAME if word in load_lexicon().seconds else 0
    begun = _begun_by(word)
    capital = word[0].isupper()
    if begun or (capital and find_intended_name((word,)) is not None):
        role |= BEGINS_NAME
        if capital or any(entry.kind in _EQUAL_KINDS for entry in begun):
            role |= PROMISES_COUNTRY
    return role


def _begun_by(word: str) -> tuple[Entry, ...]:
    return entries_of(word) or (entries_of(word.capitalize()) if word.isupper() else ())


def find_countries_near(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Entity]:
    """Give what `find_named_countries` does, reading only around some words.

    Args:
        spans: of the words that a country may be named by, rising; with a word that
            countries share the whole text is evidence and must be read.
    """
    begin = end = 0
    for start, stop in [*spans, (len(text) + _BEFORE + 1, 0)]:
        if start - _BEFORE > end:
            for entity in find_named_countries(text[begin:end]):
                yield Entity(entity.start + begin, entity.end + begin, entity.key)
            begin = _space_before(text, start - _BEFORE)
        end = text.find(" ", stop + _AFTER)
        end = end if end >= 0 else len(text)


def _space_before(text: str, offset: int) -> int:
    return max(text.rfind(" ", 0, max(offset, 0)), 0)


def _is_word_char(char: str) -> bool:
    return char.isalnum() or char == "_"
