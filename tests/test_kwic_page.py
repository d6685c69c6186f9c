"""The concordance page: every place where the words of a query stand, in order."""

import re

import pytest
from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement

from search.results import ConcordanceLine, DocumentLabel
from web.concordances import lay_out_lines


def read(client: FlaskClient, path: str, status: int = 200) -> HtmlElement:
    response = client.get(path, headers={"Accept-Language": "pl"})
    assert response.status_code == status, response.text
    return html.fromstring(response.text)


def texts(page: HtmlElement, selector: str) -> list[str]:
    return [" ".join(item.text_content().split()) for item in page.cssselect(selector)]


def places(page: HtmlElement) -> int:
    return int(texts(page, ".tally h1")[0].split()[0])


def test_lines_are_all_places_of_the_query(client: FlaskClient) -> None:
    page = read(client, "/kwic?q=minister&kind=event")
    assert places(page) == len(page.cssselect(".kwic tbody tr")) > 5
    forms = dict.fromkeys(mark.lower() for mark in texts(page, ".kwic mark"))
    assert set(forms) == set(texts(page, "#forms ~ ul .t"))
    assert {"minister", "ministrem"} <= set(forms)


def test_counts_of_forms_add_up_to_the_places(client: FlaskClient) -> None:
    page = read(client, "/kwic?q=minister")
    counts = [int(item.text) for item in page.cssselect("#forms ~ ul .n")]
    assert sum(counts) == places(page)


def test_form_leads_to_its_own_places(client: FlaskClient) -> None:
    page = read(client, "/kwic?q=minister&kind=event")
    for link in page.cssselect("#forms ~ ul a"):
        there = read(client, link.get("href"))
        assert {mark.lower() for mark in texts(there, ".kwic mark")} == {
            link.cssselect(".t")[0].text
        }


@pytest.mark.parametrize(("order", "cell"), [("left", ".l b"), ("right", ".r b")])
def test_word_that_orders_the_lines_stands_out(client: FlaskClient, order: str, cell: str) -> None:
    page = read(client, f"/kwic?q=minister&by={order}")
    words = [re.sub(r"\W", "", word).lower() for word in texts(page, f".kwic {cell}")]
    assert words
    assert words == sorted(words, key=lambda word: word.translate(_PLAIN))
    assert page.cssselect(".order [aria-current]")[0].get("href").startswith("/kwic?q=minister")


_PLAIN = str.maketrans("ąćęłńóśźż", "acelnoszz")


def test_pages_of_lines_do_not_overlap(client: FlaskClient) -> None:
    first = read(client, "/kwic?q=minister&limit=5")
    second = read(client, first.cssselect(".pager .next")[0].get("href"))
    rows = [texts(page, ".kwic tbody tr") for page in (first, second)]
    assert [len(each) for each in rows] == [5, 5]
    assert rows[0] != rows[1]


def test_line_leads_to_its_passage_with_the_query(client: FlaskClient) -> None:
    page = read(client, "/kwic?q=minister&limit=1")
    href = page.cssselect(".kwic .d a")[0].get("href")
    assert re.fullmatch(r"/p/[^?]+\?q=minister", href)
    assert texts(read(client, href), ".this mark")


def test_query_without_words_says_what_it_needs(client: FlaskClient) -> None:
    page = read(client, "/kwic?kind=event")
    assert texts(page, ".state h1") == ["Nie ma słów do pokazania w kontekście"]
    assert page.cssselect(".kwic") == []


@pytest.mark.parametrize("path", ["/kwic?by=forma", "/kwic?sort=date", "/kwic?x=1"])
def test_what_makes_no_sense_is_refused(client: FlaskClient, path: str) -> None:
    read(client, path, 400)


def test_concordance_is_a_view_of_the_same_query(client: FlaskClient) -> None:
    page = read(client, "/?q=minister&kind=event&sort=date&limit=5")
    assert "/kwic?q=minister&kind=event" in [
        link.get("href") for link in page.cssselect(".views a")
    ]


def make_line(left: str, right: str, document: str = "a") -> ConcordanceLine:
    label = DocumentLabel(document, document, "text", "", "", "")
    return ConcordanceLine(left, "port", right, "p", 0, len(left), label)


def test_rule_is_drawn_where_the_word_changes() -> None:
    lines = [make_line("", text) for text in (" rybacki", ", rybacki", " w Gdyni", "", "")]
    rows = list(lay_out_lines(lines, "right"))
    assert [row.opens for row in rows] == [True, False, True, True, False]
    assert [(row.right_word, row.right) for row in rows[:3]] == [
        (" rybacki", ""),
        (", rybacki", ""),
        (" w", " Gdyni"),
    ]


def test_word_before_keeps_its_punctuation() -> None:
    [row] = lay_out_lines([make_line("Otwarto nowy, duży (", "")], "left")
    assert (row.left, row.left_word) == ("Otwarto nowy, ", "duży (")


def test_documents_are_told_apart() -> None:
    lines = [make_line("", "", name) for name in ("a", "a", "b")]
    assert [row.opens for row in lay_out_lines(lines, "document")] == [True, False, True]


def test_every_line_says_when_its_document_was_published(client: FlaskClient) -> None:
    page = read(client, "/kwic?q=minister")
    assert "wrz–paź 2023" in texts(page, ".kwic td.d")
