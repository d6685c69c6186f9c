"""Whoosh query trees executed on arrays: one function a query class.

`evaluate` finds the documents of a query and scores them; `holds` tells which of some
documents a query holds for, which is cheaper for filters once words have narrowed the
choice. Nothing here loops over documents in Python.
"""

from collections.abc import Hashable
from functools import reduce, singledispatch

import numpy as np
from whoosh import query as wq
from whoosh.query.terms import PatternQuery

from search.costs import estimate_size, is_column
from search.docsets import NO_DOCS, Docs, Mask, contains, where
from search.found import EVERYTHING, Found, add_up, join
from search.postings import PostingSource, Words
from search.whoosh_queries import Alternatives, Synonyms
from search.words import as_word, raise_scores, score_both, score_phrase, score_synonyms, score_word


@singledispatch
def evaluate(query: wq.Query, source: PostingSource) -> Found:
    """Give the live documents that match a query.

    What narrows only (fields, ranges, `Not`) scores nothing; any of several words, a
    pattern among them, scores as one word, and so does a phrase.

    Raises: TypeError for a query, or an option of one, that has no evaluator.
    """
    raise TypeError(f"no evaluator for {type(query).__name__}")


@evaluate.register(wq.Ordered)
@evaluate.register(wq.DateRange)
def _(query: wq.Query, source: PostingSource) -> Found:
    # They derive from classes that have an evaluator and mean something else.
    raise TypeError(f"no evaluator for {type(query).__name__}")


@evaluate.register
def _(query: wq.Every, source: PostingSource) -> Found:
    if query.fieldname:
        return Found(where(source.valued(query.fieldname) & source.live))
    return Found(source.live_docs, key=EVERYTHING)


@evaluate.register(type(wq.NullQuery))
def _(query: wq.Query, source: PostingSource) -> Found:
    return Found(NO_DOCS)


@evaluate.register
def _(query: wq.Term, source: PostingSource) -> Found:
    if source.is_text(query.fieldname):
        return evaluate(as_word(query, source), source)
    return Found(source.facet(query.fieldname).docs_of(query.text))


@evaluate.register
def _(query: PatternQuery, source: PostingSource) -> Found:
    word = as_word(query, source)
    if source.is_text(query.fieldname):
        return evaluate(word, source)
    held = np.zeros(source.size, dtype=np.bool_)
    for text in word.texts:
        held[source.facet(query.fieldname).docs_of(text).astype(np.intp)] = True
    return Found(where(held))


@evaluate.register
def _(query: wq.NumericRange, source: PostingSource) -> Found:
    return Found(source.live_docs[holds(query, source.live_docs, source)])


@evaluate.register
def _(query: wq.Not, source: PostingSource) -> Found:
    return Found(source.live_docs[holds(query, source.live_docs, source)])


@evaluate.register
def _(query: Alternatives, source: PostingSource) -> Found:
    words = source.keep(query, lambda: score_word(query, source))
    return Found(words.docs, words.scores, key=query)


@evaluate.register
def _(query: wq.Phrase, source: PostingSource) -> Found:
    words = [Alternatives(query.fieldname, (word,)) for word in query.words]
    return evaluate(wq.Sequence(words, slop=query.slop, boost=query.boost), source)


@evaluate.register
def _(query: wq.Sequence, source: PostingSource) -> Found:
    if not query.subqueries:
        return Found(NO_DOCS)
    key = _key_of_phrase(query)
    words = source.keep(key, lambda: score_phrase(query, source))
    return Found(words.docs, words.scores, key=key)


@evaluate.register
def _(query: Synonyms, source: PostingSource) -> Found:
    parts = [_key_of_phrase(q) if isinstance(q, wq.Sequence) else q for q in query.subqueries]
    key = ("same", tuple(parts), query.boost)
    words = source.keep(key, lambda: score_synonyms(query, source))
    return Found(words.docs, words.scores, key=key)


