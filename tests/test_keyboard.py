"""The keyboard alone: keys, their sheet, focus."""

import re

from browser import OpenPage
from kinds_of_pages import find_violations, focused
from playwright.sync_api import Route, expect


def test_question_mark_shows_the_keys_over_the_page(open_page: OpenPage, axe_script: str) -> None:
    page = open_page("/?q=minister")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("następny i poprzedni wynik")
    assert find_violations(page, axe_script) == []
    page.keyboard.press("j")
    expect(page.locator(".hit[data-here]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("?")
    expect(sheet).to_be_visible()
    sheet.get_by_role("button").click()
    expect(sheet).to_be_hidden()
    assert page.url.endswith("/?q=minister")


def test_keyboard_alone_reaches_query_facet_result_and_source(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Przejdź do treści"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    page.keyboard.press("/")
    page.keyboard.type("minister")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=minister")

    page.keyboard.press("f")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=minister&pair=*")

    page.keyboard.press("j")
    page.keyboard.press("w")
    expect(page.locator(".hit").first.locator("details")).to_have_attribute("open", "")
    page.keyboard.press("j")
    page.keyboard.press("k")
    headline = page.locator(".hit h2").first.inner_text()
    assert focused(page) == headline
    page.keyboard.press("Enter")
    page.wait_for_url("**/p/**")
    assert page.locator("h1").inner_text() in headline


def test_o_opens_the_source_of_the_result_one_stands_at(open_page: OpenPage) -> None:
    page = open_page("/?sort=date&kind=event")
    sourced = page.locator(".hit:has(.src a)").first
    href = sourced.locator(".src a").first.get_attribute("href")
    opened: list[str] = []

    def answer(route: Route) -> None:
        opened.append(route.request.url)
        route.fulfill(body="źródło", content_type="text/plain; charset=utf-8")

    page.route(re.compile(r"^https?://(?!127\.)"), answer)
    sourced.locator("h2 a").focus()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"^https?://(?!127\.)"))
    assert opened == [href]


def test_tab_alone_walks_from_facets_to_results(open_page: OpenPage) -> None:
    page = open_page("/?q=minister")
    seen = []
    for _ in range(200):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.getAttribute('class')"))
        if page.evaluate("!!document.activeElement.closest('.hit')"):
            break
    assert page.evaluate("!!document.activeElement.closest('.hit')")
    assert {"v", "x"} <= set(seen)


def test_focus_is_always_visible(open_page: OpenPage) -> None:
    page = open_page("/?q=minister")
    for _ in range(12):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid"


def test_letters_typed_into_the_query_are_no_keys(open_page: OpenPage) -> None:
    page = open_page("/")
    page.click("#q")
    page.keyboard.type("jk/?w")
    assert page.input_value("#q") == "jk/?w"


def test_keys_can_be_switched_off(open_page: OpenPage) -> None:
    page = open_page("/help")
    page.uncheck("#keys-on")
    page.goto("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "q"
    expect(page.locator(".foot .keys")).to_be_hidden()


def test_n_steps_through_the_matches_of_a_passage(open_page: OpenPage) -> None:
    page = open_page("/?q=minister&kind=event")
    page.locator(".hit h2 a").first.click()
    expect(page.locator("html.has-keys #mark-1")).to_be_visible()
    page.keyboard.press("n")
    assert page.locator("mark.now").get_attribute("id") == "mark-1"
