"""The JSON interface: exact shapes, one shape for every failure, nothing lost between pages."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.document import DateRange, Document, Passage
from search.engine import Engine
from search.errors import UnknownPassage
from search.holdings import Collection, NearCopy, Status
from search.query import Node, Query
from search.results import DocumentLabel, Results, Retired
from web import create_app
from web.settings import Settings

Json = dict[str, Any]

PASSAGE_KEYS = [
    "id",
    "document",
    "kind",
    "section",
    "headline",
    "text",
    "pages",
    "date",
    "mentioned_dates",
    "countries",
    "mentioned",
    "pairs",
    "actors",
    "sources",
    "url",
]


def read(client: FlaskClient, path: str, status: int = 200) -> Json:
    response = client.get(path)
    assert response.status_code == status, response.text
    answer: Json = response.get_json(force=True)
    return answer


def first_hit(client: FlaskClient, query: str = "Kazachstan") -> Json:
    hit: Json = read(client, f"/api/v1/search?q={query}")["hits"][0]
    return hit


def test_search_answers_in_the_documented_shape(client: FlaskClient) -> None:
    answer = read(client, "/api/v1/search?q=Kazachstan")
    assert list(answer) == ["query", "total", "took_ms", "notes", "hits", "facets", "next"]
    assert list(answer["hits"][0]) == [*PASSAGE_KEYS, "score", "snippets", "why"]
    assert set(answer["facets"]) == {"pair", "actor", "country", "kind", "document", "date"}
    assert list(answer["facets"]["pair"]) == ["buckets", "other", "missing"]
    assert list(answer["facets"]["pair"]["buckets"][0]) == ["value", "label", "count"]
    assert list(answer["facets"]["date"]) == ["interval", "buckets", "before", "after", "missing"]


def test_parts_of_a_passage_have_the_documented_shape(client: FlaskClient) -> None:
    hits = read(client, "/api/v1/search?limit=200")["hits"]
    sourced = next(hit for hit in hits if hit["sources"] and hit["actors"] and hit["date"])
    assert list(sourced["document"]) == ["id", "title", "kind", "published", "path", "source_url"]
    assert list(sourced["date"]) == ["start", "end", "precision"]
    assert list(sourced["sources"][0]) == ["url", "host", "confidence"]
    assert list(sourced["actors"][0]) == ["id", "name", "kind", "mentions", "roles"]
    assert sourced["url"] == f"/p/{sourced['id']}"


def test_snippets_are_substrings_and_their_marks_stand_on_words(client: FlaskClient) -> None:
    for hit in read(client, "/api/v1/search?q=Kazachstan&limit=200")["hits"]:
        for snippet in hit["snippets"]:
            assert snippet["text"] in hit["text"]
            for start, end in snippet["marks"]:
                assert snippet["text"][start:end].strip()


def test_inflected_word_is_marked(client: FlaskClient) -> None:
    hits = read(client, "/api/v1/search?q=Kazachstan&limit=200")["hits"]
    forms = {form for hit in hits for match in hit["why"] for form in match["forms"]}
    assert {"Kazachstan", "Kazachstanu"} <= forms


def test_passage_is_the_same_as_in_the_search(client: FlaskClient) -> None:
    hit = first_hit(client)
    passage = read(client, f"/api/v1/passages/{hit['id']}")
    assert passage == {key: hit[key] for key in PASSAGE_KEYS}


def test_document_gives_its_passages_by_their_place_in_the_text(client: FlaskClient) -> None:
    hit = first_hit(client)
    document = read(client, f"/api/v1/documents/{hit['document']['id']}")
    assert hit["id"] in [passage["id"] for passage in document["passages"]]
    for passage in document["passages"]:
        assert document["text"][passage["start"] : passage["end"]] == passage["text"]


def test_next_leads_through_all_hits_once(client: FlaskClient) -> None:
    path, ids = "/api/v1/search?limit=25", []
    while path:
        answer = read(client, path)
        ids += [hit["id"] for hit in answer["hits"]]
        path = answer["next"]
    assert len(ids) == len(set(ids)) == answer["total"]


@pytest.mark.parametrize("field", ["pair", "country", "actor", "kind", "document"])
def test_count_of_a_facet_is_what_its_filter_finds(client: FlaskClient, field: str) -> None:
    facet = read(client, "/api/v1/search?q=minister")["facets"][field]
    for bucket in facet["buckets"][:5]:
        found = read(client, f"/api/v1/search?q=minister&{field}={bucket['value']}")
        assert (bucket["value"], found["total"]) == (bucket["value"], bucket["count"])


def test_count_of_a_month_is_what_its_filter_finds(client: FlaskClient) -> None:
    for bucket in read(client, "/api/v1/search?q=minister")["facets"]["date"]["buckets"]:
        month = bucket["value"]
        found = read(client, f"/api/v1/search?q=minister&from={month}&to={month}")
        assert (month, found["total"]) == (month, bucket["count"])


def test_excluding_and_choosing_a_value_make_up_the_whole(client: FlaskClient) -> None:
    totals = [
        read(client, f"/api/v1/search?{query}")["total"]
        for query in ("kind=event", "kind=-event", "")
    ]
    assert totals[0] + totals[1] == totals[2]


def test_browsing_begins_with_the_newest(client: FlaskClient) -> None:
    starts = [hit["date"]["start"] for hit in read(client, "/api/v1/search")["hits"]]
    assert starts == sorted(starts, reverse=True)


@pytest.mark.parametrize(("language", "expected"), [("pl", "wydarzenie"), ("en", "event")])
def test_labels_speak_the_language_of_the_request(
    client: FlaskClient, language: str, expected: str
) -> None:
    buckets = read(client, f"/api/v1/search?lang={language}")["facets"]["kind"]["buckets"]
    assert {bucket["value"]: bucket["label"] for bucket in buckets}["event"] == expected


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/search?colour=red", 400, "bad-parameter"),
        ("/api/v1/search?from=2023-02-31", 400, "bad-parameter"),
        ("/api/v1/search?from=2024&to=2023", 400, "bad-parameter"),
        ("/api/v1/search?limit=0", 400, "bad-parameter"),
        ("/api/v1/search?limit=201", 400, "bad-parameter"),
        ("/api/v1/search?offset=-1", 400, "bad-parameter"),
        ("/api/v1/search?sort=colour", 400, "bad-parameter"),
        ("/api/v1/search?q=a&q=b", 400, "bad-parameter"),
        ("/api/v1/search?pair=rzeka", 400, "bad-parameter"),
        ("/api/v1/search?kind=rzeka", 400, "bad-parameter"),
        ("/api/v1/search?lang=de", 400, "bad-parameter"),
        ("/api/v1/search?hit=2", 400, "bad-parameter"),
        ("/api/v1/passages/nie-ma", 404, "unknown-passage"),
        ("/api/v1/passages/%00%ff", 404, "unknown-passage"),
        ("/api/v1/documents/nie-ma", 404, "unknown-document"),
        ("/api/v1/passages/nie-ma?q=a", 400, "bad-parameter"),
        ("/api/v1/nie-ma", 404, "not-found"),
    ],
)
def test_every_failure_has_the_one_shape(
    client: FlaskClient, path: str, status: int, code: str
) -> None:
    response = client.get(path)
    problem = response.get_json(force=True)
    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    assert list(problem)[:4] == ["type", "title", "status", "detail"]
    assert (problem["type"], problem["status"]) == (f"/help#problem-{code}", status)
    assert problem["detail"].endswith(".")


def test_bad_parameter_is_named_with_its_value(client: FlaskClient) -> None:
    problem = read(client, "/api/v1/search?from=2023-02-31", 400)
    assert (problem["parameter"], problem["value"]) == ("from", "2023-02-31")


def test_other_methods_are_refused_and_told_which_are_not(client: FlaskClient) -> None:
    response = client.post("/api/v1/search")
    assert (response.status_code, response.content_type) == (405, "application/problem+json")
    assert "GET" in response.headers["Allow"]


STRANGE_QUERIES = [
    '"niezamknięty',
    "***",
    "?",
    "a" * 10_000,
    "i w na z",
    "\x00\x1b[31m",
    "((((((",
    ")",
    "AND OR NOT",
    "-",
    "+",
    "para:",
    "data:2023-02-31",
    'data:"',
    "=",
    '=""',
    '""~5',
    "kraj:Atlantyda",
    "😀 żółw",
    "‮",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "NOT rosja",
    "~~~",
    "*a",
    "ż*?*?*?*?*",
]


@pytest.mark.parametrize("query", STRANGE_QUERIES, ids=range(len(STRANGE_QUERIES)))
def test_any_text_is_a_query(client: FlaskClient, query: str) -> None:
    assert client.get("/api/v1/search", query_string={"q": query}).status_code == 200
    assert client.get("/", query_string={"q": query}).status_code == 200


def test_bytes_that_are_no_text_are_a_query_too(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=%ff%fe%c5").status_code == 200


def test_health_says_what_is_served(client: FlaskClient) -> None:
    health = read(client, "/healthz")
    total = read(client, "/api/v1/search?limit=1")["total"]
    assert (health["status"], health["passages"]) == ("ok", total)


class Bare:
    """An engine of one retired passage, which fails when it is searched."""

    def search(self, query: Query) -> Results:
        raise RuntimeError("the disk is on fire")

    def passage(self, passage_id: str) -> Passage | Retired:
        if passage_id == "dawny":
            return Retired("dawny", "kronika-1", "nowy")
        raise UnknownPassage("No passage has had this id.")

    def label(self, document_id: str) -> DocumentLabel:
        return DocumentLabel(document_id, "Kronika portowa", "text", "2023-05", "kronika.txt", "")

    def status(self) -> Status:
        return Status(1, "2024-01-01T00:00:00+00:00", 1, 1, 0, DateRange(date.min, date.max))

    def document(self, document_id: str) -> Document:
        raise NotImplementedError

    def scan(self, query: Query) -> Any:
        raise NotImplementedError

    def collection(self, offset: int = 0, limit: int = 100) -> Collection:
        raise NotImplementedError

    def near_copies(self, document_id: str) -> tuple[NearCopy, ...]:
        raise NotImplementedError

    def mark(self, text: str, root: Node) -> tuple[tuple[int, int], ...]:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


@pytest.fixture
def bare_client() -> FlaskClient:
    engine: Engine = Bare()
    app: Flask = create_app(engine, Settings())
    return app.test_client()


def test_retired_passage_points_to_its_successor(bare_client: FlaskClient) -> None:
    problem = read(bare_client, "/api/v1/passages/dawny", 410)
    assert (problem["type"], problem["successor"], problem["document"]) == (
        "/help#problem-retired-passage",
        "/p/nowy",
        "/d/kronika-1",
    )


def test_retired_page_links_to_its_successor(bare_client: FlaskClient) -> None:
    response = bare_client.get("/p/dawny")
    assert response.status_code == 410
    assert 'href="/p/nowy"' in response.text
    assert 'href="/d/kronika-1"' in response.text


@pytest.mark.parametrize("path", ["/api/v1/search", "/"])
def test_our_own_failure_is_told_without_its_insides(bare_client: FlaskClient, path: str) -> None:
    response = bare_client.get(path)
    assert response.status_code == 500
    assert "fire" not in response.text
    assert "Traceback" not in response.text


def test_suggestions_have_the_documented_shape_in_the_language_asked_for(
    client: FlaskClient,
) -> None:
    answer = read(client, "/api/v1/suggest?q=Kazachst&lang=en")
    assert list(answer) == ["query", "suggestions"]
    [country] = [each for each in answer["suggestions"] if each["kind"] == "country"]
    assert list(country) == ["kind", "value", "label", "count", "query"]
    assert (country["label"], country["query"]) == ("Kazakhstan", "kraj:KZ")


def test_concordance_has_the_documented_shape_and_goes_on(client: FlaskClient) -> None:
    answer = read(client, "/api/v1/concordance?q=Kazachstan&sort=left&limit=1&width=20")
    assert list(answer) == [
        "query",
        "total",
        "passages",
        "scanned",
        "complete",
        "notes",
        "forms",
        "distinct_forms",
        "lines",
        "next",
    ]
    assert list(answer["lines"][0]) == [
        "left",
        "match",
        "right",
        "passage",
        "start",
        "document",
        "url",
    ]
    assert answer["complete"]
    seen = answer["lines"]
    while answer["next"]:
        answer = read(client, answer["next"])
        seen += answer["lines"]
    assert len({(line["passage"], line["start"]) for line in seen}) == answer["total"] > 1


def test_similar_passages_have_the_documented_shape(client: FlaskClient) -> None:
    passage_id = first_hit(client)["id"]
    answer = read(client, f"/api/v1/passages/{passage_id}/similar?limit=3")
    assert list(answer) == ["passage", "similar"]
    assert len(answer["similar"]) == 3
    assert list(answer["similar"][0]) == [*PASSAGE_KEYS, "score", "shared", "twin"]
    assert passage_id not in [each["id"] for each in answer["similar"]]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/suggest?q=a&limit=51", 400),
        ("/api/v1/suggest?q=a&kind=event", 400),
        ("/api/v1/concordance?q=a&width=9", 400),
        ("/api/v1/concordance?q=a&sort=date", 400),
        ("/api/v1/passages/nie-ma-go/similar", 404),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(
    client: FlaskClient, path: str, status: int
) -> None:
    assert read(client, path, status)["status"] == status
