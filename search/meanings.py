"""What is called by several names: actors, bodies that many states have, synonyms.

They come from the aliases of actors, Kwerenda's own and the user's, and from the acronyms
of bodies such as ministries.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from corpus.actors.alias_file import Alias, Aliases
from corpus.actors.aliases import full_names, sufficient_surnames
from corpus.actors.lexicon import load_lexicon
from corpus.actors.state_bodies import shorten_body
from corpus.identifiers import slugify
from index.analysis import analyse_word, fold
from index.entities import actor_key
from index.keys import is_acronym
from index.name_stem import stem_name

Typed = tuple[frozenset[str], ...]
"""For each word of a name what a typed word must be found by, or be spelt as."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name: the keys that each of its words is found by, and what each may be typed as."""

    text: str
    words: tuple[tuple[str, ...], ...]
    typed: Typed

    def finds(self, other: "Name", any_order: bool = False) -> bool:
        """Tell whether what finds this name finds another one too: it stands within."""
        if any_order and sorted(self.words) == sorted(other.words):
            return True
        size = len(self.words)
        return any(
            all(map(_covers, self.words, other.words[at : at + size]))
            for at in range(len(other.words) - size + 1)
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """Names of the same; the words of a person's come in any order.

    `actor` is the key of the mentions that were recognised when the passages were read.
    """

    names: tuple[Name, ...]
    actor: str = ""
    any_order: bool = False


class Group(NamedTuple):
    """Names of the same as they are written, before their words are analysed."""

    names: tuple[str, ...]
    actor: str = ""
    any_order: bool = False

    @property
    def initials(self) -> set[str]:
        """Give the letters that the names may begin with."""
        leading = None if self.any_order else 1
        return {initial_of(word) for name in self.names for word in name.split()[:leading]}


def list_groups(aliases: Aliases) -> Iterator[Group]:
    """Give what has several names that can be told from other words."""
    parts = {part for alias in aliases.organisations for part in _parts_of_names(alias)}
    for alias in aliases.organisations:
        telling = tuple(name for name in alias.names if name not in parts or is_acronym(name))
        yield Group(telling, actor_key(slugify(shorten_body(alias.names[0]))))
    bodies: dict[str, list[str]] = {}
    for acronym, full in load_lexicon().state_bodies.items():
        bodies.setdefault(full or acronym, [full or acronym]).append(acronym)
    yield from (Group(tuple(names)) for names in bodies.values())
    yield from (Group(alias.names) for alias in aliases.synonyms)
    for alias in aliases.persons:
        yield Group(tuple(full_names(alias)), any_order=True)
        yield Group(tuple(sufficient_surnames(alias)))


def make_meaning(group: Group) -> Iterator[Meaning]:
    """Give the analysed names of a group, if they differ in what they are found by."""
    names = tuple(_make_name(text) for text in dict.fromkeys(group.names))
    if len({name.words for name in names}) > 1:
        yield Meaning(names, group.actor, group.any_order)


def _parts_of_names(alias: Alias) -> Iterator[str]:
    """Give the words of longer names: one of them alone ("Unia") may mean something else."""
    for name in alias.names:
        words = name.split()
        if len(words) > 1:
            yield from words


def _make_name(text: str) -> Name:
    words, typed = [], []
    for word in text.split():
        acronym = is_acronym(word)
        words.append((f"v:{word.lower()}",) if acronym else _keys_of_name_word(word))
        # A word typed without its diacritics is told by its spelling.
        typed.append(frozenset(words[-1] if acronym else (*words[-1], fold(word))))
    return Name(text, tuple(words), tuple(typed))


def _keys_of_name_word(word: str) -> tuple[str, ...]:
    """Give the keys of a word; what is known to be a name has those of names in any case."""
    named = (f"n:{stem_name(word.lower())}",) if word[:1].isupper() else ()
    return tuple(dict.fromkeys((*analyse_word(word).keys, *named)))


def initial_of(text: str) -> str:
    """Give the first letter of a name, which stays whatever its case."""
    return fold(text[:1])


def _covers(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return set(others) <= set(some)
