"""Kwerenda, from the text as it stands to the results of its engine."""

import gc
from collections.abc import Iterator
from datetime import date
from functools import _lru_cache_wrapper
from itertools import groupby
from pathlib import Path
from typing import cast

from corpus.document import Actor, DateRange, Document, Passage, PassageKind, Source
from index.manifest import SourceEntry
from index.whoosh_index import update_index
from search.answer import answer_query, order_answer
from search.query import Query
from search.request import build_query
from search.results import Results
from search.whoosh_engine import WhooshEngine, open_engine
from tests.benchmarks.corpus import Row, read_rows
from tests.benchmarks.engines import Answer, Mode
from tests.benchmarks.requests import Request

_FACETS = ("pair", "actor", "date")
_PACKAGES = ("corpus.", "index.", "search.")


def open_peer(directory: Path) -> "KwerendaPeer":
    return KwerendaPeer(directory)


class KwerendaPeer:
    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def build(self, corpus: Path) -> None:
        update_index(self._directory, added=_read_documents(corpus))

    def open(self) -> None:
        self._engine: WhooshEngine = open_engine(self._directory)

    def supports(self, request: Request, mode: Mode) -> bool:
        return True

    def answer(self, request: Request, mode: Mode) -> object:
        query = build_query({"q": [request.text]} if request.text else {})
        if mode == "page":
            return self._engine.search(Query(query.text, query.root, facets=_FACETS))
        # The best ten alone are no request of the product: they are asked of its parts.
        with self._engine._hold() as live:
            answer = answer_query(query, live)
            best = answer.docs[order_answer(answer, query.sort, live, query.limit)]
            return best.tolist(), 0 if answer.relaxed else int(answer.docs.size)

    def read(self, answered: object) -> Answer:
        if isinstance(answered, tuple):
            best, total = answered
            with self._engine._hold() as live:
                ids = tuple(live.passage_at(doc).id for doc in best)
            return Answer(ids if total else (), total)
        assert isinstance(answered, Results)
        facets = {facet.field: facet for facet in answered.facets}
        months: dict[str, int] = {}
        for bucket in facets["date"].buckets:  # by day where the hits are few
            months[bucket.value[:7]] = months.get(bucket.value[:7], 0) + bucket.count
        return Answer(
            () if answered.relaxed else tuple(hit.passage.id for hit in answered.hits),
            0 if answered.relaxed else answered.total,
            {
                "pair": {bucket.value: bucket.count for bucket in facets["pair"].buckets},
                "actor": {bucket.value: bucket.count for bucket in facets["actor"].buckets},
                "month": months,
            },
        )

    def forget(self) -> None:
        """Open the index anew and empty every bounded cache; dictionaries stay loaded."""
        self.close()
        for cached in gc.get_objects():
            if isinstance(cached, _lru_cache_wrapper) and _is_bounded(cached):
                cached.cache_clear()
        self.open()

    def add_one(self) -> None:
        row = Row(
            "one-00", "one", 0, "event", 737_000, ("JP-RU",), ("JP", "RU"), (), "", "", "Nowy.", ""
        )
        update_index(self._directory, added=[_make_document("one", [row])])

    def close(self) -> None:
        self._engine.close()


def _is_bounded(cached: "_lru_cache_wrapper[object]") -> bool:
    """Tell whether it is a cache of ours and not a loader, which keeps one thing for good."""
    ours = str(getattr(cached, "__module__", "")).startswith(_PACKAGES)
    return ours and cached.cache_parameters()["maxsize"] is not None


def _read_documents(corpus: Path) -> Iterator[tuple[SourceEntry, Document]]:
    for name, rows in groupby(read_rows(corpus), key=lambda row: row.document):
        yield _make_document(name, list(rows))


def _make_document(name: str, rows: list[Row]) -> tuple[SourceEntry, Document]:
    passages = []
    start = 0
    for row in rows:
        passages.append(_make_passage(row, start))
        start += len(row.text) + 2
    text = "\n\n".join(row.text for row in rows)
    path = f"{name}.txt"
    document = Document(
        id=name,
        title=f"Przegląd {name}",
        kind="monitor",
        published=passages[0].dates,
        published_from="text",
        publisher="",
        language="pl",
        source_url="",
        path=path,
        sha256="",
        pages=len(rows) // 5 + 1,
        text=text,
        passages=tuple(passages),
    )
    return SourceEntry(path, name, "", len(text), 1), document


def _make_passage(row: Row, start: int) -> Passage:
    day = date.fromordinal(row.day)
    return Passage(
        id=row.id,
        document_id=row.document,
        ordinal=row.ordinal,
        kind=cast(PassageKind, row.kind),
        section="",
        headline=row.headline,
        label="",
        text=row.text,
        start=start,
        end=start + len(row.text),
        page_start=row.ordinal // 5 + 1,
        page_end=row.ordinal // 5 + 1,
        dates=DateRange(day, day),
        date_precision="day",
        countries=row.countries,
        mentioned=row.countries,
        pairs=row.pairs,
        actors=tuple(Actor(id_, name, "person", (name,)) for id_, name in row.actors),
        sources=(Source(row.source, "", "exact"),) if row.source else (),
    )
