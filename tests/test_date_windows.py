"""Dates far from all others: left out of what is drawn, never out of what is counted."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient
from lxml import html
from small_documents import make_document, source_of

from corpus.document import DateRange, Document
from index.whoosh_index import update_index
from search.dates import MAX_BUCKETS, Histogram, Interval
from search.request import build_query
from search.results import Facet
from search.whoosh_engine import WhooshEngine, open_engine
from web import create_app
from web.settings import Settings


def by_months(counts: dict[str, int]) -> Histogram:
    """Give a histogram of passages that begin and end in one month, `2018-10`."""
    numbers = {(int(month[:4]) - 1) * 12 + int(month[5:]): n for month, n in counts.items()}
    first = min(numbers)
    every = np.zeros(max(numbers) - first + 1, dtype=np.int64)
    for number, count in numbers.items():
        every[number - first] = count
    return Histogram("month", first, every, every, 0)


def shown(counts: dict[str, int], chosen: DateRange | None = None) -> tuple[int, ...]:
    """Give the counts inside the window that are not 0."""
    histogram = by_months(counts)
    window = histogram.choose_window(chosen)
    inside = histogram.counts[window.start : window.stop].tolist()
    assert inside[0]
    assert inside[-1]
    return tuple(count for count in inside if count)


YEAR = {f"2018-{month:02}": 10 + month for month in range(1, 13)}


@pytest.mark.parametrize(
    ("stray", "left_out"),
    [
        ({"1812-06": 1}, True),
        ({"2031-06": 3}, True),
        ({"1812-06": 1, "1945-05": 2, "2043-01": 1}, True),
        ({"2016-12": 1}, False),  # near enough to be drawn
        ({"2014-06": 40}, False),  # as many as belong to the story
        ({"2009-06": 1, "2014-06": 1}, True),
    ],
)
def test_few_far_from_all_others_are_left_out(stray: dict[str, int], left_out: bool) -> None:
    found = shown(YEAR | stray)
    assert (set(stray.values()) <= set(found) and len(found) > 12) is not left_out


def test_evenly_spread_dates_are_all_shown() -> None:
    counts = {f"{1995 + number // 2}-{1 + number % 2 * 6:02}": 1 for number in range(60)}
    assert len(shown(counts)) == 60


def test_of_too_many_the_fullest_stretch_is_shown_and_the_newest_of_equals() -> None:
    counts = {f"{1700 + number}-05": 1 for number in range(300)}
    histogram = by_months(counts)
    window = histogram.choose_window()
    assert (len(window), window.stop) == (MAX_BUCKETS, histogram.counts.size)
    fuller = by_months(counts | {"1720-05": 50})
    window = fuller.choose_window()
    assert 50 in fuller.counts[window.start : window.stop]


def days(first: str, last: str) -> DateRange:
    return DateRange(date.fromisoformat(first), date.fromisoformat(last))


def test_what_the_reader_chose_is_shown() -> None:
    assert 3 in shown(YEAR | {"2000-06": 3}, days("2000-01-01", "2000-12-31"))


def test_what_the_reader_chose_stands_alone_where_all_would_be_too_many() -> None:
    assert shown(YEAR | {"1812-06": 3}, days("0001-01-01", "2017-12-31")) == (3,)


def test_narrowing_inside_keeps_what_is_shown() -> None:
    counts = YEAR | {"1812-06": 1}
    assert shown(counts, days("2018-03-01", "2018-04-30")) == shown(counts)


def test_nothing_is_left_out_of_what_the_reader_chose() -> None:
    counts = {"2018-01": 60, "2015-01": 1, "2012-01": 1}
    assert shown(counts, days("2012-01-01", "2018-12-31")) == (1, 1, 60)


def _documents() -> Iterator[Document]:
    rng = random.Random(5)
    begins = [date(2018, 1, 1) + timedelta(days=rng.randint(0, 360)) for _ in range(60)]
    begins += [date(1812, 6, 24), date(1813, 10, 16), date(1999, 3, 12), date(2040, 1, 1)]
    for number, begin in enumerate(begins):
        document = make_document(f"d{number}", f"Rozmowa numer {number} o porcie.")
        lasts = {7: timedelta(days=40), 60: timedelta(days=200), 61: timedelta(days=80_000)}
        dates = DateRange(begin, begin + lasts.get(number, timedelta()))
        [passage] = document.passages
        yield replace(document, passages=(replace(passage, dates=dates),))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory: Path = tmp_path_factory.mktemp("windows") / "index"
    update_index(directory, added=[(source_of(each), each) for each in _documents()])
    opened = open_engine(directory)
    yield opened
    opened.close()


@pytest.fixture
def client(engine: WhooshEngine) -> FlaskClient:
    return create_app(engine, Settings()).test_client()


def total(engine: WhooshEngine, **limits: str) -> int:
    return engine.search(build_query({name: [value] for name, value in limits.items()})).total


@pytest.mark.parametrize(
    ("interval", "ends", "outside"),
    [("month", ("2017-12", "2019-01"), (3, 2)), ("year", ("1998", "2041"), (2, 0))],
)
def test_counts_outside_are_what_their_dates_find(
    engine: WhooshEngine, interval: Interval, ends: tuple[str, str], outside: tuple[int, int]
) -> None:
    facet = engine.histogram(build_query({"q": ["port"]}), interval)
    assert (facet.before, facet.after) == outside
    assert outside == (total(engine, to=ends[0]), total(engine, **{"from": ends[1]}))
    for bucket in facet.buckets:
        assert bucket.count == total(engine, **{"from": bucket.value, "to": bucket.value})


def test_one_old_date_does_not_turn_months_into_years(engine: WhooshEngine) -> None:
    facets = engine.search(build_query({"q": ["port"]})).facets
    assert next(facet.interval for facet in facets if facet.field == "date") == "month"


def test_matrix_keeps_the_months_that_are_full_and_tells_the_others(engine: WhooshEngine) -> None:
    matrix = engine.matrix(build_query({"q": ["port"]}))
    assert {month[:4] for month in matrix.columns} == {"2018"}
    assert (matrix.before, matrix.after) == (3, 2)
    assert sum(matrix.counts[0]) >= 60


def test_matrix_shows_the_months_that_are_asked_for(engine: WhooshEngine) -> None:
    matrix = engine.matrix(build_query({"q": ["port"], "to": ["1812-12"]}))
    assert matrix.columns[0] == "1812-06"
    assert matrix.counts[0][0] == 1


@pytest.mark.parametrize("language", ["pl", "en"])
def test_chart_leads_to_what_it_leaves_out(client: FlaskClient, language: str) -> None:
    page = html.fromstring(client.get(f"/?q=port&lang={language}").text)
    earlier, later = page.cssselect(".outside a")
    said = {"pl": ["wcześniej: 3 fragmenty", "później: 2 fragmenty"]}.get(
        language, ["earlier: 3 passages", "later: 2 passages"]
    )
    told = [" ".join(link.text_content().strip(" ←→\n").split()) for link in (earlier, later)]
    assert told == said
    for link, count in ((earlier, 3), (later, 2)):
        found = client.get(link.get("href").replace("/?", "/api/v1/search?")).get_json()
        assert found["total"] == count


def test_days_that_are_chosen_are_counted_whatever_lasts_beyond_them(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/?q=port&from=2018-01&to=2018-12&interval=day").text)
    bars = page.cssselect(".hist a[aria-label] .bar")
    assert len(bars) > 30
    assert page.cssselect(".outside") == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/heatmap?q=port", ["/heatmap?q=port&to=2016-12", "/heatmap?q=port&from=2019-01"]),
        ("/heatmap?q=port&from=2018&to=2018", []),
        ("/heatmap?q=port&to=2018", ["/heatmap?q=port&to=2016-12"]),
        ("/heatmap?q=port&by=countries", []),
    ],
)
def test_map_shows_the_newest_full_months_and_leads_to_the_others(
    client: FlaskClient, path: str, expected: list[str]
) -> None:
    page = html.fromstring(client.get(path).text)
    outside = page.cssselect(".outside a")
    assert [link.get("href") for link in outside] == expected
    for link in outside:
        found = client.get(link.get("href").replace("/heatmap", "/api/v1/search")).get_json()
        assert re.findall(r"\d+", link.text_content()) == [str(found["total"])]


def test_programs_are_told_what_lies_outside(client: FlaskClient) -> None:
    facet = client.get("/api/v1/search?q=port").get_json()["facets"]["date"]
    assert (facet["before"], facet["after"]) == (3, 2)
    matrix = client.get("/api/v1/matrix?q=port").get_json()
    assert (matrix["before"], matrix["after"]) == (3, 2)


def test_nothing_dated_has_nothing_outside(engine: WhooshEngine) -> None:
    assert engine.histogram(build_query({"q": ["nieobecne"]}), "month") == Facet("date", ())
