"""Whoosh query trees executed on arrays: one function a query class.

Every function answers with the documents that match and their scores. Nothing here
loops over documents in Python.
"""

from dataclasses import dataclass
from functools import reduce, singledispatch

import numpy as np
from whoosh import query as wq

from search.postings import Floats, Ints, Postings, PostingSource, pack, unpack_docs
from search.scoring import bm25, idf
from search.whoosh_queries import Alternatives


@dataclass(frozen=True, slots=True)
class Scored:
    """Documents in rising order, without repeats, and a score for each."""

    docs: Ints
    scores: Floats


def evaluate(query: wq.Query, source: PostingSource) -> Scored:
    """Give the live documents that match a query.

    Raises: TypeError for a query class that has no evaluator.
    """
    found = _evaluate(query, source)
    alive = source.live[found.docs]
    return found if alive.all() else Scored(found.docs[alive], found.scores[alive])


@singledispatch
def _evaluate(query: wq.Query, source: PostingSource) -> Scored:
    raise TypeError(f"no evaluator for {type(query).__name__}")


@_evaluate.register
def _(query: wq.Every, source: PostingSource) -> Scored:
    if query.fieldname:
        return _unscored(np.unique(source.facet(query.fieldname).docs))
    return _unscored(np.flatnonzero(source.live))


@_evaluate.register
def _(query: wq.Term, source: PostingSource) -> Scored:
    return _unscored(source.facet(query.fieldname).docs_of(query.text))


@_evaluate.register
def _(query: wq.NumericRange, source: PostingSource) -> Scored:
    numbers = source.numbers(query.fieldname)
    held = numbers.present.copy()
    if query.start is not None:
        held &= numbers.values >= query.start
    if query.end is not None:
        held &= numbers.values <= query.end
    return _unscored(np.flatnonzero(held))


@_evaluate.register
def _(query: Alternatives, source: PostingSource) -> Scored:
    postings = source.union(query.fieldname, query.texts)
    weight = query.boost * idf(postings.docs.size, source.doc_count)
    return Scored(postings.docs, _bm25(postings.docs, postings.tf, query.fieldname, weight, source))


@_evaluate.register
def _(query: wq.Sequence, source: PostingSource) -> Scored:
    """Score a phrase as one word: its occurrences for tf, the sum of its words' idf."""
    words = list(query.subqueries)
    unions = [source.union(word.fieldname, word.texts) for word in words]
    places = _adjacent(unions) if query.ordered and query.slop == 1 else _within(unions, query.slop)
    docs, tf = np.unique(unpack_docs(places), return_counts=True)
    weight = query.boost * sum(idf(union.docs.size, source.doc_count) for union in unions)
    return Scored(docs, _bm25(docs, tf.astype(np.float64), words[0].fieldname, weight, source))


@_evaluate.register
def _(query: wq.And, source: PostingSource) -> Scored:
    positive = [q for q in query.subqueries if not isinstance(q, wq.Not)]
    negative = [q.query for q in query.subqueries if isinstance(q, wq.Not)]
    parts = [_evaluate(q, source) for q in positive] or [_evaluate(wq.Every(), source)]
    docs = reduce(_intersect, (part.docs for part in sorted(parts, key=lambda p: p.docs.size)))
    for excluded in negative:
        docs = np.setdiff1d(docs, _evaluate(excluded, source).docs, assume_unique=True)
    scores = np.zeros(docs.size)
    for part in parts:
        scores += part.scores[np.searchsorted(part.docs, docs)]
    return Scored(docs, scores)


@_evaluate.register
def _(query: wq.Or, source: PostingSource) -> Scored:
    parts = [_evaluate(q, source) for q in query.subqueries]
    docs, owner = np.unique(np.concatenate([part.docs for part in parts]), return_inverse=True)
    scores = np.bincount(
        owner, weights=np.concatenate([part.scores for part in parts]), minlength=docs.size
    )
    if query.minmatch > 1:
        enough = np.bincount(owner, minlength=docs.size) >= query.minmatch
        docs, scores = docs[enough], scores[enough]
    return Scored(docs, scores.astype(np.float64))


@_evaluate.register
def _(query: wq.Not, source: PostingSource) -> Scored:
    every = np.flatnonzero(source.live)
    return _unscored(np.setdiff1d(every, _evaluate(query.query, source).docs, assume_unique=True))


@_evaluate.register
def _(query: wq.AndMaybe, source: PostingSource) -> Scored:
    required, optional = _evaluate(query.a, source), _evaluate(query.b, source)
    scores = required.scores.copy()
    _, at, other = np.intersect1d(
        required.docs, optional.docs, assume_unique=True, return_indices=True
    )
    scores[at] += optional.scores[other]
    return Scored(required.docs, scores)


def _unscored(docs: Ints) -> Scored:
    return Scored(docs, np.zeros(docs.size))


def _intersect(some: Ints, others: Ints) -> Ints:
    return np.intersect1d(some, others, assume_unique=True)


def _bm25(docs: Ints, tf: Floats, field: str, weight: float, source: PostingSource) -> Floats:
    return bm25(tf, source.lengths(field)[docs], source.mean_length(field), weight)


def _adjacent(unions: list[Postings]) -> Ints:
    """Give the places where each word stands right behind the one before it."""
    starts = (union.places - offset for offset, union in enumerate(unions))
    return reduce(_intersect, starts)


def _within(unions: list[Postings], slop: int) -> Ints:
    """Give the places of the first word that have every other word at most `slop` away.

    Both directions count: `"japonia rosja"~5` also finds Rosja before Japonia.
    """
    first, *others = (union.places for union in unions)
    held = np.ones(first.size, dtype=np.bool_)
    for places in others:
        docs = unpack_docs(first)
        low = np.maximum(first - slop, pack(docs, np.zeros_like(docs)))
        begin = np.searchsorted(places, low, side="left")
        end = np.searchsorted(places, first + slop, side="right")
        held &= end > begin
    return first[held]
