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

from corpus.actors.document_flags import DocumentFlags, read_flags
from corpus.actors.features import (
    Group,
    PassageView,
    expand_group,
    list_groups,
)
from corpus.actors.words import Word
from corpus.morphology import analyse

NameKind = Literal["person", "organisation", "place"]

WEIGHTS = "names.npz"
OUTSIDE = "O"
_TAIL = 4
_FORBIDDEN = -1e4
_CACHED_GROUPS = 400_000


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
    """Weights in memory, and the summed weights of the groups of features met so far."""

    def __init__(
        self,
        features: Sequence[str],
        weights: NDArray[np.float32],
        transitions: NDArray[np.float32],
        labels: Sequence[str],
    ) -> None:
        self._row_of = {feature: row for row, feature in enumerate(features)}
        self._weights = weights
        self._labels = tuple(labels)
        self._transitions = _forbid(transitions, self._labels)
        self._inside = np.array([label[0] == "I" for label in self._labels])
        self._steps: list[list[float]] = self._transitions.tolist()
        self._sums: dict[Group, NDArray[np.float32]] = {}

    def tag(self, passages: Sequence[Sequence[Word]]) -> tuple[tuple[TaggedName, ...], ...]:
        """Give the names in each passage of one document."""
        flags = read_flags(passages)
        found = []
        for words in passages:
            view = PassageView(words)
            chains = find_chains(words)
            found.append(
                tuple(
                    name
                    for first, end in chains
                    for name in self._find_names(view, flags, first, end)
                )
            )
        return tuple(found)

    def _find_names(
        self, view: PassageView, flags: DocumentFlags, first: int, end: int
    ) -> Iterator[TaggedName]:
        """Give the names in the chain of words `[first, end)`."""
        sums = self._sums
        groups = [
            found if (found := sums.get(group)) is not None else self._add_up(group)
            for at in range(first, end)
            for group in list_groups(view, at, flags)
        ]
        scores = np.array(groups).reshape(end - first, -1, len(self._labels)).sum(axis=1)
        path = self._find_path(scores)
        for name in read_names([self._labels[at] for at in path]):
            margin = self._measure_margin(scores, path, name)
            yield TaggedName(name.first + first, name.end + first, name.kind, margin)

    def _find_path(self, scores: NDArray[np.float32]) -> list[int]:
        """Give the columns of the labels with the highest sum of scores and transitions."""
        best = scores[0] + np.where(self._inside, _FORBIDDEN, 0.0)
        steps = []
        for score in scores[1:]:
            arrivals = best[:, None] + self._transitions
            came_from = arrivals.argmax(axis=0)
            steps.append(came_from)
            best = arrivals.max(axis=0) + score
        at = int(best.argmax())
        path = [at]
        for came_from in reversed(steps):
            at = int(came_from[at])
            path.append(at)
        return path[::-1]

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
        columns = {label: column for column, label in enumerate(self._labels)}
        none = (columns[OUTSIDE],) * length
        names = [
            (columns[label], *(columns.get(f"I{label[1:]}", 0),) * (length - 1))
            for label in self._labels
            if label[0] == "B"
        ]
        return [none, *names]

    def _add_up(self, group: Group) -> NDArray[np.float32]:
        """Give the weights of all features of a group together, for each label."""
        if len(self._sums) >= _CACHED_GROUPS:
            self._sums.clear()
        rows = [row for row in map(self._row_of.get, expand_group(group)) if row is not None]
        found: NDArray[np.float32] = self._weights[rows].sum(axis=0)
        self._sums[group] = found
        return found


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
                allowed[row, column] = _FORBIDDEN
    return allowed
