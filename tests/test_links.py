"""Links of a page and the events they belong to."""

from datetime import date

import pytest

from corpus.dates.grammar import EventDate, find_event_date
from corpus.dates.points import Point
from corpus.dates.years import vote_year, year_before, year_of_event
from corpus.document import DateRange, Source
from corpus.layout.paragraphs import lay_out
from corpus.passages.drafts import Draft
from corpus.passages.splitting import split_passages
from corpus.reading import Line, Link, Reading
from corpus.sources.alignment import Candidate, align_links
from corpus.sources.assignment import find_sources
from corpus.sources.urls import read_url, url_host


def owners(urls: list[str], candidates: list[Candidate]) -> list[tuple[int, str]]:
    return [(owner.candidate, owner.confidence) for owner in align_links(urls, candidates)]


def candidate(text: str, countries: str = "", day: int | None = None) -> Candidate:
    point = Point(month=5, day=day) if day else None
    return Candidate(text, frozenset(countries.split()), point)


def event(text: str) -> EventDate:
    found = find_event_date(text)
    assert found is not None
    return found


def test_the_only_event_of_a_page_owns_its_links() -> None:
    urls = ["https://a.example/1", "https://b.example/2"]
    assert owners(urls, [candidate("rozmowy")]) == [(0, "exact"), (0, "exact")]


def test_as_many_links_as_events_are_one_each_in_order() -> None:
    urls = ["https://a.example/1", "https://b.example/2"]
    assert owners(urls, [candidate("rozmowy"), candidate("szczyt")]) == [(0, "order"), (1, "order")]


def test_a_page_without_events_owns_nothing() -> None:
    assert owners(["https://a.example/1"], []) == []


def test_the_country_of_the_host_decides_who_has_two_links() -> None:
    urls = ["https://rzad.ee/1", "https://mfa.gov.pt/2", "https://lisboa.pt/3"]
    events = [candidate("rozmowy", "EE LV"), candidate("rozmowy", "PT ES")]
    assert owners(urls, events) == [(0, "guess"), (1, "guess"), (1, "guess")]


def test_names_in_the_address_decide_over_alphabets() -> None:
    urls = [
        "https://a.example/news/shevchenko-arrives",
        "https://a.example/news/forum-opens",
        "https://a.example/news/petrochemical-forum-ends",
    ]
    events = [
        candidate("do Rygi przybył Taras Szewczenko"),
        candidate("odbyło się forum petrochemiczne"),
    ]
    assert [owner for owner, _ in owners(urls, events)] == [0, 1, 1]


def test_a_date_in_the_address_decides() -> None:
    urls = ["https://a.example/2021/05/07/x", "https://a.example/2021/05/12/y"]
    events = [candidate("a", day=3), candidate("b", day=7), candidate("c", day=12)]
    assert [owner for owner, _ in owners(urls, events)] == [1, 2]


def test_the_rubric_of_a_site_decides() -> None:
    urls = ["https://a.example/culture/1", "https://a.example/politics/2", "https://b.example/3"]
    events = [
        candidate("w Rydze otwarto festiwal pieśni"),
        candidate("ministrowie omówili sankcje, a potem przyjęli wspólne oświadczenie"),
    ]
    assert [owner for owner, _ in owners(urls, events)] == [0, 1, 1]


def test_links_never_cross() -> None:
    urls = ["https://a.pt/1", "https://a.ee/2", "https://a.pt/3"]
    found = [owner for owner, _ in owners(urls, [candidate("x", "EE"), candidate("y", "PT")])]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("url", "hosted", "named"),
    [
        ("https://mfa.gov.ee/uudised", "EE", set()),
        ("https://www.gov.uk/1", "GB", set()),
        ("https://startup.io/1", "", set()),
        ("https://lv.embassy.example/1", "", {"LV"}),
        ("https://a.example/news/south-korea-and-japan-agree", "", {"KR", "JP"}),
        ("https://a.example/lt-pl/view", "", {"LT"}),
        ("http://[bad", "", set()),
        ("", "", set()),
    ],
)
def test_address_names_countries(url: str, hosted: str, named: set[str]) -> None:
    evidence = read_url(url)
    assert (evidence.hosted, set(evidence.named)) == (hosted, named)


