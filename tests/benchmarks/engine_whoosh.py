"""Whoosh as it comes: its own codec, writer, matchers and facets, on stemmed tokens."""

from pathlib import Path
from typing import Any

from whoosh import query as wq
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, NUMERIC, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.sorting import Count, FieldFacet

from tests.benchmarks.corpus import read_rows
from tests.benchmarks.engines import Answer, Mode
from tests.benchmarks.requests import Request

_FACETS = ("pair", "actor", "month")


def open_peer(directory: Path) -> "WhooshPeer":
    return WhooshPeer(directory)


class WhooshPeer:
    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._schema = Schema(
            id=ID(stored=True),
            text=TEXT(analyzer=SpaceSeparatedTokenizer(), stored=True, chars=True),
            pair=KEYWORD(),
            actor=KEYWORD(),
            month=ID(),
            day=NUMERIC(int),
        )

    def build(self, corpus: Path) -> None:
        self._directory.mkdir(parents=True)
        writer = create_in(str(self._directory), self._schema).writer(limitmb=256)
        for row in read_rows(corpus):
            writer.add_document(
                id=row.id,
                text=row.tokens,
                pair=" ".join(row.pairs),
                actor=" ".join(actor_id for actor_id, _ in row.actors),
                month=row.month,
                day=row.day,
            )
        writer.commit()

    def open(self) -> None:
        self._index = open_dir(str(self._directory), schema=self._schema)
        self._searcher = self._index.searcher()

    def supports(self, request: Request, mode: Mode) -> bool:
        return True

    def answer(self, request: Request, mode: Mode) -> object:
        query = _translate(request)
        if mode == "topk":
            results = self._searcher.search(query, limit=10)
            return results, len(results), None, ()
        facets = {name: FieldFacet(name, allow_overlap=True, maptype=Count) for name in _FACETS}
        results = self._searcher.search(query, limit=10, groupedby=facets, terms=True)
        hits = [results[at] for at in range(min(10, results.scored_length()))]
        ids = tuple(hit["id"] for hit in hits)
        snippets = tuple(hit.highlights("text", top=1) for hit in hits)
        return (
            ids,
            results.estimated_length(),
            {name: results.groups(name) for name in _FACETS},
            snippets,
        )

    def read(self, answered: object) -> Answer:
        hits, total, groups, _ = _as_tuple(answered)
        if groups is None:
            return Answer(tuple(hit["id"] for hit in hits), total)
        return Answer(
            hits,
            total,
            {
                name: {_as_text(value): n for value, n in counts.items() if value is not None}
                for name, counts in groups.items()
            },
        )

    def forget(self) -> None:
        self.close()
        self.open()

    def add_one(self) -> None:
        writer = self._index.writer()
        writer.add_document(id="one", text="nowy", month="2019-01", day=1)
        writer.commit()
        self._searcher = self._searcher.refresh()

    def close(self) -> None:
        self._searcher.close()
        self._index.close()


def _translate(request: Request) -> wq.Query:
    terms = [wq.Term("text", token) for token in request.tokens]
    match request.kind:
        case "all":
            return wq.Every()
        case "prefix":
            return wq.Prefix("text", request.tokens[0])
        case "phrase":
            return wq.Phrase("text", list(request.tokens))
        case "or3":
            return wq.Or(terms)
        case "filter":
            days = wq.NumericRange("day", request.first, request.last)
            unscored = [
                wq.ConstantScoreQuery(q, 0.0) for q in (days, wq.Term("pair", request.pair))
            ]
            return wq.And([*terms, *unscored])
        case "and2":
            return wq.And(terms)
        case _:
            return terms[0]


def _as_text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _as_tuple(answered: object) -> tuple[Any, ...]:
    assert isinstance(answered, tuple)
    return answered
