"""The best documents first, without putting all of them in order."""

import numpy as np
from numpy.typing import NDArray

from search.docsets import Docs, Ints, Scores
from search.query import Sort

_SAMPLE = 2_048
_STEP = 1 / (1 << 19)
"""Scores nearer than this share of the best are equal, in whatever order they were added up."""
_LEAST_STEP = float(np.finfo(np.float32).tiny)
_LAST_DAY = np.iinfo(np.int32).max


def order_docs(
    docs: Docs, scores: Scores | None, starts: NDArray[np.int32], sort: Sort, stop: int
) -> Ints:
    """Give places in `docs`, best first, as many as `stop`.

    Equals come newest first, then in the order of the index; undated ones last.

    Args:
        scores: one a document; None where all are equal.
        starts: the first day of every document of the index, 0 for an undated one.
    """
    stop = min(stop, docs.size)
    if sort == "relevance" and scores is not None:
        step = max(float(scores.max(initial=0)) * _STEP, _LEAST_STEP)
        places = shortlist(scores, stop, margin=step)
        days = np.take(starts, docs[places])
        rounded = np.rint(scores[places] / step).astype(np.int64)
        return places[np.lexsort((docs[places], -days, -rounded))][:stop]
    days = np.take(starts, docs)
    if sort == "date":
        days = np.where(days > 0, -days, -_LAST_DAY)
    places = shortlist(days, stop)
    return places[np.lexsort((docs[places], -days[places]))][:stop]


def shortlist(values: NDArray[np.float32 | np.int32], wanted: int, margin: float = 0.0) -> Ints:
    """Give places that hold the largest values, rising: as many as wanted and a few more.

    Equals of the last one wanted are all there. With many values a sample says what is
    large enough: at least as many as wanted among all are as large as so many of the sample.
    What passes is little and has the exact limit.
    """
    wanted = max(wanted, 1)
    if values.size <= wanted:
        return np.arange(values.size)
    less = np.asarray(margin, dtype=values.dtype)
    places = None
    if values.size > 4 * _SAMPLE and wanted * 8 < _SAMPLE:
        sample = values[:: values.size // _SAMPLE]
        places = np.flatnonzero(values >= _largest(sample, wanted) - less)
        values = values[places]
    held = np.flatnonzero(values >= _largest(values, wanted) - less)
    return held if places is None else places[held]


def _largest(values: NDArray[np.float32 | np.int32], number: int) -> np.float32 | np.int32:
    """Give the value that so many are not smaller than."""
    least: np.float32 | np.int32 = np.partition(values, values.size - number)[values.size - number]
    return least
