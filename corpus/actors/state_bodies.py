"""Bodies that many states have: one under its acronym and its full name, in one passage."""

from collections.abc import Iterable

from corpus.actors.lexicon import load_lexicon


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


def find_bearer(name: str, others: Iterable[str]) -> str:
    """Give the one of the other names that a body without its country stands for.

    A passage that has named one foreign ministry means it by "ministerstwo spraw
    zagranicznych" too; where it has named two, the bare words stay what they are.
    """
    short = shorten_body(name)
    if short not in load_lexicon().state_bodies:
        return name
    bearers = {other for other in map(shorten_body, others) if other.startswith(f"{short} ")}
    return bearers.pop() if len(bearers) == 1 else name
