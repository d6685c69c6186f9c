"""Completion of what is being typed: actors, countries, pairs, documents, and words.

Only the end of the text is completed; what stands before it stays as it is. Words are
offered in the form that the texts use most, never as stems.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Literal

import numpy as np

from corpus.countries.gazetteer import country_name, equal_names
from index.analysis import analyse_word
from index.fields import FIELD_OF_NAME
from index.lexicon import Lexicon
from index.tokenizer import fold
from search.expand import is_function_word
from search.postings import PostingSource
from search.results import Suggestion

MAX_SUGGESTIONS = 50
MAX_TYPED_CHARS = 200
_LONGEST_NAME = 5
"""Words of a name, at most, that are looked at before the one being typed."""
_MOST_BEGINNINGS = 8
_MOST_FORMS_SEEN = 40

EntityKind = Literal["actor", "country", "pair", "document"]
_ENTITY_KINDS: tuple[EntityKind, ...] = ("actor", "country", "pair", "document")
_FIELD_NAMES = {"actor": "aktor", "country": "kraj", "pair": "para", "document": "dokument"}

_LAST_WORD = re.compile(r'(?P<sign>[-+(]*)(?:(?P<field>\w+):)?(?P<word>[^\s:"()]*)\Z')
_WORDS = re.compile(r"\w+")
_LAST_LETTER = "\U0010ffff"

LabelOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Named:
    """A value that may be suggested; the first of its `names` is the usual one."""

    kind: EntityKind
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
        """Give the values that a folded beginning may stand for, the likeliest first.

        Those whose usual name begins so come first, then those with another such name,
        then those that have it further on; among equals the more frequent ones.
        """
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
) -> Mapping[EntityKind, NameTable]:
    """Give what every value of an index that can be suggested is called.

    Args:
        actor_name: what an actor is called.
        title: what a document is called.
    """
    labels: dict[EntityKind, LabelOf] = {
        "actor": actor_name,
        "country": country_name,
        "pair": _name_pair,
        "document": title,
    }
    return {
        kind: NameTable(
            [
                Named(kind, value, _names_of(kind, value, label), count)
                for value, count in _count_values(source, kind)
                if (label := labels[kind](value))
            ]
        )
        for kind in _ENTITY_KINDS
    }


def suggest(
    text: str,
    limit: int,
    names: Mapping[EntityKind, NameTable],
    lexicon: Lexicon,
    count_of: Callable[[str], int],
) -> tuple[Suggestion, ...]:
    """Give completions of a text, as many of each kind as there is room for.

    Args:
        count_of: how many passages have a word, in any inflection.
    """
    last = _LAST_WORD.search(text)
    if last is None or len(text) > MAX_TYPED_CHARS or text.count('"') % 2:
        return ()
    head = text[: last.start("field" if last["field"] else "word")]
    if last["field"]:
        spec = FIELD_OF_NAME.get(last["field"].lower())
        found = [
            names[kind].complete(fold(last["word"]), limit)
            for kind in _ENTITY_KINDS
            if spec is not None and spec.name == kind
        ]
        return tuple(_suggest_value(entry, head) for entry in chain(*found))
    if not fold(last["word"]).strip():
        return ()
    kinds: list[list[Suggestion]] = [
        list(_complete_names(head, last["word"], limit, names[kind])) for kind in _ENTITY_KINDS
    ]
    room = max(limit - sum(map(len, kinds)), -(-limit // (len(_ENTITY_KINDS) + 1)))
    kinds.append(list(_complete_word(head, last["word"], room, lexicon, count_of)))
    return _share_room(kinds, limit)


def _complete_names(head: str, word: str, limit: int, table: NameTable) -> Iterator[Suggestion]:
    """Complete the longest end of the text that begins any name: "premier igor mor"."""
    words = list(re.finditer(r"[^\s]+", head))
    plain = words[len(words) - _trailing(words) :]
    for number in range(min(len(plain), _LONGEST_NAME), -1, -1):
        start = plain[len(plain) - number].start() if number else len(head)
        typed = " ".join(_WORDS.findall(fold(head[start:] + word)))
        found = table.complete(typed, limit) if typed else []
        if found:
            yield from (_suggest_value(entry, head[:start]) for entry in found)
            return


def _trailing(words: Sequence[re.Match[str]]) -> int:
    """Count the words at the end that are no operators, fields or phrases."""
    for count, found in enumerate(reversed(words)):
        if _is_special(found.group()):
            return count
    return len(words)


def _is_special(word: str) -> bool:
    return word in ("AND", "OR", "NOT") or any(sign in word for sign in '":()*?') or word[0] in "-+"


def _complete_word(
    head: str, word: str, limit: int, lexicon: Lexicon, count_of: Callable[[str], int]
) -> Iterator[Suggestion]:
    """Complete one word; of several inflected forms only the most frequent one is given."""
    taken: set[str] = set()
    given = 0
    for form in lexicon.frequent_forms(fold(word), _MOST_FORMS_SEEN):
        keys = set(analyse_word(form).keys)
        if given == limit:
            return
        if taken & keys or is_function_word(form):
            continue
        taken |= keys
        count = count_of(form)
        if count:
            given += 1
            yield Suggestion("term", form, form, count, head + form)


def _suggest_value(entry: Named, head: str) -> Suggestion:
    value = entry.label if entry.kind == "actor" else entry.value
    query = f"{_FIELD_NAMES[entry.kind]}:{_quote(value)}"
    return Suggestion(entry.kind, entry.value, entry.label, entry.count, head + query)


def _quote(value: str) -> str:
    return value if re.fullmatch(r"[\w-]+", value) else f'"{value.replace(chr(34), "")}"'


def _share_room(kinds: Sequence[Sequence[Suggestion]], limit: int) -> tuple[Suggestion, ...]:
    """Give the best of each kind in turn until the room is used up, kind after kind."""
    turns = chain.from_iterable(zip_longest(*kinds))
    chosen = set(list(filter(None, turns))[:limit])
    return tuple(each for kind in kinds for each in kind if each in chosen)


def _count_values(source: PostingSource, field: str) -> Iterator[tuple[str, int]]:
    column = source.facet(field)
    counts = column.count(source.live_docs, 1)
    values = column.values
    for number, count in zip(counts.numbers.tolist(), counts.counts.tolist(), strict=True):
        yield values[number], count


def _names_of(kind: EntityKind, value: str, label: str) -> tuple[str, ...]:
    """Give every name by which a value may be typed."""
    match kind:
        case "country":
            return (label, value, country_name(value, "en"), *equal_names(value))
        case "pair":
            first, _, second = label.partition(" – ")
            return (label, f"{second} {first}", value)
        case _:
            return (label,)


def _name_pair(pair: str) -> str:
    return " – ".join(country_name(code) for code in pair.split("-"))
