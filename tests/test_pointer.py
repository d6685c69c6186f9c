"""What is clicked, dragged and typed on the pages, with scripts and without."""

import re

from browser import OpenPage
from playwright.sync_api import expect


def test_facet_click_narrows_and_second_click_undoes(open_page: OpenPage) -> None:
    page = open_page("/?q=minister")
    tally = page.locator(".tally h1")
    before = tally.inner_text()
    row = page.locator("#facet-country ~ ul li").first
    count = row.locator(".n").evaluate("item => item.firstChild.textContent.trim()")
    row.locator("a.v").click()
    expect(tally).to_have_text(re.compile(rf"^{count} "))
    page.locator("#facet-country ~ ul li.on a.v").click()
    expect(tally).to_have_text(re.compile(re.escape(before.split("\n")[0].split(" ")[0])))
    assert page.url.endswith("/?q=minister")


def test_bar_of_the_histogram_narrows_to_its_month(open_page: OpenPage) -> None:
    page = open_page("/")
    bar = page.locator(".hist a:has(.bar)").first
    count = re.search(r": (\d+)", bar.get_attribute("aria-label") or "")
    assert count
    bar.locator(".hot").click()
    expect(page.locator(".tally h1")).to_have_text(re.compile(rf"^{count[1]} "))
    expect(page.locator(".limit")).to_have_count(1)


def test_range_of_dates_is_set_by_the_form(open_page: OpenPage) -> None:
    page = open_page("/?q=minister&kind=event")
    page.locator(".when-bar summary").click()
    page.fill("#from", "2023-10")
    page.press("#from", "Enter")
    assert page.url.endswith("/?q=minister&kind=event&from=2023-10&to=")
    expect(page.locator(".limit").last).to_contain_text("od: październik 2023")


def test_drag_over_the_bars_narrows_to_what_lies_between(open_page: OpenPage) -> None:
    page = open_page("/?q=minister&kind=event&offset=10")
    chart = page.locator(".hist")
    periods = (chart.get_attribute("data-periods") or "").split()
    step = float(chart.get_attribute("data-width") or 0) / 100 / len(periods)
    box = chart.bounding_box()
    assert box
    first, last = periods.index("2023-09"), periods.index("2024-02")

    def point(slot: int) -> tuple[float, float]:
        return box["x"] + box["width"] * step * (slot + 0.5), box["y"] + 30

    page.mouse.move(*point(last))
    page.mouse.down()
    page.mouse.move(*point(first + 2), steps=4)
    page.mouse.move(*point(first), steps=2)
    expect(page.locator(".hist .drawn")).to_have_count(1)
    page.mouse.up()
    page.wait_for_url("**from=2023-09*")
    assert page.url.endswith("/?q=minister&kind=event&from=2023-09&to=2024-02")
    expect(page.locator(".limit").last).to_contain_text("wrzesień 2023 – luty 2024")
    page.go_back()
    assert page.url.endswith("/?q=minister&kind=event&offset=10")


def test_values_of_a_facet_are_found_while_one_types(open_page: OpenPage) -> None:
    page = open_page("/?q=minister")
    rows = page.locator("#facet-actor ~ .values li")
    before = rows.all_inner_texts()
    page.fill("#facet-actor ~ .seek input[type=search]", "orieszkin")
    expect(rows).to_have_count(1)
    page.fill("#facet-actor ~ .seek input[type=search]", "qxzzv")
    expect(rows).to_have_text(["Żadna wartość tak się nie nazywa."])
    page.fill("#facet-actor ~ .seek input[type=search]", "")
    expect(rows).to_have_count(len(before))
    page.fill("#facet-actor ~ .seek input[type=search]", "helen")
    expect(rows).to_have_count(1)
    rows.first.locator("a.v").click()
    page.wait_for_url("**/?q=minister&actor=*")
    expect(page.locator(".limit")).to_contain_text("Helen")


def test_name_narrows_and_the_sign_beside_it_tells_about_it(open_page: OpenPage) -> None:
    page = open_page("/?q=minister&kind=event")
    sign = page.locator(".about .about-it[href*=helen-marchbank]")  # with others around her
    name = (sign.get_attribute("aria-label") or "").removeprefix("O: ")
    sign.click()
    expect(page.locator("h1")).to_have_text(name)
    page.locator(".net a circle").first.click()
    expect(page.locator(".hit").first).to_be_visible()
    page.locator(".limit .of").first.click()
    expect(page.locator(".profile h1")).to_be_visible()


def test_result_is_taken_away_as_a_file(open_page: OpenPage) -> None:
    for scripts in (True, False):
        page = open_page("/?q=minister", scripts=scripts, width=360)
        page.locator(".take summary").click()
        with page.expect_download() as found:
            page.locator(".take a[href*=docx]").click()
        assert found.value.suggested_filename.startswith("kwerenda-minister-20")
        assert found.value.suggested_filename.endswith(".docx")


def test_cell_of_the_map_leads_to_its_passages(open_page: OpenPage) -> None:
    page = open_page("/heatmap?q=minister", width=360)
    cell = page.locator(".heat td a").last
    count = cell.inner_text()
    cell.scroll_into_view_if_needed()
    cell.click()
    expect(page.locator(".tally h1")).to_have_text(re.compile(rf"^{count} "))


def test_footnote_is_copied_by_a_button(open_page: OpenPage, paths: dict[str, str]) -> None:
    page = open_page(paths["passage"])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    footnote = page.locator("#cite .fn").first.inner_text()
    page.locator("#cite .copy").first.click()
    expect(page.locator("#cite .copy").first).to_have_text("skopiowano")
    assert page.evaluate("navigator.clipboard.readText()") == footnote


def test_without_scripts_one_searches_narrows_reads_and_explains(open_page: OpenPage) -> None:
    page = open_page("/", scripts=False, width=360)
    page.fill("#q", "minister")
    page.click("button[type=submit]")
    before = page.locator(".tally h1").inner_text()
    page.locator(".hit summary").first.click()
    expect(page.locator(".why-box").first).to_be_visible()

    facets = page.locator("#narrow")
    expect(facets).to_be_hidden()
    page.click(".open-facets")
    expect(facets).to_be_visible()
    facets.locator("a.v").first.click()
    assert page.locator(".tally h1").inner_text() != before

    page.locator(".hit h2 a").first.click()
    expect(page.locator(".this")).to_be_visible()
    page.locator(".crumbs a").first.click()
    expect(page.locator(".hits")).to_be_visible()
    expect(page.locator(".keys").first).to_be_hidden()
