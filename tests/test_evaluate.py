"""The vectorised evaluator against two oracles: plain loops over tokens, and stock Whoosh."""

import random
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import combinations
from math import isclose
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from small_documents import make_document, source_of, vary_metadata
from whoosh import query as wq
from whoosh_oracle import score_with_whoosh

from corpus.document import Document, Passage
from index.analysis import Token, analyse_text
from index.open_index import OpenIndex, open_index
from index.whoosh_index import update_index
from search.evaluate import evaluate
from search.live import LiveIndex
from search.query import All, And, Field, Forms, Near, Node, Not, Or, Term
from search.scoring import K1, B, idf
from search.translate import HEADLINE_BOOST, translate

# fmt: off
WORDS = (
    "rząd", "rządu", "rządem", "zamek", "zamku", "zamka", "Zamek", "mówić", "mówi", "mam", "mama",
    "mamy", "dom", "domu", "domem", "rozmowa", "rozmowy", "rozmów", "umowa", "umów", "umowy",
    "Seul", "Seulu", "i", "w", "z", "na", "Tokunaga", "Tokunagi",
)
# fmt: on


def write_text(rng: random.Random) -> str:
    # A skewed choice, so that some words stand nearly everywhere and some hardly ever.
    chosen = [
        WORDS[min(int(rng.expovariate(0.12)), len(WORDS) - 1)] for _ in range(rng.randint(3, 40))
    ]
    chosen.insert(rng.randint(1, len(chosen)), "koniec.")
    return " ".join(chosen)


def make_random_document(document_id: str, passages: int, rng: random.Random) -> Document:
    texts = dict.fromkeys(write_text(rng) for _ in range(passages))
    return vary_metadata(make_document(document_id, *texts), rng)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveIndex]:
    """Index in several segments, the first of which is partly deleted."""
    directory: Path = tmp_path_factory.mktemp("oracle") / "index"
    rng = random.Random(20311)
    first = [make_random_document(f"d{number}", 40, rng) for number in range(2)]
    update_index(directory, added=[(source_of(document), document) for document in first])
    document = make_random_document("d2", 40, rng)
    update_index(directory, added=[(source_of(document), document)])
    changed = make_random_document("d1", 30, rng)
    update_index(directory, added=[(source_of(changed), changed)])
    opened = open_index(directory)
    assert any(segment.deleted.size for segment in opened.segments)
    yield LiveIndex(opened)
    opened.close()


@cache
def keys_of_word(word: str) -> tuple[str, ...]:
    return analyse_text(word)[0].keys


def make_term(word: str) -> Term:
    return Term(word, keys_of_word(word))


words = st.sampled_from(WORDS)
terms = words.map(make_term)
forms = st.lists(words, min_size=1, max_size=3).map(lambda w: Forms(w[0], tuple(sorted(set(w)))))
phrases = st.builds(
    lambda first, second, rest, slop: Near((first, second, *rest), slop),
    terms,
    terms,
    st.lists(terms, max_size=1),
    st.integers(0, 4),
)
leaves = terms | forms | phrases
trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda children: (
        st.lists(children, min_size=2, max_size=3).map(lambda c: And(tuple(c)))
        | st.lists(children, min_size=2, max_size=3).map(lambda c: Or(tuple(c)))
        | children.map(Not)
    ),
    max_leaves=5,
)


def headline_tokens(passage: Passage) -> list[Token]:
    start, end = passage.headline_span
    return [token for token in analyse_text(passage.text) if start <= token.start < end]


