"""A capital or a seat of government counts as its country only where that is asked for."""

from collections.abc import Iterator

import pytest
from small_documents import make_document, source_of

from index.whoosh_index import update_index
from search.errors import BadParameter
from search.request import build_query
from search.results import Results
from search.whoosh_engine import WhooshEngine, open_engine

TEXTS = (
    "Rosja i Japonia wznowiły rozmowy o rybołówstwie.",
    "Rozmowy w Moskwie trwały trzy dni.",
    "Rozmowy w Rosji zakończył komunikat.",
    "Stany Zjednoczone podpisały umowę.",
    "Rzecznik, którego biały dom stoi nad morzem, milczał.",
    "Wystawa w Białym Domu cieszyła gości.",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory = tmp_path_factory.mktemp("related") / "index"
    document = make_document("stolice", *TEXTS)
    update_index(directory, added=[(source_of(document), document)])
    opened = open_engine(directory)
    yield opened
    opened.close()


def ask(engine: WhooshEngine, text: str, *related: str) -> Results:
    return engine.search(build_query({"q": [text], "related": related}))


def found(results: Results) -> list[int]:
    return sorted(hit.passage.ordinal for hit in results.hits)


@pytest.mark.parametrize(
    ("text", "codes", "alone", "together"),
    [
        ("moskwa", ["RU"], [1], [0, 1, 2]),
        ("rozmowa moskwa", ["RU"], [1], [0, 1, 2]),
        ("rozmowa -moskwa", ["RU"], [0, 2], []),
        ("moskwa OR wystawa", ["RU"], [1, 5], [0, 1, 2, 5]),
        ('"rozmowy w Moskwie"', ["RU"], [1], [1, 2]),
        ('"rozmowa moskwa"~3', ["RU"], [1], [1, 2]),
        ("biały dom", ["US"], [4, 5], [3, 4, 5]),
        ("biały dom umowa", ["US"], [3, 4, 5], [3]),
    ],
)
def test_what_is_related_is_offered_and_found_where_it_is_asked_for(
    engine: WhooshEngine, text: str, codes: list[str], alone: list[int], together: list[int]
) -> None:
    offered = ask(engine, text)
    notes = [note for note in offered.notes if note.code == "related"]
    assert [note.values[2] for note in notes] == codes
    assert found(offered) == alone
    taken = ask(engine, text, *codes)
    assert found(taken) == together
    assert [note.values[2] for note in taken.notes if note.code == "related_added"] == codes
    assert [note.count for note in notes] == [len(together)]


@pytest.mark.parametrize("text", ["moskwa rosja", "rozmowa", "rosja", '"moskwa"', '="Moskwie"'])
def test_where_a_country_is_named_or_a_word_is_quoted_nothing_is_offered(
    engine: WhooshEngine, text: str
) -> None:
    assert "related" not in [note.code for note in ask(engine, text).notes]


def test_another_country_changes_nothing(engine: WhooshEngine) -> None:
    assert found(ask(engine, "moskwa", "US")) == [1]


def test_the_country_is_marked_and_named_as_the_reason(engine: WhooshEngine) -> None:
    hit = next(h for h in ask(engine, "moskwa", "RU").hits if h.passage.ordinal == 2)
    assert [(match.word, match.keys, match.countries, match.forms) for match in hit.why] == [
        ("moskwa", (), ("RU",), ("Rosji",))
    ]


def test_a_country_is_named_by_code_or_name(engine: WhooshEngine) -> None:
    assert found(ask(engine, "moskwa", "Rosja")) == [0, 1, 2]


def test_what_is_no_country_is_refused() -> None:
    with pytest.raises(BadParameter, match="not a country"):
        build_query({"q": ["moskwa"], "related": ["Atlantyda"]})


def test_other_offers_count_with_what_is_related(engine: WhooshEngine) -> None:
    for related, count in ((), 2), (("RU",), 4):
        notes = ask(engine, "wystawka OR moskwa", *related).notes
        assert [(note.values[1], note.count) for note in notes if note.code == "did_you_mean"] == [
            ("Wystawa", count)
        ]


def test_values_that_nothing_has_are_said_all_the_same(engine: WhooshEngine) -> None:
    notes = ask(engine, "moskwa kraj:KR", "RU").notes
    assert [note.values for note in notes if note.code == "unknown_value"] == [("country", "KR")]