def test_address_has_dates_and_years() -> None:
    evidence = read_url("https://a.example/2021/05/07/plan-2030?id=20191")
    assert (evidence.days, evidence.years) == ((date(2021, 5, 7),), (2030,))
    assert read_url("https://a.example/20210507_2").days == (date(2021, 5, 7),)
    assert read_url("https://a.example/20211507").days == ()


def test_host_of_anything_is_given_without_an_error() -> None:
    assert url_host("https://Rzad.Example:443/a") == "rzad.example"
    assert url_host("http://[bad") == ""


def test_majority_of_addresses_gives_the_year() -> None:
    events = [
        (event("3 maja: rozmowy"), ["https://a.example/x-2021/", "https://b.example/plan-2004"]),
        (event("30 maja: rozmowy"), ["https://c.example/2021/06/01/y"]),
    ]
    assert vote_year(events) == 2021


def test_publication_after_new_year_votes_for_the_year_before() -> None:
    events = [(event("30 grudnia: rozmowy"), ["https://a.example/2022/01/02/x"])]
    assert vote_year(events) == 2021


def test_no_majority_gives_no_year() -> None:
    events = [(event("3 maja: rozmowy"), ["https://a.example/2004/", "https://b.example/2012/"])]
    assert vote_year(events) is None


def test_winter_monitor_has_two_years() -> None:
    december, january = event("28 grudnia: rozmowy"), event("4 stycznia: rozmowy")
    events = [
        (december, ["https://a.example/2021/12/29/x"]),
        (january, ["https://a.example/2022/01/04/y"]),
    ]
    year = vote_year(events)
    assert year == 2021
    assert [year_of_event(item, year, [december, january]) for item, _ in events] == [2021, 2022]


def test_event_is_not_later_than_its_publication() -> None:
    published = DateRange(date(2022, 1, 10), date(2022, 1, 10))
    assert year_before(event("28 grudnia: rozmowy"), published) == 2021
    assert year_before(event("4 stycznia: rozmowy"), published) == 2022


def sources_of(lines: list[Line], pages: int = 1) -> list[tuple[Source, ...]]:
    layout = lay_out(Reading(lines=tuple(lines), pages=pages))
    outline = split_passages(layout.blocks, "monitor")
    return list(find_sources([item for item in outline if isinstance(item, Draft)], layout))


def test_page_links_belong_to_the_events_that_begin_on_the_page() -> None:
    url = "https://a.example/?b=1&amp;c=2"
    lines = [
        Line("3 maja: rozmowy w Rydze trwały długo, a ich", 1),
        Line(url, 1),
        Line("skutek nie jest znany.", 2),
        Line("4 maja: rozmowy zerwano.", 2),
        Line("https://b.example/", 2),
    ]
    assert sources_of(lines, pages=2) == [
        (Source(url, "", "exact"),),
        (Source("https://b.example/", "", "exact"),),
    ]


def test_without_pages_a_link_block_ends_the_part_it_belongs_to() -> None:
    lines = [
        Line("3 maja: rozmowy w Rydze.", 1),
        Line("https://a.example/", 1),
        Line("4 maja: rozmowy zerwano.", 1),
        Line("https://b.example/", 1),
        Line("https://c.example/", 1),
    ]
    assert [[source.url for source in own] for own in sources_of(lines)] == [
        ["https://a.example/"],
        ["https://b.example/", "https://c.example/"],
    ]


def test_hyperlink_on_own_words_is_exact() -> None:
    line = Line("3 maja: rozmowy w Rydze.", 1, links=(Link(8, 15, "https://a.example/"),))
    mail = Line("4 maja: kongres.", 1, links=(Link(8, 15, "mailto:biuro@a.example"),))
    assert sources_of([line, mail]) == [(Source("https://a.example/", "rozmowy", "exact"),), ()]


def test_address_in_the_text_is_a_source_without_the_punctuation() -> None:
    line = Line("3 maja: rozmowy (zob. https://a.example/b_(c)).", 1)
    assert [source.url for own in sources_of([line]) for source in own] == [
        "https://a.example/b_(c)"
    ]
