"""An address of each kind of page, and what is asked of an open one."""

import pytest
from playwright.sync_api import Page

from search.engine import Engine
from search.query import Query

KINDS = (
    "home",
    "results",
    "days",
    "nothing",
    "offered",
    "widened",
    "map",
    "countries",
    "concordance",
    "left",
    "wordless",
    "actor",
    "pair",
    "values",
    "passage",
    "document",
    "collection",
    "help",
    "unknown",
    "refused",
)


@pytest.fixture(scope="session")
def paths(engine: Engine) -> dict[str, str]:
    """Give an address of each kind of page."""
    hits = engine.search(Query(limit=200)).hits
    hit = next(hit for hit in hits if hit.passage.sources and hit.passage.actors)
    passage = hit.passage
    return {
        "home": "/",
        "results": "/?q=minister+Kazachstan&kind=-conclusion&from=2023&to=2024",
        "days": "/?from=2023-09&to=2023-11&interval=day",
        "offered": "/?q=minister+Pekin+kraj:KZ+rodzaj:wydarzenie+data:2023",
        "widened": "/?q=Pekin+minster~+Kazachstan+-para:CN-KG&related=CN",
        "nothing": "/?q=qxzzv&kind=event",
        "map": "/heatmap?q=minister&kind=-conclusion",
        "countries": "/heatmap?by=countries",
        "concordance": "/kwic?q=minister+Kazachstan",
        "left": '/kwic?q="minister+spraw"&by=left&kind=event',
        "wordless": "/kwic?kind=event",
        "actor": f"/actor/{passage.actors[0].id}",
        "pair": "/pair/CN-KG",
        "values": "/facet/actor?q=minister&find=ma",
        "collection": "/corpus",
        "passage": f"/p/{passage.id}?q=minister",
        "document": f"/d/{passage.document_id}?q=minister&p={passage.id}",
        "help": "/help",
        "unknown": "/nie-ma",
        "refused": "/?from=2023-02-31&kind=event",
    }


def with_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def find_violations(page: Page, axe_script: str) -> object:
    page.evaluate(axe_script)
    return page.evaluate(
        """async () => (await axe.run(document)).violations.map(
            (found) => [found.id, found.nodes.map((node) => node.html.slice(0, 200))])"""
    )


def open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((item) => (item.open = true))")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText"))
