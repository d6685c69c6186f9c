"""Pages as wide as a telephone and as wide as a screen, and on paper."""

import pytest
from browser import LANGUAGES, SCHEMES, WIDTHS, OpenPage
from kinds_of_pages import open_details, with_language
from playwright.sync_api import expect


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways(
    open_page: OpenPage, paths: dict[str, str], width: int, scheme: str, language: str
) -> None:
    page = open_page("/", width=width, scheme=scheme, language=language)
    too_wide = {}
    for kind, path in paths.items():
        page.goto(with_language(path, language))
        open_details(page)
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            too_wide[kind] = needed
    assert too_wide == {}


def test_concordance_is_sentences_on_a_telephone_and_columns_on_a_screen(
    open_page: OpenPage,
) -> None:
    wide = open_page("/kwic?q=minister")
    lefts = {
        round(mark.bounding_box()["x"])  # type: ignore[index]
        for mark in wide.locator(".kwic td.m").all()
    }
    assert len(lefts) == 1
    narrow = open_page("/kwic?q=minister", width=360, scripts=False)
    row = narrow.locator(".kwic tbody tr").first
    box = row.bounding_box()
    assert box
    assert box["height"] > 60
    row.locator(".d a").click()
    expect(narrow.locator(".this mark").first).to_be_visible()
    narrow.go_back()
    narrow.locator(".views a").first.click()
    expect(narrow.locator(".hits")).to_be_visible()


def test_first_column_of_the_map_stays_while_it_scrolls(open_page: OpenPage) -> None:
    page = open_page("/heatmap?from=2023&to=2024", width=360)
    head = page.locator(".heat tbody th").first
    before = head.bounding_box()
    moved = page.locator(".scroll").evaluate(
        "region => (region.scrollLeft = 60, region.scrollLeft)"
    )
    assert moved == 60
    after = head.bounding_box()
    assert before
    assert after
    assert abs(before["x"] - after["x"]) <= 2  # the gap between two cells


def test_paper_has_the_text_and_nothing_to_click(
    open_page: OpenPage, paths: dict[str, str]
) -> None:
    page = open_page(paths["passage"], scheme="dark")
    page.emulate_media(media="print")
    for hidden in (".top", ".crumbs", "#contents", ".walk", ".foot", ".near", ".copy"):
        for item in page.locator(hidden).all():
            expect(item).to_be_hidden()
    expect(page.locator("#headline")).to_be_visible()
    expect(page.locator("#cite .fn").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    after = "getComputedStyle(document.querySelector('.sources a.ext'), '::after').content"
    assert "attr(href)" in page.evaluate(after) or "http" in page.evaluate(after)
    for hidden in page.locator(".kept").all():
        expect(hidden).to_be_hidden()

    page.emulate_media(media="screen")
    page.goto(paths["results"])
    expect(page.locator(".paper")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".paper")).to_contain_text("https://kwerenda.example/?q=minister")
    expect(page.locator(".paper")).to_contain_text("Stan indeksu 1")
    expect(page.locator(".facets")).to_be_hidden()
    expect(page.locator(".take")).to_be_hidden()
    expect(page.locator(".hit h2").first).to_be_visible()


def test_map_on_a_telephone_begins_at_the_newest_month(open_page: OpenPage) -> None:
    page = open_page("/heatmap?from=2023&to=2024", width=360, scripts=False)
    expect(page.locator(".heat tbody .sum").first).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0
    page.goto("/heatmap?by=countries")
    assert page.locator(".scroll").evaluate("region => region.scrollLeft") == 0


def test_date_stands_beside_the_headline(open_page: OpenPage) -> None:
    page = open_page("/?q=minister&kind=event", width=800)
    for hit in page.locator(".hit").all():
        day, headline = (hit.locator(part).bounding_box() for part in (".date b", "h2"))
        assert day
        assert headline
        assert abs(day["y"] - headline["y"]) <= 6


def test_current_match_is_legible(open_page: OpenPage) -> None:
    for scheme in SCHEMES:
        page = open_page("/?q=minister&kind=event", scheme=scheme)
        page.locator(".hit h2 a").first.click()
        page.locator(".walk a").first.click()
        ink = page.locator("#mark-1").evaluate("mark => getComputedStyle(mark).color")
        assert ink == "rgb(27, 34, 32)"
