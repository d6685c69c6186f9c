"""What holds for every page in a browser: no violation, no dead link, little to load."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from browser import OpenPage
from flask.testing import FlaskClient
from kinds_of_pages import KINDS, find_violations, open_details, with_language
from playwright.sync_api import expect


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(360, "light", "pl"), (1440, "light", "en"), (800, "dark", "pl"), (1440, "dark", "pl")],
)
def test_axe_finds_no_violation(
    open_page: OpenPage,
    paths: dict[str, str],
    axe_script: str,
    kind: str,
    width: int,
    scheme: str,
    language: str,
) -> None:
    page = open_page(
        with_language(paths[kind], language), width=width, scheme=scheme, language=language
    )
    open_details(page)
    assert find_violations(page, axe_script) == []


@pytest.mark.parametrize("kind", KINDS)
def test_pages_break_no_rule_of_their_own_policy(
    open_page: OpenPage, paths: dict[str, str], kind: str
) -> None:
    page = open_page("/healthz")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(paths[kind])
    # A browser reports the status of an error page as a complaint about the network.
    assert [text for text in complaints if "status of 40" not in text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_leads_somewhere(
    open_page: OpenPage, client: FlaskClient, paths: dict[str, str], kind: str
) -> None:
    page = open_page(paths[kind])
    own: set[str] = set()
    foreign: set[str] = set()
    broken = []
    for href in page.eval_on_selector_all(
        "a", "links => links.map((link) => link.getAttribute('href'))"
    ):
        (foreign if re.match(r"https?:", href) else own).add(href)
    for href in own:
        path, _, fragment = href.partition("#")
        if path.startswith("/api/v1/export/docx"):
            continue  # no text to look into; its own tests open it
        if not path:
            if page.locator(f'[id="{fragment}"]').count() != 1:
                broken.append(href)
            continue
        response = client.get(path)
        allowed = {404} if path.startswith("/nie-ma") else {400} if "02-31" in path else {200}
        if response.status_code not in allowed or (
            fragment and f'id="{fragment}"' not in response.text
        ):
            broken.append(href)
    assert own
    assert broken == []
    assert [href for href in foreign if not urlsplit(href).hostname] == []


def test_search_page_is_light(open_page: OpenPage) -> None:
    page = open_page("/healthz")
    sizes: dict[str, int] = {}
    page.on(
        "response",
        lambda response: sizes.update({response.url: len(gzip.compress(response.body()))}),
    )
    page.goto("/?q=minister", wait_until="networkidle")
    assert {urlsplit(url).hostname for url in sizes} == {"127.0.0.1"}
    assert len(sizes) >= 7
    assert sum(sizes.values()) <= 60_000


def test_other_language_is_one_click_away_and_stays(open_page: OpenPage) -> None:
    page = open_page("/?q=minister")
    page.click("text=English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(".hit h2 a").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.click("text=Polski")
    expect(page.locator("html")).to_have_attribute("lang", "pl")


def test_browser_with_english_first_is_met_in_english(open_page: OpenPage) -> None:
    expect(open_page("/", language="en").locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("width", [360, 1280])
def test_clicks_in_facets_shift_nothing(open_page: OpenPage, width: int) -> None:
    page = open_page("/?q=minister", width=width)
    for row in ("li:nth-child(2) .v", "li.on .v", "li .x"):
        page.evaluate("location.hash = 'narrow'")
        page.locator(f"#facet-country ~ ul {row}").first.click()
        page.wait_for_load_state("networkidle")
        shifted = page.evaluate(
            """() => new Promise((done) => {
                const shifts = [];
                new PerformanceObserver((list) => shifts.push(...list.getEntries()))
                    .observe({ type: "layout-shift", buffered: true });
                setTimeout(() => done(shifts.map((shift) => shift.value)), 100);
            })"""
        )
        assert shifted == []
