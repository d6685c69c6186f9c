"""Whoosh query trees executed on arrays: one function a query class.

`evaluate` finds the documents of a query and scores them; `holds` tells which of some
documents a query holds for, which is cheaper for filters once words have narrowed the
choice. Nothing here loops over documents in Python.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import reduce, singledispatch

import numpy as np
from whoosh import query as wq

from search.docsets import (
    Docs,
    Ints,
    Mask,
    Scores,
    add_dense,
    add_sparse,
    contains,
    intersect,
    is_much_smaller,
    search,
    spread,
    where,
)
from search.phrases import find_adjacent, find_within
from search.postings import PostingSource, Words
from search.scoring import idf
from search.whoosh_queries import Alternatives

# From this share of all documents on, a word's scores are also kept as one per document.
_FREQUENT_SHARE = 1 / 16
# From this share on, a union adds up arrays with a place for every document.
_DENSE_SHARE = 1 / 8


@dataclass(frozen=True, slots=True)
class Found:
    """Live documents, rising, and a score for each; `scores` is None where all are zero.

    `key` names a set that is kept in the cache of its generation: a single word, everything.
    """

    docs: Docs
    scores: Scores | None = None
    key: Hashable = None

    def score_of(self, docs: Docs) -> Scores:
        """Give the scores of some documents, rising; zero for those that are not found."""
        if self.scores is None or not self.docs.size:
            return np.zeros(docs.size, dtype=np.float32)
        at = search(self.docs, docs)
        return np.where(np.take(self.docs, at) == docs, np.take(self.scores, at), np.float32(0))

    def all_scores(self) -> Scores:
        return np.zeros(self.docs.size, dtype=np.float32) if self.scores is None else self.scores


EVERYTHING = "everything"


@singledispatch
def evaluate(query: wq.Query, source: PostingSource) -> Found:
    """Give the live documents that match a query.

    Raises: TypeError for a query class that has no evaluator.
    """
    raise TypeError(f"no evaluator for {type(query).__name__}")


@evaluate.register
def _(query: wq.Every, source: PostingSource) -> Found:
    if query.fieldname:
        return Found(where(source.facet(query.fieldname).valued()))
    return Found(source.live_docs, key=EVERYTHING)


@evaluate.register
def _(query: wq.Term, source: PostingSource) -> Found:
    return Found(source.facet(query.fieldname).docs_of(query.text))


@evaluate.register
def _(query: wq.NumericRange, source: PostingSource) -> Found:
    return Found(source.live_docs[holds(query, source.live_docs, source)])


@evaluate.register
def _(query: wq.Not, source: PostingSource) -> Found:
    return Found(source.live_docs[holds(query, source.live_docs, source)])


@evaluate.register
def _(query: Alternatives, source: PostingSource) -> Found:
    words = source.keep(query, lambda: _score_words(query, source))
    return Found(words.docs, words.scores, key=query)


@evaluate.register
def _(query: wq.Sequence, source: PostingSource) -> Found:
    """Score a phrase as one word: its occurrences for tf, the sum of its words' idf."""
    words = list(query.subqueries)
    field = words[0].fieldname
    unions = [source.union(field, word.texts) for word in words]
    by_size = sorted((union.docs for union in unions), key=len)
    docs = reduce(lambda some, others: intersect(some, others, source.size), by_size)
    if not docs.size:
        return Found(docs)
    places = [source.places(field, word.texts, docs) for word in words]
    adjacent = query.ordered and query.slop == 1
    held = find_adjacent(places) if adjacent else find_within(places, query.slop)
    docs, tf = source.count_places(held)
    weight = query.boost * sum(idf(union.docs.size, source.doc_count) for union in unions)
    return Found(docs, source.score_counts(docs, tf, field, weight))


@evaluate.register
def _(query: wq.And, source: PostingSource) -> Found:
    late = [child for child in query.subqueries if _is_column(child)]
    parts = [evaluate(child, source) for child in query.subqueries if not _is_column(child)]
    if not parts:
        # The narrowest value first; what cannot be estimated is only tested.
        late.sort(key=lambda child: _estimate(child, source))
        parts = [evaluate(late.pop(0) if late else wq.Every(), source)]
    parts.sort(key=lambda part: part.docs.size)
    found = reduce(lambda some, other: _join(some, other, source), parts)
    for child in late:
        if isinstance(child, wq.Every) and not child.fieldname:
            continue
        held = holds(child, found.docs, source)
        scores = None if found.scores is None else found.scores[held]
        found = Found(found.docs[held], scores)
    return found


@evaluate.register
def _(query: wq.Or, source: PostingSource) -> Found:
    parts = [evaluate(child, source) for child in query.subqueries]
    parts = [part for part in parts if part.docs.size]
    if len(parts) == 1 and query.minmatch <= 1:
        return parts[0]
    docs, scores, held = _add(parts, source)
    if query.minmatch > 1:
        enough = held >= query.minmatch
        docs, scores = docs[enough], scores[enough]
    scored = any(part.scores is not None for part in parts)
    return Found(docs, scores if scored else None)


@evaluate.register
def _(query: wq.AndMaybe, source: PostingSource) -> Found:
    if isinstance(query.a, Alternatives) and isinstance(query.b, Alternatives):
        key = (query.a, query.b)
        words = source.keep(key, lambda: _score_both(query, source))
        return Found(words.docs, words.scores, key=key)
    raised = _raise_scores(evaluate(query.a, source), evaluate(query.b, source), source)
    return Found(raised.docs, raised.scores)


