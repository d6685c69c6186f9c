"""Answers that are kept until the index, the language or the day is another one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from small_documents import make_document, source_of

from index.whoosh_index import update_index
from search.whoosh_engine import open_engine
from web import create_app
from web.settings import Settings

KEPT = ("/", "/?q=port", "/heatmap?q=port", "/corpus", "/feed?q=port")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    document = make_document("a", "Rozmowy o porcie.")
    update_index(tmp_path / "index", added=[(source_of(document), document)])
    return tmp_path / "index"


@pytest.fixture
def client(directory: Path) -> Iterator[FlaskClient]:
    engine = open_engine(directory)
    yield create_app(engine, Settings()).test_client()
    engine.close()


def ask_again(client: FlaskClient, path: str, language: str = "pl") -> int:
    """Give the status for who has the Polish answer and asks in a language."""
    name = client.get(path, headers={"Accept-Language": "pl"}).headers["ETag"]
    asked = {"Accept-Language": language, "If-None-Match": name}
    return client.get(path, headers=asked).status_code


@pytest.mark.parametrize("path", KEPT)
def test_who_has_an_answer_is_told_that_it_holds(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Accept-Language" in again.headers["Vary"]


def test_answer_in_another_language_is_another_one(client: FlaskClient) -> None:
    assert (ask_again(client, "/corpus"), ask_again(client, "/corpus", "en")) == (304, 200)


def test_new_index_gives_a_new_answer(client: FlaskClient, directory: Path) -> None:
    name = client.get("/corpus").headers["ETag"]
    document = make_document("b", "Umowa o moście.")
    update_index(directory, added=[(source_of(document), document)])
    answer = client.get("/corpus", headers={"If-None-Match": name})
    assert (answer.status_code, answer.headers["ETag"] == name) == (200, False)
    assert "Przegląd b" in answer.text


def test_relative_dates_mean_something_else_tomorrow(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    name = client.get("/?q=port").headers["ETag"]

    class Tomorrow(date):
        @classmethod
        def today(cls) -> "Tomorrow":
            return cls(2031, 5, 7)

    monkeypatch.setattr("web.freshness.date", Tomorrow)
    assert client.get("/?q=port", headers={"If-None-Match": name}).status_code == 200


def test_mistake_in_an_address_is_not_kept(client: FlaskClient) -> None:
    answer = client.get("/heatmap?by=colour")
    assert (answer.status_code, "ETag" in answer.headers) == (400, False)
