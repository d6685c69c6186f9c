"""A sample of everything that can be typed; `query_fuzz.py` asks as much of it as wanted."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from query_fuzz import ask_all, build_index, make_queries, open_client, unsaid_repairs


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    client = open_client(build_index(tmp_path_factory.mktemp("fuzz") / "index"))
    yield client
    client.application.extensions["kwerenda.engine"].close()


def test_every_text_gets_an_answer_that_says_what_was_repaired(fuzzed: FlaskClient) -> None:
    findings = ask_all(fuzzed, make_queries(seed=2, count=400), limit_ms=float("inf"))
    assert findings.failures == []
    assert {"slip", "fuzzy", "stray_tilde", "fewer_slips", "related_added"} <= set(findings.notes)
    assert {"unbalanced_quotes", "control_characters", "too_long"} <= set(findings.notes)


def test_the_same_seed_gives_the_same_queries() -> None:
    assert list(make_queries(3, 20)) == list(make_queries(3, 20))
    assert list(make_queries(3, 20)) != list(make_queries(4, 20))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"rosja', "unbalanced_quotes"),
        ("a\x00b", "control_characters"),
        ("a" * 2_001, "too_long"),
        ("rosja ~2", "stray_tilde"),
    ],
)
def test_a_repair_that_is_not_said_is_noticed(text: str, code: str) -> None:
    assert unsaid_repairs(text, {"relaxed"}) == {code}
    assert unsaid_repairs(text, {code}) == set()