@singledispatch
def holds(query: wq.Query, docs: Docs, source: PostingSource) -> Mask:
    """Tell for each of some documents, rising, whether a query holds for it."""
    return contains(evaluate(query, source).docs, docs, source.size)


@holds.register
def _(query: wq.Every, docs: Docs, source: PostingSource) -> Mask:
    if query.fieldname:
        return np.take(source.facet(query.fieldname).valued(), docs)
    return np.ones(docs.size, dtype=np.bool_)


@holds.register
def _(query: wq.NumericRange, docs: Docs, source: PostingSource) -> Mask:
    # Ordinals of days begin at 1; 0 marks a passage without a date.
    numbers = np.take(source.numbers(query.fieldname), docs)
    held: Mask = numbers > 0
    if query.start is not None:
        held &= numbers >= query.start
    if query.end is not None:
        held &= numbers <= query.end
    return held


@holds.register
def _(query: wq.Not, docs: Docs, source: PostingSource) -> Mask:
    return ~holds(query.query, docs, source)


@holds.register
def _(query: wq.And, docs: Docs, source: PostingSource) -> Mask:
    masks = (holds(child, docs, source) for child in query.subqueries)
    return reduce(np.logical_and, masks, np.ones(docs.size, dtype=np.bool_))


@holds.register
def _(query: wq.Or, docs: Docs, source: PostingSource) -> Mask:
    if query.minmatch > 1:
        return contains(evaluate(query, source).docs, docs, source.size)
    masks = (holds(child, docs, source) for child in query.subqueries)
    return reduce(np.logical_or, masks, np.zeros(docs.size, dtype=np.bool_))


def _is_column(query: wq.Query) -> bool:
    """Tell what narrows without a score, and is better tested than found."""
    if isinstance(query, wq.And | wq.Or) and getattr(query, "minmatch", 0) <= 1:
        return all(_is_column(child) for child in query.subqueries)
    return isinstance(query, wq.Term | wq.NumericRange | wq.Every | wq.Not)


def _estimate(query: wq.Query, source: PostingSource) -> int:
    if isinstance(query, wq.Term):
        return int(source.facet(query.fieldname).docs_of(query.text).size)
    if isinstance(query, wq.Or):
        return sum(_estimate(child, source) for child in query.subqueries)
    if isinstance(query, wq.And):
        return min((_estimate(child, source) for child in query.subqueries), default=source.size)
    return source.size


def _score_words(query: Alternatives, source: PostingSource) -> Words:
    postings = source.merge(query.fieldname, query.texts)
    weight = query.boost * idf(postings.docs.size, source.doc_count)
    return Words(postings.docs, source.score(postings, query.fieldname, weight))


def _score_both(query: wq.AndMaybe, source: PostingSource) -> Words:
    required, optional = _score_words(query.a, source), _score_words(query.b, source)
    return _raise_scores(
        Found(required.docs, required.scores), Found(optional.docs, optional.scores), source
    )


def _raise_scores(required: Found, optional: Found, source: PostingSource) -> Words:
    """Give what is required, with what is optional added to the scores."""
    scores = required.all_scores()
    if not optional.docs.size or not required.docs.size:
        return Words(required.docs, scores)
    if is_much_smaller(optional.docs, required.docs):
        at = search(required.docs, optional.docs)
        held = np.take(required.docs, at) == optional.docs
        scores = scores.copy()
        scores[at[held]] += optional.all_scores()[held]
        return Words(required.docs, scores)
    dense = spread(optional.docs, optional.all_scores(), source.size)
    return Words(required.docs, scores + np.take(dense, required.docs))


def _join(some: Found, other: Found, source: PostingSource) -> Found:
    """Give the documents of both, with the sum of their scores; `some` has fewer."""
    docs = some.docs
    if other.key == EVERYTHING:
        return some
    if other.scores is None:
        held = contains(other.docs, docs, source.size)
        return Found(docs[held], None if some.scores is None else some.scores[held])
    if is_much_smaller(docs, other.docs) and not _is_frequent(other, source):
        at = search(other.docs, docs)
        held = np.take(other.docs, at) == docs
        scores = np.take(other.scores, at[held])
    elif other.key is not None:
        # Every document of a word has a score above zero.
        gathered = np.take(_spread(other, source), docs)
        held = gathered > 0
        scores = gathered[held]
    else:
        held = contains(other.docs, docs, source.size)
        scores = np.take(_spread(other, source), docs[held])
    if some.scores is not None:
        scores = scores + some.scores[held]
    return Found(docs[held], scores)


def _is_frequent(found: Found, source: PostingSource) -> bool:
    return found.key is not None and found.docs.size >= source.size * _FREQUENT_SHARE


def _spread(found: Found, source: PostingSource) -> Scores:
    def make() -> Scores:
        return spread(found.docs, found.all_scores(), source.size)

    return source.keep(("dense", found.key), make) if _is_frequent(found, source) else make()


def _add(parts: Sequence[Found], source: PostingSource) -> tuple[Docs, Scores, Ints]:
    pairs = [(part.docs, part.all_scores()) for part in parts]
    if sum(part.docs.size for part in parts) > source.size * _DENSE_SHARE:
        return add_dense(pairs, source.size)
    return add_sparse(pairs)
