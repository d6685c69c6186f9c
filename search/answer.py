"""A query answered by one generation: documents, scores, counts; hits are made later."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from index.fields import FIELDS
from index.tokenizer import fold
from search.columns import Counts
from search.dates import Histogram, Interval, make_histogram
from search.docsets import Docs, Ints, Scores
from search.evaluate import evaluate, holds
from search.facets import MAX_BUCKETS, LabelOf, find_in_facet, make_facet
from search.found import EVERYTHING, Found
from search.live import LiveIndex, Resolved
from search.matrix import count_matrix
from search.query import Choice, Filters, Note, Query, Sort, list_fields
from search.ranking import order_docs
from search.relax import find_partial
from search.results import Facet, Matrix
from search.translate import translate_filters
from search.values import MISSING

# From this share of all documents on, the counts of a set that has a name are kept.
_KEPT_SHARE = 1 / 20
_KEYWORDS = frozenset(spec.name for spec in FIELDS if spec.kind == "keyword")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query finds.

    `docs` (rising) and their `scores` have passed the filters; `found` is what the text
    alone finds, from which each facet counts without its own filter.
    """

    docs: Docs
    scores: Scores | None
    found: Found
    resolved: Resolved
    notes: tuple[Note, ...]
    relaxed: bool


def answer_query(query: Query, live: LiveIndex) -> Answer:
    """Find everything that matches; the best partial matches where nothing has every word."""
    resolved = live.resolve(query.root)
    found = evaluate(resolved.query, live.source)
    kept = filter_found(found, query.filters, live)
    notes = (*query.notes, *resolved.notes, *_note_unknown_values(query, live))
    relaxed = False
    if not kept.docs.size:
        allowed = live.filter_mask(query.filters)
        incomplete = find_partial(resolved.root, allowed, live.source, live.classes_of)
        if incomplete is not None:
            found = incomplete
            kept = filter_found(found, query.filters, live)
            notes = (*notes, Note("relaxed", query=""))
            relaxed = True
    return Answer(
        docs=kept.docs,
        scores=kept.scores,
        found=found,
        resolved=resolved,
        notes=notes,
        relaxed=relaxed,
    )


def filter_found(found: Found, filters: Filters, live: LiveIndex, *, without: str = "") -> Found:
    """Give what passes the filters, those of one facet left out."""
    query = translate_filters(filters, without=without)
    if query is None:
        return found
    if found.key == EVERYTHING:
        return evaluate(query, live.source)
    return found.select(holds(query, found.docs, live.source))


def order_answer(answer: Answer, sort: Sort, live: LiveIndex, stop: int) -> Ints:
    """Give places in `answer.docs`, best first, as many as `stop`."""
    starts = live.source.numbers("date_start")
    if answer.docs.size == live.source.doc_count and answer.scores is None:
        key = ("order", sort, stop)
        return live.source.keep_count(
            key, lambda: order_docs(answer.docs, None, starts, sort, stop)
        )
    return order_docs(answer.docs, answer.scores, starts, sort, stop)


def count_facets(answer: Answer, query: Query, live: LiveIndex) -> tuple[Facet, ...]:
    """Count every facet that is asked for, each without its own filter.

    Another page or another order of the same hits has the same facets.
    """
    key = (answer.resolved, query.filters.key)
    return tuple(
        [
            live.facets.get((key, name), partial(_count, name, answer, query, live))
            for name in query.facets
        ]
    )


def count_documents(answer: Answer, query: Query, live: LiveIndex) -> int:
    """Count the distinct documents that the hits come from."""
    found = _name(answer.docs, answer.found)
    return live.document_counts.get(
        (answer.resolved, query.filters.key),
        lambda: _count_values("document", found, live).numbers.size,
    )


def search_facet(name: str, text: str, answer: Answer, query: Query, live: LiveIndex) -> Facet:
    """Count the values of one facet that are called so: all words of `text` begin or stand in one.

    Case and diacritics do not matter; a country and a pair go by code and by name.
    """
    kept = filter_found(answer.found, query.filters, live, without=name)
    column = live.source.facet(name)
    words = fold(text).split()
    wanted = [
        number
        for number, called in enumerate(live.facet_names(name))
        if all(word in called for word in words)
    ]
    counts = _count_values(name, kept, live)
    choice = query.filters.choices.get(name, Choice())
    return find_in_facet(name, column, counts, wanted, choice, _labels_of(name, live))


def histogram(answer: Answer, query: Query, live: LiveIndex, interval: Interval | None) -> Facet:
    """Count the hits by day, month or year, without the filter by dates."""
    kept = filter_found(answer.found, query.filters, live, without="date")
    return make_histogram(_count_dates(kept, live, interval), query.filters.dates)


def matrix(name: str, answer: Answer, query: Query, live: LiveIndex, rows: int) -> Matrix:
    """Count the hits by a facet's most frequent values and by month."""
    column, chosen = live.source.facet(name), query.filters.dates
    return count_matrix(name, column, live.source.dates, answer.docs, rows, chosen)


def _count(name: str, answer: Answer, query: Query, live: LiveIndex) -> Facet:
    if name == "date":
        return histogram(answer, query, live, None)
    kept = filter_found(answer.found, query.filters, live, without=name)
    choice = query.filters.choices.get(name, Choice())
    counts = _count_values(name, kept, live)
    return make_facet(name, live.source.facet(name), counts, choice, _labels_of(name, live))


def _count_values(name: str, found: Found, live: LiveIndex) -> Counts:
    column = live.source.facet(name)
    if not _is_kept(found, live):
        return column.count(found.docs, MAX_BUCKETS)
    key = ("counts", name, found.key)
    return live.source.keep_count(key, lambda: column.count(found.docs, MAX_BUCKETS))


def _count_dates(found: Found, live: LiveIndex, interval: Interval | None) -> Histogram:
    dates = live.source.dates
    if not _is_kept(found, live):
        return dates.count(found.docs, interval)
    key = ("histogram", interval, found.key)
    return live.source.keep_count(key, lambda: dates.count(found.docs, interval))


def _is_kept(found: Found, live: LiveIndex) -> bool:
    return found.key is not None and found.docs.size >= live.size * _KEPT_SHARE


def _name(docs: Docs, found: Found) -> Found:
    """Give a set under the name of what was found, where no filter took anything away."""
    return found if docs is found.docs else Found(docs)


def _labels_of(name: str, live: LiveIndex) -> LabelOf:
    match name:
        case "actor":
            return live.actor_name
        case "document":
            return live.title
        case _:
            return lambda _: ""


def _note_unknown_values(query: Query, live: LiveIndex) -> Iterator[Note]:
    """Say which values that are asked for no passage of the whole index has."""
    asked = [(name, v) for name, choice in query.filters.choices.items() for v in choice.include]
    asked += [(field.field, field.value) for field in list_fields(query.root)]
    for name, value in dict.fromkeys(asked):
        is_value = name in _KEYWORDS and value != MISSING
        if is_value and not live.source.facet(name).docs_of(value).size:
            yield Note("unknown_value", (name, value))
