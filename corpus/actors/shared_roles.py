"""A role that several persons share: "prezydenci Rosji i Japonii, Jan Nowak i Piotr Lis".

What the role governs is dealt out when there is as much of it as there are names.
"""

from collections.abc import Iterator, Sequence

from corpus.actors.role_complements import AND, Scene
from corpus.actors.role_holders import NamedPerson
from corpus.actors.role_phrases import RolePhrase, read_ending_at


def read_shared(scene: Scene, persons: Sequence[NamedPerson]) -> Iterator[str]:
    """Give the roles of the first persons, in their order, when they are a list with one role."""
    group = _read_group(scene, persons)
    if not group:
        return
    end = group[0].first
    end -= scene.continues(end - 1, end) and scene.words[end - 1].text in {",", "–", "-", ":"}
    for phrase in read_ending_at(scene, end):
        if phrase.noun.number == "pl" and group[0].agrees(phrase):
            shares = list(_divide(scene, phrase, len(group)))
            if len(shares) == len(group):
                yield from (" ".join(filter(None, [phrase.core, share])) for share in shares)
            return


def _read_group(scene: Scene, persons: Sequence[NamedPerson]) -> list[NamedPerson]:
    """Give the first persons when they are named in one list: "A, B i C"."""
    group = [persons[0]]
    for following in persons[1:]:
        between = group[-1].end
        if following.first != between + 1 or scene.words[between].text not in {*AND, ","}:
            return []
        group.append(following)
        if scene.words[between].text in AND:
            return group
    return []


def _divide(scene: Scene, phrase: RolePhrase, persons: int) -> Iterator[str]:
    """Give what a role of several persons governs for each: "obrony Japonii i Rosji" is two."""
    words = scene.words[phrase.governed : phrase.end]
    joint = max((at for at, word in enumerate(words) if word.text in AND), default=-1)
    if joint < 0:
        yield from [scene.cut(phrase.governed, phrase.end)] * persons
    if joint < 0 or not all(word.is_capital for word in words[joint + 1 :]):
        return
    first = joint
    while first and (words[first - 1].is_capital or words[first - 1].text == ","):
        first -= 1
    stem = scene.cut(phrase.governed, phrase.governed + first)
    own: list[str] = []
    for word in [*words[first:], None]:
        if word is not None and word.text not in {*AND, ","}:
            own.append(word.text)
            continue
        yield " ".join([stem, *own]).strip()
        own = []
