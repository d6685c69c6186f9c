"""Facet counts against a plain loop over passages, after adds, replacements and deletes."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from small_documents import make_document, source_of, vary_metadata

from corpus.document import Actor, DateRange, Passage
from corpus.identifiers import slugify
from index.open_index import OpenIndex, open_index
from index.segment import FlatSegment
from index.whoosh_index import update_index
from search.columns import FacetColumn
from search.dates import name_bucket
from search.postings import PostingSource
from search.query import Query
from search.request import build_query
from search.results import Facet
from search.whoosh_engine import WhooshEngine, open_engine

TEXTS = ("Rozmowy o zamku.", "Umowa i rozmowy.", "Zamek w mieście.", "Umowa w mieście.")
FACETS = ("pair", "actor", "kind", "document", "date")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory: Path = tmp_path_factory.mktemp("facets") / "index"
    rng = random.Random(7)
    # Several documents a segment: replacing and removing one deletes a part of it.
    for names in ("abc", "d", "be"):
        documents = []
        for name in names:
            texts = [f"{rng.choice(TEXTS)} Numer {name}{rng.random()}." for _ in range(60)]
            documents.append(vary_metadata(make_document(name, *texts), rng))
        update_index(directory, added=[(source_of(document), document) for document in documents])
    update_index(directory, removed=["c"])
    opened = open_engine(directory)
    yield opened
    opened.close()


REQUESTS: tuple[dict[str, list[str]], ...] = (
    {},
    {"q": ["zamek"]},
    {"q": ["umowa rozmowy"]},
    {"q": ["zamek OR umowa"]},
    {"q": ["1"]},
    {"pair": ["JP-RU"]},
    {"pair": ["JP-RU", "CN-KP"], "q": ["rozmowy"]},
    {"pair": ["-JP-RU"], "actor": ["Lee Yang-gu"]},
    {"kind": ["comment"], "from": ["2031-05"], "to": ["2031-05"]},
    {"q": ["zamek"], "from": ["2031-06-10"], "document": ["a"]},
    {"actor": ["-Jan Próbny", "Anna Example"], "kind": ["event"]},
)


def values_of(name: str, passage: Passage) -> tuple[str, ...]:
    match name:
        case "pair":
            return passage.pairs
        case "actor":
            return tuple(actor.id for actor in passage.actors)
        case "kind":
            return (passage.kind,)
        case _:
            return (passage.document_id,)


def found_without(engine: WhooshEngine, query: Query, name: str) -> list[Passage]:
    """Give what the engine finds without the filter of one facet."""
    choices = {field: c for field, c in query.filters.choices.items() if field != name}
    dates = None if name == "date" else query.filters.dates
    filters = replace(query.filters, choices=choices, dates=dates)
    return [passage for passage, _ in engine.scan(replace(query, filters=filters))]


def ask(engine: WhooshEngine, params: dict[str, list[str]]) -> tuple[Query, dict[str, Facet]]:
    query = replace(build_query(params), facets=FACETS)
    return query, {facet.field: facet for facet in engine.search(query).facets}


@pytest.mark.parametrize("params", REQUESTS)
@pytest.mark.parametrize("name", ["pair", "actor", "kind", "document"])
def test_facet_counts_every_passage_once_a_value(
    engine: WhooshEngine, params: dict[str, list[str]], name: str
) -> None:
    query, facets = ask(engine, params)
    passages = found_without(engine, query, name)
    expected = Counter(value for passage in passages for value in values_of(name, passage))
    facet = facets[name]
    assert {bucket.value: bucket.count for bucket in facet.buckets if bucket.count} == expected
    assert facet.missing == sum(not values_of(name, passage) for passage in passages)
    assert (facet.distinct, facet.other) == (len(expected), 0)
    counts = [bucket.count for bucket in facet.buckets]
    assert counts[: len(expected)] == sorted(expected.values(), reverse=True)


@pytest.mark.parametrize("params", REQUESTS)
@pytest.mark.parametrize("interval", ["day", "month", "year"])
def test_histogram_counts_a_passage_wherever_it_lasts(
    engine: WhooshEngine, params: dict[str, list[str]], interval: str
) -> None:
    query = build_query(params)
    passages = found_without(engine, query, "date")
    lasting = [passage.dates for passage in passages if passage.dates]
    facet = engine.histogram(query, interval)  # type: ignore[arg-type]
    assert facet.missing == len(passages) - len(lasting)
    assert facet.interval == (interval if lasting else "")
    for bucket in facet.buckets:
        days = days_of(bucket.value)
        assert bucket.count == sum(days.overlaps(dates) for dates in lasting)
    if lasting:
        first, last = days_of(facet.buckets[0].value), days_of(facet.buckets[-1].value)
        assert first.start <= min(dates.start for dates in lasting) <= first.end
        assert last.start <= max(dates.end for dates in lasting) <= last.end


def days_of(value: str) -> DateRange:
    year, month, day = (int(part) for part in (value + "-0-0").split("-")[:3])
    if day:
        return DateRange(date(year, month, day), date(year, month, day))
    return name_bucket(year * 12 - 12 + month if month else year, "month" if month else "year")[1]


def test_long_spans_are_counted_by_year(tmp_path: Path) -> None:
    texts = [f"Rok {year}." for year in range(1990, 2020)]
    document = make_document("d", *texts)
    passages = tuple(
        replace(passage, dates=DateRange(date(1990 + at, 6, 1), date(1990 + at, 6, 2)))
        for at, passage in enumerate(document.passages)
    )
    document = replace(document, passages=passages)
    update_index(tmp_path / "index", added=[(source_of(document), document)])
    opened = open_engine(tmp_path / "index")
    facet = opened.histogram(build_query({}))
    opened.close()
    assert (facet.interval, len(facet.buckets)) == ("year", 30)
    assert (facet.buckets[0].value, facet.buckets[0].count) == ("1990", 1)


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("actor", "lee", ["lee-yang-gu"]),
        ("actor", "PROBNY ja", ["jan-probny"]),
        ("actor", "probny lee", []),
        ("pair", "japonia", ["JP-RU", "JP-UA"]),
        ("pair", "jp ukraina", ["JP-UA"]),
        ("kind", "comm", ["comment"]),
    ],
)
def test_values_are_found_within_a_facet(
    engine: WhooshEngine, field: str, text: str, expected: list[str]
) -> None:
    facet = engine.search_facet(build_query({"q": ["zamek"]}), field, text)
    whole = next(f for f in engine.search(build_query({"q": ["zamek"]})).facets if f.field == field)
    counts = {bucket.value: bucket.count for bucket in whole.buckets}
    found = {bucket.value: bucket.count for bucket in facet.buckets}
    assert found == {value: counts[value] for value in expected}


def test_facet_shows_fifty_values_and_sums_up_the_rest(tmp_path: Path) -> None:
    document = make_document("d", *(f"Rozmowa numer {number}." for number in range(80)))
    hosts = [replace(p, kind=f"k{at % 70:02}") for at, p in enumerate(document.passages)]  # type: ignore[arg-type]
    document = replace(document, passages=tuple(hosts))
    update_index(tmp_path / "index", added=[(source_of(document), document)])
    opened = open_engine(tmp_path / "index")
    facet = next(f for f in opened.search(build_query({})).facets if f.field == "kind")
    chosen = next(
        f
        for f in opened.search(
            replace(build_query({}), filters=build_query({"pair": ["CZ-SK"]}).filters)
        ).facets
        if f.field == "kind"
    )
    opened.close()
    assert len(facet.buckets) == 50
    assert [bucket.value for bucket in facet.buckets[:11]] == [
        *(f"k{number:02}" for number in range(10)),
        "k10",
    ]
    assert (facet.other, facet.distinct) == (20, 70)
    assert chosen.other == 20


@pytest.fixture(scope="module")
def values_in_segments(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[OpenIndex, dict[int, tuple[str, ...]]]]:
    """Give an index of two segments, partly deleted, and the actors of each live passage.

    A few passages have more actors than others ever have.
    """
    directory: Path = tmp_path_factory.mktemp("values") / "index"
    rng = random.Random(5)
    names = [f"Osoba {number:02}" for number in range(60)]
    for group in (("a", "b"), ("b", "c")):
        documents = []
        for name in group:
            document = make_document(name, *(f"Numer {name}{n}{group[0]}." for n in range(400)))
            counts = [rng.choice((0, 1, 1, 2, 3)) for _ in document.passages]
            counts[7] = 12
            passages = tuple(
                replace(passage, actors=tuple(make_actor(n) for n in rng.sample(names, count)))
                for passage, count in zip(document.passages, counts, strict=True)
            )
            documents.append(replace(document, passages=passages))
        update_index(directory, added=[(source_of(document), document) for document in documents])
    opened = open_index(directory)
    live = [doc for s in opened.segments for doc in live_docs(s)]
    yield opened, {doc: tuple(a.id for a in opened.passage_at(doc).actors) for doc in live}
    opened.close()


def make_actor(name: str) -> Actor:
    return Actor(slugify(name), name, "person", (name,))


def live_docs(segment: FlatSegment) -> list[int]:
    deleted = set(segment.deleted.tolist())
    return [segment.base + doc for doc in range(segment.doc_count) if doc not in deleted]


def test_any_number_of_documents_is_counted_alike(
    values_in_segments: tuple[OpenIndex, dict[int, tuple[str, ...]]],
) -> None:
    opened, actors = values_in_segments
    rng = random.Random(3)
    column = PostingSource(opened.segments).facet("actor")
    assert len(opened.segments) == 2
    # One document before any other is read without slots; most of all are told by the rest.
    for wanted in (1, 0, 1, 5, 200, len(actors) - 3, len(actors)):
        docs = sorted(rng.sample(sorted(actors), wanted))
        if wanted == 5:
            docs = [doc for doc in actors if len(actors[doc]) > 4]
        expected = Counter(value for doc in docs for value in actors[doc])
        counts = column.count(np.array(docs, dtype=np.uint32), 5)
        found = [column.name(number) for number in counts.numbers.tolist()]
        assert dict(zip(found, counts.counts.tolist(), strict=True)) == expected
        assert found == sorted(expected)
        assert counts.missing == sum(not actors[doc] for doc in docs)
        best = counts.counts[counts.ranked].tolist()
        assert best == sorted(expected.values(), reverse=True)[:5]
        owners, numbers = column.cells(np.array(docs, dtype=np.uint32))
        cells = Counter(zip(owners.tolist(), map(column.name, numbers.tolist()), strict=True))
        assert cells == Counter((doc, value) for doc in docs for value in actors[doc])


def test_no_documents_at_all_have_no_values() -> None:
    column = FacetColumn([], None)
    none = np.empty(0, dtype=np.uint32)
    counts = column.count(none, 5)
    assert (counts.numbers.size, counts.ranked.size, counts.missing) == (0, 0, 0)
    assert column.cells(none)[0].size == 0
    assert column.valued.size == 0
