"""The learned recogniser: a linear chain of labels over the words around capitals.

Weights come from `corpus.actors.training`. A word's score for a label is the sum of the
weights of its features; the best chain of labels is found by dynamic programming.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from corpus.actors.document_flags import read_flags
from corpus.actors.features import Keys, list_keys
from corpus.actors.group_sums import GroupSums
from corpus.actors.label_paths import FORBIDDEN, find_paths
from corpus.actors.passage_view import PassageView
from corpus.actors.words import Word
from corpus.morphology import analyse

NameKind = Literal["person", "organisation", "place"]

WEIGHTS = "names.npz"
OUTSIDE = "O"
_TAIL = 4
_TOGETHER = 4_000
"""How many words are scored together, at least."""


@dataclass(frozen=True, slots=True)
class TaggedName:
    """The words `[first, end)` of a passage that the recogniser takes for one name.

    `margin` is by how much the name scores above the best other reading of these words
    as a whole: a name of another kind, or none.
    """

    first: int
    end: int
    kind: NameKind
    margin: float = 0.0


class Tagger:
    """Weights in memory, and the sums of them met so far."""

    def __init__(
        self,
        features: Sequence[str],
        weights: NDArray[np.float32],
        transitions: NDArray[np.float32],
        labels: Sequence[str],
    ) -> None:
        self._labels = tuple(labels)
        self._sums = GroupSums(features, weights)
        self._transitions = _forbid(transitions, self._labels)
        self._opening = np.array(
            [FORBIDDEN if label[0] == "I" else 0.0 for label in self._labels], np.float32
        )
        self._steps: list[list[float]] = self._transitions.tolist()
        columns = {label: column for column, label in enumerate(self._labels)}
        self._outside = columns[OUTSIDE]
        self._kinds = [
            (column, columns.get(f"I{label[1:]}", 0))
            for label, column in columns.items()
            if label[0] == "B"
        ]

    def tag(self, passages: Sequence[Sequence[Word]]) -> tuple[tuple[TaggedName, ...], ...]:
        """Give the names in each passage of one document."""
        flags = read_flags(passages)
        found: list[list[TaggedName]] = [[] for _ in passages]
        chains: list[tuple[int, int, int]] = []
        keys: list[Keys] = []
        for number, words in enumerate(passages):
            view = PassageView(words)
            for first, end in find_chains(words):
                chains.append((number, first, end))
                keys += [list_keys(view, at, flags) for at in range(first, end)]
            if len(keys) >= _TOGETHER or (keys and number == len(passages) - 1):
                for passage, name in self._find_names(chains, keys):
                    found[passage].append(name)
                chains, keys = [], []
        return tuple(map(tuple, found))

    def _find_names(
        self, chains: Sequence[tuple[int, int, int]], keys: Sequence[Keys]
    ) -> Iterator[tuple[int, TaggedName]]:
        """Give the names in chains `(passage, first, end)` of words, with their passages."""
        scores = self._sums.add_up(keys)
        lengths = [end - first for _, first, end in chains]
        paths = find_paths(scores, lengths, self._transitions, self._opening)
        begins = 0
        for (passage, first, end), path in zip(chains, paths, strict=True):
            own = scores[begins : begins + end - first]
            begins += end - first
            for name in read_names([self._labels[at] for at in path]):
                margin = self._measure_margin(own, path, name)
                yield passage, TaggedName(name.first + first, name.end + first, name.kind, margin)

    def _measure_margin(
        self, scores: NDArray[np.float32], path: Sequence[int], name: TaggedName
    ) -> float:
        """Give how far a name is above its other readings, the words around it left alone."""
        first, end = name.first, name.end
        own = tuple(path[first:end])
        before = path[first - 1 : first]
        after = path[end : end + 1]

        rows: list[list[float]] = scores[first:end].tolist()

        def weigh(labels: Sequence[int]) -> float:
            moves = sum(self._steps[a][b] for a, b in pairwise([*before, *labels, *after]))
            return moves + sum(row[at] for row, at in zip(rows, labels, strict=True))

        others = [reading for reading in self._list_readings(end - first) if reading != own]
        return weigh(own) - max(map(weigh, others))

    def _list_readings(self, length: int) -> list[tuple[int, ...]]:
        """Give the labels of some words as one name of each kind, and as none."""
        none = (self._outside,) * length
        return [none, *((first, *(inner,) * (length - 1)) for first, inner in self._kinds)]


@cache
def load_tagger() -> Tagger:
    """Give the recogniser with the weights that come with the program."""
    data = (files("corpus") / "data" / WEIGHTS).read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        return Tagger(
            bytes(stored["features"]).decode().split("\n"),
            stored["weights"].astype(np.float32) * stored["scale"],
            stored["transitions"],
            [str(label) for label in stored["labels"]],
        )


def find_chains(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Give the stretches of words in which names can stand.

    Each begins with a capital that is more than the start of a sentence, goes on over a
    few words without one and ends with its sentence; the words outside are in no name.
    """
    first = end = 0
    for at, word in enumerate(words):
        if not word.is_capital or (at >= end and _only_opens(words, at)):
            continue
        if at > end or (end > first and word.sentence != words[first].sentence):
            if end > first:
                yield first, min(end, at)
            first = at
        end = at + 1
        while end < len(words) and end <= at + _TAIL and words[end].sentence == word.sentence:
            end += 1
    if end > first:
        yield first, end


def _only_opens(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word has its capital from the sentence that it begins, and no name follows."""
    if at + 1 < len(words) and words[at + 1].is_capital:
        return False
    word = words[at]
    sense = word.sense
    name = sense.given or sense.surname or sense.place or sense.organisation or sense.head
    ordinary = sense.known or bool(analyse(word.text.lower()))
    return word.opens and ordinary and not name and not word.is_acronym


def read_names(labels: Sequence[str], offset: int = 0) -> Iterator[TaggedName]:
    """Give the names that a sequence of labels marks."""
    first, kind = 0, ""
    for at, label in enumerate((*labels, OUTSIDE)):
        if kind and label != f"I-{kind}":
            yield TaggedName(first + offset, at + offset, cast(NameKind, kind))
            kind = ""
        if label[0] == "B":
            first, kind = at, label[2:]


def _forbid(transitions: NDArray[np.float32], labels: Sequence[str]) -> NDArray[np.float32]:
    """Give the transitions without those into the inside of a name that was not begun."""
    allowed = transitions.copy()
    for row, before in enumerate(labels):
        for column, label in enumerate(labels):
            if label[0] == "I" and before[1:] != label[1:]:
                allowed[row, column] = FORBIDDEN
    return allowed
