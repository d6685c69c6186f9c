"""Acronyms: which are organisations, and which the text explains."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from corpus.actors.context import Context
from corpus.actors.lexicon import load_lexicon
from corpus.actors.words import Word
from corpus.countries.gazetteer import equal_names, known_codes
from corpus.morphology import analyse

_LONGEST = 7
_NEAR = 5
_ROMAN = frozenset("IVXLCM")
_CLOSING = frozenset({")", ",", ";", "–", "-"})


def is_organisation_acronym(context: Context, at: int) -> bool:
    """Tell whether a word is an acronym and no country, measure, numeral or shouted word."""
    word = context.words[at]
    stem, hyphen, ending = word.text.partition("-")
    text = stem if hyphen and ending.islower() and len(ending) <= 3 else word.text
    mixed = sum(char.isupper() for char in text) > 1 and word.sense.organisation
    if not mixed and not (2 <= len(text) < _LONGEST and text.isalpha() and text.isupper()):
        return False
    if text in load_lexicon().not_acronyms or text in context.rejected or set(text) <= _ROMAN:
        return False
    if text in _country_abbreviations() or (word.sense.place and not word.sense.organisation):
        return False
    shouted = len(text) != 3 and _is_plain_word(word, context)
    return not shouted and not is_shouted(context, at)


def is_shouted(context: Context, at: int) -> bool:
    """Tell whether a word in capitals stands among others: a heading, not an acronym."""
    near = [w for w in context.words[max(0, at - 2) : at + 3] if w.is_word and len(w.text) > 1]
    capitals = [w for w in near if w.text.isupper()]
    plain = [w for w in capitals if len(w.text) >= _LONGEST or _is_plain_word(w, context)]
    return bool(plain) and len(capitals) > max(1, len(near) // 2)


def _is_plain_word(word: Word, context: Context) -> bool:
    """Tell whether a word in capitals is an ordinary word: "WNIOSKI"."""
    if word.sense.organisation or context.known.organisation(word.text) is not None:
        return False
    return bool(analyse(word.text.lower()))


def read_acronym(words: Sequence[Word], end: int) -> str:
    """Give the acronym in brackets after a name that ends at `end`, or nothing."""
    if end + 2 >= len(words) or words[end].text != "(" or words[end + 2].text not in _CLOSING:
        return ""
    inside = words[end + 1].text
    return inside if sum(char.isupper() for char in inside) >= 2 else ""


def find_explained_otherwise(words: Sequence[Word]) -> frozenset[str]:
    """Give the acronyms that a passage explains as something else than an organisation.

    In "pocisk ziemia-powietrze (PZP)" the bracket follows a lower-case word; in "Szczyt
    Dorzecza Dunaju (SDD)" the phrase is an event.
    """
    found = set()
    for index in range(1, len(words) - 2):
        if words[index].text != "(" or not read_acronym(words, index):
            continue
        phrase = []
        for word in reversed(words[:index]):
            if not (word.is_word and (word.is_capital or word.text in ("i", "ds", "z", "for"))):
                break
            phrase.append(word)
        announced = any(w.sense.head for w in words[max(0, index - _NEAR) : index])
        foreign = phrase and not any(word.sense.known for word in phrase)
        if (not phrase and not announced) or foreign or any(word.sense.event for word in phrase):
            found.add(words[index + 1].text)
    return frozenset(found)


def find_initials(names: Iterable[str]) -> dict[str, str]:
    """Give the acronyms among some names with the one name whose words begin with their letters.

    A body that many states have is left out: its country is what tells it.

    >>> find_initials(["RWB", "Rada Wysp Bałtyckich", "Izba Handlowa"])
    {'RWB': 'Rada Wysp Bałtyckich'}
    """
    listed = list(dict.fromkeys(names))
    full: dict[str, list[str]] = defaultdict(list)
    for name in listed:
        words = [word for word in name.split() if word[0].isalpha()]
        if len(words) > 1:
            full["".join(word[0] for word in words).casefold()].append(name)
    return {
        name: found[0]
        for name in listed
        if 2 <= len(name) < _LONGEST
        and sum(char.isupper() for char in name) > 1
        and name not in load_lexicon().state_bodies
        and len(found := full.get(name.casefold(), [])) == 1
    }


@cache
def _country_abbreviations() -> frozenset[str]:
    """Give the names of countries as written; ISO codes are not among them."""
    return frozenset(name for code in known_codes() for name in equal_names(code))
