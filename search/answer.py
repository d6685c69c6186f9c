"""A query answered by one generation: documents, scores, counts; hits are made later."""

from dataclasses import dataclass, replace

import numpy as np

from index.fields import FIELDS
from search.errors import UnknownDocument
from search.evaluate import evaluate
from search.expand import expand_query
from search.facets import count_dates, count_facet
from search.live import LiveIndex
from search.postings import Ints, Mask
from search.query import Choice, Node, Note, Query, Sort, list_fields
from search.relax import relax_query
from search.results import Bucket, Facet
from search.translate import translate
from search.values import MISSING

_FACETS = frozenset(spec.name for spec in FIELDS if spec.kind == "keyword")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query finds.

    `docs` (rising) and their `scores` have passed the filters; `matched` is the mask of
    what the text alone finds, from which each facet counts without its own filter.
    """

    docs: Ints
    scores: np.ndarray
    matched: Mask
    resolved: Node
    notes: tuple[Note, ...]
    relaxed: bool


def answer_query(query: Query, live: LiveIndex) -> Answer:
    """Find everything that matches; the best partial matches where nothing has every word."""
    expanded = expand_query(query.root, live.index.lexicon)
    classes_of = live.index.lexicon.classes_of
    allowed = live.filter_mask(query.filters)
    found = evaluate(translate(expanded.root, classes_of), live.source)
    notes = (*query.notes, *expanded.notes, *_note_unknown_values(query, live))
    relaxed = False
    if not allowed[found.docs].any():
        partial = relax_query(expanded.root, allowed, live.source, classes_of)
        if partial is not None:
            found = evaluate(partial, live.source)
            notes = (*notes, Note("relaxed", query=""))
            relaxed = True
    matched = np.zeros(live.size, dtype=np.bool_)
    matched[found.docs] = True
    held = allowed[found.docs]
    return Answer(
        docs=found.docs[held],
        scores=found.scores[held],
        matched=matched,
        resolved=expanded.root,
        notes=notes,
        relaxed=relaxed,
    )


def order_docs(answer: Answer, sort: Sort, live: LiveIndex) -> Ints:
    """Give places in `answer.docs`, best first; equals newest first, undated ones last."""
    starts = live.source.numbers("date_start")
    present = starts.present[answer.docs]
    days = np.where(present, starts.values[answer.docs], 0)
    if sort == "date":
        return np.lexsort((answer.docs, days, ~present))
    if sort == "-date":
        return np.lexsort((answer.docs, -days, ~present))
    # Rounded, so that equal words score equally whatever the order of addition was.
    return np.lexsort((answer.docs, -days, ~present, -np.round(answer.scores, 9)))


def count_facets(answer: Answer, query: Query, live: LiveIndex) -> tuple[Facet, ...]:
    """Count every facet that is asked for, each without its own filter."""
    return tuple(_count(name, answer, query, live) for name in query.facets)


def count_documents(answer: Answer, live: LiveIndex) -> int:
    """Count the distinct documents that the hits come from."""
    mask = np.zeros(live.size, dtype=np.bool_)
    mask[answer.docs] = True
    return int(np.count_nonzero(live.source.facet("document").count(mask)))


def _count(name: str, answer: Answer, query: Query, live: LiveIndex) -> Facet:
    mask = answer.matched & live.filter_mask(query.filters, without=name)
    if name == "date":
        return count_dates(live.source, mask, query.filters.dates)
    choice = query.filters.choices.get(name, Choice())
    facet = count_facet(name, live.source.facet(name), mask, choice)
    return replace(facet, buckets=tuple(_label(name, bucket, live) for bucket in facet.buckets))


def _label(name: str, bucket: Bucket, live: LiveIndex) -> Bucket:
    if name == "actor":
        actor = live.actor(bucket.value)
        return replace(bucket, label=actor.name if actor else bucket.value)
    if name == "document":
        try:
            return replace(bucket, label=live.label(bucket.value).title)
        except UnknownDocument:
            # A document chosen in the address that is not in the index keeps its id.
            return replace(bucket, label=bucket.value)
    return bucket


def _note_unknown_values(query: Query, live: LiveIndex) -> tuple[Note, ...]:
    """Say which values that are asked for no passage of the whole index has."""
    asked = [(name, v) for name, choice in query.filters.choices.items() for v in choice.include]
    asked += [(field.field, field.value) for field in list_fields(query.root)]
    return tuple(
        Note("unknown_value", (name, value))
        for name, value in dict.fromkeys(asked)
        if name in _FACETS and value != MISSING and not live.source.facet(name).docs_of(value).size
    )
