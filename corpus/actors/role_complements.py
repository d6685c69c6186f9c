"""What a role noun governs: "obrony Ukrainy", "ds. handlu", "przy ONZ", "w rządzie"."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.actors.role_nouns import RoleNoun, load_role_words, read_role_nouns
from corpus.actors.words import Word
from corpus.sentences import load_abbreviations

AND = frozenset({"i", "oraz"})
PLACES = frozenset({"w", "we", "na", "przy", "z", "ze", "do"})
_OPENING, _CLOSING = frozenset('„"“«'), frozenset('”"“»')
_EXPRESSIONS = frozenset({("do", "spraw"), ("bez", "teki")})
_LONGEST_QUOTATION = 8
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Scene:
    """A passage as roles are looked for in it.

    `persons` and `organisations` are the ends of names by their first words; the names of
    the persons in `genitives` may stand in the genitive, and not in the nominative.
    """

    text: str
    words: Sequence[Word]
    persons: Mapping[int, int]
    organisations: Mapping[int, int]
    genitives: Container[int]

    def continues(self, at: int, other: int) -> bool:
        """Tell whether there is a word at `at`, in the sentence of another."""
        words = self.words
        return 0 <= at < len(words) and words[at].sentence == words[other].sentence

    def cut(self, first: int, end: int) -> str:
        """Give the words `[first, end)` as they stand, without what is in brackets."""
        if first >= end:
            return ""
        cut = self.text[self.words[first].start : self.words[end - 1].end]
        return " ".join(_IN_BRACKETS.sub("", cut).split())


def find_complement_end(scene: Scene, first: int, stop: int, noun: RoleNoun) -> int:
    """Give the end of what a role noun governs, from `first` on: the first word that is no part."""
    at = first
    while at < stop:
        end = _read_item(scene, at, stop)
        if end == at:
            break
        at = end
        end = _read_joint(scene, at, stop, noun)
        if _read_item(scene, end, stop) > end:
            at = end
    return at


def _read_joint(scene: Scene, at: int, stop: int, noun: RoleNoun) -> int:
    """Give the end of "i", or of a comma before more of the same and an "i"; else `at`."""
    if at >= stop or not scene.continues(at, at - 1):
        return at
    text = scene.words[at].text
    if text in AND:
        return at if _is_role_in(scene, at + 1, noun) else at + 1
    if text == ",":
        end = at + 1
        while (following := _read_genitive(scene, end, stop)) > end:
            end = following
        if at + 1 < end < stop and scene.words[end].text in {*AND, ","}:
            return at + 1 if _read_joint(scene, end, stop, noun) > end else at
    return at


def _is_role_in(scene: Scene, at: int, noun: RoleNoun) -> bool:
    """Tell whether a word begins another role in the case of a noun."""
    for head in range(at, at + 3):
        if not scene.continues(head, at):
            return False
        roles = read_role_nouns(scene.words[head].text)
        if any(other.case == noun.case for other in roles):
            return True
        if not scene.words[head].sense.adjective:
            return False
    return False


def _read_item(scene: Scene, at: int, stop: int) -> int:
    """Give the end of one part of what a noun governs, or `at`."""
    if at >= stop or (at and not scene.continues(at, at - 1)):
        return at
    words = scene.words
    text = words[at].text
    if at in scene.organisations:
        return min(scene.organisations[at], stop)
    if text in _OPENING:
        return _find_closing(scene, at, stop)
    if text == "(":
        closed = at + 2 < stop and words[at + 1].is_acronym and words[at + 2].text == ")"
        return at + 3 if closed else at
    following = words[at + 1].text if at + 1 < stop else ""
    if following == "." and text.lower() in _abbreviated():
        return at + 2
    if text == "ds":
        return at + 1
    if (text, following) in _EXPRESSIONS:
        return at + 2
    if text in PLACES:
        return _read_place(scene, at, stop)
    return _read_genitive(scene, at, stop)


def _find_closing(scene: Scene, at: int, stop: int) -> int:
    for end in range(at + 1, min(stop, at + 1 + _LONGEST_QUOTATION)):
        if scene.words[end].text in _CLOSING and end > at + 1:
            return end + 1
    return at


def _read_place(scene: Scene, at: int, stop: int) -> int:
    """Give the end of "w Moskwie", "przy ONZ", "w rządzie"; else `at`."""
    end = at + 1
    while end < stop and scene.continues(end, at) and end not in scene.persons:
        word = scene.words[end]
        if not word.is_word:
            break
        if word.is_capital:
            return _skip_capitals(scene, end + 1, stop)
        if word.sense.lemmas & load_role_words().within:
            return end + 1
        if not word.sense.adjective:
            break
        end += 1
    return at


def _skip_capitals(scene: Scene, at: int, stop: int) -> int:
    """Give the end of a place's name of several words: "na Bliskim Wschodzie"."""
    while at < stop and scene.words[at].is_capital and at not in scene.persons:
        at += 1
    return at


def _read_genitive(scene: Scene, at: int, stop: int) -> int:
    """Give the end of a word or of a person's name that may stand in the genitive, or `at`."""
    if at >= stop or (at and not scene.continues(at, at - 1)):
        return at
    if at in scene.persons:
        return scene.persons[at] if at in scene.genitives else at
    word = scene.words[at]
    governed = word.is_word and _may_be_governed(word, scene.words[at - 1])
    return at + 1 if governed else at


def _may_be_governed(word: Word, before: Word) -> bool:
    """Tell whether a word may stand in the genitive, or is a name that nobody declines."""
    sense = word.sense
    if "gen" in sense.cases:
        return not sense.parts_of_speech & {"ppron3", "prep", "conj"}
    if word.is_capital and not word.text[1:].islower():
        return True
    if sense.place and before.sense.lemmas & load_role_words().kinds_of_place:
        return True  # "prezydent miasta Dniepr"
    return not sense.known


@cache
def _abbreviated() -> frozenset[str]:
    known = load_abbreviations()
    return known.leading | known.trailing
