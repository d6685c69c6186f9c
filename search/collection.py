"""Every document of an index as a row of a list: what it is, how it is dated, what it holds."""

from datetime import date

import numpy as np

from corpus.document import DateRange
from search.live import LiveIndex
from search.results import CollectedDocument


def list_documents(live: LiveIndex) -> tuple[CollectedDocument, ...]:
    """Give all documents, the newest publication first, those without a date last."""
    column = live.source.facet("document")
    found = (_describe(document_id, live) for document_id in column.values)
    held = [document for document in found if document is not None]
    return tuple(sorted(held, key=_order))


def _order(document: CollectedDocument) -> tuple[int, str]:
    published = document.published
    return (-published.start.toordinal() if published else 0, document.title)


def _describe(document_id: str, live: LiveIndex) -> CollectedDocument | None:
    header = live.index.header(document_id)
    docs = live.source.facet("document").docs_of(document_id)
    if header is None or not docs.size:
        # A value stays in its segment until the last document that had it is merged away.
        return None
    starts = np.take(live.source.numbers("date_start"), docs)
    ends = np.take(live.source.numbers("date_end"), docs)
    dated = starts > 0
    dates = None
    if dated.any():
        first, last = int(starts[dated].min()), int(ends[dated].max())
        dates = DateRange(date.fromordinal(first), date.fromordinal(last))
    return CollectedDocument(
        id=header.id,
        title=header.title,
        kind=header.kind,
        published=header.published,
        published_from=header.published_from,
        path=header.path,
        pages=header.pages,
        passages=docs.size,
        undated=int(np.count_nonzero(~dated)),
        dates=dates,
        notes=header.notes,
    )
