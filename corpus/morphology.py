"""What a Polish word form can be, according to Morfeusz (SGJP).

The one place that touches `morfeusz2`: untyped tuples come in, `Reading`s leave. The
dictionary is loaded once, on first use, and answers are cached by form; both functions
may be called from several threads.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

import morfeusz2

_CACHED_FORMS = 200_000
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a form.

    `lemma` is without Morfeusz's homonym mark ("polski", not "polski:A"). In `tag`
    alternatives of a category are joined by full stops ("subst:sg:dat.loc:f"). `names`
    says what a proper noun names ("imię", "nazwisko", "nazwa_geograficzna"); `labels`
    are stylistic ("daw.", "pot.").
    """

    lemma: str
    tag: str
    names: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def pos(self) -> str:
        """Give the part of speech: the first field of the tag."""
        return self.tag.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Form:
    """A word form with its reading, as the dictionary generates it."""

    form: str
    reading: Reading


@lru_cache(maxsize=_CACHED_FORMS)
def analyse(form: str) -> tuple[Reading, ...]:
    """Give every reading of one word form; none when the dictionary does not know it.

    Letter case counts as evidence: "Lima" is also a city, "lima" is not. A form with
    an ending that moves ("żebym") has the readings of what the ending leans on, one with
    a final full stop those of the abbreviation. Hyphenated compounds are not one form:
    analyse their parts, the first ones with `analyse_compound_part`.

    >>> {reading.lemma for reading in analyse("Białorusią")}
    {'Białoruś'}
    """
    arcs = _analyse(form)
    if not arcs:
        return ()
    end = max(arc[1] for arc in arcs)
    whole = _readings(arc[2] for arc in arcs if arc[:2] == (0, end))
    if whole or end == 1:
        return whole
    ending = {arc[2][1].partition(":")[0] for arc in arcs if arc[1] > 1}
    if ending <= {"aglt", "interp", "ppron3"} and not form.startswith("-"):
        return _readings(arc[2] for arc in arcs if arc[:2] == (0, 1))
    return ()


@lru_cache(maxsize=_CACHED_FORMS)
def analyse_compound_part(part: str) -> tuple[Reading, ...]:
    """Give the adjectives that a part before a hyphen stands for ("japońsko-").

    >>> [reading.lemma for reading in analyse_compound_part("czesko")]
    ['czeski']
    """
    return _readings(arc[2] for arc in _analyse(f"{part}-") if arc[2][1] == "adja")


@lru_cache(maxsize=_CACHED_FORMS)
def generate(lemma: str) -> tuple[Form, ...]:
    """Give every form of a lemma, of all its homonyms; none for an unknown lemma."""
    if not _is_one_word(lemma):
        return ()
    with _lock:
        forms = _morfeusz().generate(lemma)
    return tuple(
        Form(form=item[0], reading=_reading(*item[1:])) for item in forms if item[2] != "ign"
    )


@cache
def _morfeusz() -> morfeusz2.Morfeusz:
    """Load the dictionary: past tenses whole ("miałem"), tags with their alternatives."""
    return morfeusz2.Morfeusz(expand_tags=False, praet="composite")


def _is_one_word(text: str) -> bool:
    """Tell what Morfeusz can take: it stops at spaces, and fails at control characters."""
    return bool(text) and text.isprintable() and not any(char.isspace() for char in text)


_Interpretation = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""Lemma, tag, names, labels."""


class _Resolved(dict[int, Any]):
    """What Morfeusz gives as numbers, asked for once each."""

    def __init__(self, ask: Callable[[int], Any]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, number: int) -> Any:
        found = self[number] = self._ask(number)
        return found


@cache
def _resolvers() -> tuple[_Resolved, _Resolved, _Resolved]:
    """Give tags, names and labels by their numbers."""
    resolver = _morfeusz()._morfeusz_obj.getIdResolver()
    return (
        _Resolved(resolver.getTag),
        _Resolved(lambda number: tuple(filter(None, resolver.getName(number).split("|")))),
        _Resolved(lambda number: tuple(sorted(resolver.getLabels(number)))),
    )


def _analyse(form: str) -> list[tuple[int, int, _Interpretation]]:
    """Give Morfeusz's arcs: first node, last node, interpretation.

    They are read from the library's own objects: what `Morfeusz.analyse` makes of them
    takes three times as long.
    """
    if not _is_one_word(form):
        return []
    tags, names, labels = _resolvers()
    with _lock:
        return [
            (
                found.startNode,
                found.endNode,
                (found._lemma, tags[found.tagId], names[found.nameId], labels[found.labelsId]),
            )
            for found in _morfeusz()._morfeusz_obj.analyse(form)
        ]


def _readings(interpretations: Iterable[_Interpretation]) -> tuple[Reading, ...]:
    readings = (_reading(*item) for item in interpretations if item[1] != "ign")
    return tuple(dict.fromkeys(readings))


def _reading(lemma: str, tag: str, names: Iterable[str], labels: Iterable[str]) -> Reading:
    bare = lemma if lemma.startswith(":") else lemma.partition(":")[0]
    return Reading(bare.replace("_", " "), tag, tuple(names), tuple(labels))
