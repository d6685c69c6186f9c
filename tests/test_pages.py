"""What holds for every page: policy, language, addresses, refusals."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from lxml import html
from reading_pages import hrefs, read, texts

from search.engine import Engine
from web import create_app
from web.settings import Settings


@pytest.mark.parametrize(
    "path",
    ["/", "/?q=Kazachstan", "/help", "/healthz", "/nie-ma", "/api/v1/search?x=1", "/?from=x"],
)
def test_every_answer_carries_the_strict_policy(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/?q=Kazachstan", "/help"])
def test_pages_have_nothing_inline(client: FlaskClient, path: str) -> None:
    page = read(client, path)
    assert (
        page.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]")
        == []
    )


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;", "{{7*7}}"]
)
def test_query_is_shown_as_it_was_typed(client: FlaskClient, query: str) -> None:
    response = client.get("/", query_string={"q": query})
    page = html.fromstring(response.text)
    assert [item.get("value") for item in page.cssselect("#q")] == [query]
    assert page.cssselect("img, main script") == []


@pytest.mark.parametrize(
    ("header", "query", "expected"),
    [
        ("", "", "pl"),
        ("de", "", "pl"),
        ("en-GB,en;q=0.9", "", "en"),
        ("pl,en;q=0.9", "", "pl"),
        ("pl", "?lang=en", "en"),
        ("en", "?lang=pl", "pl"),
    ],
)
def test_language_of_the_address_then_of_the_browser_then_polish(
    client: FlaskClient, header: str, query: str, expected: str
) -> None:
    page = read(client, f"/{query}", language=header)
    assert page.get("lang") == expected


def test_language_stays_in_every_link_to_our_own_pages(client: FlaskClient) -> None:
    page = read(client, "/?q=Kazachstan&lang=en")
    own = [href for href in hrefs(page) if href.startswith("/") and not href.startswith("/api")]
    assert [href for href in own if "lang=" not in href] == []


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/nie-ma", 404, "Nie ma takiej strony"),
        ("/p/nie-ma", 404, "Nie ma takiego fragmentu"),
        ("/d/nie-ma", 404, "Nie ma takiego dokumentu"),
        ("/?from=2023-02-31", 400, "Na ten adres nie da się odpowiedzieć"),
        ("/?colour=red", 400, "Na ten adres nie da się odpowiedzieć"),
        ("/?limit=ten", 400, "Na ten adres nie da się odpowiedzieć"),
        ("/?lang=de", 400, "Na ten adres nie da się odpowiedzieć"),
        ("/?interval=week", 400, "Na ten adres nie da się odpowiedzieć"),
        ("/corpus?q=x", 400, "Na ten adres nie da się odpowiedzieć"),
        ("/help?q=x", 400, "Na ten adres nie da się odpowiedzieć"),
    ],
)
def test_errors_are_pages_with_ways_on_that_work(
    client: FlaskClient, path: str, status: int, title: str
) -> None:
    page = read(client, path, status)
    assert texts(page, "h1") == [title]
    ways = hrefs(page, ".ways a")
    assert ways
    for way in ways:
        read(client, way, 404 if way == "/nie-ma" else 200)


def test_address_below_a_prefix_keeps_the_prefix(client: FlaskClient) -> None:
    response = client.get("/", environ_overrides={"SCRIPT_NAME": "/szukaj"})
    page = html.fromstring(response.text)
    own = [href for href in hrefs(page) if not href.startswith(("#", "http"))]
    assert [href for href in own if not href.startswith("/szukaj/")] == []


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("", "http://localhost/szukaj/p/"),
        ("https://kwerenda.example/szukaj", "https://kwerenda.example/szukaj/p/"),
    ],
)
def test_permanent_link_has_the_prefix_once(engine: Engine, base_url: str, expected: str) -> None:
    client = create_app(engine, Settings(base_url=base_url)).test_client()
    response = client.get("/api/v1/export/csv", environ_overrides={"SCRIPT_NAME": "/szukaj"})
    [_, row, *_] = csv.reader(io.StringIO(response.text, newline=""))
    assert row[1] == f"{expected}{row[0]}"
    page = client.get(f"/p/{row[0]}", environ_overrides={"SCRIPT_NAME": "/szukaj"})
    link = html.fromstring(page.text).cssselect("link[rel=canonical]")[0]
    assert link.get("href") == row[1]
