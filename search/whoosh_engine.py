"""The engine over an index directory: Whoosh's queries and postings, executed in NumPy."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from corpus.document import Document, Passage
from index.errors import IndexFailure
from index.open_index import open_index
from search.answer import (
    Answer,
    answer_query,
    count_documents,
    count_facets,
    histogram,
    matrix,
    order_answer,
    search_facet,
)
from search.collection import list_documents, list_near_copies
from search.concordance import DEFAULT_WIDTH, ConcordanceSort, read_concordance
from search.dates import Interval
from search.docsets import Ints
from search.errors import UnknownDocument, UnknownPassage
from search.hits import build_hit, find_words
from search.holdings import Collection, NearCopy, Status
from search.live import LiveIndex
from search.matching import analyse_plain, drop_strays, find_marks, merge_spans
from search.offers import count_offers
from search.query import Node, Query, SnippetSize
from search.request import build_query
from search.results import (
    Concordance,
    DocumentLabel,
    Facet,
    Hit,
    Matrix,
    Results,
    Retired,
    SimilarPassage,
    Suggestion,
)
from search.similar import find_similar
from search.suggest import suggest


class WhooshEngine:
    """Answers from the live generation; moves to a new one between requests."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = Lock()
        self._live = LiveIndex(open_index(directory))

    def search(self, query: Query) -> Results:
        began = time.perf_counter()
        with self._hold() as live:
            answer = answer_query(query, live)
            order = order_answer(answer, query.sort, live, query.offset + query.limit)
            page = order[query.offset :]
            return Results(
                query=query,
                hits=_build_hits(answer, page, query.snippets, live),
                total=answer.docs.size,
                documents=count_documents(answer, query, live),
                facets=count_facets(answer, query, live),
                notes=count_offers(answer.notes, query, live),
                relaxed=answer.relaxed,
                took_ms=(time.perf_counter() - began) * 1000,
            )

    def search_facet(self, query: Query, field: str, text: str) -> Facet:
        """Give the buckets of a facet whose values are called so."""
        with self._hold() as live:
            return search_facet(field, text, answer_query(query, live), query, live)

    def histogram(self, query: Query, interval: Interval | None = None) -> Facet:
        """Count what a query finds by day, month or year."""
        with self._hold() as live:
            return histogram(answer_query(query, live), query, live, interval)

    def matrix(self, query: Query, field: str = "pair", rows: int = 20) -> Matrix:
        """Count what a query finds by a facet's most frequent values and by month."""
        with self._hold() as live:
            return matrix(field, answer_query(query, live), query, live, rows)

    def suggest(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """Give completions of the end of a text that is being typed."""
        with self._hold() as live:
            lexicon = live.index.lexicon
            return suggest(text, limit, live.names, lexicon, live.count_word, live.count_query)

    def concordance(
        self, query: Query, sort: ConcordanceSort = "document", width: int = DEFAULT_WIDTH
    ) -> Concordance:
        """Give the places where the words of a query stand, from its offset, up to its limit."""
        with self._hold() as live:
            return read_concordance(query, sort, width, live)

    def similar(self, passage_id: str, limit: int) -> tuple[SimilarPassage, ...]:
        """Give the passages most like one."""
        with self._hold() as live:
            doc = live.index.number_of(passage_id)
            if doc is None:
                raise UnknownPassage(f"There is no passage {passage_id!r}.")
            return find_similar(doc, limit, live)

    def scan(self, query: Query) -> Iterator[tuple[Passage, DocumentLabel]]:
        with self._hold() as live:
            answer = answer_query(query, live)
            for doc in answer.docs[order_answer(answer, query.sort, live, answer.docs.size)]:
                passage = live.index.passage_at(int(doc))
                yield passage, live.label(passage.document_id)

    def passage(self, passage_id: str) -> Passage | Retired:
        with self._hold() as live:
            passage = live.index.passage(passage_id)
            if passage is not None:
                return passage
            retired = live.index.retired(passage_id)
            if retired is None:
                raise UnknownPassage(f"There is no passage {passage_id!r}.")
            return Retired(passage_id, retired.document_id, retired.successor_id)

    def document(self, document_id: str) -> Document:
        with self._hold() as live:
            document = live.index.document(document_id)
            if document is None:
                raise UnknownDocument(f"There is no document {document_id!r}.")
            return document

    def label(self, document_id: str) -> DocumentLabel:
        with self._hold() as live:
            return live.label(document_id)

    def collection(self, offset: int = 0, limit: int = 100) -> Collection:
        with self._hold() as live:
            return list_documents(live, offset, limit)

    def near_copies(self, document_id: str) -> tuple[NearCopy, ...]:
        with self._hold() as live:
            return list_near_copies(document_id, live)

    def mark(self, text: str, root: Node) -> tuple[tuple[int, int], ...]:
        with self._hold() as live:
            resolved = live.resolve(root).root
        return merge_spans(drop_strays(find_marks(resolved, analyse_plain(text)), text))

    def status(self) -> Status:
        with self._hold() as live:
            return live.status

    def warm(self) -> None:
        """Answer queries that touch everything, so that nobody's first one has to wait."""
        # A word that nobody knows is looked up among the stems and forms it could be meant for.
        for text in ("", "rozgrzewkka"):
            self.search(build_query({"q": [text]}))
        self.suggest("a", 1)

    def close(self) -> None:
        with self._lock:
            self._live.retire()

    @contextmanager
    def _hold(self) -> Iterator[LiveIndex]:
        """Hold the live generation for one request, after a look for a newer one."""
        with self._lock:
            if self._live.index.is_stale():
                self._move_on()
            live = self._live
            live.hold()
        try:
            yield live
        finally:
            live.release()

    def _move_on(self) -> None:
        try:
            newer = LiveIndex(open_index(self._directory))
        except IndexFailure:
            # What is open is whole and goes on answering; `verify` says what is wrong.
            return
        self._live.retire()
        self._live = newer


def open_engine(directory: Path) -> WhooshEngine:
    """Open an index directory for searching.

    Raises: index.errors.IndexFailure.
    """
    return WhooshEngine(directory)


def _build_hits(answer: Answer, page: Ints, size: SnippetSize, live: LiveIndex) -> tuple[Hit, ...]:
    """Give the hits of a page; those that were shown for the same words are not made again."""
    docs = answer.docs[page].tolist()
    scores = [0.0] * len(docs) if answer.scores is None else answer.scores[page].tolist()
    resolved = answer.resolved
    keys = [(resolved, size, *each) for each in zip(docs, scores, strict=True)]
    hits = {key: live.hits.find(key) for key in keys}
    missing = [key for key, hit in hits.items() if hit is None]
    asked = [doc for _, _, doc, _ in missing]
    found = find_words(resolved.words, asked, live.source, live.classes_of) if missing else ()
    for key, words in zip(missing, found, strict=True):
        _, _, doc, score = key
        passage = live.passage_at(doc)
        label = live.label(passage.document_id)
        hit = build_hit(passage, label, score, resolved.root, resolved.words, words, size)
        live.hits.keep(key, hit)
        hits[key] = hit
    return tuple([hit for hit in hits.values() if hit is not None])
