"""What scores as one word: any of several index terms, a phrase, a word and its headline."""

import re
from collections.abc import Sequence

import numpy as np
from whoosh import query as wq
from whoosh.query.terms import PatternQuery

from search.docsets import locate
from search.phrases import find_adjacent, find_in_order, find_within
from search.postings import PostingSource, Words
from search.scoring import idf
from search.whoosh_queries import Alternatives


def as_word(query: wq.Query, source: PostingSource) -> Alternatives:
    """Give the index terms that a query for one word stands for.

    Raises: TypeError for other queries.
    """
    match query:
        case Alternatives():
            return query
        case wq.Term():
            texts: Sequence[str] = (query.text,)
        case wq.Prefix():
            texts = source.terms(query.fieldname, query.text)
        case PatternQuery():
            # Whoosh's own patterns, so that they mean what they mean there.
            begin = query._find_prefix(query.text)
            matches = re.compile(query._get_pattern()).match
            texts = [text for text in source.terms(query.fieldname, begin) if matches(text)]
        case _:
            raise TypeError(f"no evaluator for {type(query).__name__} in a sequence")
    return Alternatives(query.fieldname, tuple(texts), query.boost)


def score_word(query: Alternatives, source: PostingSource) -> Words:
    """Score any of several index terms: tf and df are those of their union."""
    postings = source.merge(query.fieldname, query.texts)
    weight = query.boost * idf(postings.docs.size, source.doc_count)
    return Words(postings.docs, source.score(postings, query.fieldname, weight))


def score_both(query: wq.AndMaybe, source: PostingSource) -> Words:
    """Score a word, raised by another where that stands too."""
    return raise_scores(score_word(query.a, source), score_word(query.b, source), source)


def score_phrase(query: wq.Sequence, source: PostingSource) -> Words:
    """Score a phrase as one word: its occurrences for tf, the sum of its words' idf."""
    words = [as_word(child, source) for child in query.subqueries]
    field = words[0].fieldname
    if any(word.fieldname != field for word in words):
        raise TypeError("no evaluator for a sequence over several fields")
    last = source.last_position(field)
    slop = min(query.slop, last)
    bits = (last + max(slop, len(words))).bit_length()
    places = [source.places(field, word.texts, bits) for word in words]
    if not query.ordered:
        found = find_within(places, slop, bits)
    elif query.slop > 1:
        found = find_in_order(places, slop, bits)
    else:
        found = find_adjacent(places)
    docs, tf = np.unique(found >> found.dtype.type(bits), return_counts=True)
    docs = docs.astype(np.uint32)
    if not source.whole:
        alive = np.take(source.live, docs)
        docs, tf = docs[alive], tf[alive]
    frequencies = [source.frequency(field, word.texts) for word in words]
    weight = query.boost * sum(idf(frequency, source.doc_count) for frequency in frequencies)
    return Words(docs, source.score_counts(docs, tf, field, weight))


def raise_scores(required: Words, optional: Words, source: PostingSource) -> Words:
    """Give what is required, with what is optional added to the scores."""
    if not optional.docs.size or not required.docs.size:
        return required
    at, held = locate(required.docs, optional.docs, source.size)
    scores = required.scores.copy()
    scores[at] += optional.scores[held]
    return Words(required.docs, scores)
