"""Words that a query has by the way: prepositions, conjunctions, "who" and "when".

They add to the score and demand nothing. Some are names as well: *Kim* is also a form of
*kto*. The texts tell which is meant where: they write the name with a capital and have it
as an actor.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from corpus.morphology import analyse
from index.analysis import analyse_word, keys_of_term
from index.keys import is_acronym
from index.lexicon import Lexicon
from search.syntax import load_syntax

_PARTS_OF_SPEECH = frozenset({"prep", "conj", "comp", "part", "interj"})
_BODY = "nazwa_organizacji"
_CACHED_WORDS = 4_000


@lru_cache(maxsize=_CACHED_WORDS)
def is_function_word(text: str) -> bool:
    """Tell whether a word says nothing alone: a preposition, a conjunction, "who" or "when"."""
    readings = analyse(text.lower())
    if any(reading.lemma in load_syntax().questions for reading in readings):
        return True
    return bool(readings) and all(reading.pos in _PARTS_OF_SPEECH for reading in readings)


def read_name(words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[str, ...]:
    """Give the keys of a function word that is a name where it stands; none if it is not.

    With a capital it may be one, unless the capital is that of a sentence; without, unless
    it begins a question or has a preposition before it.
    """
    word = words[at]
    if is_acronym(word):
        acronym = _is_known_acronym(word) and not " ".join(words).isupper()
        return analyse_word(word).keys if acronym else ()
    if len(words) > 1:
        if word[:1].isupper():
            may_be = at > 0 or words[1][:1].isupper()
        else:
            may_be = at > 0 and not _is_preposition(words[at - 1])
        if not may_be:
            return ()
    return _name_keys(word, lexicon)


def names_actor(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a function word is also what the texts call an actor."""
    return bool(_name_keys(word, lexicon))


def _name_keys(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    name, small = word.capitalize(), word.lower()
    if lexicon.frequency(name) < lexicon.frequency(small):
        return ()
    keys = tuple(key for key in analyse_word(name).keys if not key.startswith("l:"))
    classes = chain.from_iterable(map(keys_of_term, lexicon.classes_of(keys)))
    return keys if any(key.startswith("a:") for key in classes) else ()


def _is_known_acronym(word: str) -> bool:
    return any(reading.lemma == word and _BODY in reading.names for reading in analyse(word))


def _is_preposition(word: str) -> bool:
    return any(reading.pos == "prep" for reading in analyse(word.lower()))
