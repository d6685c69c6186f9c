"""The feed of a query: valid Atom, newest first, the same until the index changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import feedparser
import pytest
from flask.testing import FlaskClient
from lxml import etree, html
from small_documents import make_document, source_of

from corpus.document import DateRange, Source
from index.whoosh_index import update_index
from search.whoosh_engine import WhooshEngine, open_engine
from web import create_app
from web.settings import Settings

SCHEMA = etree.RelaxNG(file=str(Path(__file__).parent / "data" / "atom.rng"))
SOURCES = (
    Source("https://agencja.example/a b", "", "exact"),
    Source("https://agencja.example/żółw?a={b}&c=<d>", "", "exact"),
    Source("javascript:alert(1)", "", "guess"),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory: Path = tmp_path_factory.mktemp("feeds") / "index"
    texts = [f"Zamek numer {n} <b>&amp;</b> i znak\x07 strony\x0c." for n in range(60)]
    document = make_document("zamki", *texts)
    passages = []
    for n, passage in enumerate(document.passages):
        day = date(2020 + n // 5, 1 + n % 12, 3)
        dates = None if n == 7 else DateRange(day, day)
        passages.append(replace(passage, dates=dates, sources=SOURCES if n == 8 else ()))
    document = replace(document, passages=tuple(passages))
    update_index(directory, added=[(source_of(document), document)])
    opened = open_engine(directory)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(engine: WhooshEngine) -> FlaskClient:
    return create_app(engine, Settings(base_url="https://kwerenda.example")).test_client()


@pytest.mark.parametrize(
    "path", ["/feed", "/feed?q=zamek&kind=event&lang=en", "/feed?q=qxzzv", '/feed?q="żółw\x01<']
)
def test_every_feed_is_valid_atom(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.content_type == "application/atom+xml; charset=utf-8"
    tree = etree.fromstring(response.data)
    assert SCHEMA.validate(tree), SCHEMA.error_log


def test_schema_refuses_a_feed_without_what_every_feed_has(client: FlaskClient) -> None:
    for tag in ("id", "updated", "author", "title"):
        tree = etree.fromstring(client.get("/feed?q=zamek").data)
        for parent in (tree, tree.find("{*}entry")):
            if tag == "author" and parent is not tree:
                continue
            child = parent.find(f"{{*}}{tag}")
            parent.remove(child)
            assert not SCHEMA.validate(tree)
            parent.insert(0, child)
            assert SCHEMA.validate(tree)


def test_another_reader_finds_the_newest_first(client: FlaskClient) -> None:
    feed = feedparser.parse(client.get("/feed?q=zamek").data)
    assert not feed.bozo
    assert (feed.version, len(feed.entries)) == ("atom10", 50)
    days = [entry.updated for entry in feed.entries]
    assert days == sorted(days, reverse=True)
    assert feed.feed.title == "Kwerenda: zamek"
    assert feed.feed.id == "https://kwerenda.example/feed?q=zamek"
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["alternate"] == "https://kwerenda.example/?q=zamek"


def test_entry_has_text_link_and_sources(client: FlaskClient, engine: WhooshEngine) -> None:
    feed = feedparser.parse(client.get('/feed?q="numer 8"').data)
    [entry] = feed.entries
    [passage] = [p for p in engine.document("zamki").passages if "numer 8 " in p.text]
    assert entry.id == entry.link == f"https://kwerenda.example/p/{passage.id}"
    assert entry.content[0].value == "Zamek numer 8 <b>&amp;</b> i znak strony."
    assert entry.content[0].type == "text/plain"
    assert [link.href for link in entry.links if link.rel == "via"] == [
        "https://agencja.example/%C5%BC%C3%B3%C5%82w?a=%7Bb%7D&c=%3Cd%3E",
    ]
    assert {tag.term: tag.label for tag in entry.tags} == {
        "event": "wydarzenie",
        "CZ-SK": "Czechy – Słowacja",
    }


def test_no_entry_is_of_the_future(client: FlaskClient, engine: WhooshEngine) -> None:
    built = engine.status().built[:10]
    feed = feedparser.parse(client.get("/feed").data)
    assert max(entry.updated[:10] for entry in feed.entries) <= built


def test_partial_matches_are_no_news(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=zamek+krowa").get_json()["total"] > 0
    assert feedparser.parse(client.get("/feed?q=zamek+krowa").data).entries == []


def test_reader_that_has_the_feed_is_told_that_nothing_changed(client: FlaskClient) -> None:
    first = client.get("/feed?q=zamek")
    again = client.get("/feed?q=zamek", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["sort=date", "limit=3", "offset=3", "colour=red"])
def test_feed_has_an_order_and_an_end_of_its_own(client: FlaskClient, name: str) -> None:
    assert client.get(f"/feed?q=zamek&{name}").status_code == 400


def test_page_of_a_search_names_its_feed(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/?q=zamek&kind=event&sort=date&limit=5").text)
    [link] = page.cssselect("link[type='application/atom+xml']")
    assert link.get("href") == "/feed?q=zamek&kind=event"
    assert link.get("href") in [a.get("href") for a in page.cssselect(".take a")]
