"""The best chains of labels by dynamic programming, of many chains at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FORBIDDEN = -1e4


def find_paths(
    scores: NDArray[np.float32],
    lengths: Sequence[int],
    transitions: NDArray[np.float32],
    opening: NDArray[np.float32],
) -> list[list[int]]:
    """Give the columns of the labels with the highest sum of scores and transitions.

    Args:
        scores: of each word (row) for each label (column), chain after chain.
        lengths: how many words each chain has.
        transitions: from each label (row) to each label (column).
        opening: what a chain loses that begins with a label.
    """
    sizes = np.array(lengths)
    begins = np.cumsum(sizes) - sizes
    # The longest first: those that still go on are the first ones at every step.
    order = np.argsort(-sizes, kind="stable")
    begins, sizes = begins[order], sizes[order]
    best = scores[begins] + opening
    came_from = np.zeros(scores.shape, np.int8)
    for step in range(1, int(sizes[0])):
        going = int(np.searchsorted(-sizes, -step))
        arrivals = best[:going, :, None] + transitions
        at = begins[:going] + step
        came_from[at] = arrivals.argmax(axis=1)
        best[:going] = arrivals.max(axis=1) + scores[at]
    paths: list[list[int]] = [[] for _ in lengths]
    for chain, begin, label in zip(order, begins, best.argmax(axis=1), strict=True):
        path = [int(label)]
        for at in range(begin + lengths[chain] - 1, begin, -1):
            path.append(int(came_from[at, path[-1]]))
        paths[chain] = path[::-1]
    return paths
