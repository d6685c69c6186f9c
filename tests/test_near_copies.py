"""Near copies, dates of passages and archived sources, where people and programs see them."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement
from small_documents import make_document, source_of

from corpus.document import DateMention, DateRange, Document
from index.whoosh_index import update_index
from search.collection import is_newer
from search.whoosh_engine import WhooshEngine, open_engine
from web import create_app
from web.cli import main
from web.settings import Settings

TEXTS = [
    f"Ustęp {number} omawia rozmowy o promach między portem {number * 7} a wyspą {number * 3}."
    for number in range(30)
]


def publish(document: Document, year: int | None, **changes: object) -> Document:
    published = DateRange(date(year, 3, 1), date(year, 3, 31)) if year else None
    return replace(document, published=published, **changes)


def mention(document: Document) -> Document:
    """Give a document whose first passage speaks of two dates, one of them twice."""
    first, *others = document.passages
    day, year = (
        DateRange(date(2030, 4, 1), date(2030, 4, 1)),
        DateRange(date(2029, 1, 1), date(2029, 12, 31)),
    )
    spoken = (
        DateMention(0, 5, day, "day"),
        DateMention(6, 9, year, "year"),
        DateMention(10, 12, day, "day"),
    )
    return replace(document, passages=(replace(first, mentioned_dates=spoken), *others))


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place: Path = tmp_path_factory.mktemp("near") / "index"
    documents = [
        mention(publish(make_document("pierwszy", *TEXTS), 2029)),
        publish(make_document("drugi", *TEXTS[:-4], "Nowy ustęp o latarni."), 2030),
        publish(make_document("trzeci", *TEXTS, "Dopisek bez daty."), None),
        make_document(
            "inny", *(f"Całkiem {n * 11} inne zdanie {n} o moście {n * 5}." for n in range(30))
        ),
    ]
    update_index(place, added=[(source_of(each), each) for each in documents])
    return place


@pytest.fixture(scope="module")
def engine(directory: Path) -> Iterator[WhooshEngine]:
    opened = open_engine(directory)
    yield opened
    opened.close()


@pytest.fixture
def client(engine: WhooshEngine) -> FlaskClient:
    return create_app(engine, Settings()).test_client()


def read(client: FlaskClient, path: str, language: str = "pl") -> HtmlElement:
    response = client.get(path, headers={"Accept-Language": language})
    assert response.status_code == 200, response.text
    return html.fromstring(response.text)


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_versions_are_told_apart_by_their_dates(engine: WhooshEngine) -> None:
    found = {copy.document.id: copy.newer for copy in engine.near_copies("pierwszy")}
    assert found == {"drugi": True, "trzeci": None}
    assert {copy.document.id: copy.newer for copy in engine.near_copies("drugi")} == {
        "pierwszy": False,
        "trzeci": None,
    }
    assert engine.near_copies("inny") == ()


MARCH, LATE = DateRange(date(2029, 3, 1), date(2029, 3, 31)), date(2029, 3, 20)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (DateRange(date(2029, 4, 1), date(2029, 4, 1)), True),
        (DateRange(date(2028, 1, 1), date(2028, 12, 31)), False),
        (DateRange(LATE, LATE), None),
        (None, None),
    ],
)
def test_newer_is_what_is_dated_after_all_of_the_other(
    other: DateRange | None, expected: bool | None
) -> None:
    assert is_newer(other, MARCH) is expected
    assert is_newer(MARCH, other) is (None if expected is None else not expected)


@pytest.mark.parametrize(
    ("language", "newer", "undated"),
    [
        (
            "pl",
            "nowsza wersja: Przegląd drugi (marzec 2030), drugi.txt, ok. ",
            "zmieniona wersja: Przegląd trzeci",
        ),
        (
            "en",
            "newer version: Przegląd drugi (March 2030), drugi.txt, about ",
            "nearly the same: Przegląd trzeci",
        ),
    ],
)
def test_document_leads_to_its_other_versions(
    client: FlaskClient, language: str, newer: str, undated: str
) -> None:
    said = [words(item) for item in read(client, "/d/pierwszy", language).cssselect(".facts dd p")]
    assert any(re.match(re.escape(newer) + r"\d\d%", text) for text in said), said
    assert any(text.startswith(undated) for text in said), said
    links = read(client, "/d/pierwszy").cssselect(".facts dd p a")
    assert {link.get("href") for link in links} == {"/d/drugi", "/d/trzeci"}


def test_collection_lists_the_versions(client: FlaskClient) -> None:
    page = read(client, "/corpus")
    assert words(page.cssselect("#near")[0]) == "3 dokumenty mówią niemal to samo co inne"
    [family] = page.cssselect(".near-copies li")
    assert len(family.cssselect("a")) == 3
    [row] = [
        row for row in page.cssselect(".plain tbody tr") if "Przegląd drugi" in words(row)[:20]
    ]
    assert "wcześniejsza wersja: Przegląd pierwszy (marzec 2029)" in words(row)


def test_programs_get_the_versions(client: FlaskClient) -> None:
    copies = client.get("/api/v1/documents/pierwszy").get_json()["near_copies"]
    assert [list(copy) for copy in copies] == [
        ["id", "title", "published", "share", "newer", "url"]
    ] * 2
    assert {copy["id"]: copy["newer"] for copy in copies} == {"drugi": True, "trzeci": None}
    assert client.get("/api/v1/documents/inny").get_json()["near_copies"] == []


def test_status_counts_the_versions(directory: Path) -> None:
    said = CliRunner().invoke(main, ["--index", str(directory), "status", "--json"]).stdout
    assert json.loads(said)["near_copies"] == 3
    plain = CliRunner().invoke(main, ["--index", str(directory), "status"]).stdout
    assert "3 documents say nearly the same as another one" in plain


def test_dates_that_a_passage_speaks_of_stand_beside_it_once(
    client: FlaskClient, engine: WhooshEngine
) -> None:
    passage = engine.document("pierwszy").passages[0]
    facts = read(client, f"/p/{passage.id}").cssselect(".facts")[0]
    told = dict(
        zip(map(words, facts.cssselect("dt")), map(words, facts.cssselect("dd")), strict=True)
    )
    assert told["Daty w tekście"] == "2029, 1 kwietnia 2030"
    mentioned = client.get(f"/api/v1/passages/{passage.id}").get_json()["mentioned_dates"]
    assert mentioned[1] == {
        "start": "2029-01-01",
        "end": "2029-12-31",
        "precision": "year",
        "span": [6, 9],
    }
    assert len(mentioned) == 3
    other = engine.document("pierwszy").passages[1]
    assert "Daty w tekście" not in map(words, read(client, f"/p/{other.id}").cssselect(".facts dt"))


@pytest.mark.parametrize("path", ["/?q=promach", "/d/pierwszy"])
def test_every_source_has_its_archived_copy_beside_it(client: FlaskClient, path: str) -> None:
    page = read(client, path)
    kept = page.cssselect("main a.kept")
    assert len(kept) == len(page.cssselect("main .src a.ext, main .from a.ext")) > 0
    link = kept[0]
    assert link.get("href") == "https://web.archive.org/web/20310508/https://www.agencja.example/1"
    assert words(link) == "archiwum: www.agencja.example"
