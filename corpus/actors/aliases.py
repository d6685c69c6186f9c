"""Actors that are known under several names, found in a text and told apart in a list."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from corpus.actors.alias_file import Alias, Aliases, load_own_aliases
from corpus.actors.words import Word, describe_form, split_words


@dataclass(frozen=True, slots=True)
class KnownSpan:
    """The words `[first, end)` of a passage that name a known organisation."""

    first: int
    end: int
    alias: Alias


_Phrase = tuple[tuple[frozenset[str], str], ...]


class KnownActors:
    """The actors of some aliases, by their names."""

    def __init__(self, aliases: Aliases) -> None:
        self._aliases = aliases

    def match_organisation(
        self, words: Sequence[Word], first: int, taken: Container[int]
    ) -> KnownSpan | None:
        """Give the known organisation named in any case from `first` on, by the longest name."""
        if not words[first].is_capital:
            return None
        best: KnownSpan | None = None
        for lemma in words[first].sense.lemmas | {_strip_ending(words[first].text).lower()}:
            for phrase, alias in self._phrases_by_first_lemma.get(lemma, ()):
                end = first + len(phrase)
                if end > len(words) or (best is not None and end <= best.end):
                    continue
                if any(index in taken for index in range(first, end)):
                    continue
                if all(map(_is_same, words[first:end], phrase)):
                    best = KnownSpan(first, end, alias)
        if best is not None and best.end == first + 1 and not _stands_alone(words, first):
            return None
        return best

    def person(self, name: str) -> Alias | None:
        """Give the known person of a full name in the nominative."""
        return self._persons_by_name.get(name.casefold())

    def person_by_surname(self, surname: str) -> Alias | None:
        """Give the known person that a surname alone stands for."""
        return self._persons_by_surname.get(surname.casefold())

    def organisation(self, name: str) -> Alias | None:
        """Give the known organisation of a name in the nominative."""
        return self._organisations_by_name.get(name.casefold())

    @cached_property
    def names_of_persons(self) -> tuple[str, ...]:
        """Give every full name of a known person."""
        return tuple(name for alias in self._aliases.persons for name in full_names(alias))

    @cached_property
    def _phrases_by_first_lemma(self) -> Mapping[str, Sequence[tuple[_Phrase, Alias]]]:
        phrases: dict[str, list[tuple[_Phrase, Alias]]] = {}
        for alias in self._aliases.organisations:
            for name in alias.names:
                words = split_words(name)
                phrase = tuple((describe_form(word.text).lemmas, word.text) for word in words)
                for lemma in phrase[0][0] | {words[0].text.lower()}:
                    phrases.setdefault(lemma, []).append((phrase, alias))
        return phrases

    @cached_property
    def _persons_by_name(self) -> Mapping[str, Alias]:
        persons = self._aliases.persons
        return {name.casefold(): alias for alias in persons for name in full_names(alias)}

    @cached_property
    def _persons_by_surname(self) -> Mapping[str, Alias]:
        persons = self._aliases.persons
        return {name.casefold(): alias for alias in persons for name in sufficient_surnames(alias)}

    @cached_property
    def _organisations_by_name(self) -> Mapping[str, Alias]:
        organisations = self._aliases.organisations
        return {name.casefold(): alias for alias in organisations for name in alias.names}


@cache
def load_known_actors() -> KnownActors:
    """Give the actors that Kwerenda knows by itself."""
    return KnownActors(load_own_aliases())


def full_names(alias: Alias) -> Iterator[str]:
    """Give the full names of a person, a surname given alone in the place of each other one."""
    full = [name for name in alias.names if " " in name]
    yield from full
    for surname in alias.names:
        if " " not in surname:
            for name in full:
                yield name.replace(surname_of(name), surname)


def sufficient_surnames(alias: Alias) -> Iterator[str]:
    """Give the surnames that mean a person by themselves: those given alone among the names."""
    for name in alias.names:
        if alias.surname_suffices or " " not in name:
            yield surname_of(name)


def _is_same(word: Word, part: tuple[frozenset[str], str]) -> bool:
    lemmas, text = part
    if len(text) <= 6 and sum(char.isupper() for char in text) >= 2:
        return _strip_ending(word.text) == text
    return bool(word.sense.lemmas & lemmas) or word.text == text


def _strip_ending(text: str) -> str:
    """Give an acronym without its Polish ending: "SPK-u"."""
    stem, hyphen, ending = text.partition("-")
    return stem if hyphen and ending.islower() and len(ending) <= 3 else text


def _stands_alone(words: Sequence[Word], at: int) -> bool:
    """Tell whether one word is a name by itself: an acronym, or a capital in mid-sentence."""
    if sum(char.isupper() for char in words[at].text) >= 2:
        return True
    following = words[at + 1] if at + 1 < len(words) else None
    alone = following is None or not (following.is_word and following.is_capital)
    return alone and not words[at].opens


def surname_of(name: str) -> str:
    """Give the word of a full name by which a person is mentioned again."""
    words = name.split(" ")
    if (
        len(words) > 1
        and describe_form(words[0]).family_first
        and ("-" in words[-1] or len(words) == 3 or not describe_form(words[0]).given)
    ):
        return words[0]
    return words[-1]
