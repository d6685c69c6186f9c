"""Words that are asked for by the way, and names that are spelt like them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from small_documents import make_document, source_of
from small_monitor import ask, found

from corpus.document import Actor
from index.whoosh_index import update_index
from search.whoosh_engine import WhooshEngine, open_engine

KIM = Actor("kim-min-seok", "Kim Min-seok", "person", ("Kim Min-seok", "Kima", "Kim"))
MISREAD = Actor("po-wizycie", "Po wizycie", "organisation", ("Po wizycie",))
TEXTS = (
    "Kim Min-seok spotkał się z Trumpem w Singapurze. Kim był zadowolony.",
    "Trump nie powiedział, kto poleci do Tokio i z kim będzie rozmawiał.",
    "Przewodniczący PO rozmawiał z Trumpem. Wizyta trwała dzień.",
    "Po wizycie Trumpa nikt nie zabrał głosu.",
    "Trump odpoczywał po obiedzie.",
    "Dzień po spotkaniu Trump milczał.",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory = tmp_path_factory.mktemp("function-words") / "index"
    document = make_document("spotkania", *TEXTS)
    actors = {0: (KIM,), 3: (MISREAD,)}
    passages = [replace(each, actors=actors.get(each.ordinal, ())) for each in document.passages]
    document = replace(document, passages=tuple(passages))
    update_index(directory, added=[(source_of(document), document)])
    opened = open_engine(directory)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trump Kim", [0]),
        ("Kim Trump", [0]),
        ("trump kim", [0]),
        ("kim", [0]),
        ('"Kim"', [0]),
        ('"Trump Kim"~12', [0]),
        ("Trump PO", [2]),
    ],
)
def test_a_name_like_a_function_word_is_demanded(
    engine: WhooshEngine, text: str, expected: list[int]
) -> None:
    assert found(ask(engine, text)) == expected


@pytest.mark.parametrize(
    "text",
    ["z kim Trump", "Kim trump", "kim trump", "trump z kim", "trump Kto", "PO TRUMP", "Trump Po"],
)
def test_a_function_word_demands_nothing(engine: WhooshEngine, text: str) -> None:
    assert found(ask(engine, text)) == [0, 1, 2, 3, 4, 5]


def test_a_name_like_a_function_word_is_completed(engine: WhooshEngine) -> None:
    assert "Kim" in [each.value for each in engine.suggest("ki", 10) if each.kind == "term"]
    assert "Po" not in [each.value for each in engine.suggest("po", 10) if each.kind == "term"]
