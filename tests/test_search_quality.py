"""How well the whole search finds names and answers, on external evaluation data.

The data are not part of the project: KWERENDA_EVALUATION_DATA names their folder.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from external_data import DATA
from search_quality import (
    K,
    NameQuery,
    TextSearch,
    mean_scores,
    open_texts,
    read_names,
    read_questions,
    score_names,
    score_questions,
    type_as,
)
from stempel_peer import StempelIndex

Names = tuple[Sequence[str], Sequence[NameQuery], TextSearch]


def require(folder: str) -> Path:
    path = DATA / folder
    if not path.is_dir():
        pytest.skip(f"no external evaluation data in {path} (KWERENDA_EVALUATION_DATA)")
    return path


@pytest.fixture(scope="module")
def names() -> Iterator[Names]:
    texts, queries = read_names(require("slavicner"))
    with open_texts(texts) as search:
        yield texts, queries, search


@pytest.mark.parametrize(
    ("typed", "least_recall"),
    [("nominative", 0.985), ("lower case", 0.98), ("no diacritics", 0.99)],
)
def test_names_are_found_in_every_inflection(names: Names, typed: str, least_recall: float) -> None:
    _, queries, search = names
    recall, precision = mean_scores(score_names(type_as(queries, typed), search.find_all))
    assert recall >= least_recall
    assert precision >= 0.92


def test_names_are_found_more_often_than_by_stempel(names: Names) -> None:
    texts, queries, search = names
    recall, precision = mean_scores(score_names(queries, search.find_all))
    stempel = mean_scores(score_names(queries, StempelIndex(texts).find_all))
    assert recall > stempel[0] + 0.2
    assert precision > stempel[1]


def test_questions_find_the_passages_that_answer_them() -> None:
    texts, questions = read_questions(require("poquad"))
    questions = questions[::3]
    with open_texts(texts) as search:
        figures = score_questions(questions, search.rank)
    stempel = score_questions(questions, StempelIndex(texts).rank)
    print(f"\n{len(questions)} questions at {K}: {figures}, Stempel {stempel}")
    assert figures.mrr >= 0.83
    assert figures.recall >= 0.915
    assert figures.mrr > stempel.mrr
