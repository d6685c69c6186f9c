"""Query classes of stock Whoosh on our evaluator, as any Whoosh program makes them."""

from datetime import datetime
from itertools import combinations
from math import isclose

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_index import WORDS, words
from whoosh import query as wq
from whoosh_oracle import assert_query_is_whooshs, drop_deleted, score_with_whoosh

from search.evaluate import evaluate
from search.live import LiveIndex


def test_words_however_far_apart_are_within_any_distance(live: LiveIndex) -> None:
    terms = [wq.Term("exact", form) for form in ("zamek", "mam")]
    found = evaluate(wq.Sequence(terms, slop=1 << 70, ordered=False), live.source)
    assert found.docs.tolist() == evaluate(wq.And(terms), live.source).docs.tolist()


STOCK_WORDS = [wq.Term("exact", form) for form in ("zamek", "mam", "dom", "rozmowy", "i")]
STOCK_QUERIES = {
    "term": wq.Term("exact", "zamek", boost=2.5),
    "term of nothing": wq.Term("exact", "niema"),
    "value": wq.And([wq.Term("exact", "zamek"), wq.Term("pair", "JP-RU")]),
    "prefix": wq.Prefix("exact", "zam"),
    "prefix of everything": wq.Prefix("exact", ""),
    "wildcard": wq.Wildcard("exact", "?am*", boost=0.5),
    "regex": wq.Regex("exact", "m(am|ów).*"),
    "prefix of values": wq.And([wq.Term("exact", "zamek"), wq.Prefix("pair", "JP")]),
    "any of a field": wq.And([wq.Term("exact", "zamek"), wq.Every("pair")]),
    "any of a text": wq.And([wq.Term("exact", "zamek"), wq.Every("headline")]),
    "range": wq.And([wq.Term("exact", "i"), wq.NumericRange("date_start", 741_000, 741_595)]),
    "range without its ends": wq.And(
        [wq.Term("exact", "i"), wq.NumericRange("date_start", 741_581, 741_601, True, True)]
    ),
    "boosted and": wq.And(STOCK_WORDS[:2], boost=3.0),
    "boosted or": wq.Or(STOCK_WORDS[:3], boost=3.0),
    "and not": wq.AndNot(STOCK_WORDS[0], STOCK_WORDS[1]),
    "require": wq.Require(STOCK_WORDS[0], wq.Or(STOCK_WORDS[1:3])),
    "otherwise": wq.Otherwise(STOCK_WORDS[0], STOCK_WORDS[1]),
    "otherwise after all": wq.Otherwise(wq.Term("exact", "niema"), STOCK_WORDS[1]),
    "constant score": wq.Or([STOCK_WORDS[0], wq.ConstantScoreQuery(STOCK_WORDS[1], 4.0)]),
    "phrase": wq.Phrase("exact", ["i", "mam"], boost=2.0),
    "sequence of terms": wq.Sequence([STOCK_WORDS[0], wq.Prefix("exact", "mó")]),
}


@pytest.mark.parametrize("name", STOCK_QUERIES)
def test_stock_classes_score_as_in_stock_whoosh(live: LiveIndex, name: str) -> None:
    assert_query_is_whooshs(live, STOCK_QUERIES[name])


form_pairs = st.lists(st.sampled_from([w for w in WORDS if w.islower()]), min_size=2, max_size=2)


@settings(max_examples=100, deadline=None)
@given(pair=form_pairs, slop=st.integers(1, 6), ordered=st.booleans())
def test_two_words_with_slop_are_found_as_in_stock_whoosh(
    live: LiveIndex, pair: list[str], slop: int, ordered: bool
) -> None:
    # One word twice: stock Whoosh wants two places of it, the query language does not.
    assume(ordered or pair[0] != pair[1])
    terms = [wq.Term("exact", form) for form in pair]
    queries = [wq.Sequence(terms, slop=slop, ordered=ordered)]
    if ordered:
        queries.append(wq.Phrase("exact", pair, slop=slop))
    for query in queries:
        with live.index.searcher() as searcher:
            expected = drop_deleted(searcher.docs_for_query(query), live)
        assert evaluate(query, live.source).docs.tolist() == expected


@settings(max_examples=50, deadline=None)
@given(
    forms=st.lists(words.map(str.lower), min_size=3, max_size=4, unique=True),
    least=st.integers(2, 4),
)
def test_several_of_some_words_are_found_and_scored_as_in_stock_whoosh(
    live: LiveIndex, forms: list[str], least: int
) -> None:
    # Stock Whoosh takes no notice of `minmatch`: any `least` of the words, asked together.
    terms = [wq.Term("exact", form) for form in forms]
    several = [wq.And(list(some)) for some in combinations(terms, least)]
    with live.index.searcher() as searcher:
        expected = drop_deleted(searcher.docs_for_query(wq.Or(several)), live) if several else []
    scores = score_with_whoosh(wq.Or(terms), live.index)
    found = evaluate(wq.Or(terms, minmatch=least), live.source)
    assert found.docs.tolist() == expected
    for doc, score in zip(expected, found.all_scores().tolist(), strict=True):
        assert isclose(score, scores[doc], rel_tol=1e-5, abs_tol=1e-6)


@pytest.mark.parametrize(
    "query",
    [
        wq.FuzzyTerm("exact", "zamek"),
        wq.TermRange("exact", "a", "c"),
        wq.DisjunctionMax(STOCK_WORDS),
        wq.Ordered(STOCK_WORDS),
        wq.DateRange("date_start", datetime(2031, 1, 1), None),
        wq.And([STOCK_WORDS[0], wq.DateRange("date_start", datetime(2031, 1, 1), None)]),
        wq.Or(STOCK_WORDS, scale=0.5),
        wq.Sequence([STOCK_WORDS[0], wq.Or(STOCK_WORDS)]),
        wq.Sequence([STOCK_WORDS[0], wq.Term("headline", "zamek")]),
        wq.SpanFirst(STOCK_WORDS[0]),
    ],
    ids=lambda query: type(query).__name__,
)
def test_what_has_no_evaluator_is_refused(live: LiveIndex, query: wq.Query) -> None:
    with pytest.raises(TypeError, match="no evaluator for"):
        evaluate(query, live.source)
