"""The passage page: its place in the document and the result, its sources, what is like it."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from reading_pages import a_sourced_passage, hrefs, read, texts, total

from corpus.document import Passage
from search.engine import Engine
from search.query import Query
from web.labels import name_shared
from web.sources import find_archived


def test_passage_page_stands_in_its_document(client: FlaskClient, engine: Engine) -> None:
    passage_id = a_sourced_passage(client)
    passage = engine.passage(passage_id)
    assert isinstance(passage, Passage)
    page = read(client, f"/p/{passage_id}")
    assert texts(page, "h1") == [" ".join(passage.headline.split())]
    assert texts(page, ".toc [aria-current=location]")
    assert len(page.cssselect(".near")) >= 1
    assert hrefs(page, "link[rel=canonical]") == [f"https://kwerenda.example/p/{passage_id}"]
    assert passage_id in texts(page, "#cite .fn")[0]


def test_result_leads_to_its_neighbours_and_back(client: FlaskClient) -> None:
    results = read(client, "/?q=minister&kind=event")
    second = read(client, hrefs(results, ".hit h2 a")[1])
    assert texts(second, ".crumbs b") == [f"2 z {total(results)}"]
    third = read(client, hrefs(second, ".crumbs [rel=next]")[0])
    assert texts(third, "h1")[0] == texts(results, ".hit h2")[2]
    back = hrefs(third, ".crumbs a")[0]
    assert texts(read(client, back), ".hit h2") == texts(results, ".hit h2")


def test_rank_that_does_not_fit_is_passed_over(client: FlaskClient) -> None:
    passage_id = a_sourced_passage(client)
    for rank in ("0", "-1", "9999", "x", "9" * 5000):
        page = read(client, f"/p/{passage_id}?hit={rank}")
        assert texts(page, ".crumbs b") == []


def test_passage_page_marks_the_words_of_the_query(client: FlaskClient) -> None:
    href = hrefs(read(client, "/?q=Kazachstan"), ".hit h2 a")[0]
    page = read(client, href)
    marks = page.cssselect(".this mark")
    assert [mark.get("id") for mark in marks] == [f"mark-{n + 1}" for n in range(len(marks))]
    assert all(mark.text.lower().startswith("kazach") for mark in marks)
    assert marks


def test_sources_show_their_host_and_give_no_referrer(client: FlaskClient) -> None:
    page = read(client, f"/p/{a_sourced_passage(client)}")
    links = page.cssselect(".sources a.ext")
    copies = page.cssselect(".sources a.kept")
    assert links
    for link, copy in zip(links, copies, strict=True):
        archive, original = copy.get("href").split("/http", 1)
        assert archive.startswith("https://web.archive.org/web/20")
        assert f"http{original}" == link.get("href")
        assert link.text == urlsplit(link.get("href")).hostname
        assert link.get("rel") == "noopener noreferrer"


def test_passage_can_be_taken_away_as_a_reference(client: FlaskClient) -> None:
    passage_id = a_sourced_passage(client)
    page = read(client, f"/p/{passage_id}")
    for form in ("ris", "bibtex"):
        [link] = [href for href in hrefs(page, ".kit a[download]") if href.endswith(form)]
        entry = client.get(link).text
        assert f"/p/{passage_id}" in entry
        shown = [item.text for item in page.cssselect(".kit pre[data-copyable]")]
        assert entry.replace("\r\n", "\n").strip() in [text.strip() for text in shown]


def test_passage_offers_similar_ones_and_what_they_share(client: FlaskClient) -> None:
    page = read(client, f"/p/{a_sourced_passage(client)}")
    others = hrefs(page, ".side .brief a")
    assert 1 <= len(others) <= 5
    for href in others:
        read(client, href)
    assert all(line.startswith("wspólne: ") for line in texts(page, ".side .brief .sim"))


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        (["Anna Lis", "JP-RU", "Lis", "port"], ["Anna Lis", "Japonia – Rosja", "port"]),
        (["x-RU", "PORT", "port"], ["x-RU", "PORT"]),
    ],
)
def test_what_is_shared_is_said_once(shared: list[str], expected: list[str]) -> None:
    assert name_shared(shared, "pl") == expected


@pytest.mark.parametrize(
    ("url", "day", "expected"),
    [
        (
            "https://port.example/a?b=ż#c",
            date(2024, 2, 7),
            "https://web.archive.org/web/20240207/https://port.example/a?b=ż#c",
        ),
        ("http://port.example/", None, "https://web.archive.org/web/2/http://port.example/"),
        ("https://web.archive.org/web/2024/https://port.example/", None, ""),
        ("javascript:alert(1)", None, ""),
    ],
)
def test_archived_copy_is_an_address_of_the_same_page(
    url: str, day: date | None, expected: str
) -> None:
    assert find_archived(url, day) == expected


def test_neighbour_begins_as_a_sentence_does(client: FlaskClient, engine: Engine) -> None:
    hits = engine.search(Query(limit=200)).hits
    named = next(h.passage for h in hits if h.passage.headline[:1].islower() and h.passage.dates)
    at = named.ordinal - 1 or named.ordinal + 1
    [other] = (p for p in engine.document(named.document_id).passages if p.ordinal == at)
    page = read(client, f"/p/{other.id}")
    openings = {day.tail.strip() for day in page.cssselect(".near summary .day")}
    assert named.headline[0].upper() + named.headline[1:] in openings
