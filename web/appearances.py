"""What the newest passages say of an actor or a pair: how it is spelled, who appears together."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from corpus.document import Actor, Passage

# Reading a passage costs some fifty microseconds.
MAX_READ = 500


@dataclass(frozen=True, slots=True)
class Appearances:
    """What was counted in `read` passages.

    `spellings` are forms of the subject's name with the passages that have them, the most
    frequent first; `together` counts passages by two actors' ids in order.
    """

    read: int
    spellings: tuple[tuple[str, int], ...]
    together: Counter[tuple[str, str]]
    actors: dict[str, Actor]


def count_appearances(passages: Iterable[Passage], subject: str = "") -> Appearances:
    """Count what stands in some passages.

    Args:
        subject: the id of the actor whose spellings are wanted.
    """
    read = 0
    spellings: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    actors: dict[str, Actor] = {}
    for passage in passages:
        read += 1
        here = {actor.id: actor for actor in passage.actors}
        actors |= here
        if subject in here:
            spellings.update(here[subject].mentions)
        together.update((left, right) for left, right in combinations(sorted(here), 2))
    return Appearances(read, tuple(spellings.most_common()), together, actors)
