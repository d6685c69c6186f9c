"""Key word in context: where the words of a query stand, in which company."""

from collections.abc import Iterator

import pytest
from small_documents import make_document, source_of

from index.whoosh_index import update_index
from search import concordance
from search.concordance import ConcordanceSort
from search.request import build_query
from search.results import Concordance
from search.whoosh_engine import WhooshEngine, open_engine

TEXTS = (
    "Nowy port otwarto w maju. Do portu wpłynął pierwszy statek,\na z portem sąsiaduje stocznia.",
    "Budowa portu rybackiego trwa. Ambasador Korei Północnej obejrzał port rybacki.",
    "Umowę podpisano w stolicy.",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory = tmp_path_factory.mktemp("concordance") / "index"
    document = make_document("porty", *TEXTS)
    update_index(directory, added=[(source_of(document), document)])
    opened = open_engine(directory)
    yield opened
    opened.close()


def read(
    engine: WhooshEngine,
    text: str,
    sort: ConcordanceSort = "document",
    width: int = 60,
    **given: str,
) -> Concordance:
    query = build_query({"q": [text]} | {name: [value] for name, value in given.items()})
    return engine.concordance(query, sort, width)


def matches(found: Concordance) -> list[str]:
    return [line.match for line in found.lines]


def test_every_place_is_a_line_in_the_order_of_the_texts(engine: WhooshEngine) -> None:
    found = read(engine, "port")
    assert matches(found) == ["port", "portu", "portem", "portu", "port"]
    assert (found.total, found.passages, found.scanned) == (5, 2, 2)


def test_forms_are_counted_whatever_their_letter_case(engine: WhooshEngine) -> None:
    assert read(engine, "port OR umowa", limit="1").forms == (
        ("port", 2),
        ("portu", 2),
        ("portem", 1),
        ("umowę", 1),
    )


def test_a_line_is_the_text_around_the_match(engine: WhooshEngine) -> None:
    [line] = read(engine, "statek", width=200).lines
    assert line.left + line.match + line.right == " ".join(TEXTS[0].split())
    assert TEXTS[0][line.start :].startswith("statek")


def test_context_keeps_whole_words_up_to_its_width(engine: WhooshEngine) -> None:
    [line] = read(engine, "statek", width=12).lines
    assert (line.left, line.match, line.right) == ("pierwszy ", "statek", ", a z portem")


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("left", ["portu", "portu", "port", "port", "portem"]),
        ("right", ["port", "port", "portu", "portem", "portu"]),
    ],
)
def test_lines_are_sorted_by_the_nearest_words(
    engine: WhooshEngine, sort: ConcordanceSort, expected: list[str]
) -> None:
    assert matches(read(engine, "port", sort)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"port rybacki"', ["portu rybackiego", "port rybacki"]),
        ('"ambasador obejrzeć"~5', ["Ambasador Korei Północnej obejrzał"]),
        ("krld", ["Korei Północnej"]),
        ('="portu"', ["portu", "portu"]),
        ("w stolicy", ["stolicy"]),
        ("rybacki -umowa", ["rybackiego", "rybacki"]),
    ],
)
def test_what_matches_together_is_one_match(
    engine: WhooshEngine, text: str, expected: list[str]
) -> None:
    assert matches(read(engine, text)) == expected


def test_a_page_of_lines_says_how_many_there_are(engine: WhooshEngine) -> None:
    found = read(engine, "port", offset="3", limit="1")
    assert (matches(found), found.total) == (["portu"], 5)


@pytest.mark.parametrize("text", ["", "rodzaj:event", "szczudłak"])
def test_a_query_without_words_in_the_texts_has_no_lines(engine: WhooshEngine, text: str) -> None:
    found = read(engine, text)
    assert (found.lines, found.total, found.scanned) == ((), 0, 0)


def test_no_more_passages_are_read_than_it_says(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concordance, "MAX_SCANNED", 1)
    found = read(engine, "port")
    assert (found.scanned, found.passages) == (1, 2)
    assert len({line.passage_id for line in found.lines}) == 1
