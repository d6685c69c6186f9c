"""The search page: facets, chips, notes, ways on, pages of hits."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from reading_pages import hrefs, read, texts, total

from search.engine import Engine
from search.whoosh_engine import open_engine
from web import create_app
from web.indexing import index_paths
from web.pagers import make_pager
from web.settings import Settings


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
    assert hrefs(page, ".ways a") == ["/", "/help"]


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


def test_snippets_are_as_many_and_as_long_as_the_address_says(client: FlaskClient) -> None:
    size = "snippets=1&snippet_chars=60"
    [hit] = client.get(f"/api/v1/search?q=minister&limit=1&{size}").get_json()["hits"]
    assert [len(snippet["text"]) <= 60 for snippet in hit["snippets"]] == [True]
    page = read(client, f"/?q=minister&{size}")
    assert all(len(text.strip("… ")) <= 60 for text in texts(page, "p.snip"))
    assert all(href.endswith(size) for href in hrefs(page, ".pager .next"))
    assert client.get("/?q=minister&snippets=99").status_code == 400


def test_field_typed_into_the_query_is_chosen_among_the_facets(client: FlaskClient) -> None:
    page = read(client, "/?q=minister+rodzaj:wydarzenie+-kraj:KZ")
    assert texts(page, "#facet-kind ~ ul li.on .t") == ["wydarzenie"]
    undo = read(client, hrefs(page, "#facet-kind ~ ul li.on a.v")[0])
    assert total(undo) == total(read(client, "/?q=minister+-kraj:KZ"))


def test_who_finds_nothing_at_all_is_told_what_is_there(client: FlaskClient) -> None:
    page = read(client, "/?q=qxzzv&kind=event")
    [told] = texts(page, ".ways + .note")
    assert told.startswith("Zasób obejmuje 2 września 2023 – 18 lipca 2024; najczęściej występują:")
    links = page.cssselect(".ways + .note a")
    counts = [int(re.sub(r"\D", "", link.tail or link.getnext().text)) for link in links]
    assert [total(read(client, link.get("href"))) for link in links] == counts
    assert len(links) == 6


def test_file_that_could_hold_the_words_is_told_in_the_language_of_the_page(
    tmp_path: Path,
) -> None:
    (tmp_path / "nota.txt").write_text("Rosja i Japonia rozmawiały w Tokio.", encoding="utf-8")
    (tmp_path / "pusty.pdf").write_bytes(b"")
    index_paths([tmp_path], tmp_path / "index")
    engine = open_engine(tmp_path / "index")
    page = read(create_app(engine, Settings()).test_client(), "/?q=qxzzv")
    engine.close()
    [told] = texts(page, "ul.note li")
    assert told.startswith("pusty.pdf")
    assert page.cssselect("ul.note li span[lang]") == []


def test_fragment_that_ends_inside_a_sentence_says_so(client: FlaskClient) -> None:
    page = read(client, "/?q=minister&kind=event&snippets=1&snippet_chars=60")
    ends = [text[-1] for text in texts(page, ".hit .snip")]
    assert set(ends) <= {*"….;”)"}
    assert "…" in ends


def test_reasons_name_countries_in_the_language_of_the_page(client: FlaskClient) -> None:
    for language, name in (("pl", "Chiny"), ("en", "China")):
        page = read(client, f"/?q=Pekin&related=CN&lang={language}")
        keys = {cell for row in page.cssselect(".why-box tbody tr") for cell in texts(row, "td")}
        assert name in keys, language


def test_weights_stand_in_one_column_with_two_places(client: FlaskClient) -> None:
    page = read(client, "/?q=minister")
    weights = texts(page, ".why-box td.num")
    assert weights
    assert [weight for weight in weights if not re.fullmatch(r"\d+,\d\d", weight)] == []


def test_polish_texts_are_told_apart_on_an_english_page(client: FlaskClient) -> None:
    english = read(client, "/?q=minister&lang=en")
    assert {item.get("lang") for item in english.cssselect(".hit h2, .hit .snip")} == {"pl"}
    polish = read(client, "/?q=minister")
    assert {item.get("lang") for item in polish.cssselect(".hit h2, .hit .snip")} == {None}
