"""A query with one name of an actor finds the passages that have only another one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import pytest
from small_documents import make_document, source_of

from corpus.actors.alias_file import add_aliases
from corpus.document import Actor
from index.analysis import Token
from index.whoosh_index import open_index, update_index
from search.evaluate import evaluate
from search.live import LiveIndex
from search.matching import analyse_passage
from search.query import And, Near, Same
from search.request import build_query
from search.results import Results
from search.scoring import K1, B, idf
from search.synonyms import Synonyms
from search.translate import HEADLINE_BOOST
from search.whoosh_engine import WhooshEngine, open_engine
from web import create_app
from web.settings import Settings

TEXTS = (
    "Szczyt UE w Sofii odbył się bez Malty.",
    "Szczyt Unii Europejskiej w Sofii. Malta nie przyjechała.",
    "Premierzy mówili w Kairze o unii celnej.",
    "Ministerstwo Spraw Zagranicznych Norwegii wydało notę.",
    "Nota MSZ Norwegii dotyczy połowów.",
    "Rozmowa z Kim Dzong Unem nie odbyła się.",
    "Nie wiadomo, czy Kim Jong-un przyjął gości.",
    "Depesza o Zełenskim jest krótka.",
    "Volodymyr Zelensky otrzymał list.",
    "Próba nuklearna na pustyni.",
    "Próby jądrowej nie było.",
    "PO SPOTKANIU\nGoście wyjechali.",
    "Platforma Obywatelska złożyła wniosek.",
    "Wniosek złożyła PO.",
    "Ke to rzeka.",
    "Raport KE o rzekach.",
    "Nota Międzynarodowej Organizacji Pracy.",
    "Komisja Europejska wydała raport.",
    "Deklaracja ILO z maja.",
    "Odpowiedział Shinzo Abe.",
)
UNION = Actor(
    "unia-europejska", "Unia Europejska", "organisation", ("Unii Europejskiej", "UE", "Unia")
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory = tmp_path_factory.mktemp("synonyms") / "index"
    document = make_document("nazwy", *TEXTS)
    update_index(directory, added=[(source_of(document), document)])
    opened = open_engine(directory)
    yield opened
    opened.close()


def ask(engine: WhooshEngine, text: str) -> Results:
    return engine.search(build_query({"q": [text], "limit": ["50"]}))


def found(results: Results) -> list[int]:
    return sorted(hit.passage.ordinal for hit in results.hits)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UE", [0, 1]),
        ("unia europejska", [0, 1]),
        ("Unii Europejskiej", [0, 1]),
        ("UE malta sofia", [0, 1]),
        ("MSZ norwegia", [3, 4]),
        ("ministerstwo spraw zagranicznych norwegii", [3, 4]),
        ("msz", [3, 4]),
        ("Kim Dzong Un", [5, 6]),
        ("kim jong-un", [5, 6]),
        ("Kim Czong Un", [5, 6]),
        ("Zelensky", [7, 8]),
        ("zełenskiego", [7, 8]),
        ("próba atomowa", [9, 10]),
        ("miedzynarodowa organizacja pracy", [16, 18]),
        ("ILO", [16, 18]),
        ("KE", [15, 17]),
    ],
)
def test_every_name_finds_the_others(engine: WhooshEngine, text: str, expected: list[int]) -> None:
    results = ask(engine, text)
    assert (found(results), results.relaxed) == (expected, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"szczyt UE"', [0, 1]),
        ('"szczyt unii europejskiej w sofii"', [0, 1]),
        ('"szczyt UE w Kairze"', []),
        ('"unia europejska"', [0, 1]),
    ],
)
def test_a_phrase_is_found_with_every_name_in_it(
    engine: WhooshEngine, text: str, expected: list[int]
) -> None:
    results = ask(engine, text)
    assert found(results) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ke", [14, 15]),  # as a word, and as an acronym in small letters
        ("pe", []),
        ("unia", [1, 2]),
        ('"UE"', [0]),
    ],
)
def test_what_is_no_name_finds_itself_only(
    engine: WhooshEngine, text: str, expected: list[int]
) -> None:
    results = ask(engine, text)
    assert found(results) == expected
    assert "alias" not in [note.code for note in results.notes]


def test_an_acronym_like_a_preposition_is_not_found_by_its_letters(engine: WhooshEngine) -> None:
    assert found(ask(engine, "platforma obywatelska")) == [12]


@pytest.mark.parametrize(
    ("text", "others", "plain"),
    [
        ("UE", ("Unia Europejska",), '"UE"'),
        ("unia europejska", ("UE",), '"unia europejska"~1'),
        ("ministerstwo spraw zagranicznych", ("MSZ",), '"ministerstwo spraw zagranicznych"~2'),
        ('"szczyt UE"', ("Unia Europejska",), '"szczyt UE"~1'),
    ],
)
def test_what_was_added_is_said_and_undone(
    engine: WhooshEngine, text: str, others: tuple[str, ...], plain: str
) -> None:
    results = ask(engine, text)
    [note] = [note for note in results.notes if note.code == "alias"]
    assert (note.values[1:], note.query) == (others, plain)
    undone = ask(engine, plain)
    assert not undone.notes
    assert 0 < undone.total < results.total


def test_a_name_without_others_in_the_passages_is_left_as_words(engine: WhooshEngine) -> None:
    assert not [n for n in ask(engine, "Kongres USA").notes if n.values[0] == "Kongres USA"]


def test_a_hit_says_by_which_name_and_marks_all_of_it(engine: WhooshEngine) -> None:
    hits = {hit.passage.ordinal: hit for hit in ask(engine, "UE").hits}
    [match] = hits[1].why
    assert (match.word, match.keys) == ("UE", ("Unia Europejska",))
    assert match.forms == ("Unii Europejskiej",)
    assert match.weight == pytest.approx(hits[1].score)
    assert [hits[1].passage.headline[a:b] for a, b in hits[1].headline_marks] == [
        "Unii Europejskiej"
    ]


def begins(same: Same, tokens: Sequence[Token]) -> set[int]:
    """Give the places where any of the names begins, by a plain loop."""
    found = set()
    for name in same.names:
        words = name.words if isinstance(name, Near) else (name,)
        for at in range(len(tokens) - len(words) + 1):
            beside = zip(words, tokens[at : at + len(words)], strict=True)
            if all(set(word.keys) & set(token.keys) for word, token in beside):
                found.add(at)
    return found


@pytest.mark.parametrize("text", ["UE", '"szczyt UE"', "MSZ", "próba atomowa"])
def test_names_of_the_same_score_as_one_word(tmp_path: Path, text: str) -> None:
    for number, texts in enumerate([TEXTS[:5], (*TEXTS[5:], "UE, czyli Unia Europejska i UE.")]):
        document = make_document(f"d{number}", *texts)
        named = tuple(replace(passage, actors=(UNION,)) for passage in document.passages)
        document = replace(document, passages=named)
        update_index(tmp_path / "index", added=[(source_of(document), document)])
    query = build_query({"q": [text], "limit": ["50"]})
    live = LiveIndex(open_index(tmp_path / "index"))
    root = live.resolve(query.root).root
    [same] = root.children if isinstance(root, And) else [root]
    assert isinstance(same, Same)
    expected = dict.fromkeys(range(live.size), 0.0)
    for field, boost in (("text", 1.0), ("headline", HEADLINE_BOOST)):
        tf, lengths = {}, {}
        for doc in expected:
            passage = live.passage_at(doc)
            end = passage.headline_span[1] if field == "headline" else len(passage.text)
            tokens = [t for t in analyse_passage(passage).tokens if t.start < end]
            tf[doc], lengths[doc] = len(begins(same, tokens)), len(tokens)
        weight = boost * idf(sum(count > 0 for count in tf.values()), live.size)
        mean = fmean(lengths.values())
        for doc, count in tf.items():
            saturated = count / (count + K1 * (1 - B + B * lengths[doc] / mean))
            expected[doc] += weight * saturated
    found = evaluate(live.resolve(query.root).query, live.source)
    assert dict(zip(found.docs.tolist(), found.all_scores().tolist(), strict=True)) == {
        doc: pytest.approx(score, rel=1e-4) for doc, score in expected.items() if score
    }
    live.index.close()


def test_names_of_the_same_narrow_and_exclude_like_a_word(engine: WhooshEngine) -> None:
    assert found(ask(engine, "sofia -UE")) == []
    assert found(ask(engine, "malta NOT (unia europejska)")) == []
    assert found(ask(engine, "raport OR MSZ")) == [3, 4, 15, 17]


@pytest.mark.parametrize(
    ("asked", "typed", "without"),
    [
        ("UE+sofia", "UE", "%22UE%22+sofia"),
        ("unia+europejska+sofia", "unia europejska", "%22unia+europejska%22~1+sofia"),
        ("%22szczyt+UE%22+sofia", "szczyt UE", "%22szczyt+UE%22~1+sofia"),
    ],
)
def test_a_chip_has_a_cross_that_searches_for_the_typed_name_alone(
    engine: WhooshEngine, asked: str, typed: str, without: str
) -> None:
    page = create_app(engine, Settings()).test_client().get(f"/?q={asked}&lang=pl").text
    assert f"<b>{typed}</b>" in page
    assert f'href="/?q={without}&amp;lang=pl"' in page


def test_another_order_of_a_name_in_any_case_is_no_other_name() -> None:
    aliases = add_aliases(
        '[[person]]\nname = "Torwaldi Hamid"\nalso = ["Hamid Torwaldi", "Khamid Torwaldy"]\n'
    )
    words = ("rozmowa", "Hamidowi", "Torwaldiemu")
    [typed] = Synonyms(aliases).find(words, may_stand=lambda words: True)
    assert (typed.start, typed.end, typed.others) == (1, 3, ("Khamid Torwaldy",))


def test_a_name_that_passages_have_in_another_order_is_found_without_a_word(
    engine: WhooshEngine,
) -> None:
    results = ask(engine, "Abe Shinzo")
    assert (found(results), results.notes) == ([19], ())
    assert found(ask(engine, "Jong-un Kim")) == [5, 6]


def test_what_was_recognised_under_a_short_name_is_found(tmp_path: Path) -> None:
    document = make_document("unia", "Szczyt UE trwa.", "Unia wydała notę.", "Unia celna trwa.")
    first, second, third = document.passages
    named = (first, replace(second, actors=(UNION,)), third)
    update_index(
        tmp_path / "index", added=[(source_of(document), replace(document, passages=named))]
    )
    update_index(
        tmp_path / "index",
        added=[(source_of(other := make_document("inne", "Unia Europejska milczy.")), other)],
    )
    opened = open_engine(tmp_path / "index")
    hits = {hit.passage.text: hit.why[0] for hit in ask(opened, "UE").hits}
    assert set(hits) == {"Szczyt UE trwa.", "Unia wydała notę.", "Unia Europejska milczy."}
    assert hits["Unia wydała notę."].forms == ("Unia",)
    opened.close()
