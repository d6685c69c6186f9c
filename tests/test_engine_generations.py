"""The engine while its index changes: newer generations, damage, what is gone."""

import gc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_documents import make_document, source_of
from small_monitor import ask, counts

from corpus.document import Document
from index.whoosh_index import update_index
from search.query import Query
from search.request import build_query
from search.results import Retired
from search.whoosh_engine import WhooshEngine, open_engine


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[tuple[Callable[[Document], object], WhooshEngine]]:
    directory = tmp_path / "index"
    first = make_document("pierwszy", "Pierwszy fragment o Szwecji i jej rządzie.")
    update_index(directory, added=[(source_of(first), first)])
    opened = open_engine(directory)
    yield lambda d: update_index(directory, added=[(source_of(d), d)]), opened
    opened.close()


def test_engine_moves_to_a_new_generation_between_requests(
    growing: tuple[Callable[[Document], object], WhooshEngine],
) -> None:
    add, engine = growing
    assert ask(engine, "szwecja").total == 1
    add(make_document("drugi", "Drugi fragment, także o Szwecji."))
    assert ask(engine, "szwecja").total == 2
    assert engine.status().generation == 2


def test_scan_keeps_the_generation_it_began_with(
    growing: tuple[Callable[[Document], object], WhooshEngine],
) -> None:
    add, engine = growing
    passages = engine.scan(Query())
    first, _ = next(passages)
    add(make_document("pierwszy", "Zupełnie inny fragment o Norwegii."))
    assert ask(engine, "norwegia").total == 1
    assert first.text == "Pierwszy fragment o Szwecji i jej rządzie."
    assert list(passages) == []


def test_arrays_of_a_generation_go_with_its_last_request(
    growing: tuple[Callable[[Document], object], WhooshEngine],
) -> None:
    add, engine = growing
    engine.warm()
    engine.concordance(build_query({"q": ["szwecja"]}))
    held = weakref.ref(engine._live.source), weakref.ref(engine._live.source.facet("pair"))
    passages = engine.scan(Query())
    next(passages)
    gc.disable()
    try:
        add(make_document("drugi", "Drugi fragment, także o Szwecji."))
        assert ask(engine, "szwecja").total == 2
        assert None not in [each() for each in held]
        passages.close()  # type: ignore[attr-defined]
        assert [each() for each in held] == [None, None]
    finally:
        gc.enable()


def test_engine_goes_on_when_the_next_generation_is_damaged(
    tmp_path: Path, growing: tuple[Callable[[Document], object], WhooshEngine]
) -> None:
    add, engine = growing
    add(make_document("drugi", "Drugi fragment, także o Szwecji."))
    manifest = tmp_path / "index" / "gen-000002" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b" ")
    assert ask(engine, "szwecja").total == 1


def test_replaced_passage_points_to_its_successor(
    growing: tuple[Callable[[Document], object], WhooshEngine],
) -> None:
    add, engine = growing
    [old] = [hit.passage for hit in ask(engine).hits]
    add(make_document("pierwszy", "Pierwszy fragment o Szwecji i o jej rządzie."))
    [new] = [hit.passage for hit in ask(engine).hits]
    assert engine.passage(old.id) == Retired(old.id, "pierwszy", new.id)


def test_deleted_document_is_not_counted(
    tmp_path: Path, growing: tuple[Callable[[Document], object], WhooshEngine]
) -> None:
    add, engine = growing
    add(make_document("drugi", "Drugi fragment, także o Szwecji."))
    update_index(tmp_path / "index", removed=["drugi"])
    results = ask(engine, "szwecja")
    assert (results.total, counts(results, "document")) == (1, {"pierwszy": 1})


def test_emptied_index_answers_with_nothing(
    tmp_path: Path, growing: tuple[Callable[[Document], object], WhooshEngine]
) -> None:
    _, engine = growing
    update_index(tmp_path / "index", removed=["pierwszy"])
    for text in ("", "szwecja", '"jej rządzie"', "szw*", '="Szwecji"', "data:brak", "-szwecja"):
        for sort in ("relevance", "date"):
            results = ask(engine, text, sort=sort)
            assert (results.total, results.hits, results.documents) == (0, (), 0)
            assert all(facet.buckets == () for facet in results.facets)
    query = build_query({"q": ["szwecja"]})
    assert engine.concordance(query).lines == ()
    assert engine.matrix(query).rows == ()
    assert engine.suggest("szw", 5) == ()
    assert (engine.status().passages, engine.status().dates) == (0, None)
    assert engine.collection().shown == ()
