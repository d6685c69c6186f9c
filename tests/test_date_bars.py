"""The bars above the hits: days, months or years, each leading to what it counts."""

import re

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from reading_pages import hrefs, read, texts, total

from search.engine import Engine


def test_bar_leads_to_its_month(client: FlaskClient) -> None:
    bar = next(bar for bar in read(client, "/").cssselect(".hist a") if "from=" in bar.get("href"))
    count = int(re.sub(r".*: ", "", bar.get("aria-label")).split()[0])
    assert total(read(client, bar.get("href"))) == count


def test_undated_passages_are_one_click_away(client: FlaskClient, engine: Engine) -> None:
    link = next(a for a in read(client, "/").cssselect(".hist a") if "brak" in a.get("href"))
    assert total(read(client, link.get("href"))) == engine.status().undated


def periods(page: HtmlElement) -> list[str]:
    return str(page.cssselect(".hist")[0].get("data-periods")).split()


@pytest.mark.parametrize(
    ("query", "first", "last", "offered"),
    [
        ("q=minister", "2023-01", "2024-12", ["miesiące", "lata"]),
        ("q=minister&interval=year", "2023", "2024", ["miesiące", "lata"]),
        ("q=minister&interval=day", "2023-01", "2024-12", ["miesiące", "lata"]),
        (
            "q=minister&from=2023-09-28&to=2023-10&interval=day",
            "2023-09-28",
            "2023-10-31",
            ["dni", "miesiące", "lata"],
        ),
    ],
)
def test_bars_stand_for_days_months_or_years(
    client: FlaskClient, query: str, first: str, last: str, offered: list[str]
) -> None:
    page = read(client, f"/?{query}")
    assert (periods(page)[0], periods(page)[-1]) == (first, last)
    assert texts(page, ".grain a") == offered


@pytest.mark.parametrize("interval", ["year", "day"])
def test_bar_of_any_interval_leads_to_what_it_counts(client: FlaskClient, interval: str) -> None:
    page = read(client, f"/?q=minister&from=2023-09&to=2023-11&interval={interval}")
    bars = [bar for bar in page.cssselect(".hist a") if bar.cssselect(".bar")]
    assert bars
    for bar in bars:
        count = int(re.sub(r".*: ", "", bar.get("aria-label")).split()[0])
        assert total(read(client, bar.get("href"))) == count


def test_undated_stay_counted_beside_days(client: FlaskClient) -> None:
    months = texts(read(client, "/?q=minister&from=2023-09&to=2023-11"), ".hist .link")
    days = read(client, "/?q=minister&from=2023-09&to=2023-11&interval=day")
    assert texts(days, ".hist .link") == months != []


def test_undated_are_found_though_dates_are_chosen(client: FlaskClient) -> None:
    page = read(client, "/?q=minister&from=2023-09&to=2023-11")
    link = next(bar for bar in page.cssselect(".hist a") if bar.cssselect(".undated"))
    count = int(re.sub(r".*: ", "", link.get("aria-label")).split()[0])
    assert total(read(client, link.get("href"))) == count


def test_interval_stays_on_the_way_to_a_passage_and_back(client: FlaskClient) -> None:
    href = hrefs(read(client, "/?q=minister&interval=year"), ".hit h2 a")[0]
    back = hrefs(read(client, href), ".crumbs a")[0]
    assert "interval=year" in back
    read(client, back)
