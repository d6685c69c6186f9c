"""Pages as tests read them: fetched, parsed, asked by selector."""

import re

from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement

from corpus.document import Document
from search.engine import Engine


def read(client: FlaskClient, path: str, status: int = 200, language: str = "pl") -> HtmlElement:
    response = client.get(path, headers={"Accept-Language": language})
    assert response.status_code == status, response.text
    return html.fromstring(response.text)


def texts(page: HtmlElement, selector: str) -> list[str]:
    return [" ".join(item.text_content().split()) for item in page.cssselect(selector)]


def hrefs(page: HtmlElement, selector: str = "a") -> list[str]:
    return [item.get("href") for item in page.cssselect(selector)]


def total(page: HtmlElement) -> int:
    return int(re.sub(r"\D", "", texts(page, ".tally h1")[0].split("z ")[0]))


def a_sourced_passage(client: FlaskClient) -> str:
    hits = client.get("/api/v1/search?limit=200").get_json()["hits"]
    found = next(hit for hit in hits if hit["sources"] and hit["pairs"] and hit["headline"])
    return str(found["id"])


def every_document(client: FlaskClient, engine: Engine) -> list[Document]:
    facets = client.get("/api/v1/search?limit=1").get_json()["facets"]
    return [engine.document(bucket["value"]) for bucket in facets["document"]["buckets"]]
