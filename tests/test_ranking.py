"""The best documents without sorting all of them, against sorting all of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.caches import ByteCache
from search.query import SORTS, Sort
from search.ranking import order_docs, shortlist


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("distinct", [3, 40, 100_000])
@pytest.mark.parametrize("stop", [1, 10, 700, 60_000])
def test_order_is_that_of_a_full_sort(sort: Sort, distinct: int, stop: int) -> None:
    rng = np.random.default_rng(distinct)
    docs = np.flatnonzero(rng.random(60_000) < 0.5).astype(np.uint32)
    scores = (rng.integers(0, distinct, docs.size) / 8).astype(np.float32)
    starts = rng.integers(0, 300, 60_000).astype(np.int32)
    days = starts[docs]
    if sort == "relevance":
        expected = np.lexsort((docs, -days, -scores))
    elif sort == "-date":
        expected = np.lexsort((docs, -days))
    else:
        expected = np.lexsort((docs, np.where(days > 0, days, 9_999)))
    found = order_docs(docs, scores, starts, sort, stop)
    assert found.tolist() == expected[:stop].tolist()


def test_equal_scores_come_newest_first_and_undated_last() -> None:
    docs = np.arange(4, dtype=np.uint32)
    starts = np.array([5, 0, 9, 5], dtype=np.int32)
    # Added up in another order, equal scores differ in their last bits.
    scores = np.array([1.0, 1.0, np.nextafter(np.float32(1), np.float32(0)), 1.0], np.float32)
    assert order_docs(docs, scores, starts, "relevance", 4).tolist() == [2, 0, 3, 1]
    assert order_docs(docs, None, starts, "relevance", 4).tolist() == [2, 0, 3, 1]
    assert order_docs(docs, None, starts, "date", 4).tolist() == [0, 3, 2, 1]


def test_small_scores_are_still_told_apart() -> None:
    docs = np.arange(3, dtype=np.uint32)
    # A word of nearly every document.
    scores = np.array([2e-7, 4e-7, 3e-7], dtype=np.float32)
    starts = np.array([9, 1, 5], dtype=np.int32)
    assert order_docs(docs, scores, starts, "relevance", 3).tolist() == [1, 2, 0]


@given(values=st.lists(st.integers(0, 9), max_size=50), wanted=st.integers(0, 60))
def test_shortlist_has_all_equals_of_the_last(values: list[int], wanted: int) -> None:
    array = np.array(values, dtype=np.int32)
    places = shortlist(array, wanted)
    least = sorted(values, reverse=True)[: wanted or 1][-1:]
    assert {at for at, value in enumerate(values) if [value] >= least} <= set(places.tolist())


def test_cache_forgets_what_was_not_used_for_longest() -> None:
    cache = ByteCache(budget=100)
    made: list[str] = []

    def make(name: str) -> np.ndarray:
        made.append(name)
        return np.zeros(40, dtype=np.uint8)

    for name in ("a", "b", "a", "c", "a", "b"):
        cache.get(name, lambda name=name: make(name))  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]
    assert cache.nbytes == 80
