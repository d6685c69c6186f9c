"""More like this: passages about the same things, and those that say the very same."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from small_documents import make_document, source_of

from corpus.document import Actor
from index.whoosh_index import update_index
from search.errors import UnknownPassage
from search.results import SimilarPassage
from search.whoosh_engine import WhooshEngine, open_engine

MOREL = Actor("igor-morelow", "Igor Morelow", "person", ("Morelow",))
TEXTS = (
    "Kutry rybackie łowiły kraby u wybrzeży wyspy.",
    "O połowach krabów z kutra rybackiego pisała prasa.",
    "Prasa pisała o wyborach.",
    "Kutry rybackie łowiły kraby u wybrzeży wyspy!",
    "Morelow odwiedził szpital.",
    "Szkoła ma nowy dach. Morelow milczy.",
    "Zima była mroźna.",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory = tmp_path_factory.mktemp("similar") / "index"
    document = make_document("rybacy", *TEXTS)
    passages = tuple(
        replace(each, pairs=(), actors=(MOREL,) if "Morelow" in each.text else ())
        for each in document.passages
    )
    document = replace(document, passages=passages)
    update_index(directory, added=[(source_of(document), document)])
    opened = open_engine(directory)
    yield opened
    opened.close()


def find(engine: WhooshEngine, ordinal: int, limit: int = 10) -> tuple[SimilarPassage, ...]:
    passage = engine.document("rybacy").passages[ordinal]
    return engine.similar(passage.id, limit)


def test_rare_words_in_any_form_make_passages_alike_and_itself_is_left_out(
    engine: WhooshEngine,
) -> None:
    assert [each.passage.ordinal for each in find(engine, 0)] == [3, 1]


def test_only_what_says_the_same_is_a_twin(engine: WhooshEngine) -> None:
    assert [(each.passage.ordinal, each.twin) for each in find(engine, 0)] == [
        (3, True),
        (1, False),
    ]


def test_what_is_shared_is_named(engine: WhooshEngine) -> None:
    [_, other] = find(engine, 0)
    assert set(other.shared) == {"Kutry", "rybackie", "kraby"}


def test_a_shared_actor_makes_passages_alike(engine: WhooshEngine) -> None:
    [other] = find(engine, 4)
    assert other.passage.ordinal == 5
    assert "Igor Morelow" in other.shared


def test_scores_fall_from_at_most_one(engine: WhooshEngine) -> None:
    scores = [each.score for each in find(engine, 0)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_as_many_as_asked_for_and_none_without_anything_in_common(engine: WhooshEngine) -> None:
    assert [each.passage.ordinal for each in find(engine, 0, limit=1)] == [3]
    assert find(engine, 6) == ()


def test_an_unknown_passage_is_like_nothing(engine: WhooshEngine) -> None:
    with pytest.raises(UnknownPassage):
        engine.similar("nie-ma-go", 5)
