"""The pages: what stands on them, where they lead, what they refuse."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement

from corpus.document import DateRange, Document, Heading, Passage, Source
from search.engine import Engine
from web import create_app
from web.citations import write_footnote, write_quotation
from web.labels import name_shared
from web.outlines import lay_out
from web.pagers import make_pager
from web.settings import Settings
from web.sources import find_archived


def read(client: FlaskClient, path: str, status: int = 200, language: str = "pl") -> HtmlElement:
    response = client.get(path, headers={"Accept-Language": language})
    assert response.status_code == status, response.text
    return html.fromstring(response.text)


def texts(page: HtmlElement, selector: str) -> list[str]:
    return [" ".join(item.text_content().split()) for item in page.cssselect(selector)]


def hrefs(page: HtmlElement, selector: str = "a") -> list[str]:
    return [item.get("href") for item in page.cssselect(selector)]


def total(page: HtmlElement) -> int:
    return int(re.sub(r"\D", "", texts(page, ".tally h1")[0].split("z ")[0]))


def a_sourced_passage(client: FlaskClient) -> str:
    hits = client.get("/api/v1/search?limit=200").get_json()["hits"]
    found = next(hit for hit in hits if hit["sources"] and hit["pairs"] and hit["headline"])
    return str(found["id"])


def test_empty_query_shows_the_whole_collection_with_facets(
    client: FlaskClient, engine: Engine
) -> None:
    page = read(client, "/")
    assert total(page) == engine.status().passages
    assert texts(page, ".facet > h3") == [
        "Pary państw",
        "Państwa",
        "Osoby i organizacje",
        "Rodzaj",
        "Dokument",
    ]


def test_facet_click_narrows_and_a_second_click_undoes_it(client: FlaskClient) -> None:
    before = read(client, "/?q=minister")
    row = before.cssselect("#facet-country ~ ul a.v")[0]
    count = int(row.cssselect(".n")[0].text)
    narrowed = read(client, row.get("href"))
    assert total(narrowed) == count < total(before)
    undo = narrowed.cssselect("#facet-country ~ ul li.on a.v")[0]
    assert total(read(client, undo.get("href"))) == total(before)


def test_minus_excludes_and_the_chip_undoes_it(client: FlaskClient) -> None:
    before = read(client, "/?q=minister")
    without = read(client, hrefs(before, "#facet-country ~ ul a.x")[0])
    assert total(without) < total(before)
    assert texts(without, ".limit.not")[0].startswith("bez:")
    assert total(read(client, hrefs(without, ".limit .cut")[0])) == total(before)


def test_facet_keeps_counting_what_its_own_choice_hides(client: FlaskClient) -> None:
    before = read(client, "/?q=minister")
    narrowed = read(client, hrefs(before, "#facet-kind ~ ul a.v")[0])
    assert texts(narrowed, "#facet-kind ~ ul .t") == texts(before, "#facet-kind ~ ul .t")


def test_value_typed_by_its_name_is_the_one_chosen(client: FlaskClient) -> None:
    page = read(client, "/?kind=wydarzenie")
    assert texts(page, "#facet-kind ~ ul li.on .t") == ["wydarzenie"]
    assert hrefs(page, "#facet-kind ~ ul li.on a.v") == ["/"]


def test_bar_leads_to_its_month(client: FlaskClient) -> None:
    bar = next(bar for bar in read(client, "/").cssselect(".hist a") if "from=" in bar.get("href"))
    count = int(re.sub(r".*: ", "", bar.get("aria-label")).split()[0])
    assert total(read(client, bar.get("href"))) == count


def test_undated_passages_are_one_click_away(client: FlaskClient, engine: Engine) -> None:
    link = next(a for a in read(client, "/").cssselect(".hist a") if "brak" in a.get("href"))
    assert total(read(client, link.get("href"))) == engine.status().undated


def test_query_form_keeps_the_filters(client: FlaskClient) -> None:
    page = read(client, "/?q=minister&kind=event&sort=date&offset=10")
    kept = {item.get("name"): item.get("value") for item in page.cssselect(".find input")}
    assert kept == {"q": "minister", "kind": "event", "sort": "date"}


def test_hits_mark_the_inflected_word(client: FlaskClient) -> None:
    page = read(client, "/?q=Kazachstan")
    assert "Kazachstanu" in texts(page, ".hit mark")


def test_note_line_says_what_was_repaired(client: FlaskClient) -> None:
    page = read(client, '/?q="minister')
    assert "Cudzysłów nie był zamknięty" in texts(page, ".say")[0]


@pytest.mark.parametrize(
    "path",
    [
        "/?q=Kazachstan&kind=lead&from=2023-10",
        "/?q=minister&pair=CN-KZ&country=-CN&to=2024",
        "/?q=minister+qxzzv&kind=lead&pair=CN-KZ",
    ],
)
def test_nothing_found_offers_only_ways_that_find_what_they_say(
    client: FlaskClient, path: str
) -> None:
    page = read(client, path)
    assert texts(page, ".state h1") == ["Nic nie pasuje do całego zapytania"]
    ways = [item for item in page.cssselect(".ways li") if item.cssselect(".dim")]
    assert ways
    for way in ways:
        found = read(client, way.cssselect("a")[0].get("href"))
        assert total(found) == int(way.cssselect(".dim")[0].text.split()[0]) > 0


def test_what_finds_nothing_either_is_not_offered(client: FlaskClient) -> None:
    page = read(client, "/?q=qxzzv&kind=event&from=2023-10")
    assert hrefs(page, ".ways a") == ["/?from=2023-10&kind=event", "/help"]


def test_partial_matches_say_what_each_word_finds_alone(client: FlaskClient) -> None:
    page = read(client, "/?q=Kazachstan+Egipt&kind=event")
    line = page.cssselect(".say p")[-1]
    assert "Z osobna:" in line.text_content()
    for link in line.cssselect("a"):
        assert total(read(client, link.get("href"))) == int(link.getnext().text.strip("("))
    assert hrefs(line) == ["/?q=Kazachstan&kind=event", "/?q=Egipt&kind=event"]


def test_word_that_finds_more_than_itself_is_a_chip_that_can_be_undone(
    client: FlaskClient,
) -> None:
    page = read(client, "/?q=minister+wspolpraca")
    [chip] = page.cssselect(".limit.term")
    assert texts(chip, "b") == ["wspolpraca"]
    assert "współpraca" in chip.text_content()
    assert page.cssselect(".say p:contains('współpraca')") == []
    undone = read(client, hrefs(chip, ".cut")[0])
    assert undone.cssselect(".limit.term") == []


def test_undated_is_a_chip_beside_the_words(client: FlaskClient) -> None:
    page = read(client, "/?q=minister+data:brak")
    assert texts(page, ".limit") == ["data: bez daty×"]
    assert hrefs(page, ".limit .cut") == ["/?q=minister"]


def test_pager_leads_to_other_hits(client: FlaskClient) -> None:
    first = read(client, "/")
    second = read(client, hrefs(first, ".pager .next")[0])
    assert not set(texts(first, ".hit h2")) & set(texts(second, ".hit h2"))
    assert texts(second, ".pager [aria-current]") == ["strona 2"]


def test_offset_beyond_the_end_says_so(client: FlaskClient) -> None:
    page = read(client, "/?q=minister&offset=5000")
    assert texts(page, ".state h1") == ["Lista tak daleko nie sięga"]


def test_passage_page_stands_in_its_document(client: FlaskClient, engine: Engine) -> None:
    passage_id = a_sourced_passage(client)
    passage = engine.passage(passage_id)
    assert isinstance(passage, Passage)
    page = read(client, f"/p/{passage_id}")
    assert texts(page, "h1") == [" ".join(passage.headline.split())]
    assert texts(page, ".toc [aria-current=location]")
    assert len(page.cssselect(".near")) >= 1
    assert hrefs(page, "link[rel=canonical]") == [f"https://kwerenda.example/p/{passage_id}"]
    assert passage_id in texts(page, "#cite .fn")[0]


def test_result_leads_to_its_neighbours_and_back(client: FlaskClient) -> None:
    results = read(client, "/?q=minister&kind=event")
    second = read(client, hrefs(results, ".hit h2 a")[1])
    assert texts(second, ".crumbs b") == [f"2 z {total(results)}"]
    third = read(client, hrefs(second, ".crumbs [rel=next]")[0])
    assert texts(third, "h1")[0] == texts(results, ".hit h2")[2]
    back = hrefs(third, ".crumbs a")[0]
    assert texts(read(client, back), ".hit h2") == texts(results, ".hit h2")


def test_rank_that_does_not_fit_is_passed_over(client: FlaskClient) -> None:
    passage_id = a_sourced_passage(client)
    for rank in ("0", "-1", "9999", "x", "9" * 5000):
        page = read(client, f"/p/{passage_id}?hit={rank}")
        assert texts(page, ".crumbs b") == []


def test_passage_page_marks_the_words_of_the_query(client: FlaskClient) -> None:
    href = hrefs(read(client, "/?q=Kazachstan"), ".hit h2 a")[0]
    page = read(client, href)
    marks = page.cssselect(".this mark")
    assert [mark.get("id") for mark in marks] == [f"mark-{n + 1}" for n in range(len(marks))]
    assert all(mark.text.lower().startswith("kazach") for mark in marks)
    assert marks


def test_document_page_marks_the_passage_that_is_asked_for(client: FlaskClient) -> None:
    href = hrefs(read(client, "/?q=Kazachstan"), ".hit .kind a")[0]
    page = read(client, href)
    assert [part.get("id") for part in page.cssselect(".part.this")] == [urlsplit(href).fragment]
    assert page.cssselect(".part mark")


def test_document_page_shows_every_passage_and_every_word(
    client: FlaskClient, engine: Engine
) -> None:
    for document in every_document(client, engine):
        page = read(client, f"/d/{document.id}")
        parts = {part.get("id"): part for part in page.cssselect(".part")}
        assert list(parts) == [passage.id for passage in document.passages]
        for passage in document.passages:
            shown = "".join(parts[passage.id].text_content().split())
            assert "".join(passage.text.split()) in shown


def every_document(client: FlaskClient, engine: Engine) -> list[Document]:
    facets = client.get("/api/v1/search?limit=1").get_json()["facets"]
    return [engine.document(bucket["value"]) for bucket in facets["document"]["buckets"]]


def test_sources_show_their_host_and_give_no_referrer(client: FlaskClient) -> None:
    page = read(client, f"/p/{a_sourced_passage(client)}")
    links = page.cssselect(".sources a.ext")
    copies = page.cssselect(".sources a.kept")
    assert links
    for link, copy in zip(links, copies, strict=True):
        archive, original = copy.get("href").split("/http", 1)
        assert archive.startswith("https://web.archive.org/web/20")
        assert f"http{original}" == link.get("href")
        assert link.text == urlsplit(link.get("href")).hostname
        assert link.get("rel") == "noopener noreferrer"


@pytest.mark.parametrize(
    "path",
    ["/", "/?q=Kazachstan", "/help", "/healthz", "/nie-ma", "/api/v1/search?x=1", "/?from=x"],
)
def test_every_answer_carries_the_strict_policy(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/?q=Kazachstan", "/help"])
def test_pages_have_nothing_inline(client: FlaskClient, path: str) -> None:
    page = read(client, path)
    assert (
        page.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]")
        == []
    )


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;", "{{7*7}}"]
)
def test_query_is_shown_as_it_was_typed(client: FlaskClient, query: str) -> None:
    response = client.get("/", query_string={"q": query})
    page = html.fromstring(response.text)
    assert [item.get("value") for item in page.cssselect("#q")] == [query]
    assert page.cssselect("img, main script") == []


@pytest.mark.parametrize(
    ("header", "query", "expected"),
    [
        ("", "", "pl"),
        ("de", "", "pl"),
        ("en-GB,en;q=0.9", "", "en"),
        ("pl,en;q=0.9", "", "pl"),
        ("pl", "?lang=en", "en"),
        ("en", "?lang=pl", "pl"),
    ],
)
def test_language_of_the_address_then_of_the_browser_then_polish(
    client: FlaskClient, header: str, query: str, expected: str
) -> None:
    page = read(client, f"/{query}", language=header)
    assert page.get("lang") == expected


def test_language_stays_in_every_link_to_our_own_pages(client: FlaskClient) -> None:
    page = read(client, "/?q=Kazachstan&lang=en")
    own = [href for href in hrefs(page) if href.startswith("/") and not href.startswith("/api")]
    assert [href for href in own if "lang=" not in href] == []


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/nie-ma", 404, "Nie ma takiej strony"),
        ("/p/nie-ma", 404, "Nie ma takiego fragmentu"),
        ("/d/nie-ma", 404, "Nie ma takiego dokumentu"),
        ("/?from=2023-02-31", 400, "Na ten adres nie da się odpowiedzieć"),
        ("/?colour=red", 400, "Na ten adres nie da się odpowiedzieć"),
        ("/?limit=ten", 400, "Na ten adres nie da się odpowiedzieć"),
        ("/?lang=de", 400, "Na ten adres nie da się odpowiedzieć"),
        ("/?interval=week", 400, "Na ten adres nie da się odpowiedzieć"),
        ("/corpus?q=x", 400, "Na ten adres nie da się odpowiedzieć"),
        ("/help?q=x", 400, "Na ten adres nie da się odpowiedzieć"),
    ],
)
def test_errors_are_pages_with_ways_on_that_work(
    client: FlaskClient, path: str, status: int, title: str
) -> None:
    page = read(client, path, status)
    assert texts(page, "h1") == [title]
    ways = hrefs(page, ".ways a")
    assert ways
    for way in ways:
        read(client, way, 404 if way == "/nie-ma" else 200)


def test_every_example_of_the_help_is_a_query_without_repairs(client: FlaskClient) -> None:
    for language in ("pl", "en"):
        promised = "section:not([aria-labelledby=mistakes]) .syntax a"
        examples = hrefs(read(client, f"/help?lang={language}"), promised)
        assert len(examples) >= 15
        for href in examples:
            path = href if href.startswith("/api") else href.replace("/?", "/api/v1/search?")
            response = client.get(path)
            assert (href, response.status_code) == (href, 200)
            notes = {note["code"] for note in response.get_json().get("notes", [])}
            assert (href, notes & REPAIRS) == (href, set())


REPAIRS = {"unbalanced_quotes", "bad_value", "dangling_operator", "empty_after_repair", "too_long"}


def test_address_below_a_prefix_keeps_the_prefix(client: FlaskClient) -> None:
    response = client.get("/", environ_overrides={"SCRIPT_NAME": "/szukaj"})
    page = html.fromstring(response.text)
    own = [href for href in hrefs(page) if not href.startswith(("#", "http"))]
    assert [href for href in own if not href.startswith("/szukaj/")] == []


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("", "http://localhost/szukaj/p/"),
        ("https://kwerenda.example/szukaj", "https://kwerenda.example/szukaj/p/"),
    ],
)
def test_permanent_link_has_the_prefix_once(engine: Engine, base_url: str, expected: str) -> None:
    client = create_app(engine, Settings(base_url=base_url)).test_client()
    response = client.get("/api/v1/export/csv", environ_overrides={"SCRIPT_NAME": "/szukaj"})
    [_, row, *_] = csv.reader(io.StringIO(response.text, newline=""))
    assert row[1] == f"{expected}{row[0]}"
    page = client.get(f"/p/{row[0]}", environ_overrides={"SCRIPT_NAME": "/szukaj"})
    link = html.fromstring(page.text).cssselect("link[rel=canonical]")[0]
    assert link.get("href") == row[1]


@pytest.mark.parametrize(
    ("total", "offset", "shown", "numbers", "following"),
    [
        (0, 0, 0, (1,), None),
        (10, 0, 10, (1,), None),
        (11, 0, 10, (1, 2), 10),
        (200, 90, 10, (1, 0, 8, 9, 10, 11, 12, 0, 20), 100),
        (25, 20, 5, (1, 2, 3), None),
    ],
)
def test_pager_names_first_last_and_near_pages(
    total: int, offset: int, shown: int, numbers: tuple[int, ...], following: int | None
) -> None:
    pager = make_pager(total, offset, 10, shown)
    assert (pager.numbers, pager.next_offset) == (numbers, following)


PORT = Passage(
    id="k7",
    document_id="kronika-1",
    ordinal=0,
    kind="event",
    section="",
    headline="Otwarto nabrzeże.",
    label="",
    text="7-9 maja: Otwarto nabrzeże.",
    start=0,
    end=27,
    page_start=3,
    page_end=4,
    dates=DateRange(date(2023, 5, 7), date(2023, 5, 9)),
    date_precision="day",
    sources=(
        Source("https://kurier.example/1", "", "exact"),
        Source("https://kurier.example/2", "", "exact"),
        Source("notatka własna", "", "guess"),
    ),
)
CHRONICLE = Document(
    id="kronika-1",
    title="Kronika portowa",
    kind="monitor",
    published=DateRange(date(2023, 5, 1), date(2023, 5, 31)),
    published_from="sidecar",
    publisher="Instytut Żeglugi",
    language="pl",
    source_url="",
    path="kronika.txt",
    sha256="0" * 64,
    pages=6,
    text=PORT.text,
    passages=(PORT,),
)


def test_footnote_says_where_when_and_after_whom() -> None:
    link = "https://kwerenda.example/p/k7"
    assert write_footnote(PORT, CHRONICLE, link, date(2024, 2, 3), "pl") == (
        "„Kronika portowa”, Instytut Żeglugi, maj 2023, s. 3–4, wpis z 7–9 maja 2023, "
        "za: kurier.example; https://kwerenda.example/p/k7 (dostęp: 3 lutego 2024)."
    )
    assert write_footnote(PORT, CHRONICLE, link, date(2024, 2, 3), "en") == (
        "“Kronika portowa”, Instytut Żeglugi, May 2023, p. 3–4, entry of 7–9 May 2023, "
        "after: kurier.example; https://kwerenda.example/p/k7 (accessed 3 February 2024)."
    )


def test_quotation_carries_its_footnote() -> None:
    footnote = "„Kronika portowa”, s. 3."
    whole = replace(PORT, text="7-9 maja: Otwarto nabrzeże. Minister przeciął wstęgę.", end=53)
    assert write_quotation(whole, footnote, "pl") == (
        "„Minister przeciął wstęgę.”¹\n\n¹ „Kronika portowa”, s. 3."
    )
    assert write_quotation(PORT, footnote, "en").startswith("“7-9 maja: Otwarto nabrzeże.”¹")


def test_passage_can_be_taken_away_as_a_reference(client: FlaskClient) -> None:
    passage_id = a_sourced_passage(client)
    page = read(client, f"/p/{passage_id}")
    for form in ("ris", "bibtex"):
        [link] = [href for href in hrefs(page, ".kit a[download]") if href.endswith(form)]
        entry = client.get(link).text
        assert f"/p/{passage_id}" in entry
        shown = [item.text for item in page.cssselect(".kit pre[data-copyable]")]
        assert entry.replace("\r\n", "\n").strip() in [text.strip() for text in shown]


def test_result_can_be_taken_away_in_every_format(client: FlaskClient) -> None:
    page = read(client, "/?q=minister&kind=event&limit=5&offset=5&interval=year&sort=date")
    links = hrefs(page, ".take a[download]")
    assert links == [
        f"/api/v1/export/{form}?q=minister&kind=event&sort=date"
        for form in ("docx", "csv", "ris", "bibtex", "jsonl")
    ]
    for link in links:
        assert client.get(link).status_code == 200
    lines = client.get(links[-1]).text.splitlines()
    assert len(lines) == total(page)


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


def test_layout_turns_the_page_where_a_passage_begins_on_a_new_one() -> None:
    heading = Heading(0, 8, 1, 1)
    first = replace(PORT, start=10, page_start=1, page_end=2)
    second = replace(PORT, id="k8", start=40, page_start=3, page_end=3)
    document = replace(CHRONICLE, headings=(heading,), passages=(first, second))
    assert [(block.page, block.heading) for block in lay_out(document)] == [
        (0, "7-9 maja"),
        (0, ""),
        (3, ""),
    ]


def test_passage_offers_similar_ones_and_what_they_share(client: FlaskClient) -> None:
    page = read(client, f"/p/{a_sourced_passage(client)}")
    others = hrefs(page, ".side .brief a")
    assert 1 <= len(others) <= 5
    for href in others:
        read(client, href)
    assert all(line.startswith("wspólne: ") for line in texts(page, ".side .brief .sim"))


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        (["Anna Lis", "JP-RU", "Lis", "port"], ["Anna Lis", "Japonia – Rosja", "port"]),
        (["x-RU", "PORT", "port"], ["x-RU", "PORT"]),
    ],
)
def test_what_is_shared_is_said_once(shared: list[str], expected: list[str]) -> None:
    assert name_shared(shared, "pl") == expected


@pytest.mark.parametrize(
    ("url", "day", "expected"),
    [
        (
            "https://port.example/a?b=ż#c",
            date(2024, 2, 7),
            "https://web.archive.org/web/20240207/https://port.example/a?b=ż#c",
        ),
        ("http://port.example/", None, "https://web.archive.org/web/2/http://port.example/"),
        ("https://web.archive.org/web/2024/https://port.example/", None, ""),
        ("javascript:alert(1)", None, ""),
    ],
)
def test_archived_copy_is_an_address_of_the_same_page(
    url: str, day: date | None, expected: str
) -> None:
    assert find_archived(url, day) == expected
