"""tantivy, by its Python package: tokens that are stemmed already, facets as aggregations.

The binding collects the best hits and the aggregations in two passes over the matches; a
prefix scores every hit alike. Of a facet with many values each segment gives only its highest
counts, so that the last of the fifty actors may be counted too low in a small corpus.
"""

from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from tests.benchmarks.corpus import read_rows
from tests.benchmarks.engines import Answer, Mode
from tests.benchmarks.requests import Request

_HEAP_BYTES = 512_000_000
_THREADS = 2
_AGGREGATIONS = {
    "pair": {"terms": {"field": "pair", "size": 500}},
    "actor": {"terms": {"field": "actor", "size": 50}},
    "month": {"histogram": {"field": "month", "interval": 1}},
}


def open_peer(directory: Path) -> "TantivyPeer":
    return TantivyPeer(directory)


class TantivyPeer:
    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._schema = _make_schema()

    def build(self, corpus: Path) -> None:
        self._directory.mkdir(parents=True)
        index = tantivy.Index(self._schema, path=str(self._directory))
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=_THREADS)
        for row in read_rows(corpus):
            year, month = map(int, row.month.split("-"))
            document = tantivy.Document(
                id=row.id, text=row.tokens, kind=row.kind, day=row.day, month=year * 12 + month - 1
            )
            for pair in row.pairs:
                document.add_text("pair", pair)
            for actor_id, _ in row.actors:
                document.add_text("actor", actor_id)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index = tantivy.Index.open(str(self._directory))
        self._index.reload()
        self._searcher = self._index.searcher()

    def supports(self, request: Request, mode: Mode) -> bool:
        return True

    def answer(self, request: Request, mode: Mode) -> object:
        query = self._translate(request)
        found: Any = self._searcher.search(query, limit=10, count=True)
        if mode == "topk":
            return found.hits, found.count, None, ()
        documents = [self._searcher.doc(address) for _, address in found.hits]
        counts = self._searcher.aggregate(query, _AGGREGATIONS)
        generator = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")
        snippets = tuple(generator.snippet_from_doc(document).to_html() for document in documents)
        ids = tuple(document["id"][0] for document in documents)
        return ids, found.count, counts, snippets

    def read(self, answered: object) -> Answer:
        hits, total, counts, _ = _as_tuple(answered)
        if counts is None:
            return Answer(tuple(self._searcher.doc(a)["id"][0] for _, a in hits), total)
        return Answer(
            hits,
            total,
            {
                "pair": _read_terms(counts["pair"]),
                "actor": _read_terms(counts["actor"]),
                "month": {
                    f"{month // 12}-{month % 12 + 1:02d}": bucket["doc_count"]
                    for bucket in counts["month"]["buckets"]
                    if bucket["doc_count"]
                    for month in (int(bucket["key"]),)
                },
            },
        )

    def forget(self) -> None:
        """Nothing is kept but what the operating system keeps."""

    def add_one(self) -> None:
        writer = self._index.writer(heap_size=50_000_000, num_threads=1)
        writer.add_document(tantivy.Document(id="one", text="nowy", kind="event", day=1, month=1))
        writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """Nothing is open but files that are mapped."""

    def _translate(self, request: Request) -> Any:
        terms = [Query.term_query(self._schema, "text", token) for token in request.tokens]
        match request.kind:
            case "all":
                return Query.all_query()
            case "prefix":
                return Query.regex_query(self._schema, "text", f"{request.tokens[0]}.*")
            case "phrase":
                return Query.phrase_query(self._schema, "text", list(request.tokens))
            case "or3":
                return Query.boolean_query([(Occur.Should, term) for term in terms])
            case "filter":
                days = Query.range_query(
                    self._schema, "day", tantivy.FieldType.Integer, request.first, request.last
                )
                pair = Query.term_query(self._schema, "pair", request.pair)
                unscored = [Query.const_score_query(part, 0.0) for part in (days, pair)]
                return Query.boolean_query([(Occur.Must, part) for part in (*terms, *unscored)])
            case "and2":
                return Query.boolean_query([(Occur.Must, term) for term in terms])
            case _:
                return terms[0]


def _make_schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", stored=True, tokenizer_name="whitespace")
    for name in ("kind", "pair", "actor"):
        builder.add_text_field(
            name, stored=True, fast=True, tokenizer_name="raw", index_option="basic"
        )
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_integer_field("month", fast=True)
    return builder.build()


def _read_terms(counts: Any) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in counts["buckets"]}


def _as_tuple(answered: object) -> tuple[Any, ...]:
    assert isinstance(answered, tuple)
    return answered
