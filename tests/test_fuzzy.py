"""Words that may be misspelt: which forms are taken, how it is said, and where it works."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from small_documents import make_document, source_of

from index.patterns import compile_pattern
from index.spellings import Spellings
from index.whoosh_index import update_index
from search import forms
from search.query import Note
from search.request import build_query
from search.results import Results
from search.whoosh_engine import WhooshEngine, open_engine

TEXTS = (
    "Prezydent Wełenski mówił o pokoju. Wełenskiego słuchali posłowie.",
    "Premier Welensky nie przyjechał, a prezydent Weleński owszem.",
    "Prezydent mówił, że Wełenskiemu nikt nie wierzy.",
    "Kair i kadr, kran i kraj, karp.",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory = tmp_path_factory.mktemp("fuzzy") / "index"
    for name, texts in (("a", TEXTS[:2]), ("b", TEXTS[2:])):
        document = make_document(name, *texts)
        update_index(directory, added=[(source_of(document), document)])
    opened = open_engine(directory)
    yield opened
    opened.close()


def ask(engine: WhooshEngine, text: str) -> Results:
    return engine.search(build_query({"q": [text]}))


def found(results: Results) -> list[str]:
    return sorted(f"{hit.passage.document_id}{hit.passage.ordinal}" for hit in results.hits)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("welenski~", ("Weleński", "Wełenski", "Welensky")),
        ("wlenski~", ("Weleński", "Wełenski")),
        ("wlenski~2", ("Weleński", "Wełenski", "Welensky")),
        ("xelenski~", ("Weleński", "Wełenski")),
        ("wełneski~", ("Weleński", "Wełenski")),
        ("kari~", ("Kair", "karp")),
        ("abcdef~2", ()),
    ],
)
def test_the_nearest_forms_are_taken_and_said(
    engine: WhooshEngine, text: str, forms: tuple[str, ...]
) -> None:
    [note] = ask(engine, text).notes
    if forms:
        assert note == Note("fuzzy", (text, *forms), query=text.partition("~")[0])
    else:
        assert note == Note("unknown_word", (text,))


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("wlenski~", ["a0", "a1"]),
        ("premier AND wlenski~", ["a1"]),
        ("pokój OR kari~", ["a0", "b1"]),
        ("prezydent -wlenski~", ["b0"]),
        ('"prezydent wlenski~"', ["a0", "a1"]),
        ('"prezydenta wlenski~ mówi"', ["a0"]),
        ('"wlenski~ prezydent"', []),
        ('"prezydent wlenskiemu~"~4', ["b0"]),
        ('"wlenskiemu~ prezydent"~4', ["b0"]),
        ('"prezyd* wlenski~"', ["a0", "a1"]),
    ],
)
def test_it_works_with_operators_and_in_phrases(
    engine: WhooshEngine, text: str, passages: list[str]
) -> None:
    assert found(ask(engine, text)) == passages


def test_the_reason_names_the_word_as_typed_and_the_form(engine: WhooshEngine) -> None:
    [hit] = ask(engine, "pokój wlenski~").hits
    assert [(match.word, match.keys, match.forms) for match in hit.why] == [
        ("pokój", ("pokój",), ("pokoju",)),
        ("wlenski~", ("Wełenski",), ("Wełenski",)),
    ]


def test_of_too_many_forms_the_nearest_are_taken(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MAX_FUZZY_FORMS", 2)
    notes = ask(engine, "wlenskj~2").notes
    assert notes == (
        Note("fuzzy_cut", ("wlenskj~2", "2")),
        Note("fuzzy", ("wlenskj~2", "Welensky", "Weleński"), query="wlenskj"),
    )


spellings = st.text("abcń-", min_size=1, max_size=6)


@settings(deadline=None)
@given(st.sets(spellings, max_size=40), spellings | st.just(""), st.integers(1, 2))
def test_spellings_within_are_those_that_a_comparison_with_each_finds(
    names: set[str], word: str, slips: int
) -> None:
    table = sorted(names)
    expected = {name: OSA.distance(name, word) for name in table}
    near = Spellings(table).within(word, slips, (0, len(table)))
    assert dict(near) == {name: far for name, far in expected.items() if far <= slips}
    assert [far for _, far in near] == sorted(far for _, far in near)
    rest = Spellings(table).within(word, slips, (len(table) // 2, len(table)))
    assert dict(rest) == {name: far for name, far in near if name in table[len(table) // 2 :]}


@settings(deadline=None)
@given(st.sets(spellings, max_size=40), st.text("ab*?", min_size=1, max_size=4))
def test_spellings_that_match_are_those_that_the_pattern_fits_one_by_one(
    names: set[str], pattern: str
) -> None:
    table = sorted(names)
    fits = compile_pattern(pattern).fullmatch
    expected = [number for number, name in enumerate(table) if fits(name)]
    half = len(table) // 2
    found = Spellings(table)
    assert found.matching(pattern, (0, len(table))).tolist() == expected
    assert found.matching(pattern, (half, len(table))).tolist() == [
        n for n in expected if n >= half
    ]
    assert found.matching(pattern, (0, half)).tolist() == [n for n in expected if n < half]
