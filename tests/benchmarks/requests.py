"""What is asked of every engine, chosen by how often words stand in the passages."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice, pairwise
from typing import Literal

from corpus.countries.mentions import find_countries
from index.tokenizer import fold
from tests.benchmarks.corpus import FIRST_DAY, LAST_DAY, Row
from tests.benchmarks.vocabulary import Entry

RequestClass = Literal["rare", "common", "and2", "or3", "phrase", "prefix", "filter", "all"]
CLASSES: tuple[RequestClass, ...] = (
    "rare",
    "common",
    "and2",
    "or3",
    "phrase",
    "prefix",
    "filter",
    "all",
)

# Shares of the passages that have the word.
_RARE, _MIDDLE, _COMMON = (0.0001, 0.0005), (0.005, 0.06), (0.2, 1.0)
_SAMPLE = 20_000
_PREFIX_LETTERS = (4, 5, 6)
_MOST_PREFIX_FORMS = 400
_MOST_WORDS = 400
_FILTER_DAYS = 3 * 365


@dataclass(frozen=True, slots=True)
class Request:
    """A request: `tokens` for an engine that is given tokens, `text` as a person types it.

    `first` and `last` are the days of the filter, as ordinals, and `pair` its pair.
    """

    kind: RequestClass
    tokens: tuple[str, ...]
    text: str
    first: int = 0
    last: int = 0
    pair: str = ""


def choose_requests(
    rows: Iterable[Row], vocabulary: Sequence[Entry], number: int, seed: int = 3
) -> tuple[Request, ...]:
    """Give `number` requests of each class, fewer where the passages do not yield as many."""
    chooser = _Chooser(list(islice(rows, _SAMPLE)), vocabulary, random.Random(seed))
    chosen: list[Request] = []
    for make in (
        chooser.single_words("rare", _RARE),
        chooser.single_words("common", _COMMON),
        chooser.pairs_of_words(),
        chooser.alternatives(),
        chooser.phrases(),
        chooser.prefixes(),
        chooser.filters(),
    ):
        chosen.extend(islice(dict.fromkeys(islice(make, number * 4)), number))
    return (*chosen, Request("all", (), ""))


def limit_requests(requests: Iterable[Request], number: int) -> tuple[Request, ...]:
    """Give at most so many requests of each class."""
    counts: Counter[str] = Counter()
    kept = []
    for request in requests:
        counts[request.kind] += 1
        if counts[request.kind] <= number:
            kept.append(request)
    return tuple(kept)


class _Chooser:
    def __init__(
        self, sample: list[Row], vocabulary: Sequence[Entry], chance: random.Random
    ) -> None:
        self._chance = chance
        self._vocabulary = vocabulary
        self._forms = {entry.token: entry.forms for entry in vocabulary}
        self._words = {entry.token for entry in vocabulary if entry.kind == "word"}
        self._count = len(sample)
        self._frequency: Counter[str] = Counter()
        self._bigrams: Counter[tuple[str, str]] = Counter()
        self._pairs: Counter[str] = Counter()
        for row in sample:
            tokens = row.tokens.split()
            self._frequency.update(set(tokens))
            self._bigrams.update(pairwise(tokens))
            self._pairs.update(row.pairs)

    def single_words(self, kind: RequestClass, shares: tuple[float, float]) -> Iterator[Request]:
        return (Request(kind, (word,), self._type(word)) for word in self._shuffle(shares))

    def pairs_of_words(self) -> Iterator[Request]:
        """Pair a frequent word with one of the middle."""
        common = self._shuffle(_COMMON)
        for at, middle in enumerate(self._shuffle(_MIDDLE)):
            words = (common[at % len(common)], middle)
            yield Request("and2", words, " ".join(map(self._type, words)))

    def alternatives(self) -> Iterator[Request]:
        words = self._shuffle(_MIDDLE)
        for triple in zip(words[::3], words[1::3], words[2::3], strict=False):
            yield Request("or3", triple, " OR ".join(map(self._type, triple)))

    def phrases(self) -> Iterator[Request]:
        """Take what stands together often, however frequent the words are by themselves."""
        most = [
            pair
            for pair, count in self._bigrams.most_common(2_000)
            if count > 1 and pair[0] != pair[1] and self._words.issuperset(pair)
        ]
        self._chance.shuffle(most)
        for pair in most:
            yield Request("phrase", pair, f'"{" ".join(map(self._type, pair))}"')

    def prefixes(self) -> Iterator[Request]:
        """Take beginnings that mean the same for forms as for lemmas.

        A surface form is found by its own first letters, folded; a stemmed token by those
        of the lemma.
        """
        tokens: defaultdict[str, set[str]] = defaultdict(set)
        owners: defaultdict[str, set[str]] = defaultdict(set)
        forms: Counter[str] = Counter()
        for entry in self._vocabulary:
            for prefix in _prefixes(entry.token):
                tokens[prefix].add(entry.token)
            for form in entry.forms:
                for prefix in _prefixes(fold(form)):
                    owners[prefix].add(entry.token)
                    forms[prefix] += 1
        for word in self._shuffle(_MIDDLE):
            prefix = word[: self._chance.choice(_PREFIX_LETTERS)]
            every = sum(len(self._forms[token]) for token in tokens[prefix])
            same = owners[prefix] == tokens[prefix] and forms[prefix] == every
            if same and prefix.isascii() and 0 < every <= _MOST_PREFIX_FORMS:
                yield Request("prefix", (prefix,), f"{prefix}*")

    def filters(self) -> Iterator[Request]:
        pairs = [pair for pair, _ in self._pairs.most_common(30)]
        for word in self._shuffle(_MIDDLE):
            pair = self._chance.choice(pairs)
            first = self._chance.randrange(FIRST_DAY, LAST_DAY - _FILTER_DAYS)
            last = first + _FILTER_DAYS
            days = f"{date.fromordinal(first)}..{date.fromordinal(last)}"
            text = f"{self._type(word)} para:{pair} data:{days}"
            yield Request("filter", (word,), text, first, last, pair)

    def _shuffle(self, shares: tuple[float, float]) -> list[str]:
        low, high = (share * self._count for share in shares)
        low = max(low, 2)
        high = max(high, low + 1)
        words = sorted(w for w in self._words if low <= self._frequency[w] <= high)
        self._chance.shuffle(words)
        return [word for word in words[:_MOST_WORDS] if any(map(_is_plain, self._forms[word]))]

    def _type(self, word: str) -> str:
        """Give a form of a word that a person may type."""
        return self._chance.choice(tuple(filter(_is_plain, self._forms[word])))


def _prefixes(word: str) -> Iterator[str]:
    return (word[:length] for length in _PREFIX_LETTERS if length <= len(word))


@cache
def _is_plain(form: str) -> bool:
    """Tell whether a form names no country, however it is spelt."""
    return form.islower() and not any(find_countries(s) for s in (form, form.title(), form.upper()))
