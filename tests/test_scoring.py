"""BM25 against the formula computed by hand, one document at a time."""

from math import isclose, log

import numpy as np
import pytest

from search.scoring import K1, B, bm25, idf


@pytest.mark.parametrize(("frequency", "count"), [(0, 10), (1, 10), (10, 10), (3, 1_000_000)])
def test_idf_is_lucenes_and_never_negative(frequency: int, count: int) -> None:
    expected = log(1 + (count - frequency + 0.5) / (frequency + 0.5))
    assert isclose(idf(frequency, count), expected)
    assert idf(frequency, count) > 0


def test_bm25_equals_the_formula_for_each_document() -> None:
    tf = np.array([1.0, 3.0, 2.0])
    lengths = np.array([10.0, 200.0, 50.0])
    scores = bm25(tf, lengths, mean_length=60.0, weight=2.5)
    for score, f, length in zip(scores, tf, lengths, strict=True):
        assert isclose(score, 2.5 * f / (f + K1 * (1 - B + B * length / 60.0)))


def test_empty_collection_scores_nothing() -> None:
    assert bm25(np.empty(0), np.empty(0), mean_length=0.0, weight=1.0).size == 0
