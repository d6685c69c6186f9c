"""Counted values of a field as the buckets of a facet."""

from collections.abc import Callable, Collection

import numpy as np

from search.columns import Counts, FacetColumn
from search.query import Choice
from search.results import Bucket, Facet

MAX_BUCKETS = 50

LabelOf = Callable[[str], str]
"""Gives what is shown for a value; nothing where the page translates it."""


def make_facet(
    field: str, column: FacetColumn, counts: Counts, choice: Choice, label_of: LabelOf
) -> Facet:
    """Give the buckets of counted values, the most frequent first.

    A chosen or excluded value is always among the buckets, whatever its count.
    """
    shown = [
        (column.name(number), count)
        for number, count in zip(
            counts.numbers[counts.ranked].tolist(),
            counts.counts[counts.ranked].tolist(),
            strict=True,
        )
    ]
    chosen = sorted({*choice.include, *choice.exclude} - dict(shown).keys())
    numbers = {value: column.find(value) for value in chosen}
    shown += [(v, counts.count_of(number)) for v, number in numbers.items() if number is not None]
    other = int(counts.counts.sum()) - sum(count for _, count in shown)
    shown += [(value, 0) for value, number in numbers.items() if number is None]
    return Facet(
        field=field,
        buckets=tuple(_bucket(value, label_of(value), count, choice) for value, count in shown),
        other=other,
        missing=counts.missing,
        distinct=counts.numbers.size,
    )


def find_in_facet(
    field: str,
    column: FacetColumn,
    counts: Counts,
    wanted: Collection[int],
    choice: Choice,
    label_of: LabelOf,
) -> Facet:
    """Give the buckets of some of the counted values, the most frequent first.

    Args:
        wanted: numbers of the values that were looked for.
    """
    held = np.flatnonzero(np.isin(counts.numbers, np.fromiter(wanted, dtype=np.int64)))
    order = held[np.argsort(-counts.counts[held], kind="stable")]
    shown = order[:MAX_BUCKETS]
    found = [(column.name(int(counts.numbers[at])), int(counts.counts[at])) for at in shown]
    return Facet(
        field=field,
        buckets=tuple(_bucket(value, label_of(value), count, choice) for value, count in found),
        other=int(counts.counts[order[MAX_BUCKETS:]].sum()),
        distinct=order.size,
    )


def _bucket(value: str, label: str, count: int, choice: Choice) -> Bucket:
    return Bucket(value, label, count, value in choice.include, value in choice.exclude)
