"""The vectorised evaluator against two oracles: plain loops over tokens, and stock Whoosh."""

import random
from collections.abc import Iterator
from functools import cache
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_documents import make_document, source_of

from corpus.document import Passage
from index.analysis import Token, analyse_text
from index.open_index import OpenIndex, open_index
from index.whoosh_index import update_index
from search.evaluate import evaluate
from search.live import LiveIndex
from search.query import And, Forms, Near, Node, Not, Or, Term
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


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveIndex]:
    """Index in three segments, with a document replaced and one removed."""
    directory: Path = tmp_path_factory.mktemp("oracle") / "index"
    rng = random.Random(20311)
    for number in range(3):
        document = make_document(f"d{number}", *dict.fromkeys(write_text(rng) for _ in range(40)))
        update_index(directory, added=[(source_of(document), document)])
    changed = make_document("d1", *dict.fromkeys(write_text(rng) for _ in range(30)))
    update_index(directory, added=[(source_of(changed), changed)])
    update_index(directory, removed=["d0"])
    opened = open_index(directory)
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
    for doc, score in zip(expected, found.scores, strict=True):
        assert isclose(score, oracle.score(node, doc), rel_tol=1e-9, abs_tol=1e-12)


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
        expected = sorted(searcher.docs_for_query(query))
    assert evaluate(query, live.source).docs.tolist() == expected
