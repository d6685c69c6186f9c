"""One open generation, shared by the requests that began while it was live."""

from datetime import timedelta
from functools import cached_property, lru_cache
from threading import Lock

import numpy as np

from corpus.document import Actor, DateRange, Passage
from index.open_index import OpenIndex
from search.errors import UnknownDocument
from search.evaluate import evaluate
from search.postings import Mask, PostingSource
from search.query import Filters
from search.results import DocumentLabel
from search.translate import translate_filters

_CACHED_LABELS = 10_000


class LiveIndex:
    """An index and its arrays; closed when it is retired and its last request is done."""

    def __init__(self, index: OpenIndex) -> None:
        self.index = index
        self.source = PostingSource(index.reader, index.lock)
        self.label = lru_cache(_CACHED_LABELS)(self._read_label)
        self.actor = lru_cache(_CACHED_LABELS)(self._read_actor)
        self._lock = Lock()
        self._holders = 0
        self._retired = False

    @cached_property
    def size(self) -> int:
        return self.source.size

    def hold(self) -> None:
        with self._lock:
            self._holders += 1

    def release(self) -> None:
        with self._lock:
            self._holders -= 1
            last = self._retired and not self._holders
        if last:
            self.index.close()

    def retire(self) -> None:
        """Close as soon as nobody holds it."""
        with self._lock:
            unused = not self._retired and not self._holders
            self._retired = True
        if unused:
            self.index.close()

    def passage_at(self, doc: int) -> Passage:
        return self.index.passage_at(doc)

    def filter_mask(self, filters: Filters, *, without: str = "") -> Mask:
        """Give the documents that the filters allow, those of one facet left out."""
        query = translate_filters(filters, without=without)
        if query is None:
            return self.source.live
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[evaluate(query, self.source).docs] = True
        return mask

    def _read_label(self, document_id: str) -> DocumentLabel:
        document = self.index.document(document_id)
        if document is None:
            raise UnknownDocument(f"There is no document {document_id!r}.")
        return DocumentLabel(
            id=document.id,
            title=document.title,
            kind=document.kind,
            published=format_period(document.published),
            path=document.path,
            source_url=document.source_url,
        )

    def _read_actor(self, actor_id: str) -> Actor | None:
        """Give an actor as one of its passages names it."""
        docs = self.source.facet("actor").docs_of(actor_id)
        if not docs.size:
            return None
        actors = self.passage_at(int(docs[0])).actors
        return next((actor for actor in actors if actor.id == actor_id), None)


def format_period(dates: DateRange | None) -> str:
    """Write a year, a month or a day as ISO 8601 does; several months as two of them."""
    if dates is None:
        return ""
    start, end = dates.start, dates.end
    if start == end:
        return start.isoformat()
    whole_months = start.day == 1 and (end + timedelta(days=1)).day == 1
    if not whole_months:
        return f"{start.isoformat()}/{end.isoformat()}"
    if (start.month, end.month, start.year) == (1, 12, end.year):
        return f"{start:%Y}"
    return f"{start:%Y-%m}" if f"{start:%Y-%m}" == f"{end:%Y-%m}" else f"{start:%Y-%m}/{end:%Y-%m}"
