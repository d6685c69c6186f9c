"""A name that is typed, in any inflection, finds the other names of the same too."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from corpus.actors.alias_file import Aliases
from corpus.morphology import analyse
from index.analysis import analyse_word, fold
from index.keys import is_acronym
from search.meanings import Group, Meaning, Name, Typed, initial_of, list_groups, make_meaning
from search.query import Near, Same, Term

MayStand = Callable[[Sequence[tuple[str, ...]]], bool]

_SHORTEST_LOWERED_ACRONYM = 3
_CACHED_WORDS = 4_000


@dataclass(frozen=True, slots=True)
class TypedName:
    """The words `[start, end)` of a query, which are a name; `others` may be found beside it."""

    start: int
    end: int
    text: str
    name: Name
    meaning: Meaning
    others: tuple[str, ...]

    def resolve(self) -> Same:
        """Give every name as what it is found by."""
        names = [_resolve_name(name, self.meaning) for name in _shortest(self.meaning)]
        if self.meaning.actor:
            names.append(Term(self.meaning.names[0].text, (self.meaning.actor,)))
        return Same(self.text, tuple(names))

    def list_ways(self) -> tuple[tuple[Term, ...], ...]:
        """Give the words of every name, the one that was typed first."""
        return tuple(map(_terms, sorted(_shortest(self.meaning), key=self.name.__ne__)))


class Synonyms:
    """The names of some aliases, to be found in queries."""

    def __init__(self, aliases: Aliases) -> None:
        self._aliases = aliases
        self._read_initial = cache(self._list_initial)

    def find(self, words: Sequence[str], may_stand: MayStand) -> Iterator[TypedName]:
        """Give the names among some words that have others, the longest at each place.

        Args:
            may_stand: tells whether the passages have each of some words.
        """
        keys = [_keys_of_typed(word) for word in words]
        at = 0
        while at < len(words):
            begun = self._find_at(words, keys, at, may_stand)
            found = max(begun, key=_length_and_likeness, default=None)
            if found is not None:
                yield found
            at = found.end if found is not None else at + 1

    def _find_at(
        self,
        words: Sequence[str],
        keys: Sequence[frozenset[str]],
        at: int,
        may_stand: MayStand,
    ) -> Iterator[TypedName]:
        for typed, name, meaning in self._read_initial(initial_of(words[at])):
            end = at + len(typed)
            own = keys[at:end]
            if len(own) < len(typed) or any(map(frozenset.isdisjoint, own, typed)):
                continue
            text = " ".join(words[at:end])
            others = tuple(
                other.text
                for other in meaning.names
                if not name.finds(other, meaning.any_order)
                and _spell(other.text) != _spell(text)
                and may_stand(other.words)
            )
            if others:
                yield TypedName(at, end, text, name, meaning, others)

    def _list_initial(self, initial: str) -> list[tuple[Typed, Name, Meaning]]:
        """Give the names that begin with a letter, which they do in every case, as typed.

        So a query makes the names of few groups be analysed.
        """
        return [
            (tuple(name.typed[at] for at in order), name, meaning)
            for group in self._groups
            if initial in group.initials
            for meaning in make_meaning(group)
            for name in meaning.names
            for order in _list_orders(len(name.words), meaning.any_order)
            if initial_of(name.text.split()[order[0]]) == initial
        ]

    @cached_property
    def _groups(self) -> list[Group]:
        return list(list_groups(self._aliases))


def _list_orders(count: int, any_order: bool) -> set[tuple[int, ...]]:
    """Give the orders in which the words of a name are typed: a family name first or last."""
    words = tuple(range(count))
    return {words, (*words[-1:], *words[:-1]), (*words[1:], *words[:1])} if any_order else {words}


def _shortest(meaning: Meaning) -> list[Name]:
    """Leave out the names that another one finds, and acronyms like words that say nothing."""
    kept: list[Name] = []
    for name in sorted(meaning.names, key=lambda name: len(name.words)):
        found = any(other.finds(name, meaning.any_order) for other in kept)
        if not found and not _is_like_preposition(name.text):
            kept.append(name)
    return kept


def _is_like_preposition(text: str) -> bool:
    """Tell an acronym that a heading in capitals has as a mere word: PO."""
    return is_acronym(text) and any(reading.pos == "prep" for reading in analyse(text.lower()))


def _resolve_name(name: Name, meaning: Meaning) -> Term | Near:
    terms = _terms(name)
    if len(terms) == 1:
        return terms[0]
    return Near(terms, len(terms) if meaning.any_order else 0)


def _terms(name: Name) -> tuple[Term, ...]:
    return tuple(map(Term, name.text.split(), name.words))


@lru_cache(maxsize=_CACHED_WORDS)
def _keys_of_typed(word: str) -> frozenset[str]:
    """Give the keys by which a typed word may be one of a name.

    An acronym is one in capitals; a longer one, if it is no other word, in small letters too.
    """
    keys = set(analyse_word(word).keys)
    short = len(word) < _SHORTEST_LOWERED_ACRONYM
    if word.islower() and (short or any(reading.lemma.islower() for reading in analyse(word))):
        keys.discard(f"v:{word}")
    return frozenset((*keys, fold(word)))


def _length_and_likeness(found: TypedName) -> tuple[int, bool]:
    """Order names that were typed: a longer one is better, then one that is spelt so."""
    return found.end, _spell(found.text) == _spell(found.name.text)


def _spell(text: str) -> list[str]:
    """Give the words of a name as two spellings are compared, in whatever order."""
    return sorted(fold(text).split())