@evaluate.register
def _(query: wq.And, source: PostingSource) -> Found:
    late = [child for child in query.subqueries if is_column(child, source)]
    parts = [evaluate(child, source) for child in query.subqueries if not is_column(child, source)]
    if not parts:
        # The narrowest value first; what cannot be estimated is only tested.
        late.sort(key=lambda child: estimate_size(child, source))
        parts = [evaluate(late.pop(0) if late else wq.Every(), source)]
    parts.sort(key=lambda part: part.docs.size)
    found = reduce(lambda some, other: join(some, other, source), parts)
    for child in late:
        if isinstance(child, wq.Every) and not child.fieldname:
            continue
        found = found.select(holds(child, found.docs, source))
    return found.boosted(query.boost)


@evaluate.register
def _(query: wq.Or, source: PostingSource) -> Found:
    if query.scale:
        raise TypeError("no evaluator for Or with a scale")
    parts = [evaluate(child, source) for child in query.subqueries]
    parts = [part for part in parts if part.docs.size]
    if len(parts) == 1 and query.minmatch <= 1:
        return parts[0].boosted(query.boost)
    docs, scores, held = add_up(parts, source)
    scored = any(part.scores is not None for part in parts)
    found = Found(docs, scores if scored else None).boosted(query.boost)
    return found.select(held >= query.minmatch) if query.minmatch > 1 else found


@evaluate.register
def _(query: wq.AndNot, source: PostingSource) -> Found:
    return evaluate(wq.Require(query.a, wq.Not(query.b)), source)


@evaluate.register
def _(query: wq.Require, source: PostingSource) -> Found:
    found = evaluate(query.a, source)
    return found.select(holds(query.b, found.docs, source))


@evaluate.register
def _(query: wq.Otherwise, source: PostingSource) -> Found:
    found = evaluate(query.a, source)
    return found if found.docs.size else evaluate(query.b, source)


@evaluate.register
def _(query: wq.ConstantScoreQuery, source: PostingSource) -> Found:
    docs = evaluate(query.child, source).docs
    return Found(docs, np.full(docs.size, query.score, dtype=np.float32))


@evaluate.register
def _(query: wq.AndMaybe, source: PostingSource) -> Found:
    if isinstance(query.a, Alternatives) and isinstance(query.b, Alternatives):
        key = (query.a, query.b)
        words = source.keep(key, lambda: score_both(query, source))
        return Found(words.docs, words.scores, key=key)
    required, optional = (evaluate(child, source) for child in (query.a, query.b))

    def raised() -> Words:
        return raise_scores(
            Words(required.docs, required.all_scores()),
            Words(optional.docs, optional.all_scores()),
            source,
        )

    if isinstance(query.a, Synonyms) and isinstance(query.b, Synonyms):
        both = (required.key, optional.key)
        words = source.keep(both, raised)
        return Found(words.docs, words.scores, key=both)
    words = raised()
    return Found(words.docs, words.scores)


@singledispatch
def holds(query: wq.Query, docs: Docs, source: PostingSource) -> Mask:
    """Tell for each of some documents, rising, whether a query holds for it."""
    return contains(evaluate(query, source).docs, docs, source.size)


@holds.register
def _(query: wq.Every, docs: Docs, source: PostingSource) -> Mask:
    if query.fieldname:
        return np.take(source.valued(query.fieldname), docs)
    return np.ones(docs.size, dtype=np.bool_)


@holds.register
def _(query: wq.NumericRange, docs: Docs, source: PostingSource) -> Mask:
    # Ordinals of days begin at 1; 0 marks a passage without a date.
    numbers = np.take(source.numbers(query.fieldname), docs)
    held: Mask = numbers > 0
    if query.start is not None:
        held &= numbers > query.start if query.startexcl else numbers >= query.start
    if query.end is not None:
        held &= numbers < query.end if query.endexcl else numbers <= query.end
    return held


@holds.register
def _(query: wq.DateRange, docs: Docs, source: PostingSource) -> Mask:
    return contains(evaluate(query, source).docs, docs, source.size)


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


def _key_of_phrase(query: wq.Sequence) -> Hashable:
    return tuple(query.subqueries), query.slop, query.ordered, query.boost
