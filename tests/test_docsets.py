"""Sets of documents as arrays against Python's own sets."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.docsets import Docs, add_dense, add_sparse, contains, intersect, locate, tally, where
from search.merging import merge_postings
from search.phrases import find_adjacent, find_in_order, find_within

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


def test_union_of_more_sets_than_a_byte_counts() -> None:
    docs, scores, held = add_dense([(make_docs({3}), np.ones(1, dtype=np.float32))] * 256, 5)
    assert (docs.tolist(), scores.tolist(), held.tolist()) == ([3], [256.0], [256])


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


POSITION_BITS = 4
places = st.sets(st.tuples(st.integers(0, 2), st.integers(0, 9)), max_size=15)


def pack(word: set[tuple[int, int]], dtype: str) -> np.ndarray:
    """Give the places of a word in an order that is not theirs, as terms are read in turn."""
    return np.array([(doc << POSITION_BITS) | at for doc, at in sorted(word)[::-1]], dtype=dtype)


@pytest.mark.parametrize("dtype", ["uint32", "uint64"])
@given(words=st.lists(places, min_size=2, max_size=3), slop=st.integers(1, 4))
def test_words_stand_together_as_in_a_plain_loop(
    dtype: str, words: list[set[tuple[int, int]]], slop: int
) -> None:
    packed = [pack(word, dtype) for word in words]
    last = len(words) - 1
    adjacent = [
        (doc, at + last)
        for doc, at in sorted(words[0])
        if all((doc, at + n) in word for n, word in enumerate(words))
    ]
    within = [
        (doc, at)
        for doc, at in sorted(words[0])
        if all(any(d == doc and abs(p - at) <= slop for d, p in word) for word in words[1:])
    ]
    row = words[0]
    for word in words[1:]:
        row = {(d, at) for d, at in word if any((d, at - n) in row for n in range(1, slop + 1))}
    for found, expected in (
        (find_adjacent(packed), adjacent),
        (find_within(packed, slop, POSITION_BITS), within),
        (find_in_order(packed, slop, POSITION_BITS), sorted(row)),
    ):
        assert found.tolist() == [(doc << POSITION_BITS) | at for doc, at in expected]


@given(few=st.sets(st.integers(0, 1 << 22), max_size=30), shift=st.integers(0, 2))
def test_adjacent_words_of_unlike_frequency(few: set[int], shift: int) -> None:
    # Numbers that are alike in their last bits only are told apart.
    many = {number + shift for number in few} | {number + (1 << 21) for number in range(200)}
    rare, frequent = (np.array(sorted(s), dtype=np.uint32) for s in (few, many))
    expected = sorted(number + 1 for number in few if number + 1 in many)
    assert find_adjacent([rare, frequent]).tolist() == expected


@given(values=st.lists(st.integers(0, 9)))
def test_tally_counts_values(values: list[int]) -> None:
    numbers, counts = tally(np.array(values, dtype=np.uint16))
    expected = Counter(values)
    assert dict(zip(numbers.tolist(), counts.tolist(), strict=True)) == expected
    assert numbers.tolist() == sorted(expected)


@given(some=numbers, others=numbers, step=sizes)
def test_places_of_others(some: set[int], others: set[int], step: int) -> None:
    every = some | set(range(0, SIZE, step))
    at, held = locate(make_docs(every), make_docs(others), SIZE)
    shared = sorted(every & others)
    assert make_docs(every)[at].tolist() == make_docs(others)[held].tolist() == shared
