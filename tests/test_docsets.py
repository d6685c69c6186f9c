"""Sets of documents as arrays against Python's own sets."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.docsets import Docs, add_dense, add_sparse, contains, intersect, where
from search.merging import merge_postings
from search.phrases import POSITION_BITS, find_adjacent, find_within

SIZE = 3_000

numbers = st.sets(st.integers(0, SIZE - 1), max_size=60)
# Far apart in size, both ways of meeting are taken.
sizes = st.sampled_from([1, 40])


def make_docs(members: set[int]) -> Docs:
    return np.array(sorted(members), dtype=np.uint32)


@given(few=numbers, step=sizes)
def test_meeting_is_that_of_sets(few: set[int], step: int) -> None:
    many = set(range(0, SIZE, step))
    some, others = make_docs(few), make_docs(many)
    assert intersect(some, others, SIZE).tolist() == sorted(few & many)
    assert contains(others, some, SIZE).tolist() == [doc in many for doc in sorted(few)]
    assert contains(some, others, SIZE).tolist() == [doc in few for doc in sorted(many)]


@given(members=st.sets(st.integers(0, 202)), size=st.integers(203, 211))
def test_places_of_a_mask(members: set[int], size: int) -> None:
    mask = np.zeros(size, dtype=np.bool_)
    mask[sorted(members)] = True
    assert where(mask).tolist() == sorted(members)


@given(parts=st.lists(st.dictionaries(st.integers(0, 40), st.sampled_from([0.0, 0.5, 2.0]))))
def test_both_unions_add_scores_and_count_sets(parts: list[dict[int, float]]) -> None:
    pairs = [
        (make_docs(set(part)), np.array([part[d] for d in sorted(part)], dtype=np.float32))
        for part in parts
    ]
    held = Counter(doc for part in parts for doc in part)
    scores = [sum(part.get(doc, 0.0) for part in parts) for doc in sorted(held)]
    expected = (sorted(held), scores, [held[doc] for doc in sorted(held)])
    for found in (add_sparse(pairs), add_dense(pairs, 41)):
        assert tuple(array.tolist() for array in found) == expected


@pytest.mark.parametrize("size", [1_000, 1 << 25])
@given(
    lists=st.lists(st.dictionaries(st.integers(0, 99), st.integers(1, 400), min_size=1), min_size=1)
)
def test_merged_postings_sum_counts(lists: list[dict[int, int]], size: int) -> None:
    docs = np.concatenate([make_docs(set(each)) for each in lists])
    tf = np.array([each[d] for each in lists for d in sorted(each)], dtype=np.uint32)
    expected: Counter[int] = Counter()
    for each in lists:
        expected.update(each)
    found, counts = merge_postings(docs, tf, size)
    assert dict(zip(found.tolist(), counts.tolist(), strict=True)) == expected
    assert found.tolist() == sorted(expected)


places = st.sets(st.tuples(st.integers(0, 2), st.integers(0, 9)), max_size=15)


@given(words=st.lists(places, min_size=2, max_size=3), slop=st.integers(1, 4))
def test_words_stand_together_as_in_a_plain_loop(
    words: list[set[tuple[int, int]]], slop: int
) -> None:
    packed = [
        np.array(sorted((doc << POSITION_BITS) | at for doc, at in word), dtype=np.int64)
        for word in words
    ]
    adjacent = [
        (doc, at)
        for doc, at in sorted(words[0])
        if all((doc, at + n) in word for n, word in enumerate(words))
    ]
    within = [
        (doc, at)
        for doc, at in sorted(words[0])
        if all(any(d == doc and abs(p - at) <= slop for d, p in word) for word in words[1:])
    ]
    for found, expected in (
        (find_adjacent(packed), adjacent),
        (find_within(packed, slop), within),
    ):
        assert found.tolist() == [(doc << POSITION_BITS) | at for doc, at in expected]
