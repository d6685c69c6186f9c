"""Heat map, values of a facet, the collection: each count leads to what it counts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement
from small_documents import make_document, source_of

from corpus.document import DateRange
from index.whoosh_index import update_index
from search.engine import Engine
from search.results import Bucket, Facet, Matrix
from search.whoosh_engine import WhooshEngine, open_engine
from web.coverage import list_years
from web.heatmaps import choose_window, draw_countries, draw_months, make_scale, name_scale
from web.params import State, read_state


def read(client: FlaskClient, path: str, status: int = 200) -> HtmlElement:
    response = client.get(path, headers={"Accept-Language": "pl"})
    assert response.status_code == status, response.text
    return html.fromstring(response.text)


def texts(page: HtmlElement, selector: str) -> list[str]:
    return [" ".join(item.text_content().split()) for item in page.cssselect(selector)]


def total(client: FlaskClient, href: str) -> int:
    found: int = client.get(href.replace("/?", "/api/v1/search?")).get_json()["total"]
    return found


@pytest.mark.parametrize(
    "path",
    [
        "/heatmap",
        "/heatmap?q=minister&by=country",
        "/heatmap?by=countries",
        "/heatmap?pair=CN-KG&pair=CN-UZ&kind=-conclusion&from=2023&to=2024",
        "/heatmap?q=minister&country=CN&by=countries",
    ],
)
def test_every_count_of_the_map_is_what_its_link_finds(client: FlaskClient, path: str) -> None:
    cells = read(client, path).cssselect(".heat td a")
    assert cells
    for cell in cells:
        assert (cell.get("aria-label"), total(client, cell.get("href"))) == (
            cell.get("aria-label"),
            int(cell.text),
        )


def test_map_is_a_table_that_can_be_read_aloud(client: FlaskClient) -> None:
    page = read(client, "/heatmap?q=minister")
    [table] = page.cssselect("table.heat")
    assert texts(page, "caption") == [
        "Fragmenty, pary i miesiące; każda liczba prowadzi do swoich fragmentów"
    ]
    assert {cell.get("scope") for cell in table.cssselect("thead th")} == {"col", "colgroup"}
    assert {cell.get("scope") for cell in table.cssselect("tbody th")} == {"row"}
    widths = {
        sum(int(cell.get("colspan", 1)) for cell in row.cssselect("td, th"))
        for row in table.cssselect("tr")
    }
    assert len(widths) == 1
    label = table.cssselect("td a")[0].get("aria-label")
    assert re.fullmatch(r"\S.* – .*, \w+ \d{4}: \d+ fragment\w*", label)


def test_views_of_one_query_lead_to_each_other(client: FlaskClient) -> None:
    page = read(client, "/?q=minister&kind=event&sort=date&limit=5&interval=year")
    there = page.cssselect(".views a")[2].get("href")
    assert there == "/heatmap?q=minister&kind=event"
    back = read(client, f"{there}&by=country").cssselect(".views a")[0].get("href")
    assert back == "/?q=minister&kind=event"


def test_map_of_nothing_offers_ways_on_that_work(client: FlaskClient) -> None:
    for path in ("/heatmap?q=qxzzv", "/heatmap?q=data:brak&by=country", "/heatmap?pair=AD-AE"):
        ways = [link.get("href") for link in read(client, path).cssselect(".ways a")]
        assert len(ways) >= 3
        for way in ways:
            read(client, way)


@pytest.mark.parametrize("name", ["by=colour", "limit=5", "sort=date", "colour=red"])
def test_map_refuses_what_it_does_not_know(client: FlaskClient, name: str) -> None:
    read(client, f"/heatmap?q=minister&{name}", 400)


def test_row_beside_a_choice_would_count_two_conditions_and_is_left_out() -> None:
    matrix = Matrix(
        "pair", (Bucket("JP-RU", "", 3), Bucket("CN-RU", "", 2)), ("2018-10",), ((3,), (2,))
    )
    window = DateRange(date(2018, 10, 1), date(2018, 10, 31))
    state = read_state([("pair", "JP-RU"), ("pair", "-JP-UA")])
    heat = draw_months(matrix, state, window, "pl")
    assert [row.name for row in heat.rows] == ["Japonia – Rosja"]
    [cell] = heat.rows[0].cells
    assert cell is not None
    assert cell.state.at("/") == "/?from=2018-10&to=2018-10&pair=JP-RU&pair=-JP-UA"


def test_months_without_counts_stay_where_the_reader_chose_them() -> None:
    matrix = Matrix("pair", (Bucket("JP-RU", "", 1),), ("2018-03",), ((1,),))
    window = DateRange(date(2018, 1, 1), date(2018, 12, 31))
    whole = draw_months(matrix, read_state([("from", "2018")]), window, "pl")
    assert [(len(whole.columns), whole.columns[0].group, whole.columns[0].width)] == [
        (12, "2018", 12)
    ]
    assert [column.short for column in draw_months(matrix, State(), window, "pl").columns] == [
        "III"
    ]


def test_pair_stands_in_the_rows_of_both_countries() -> None:
    pairs = Matrix("pair", (Bucket("JP-RU", "", 5), Bucket("CN-RU", "", 2)), (), ((), ()))
    heat = draw_countries(pairs, {"RU": 6, "JP": 5, "CN": 2}, State(), "pl")
    counts = [[cell.count if cell else None for cell in row.cells] for row in heat.rows]
    assert [(row.name, row.total) for row in heat.rows] == [
        ("Rosja", 6),
        ("Japonia", 5),
        ("Chiny", 2),
    ]
    assert counts == [[None, 5, 2], [5, None, 0], [2, 0, None]]


@pytest.mark.parametrize(
    ("highest", "expected"),
    [
        (0, ()),
        (1, ("1",)),
        (3, ("1", "2", "3")),
        (7, ("1", "2", "3", "4", "5", "6", "7")),
        (22, ("1", "2–3", "4–5", "6–8", "9–13", "14+")),
    ],
)
def test_shades_stand_for_ranges_of_counts(highest: int, expected: tuple[str, ...]) -> None:
    assert name_scale(make_scale(highest)) == expected


@pytest.mark.parametrize(
    ("chosen", "newest", "expected"),
    [
        (None, None, None),
        (None, (2024, 5, 3), ((2023, 1, 1), (2024, 12, 31))),
        (((2020, 3, 5), (2020, 4, 1)), (2024, 5, 3), ((2020, 3, 1), (2020, 4, 1))),
        (((2001, 1, 1), (9999, 12, 31)), (2024, 5, 3), ((2019, 6, 1), (2024, 5, 3))),
        (((1, 1, 1), (2020, 4, 1)), (2024, 5, 3), ((2019, 1, 1), (2020, 4, 1))),
        (((2030, 1, 1), (2031, 1, 1)), (2024, 5, 3), ((2030, 1, 1), (2030, 1, 1))),
    ],
)
def test_window_is_what_was_chosen_or_the_last_years(
    chosen: tuple[tuple[int, int, int], ...] | None,
    newest: tuple[int, int, int] | None,
    expected: tuple[tuple[int, int, int], ...] | None,
) -> None:
    given = DateRange(*(date(*day) for day in chosen)) if chosen else None
    window = choose_window(given, date(*newest) if newest else None)
    assert window == (DateRange(*(date(*day) for day in expected)) if expected else None)


def test_values_of_a_facet_are_found_by_a_part_of_their_name(client: FlaskClient) -> None:
    page = read(client, "/facet/country?q=minister&kind=event&find=chi")
    assert texts(page, ".values .t") == ["Chiny"]
    [row] = page.cssselect(".values a.v")
    assert row.get("href") == "/?q=minister&country=CN&kind=event"
    assert total(client, row.get("href")) == int(row.cssselect(".n")[0].text)


def test_every_value_of_a_facet_can_be_reached_without_scripts(client: FlaskClient) -> None:
    page = read(client, "/?q=minister&sort=date")
    [form] = page.cssselect("#facet-actor ~ form")
    kept = {item.get("name"): item.get("value") for item in form.cssselect("input[type=hidden]")}
    assert (form.get("action"), kept) == ("/facet/actor", {"q": "minister", "sort": "date"})
    values = read(client, "/facet/actor?q=minister")
    count = int(re.sub(r"\D", "", texts(values, "h1 small")[0]))
    assert len(values.cssselect(".values li")) == min(count, 50)


def test_value_that_nobody_has_is_told(client: FlaskClient) -> None:
    page = read(client, "/facet/actor?q=minister&find=qxzzv")
    assert texts(page, ".values li") == ["Żadna wartość tak się nie nazywa."]


def test_facet_that_does_not_exist_is_not_found(client: FlaskClient) -> None:
    read(client, "/facet/colour", 404)


def test_values_of_a_facet_for_programs(client: FlaskClient) -> None:
    facet = client.get("/api/v1/facets/country?q=minister&find=chi&lang=pl").get_json()
    assert [(bucket["value"], bucket["label"]) for bucket in facet["buckets"]] == [("CN", "Chiny")]
    assert client.get("/api/v1/facets/colour").status_code == 404


def test_matrix_for_programs_has_a_count_for_every_row_and_month(client: FlaskClient) -> None:
    matrix = client.get("/api/v1/matrix?q=minister&by=country").get_json()
    assert matrix["field"] == "country"
    assert len(matrix["counts"]) == len(matrix["rows"]) > 3
    assert {len(row) for row in matrix["counts"]} == {len(matrix["months"])}
    assert client.get("/api/v1/matrix?by=colour").status_code == 400


def test_collection_lists_every_document_with_what_it_holds(
    client: FlaskClient, engine: Engine
) -> None:
    page = read(client, "/corpus")
    rows = page.cssselect(".plain tbody tr")
    assert len(rows) == engine.status().documents
    for row in rows:
        name = row.cssselect("th a")[0].get("href").rpartition("/")[2]
        document = engine.document(name)
        assert row.cssselect("th a")[0].text == document.title
        cells = [" ".join(cell.text_content().split()) for cell in row.cssselect("td")]
        assert cells[-1].split()[0] == str(len(document.passages))
        assert cells[-2] == str(document.pages)
        assert total(client, row.cssselect("td a")[0].get("href")) == len(document.passages)


def test_collection_says_where_each_date_comes_from(client: FlaskClient) -> None:
    found = texts(read(client, "/corpus"), ".plain tbody td:nth-child(3) small")
    assert "według opisu obok pliku" in found


def test_every_month_of_the_collection_leads_to_its_passages(client: FlaskClient) -> None:
    cells = read(client, "/corpus").cssselect(".heat td a")
    assert cells
    for cell in cells:
        assert total(client, cell.get("href")) == int(cell.text)


def test_long_collection_is_cut_into_pages(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.overviews.DOCUMENTS_PER_PAGE", 3)
    first = read(client, "/corpus")
    assert len(first.cssselect(".plain tbody tr")) == 3
    second = read(client, first.cssselect(".pager .next")[0].get("href"))
    assert not set(texts(first, ".plain th a")) & set(texts(second, ".plain th a"))
    read(client, "/corpus?offset=x", 400)


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[WhooshEngine]:
    documents = [
        make_document("pierwszy", "Rozmowy o zamku.", "Umowa o moście."),
        replace(make_document("drugi", "Notatka o porcie."), published=None, published_from="none"),
    ]
    failures = [
        ("/zbior/pusty.txt", "pusty.txt is empty."),
        ("/zbior/skan.pdf", "The PDF is damaged or is not a PDF at all."),
    ]
    update_index(
        tmp_path / "index",
        added=[(source_of(document), document) for document in documents],
        failed=failures,
    )
    opened = open_engine(tmp_path / "index")
    yield opened
    opened.close()


def test_documents_are_listed_newest_first_and_removed_ones_leave(
    changing: WhooshEngine, tmp_path: Path
) -> None:
    listed = changing.collection().shown
    assert [(document.id, document.passages) for document in listed] == [
        ("pierwszy", 2),
        ("drugi", 1),
    ]
    assert listed[0].dates == DateRange(date(2031, 5, 6), date(2031, 5, 8))
    update_index(tmp_path / "index", removed=["pierwszy"])
    assert [document.id for document in changing.collection().shown] == ["drugi"]


def test_collection_says_what_could_not_be_read(changing: WhooshEngine) -> None:
    from web import create_app
    from web.settings import Settings

    page = read(create_app(changing, Settings()).test_client(), "/corpus")
    assert texts(page, "#unread") == ["Nie udało się odczytać 2 plików"]
    assert texts(page, ".unread li") == [
        "pusty.txt: plik jest pusty. /zbior/pusty.txt",
        "skan.pdf PDF jest uszkodzony albo w ogóle nie jest PDF-em. /zbior/skan.pdf",
    ]


def test_month_between_that_has_nothing_is_missing() -> None:
    histogram = Facet("date", (Bucket("2018-10", "", 8), Bucket("2018-11", "", 0)))
    years = list_years(histogram, {"2019-01": 1}, "pl")
    assert [month.name for year in years for month in year.months if month.missing] == [
        "listopad 2018",
        "grudzień 2018",
    ]
    assert (years[0].months[9].passages, years[0].months[9].shade) == (8, 7)
    assert years[1].months[0].documents == 1


def test_years_without_anything_are_told_and_not_drawn() -> None:
    histogram = Facet("date", (Bucket("1998-10", "", 1), Bucket("2018-11", "", 1)))
    assert [(year.year, year.empty_before) for year in list_years(histogram, {}, "pl")] == [
        (1998, 0),
        (2018, 19),
    ]


def test_collection_of_nothing_covers_nothing() -> None:
    assert list_years(Facet("date", ()), {}, "pl") == ()
