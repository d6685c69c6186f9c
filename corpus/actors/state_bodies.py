"""Bodies that many states have: one under its acronym and its full name, and whose it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from corpus.actors.lexicon import load_lexicon

Bearers = Mapping[str, frozenset[str]]
"""The bodies with their countries, by the acronym alone: "MSZ Peru" by "MSZ"."""


@lru_cache(maxsize=20_000)
def shorten_body(name: str) -> str:
    """Give the name of a state's body with its acronym in place of the full name.

    >>> shorten_body("Ministerstwo Spraw Zagranicznych Peru"), shorten_body("Bank Peru")
    ('MSZ Peru', 'Bank Peru')
    """
    folded = name.casefold()
    for acronym, full in load_lexicon().state_bodies.items():
        if full and folded.startswith(full.casefold()) and name[len(full) :][:1] in ("", " "):
            return acronym + name[len(full) :]
    return name


def list_bearers(names: Iterable[str]) -> Bearers:
    """Give the bodies among some names that are told with their countries."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in map(shorten_body, names):
        body, _, country = name.partition(" ")
        if country and body in load_lexicon().state_bodies:
            found[body].add(name)
    return {body: frozenset(bearers) for body, bearers in found.items()}


def find_bearer(name: str, passage: Bearers, document: Bearers) -> str:
    """Give the body that one without its country stands for, or nothing if there are several.

    A passage that has named one foreign ministry means it by "ministerstwo spraw
    zagranicznych" too; where it has named none, the one of the document is meant.
    """
    short = shorten_body(name)
    if short not in load_lexicon().state_bodies:
        return name
    bearers = passage.get(short) or document.get(short) or {name}
    return next(iter(bearers)) if len(bearers) == 1 else ""