class Oracle:
    """The same collection as lists of tokens, one passage at a time."""

    def __init__(self, live: LiveIndex) -> None:
        index: OpenIndex = live.index
        self.docs = [int(doc) for doc in live.source.live.nonzero()[0]]
        self.tokens = {d: analyse_text(live.passage_at(d).text) for d in self.docs}
        self.headlines = {d: headline_tokens(live.passage_at(d)) for d in self.docs}
        self.length = {
            field: {d: index.reader.doc_field_length(d, field) for d in self.docs}
            for field in ("text", "headline", "exact")
        }

    def matches(self, node: Node, doc: int) -> bool:
        match node:
            case Term() | Forms():
                return any(self.meets(node, token) for token in self.tokens[doc])
            case Near():
                return bool(self.occurrences(node, doc))
            case And(children):
                return all(self.matches(child, doc) for child in children)
            case Or(children):
                return any(self.matches(child, doc) for child in children)
            case Not(child):
                return not self.matches(child, doc)
        raise AssertionError(node)

    def score(self, node: Node, doc: int) -> float:
        match node:
            case Term(keys=keys):
                inside = self.bm25(self.tokens, "text", keys, doc)
                return inside + HEADLINE_BOOST * self.bm25(self.headlines, "headline", keys, doc)
            case Forms():
                tf = sum(self.meets(node, token) for token in self.tokens[doc])
                return self.weigh(tf, self.frequency(node), "exact", doc)
            case Near(parts):
                weight = sum(idf(self.frequency(part), len(self.docs)) for part in parts)
                return self.saturate(len(self.occurrences(node, doc)), "text", doc) * weight
            case And(children) | Or(children):
                held = [c for c in children if not isinstance(c, Not) and self.matches(c, doc)]
                return sum(self.score(child, doc) for child in held)
        return 0.0

    def frequency(self, word: Term | Forms) -> int:
        return sum(any(self.meets(word, t) for t in self.tokens[d]) for d in self.docs)

    def occurrences(self, near: Near, doc: int) -> list[int]:
        tokens = self.tokens[doc]
        if not near.slop:
            return [
                at
                for at in range(len(tokens) - len(near.words) + 1)
                if all(self.meets(w, tokens[at + k]) for k, w in enumerate(near.words))
            ]
        return [
            at
            for at, token in enumerate(tokens)
            if self.meets(near.words[0], token)
            and all(
                any(self.meets(w, t) for t in tokens[max(0, at - near.slop) : at + near.slop + 1])
                for w in near.words[1:]
            )
        ]

    def bm25(self, tokens: dict, field: str, keys: tuple[str, ...], doc: int) -> float:
        def count(d: int) -> int:
            return sum(bool(set(keys) & set(token.keys)) for token in tokens[d])

        frequency = sum(count(d) > 0 for d in self.docs)
        return self.weigh(count(doc), frequency, field, doc)

    def weigh(self, tf: int, frequency: int, field: str, doc: int) -> float:
        return self.saturate(tf, field, doc) * idf(frequency, len(self.docs)) if tf else 0.0

    def saturate(self, tf: int, field: str, doc: int) -> float:
        lengths = self.length[field]
        mean = sum(lengths.values()) / len(lengths)
        return tf / (tf + K1 * (1 - B + B * lengths[doc] / mean))

    @staticmethod
    def meets(word: Term | Forms, token: object) -> bool:
        if isinstance(word, Forms):
            return token.form in word.forms  # type: ignore[attr-defined]
        return bool(set(word.keys) & set(token.keys))  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def oracle(live: LiveIndex) -> Oracle:
    return Oracle(live)


@settings(max_examples=150, deadline=None)
@given(node=trees)
def test_same_passages_and_scores_as_plain_loops(
    live: LiveIndex, oracle: Oracle, node: Node
) -> None:
    found = evaluate(translate(node, live.index.lexicon.classes_of), live.source)
    expected = [doc for doc in oracle.docs if oracle.matches(node, doc)]
    assert found.docs.tolist() == expected
    for doc, score in zip(expected, found.all_scores().tolist(), strict=True):
        assert isclose(score, oracle.score(node, doc), rel_tol=1e-5, abs_tol=1e-6)


def drop_deleted(docs: Iterable[int], live: LiveIndex) -> list[int]:
    """Leave out deleted documents, which stock Whoosh lets through nested exclusions."""
    reader = live.index.reader
    return sorted(doc for doc in docs if not reader.is_deleted(doc))


def has_wide_phrase(node: Node) -> bool:
    """Tell what stock Whoosh means differently: distances inside unordered sequences."""
    match node:
        case Near(_, slop):
            return slop > 0
        case And(children) | Or(children):
            return any(has_wide_phrase(child) for child in children)
        case Not(child):
            return has_wide_phrase(child)
    return False


@settings(max_examples=150, deadline=None)
@given(node=trees.filter(lambda node: not has_wide_phrase(node)))
def test_same_passages_as_stock_whoosh(live: LiveIndex, node: Node) -> None:
    query = translate(node, live.index.lexicon.classes_of)
    with live.index.searcher() as searcher:
        expected = drop_deleted(searcher.docs_for_query(query), live)
    assert evaluate(query, live.source).docs.tolist() == expected


