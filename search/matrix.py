"""A field's values by month: one more aggregation over the same arrays."""

import numpy as np

from corpus.document import DateRange
from search.columns import FacetColumn
from search.dates import DateColumns, months_of, name_bucket
from search.docsets import Docs
from search.results import Bucket, Matrix


def count_matrix(
    field: str,
    column: FacetColumn,
    dates: DateColumns,
    docs: Docs,
    rows: int,
    chosen: DateRange | None = None,
) -> Matrix:
    """Count documents (rising) by value and month, for the most frequent values.

    A cell is what filters by its value and its month find together. Months are the chosen
    ones, else those between the first and the last one of any document but for what lies
    far apart; undated documents are in no cell.
    """
    counts = column.count(docs, rows)
    shown = counts.numbers[counts.ranked]
    row_of = np.full(len(column.values), -1, dtype=np.int64)
    row_of[shown] = np.arange(shown.size)
    owners, numbers = column.cells(docs)
    held = (np.take(row_of, numbers) >= 0) & (np.take(dates.starts, owners) > 0)
    owners, places = owners[held], np.take(row_of, numbers[held])
    buckets = tuple(
        Bucket(column.name(number), "", int(counts.counts[at]))
        for number, at in zip(shown.tolist(), counts.ranked.tolist(), strict=True)
    )
    if not owners.size:
        return Matrix(field, buckets, (), ((),) * shown.size)
    histogram = dates.count(np.unique(owners), "month")
    window = histogram.choose_window(chosen)
    least, width = histogram.first + window.start, len(window)
    # One step up where a document begins, one down behind its end, added up along a row.
    first = np.take(dates.months, owners).astype(np.int64) - least
    last = months_of(np.take(dates.ends, owners)).astype(np.int64) - least
    begin, behind = (np.clip(edge, 0, width) for edge in (first, last + 1))
    size = shown.size * (width + 1)
    steps = np.bincount(places * (width + 1) + begin, minlength=size)
    steps -= np.bincount(places * (width + 1) + behind, minlength=size)
    cells = np.cumsum(steps.reshape(shown.size, width + 1), axis=1)[:, :width]
    return Matrix(
        field=field,
        rows=buckets,
        columns=tuple(name_bucket(least + month, "month")[0] for month in range(width)),
        counts=tuple(tuple(row) for row in cells.tolist()),
        before=histogram.count_before(window.start),
        after=histogram.count_from(window.stop),
    )
