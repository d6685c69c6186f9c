"""BM25 as free functions: arrays in, arrays out."""

from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segment import LENGTH_OF_BYTE, MAX_CODED_TF

K1 = 1.2
B = 0.75


def idf(doc_frequency: int, doc_count: int) -> float:
    """Give Lucene's inverse document frequency: never negative, small for function words.

    Source: Lucene's BM25Similarity, ln(1 + (N - df + .5) / (df + .5)).
    """
    return log(1 + (doc_count - doc_frequency + 0.5) / (doc_frequency + 0.5))


def bm25(
    tf: NDArray[Any], lengths: NDArray[Any], mean_length: float, weight: float
) -> NDArray[np.float64]:
    """Score term frequencies against document lengths (both per hit, lengths in tokens).

    Source: Robertson, Zaragoza, The Probabilistic Relevance Framework (2009); without the
    constant factor k1 + 1, as in Lucene 8.
    """
    norm = K1 * (1 - B + B * lengths / max(mean_length, 1e-9))
    scores: NDArray[np.float64] = weight * tf / (tf + norm)
    return scores


def score_table(mean_length: float) -> NDArray[np.float32]:
    """Give the score of every posting code (`tf << 8 | length byte`) for a weight of one."""
    tf = np.arange(MAX_CODED_TF + 1)
    return bm25(tf[:, None], LENGTH_OF_BYTE[None, :], mean_length, 1.0).astype(np.float32).ravel()
