"""The words of many passages at once, with the countries and the actors that they name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.entities import (
    BEGINS_NAME,
    CONTINUES_NAME,
    PROMISES_COUNTRY,
    actor_key,
    find_named_countries,
    find_whole,
    letter_starts,
)
from index.rows import PassageRow
from index.tokenizer import is_shouted, line_at
from index.vocabulary import (
    HAS_CAPITALS,
    Ints,
    PlacedWords,
    Vocabulary,
)


class PassageWords(NamedTuple):
    """Numbers of words, one passage after another, and how many each passage has."""

    text: Ints
    text_counts: NDArray[np.int64]
    headline: Ints
    headline_counts: NDArray[np.int64]


class _Naming(NamedTuple):
    """Where in the joined texts a key is to be added to the first word."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class _Joined:
    """Passages as one text, a line break between them.

    `begins` are their first characters, `firsts` their first words; both have one more.
    """

    rows: Sequence[PassageRow]
    text: str
    begins: list[int]
    words: PlacedWords
    firsts: NDArray[np.int64]


def number_passages(rows: Sequence[PassageRow], vocabulary: Vocabulary) -> PassageWords:
    """Give the words of passages, numbered as they are in their places.

    What a passage costs by itself is little next to what it costs among others, so give many.
    """
    text = "\n".join([row.text for row in rows])
    begins = list(accumulate((len(row.text) + 1 for row in rows), initial=0))
    words = vocabulary.place_words(text)
    joined = _Joined(rows, text, begins, words, np.searchsorted(words.starts, begins))
    _renumber(joined, vocabulary)
    headlines = np.array([row.headline_span for row in rows]) + np.array(begins[:-1])[:, None]
    cuts = np.searchsorted(words.starts, headlines)
    inside = [words.numbers[first:last] for first, last in cuts.tolist()]
    return PassageWords(
        words.numbers, np.diff(joined.firsts), np.concatenate(inside), np.diff(cuts)[:, 0]
    )


def _renumber(joined: _Joined, vocabulary: Vocabulary) -> None:
    """Give words in shouted lines and at entities the numbers they have there."""
    numbers, starts, ends = joined.words
    notes = np.frombuffer(vocabulary.notes, dtype=np.uint8)[numbers]
    named: dict[int, set[str]] = {}
    namings = [*_name_countries(joined, notes), *_name_actors(joined)]
    places = np.searchsorted(ends, [naming.start for naming in namings], side="right")
    for place, naming in zip(places.tolist(), namings, strict=True):
        if place < starts.size and starts[place] < naming.end:
            named.setdefault(place, set()).add(naming.key)
    shouted = _find_shouted(joined, np.flatnonzero(notes & HAS_CAPITALS))
    for place in {*named, *shouted}:
        numbers[place] = vocabulary.renumber(
            int(numbers[place]), shouted=place in shouted, named=named.get(place, ())
        )


def _name_countries(joined: _Joined, notes: NDArray[np.uint8]) -> Iterator[_Naming]:
    """Find the countries in passages where a word promises one, looking only where one can be."""
    _, starts, ends = joined.words
    promising = np.flatnonzero(notes & PROMISES_COUNTRY)
    looked_at = (notes & (BEGINS_NAME | CONTINUES_NAME)) > 0
    # A word with a slip in it is known by the word after it.
    looked_at[:-1] |= (notes[1:] & CONTINUES_NAME) > 0
    for at in np.unique(np.searchsorted(joined.firsts, promising, side="right") - 1).tolist():
        first, last = joined.firsts[at : at + 2].tolist()
        places = np.flatnonzero(looked_at[first:last]) + first
        begin = joined.begins[at]
        spans = zip((starts[places] - begin).tolist(), (ends[places] - begin).tolist(), strict=True)
        text = joined.rows[at].text
        for found in find_named_countries(text, letter_starts(text, spans)):
            yield _Naming(found.start + begin, found.end + begin, found.key)


def _name_actors(joined: _Joined) -> Iterator[_Naming]:
    for row, begin in zip(joined.rows, joined.begins, strict=False):
        for actor_id, mentions in row.actors:
            key = actor_key(actor_id)
            for mention in mentions:
                for start in find_whole(row.text, mention):
                    yield _Naming(begin + start, begin + start + len(mention), key)


def _find_shouted(joined: _Joined, places: NDArray[np.int64]) -> set[int]:
    """Give which of some words stand in lines of capitals."""
    known: dict[int, bool] = {}
    shouted = set()
    text = joined.text
    for place, start in zip(places.tolist(), joined.words.starts[places].tolist(), strict=True):
        line = text.rfind("\n", 0, start)
        if line not in known:
            known[line] = is_shouted(line_at(text, start))
        if known[line]:
            shouted.add(place)
    return shouted
