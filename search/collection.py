"""The documents of an index as a list: what each is, how it is dated, what it holds."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import numpy as np

from corpus.document import DateRange, Document
from index.documents import Catalogue
from search.dates import months_of, name_bucket
from search.errors import UnknownDocument
from search.holdings import CollectedDocument, Collection, NearCopy
from search.live import LiveIndex

# A document dated less exactly than this is of no month in particular.
_MAX_MONTHS_OF_DOCUMENT = 3


def list_documents(live: LiveIndex, offset: int, limit: int) -> Collection:
    """Give the collection with some of its documents, the newest publication first.

    Those without a date stand last.
    """
    catalogue = live.index.catalogue
    resembling = live.index.resembling
    return Collection(
        total=len(catalogue.ids),
        shown=tuple([_describe(each, live) for each in catalogue.ids[offset : offset + limit]]),
        origins=Counter(catalogue.origins),
        published=_count_published(catalogue),
        near=tuple([each for each in catalogue.ids if each in resembling]),
    )


def list_near_copies(document_id: str, live: LiveIndex) -> tuple[NearCopy, ...]:
    """Give the documents that say nearly the same as one, the nearest first."""
    published = _published(document_id, live)
    return tuple(
        [
            NearCopy(
                document=live.label(near.document_id),
                share=near.share,
                newer=is_newer(_published(near.document_id, live), published),
            )
            for near in live.index.resembling.get(document_id, ())
        ]
    )


def is_newer(other: DateRange | None, ours: DateRange | None) -> bool | None:
    """Tell whether one document was published later; None where their dates do not say."""
    if other is None or ours is None or other.overlaps(ours):
        return None
    return other.start > ours.start


def _count_published(catalogue: Catalogue) -> Mapping[str, int]:
    """Count the documents of each month; one that may be of two or three is of each of them."""
    first, last = (months_of(days).astype(np.int64) for days in (catalogue.starts, catalogue.ends))
    near = (first > 0) & (last - first < _MAX_MONTHS_OF_DOCUMENT)
    counts: Counter[int] = Counter()
    for begin, end in zip(first[near].tolist(), last[near].tolist(), strict=True):
        counts.update(range(begin, end + 1))
    return {name_bucket(month, "month")[0]: count for month, count in sorted(counts.items())}


def _describe(document_id: str, live: LiveIndex) -> CollectedDocument:
    header = _read_header(document_id, live)
    docs = live.source.facet("document").docs_of(document_id)
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
        near=list_near_copies(document_id, live),
    )


def _published(document_id: str, live: LiveIndex) -> DateRange | None:
    return _read_header(document_id, live).published


def _read_header(document_id: str, live: LiveIndex) -> Document:
    header = live.index.header(document_id)
    if header is None:
        raise UnknownDocument(f"There is no document {document_id!r}.")
    return header
