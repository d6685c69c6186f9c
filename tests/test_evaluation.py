"""Judged queries: the figures of a ranking, the file they stand in, the command that asks them."""

import json
from collections.abc import Callable, Iterator
from math import log2
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_documents import make_document, source_of

from index.whoosh_index import update_index
from search.evaluation import (
    BadQueryFile,
    Figures,
    JudgedQuery,
    evaluate_queries,
    mean_figures,
    read_judged_queries,
    score_ranking,
)
from search.whoosh_engine import WhooshEngine, open_engine
from web.cli import main

PORT = "Ministrowie podpisali w Gdyni umowę o budowie portu."
SHIP = "Nowy statek wypłynął z portu na próby."
FISH = "Rybacy protestują przeciw kwotom połowowym."

Evaluate = Callable[..., Result]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    document = make_document("przeglad", PORT, SHIP, FISH)
    update_index(tmp_path / "index", added=[(source_of(document), document)])
    return tmp_path


@pytest.fixture
def engine(place: Path) -> Iterator[WhooshEngine]:
    opened = open_engine(place / "index")
    yield opened
    opened.close()


@pytest.fixture
def evaluate(place: Path) -> Evaluate:
    def run(content: str, *options: str) -> Result:
        (place / "queries.toml").write_text(content, encoding="utf-8")
        command = ["--index", str(place / "index"), "evaluate", str(place / "queries.toml")]
        return CliRunner().invoke(main, [*command, *options])

    return run


def name_passages() -> dict[str, str]:
    passages = make_document("przeglad", PORT, SHIP, FISH).passages
    return {passage.text: passage.id for passage in passages}


def write_query(text: str, *passage_ids: str) -> str:
    return f"[[query]]\nq = '{text}'\nrelevant = {json.dumps(passage_ids)}\n"


@pytest.mark.parametrize(
    ("ranked", "grades", "k", "expected"),
    [
        ("abc", {"a": 1}, 3, Figures(1.0, 1.0, 1.0)),
        ("xay", {"a": 1}, 3, Figures(1.0, 1 / 2, 1 / log2(3))),
        ("xya", {"a": 1}, 2, Figures(0.0, 0.0, 0.0)),
        ("", {"a": 1}, 10, Figures(0.0, 0.0, 0.0)),
        ("ax", {"a": 1, "b": 1}, 2, Figures(0.5, 1.0, 1 / (1 + 1 / log2(3)))),
        ("a", {"a": 1, "b": 1}, 1, Figures(0.5, 1.0, 1.0)),
        ("ba", {"a": 2, "b": 1}, 2, Figures(1.0, 1.0, (1 + 3 / log2(3)) / (3 + 1 / log2(3)))),
    ],
)
def test_figures_of_a_ranking(
    ranked: str, grades: dict[str, int], k: int, expected: Figures
) -> None:
    actual = score_ranking(tuple(ranked), grades, k)
    assert (actual.recall, actual.mrr) == (expected.recall, expected.mrr)
    assert actual.ndcg == pytest.approx(expected.ndcg)


def test_mean_weighs_every_query_alike() -> None:
    assert mean_figures([Figures(1, 1, 1), Figures(0, 0.5, 0.25)]) == Figures(0.5, 0.75, 0.625)


