"""Completion of the query as one types: chosen, left, clicked."""

from browser import SCHEMES, OpenPage
from kinds_of_pages import find_violations
from playwright.sync_api import expect


def test_completion_is_chosen_by_the_keyboard(open_page: OpenPage) -> None:
    page = open_page("/?q=minister&kind=event")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("/")
    page.keyboard.press("End")
    page.keyboard.type(" kazach")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    query = chosen.get_attribute("data-query") or ""
    assert page.input_value("#q") == query
    page.keyboard.press("ArrowUp")
    assert page.input_value("#q") == "minister kazach"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**kind=event")
    assert page.input_value("#q") == query
    assert query.startswith("minister ")
    expect(page.locator(".hit").first).to_be_visible()


def test_completion_is_left_as_it_was_typed(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.press("/")
    page.keyboard.type("kazach")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#offers")).to_be_hidden()
    assert page.input_value("#q") == "kazach"
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=kazach")


def test_completion_is_chosen_by_a_click_and_moves_nothing(open_page: OpenPage) -> None:
    page = open_page("/", width=360)
    hit = page.locator(".hit").first
    before = hit.bounding_box()
    page.locator("#q").press_sequentially("kazach")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    assert hit.bounding_box() == before
    query = option.get_attribute("data-query")
    option.click()
    page.wait_for_url("**/?q=*")
    assert page.input_value("#q") == query


def test_completion_has_no_violation(open_page: OpenPage, axe_script: str) -> None:
    for scheme in SCHEMES:
        page = open_page("/", scheme=scheme)
        page.locator("#q").press_sequentially("kazach")
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        assert find_violations(page, axe_script) == []
