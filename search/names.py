"""What the values of an index are called, and which of them begin as something typed."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from corpus.countries.gazetteer import country_name, equal_names
from index.tokenizer import fold
from search.postings import PostingSource
from search.syntax import load_syntax

_MOST_BEGINNINGS = 8

ValueKind = Literal["actor", "country", "pair", "document", "kind", "source"]
"""Fields whose values may be suggested."""

_WORDS = re.compile(r"\w+")
_LAST_LETTER = "\U0010ffff"

LabelOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Named:
    """A value that may be suggested; the first of its `names` is the usual one."""

    kind: ValueKind
    value: str
    names: tuple[str, ...]
    count: int

    @property
    def label(self) -> str:
        return self.names[0]


class NameTable:
    """What values are called, from each of their words on, sorted: a bisection finds them."""

    def __init__(self, named: Sequence[Named]) -> None:
        self._named = named
        rows = sorted(set(_list_beginnings(named)))
        likely = sorted(rows, key=lambda row: (row[1], -named[row[2]].count, row[0]))
        ranks = {row: rank for rank, row in enumerate(likely)}
        self._beginnings = [beginning for beginning, _, _ in rows]
        self._numbers = np.array([number for _, _, number in rows], dtype=np.int64)
        self._ranks = np.array([ranks[row] for row in rows], dtype=np.int64)

    def complete(self, typed: str, most: int) -> list[Named]:
        """Give the values that a typed beginning may stand for, the likeliest first.

        Those whose usual name begins so come first, then those with another such name,
        then those that have it further on; among equals the more frequent ones.
        """
        typed = " ".join(_WORDS.findall(fold(typed)))
        first = bisect_left(self._beginnings, typed)
        last = bisect_left(self._beginnings, typed + _LAST_LETTER, lo=first)
        ranks = self._ranks[first:last]
        # A value has a few names with many words at most.
        enough = most * _MOST_BEGINNINGS
        if ranks.size > enough:
            likely = np.argpartition(ranks, enough)[:enough]
        else:
            likely = np.arange(ranks.size)
        order = likely[np.argsort(ranks[likely])]
        numbers = dict.fromkeys(self._numbers[first:last][order].tolist())
        return [self._named[number] for number in numbers][:most]


def _list_beginnings(named: Sequence[Named]) -> Iterator[tuple[str, int, int]]:
    """Give each name from each of its words on, how unlikely it is meant so, and whose it is."""
    for number, each in enumerate(named):
        for at, name in enumerate(each.names):
            words = _WORDS.findall(fold(name))
            for start in range(len(words)):
                yield " ".join(words[start:]), 2 if start else min(at, 1), number


def read_names(
    source: PostingSource, actor_name: LabelOf, title: LabelOf
) -> Mapping[ValueKind, NameTable]:
    """Give what every value of an index that can be suggested is called.

    Args:
        actor_name: what an actor is called.
        title: what a document is called.
    """
    labels: Mapping[ValueKind, LabelOf] = {
        "actor": actor_name,
        "country": country_name,
        "pair": _name_pair,
        "document": title,
        "kind": lambda value: value,
        "source": lambda value: value,
    }
    return {
        kind: NameTable(
            [
                Named(kind, value, _names_of(kind, value, label), count)
                for value, count in _count_values(source, kind)
                if (label := labels[kind](value))
            ]
        )
        for kind in labels
    }


def _count_values(source: PostingSource, field: str) -> Iterator[tuple[str, int]]:
    column = source.facet(field)
    counts = column.count(source.live_docs, 1)
    values = column.values
    for number, count in zip(counts.numbers.tolist(), counts.counts.tolist(), strict=True):
        yield values[number], count


def _names_of(kind: ValueKind, value: str, label: str) -> tuple[str, ...]:
    """Give every name by which a value may be typed."""
    match kind:
        case "country":
            return (label, value, country_name(value, "en"), *equal_names(value))
        case "kind":
            return tuple(word for word, name in load_syntax().kinds.items() if name == value)
        case "pair":
            first, _, second = label.partition(" – ")
            return (label, f"{second} {first}", value)
        case _:
            return (label,)


def _name_pair(pair: str) -> str:
    return " – ".join(country_name(code) for code in pair.split("-"))
