"""Generated passages, as many as wanted, the same ones for the same seed.

Words follow a Zipf-Mandelbrot law, such that of a million words about one in eight is a form
not seen before, as in Polish texts. A document keeps returning to a few words of its own, and
some pairs of words stand together again and again. Passages name their countries and actors
in the text, as those of a monitor do, and carry them as metadata.
"""

import marshal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.identifiers import slugify
from tests.benchmarks.vocabulary import Entry

Ints = NDArray[np.int64]

PASSAGES_PER_DOCUMENT = 40
FIRST_DAY = date(2019, 1, 1).toordinal()
LAST_DAY = date(2026, 12, 31).toordinal()

_BLOCK_DOCUMENTS = 20
_MEAN_WORDS, _SPREAD_WORDS, _FEWEST_WORDS, _MOST_WORDS = 100, 15, 60, 140
_SHIFT, _EXPONENT = 2.7, 1.1
_FORM_SKEW = 3
_PAIRS, _ACTORS, _COLLOCATIONS = 400, 20_000, 3_000
_PAIR_COUNTS = (0.08, 0.62, 0.20, 0.10)
_ACTOR_COUNTS = (0.08, 0.14, 0.18, 0.18, 0.15, 0.11, 0.08, 0.05, 0.03)
_KINDS = ("event", "event", "event", "comment", "conclusion", "paragraph")
_TOPIC_WORDS, _TOPIC_SHARE, _COLLOCATION_SHARE = 6, 0.06, 0.025
_SENTENCE_WORDS, _COMMA_SHARE = 13, 0.06
_HOSTS = 300


class Row(NamedTuple):
    """A passage: `text` for an engine that analyses it, `tokens` for one that cannot."""

    id: str
    document: str
    ordinal: int
    kind: str
    day: int
    pairs: tuple[str, ...]
    countries: tuple[str, ...]
    actors: tuple[tuple[str, str], ...]
    headline: str
    source: str
    text: str
    tokens: str

    @property
    def month(self) -> str:
        return f"{date.fromordinal(self.day):%Y-%m}"


@dataclass(frozen=True, slots=True)
class _Actors:
    """Names as places of their two words in the vocabulary."""

    given: Ints
    surname: Ints
    labels: tuple[tuple[str, str], ...]


def generate_rows(vocabulary: Sequence[Entry], passages: int, seed: int = 1) -> Iterator[list[Row]]:
    """Give the passages in blocks of whole documents; a longer corpus begins as a shorter one."""
    writer = _Writer(vocabulary)
    left = passages
    number = 0
    while left > 0:
        block = writer.write(number, np.random.default_rng((seed, number)))
        yield block[:left]
        left -= len(block)
        number += 1


def write_rows(blocks: Iterator[list[Row]], path: Path) -> int:
    """Put blocks into a file; give the number of passages."""
    count = 0
    with path.open("wb") as file:
        for block in blocks:
            marshal.dump([tuple(row) for row in block], file)
            count += len(block)
    return count


def read_rows(path: Path) -> Iterator[Row]:
    """Give the passages of a file one after another."""
    with path.open("rb") as file:
        while True:
            try:
                block = marshal.load(file)
            except EOFError:
                return
            yield from map(Row._make, block)


