"""bm25s: the best ten for a bag of stemmed tokens; no totals, facets, phrases or filters."""

import json
from pathlib import Path
from sys import intern
from typing import Any

import bm25s  # type: ignore[import-not-found, import-untyped, unused-ignore]

from tests.benchmarks.corpus import read_rows
from tests.benchmarks.engines import Answer, Mode
from tests.benchmarks.requests import Request

_IDS = "ids.json"


def open_peer(directory: Path) -> "Bm25sPeer":
    return Bm25sPeer(directory)


class Bm25sPeer:
    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def build(self, corpus: Path) -> None:
        ids, tokens = [], []
        for row in read_rows(corpus):
            ids.append(row.id)
            tokens.append([intern(token) for token in row.tokens.split()])
        index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        index.index(tokens, show_progress=False)
        index.save(str(self._directory))
        (self._directory / _IDS).write_text(json.dumps(ids), encoding="utf-8")

    def open(self) -> None:
        self._index: Any = bm25s.BM25.load(str(self._directory), mmap=True)
        self._ids = json.loads((self._directory / _IDS).read_text(encoding="utf-8"))

    def supports(self, request: Request, mode: Mode) -> bool:
        return mode == "topk" and request.kind in ("rare", "common", "or3")

    def answer(self, request: Request, mode: Mode) -> object:
        numbers, scores = self._index.retrieve(
            [list(request.tokens)], k=10, show_progress=False, n_threads=0
        )
        return numbers[0].tolist(), scores[0].tolist()

    def read(self, answered: object) -> Answer:
        assert isinstance(answered, tuple)
        hits = zip(*answered, strict=True)
        return Answer(tuple(self._ids[number] for number, score in hits if score > 0), None)

    def forget(self) -> None:
        """Nothing is kept."""

    def add_one(self) -> None:
        raise NotImplementedError("bm25s indexes everything anew")

    def close(self) -> None:
        """Nothing is open."""
