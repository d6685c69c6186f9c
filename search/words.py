"""What scores as one word: any of several index terms, a phrase, a word and its headline."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from whoosh import query as wq
from whoosh.query.terms import PatternQuery

from search.docsets import Docs, Ints, locate
from search.phrases import Places, find_adjacent, find_in_order, find_within
from search.postings import PostingSource, Words
from search.scoring import idf
from search.whoosh_queries import Alternatives, Synonyms


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
    # Forms as spelt and words in any inflection stand at the same positions of a text.
    field = words[0].fieldname
    if len({"text" if word.fieldname == "exact" else word.fieldname for word in words}) > 1:
        raise TypeError("no evaluator for a sequence over several fields")
    bits = _position_bits([query], {word.fieldname for word in words}, source)
    docs, tf = _count_places(_find_phrase(words, query, bits, source), bits, source)
    frequencies = [source.frequency(word.fieldname, word.texts) for word in words]
    weight = query.boost * sum(idf(frequency, source.doc_count) for frequency in frequencies)
    return Words(docs, source.score_counts(docs, tf, field, weight))


def score_synonyms(query: Synonyms, source: PostingSource) -> Words:
    """Score words and phrases that mean the same as one word: tf and df are of their union.

    Where two of them begin at one place, it counts once.
    """
    field = query.field()
    bits = _position_bits(query.subqueries, {field}, source)
    places = [_find_begins(child, bits, source) for child in query.subqueries]
    docs, tf = _count_places(np.unique(np.concatenate(places)), bits, source)
    weight = query.boost * idf(docs.size, source.doc_count)
    return Words(docs, source.score_counts(docs, tf, field, weight))


def _find_begins(query: wq.Query, bits: int, source: PostingSource) -> Places:
    """Give where each occurrence of a word or a phrase begins."""
    if not isinstance(query, wq.Sequence):
        word = as_word(query, source)
        return source.places(word.fieldname, word.texts, bits)
    words = [as_word(child, source) for child in query.subqueries]
    found = _find_phrase(words, query, bits, source)
    # Words in any order are found by the first of them, others by the last.
    return found - found.dtype.type(len(words) - 1) if query.ordered else found


def _find_phrase(
    words: Sequence[Alternatives], query: wq.Sequence, bits: int, source: PostingSource
) -> Places:
    slop = min(query.slop, _last_position({word.fieldname for word in words}, source))
    places = [source.places(word.fieldname, word.texts, bits) for word in words]
    if not query.ordered:
        return find_within(places, slop, bits)
    return find_in_order(places, slop, bits) if query.slop > 1 else find_adjacent(places)


def _last_position(fields: Iterable[str], source: PostingSource) -> int:
    return max(source.last_position(field) for field in fields)


def _position_bits(
    queries: Sequence[wq.Query], fields: Iterable[str], source: PostingSource
) -> int:
    """Give the bits of a position that any of some phrases may be moved by its length."""
    last = _last_position(fields, source)
    phrases = [query for query in queries if isinstance(query, wq.Sequence)]
    moved = [max(min(each.slop, last), len(each.subqueries)) for each in phrases]
    return (last + max(moved, default=0)).bit_length()


def _count_places(places: Places, bits: int, source: PostingSource) -> tuple[Docs, Ints]:
    """Give the live documents of some places, and how many each has."""
    docs, tf = np.unique(places >> places.dtype.type(bits), return_counts=True)
    docs = docs.astype(np.uint32)
    if source.whole:
        return docs, tf
    alive = np.take(source.live, docs)
    return docs[alive], tf[alive]


def raise_scores(required: Words, optional: Words, source: PostingSource) -> Words:
    """Give what is required, with what is optional added to the scores."""
    if not optional.docs.size or not required.docs.size:
        return required
    at, held = locate(required.docs, optional.docs, source.size)
    scores = required.scores.copy()
    scores[at] += optional.scores[held]
    return Words(required.docs, scores)
