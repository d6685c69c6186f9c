"""Pair by month: every cell is what filters by both find."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_documents import make_document, source_of, vary_metadata

from index.whoosh_index import update_index
from search.request import build_query
from search.whoosh_engine import WhooshEngine, open_engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory: Path = tmp_path_factory.mktemp("matrix") / "index"
    rng = random.Random(11)
    for name in ("a", "b", "a"):
        texts = [f"Rozmowa {rng.choice(('w zamku', 'w domu'))} {rng.random()}." for _ in range(50)]
        document = vary_metadata(make_document(name, *texts), rng)
        update_index(directory, added=[(source_of(document), document)])
    opened = open_engine(directory)
    yield opened
    opened.close()


@pytest.mark.parametrize("text", ["", "zamek"])
def test_cell_is_what_filters_by_value_and_month_find(engine: WhooshEngine, text: str) -> None:
    matrix = engine.matrix(build_query({"q": [text]}), "pair")
    assert len(matrix.columns) >= 3
    for row, counts in zip(matrix.rows, matrix.counts, strict=True):
        for month, count in zip(matrix.columns, counts, strict=True):
            narrowed = {"q": [text], "pair": [row.value], "from": [month], "to": [month]}
            assert count == engine.search(build_query(narrowed)).total


def test_rows_are_the_most_frequent_values(engine: WhooshEngine) -> None:
    query = build_query({"q": ["zamek"]})
    facet = next(f for f in engine.search(query).facets if f.field == "actor")
    matrix = engine.matrix(query, "actor", rows=2)
    assert [row.value for row in matrix.rows] == [bucket.value for bucket in facet.buckets[:2]]


def test_nothing_found_is_an_empty_matrix(engine: WhooshEngine) -> None:
    matrix = engine.matrix(build_query({"q": ["nieobecne"]}))
    assert (matrix.rows, matrix.columns, matrix.counts) == ((), (), ())
