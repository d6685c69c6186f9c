"""What a Polish word form can be, according to Morfeusz (SGJP).

The one place that touches `morfeusz2`: untyped tuples come in, `Reading`s leave. The
dictionary is loaded once, on first use, and answers are cached by form; both functions
may be called from several threads.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

import morfeusz2

_CACHED_FORMS = 50_000
_UNKNOWN = "ign"
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


def analyse(form: str) -> tuple[Reading, ...]:
    """Give every reading of one word form; none when the dictionary does not know it.

    Letter case counts as evidence: "Lima" is also a city, "lima" is not. A form with
    an ending that moves ("żebym") has the readings of what the ending leans on, one with
    a final full stop those of the abbreviation. Hyphenated compounds are not one form:
    analyse their parts, the first ones with `analyse_compound_part`.

    >>> {reading.lemma for reading in analyse("Białorusią")}
    {'Białoruś'}
    """
    return look_up(form)[0]


def is_known(form: str) -> bool:
    """Tell whether the dictionary has a form at all, in whatever letter case.

    >>> is_known("oslo"), is_known("tokunaga")
    (True, False)
    """
    return look_up(form)[1]


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
        Form(form=item[0], reading=_reading(*item[1:])) for item in forms if item[2] != _UNKNOWN
    )


@lru_cache(maxsize=_CACHED_FORMS)
def look_up(form: str) -> tuple[tuple[Reading, ...], bool]:
    """Give the readings of a form, and whether Morfeusz said anything but that it has none."""
    arcs = _analyse(form)
    if not arcs or (len(arcs) == 1 and arcs[0][2][1] == _UNKNOWN):
        return (), False
    end = max(arc[1] for arc in arcs)
    whole = _readings([arc[2] for arc in arcs if arc[0] == 0 and arc[1] == end])
    if whole or end == 1:
        return whole, True
    ending = {arc[2][1].partition(":")[0] for arc in arcs if arc[1] > 1}
    if ending <= {"aglt", "interp", "ppron3"} and not form.startswith("-"):
        return _readings([arc[2] for arc in arcs if arc[:2] == (0, 1)]), True
    return (), True


@cache
def _morfeusz() -> morfeusz2.Morfeusz:
    """Load the dictionary: past tenses whole ("miałem"), tags with their alternatives."""
    return morfeusz2.Morfeusz(expand_tags=False, praet="composite")


def _is_one_word(text: str) -> bool:
    """Tell what Morfeusz can take: it stops at spaces, and fails at control characters."""
    if text.isalpha():
        return True
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


_Arc = tuple[int, int, _Interpretation]
"""First node, last node, interpretation."""

_NO_WORD: _Interpretation = ("", _UNKNOWN, (), ())


def _analyse(form: str) -> list[_Arc]:
    """Give Morfeusz's arcs for a form."""
    arcs = _ahead.pop(form, None)
    if arcs is not None:
        return arcs
    return _ask(form) if _is_one_word(form) else []


def _ask(text: str) -> list[_Arc]:
    """Give Morfeusz's arcs for words with blanks between them.

    They are read from the library's own objects: what `Morfeusz.analyse` makes of them
    takes three times as long.
    """
    tags, names, labels = _resolvers()
    arcs: list[_Arc] = []
    with _lock:
        for found in _morfeusz()._morfeusz_obj.analyse(text):
            tag = tags[found.tagId]
            interpretation = (
                _NO_WORD
                if tag == _UNKNOWN
                else (found._lemma, tag, names[found.nameId], labels[found.labelsId])
            )
            arcs.append((found.startNode, found.endNode, interpretation))
    return arcs


_ASKED_TOGETHER = 16
_ahead: dict[str, list[_Arc]] = {}
"""What was asked ahead of its need."""


def look_ahead(forms: Iterable[str]) -> None:
    """Ask about forms that are about to be analysed: many at once take less time.

    What the dictionary does not know is asked about as an abbreviation too.
    """
    _ahead.clear()
    plain = [form for form in forms if form.isalpha()]
    _ask_together(plain, 1)
    unknown = [form for form in plain if [arc[2] for arc in _ahead.get(form, ())] == [_NO_WORD]]
    _ask_together([f"{form.lower()}." for form in unknown], 2)


def _ask_together(forms: Sequence[str], nodes: int) -> None:
    """Keep the arcs of forms that should have so many nodes each; of no others."""
    for first in range(0, len(forms), _ASKED_TOGETHER):
        together = forms[first : first + _ASKED_TOGETHER]
        arcs_of: list[list[_Arc]] = [[] for _ in together]
        arcs = _ask(" ".join(together))
        if max(arc[1] for arc in arcs) != nodes * len(together):
            continue  # one of them has more, and where it ends is not told
        for start, end, interpretation in arcs:
            number = start // nodes
            arcs_of[number].append((start - number * nodes, end - number * nodes, interpretation))
        if all(max(arc[1] for arc in own) == nodes for own in arcs_of):
            _ahead.update(zip(together, arcs_of, strict=True))


def _readings(interpretations: Iterable[_Interpretation]) -> tuple[Reading, ...]:
    bare = [(_bare(item[0]), *item[1:]) for item in interpretations if item[1] != _UNKNOWN]
    return tuple([Reading(*item) for item in dict.fromkeys(bare)])


def _bare(lemma: str) -> str:
    """Give a lemma without its homonym mark."""
    bare = lemma if lemma.startswith(":") else lemma.partition(":")[0]
    return bare.replace("_", " ")


def _reading(lemma: str, tag: str, names: Iterable[str], labels: Iterable[str]) -> Reading:
    return Reading(_bare(lemma), tag, tuple(names), tuple(labels))
