"""Actors that are known under several names, found in a text and told apart in a list."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.actors.lexicon import Alias, load_organisation_aliases, load_person_aliases
from corpus.actors.words import Word, describe_form, split_words


@dataclass(frozen=True, slots=True)
class KnownSpan:
    """The words `[first, end)` of a passage that name a known organisation."""

    first: int
    end: int
    alias: Alias


_Phrase = tuple[tuple[frozenset[str], str], ...]


def match_known_organisation(
    words: Sequence[Word], first: int, taken: Container[int]
) -> KnownSpan | None:
    """Give the known organisation named in any case from `first` on, by the longest name."""
    if not words[first].is_capital:
        return None
    best: KnownSpan | None = None
    for lemma in words[first].sense.lemmas | {_strip_ending(words[first].text).lower()}:
        for phrase, alias in _phrases_by_first_lemma().get(lemma, ()):
            end = first + len(phrase)
            if end > len(words) or (best is not None and end <= best.end):
                continue
            if any(index in taken for index in range(first, end)):
                continue
            if all(
                _is_same(word, part) for word, part in zip(words[first:end], phrase, strict=True)
            ):
                best = KnownSpan(first, end, alias)
    if best is not None and best.end == first + 1 and not _stands_alone(words, first):
        return None
    return best


def known_person(name: str) -> Alias | None:
    """Give the known person of a full name in the nominative."""
    return _persons_by_name().get(name.casefold())


def known_person_by_surname(surname: str) -> Alias | None:
    """Give the known person that a surname alone stands for."""
    return _persons_by_surname().get(surname.casefold())


def known_organisation(name: str) -> Alias | None:
    """Give the known organisation of a name in the nominative."""
    return _organisations_by_name().get(name.casefold())


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


@cache
def _phrases_by_first_lemma() -> Mapping[str, tuple[tuple[_Phrase, Alias], ...]]:
    phrases: dict[str, list[tuple[_Phrase, Alias]]] = {}
    for alias in load_organisation_aliases():
        for name in alias.names:
            words = split_words(name)
            phrase = tuple((describe_form(word.text).lemmas, word.text) for word in words)
            for lemma in phrase[0][0] | {words[0].text.lower()}:
                phrases.setdefault(lemma, []).append((phrase, alias))
    return {lemma: tuple(found) for lemma, found in phrases.items()}


@cache
def _persons_by_name() -> Mapping[str, Alias]:
    return {name.casefold(): alias for alias in load_person_aliases() for name in alias.names}


@cache
def _persons_by_surname() -> Mapping[str, Alias]:
    found = {}
    for alias in load_person_aliases():
        if alias.surname_suffices:
            for name in alias.names:
                found[surname_of(name).casefold()] = alias
    return found


@cache
def _organisations_by_name() -> Mapping[str, Alias]:
    return {name.casefold(): alias for alias in load_organisation_aliases() for name in alias.names}


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
