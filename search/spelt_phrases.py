"""Phrases with names in them, by all that these are called: "wizyta KRLD w Moskwie"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, islice, product

from corpus.countries.gazetteer import equal_names
from index.analysis import analyse_word
from index.entities import country_key
from search.country_names import find_country_names, other_names
from search.query import Near, Same, Term
from search.synonyms import MayStand, Synonyms

MAX_PHRASES = 12
"""Of a phrase with names in it, so many spellings are looked for."""

Way = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class SpeltName:
    """The words `[start, end)` of a phrase, which are a name, by all `ways` to write it.

    The first is as it was typed; `others` are the names that are found beside it.
    """

    start: int
    end: int
    ways: tuple[Way, ...]
    others: tuple[str, ...]


def find_names(texts: Sequence[str], synonyms: Synonyms, may_stand: MayStand) -> list[SpeltName]:
    """Give the names in a phrase, in order; those of actors before those of countries."""
    names = [
        SpeltName(typed.start, typed.end, typed.list_ways(), typed.others)
        for typed in synonyms.find(texts, may_stand)
    ]
    for start, end, code in find_country_names(tuple(texts)):
        if all(name.end <= start or end <= name.start for name in names):
            typed = tuple(texts[start:end])
            ways = _spell_country(typed, code, is_last=end == len(texts))
            names.append(SpeltName(start, end, ways, other_names(code, " ".join(typed))))
    return sorted(names, key=lambda name: name.start)


def spell_phrase(
    texts: Sequence[str], names: Sequence[SpeltName], expand: Callable[[int], Term]
) -> Term | Near | Same:
    """Give a phrase by every way to write the names in it.

    Args:
        expand: resolves one of the words around the names.
    """
    parts: list[Sequence[Way]] = []
    at = 0
    for name in names:
        parts += [[(expand(place),)] for place in range(at, name.start)]
        parts.append(name.ways)
        at = name.end
    parts += [[(expand(place),)] for place in range(at, len(texts))]
    spelt = (tuple(chain.from_iterable(choice)) for choice in product(*parts))
    phrases = tuple(map(_near, islice(spelt, MAX_PHRASES)))
    return Same(" ".join(texts), phrases) if len(phrases) > 1 else phrases[0]


def _spell_country(words: tuple[str, ...], code: str, is_last: bool) -> tuple[Way, ...]:
    """Give the ways to write a country, which is known by its key where its name begins.

    How the name goes on matters only to what follows.
    """
    own = analyse_word(words[0]).keys if len(words) == 1 else ()
    first = Term(words[0], (*own, country_key(code)))
    if is_last:
        return ((first,),)
    rests: dict[tuple[tuple[str, ...], ...], Way] = {}
    for _, *rest in (words, *map(str.split, equal_names(code))):
        terms = tuple(Term(word, analyse_word(word).keys) for word in rest)
        rests.setdefault(tuple(term.keys for term in terms), terms)
    return tuple((first, *rest) for rest in rests.values())


def _near(words: Way) -> Term | Near:
    return words[0] if len(words) == 1 else Near(words)
