"""The vectorised evaluator against two oracles: plain loops over tokens, and stock Whoosh."""

import random
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_index import WORDS, keys_of_word, make_random_document, make_term, words
from small_documents import make_document, source_of
from token_oracle import Oracle
from whoosh_oracle import assert_same_as_whoosh, drop_deleted

from index.open_index import open_index
from index.whoosh_index import update_index
from search.evaluate import evaluate
from search.live import LiveIndex
from search.query import All, And, Field, Forms, Near, Node, Not, Or, Term
from search.translate import translate

terms = words.map(make_term)
forms = st.lists(words, min_size=1, max_size=3).map(lambda w: Forms(w[0], tuple(sorted(set(w)))))
phrases = st.builds(
    lambda first, second, rest, slop: Near((first, second, *rest), slop),
    terms | forms,
    terms | forms,
    st.lists(terms | forms, max_size=1),
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


def test_word_that_stands_hundreds_of_times_in_one_passage(tmp_path: Path) -> None:
    document = make_document("d", "zamek " * 300 + "koniec.", "zamek i dom.", "dom.")
    update_index(tmp_path / "index", added=[(source_of(document), document)])
    opened = open_index(tmp_path / "index")
    assert_same_as_whoosh(LiveIndex(opened), make_term("zamek"))
    opened.close()
