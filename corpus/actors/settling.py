"""One sense a document: what the learned recogniser says of a name in all its places.

A name is of the kind that its places speak for together, among those that one of them is
sure of. Names of things are dropped: those with a number after them ("Wolny Nurt
2"), and words that the document also writes in lower case ("brexit").
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.actors.tagging import NameKind, TaggedName
from corpus.actors.word_traits import stem_word
from corpus.actors.words import Word, describe_form

_SURE: dict[NameKind, float] = {"person": 1.0, "organisation": 1.0, "place": 0.0}
_SURE_OF_ONE_WORD = 3.0
_LONGEST_NUMBER = 2

Stems = tuple[str, ...]


def settle_names(
    passages: Sequence[Sequence[Word]], tagged: Sequence[Sequence[TaggedName]]
) -> list[tuple[TaggedName, ...]]:
    """Give the names of each passage of one document that are to be relied on."""
    things = _find_things(passages)
    total: dict[Stems, dict[NameKind, float]] = defaultdict(lambda: defaultdict(float))
    surest: dict[tuple[Stems, NameKind], float] = defaultdict(float)
    for words, names in zip(passages, tagged, strict=True):
        for name in names:
            stems = _list_stems(words[name.first : name.end])
            total[stems][name.kind] += name.margin
            surest[stems, name.kind] = max(surest[stems, name.kind], name.margin)
    settled = []
    for words, names in zip(passages, tagged, strict=True):
        kept = []
        for name in names:
            stems = _list_stems(words[name.first : name.end])
            sure = [kind for kind in total[stems] if surest[stems, kind] >= _demand(stems, kind)]
            if sure and stems not in things:
                kept.append(replace(name, kind=max(sure, key=total[stems].__getitem__)))
        settled.append(tuple(kept))
    return settled


def _demand(stems: Stems, kind: NameKind) -> float:
    """Give how sure the recogniser must be; one word alone is easily taken for a person."""
    return _SURE_OF_ONE_WORD if kind == "person" and len(stems) == 1 else _SURE[kind]


def _find_things(passages: Sequence[Sequence[Word]]) -> frozenset[Stems]:
    """Give the stems of names that have a number after them, and of words also in lower case."""
    plain = {w.text for words in passages for w in words if w.is_word and not w.is_capital}
    things: set[Stems] = {(stem_word(text),) for text in plain if not describe_form(text).known}
    for words in passages:
        for index, word in enumerate(words):
            if not word.text.isdigit() or len(word.text) > _LONGEST_NUMBER:
                continue
            first = index
            while first and words[first - 1].is_capital and not words[first - 1].is_acronym:
                first -= 1
            run = words[first:index]
            for start in range(len(run) - 1):
                things.add(_list_stems(run[start:]))
                things.add(_list_stems([*run[start:], word]))
    return frozenset(things)


def _list_stems(words: Iterable[Word]) -> Stems:
    return tuple(stem_word(word.text) for word in words)
