"""One open generation, shared by the requests that began while it was live."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache, partial
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from whoosh import query as wq

from corpus.actors.alias_file import add_aliases, parse_aliases
from corpus.countries.mentions import country_name
from corpus.document import DateRange
from index.alias_copy import fingerprint_actors
from index.analysis import analyse_word
from index.lexicon import Lexicon
from index.open_index import OpenIndex
from index.tokenizer import fold
from search.caches import RecentCache
from search.docsets import Mask, scatter
from search.errors import UnknownDocument
from search.evaluate import evaluate
from search.expand import expand_query
from search.holdings import Status
from search.matching import QueryWord, query_words
from search.names import NameTable, ValueKind, read_names
from search.parser import parse_query
from search.postings import PostingSource
from search.query import Filters, Node, Note
from search.results import DocumentLabel, Facet, Hit
from search.synonyms import Synonyms
from search.translate import ClassesOf, translate, translate_filters

_CACHED_LABELS = 10_000
_CACHED_WORDS = 4_000
_CACHED_QUERIES = 1_000
# Some 5 KB each.
_CACHED_PASSAGES = 3_000
_CACHED_HITS = 3_000
# Some 10 KB each.
_CACHED_FACETS = 1_000
_COUNTRY_FIELDS = frozenset({"pair", "country", "mentioned"})


@dataclass(frozen=True, slots=True, eq=False)
class Resolved:
    """A query's tree resolved against one index, Whoosh's query for it, and what was added."""

    root: Node
    query: wq.Query
    notes: tuple[Note, ...]
    words: tuple[QueryWord, ...]


class LiveIndex:
    """An index and its arrays; closed when it is retired and its last request is done.

    What its caches call does not hold it: hundreds of megabytes go with the last request,
    and not when the garbage collector comes by.
    """

    def __init__(self, index: OpenIndex) -> None:
        self.index = index
        self.source = PostingSource(index.segments)
        self.label = lru_cache(_CACHED_LABELS)(partial(_read_label, index))
        self.actor_name = lru_cache(_CACHED_LABELS)(partial(_read_actor_name, index))
        self.classes_of = lru_cache(_CACHED_WORDS)(index.lexicon.classes_of)
        self.hits: RecentCache[Hit] = RecentCache(_CACHED_HITS)
        self.facets: RecentCache[Facet] = RecentCache(_CACHED_FACETS)
        self.document_counts: RecentCache[int] = RecentCache(_CACHED_FACETS)
        synonyms = Synonyms(add_aliases(index.generation.aliases))
        self.resolve = lru_cache(_CACHED_QUERIES)(
            partial(_resolve, index.lexicon, self.classes_of, synonyms)
        )
        self.passage_at = lru_cache(_CACHED_PASSAGES)(index.passage_at)
        self._facet_names: dict[str, tuple[str, ...]] = {}
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

    def title(self, document_id: str) -> str:
        """Give the title of a document; nothing where the index has no such document."""
        try:
            return self.label(document_id).title
        except UnknownDocument:
            return ""

    @cached_property
    def names(self) -> Mapping[ValueKind, NameTable]:
        """Give what can be suggested is called; it is made once, for which `warm` is there."""
        actors = self.index.actor_names()
        return read_names(self.source, lambda value: actors.get(value, value), self.title)

    @cached_property
    def status(self) -> Status:
        """Give what stands in the index."""
        docs = self.source.live_docs
        starts = np.take(self.source.numbers("date_start"), docs)
        ends = np.take(self.source.numbers("date_end"), docs)
        generation = self.index.generation
        actors = fingerprint_actors(generation.aliases)
        return Status(
            generation=generation.number,
            built=generation.built,
            documents=generation.documents,
            passages=generation.passages,
            undated=int(np.count_nonzero(starts == 0)),
            dates=_span(starts[starts > 0], ends[starts > 0]),
            failed=generation.failed,
            aliases=len(parse_aliases(generation.aliases)),
            read_otherwise=sum(source.aliases != actors for source in generation.sources),
        )

    def count_word(self, word: str) -> int:
        """Count the passages that have a word in any inflection."""
        return self.source.frequency("text", self.classes_of(analyse_word(word).keys))

    def count_query(self, text: str) -> int:
        """Count the passages that a query finds, exactly as it is asked."""
        return int(evaluate(self.resolve(parse_query(text).root).query, self.source).docs.size)

    def filter_mask(self, filters: Filters) -> Mask:
        """Give the documents that the filters allow."""
        query = translate_filters(filters)
        if query is None:
            return self.source.live
        return scatter(evaluate(query, self.source).docs, self.size)

    def facet_names(self, field: str) -> tuple[str, ...]:
        """Give for each value of a facet, in its order, what it is called, folded."""
        with self._lock:
            if field not in self._facet_names:
                values = self.source.facet(field).values
                self._facet_names[field] = tuple(fold(_call(field, value)) for value in values)
            return self._facet_names[field]


def _resolve(lexicon: Lexicon, classes_of: ClassesOf, synonyms: Synonyms, root: Node) -> Resolved:
    expanded = expand_query(root, lexicon, synonyms)
    query = translate(expanded.root, classes_of)
    return Resolved(expanded.root, query, expanded.notes, query_words(expanded.root))


def _read_label(index: OpenIndex, document_id: str) -> DocumentLabel:
    document = index.header(document_id)
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


def _read_actor_name(index: OpenIndex, actor_id: str) -> str:
    """Give an actor's name; the id of an unknown one."""
    return index.actor_name(actor_id) or actor_id


def _span(starts: NDArray[np.int32], ends: NDArray[np.int32]) -> DateRange | None:
    if not starts.size:
        return None
    return DateRange(date.fromordinal(int(starts.min())), date.fromordinal(int(ends.max())))


def _call(field: str, value: str) -> str:
    """Give everything that a value of a facet may be looked for by."""
    if field in _COUNTRY_FIELDS:
        return " ".join([value, *(country_name(code, "pl") for code in value.split("-"))])
    return value.replace("-", " ") if field == "actor" else value


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
