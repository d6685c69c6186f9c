"""What a passage names, as keys for the index."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from corpus.countries.gazetteer import load_country_words
from corpus.countries.lexicon import Entry, find_intended_name, load_lexicon
from corpus.countries.mentions import find_countries
from corpus.document import Passage
from corpus.morphology import analyse
from index.analysis import Entity

_PERSONAL = frozenset({"imię", "nazwisko"})
CountryHint = Literal["", "name", "shared"]

_BEFORE, _AFTER = 36, 60
"""Characters around a word that decide whether it names a country."""

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


def find_named_countries(text: str) -> tuple[Entity, ...]:
    """Give the countries that a text calls by a name or an abbreviation, in order."""
    return tuple(
        Entity(mention.start, mention.end, country_key(mention.code))
        for mention in find_countries(text)
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
            start = text.find(mention) if mention else -1
            while start >= 0:
                end = start + len(mention)
                whole = not (
                    _is_word_char(text[start - 1 : start]) or _is_word_char(text[end : end + 1])
                )
                if whole:
                    yield Entity(start, end, actor_key(actor_id))
                start = text.find(mention, end if whole else start + 1)


def own_country_keys(spelt: str) -> tuple[str, ...]:
    """Give the keys of a word that names a country wherever it stands, alone.

    The words around such a word can change nothing: it is no part of a longer name, no
    first name or surname, and nothing ordinary at the beginning of a sentence.
    """
    lexicon = load_lexicon()
    entries = lexicon.entries.get(spelt, ())
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
    entries = (entry for found in load_lexicon().entries.values() for entry in found)
    rest = {word for entry in entries for word in entry.rest}
    return frozenset(rest | {word.upper() for word in rest})


def country_hint(form: str) -> CountryHint:
    """Tell what a form promises `find_named_countries`: where there is no hint, it has nothing."""
    words = _LETTERS.findall(form)
    entries = [entry for word in words for entry in _names_begun_by(word)]
    if any(entry.shared for entry in entries):
        return "shared"
    return "name" if entries or any(map(_may_continue_name, words)) else ""


def find_countries_near(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Entity]:
    """Give what `find_named_countries` does, reading only around words with a hint.

    Args:
        spans: of the words with the hint "name", rising; with a word that countries share
            the whole text is evidence and must be read.
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


def _names_begun_by(word: str) -> Iterator[Entry]:
    entries = load_lexicon().entries
    found = entries.get(word) or (entries.get(word.capitalize(), ()) if word.isupper() else ())
    return (entry for entry in found if entry.kind in _EQUAL_KINDS)


def _may_continue_name(word: str) -> bool:
    """Tell whether a word can be the second one of a name, or a name with a slip in it."""
    lexicon = load_lexicon()
    if word in lexicon.seconds:
        return True
    return word[0].isupper() and (
        word in lexicon.entries or find_intended_name((word,)) is not None
    )


def _is_word_char(char: str) -> bool:
    return char.isalnum() or char == "_"