class _Writer:
    """The vocabulary as arrays, and what is drawn once for a whole corpus."""

    def __init__(self, vocabulary: Sequence[Entry]) -> None:
        running = [at for at, entry in enumerate(vocabulary) if entry.kind != "country"]
        self._tokens = _Pool(entry.token for entry in vocabulary)
        self._form_counts = np.array([len(entry.forms) for entry in vocabulary])
        self._form_starts = np.cumsum(self._form_counts) - self._form_counts
        self._spellings = _Pool(_spell(vocabulary))
        self._words = _cumulate(len(running))
        fixed = np.random.default_rng(5)
        content = np.array([at for at in running if vocabulary[at].kind == "word"])
        middle = content[len(content) // 100 :]
        self._topics = middle[: len(middle) // 3]
        frequent = content[: len(content) // 4]
        self._collocations = fixed.choice(frequent, (_COLLOCATIONS, 2))
        self._collocation = _cumulate(_COLLOCATIONS)
        names = np.array([at for at in running if vocabulary[at].kind == "name"])
        self._actors = _invent_actors(vocabulary, names, fixed)
        self._actor = _cumulate(len(self._actors.labels))
        countries = np.array([at for at, e in enumerate(vocabulary) if e.kind == "country"])
        self._pairs, self._pair_words = _choose_pairs(vocabulary, countries, fixed)
        self._pair = _cumulate(len(self._pairs))

    def write(self, number: int, chance: np.random.Generator) -> list[Row]:
        """Write one block of documents."""
        size = _BLOCK_DOCUMENTS * PASSAGES_PER_DOCUMENT
        lengths = chance.normal(_MEAN_WORDS, _SPREAD_WORDS, size).astype(np.int64)
        lengths = lengths.clip(_FEWEST_WORDS, _MOST_WORDS)
        ends = np.cumsum(lengths)
        starts = ends - lengths
        entries = self._draw_words(chance, lengths)
        pairs = self._draw_pairs(chance, size, entries, starts)
        actors, named = self._draw_actors(chance, size, entries, starts, lengths)
        drawn = (self._form_counts[entries] * chance.random(entries.size) ** _FORM_SKEW).astype(
            np.int64
        )
        drawn[named] = 0  # an actor stands in the nominative
        marks = _punctuate(chance, entries.size, ends, named)
        spelt = (self._form_starts[entries] + drawn) * 5 + marks
        days = self._draw_days(chance)
        return self._make_rows(number, chance, ends, entries, spelt, pairs, actors, days)

    def _draw_words(self, chance: np.random.Generator, lengths: Ints) -> Ints:
        total = int(lengths.sum())
        entries = np.searchsorted(self._words, chance.random(total))
        topics = chance.choice(self._topics, (_BLOCK_DOCUMENTS, _TOPIC_WORDS))
        documents = np.repeat(np.arange(lengths.size) // PASSAGES_PER_DOCUMENT, lengths)
        at = np.flatnonzero(chance.random(total) < _TOPIC_SHARE)
        entries[at] = topics[documents[at], chance.integers(0, _TOPIC_WORDS, at.size)]
        at = np.flatnonzero(chance.random(total - 1) < _COLLOCATION_SHARE)
        chosen = self._collocations[np.searchsorted(self._collocation, chance.random(at.size))]
        entries[at], entries[at + 1] = chosen[:, 0], chosen[:, 1]
        return entries

    def _draw_pairs(
        self, chance: np.random.Generator, size: int, entries: Ints, starts: Ints
    ) -> list[tuple[int, ...]]:
        """Give each passage its pairs, and name the countries of the first one in it."""
        counts = chance.choice(len(_PAIR_COUNTS), size, p=_PAIR_COUNTS)
        drawn = np.searchsorted(self._pair, chance.random((size, len(_PAIR_COUNTS))))
        held = np.flatnonzero(counts)
        for side in (0, 1):
            at = starts[held] + chance.integers(0, 50, held.size)
            entries[at] = self._pair_words[drawn[held, 0], side]
        return [
            tuple(dict.fromkeys(row[:count]))
            for row, count in zip(drawn.tolist(), counts.tolist(), strict=True)
        ]

    def _draw_actors(
        self, chance: np.random.Generator, size: int, entries: Ints, starts: Ints, lengths: Ints
    ) -> tuple[list[tuple[int, ...]], Ints]:
        """Give each passage its actors and the places of their names, which it puts in."""
        counts = chance.choice(len(_ACTOR_COUNTS), size, p=_ACTOR_COUNTS)
        drawn = np.searchsorted(self._actor, chance.random((size, len(_ACTOR_COUNTS))))
        owner = np.repeat(np.arange(size), counts)
        nth = np.arange(owner.size) - np.repeat(np.cumsum(counts) - counts, counts)
        at = starts[owner] + (nth + 1) * (lengths[owner] // (len(_ACTOR_COUNTS) + 2))
        actor = drawn[owner, nth]
        entries[at], entries[at + 1] = self._actors.given[actor], self._actors.surname[actor]
        actors = [
            tuple(dict.fromkeys(row[:count]))
            for row, count in zip(drawn.tolist(), counts.tolist(), strict=True)
        ]
        return actors, np.concatenate((at, at + 1))

    def _draw_days(self, chance: np.random.Generator) -> Ints:
        """Give each passage its day: documents of all years in turn, each about one month."""
        first = chance.integers(FIRST_DAY, LAST_DAY - 30, _BLOCK_DOCUMENTS)
        spread = chance.integers(0, 31, (_BLOCK_DOCUMENTS, PASSAGES_PER_DOCUMENT))
        return (first[:, None] + spread).ravel()

    def _make_rows(
        self,
        number: int,
        chance: np.random.Generator,
        ends: Ints,
        entries: Ints,
        spelt: Ints,
        pairs: list[tuple[int, ...]],
        actors: list[tuple[int, ...]],
        days: Ints,
    ) -> list[Row]:
        texts = self._spellings.join(spelt, ends)
        tokens = self._tokens.join(entries, ends)
        kinds = chance.integers(0, len(_KINDS), len(pairs)).tolist()
        hosts = chance.integers(0, _HOSTS, len(pairs)).tolist()
        rows = []
        for at, (text, day) in enumerate(zip(texts, days.tolist(), strict=True)):
            document, ordinal = divmod(at, PASSAGES_PER_DOCUMENT)
            name = f"d{number * _BLOCK_DOCUMENTS + document:06d}"
            kind = _KINDS[kinds[at]]
            own = tuple(self._pairs[pair] for pair in pairs[at])
            rows.append(
                Row(
                    id=f"{name}-{ordinal:02d}",
                    document=name,
                    ordinal=ordinal,
                    kind=kind,
                    day=day,
                    pairs=own,
                    countries=tuple(sorted({code for pair in own for code in pair.split("-")})),
                    actors=tuple(self._actors.labels[actor] for actor in actors[at]),
                    headline=text[: text.index(".") + 1] if kind == "event" else "",
                    source=f"https://www.agencja{hosts[at]}.example/{name}/{ordinal}",
                    text=text,
                    tokens=tokens[at],
                )
            )
        return rows


class _Pool:
    """Words one behind the other as UTF-16, so that texts are put together in one gather."""

    def __init__(self, words: Iterable[str]) -> None:
        spaced = [f"{word} " for word in words]
        self._lengths = np.array([len(word) for word in spaced], np.int32)
        self._starts = np.cumsum(self._lengths, dtype=np.int32) - self._lengths
        self._units = np.frombuffer("".join(spaced).encode("utf-16-le"), np.uint16)

    def join(self, words: Ints, ends: Ints) -> list[str]:
        """Give the texts of which `ends` says how many of the words stand in and before each."""
        lengths = self._lengths[words]
        stops = np.cumsum(lengths, dtype=np.int32)
        at = np.repeat(self._starts[words] - stops + lengths, lengths)
        at += np.arange(stops[-1], dtype=np.int32)
        joined = self._units[at].tobytes().decode("utf-16-le")
        cuts = [0, *stops[ends - 1].tolist()]
        return [joined[start : stop - 1] for start, stop in pairwise(cuts)]


def _cumulate(size: int) -> NDArray[np.float64]:
    """Give the cumulated Zipf-Mandelbrot shares of so many ranks; the last one is above 1."""
    shares = np.cumsum((np.arange(size) + 1 + _SHIFT) ** -_EXPONENT)
    cumulated: NDArray[np.float64] = shares / shares[-1]
    cumulated[-1] = 2.0
    return cumulated


def _spell(vocabulary: Sequence[Entry]) -> Iterator[str]:
    """Give five spellings of each form: inside a sentence, first, with a comma, last, alone."""
    for entry in vocabulary:
        for form in entry.forms:
            first = form[:1].upper() + form[1:]
            yield from (form, first, f"{form},", f"{form}.", f"{first}.")


def _punctuate(chance: np.random.Generator, size: int, ends: Ints, named: Ints) -> Ints:
    """Give which of its five spellings each word has; a passage ends with a sentence.

    Nothing comes between a given name and the surname.
    """
    drawn = chance.random(size)
    drawn[named[: named.size // 2]] = 0.5
    last = drawn < 1 / _SENTENCE_WORDS
    last[ends - 1] = True
    first = np.empty_like(last)
    first[0], first[1:] = True, last[:-1]
    inside = np.where(drawn > 1 - _COMMA_SHARE, 2, 0)
    spelling: Ints = np.where(last, np.where(first, 4, 3), np.where(first, 1, inside))
    return spelling


def _invent_actors(
    vocabulary: Sequence[Entry], names: Ints, chance: np.random.Generator
) -> _Actors:
    """Pair a few given names with many surnames; no two actors share both."""
    given_names, surnames = names[: len(names) // 40 + 1], names[len(names) // 40 + 1 :]
    chosen = chance.choice(len(given_names) * len(surnames), _ACTORS * 2)
    both = np.unique(chosen)
    both = chance.permutation(both)[:_ACTORS]
    given, surname = given_names[both // len(surnames)], surnames[both % len(surnames)]
    labels = []
    for first, second in zip(given.tolist(), surname.tolist(), strict=True):
        name = f"{vocabulary[first].forms[0]} {vocabulary[second].forms[0]}"
        labels.append((slugify(name), name))
    at = {label: place for place, label in enumerate(dict(labels).items())}
    kept = np.array([place for place, label in enumerate(labels) if label in at])
    return _Actors(given[kept], surname[kept], tuple(labels[place] for place in kept.tolist()))


def _choose_pairs(
    vocabulary: Sequence[Entry], countries: Ints, chance: np.random.Generator
) -> tuple[tuple[str, ...], Ints]:
    """Give pairs of countries as codes and as places in the vocabulary."""
    every = [(a, b) for a in countries.tolist() for b in countries.tolist() if a < b]
    chosen = [every[at] for at in chance.permutation(len(every))[:_PAIRS].tolist()]
    codes = tuple("-".join(sorted((vocabulary[a].code, vocabulary[b].code))) for a, b in chosen)
    return codes, np.array(chosen)
