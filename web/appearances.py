"""What the newest passages say of an actor or a pair: spellings, roles, who appears together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from corpus.document import Actor, DateRange, Passage

# Reading a passage costs some fifty microseconds.
MAX_READ = 500


@dataclass(frozen=True, slots=True)
class RoleCount:
    """A role with the number of passages that give it, and from when to when they are."""

    name: str
    count: int
    dates: DateRange | None


@dataclass(frozen=True, slots=True)
class Appearances:
    """What was counted in `read` passages.

    `spellings` are forms of the subject's name with the passages that have them, the most
    frequent first; `roles` are the subject's, the one given last first; `together` counts
    passages by two actors' ids in order.
    """

    read: int
    spellings: tuple[tuple[str, int], ...]
    roles: tuple[RoleCount, ...]
    together: Counter[tuple[str, str]]
    actors: dict[str, Actor]


def count_appearances(passages: Iterable[Passage], subject: str = "") -> Appearances:
    """Count what stands in some passages.

    Args:
        subject: the id of the actor whose spellings and roles are wanted.
    """
    read = 0
    spellings: Counter[str] = Counter()
    roles: defaultdict[str, list[DateRange | None]] = defaultdict(list)
    together: Counter[tuple[str, str]] = Counter()
    actors: dict[str, Actor] = {}
    for passage in passages:
        read += 1
        here = {actor.id: actor for actor in passage.actors}
        actors |= here
        if subject in here:
            spellings.update(here[subject].mentions)
            for role in here[subject].roles:
                roles[role].append(passage.dates)
        together.update((left, right) for left, right in combinations(sorted(here), 2))
    return Appearances(read, tuple(spellings.most_common()), _order_roles(roles), together, actors)


def _order_roles(roles: Mapping[str, Sequence[DateRange | None]]) -> tuple[RoleCount, ...]:
    """Give roles with their counts and dates, the one given last first, the undated at the end."""
    counts = []
    for name, passages in roles.items():
        dated = [dates for dates in passages if dates]
        span = DateRange(min(d.start for d in dated), max(d.end for d in dated)) if dated else None
        counts.append(RoleCount(name, len(passages), span))
    by_date = sorted(counts, key=lambda role: role.count, reverse=True)
    by_date.sort(key=lambda role: role.dates.end if role.dates else date.min, reverse=True)
    return tuple(by_date)
