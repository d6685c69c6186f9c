"""What every engine must answer, counted from the passages themselves."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.corpus import Row
from tests.benchmarks.engines import Answer
from tests.benchmarks.requests import Request

SHOWN_HITS = 10
SHOWN_BUCKETS = 50


@dataclass(frozen=True, slots=True)
class Expected:
    """What matches a request: how many, which if they fit a page, counts by facet and value."""

    total: int
    ids: frozenset[str]
    facets: Mapping[str, Counter[str]]


def expect_answers(rows: Iterable[Row], requests: Sequence[Request]) -> dict[Request, Expected]:
    """Read all passages once and give what each request matches."""
    interested = _Interested(requests)
    every = [request for request in requests if request.kind == "all"]
    matched = {request: array("q") for request in requests}
    ids: list[str] = []
    columns = {"pair": _Column(), "actor": _Column(), "month": _Column()}
    for number, row in enumerate(rows):
        ids.append(row.id)
        columns["pair"].add(row.pairs)
        columns["actor"].add(actor_id for actor_id, _ in row.actors)
        columns["month"].add((row.month,))
        words = row.tokens.split()
        held = set(words)
        found = {request for word in held for request in interested[word]}
        for request in (*found, *every):
            if _matches(request, row, words, held):
                matched[request].append(number)
    expected = {}
    for request, numbers in matched.items():
        whole = np.array(numbers, np.int64)
        expected[request] = Expected(
            total=len(numbers),
            ids=frozenset(ids[number] for number in numbers[: SHOWN_HITS + 1]),
            facets={name: column.count(whole) for name, column in columns.items()},
        )
    return expected


class _Interested(dict[str, tuple[Request, ...]]):
    """The requests that a passage with a word may match, found out once for each word."""

    def __init__(self, requests: Iterable[Request]) -> None:
        self._prefixes: list[Request] = []
        self._by_token: defaultdict[str, list[Request]] = defaultdict(list)
        for request in requests:
            if request.kind == "prefix":
                self._prefixes.append(request)
                continue
            for token in request.tokens if request.kind == "or3" else request.tokens[:1]:
                self._by_token[token].append(request)

    def __missing__(self, word: str) -> tuple[Request, ...]:
        met = (request for request in self._prefixes if word.startswith(request.tokens[0]))
        self[word] = (*self._by_token.get(word, ()), *met)
        return self[word]


class _Column:
    """The values of each passage, one behind the other."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._codes = array("q")
        self._ends = array("q", (0,))

    def add(self, values: Iterable[str]) -> None:
        """Take the values of the next passage."""
        numbers = self._numbers
        self._codes.extend([numbers.setdefault(value, len(numbers)) for value in values])
        self._ends.append(len(self._codes))

    def count(self, passages: NDArray[np.int64]) -> Counter[str]:
        """Count the values of some passages."""
        ends = np.array(self._ends)
        starts, lengths = ends[passages], np.diff(ends)[passages]
        before = np.cumsum(lengths) - lengths
        at = np.repeat(starts - before, lengths) + np.arange(lengths.sum())
        counts = np.bincount(np.array(self._codes)[at], minlength=len(self._numbers))
        named = zip(self._numbers, counts.tolist(), strict=True)
        return Counter({value: count for value, count in named if count})


def find_differences(answer: Answer, expected: Expected) -> tuple[str, ...]:
    """Say in what an answer is not the expected one; parts that are None are not compared."""
    differences = []
    if answer.total is not None and answer.total != expected.total:
        differences.append(f"total {answer.total}, not {expected.total}")
    wanted = min(SHOWN_HITS, expected.total)
    if len(set(answer.ids)) != wanted:
        differences.append(f"{len(set(answer.ids))} hits, not {wanted}")
    if expected.total <= SHOWN_HITS and set(answer.ids) != expected.ids:
        differences.append("other passages")
    for name, counts in (answer.facets or {}).items():
        problem = _compare_counts(counts, expected.facets[name])
        if problem:
            differences.append(f"{name}: {problem}")
    return tuple(differences)


def _matches(request: Request, row: Row, words: list[str], held: set[str]) -> bool:
    if request.kind == "and2":
        return held.issuperset(request.tokens)
    if request.kind == "phrase":
        first, second = request.tokens
        return second in held and (first, second) in pairwise(words)
    if request.kind == "filter":
        return request.pair in row.pairs and request.first <= row.day <= request.last
    return True


def _compare_counts(counts: Mapping[str, int], expected: Counter[str]) -> str:
    """Compare counts that may be only the highest ones; equal counts may be cut anywhere."""
    for value, count in counts.items():
        if count != expected[value]:
            return f"{value} {count}, not {expected[value]}"
    highest = [count for _, count in expected.most_common(SHOWN_BUCKETS)]
    given = sorted((count for count in counts.values() if count), reverse=True)
    if given[: len(highest)] != highest:
        return f"{len(given)} values, not those with the highest counts"
    return ""
