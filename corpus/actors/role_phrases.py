"""A role as a phrase: a role noun, the adjectives that agree with it, and what it governs.

"byłego ministra obrony Ukrainy" is read from the noun outwards: adjectives to the left of
it, some to the right, then genitives, "ds. …" and places up to the first word that can be
none of them. Only the noun and its adjectives are put into the nominative.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.actors.phrases import agrees
from corpus.actors.role_complements import Scene, find_complement_end
from corpus.actors.role_nouns import (
    RoleNoun,
    is_passing,
    load_role_words,
    read_role_nouns,
    restore_adjective,
)
from corpus.actors.words import describe_form
from corpus.countries.mentions import find_countries

LONGEST = 30


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """The words `[first, end)` that name a role.

    `core` is the noun with its adjectives in the nominative, the words `[governed, end)`
    what it governs. An `acting` one stands in the genitive whatever its holder's case is.
    """

    first: int
    governed: int
    end: int
    head: int
    noun: RoleNoun
    core: str
    acting: bool = False

    @property
    def is_bare(self) -> bool:
        """Tell whether it is a noun and nothing else."""
        return self.end - self.first == 1


def read_ending_at(scene: Scene, end: int) -> Iterator[RolePhrase]:
    """Give the roles whose last word is the one before `end`, the nearest noun's first."""
    for head in range(end - 1, max(-1, end - 1 - LONGEST), -1):
        if not scene.continues(head, end - 1):
            return
        for phrase in _read_around(scene, head, end):
            if phrase.end == end:
                yield phrase


def read_starting_at(scene: Scene, first: int) -> Iterator[RolePhrase]:
    """Give the roles whose first word is at `first`, each as long as it may be."""
    for head in range(first, first + 4):
        if not scene.continues(head, first) or head in scene.persons:
            return
        for phrase in _read_around(scene, head, min(head + LONGEST, len(scene.words))):
            if phrase.first == first:
                yield phrase


def _read_around(scene: Scene, head: int, stop: int) -> Iterator[RolePhrase]:
    """Give the roles that the noun at `head` may be read as, ended before `stop`."""
    words = scene.words
    found: list[RolePhrase] = []
    for noun in read_role_nouns(words[head].text) if words[head].is_word else ():
        first, before = _read_adjectives_before(scene, head, noun)
        governed, after = _read_adjectives_after(scene, head, noun, stop)
        end = find_complement_end(scene, governed, stop, noun)
        acting = _find_acting(scene, first) if noun.case == "gen" else first
        restored = [*before, noun.nominative, *after]
        if acting < first:
            restored = ["p.o.", *(word.text.lower() for word in words[first:governed])]
        core = " ".join(restored)
        found.append(RolePhrase(acting, governed, end, head, noun, core, acting=acting < first))
    # "brytyjska premier", "były premier": the reading that most words agree with.
    yield from sorted(found, key=lambda each: each.first - each.end)


def _read_adjectives_before(scene: Scene, head: int, noun: RoleNoun) -> tuple[int, list[str]]:
    first = head
    found: list[str] = []
    while scene.continues(first - 1, head) and scene.words[first - 1].is_word:
        word = scene.words[first - 1]
        adjective = restore_adjective(word.text, noun)
        named = word.is_capital and not word.opens and word.sense.place
        if adjective is None or named:
            break
        first -= 1
        if not is_passing(adjective):
            found.insert(0, adjective)
    return first, found


def _read_adjectives_after(
    scene: Scene, head: int, noun: RoleNoun, stop: int
) -> tuple[int, list[str]]:
    at = head + 1
    found: list[str] = []
    while at < stop and scene.continues(at, head) and scene.words[at].is_word:
        word = scene.words[at]
        adjective = restore_adjective(word.text, noun) if at not in scene.persons else None
        if adjective is None:
            break
        if noun.case != "nom" and at + 1 < stop and _is_of_next(scene, at):
            break
        found.append(adjective)
        at += 1
    return at, found


def _is_of_next(scene: Scene, at: int) -> bool:
    """Tell whether an adjective belongs to the noun after it: "premiera brytyjskiego rządu"."""
    adjective, following = scene.words[at], scene.words[at + 1]
    if not following.is_word or at + 1 in scene.persons:
        return False
    settled = adjective.sense.lemmas & load_role_words().settled
    return not settled and agrees(adjective.text, following.text)


def _find_acting(scene: Scene, first: int) -> int:
    """Give where "p.o." or "pełniący obowiązki" before a role begins, or `first`."""
    words = scene.words
    if not scene.continues(first - 2, first):
        return first
    one, two = words[first - 2], words[first - 1]
    short = one.text.lower() == "p.o" and two.text == "."
    long = two.text.lower() == "obowiązki" and "pełnić" in one.sense.lemmas
    return first - 2 if short or long else first


def write_role(scene: Scene, phrase: RolePhrase) -> str:
    """Give a role in the nominative."""
    governed = scene.cut(phrase.governed, phrase.end)
    if phrase.noun.nominative.endswith("minister") and phrase.governed not in scene.organisations:
        governed = _lower_portfolio(governed)
    return " ".join(filter(None, [phrase.core, governed]))


def _lower_portfolio(governed: str) -> str:
    """Write a minister's portfolio small, as spelling has it: "Spraw Zagranicznych Rosji"."""
    first, *_ = governed.split() or [""]
    if not first.istitle() or not describe_form(first).common:
        return governed
    country = min((mention.start for mention in find_countries(governed)), default=len(governed))
    portfolio = governed[:country].split(" ")
    return " ".join(w.lower() if w.istitle() else w for w in portfolio) + governed[country:]
