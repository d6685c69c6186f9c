"""Every query that the help page promises is run, and those it warns about are repaired."""

import pytest
from flask.testing import FlaskClient

from search.forms import MAX_FUZZY_FORMS, MAX_WILDCARD_FORMS
from search.parser import MAX_DEPTH, MAX_LEAVES, parse_query
from search.query import MAX_TEXT_CHARS
from search.syntax import Example, load_examples
from search.typed_words import MAX_WILDCARDS
from web.languages import LANGUAGES

EXAMPLES = load_examples()
PROMISED = [example for example in EXAMPLES if not example.mends]
WARNED = [example for example in EXAMPLES if example.mends]


def name_of(example: Example) -> str:
    return example.query["pl"]


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_an_example_is_there_in_every_language_and_means_the_same(example: Example) -> None:
    assert set(example.query) == set(example.meaning) == set(LANGUAGES)
    assert len({parse_query(query).root for query in example.query.values()}) == 1


@pytest.mark.parametrize("example", PROMISED, ids=name_of)
def test_a_promised_query_needs_no_repair(example: Example) -> None:
    assert [parse_query(query).notes for query in example.query.values()] == [(), ()]


@pytest.mark.parametrize("example", WARNED, ids=name_of)
def test_a_query_with_a_mistake_is_repaired_and_the_note_says_so(example: Example) -> None:
    for query in example.query.values():
        assert [note.code for note in parse_query(query).notes] == [example.mends]


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_an_example_is_answered(client: FlaskClient, example: Example) -> None:
    for query in example.query.values():
        response = client.get("/api/v1/search", query_string={"q": query})
        assert response.status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_page_shows_every_example_as_a_link(client: FlaskClient, language: str) -> None:
    page = client.get(f"/help?lang={language}").get_data(as_text=True)
    assert page.count("<dt><a") >= len(EXAMPLES)
    for example in EXAMPLES:
        assert example.meaning[language].replace("'", "&#39;").replace('"', "&#34;") in page


def test_the_help_page_says_the_limits(client: FlaskClient) -> None:
    page = client.get("/help?lang=en").get_data(as_text=True)
    limits = (MAX_TEXT_CHARS, MAX_LEAVES, MAX_WILDCARDS, MAX_DEPTH)
    for limit in (*limits, MAX_WILDCARD_FORMS, MAX_FUZZY_FORMS):
        assert str(limit) in page
