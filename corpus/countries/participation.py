"""Which of the countries named in a passage take part in what it tells.

A country takes part when someone acts for it ("rząd Danii", "duńska delegacja"), when a
sentence begins with it, or when the passage keeps speaking of it. Named once as a place,
as an example or in the name of a society for trade with it, it is only mentioned.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.countries.gazetteer import load_country_words
from corpus.countries.mentions import CountryMention
from corpus.morphology import analyse

_WORD = re.compile(r"[^\W\d_]+")
_PLACE_KINDS = ("capital", "name", "abbreviation")
_REACH_CHARS = 60
_REACH_WORDS = 5
# A comma before "handlu i przemysłu" belongs to the name of an office.
_STOP = re.compile(r"[;:!?()„”\"]|\.(?=\s+[^\Wa-ząćęłńóśźż])|,(?!\s+\w+\s+i\s)")
_IN = frozenset({"w", "we", "na", "pod", "koło"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the mentions of one country in a passage amount to.

    `weight` counts the mentions in which it is spoken of; `acting`: at least one is with
    an authority or at the head of a sentence; `located`: something happens there;
    `named`: by more than its cities.
    """

    code: str
    first: int
    weight: int = 0
    acting: bool = False
    located: bool = False
    named: bool = False


def weigh_mentions(
    text: str, mentions: Sequence[CountryMention], sentences: Sequence[tuple[int, int]]
) -> dict[str, Evidence]:
    """Give the evidence for each country, in order of first mention."""
    starts = [start for start, _ in sentences]
    found: dict[str, Evidence] = {}
    for mention in mentions:
        known = found.get(mention.code, Evidence(mention.code, first=mention.start))
        located = _is_located(text, mention)
        spoken_of = not located and not _is_inside_name(text, mention)
        acting = spoken_of and (
            _begins_sentence(text, mention, starts) or _stands_with_authority(text, mention)
        )
        found[mention.code] = replace(
            known,
            weight=known.weight + spoken_of,
            acting=known.acting or acting,
            located=known.located or located,
            named=known.named or mention.kind != "place",
        )
    return found


def _is_located(text: str, mention: CountryMention) -> bool:
    """Tell a mere place: "w Kuwejcie"."""
    if mention.kind == "place":
        return True
    words = _words_before(text, mention.start, 1)
    return mention.kind in _PLACE_KINDS and bool(words) and words[0].lower() in _IN


def _is_inside_name(text: str, mention: CountryMention) -> bool:
    """Tell the far end of a name: "Izba Handlu z Peru", but not "spotkanie Kuby z Peru"."""
    words = _words_before(text, mention.start, 2)
    return (
        len(words) == 2
        and _is_preposition(words[1])
        and words[1] not in _IN
        and words[0].istitle()
        and not _is_proper_noun(words[0])
    )


def _begins_sentence(text: str, mention: CountryMention, starts: Sequence[int]) -> bool:
    if mention.kind in ("adjective", "compound"):
        return False
    nearest = bisect_right(starts, mention.start) - 1
    return nearest >= 0 and not _WORD.search(text, starts[nearest], mention.start)


def _stands_with_authority(text: str, mention: CountryMention) -> bool:
    if mention.kind in ("adjective", "compound"):
        near = (*_words_before(text, mention.start, 1), *_words_after(text, mention.end, 2))
        return any(_is_authority(word) for word in near)
    words = _words_before(text, mention.start, _REACH_WORDS)
    for word in reversed(words):
        if _is_preposition(word.lower()):
            return False
        if _is_authority(word):
            return True
    return False


@lru_cache(maxsize=50_000)
def _is_preposition(word: str) -> bool:
    return any(reading.pos == "prep" for reading in analyse(word))


@lru_cache(maxsize=50_000)
def _is_authority(word: str) -> bool:
    lemmas = {reading.lemma for form in (word, word.lower()) for reading in analyse(form)}
    return not lemmas.isdisjoint(load_country_words().authorities)


def _is_proper_noun(word: str) -> bool:
    """Tell a name of a place or a person from a capitalised common noun."""
    names = {name for reading in analyse(word) for name in reading.names}
    return bool(names & {"nazwa_geograficzna", "imię"}) or not analyse(word.lower())


def _words_before(text: str, position: int, count: int) -> list[str]:
    """Give the last words before a position, back to the nearest punctuation."""
    lead = _STOP.split(text[max(0, position - _REACH_CHARS) : position])[-1]
    return _WORD.findall(lead)[-count:]


def _words_after(text: str, position: int, count: int) -> list[str]:
    tail = _STOP.split(text[position : position + _REACH_CHARS])[0]
    return _WORD.findall(tail)[:count]