fields = st.sampled_from(
    [
        Field("pair", "JP-RU"),
        Field("pair", "none"),
        Field("pair", "AA-ZZ"),
        Field("kind", "comment"),
        Field("date", "2031-05-01..2031-05-20"),
        Field("date", "none"),
    ]
)
optional_terms = words.map(lambda word: Term(word, keys_of_word(word), optional=True))
ranked_trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda children: (
        st.tuples(children, st.lists(children | fields | optional_terms, max_size=3)).map(
            lambda drawn: And((drawn[0], *drawn[1]))
        )
        | st.lists(children | fields, min_size=2, max_size=3).map(lambda c: Or(tuple(c)))
        | children.map(Not)
        | fields.map(Not)
    ),
    max_leaves=5,
)


def assert_same_as_whoosh(live: LiveIndex, node: Node) -> None:
    assert_query_is_whooshs(live, translate(node, live.index.lexicon.classes_of))


def assert_query_is_whooshs(live: LiveIndex, query: wq.Query) -> None:
    expected = score_with_whoosh(query, live.index)
    found = evaluate(query, live.source)
    assert found.docs.tolist() == drop_deleted(expected, live)
    for doc, score in zip(found.docs.tolist(), found.all_scores().tolist(), strict=True):
        assert isclose(score, expected[doc], rel_tol=1e-5, abs_tol=1e-6)


@settings(max_examples=150, deadline=None)
@given(node=ranked_trees.filter(lambda node: not has_wide_phrase(node)))
def test_same_scores_as_stock_whoosh(live: LiveIndex, node: Node) -> None:
    assert_same_as_whoosh(live, node)


@settings(max_examples=60, deadline=None)
@given(
    node=fields
    | fields.map(Not)
    | st.lists(fields, min_size=1, max_size=3).map(lambda f: And(tuple(f)))
)
def test_fields_alone_find_what_stock_whoosh_finds(live: LiveIndex, node: Node) -> None:
    query = translate(And((node, All())), live.index.lexicon.classes_of)
    with live.index.searcher() as searcher:
        expected = drop_deleted(searcher.docs_for_query(query), live)
    assert evaluate(query, live.source).docs.tolist() == expected


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("changes", [2, 20])
def test_same_as_stock_whoosh_after_random_changes(tmp_path: Path, seed: int, changes: int) -> None:
    rng = random.Random(seed)
    directory = tmp_path / "index"
    names = [f"d{number}" for number in range(8)]
    # Together in one segment, of which later changes delete a part.
    first = [make_random_document(name, 8, rng) for name in names]
    update_index(directory, added=[(source_of(document), document) for document in first])
    with open_index(directory) as opened:
        written = opened.segments[0].file.path.name
    for _ in range(changes):
        name = rng.choice(names)
        if rng.random() < 0.25:
            update_index(directory, removed=[name])
        else:
            document = make_random_document(name, rng.randint(1, 25), rng)
            update_index(directory, added=[(source_of(document), document)])
    opened = open_index(directory)
    live = LiveIndex(opened)
    if changes == 2:
        assert any(segment.deleted.size for segment in opened.segments)
    else:
        # A change writes one document: a later segment that has several was merged.
        later = [each for each in opened.segments if each.file.path.name != written]
        assert any(len(each.keyword_fields["document"].terms) > 1 for each in later)
    for _ in range(6):
        drawn = [make_term(rng.choice(WORDS)) for _ in range(3)]
        for node in (
            drawn[0],
            And(tuple(drawn)),
            Or(tuple(drawn)),
            Near((drawn[0], drawn[1])),
            And((drawn[0], Not(drawn[1]), Field("pair", "JP-RU"))),
        ):
            assert_same_as_whoosh(live, node)
    opened.close()


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


def test_word_that_stands_hundreds_of_times_in_one_passage(tmp_path: Path) -> None:
    document = make_document("d", "zamek " * 300 + "koniec.", "zamek i dom.", "dom.")
    update_index(tmp_path / "index", added=[(source_of(document), document)])
    opened = open_index(tmp_path / "index")
    assert_same_as_whoosh(LiveIndex(opened), make_term("zamek"))
    opened.close()
