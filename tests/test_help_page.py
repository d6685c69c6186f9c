"""The help page: what it promises can be asked."""

import re

from flask.testing import FlaskClient
from reading_pages import hrefs, read

from web.params import QUERY_PARAMETERS

REPAIRS = {"unbalanced_quotes", "bad_value", "dangling_operator", "empty_after_repair", "too_long"}


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


def test_every_parameter_of_a_query_is_named(client: FlaskClient) -> None:
    for language in ("pl", "en"):
        [told] = read(client, f"/help?lang={language}").cssselect("[aria-labelledby=api]")
        named = set(re.findall(r"\w+", told.text_content()))
        assert set(QUERY_PARAMETERS) - named == set()