def test_file_names_passages_by_id_or_link_with_or_without_grades(tmp_path: Path) -> None:
    path = tmp_path / "queries.toml"
    path.write_text(
        "[[query]]\nq = '\"port w Gdyni\"'\nrelevant = ['ab', 'https://k.example/p/cd?q=port']\n"
        "[[query]]\nq = 'statek'\nrelevant = { ab = 3, cd = 1 }\n",
        encoding="utf-8",
    )
    assert read_judged_queries(path) == (
        JudgedQuery('"port w Gdyni"', {"ab": 1, "cd": 1}),
        JudgedQuery("statek", {"ab": 3, "cd": 1}),
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "no query"),
        ("query = 'port'", "no query"),
        ("query = ['port']", "query 1: it must begin"),
        ("[[query]]\nq = port", "not TOML"),
        ("[[query]]\nq = ' '\nrelevant = ['a']", "query 1: q must be"),
        ("[[query]]\nq = 'port'", "query 1: relevant must name"),
        ("[[query]]\nq = 'port'\nrelevant = []", "relevant must name"),
        ("[[query]]\nq = 'port'\nrelevant = { a = 0 }", "grade of a"),
        ("[[query]]\nq = 'port'\nrelevant = { a = true }", "grade of a"),
        ("[[query]]\nq = 'port'\nrelevent = ['a']", "no setting 'relevent'"),
    ],
)
def test_file_that_says_nothing_is_told(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "queries.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadQueryFile) as failure:
        read_judged_queries(path)
    assert words in str(failure.value)


def test_file_of_another_encoding_and_missing_file_are_told(tmp_path: Path) -> None:
    path = tmp_path / "queries.toml"
    path.write_bytes("[[query]]\nq = 'zażółć'".encode("cp1250"))
    for name in (path, tmp_path / "missing.toml"):
        with pytest.raises(BadQueryFile, match=name.name):
            read_judged_queries(name)


def test_query_is_asked_as_the_search_box_does(engine: WhooshEngine) -> None:
    ids = name_passages()
    judged = [JudgedQuery('"umowa o budowie"', {ids[PORT]: 1}), JudgedQuery("połów", {"zzz": 1})]
    first, second = evaluate_queries(judged, engine, 10).results
    assert (first.figures, first.missed) == (Figures(1.0, 1.0, 1.0), ())
    assert (second.figures.recall, second.unknown, second.missed) == (0.0, ("zzz",), ())


def test_partial_matches_count_and_are_told(engine: WhooshEngine) -> None:
    judged = JudgedQuery("umowa rybacy", {name_passages()[PORT]: 1, name_passages()[SHIP]: 1})
    [result] = evaluate_queries([judged], engine, 10).results
    assert result.relaxed
    assert result.figures.recall == 0.5
    assert result.missed == (name_passages()[SHIP],)


def test_only_the_first_k_count(engine: WhooshEngine) -> None:
    judged = JudgedQuery("port", {name_passages()[PORT]: 1, name_passages()[SHIP]: 1})
    assert evaluate_queries([judged], engine, 1).mean.recall == 0.5
    assert evaluate_queries([judged], engine, 2).mean.recall == 1.0


def test_passage_that_took_the_place_of_an_expected_one_counts(place: Path) -> None:
    changed = make_document("przeglad", PORT, SHIP.replace("Nowy", "Duży nowy"), FISH)
    update_index(place / "index", added=[(source_of(changed), changed)])
    engine = open_engine(place / "index")
    try:
        judged = JudgedQuery("statek", {name_passages()[SHIP]: 1})
        [result] = evaluate_queries([judged], engine, 10).results
    finally:
        engine.close()
    assert result.figures.recall == 1.0
    assert result.moved == {name_passages()[SHIP]: changed.passages[1].id}


def test_command_prints_each_query_and_the_mean(evaluate: Evaluate) -> None:
    ids = name_passages()
    result = evaluate(write_query("statek", ids[SHIP]) + write_query("port", ids[FISH]))
    assert result.exit_code == 0
    table = [line.split() for line in result.stdout.splitlines()]
    assert table[0] == ["query", "recall@10", "MRR", "nDCG"]
    assert table[1] == ["statek", "1.000", "1.000", "1.000"]
    assert table[2] == ["port", "0.000", "0.000", "0.000"]
    assert ids[FISH] in table[3]
    assert table[4] == ["mean", "of", "2", "0.500", "0.500", "0.500"]


def test_command_prints_json(evaluate: Evaluate) -> None:
    ids = name_passages()
    result = evaluate(write_query("port", ids[PORT], ids[FISH]), "--json", "--k", "3")
    answer = json.loads(result.stdout)
    assert (answer["k"], answer["mean"]["recall"]) == (3, 0.5)
    [query] = answer["queries"]
    assert (query["q"], query["missed"], query["relaxed"]) == ("port", [ids[FISH]], False)


@pytest.mark.parametrize("option", ["--min-recall", "--min-mrr", "--min-ndcg"])
def test_mean_below_the_threshold_fails(evaluate: Evaluate, option: str) -> None:
    queries = write_query("statek", name_passages()[SHIP]) + write_query(
        "port", name_passages()[FISH]
    )
    assert evaluate(queries, option, "0.5").exit_code == 0
    refused = evaluate(queries, option, "0.51")
    assert refused.exit_code == 1
    assert refused.stderr == f"The mean {option[6:]} is 0.500, below 0.51.\n"


def test_expected_passage_that_does_not_exist_fails(evaluate: Evaluate) -> None:
    result = evaluate(write_query("statek", name_passages()[SHIP], "literowka"))
    assert result.exit_code == 1
    assert result.stderr == "No passage has the id literowka, expected by the query 'statek'.\n"


def test_bad_file_is_told_in_one_line(evaluate: Evaluate) -> None:
    result = evaluate("[[query]]\nq = 'port'\n")
    assert result.exit_code == 1
    [line] = result.stderr.strip().splitlines()
    assert "queries.toml, query 1: relevant must name at least one passage." in line


def test_missing_index_is_told_with_the_way_to_make_one(tmp_path: Path) -> None:
    queries = tmp_path / "queries.toml"
    queries.write_text(write_query("port", "a"), encoding="utf-8")
    command = ["--index", str(tmp_path / "none"), "evaluate", str(queries)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert "kwerenda --index" in result.stderr
