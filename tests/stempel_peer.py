"""What Elasticsearch's and OpenSearch's `polish` analysis finds, computed without either.

The chain is that of Lucene's PolishAnalyzer: words, lower case, stop words, Stempel with its
default table for words longer than three letters. A query is a `match`: the sum of Lucene's
BM25 over its words. Lucene's stop words are not in this project; they are given as a file.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from search.scoring import bm25, idf

_WORD = re.compile(r"\w+(?:['.\u2019]\w+)*")
_SHORTEST_STEMMED = 4


class StempelIndex:
    """Texts by their stems; positions in the texts' order stand for the texts."""

    def __init__(self, texts: Iterable[str], stop_words: frozenset[str] = frozenset()) -> None:
        self._stop_words = stop_words
        counts: dict[str, dict[int, int]] = defaultdict(dict)
        lengths = []
        for number, text in enumerate(texts):
            stems = Counter(self.stems(text))
            lengths.append(stems.total())
            for stem, count in stems.items():
                counts[stem][number] = count
        self._lengths = np.array(lengths, np.float64)
        self._mean_length = float(self._lengths.mean())
        self._postings = {
            stem: (np.fromiter(found, np.intp), np.fromiter(found.values(), np.float64))
            for stem, found in counts.items()
        }

    def stems(self, text: str) -> list[str]:
        """Give what is indexed of a text."""
        words = (word.lower() for word in _WORD.findall(text))
        return [_stem(word) for word in words if word not in self._stop_words]

    def find_all(self, query: str) -> set[int]:
        """Give the texts that have every word of a query."""
        found = [self._postings.get(stem, ((), ()))[0] for stem in self.stems(query)]
        return set.intersection(*(set(map(int, texts)) for texts in found)) if found else set()

    def rank(self, query: str, k: int) -> list[int]:
        """Give the first k texts that have any word of a query, best first."""
        scores = self.scores(query)
        best = np.argsort(-scores, kind="stable")[:k]
        return [int(text) for text in best if scores[text] > 0]

    def scores(self, query: str) -> NDArray[np.float64]:
        """Score every text."""
        scores = np.zeros(len(self._lengths))
        for stem, weight in Counter(self.stems(query)).items():
            if stem in self._postings:
                texts, tf = self._postings[stem]
                rarity = weight * idf(len(texts), len(self._lengths))
                scores[texts] += bm25(tf, self._lengths[texts], self._mean_length, rarity)
        return scores


def read_stop_words(path: Path) -> frozenset[str]:
    """Read one word a line; lines that begin with # say nothing."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _stem(word: str) -> str:
    return (_stemmer()(word) or word) if len(word) >= _SHORTEST_STEMMED else word


@cache
def _stemmer() -> Callable[[str], str | None]:
    # Loading the table takes seconds, which only those who compare should wait for.
    table = distribution("pystempel").locate_file("pystempel/data/original/stemmer_20000.tbl.gz")
    with patch("pystempel.streams.DISABLE_TQDM", True):
        from pystempel import Stemmer

        stemmer: Callable[[str], str | None] = Stemmer.from_file(Path(str(table)))
    return stemmer
