"""What a hit shows is what an analysis of its passage would show, read from the index instead."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from small_documents import make_document, source_of, vary_metadata

from corpus.document import Passage
from corpus.sentences import split_sentences
from index.open_index import OpenIndex, open_index
from index.whoosh_index import update_index
from search.hits import find_words
from search.live import LiveIndex
from search.matching import analyse_passage, find_marks, query_words
from search.query import USUAL_SNIPPETS
from search.request import build_query
from search.snippets import Window, cut_snippets, find_windows, mark_headline
from search.whoosh_engine import open_engine

MAX_CHARS = USUAL_SNIPPETS.chars
FISHING = (
    "Rosja i Japonia wznowiły rozmowy o rybołówstwie. W Moskwie spotkali się wiceministrowie.",
    "Rozmowa o statkach. Rozmowy, rozmów i rozmowom nie było końca, mówi Igor Morgulow.",
    "ROZMOWY W SEULU\nDelegacja z Korei Północnej odwiedziła Seul. KRLD zapowiada rozmowy.",
)
TRADE = (
    "Umowa handlowa. Ministrowie spraw zagranicznych Korei Południowej i Japonii podpisali umowę.",
    "Stany Zjednoczone. W Waszyngtonie o umowach rozmawiali Jan Próbny i Lee Yang-gu.",
)
ASKED = (
    "rozmowa",
    "rozmowy umowa",
    "rozmowa OR umowa",
    "krld",
    "korea północna",
    "stany zjednoczone",
    '"ministrowie spraw zagranicznych"',
    '"minister zagraniczny"~3',
    '="Morgulow"',
    "rozm*",
    "rozm* japonia",
    "waszyngton rozmowa nie",
    "",
)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index in several segments, the first of which is partly deleted."""
    built = tmp_path_factory.mktemp("hits") / "index"
    rng = Random(7)
    first = [make_document(name, *FISHING) for name in ("a", "b")]
    update_index(built, added=[(source_of(d), vary_metadata(d, rng)) for d in first])
    for document in (make_document("c", *TRADE), make_document("b", *TRADE, *FISHING[:1])):
        update_index(built, added=[(source_of(document), vary_metadata(document, rng))])
    return built


@pytest.fixture(scope="module")
def live(directory: Path) -> Iterator[LiveIndex]:
    opened: OpenIndex = open_index(directory)
    assert any(segment.deleted.size for segment in opened.segments)
    assert len(opened.segments) > 1
    with opened:
        yield LiveIndex(opened)


@pytest.mark.parametrize("text", ASKED)
def test_hits_show_what_an_analysis_of_their_passages_shows(
    directory: Path, live: LiveIndex, text: str
) -> None:
    query = build_query({"q": [text]})
    root = live.resolve(query.root).root
    engine = open_engine(directory)
    hits = engine.search(query).hits
    engine.close()
    assert hits
    for hit in hits:
        marks = find_marks(root, analyse_passage(hit.passage))
        assert hit.snippets == cut_snippets(hit.passage, marks)
        assert hit.headline_marks == mark_headline(hit.passage, marks)
        forms = {hit.passage.text[mark.start : mark.end] for mark in marks}
        assert {form for match in hit.why for form in match.forms} == forms


def test_a_passage_is_shown_for_what_is_asked_each_time(directory: Path) -> None:
    engine = open_engine(directory)
    shown = {text: engine.search(build_query({"q": [text]})).hits for text in ASKED}
    again = {text: engine.search(build_query({"q": [text]})).hits for text in reversed(ASKED)}
    engine.close()
    assert again == shown
    assert all(a is b for text in ASKED for a, b in zip(again[text], shown[text], strict=True))


def test_words_are_found_at_their_places_in_every_segment(live: LiveIndex) -> None:
    root = live.resolve(build_query({"q": ["umowa"]}).root).root
    docs = live.source.live_docs.tolist()
    words = find_words(query_words(root), docs, live.source, live.classes_of)
    for doc, found in zip(docs, words, strict=True):
        tokens = analyse_passage(live.passage_at(doc)).tokens
        expected = {token.position: token.keys for token in tokens if "l:umowa" in token.keys}
        assert found.keys_at == expected
        assert bool(found.weights["umowa"]) == bool(expected)


def test_every_actor_of_a_facet_has_its_name(live: LiveIndex) -> None:
    docs = live.source.live_docs.tolist()
    actors = {actor for doc in docs for actor in live.passage_at(doc).actors}
    assert {live.actor_name(actor.id) for actor in actors} == {actor.name for actor in actors}
    assert live.actor_name("nikt") == "nikt"


@pytest.mark.parametrize("length", [1, 2, 40])
def test_windows_are_the_longest_runs_of_whole_sentences(length: int) -> None:
    text = "Nagłówek. " + " ".join(["Statek wpłynął do portu w Gdyni.", "Nie czekał."] * length)
    [passage] = make_document("d", text).passages
    body = text.index("Statek")
    spans = [(body + start, body + end) for start, end in split_sentences(text[body:])]
    expected = [
        Window(start, max(end for _, end in spans[at:] if end - start <= MAX_CHARS), whole=True)
        for at, (start, _) in enumerate(spans)
    ]
    assert list(find_windows(passage, MAX_CHARS)) == expected


def test_a_long_sentence_is_cut_at_words() -> None:
    passage: Passage
    [passage] = make_document("d", "Tytuł. " + "wyraz " * 200).passages
    windows = list(find_windows(passage, MAX_CHARS))
    assert all(window.end - window.start <= MAX_CHARS for window in windows)
    cut = [passage.text[window.start : window.end] for window in windows]
    assert {word for window in cut[1:] for word in window.split()} == {"wyraz"}
