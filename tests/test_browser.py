"""A person, a browser, a server: what cannot be seen in the HTML alone."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from browser import LANGUAGES, SCHEMES, WIDTHS, OpenPage
from flask.testing import FlaskClient
from playwright.sync_api import Page, Route, expect

from search.engine import Engine
from search.query import Query

KINDS = (
    "home",
    "results",
    "days",
    "nothing",
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


def test_name_narrows_and_the_sign_beside_it_tells_about_it(open_page: OpenPage) -> None:
    page = open_page("/?q=minister&kind=event")
    sign = page.locator(".about .about-it").first
    name = (sign.get_attribute("aria-label") or "").removeprefix("O: ")
    sign.click()
    expect(page.locator("h1")).to_have_text(name)
    page.locator(".net a circle").first.click()
    expect(page.locator(".hit").first).to_be_visible()
    page.locator(".limit .of").first.click()
    expect(page.locator(".profile h1")).to_be_visible()


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

    page.emulate_media(media="screen")
    page.goto(paths["results"])
    expect(page.locator(".paper")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".paper")).to_contain_text("https://kwerenda.example/?q=minister")
    expect(page.locator(".paper")).to_contain_text("Stan indeksu 1")
    expect(page.locator(".facets")).to_be_hidden()
    expect(page.locator(".take")).to_be_hidden()
    expect(page.locator(".hit h2").first).to_be_visible()


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
