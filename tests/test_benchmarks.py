"""The benchmarks measure what they say: the passages, the requests, the expected answers."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from index.analysis import analyse_word
from index.keys import keys_of
from index.tokenizer import fold, split_words
from tests.benchmarks.corpus import Row, generate_rows, read_rows, write_rows
from tests.benchmarks.engines import MODES, Answer, is_installed, load_peer
from tests.benchmarks.expected import Expected, expect_answers, find_differences
from tests.benchmarks.growth import format_growth
from tests.benchmarks.measuring import Built, Measured, Plan, Samples, measure
from tests.benchmarks.processes import EngineFailure, EngineProcess
from tests.benchmarks.report import format_tables, geometric_mean, percentile, ratios, to_json
from tests.benchmarks.requests import (
    CLASSES,
    Request,
    RequestClass,
    choose_requests,
    limit_requests,
)
from tests.benchmarks.vocabulary import Entry, build_vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> tuple[Entry, ...]:
    return build_vocabulary(words=500, names=200)


@pytest.fixture(scope="module")
def rows(vocabulary: tuple[Entry, ...]) -> list[Row]:
    return [row for block in generate_rows(vocabulary, 240) for row in block]


@pytest.fixture(scope="module")
def requests(vocabulary: tuple[Entry, ...], rows: list[Row]) -> tuple[Request, ...]:
    """Give requests that some passage answers: what is done without one is each engine's own."""
    candidates = choose_requests(rows, vocabulary, 40)
    expected = expect_answers(rows, candidates)
    return limit_requests([r for r in candidates if expected[r].total], 2)


@pytest.fixture(scope="module")
def corpus(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "passages"
    write_rows(iter([rows]), path)
    return path


def test_a_word_of_the_vocabulary_is_found_by_each_of_its_forms(
    vocabulary: tuple[Entry, ...],
) -> None:
    words = [entry for entry in vocabulary if entry.kind == "word"]
    assert words
    for entry in words:
        for asked in entry.forms:
            for form in (*entry.forms, *(form.capitalize() for form in entry.forms)):
                assert set(analyse_word(asked).keys) & set(keys_of(form)), (asked, form)


def test_no_two_words_of_the_vocabulary_share_a_key(vocabulary: tuple[Entry, ...]) -> None:
    owners: dict[str, set[str]] = {}
    for entry in vocabulary:
        for form in entry.forms:
            for key in (*keys_of(form), *keys_of(form.capitalize())):
                owners.setdefault(key, set()).add(entry.token)
    assert [key for key, tokens in owners.items() if len(tokens) > 1] == []


def test_an_ambiguous_vocabulary_has_words_that_share_forms() -> None:
    vocabulary = build_vocabulary(words=500, names=0, ambiguous=True)
    forms = Counter(form for entry in vocabulary for form in entry.forms)
    assert forms.most_common(1)[0][1] > 1


def test_the_same_seed_gives_the_same_passages(vocabulary: tuple[Entry, ...]) -> None:
    some, same, others = (next(generate_rows(vocabulary, 40, seed=seed))[:40] for seed in (1, 1, 2))
    assert some == same
    assert [row.text for row in some] != [row.text for row in others]


def test_a_longer_corpus_begins_as_a_shorter_one(
    vocabulary: tuple[Entry, ...], rows: list[Row]
) -> None:
    assert next(generate_rows(vocabulary, 2_000))[:240] == rows[:240]


def test_a_token_stands_for_each_word_of_the_text(
    vocabulary: tuple[Entry, ...], rows: list[Row]
) -> None:
    token_of = {form.lower(): entry.token for entry in vocabulary for form in entry.forms}
    row = rows[0]
    words = [token_of[word.form.lower()] for word in split_words(row.text)]
    assert words == row.tokens.split()


def test_passages_name_their_actors_and_begin_with_their_headlines(rows: list[Row]) -> None:
    assert all(name in row.text for row in rows for _, name in row.actors)
    assert all(row.text.startswith(row.headline) for row in rows)
    assert any(row.headline for row in rows)


def test_words_are_as_frequent_as_their_ranks_say(
    vocabulary: tuple[Entry, ...], rows: list[Row]
) -> None:
    counts = Counter(token for row in rows for token in row.tokens.split())
    running = [entry.token for entry in vocabulary if entry.kind != "country"]
    assert counts[running[0]] > counts[running[10]] > counts[running[300]]


def test_passages_are_read_back_as_they_were_written(rows: list[Row], corpus: Path) -> None:
    assert list(read_rows(corpus)) == rows


def test_every_class_is_asked_for(requests: tuple[Request, ...]) -> None:
    assert {request.kind for request in requests} >= {*CLASSES} - {"prefix"}


def test_a_prefix_means_the_same_for_forms_as_for_tokens(vocabulary: tuple[Entry, ...]) -> None:
    many = [row for block in generate_rows(vocabulary, 800) for row in block]
    prefixes = [r for r in choose_requests(many, vocabulary, 5) if r.kind == "prefix"]
    assert prefixes
    for request in prefixes:
        (prefix,) = request.tokens
        by_form = {e.token for e in vocabulary if any(fold(f).startswith(prefix) for f in e.forms)}
        assert by_form == {e.token for e in vocabulary if e.token.startswith(prefix)}


@pytest.mark.parametrize(
    ("kind", "tokens", "total"),
    [
        ("rare", ("most",), 2),
        ("and2", ("most", "rzeka"), 1),
        ("or3", ("most", "rzeka", "las"), 3),
        ("phrase", ("most", "rzeka"), 1),
        ("phrase", ("rzeka", "most"), 0),
        ("prefix", ("mos",), 2),
        ("filter", ("most",), 1),
        ("all", (), 3),
    ],
)
def test_expected_answers_are_counted(
    kind: RequestClass, tokens: tuple[str, ...], total: int
) -> None:
    row = Row("a", "d", 0, "event", 740_000, ("CZ-SK",), (), (), "", "", "", "")
    rows = [
        row._replace(tokens="most rzeka"),
        row._replace(id="b", tokens="nowy most", day=1),
        row._replace(id="c", tokens="las", pairs=()),
    ]
    request = Request(kind, tokens, "", first=739_000, last=741_000, pair="CZ-SK")
    expected = expect_answers(rows, [request])[request]
    assert expected.total == total
    assert sum(expected.facets["month"].values()) == total


def test_differences_from_the_expected_answer_are_said() -> None:
    counts = {
        "pair": Counter({"CZ-SK": 1}),
        "actor": Counter[str](),
        "month": Counter({"2027-01": 1}),
    }
    expected = Expected(1, frozenset({"a"}), counts)
    right = Answer(("a",), 1, counts)
    assert find_differences(right, expected) == ()
    assert find_differences(replace(right, total=2), expected) == ("total 2, not 1",)
    assert find_differences(replace(right, ids=("b",)), expected) == ("other passages",)
    wrong = {"pair": {"CZ-SK": 2}, "actor": {}, "month": {}}
    assert find_differences(replace(right, facets=wrong), expected) == (
        "pair: CZ-SK 2, not 1",
        "month: 0 values, not those with the highest counts",
    )


@pytest.mark.parametrize("name", ["kwerenda", "tantivy", "fts5", "bm25s", "whoosh", "xapian"])
def test_an_engine_gives_the_expected_answers(
    name: str, corpus: Path, rows: list[Row], requests: tuple[Request, ...], tmp_path: Path
) -> None:
    if not is_installed(name):
        pytest.skip(f"{name} is not installed")
    peer = load_peer(name, tmp_path / name)
    peer.build(corpus)
    peer.open()
    expected = expect_answers(rows, requests)
    try:
        differences = [
            (request, mode, found)
            for request in requests
            for mode in MODES
            if peer.supports(request, mode)
            and (
                found := find_differences(peer.read(peer.answer(request, mode)), expected[request])
            )
        ]
    finally:
        peer.close()
    assert differences == []


def test_kwerenda_answers_alike_with_cold_caches(
    corpus: Path, requests: tuple[Request, ...], tmp_path: Path
) -> None:
    peer = load_peer("kwerenda", tmp_path / "index")
    peer.build(corpus)
    peer.open()
    warm = peer.read(peer.answer(requests[0], "page"))
    peer.forget()
    cold = peer.read(peer.answer(requests[0], "page"))
    peer.close()
    assert cold == warm


def test_a_run_measures_an_engine_in_its_own_process(
    corpus: Path, rows: list[Row], requests: tuple[Request, ...], tmp_path: Path
) -> None:
    expected = expect_answers(rows, requests)
    plan = Plan(engines=("fts5",), rounds=1, budget_s=30, clock="wall", cold=("fts5",))
    said: list[str] = []
    measured = measure(corpus, len(rows), requests, expected, tmp_path, plan, said.append)
    figures = to_json(measured, {})["engines"]["fts5"]
    assert figures["differences"] == []
    assert figures["classes"].keys() == {request.kind for request in requests}
    assert figures["peak_rss"] > 1_000_000
    assert figures["bytes"] > sum(len(row.tokens) for row in rows)
    assert figures["add_one_s"] > 0
    samples = [
        sum(len(found) for found in part["fts5"].times.values())
        for part in (measured.first, measured.cold)
    ]
    assert samples == [2 * len(requests)] * 2


def test_an_engine_that_fails_says_why(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    engine = EngineProcess("fts5", tmp_path / "taken" / "fts5")
    with pytest.raises(EngineFailure, match="fts5: NotADirectoryError"):
        engine.build(corpus)
    engine.close()


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([5.0], 0.99, 5.0), ([3.0, 1.0, 2.0], 0.5, 2.0), (list(map(float, range(100))), 0.95, 95.0)],
)
def test_percentiles(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == expected


def test_ratios_have_a_geometric_mean() -> None:
    assert geometric_mean([0.5, 2.0]) == pytest.approx(1.0)


def test_figures_have_the_promised_shape() -> None:
    figures = to_json(_measure_nothing(100, 0.5), {"cores": 2})
    kwerenda = figures["engines"]["kwerenda"]
    assert figures["passages"] == 100
    assert (kwerenda["bulk_per_s"], kwerenda["bytes"], kwerenda["peak_rss"]) == (50.0, 10, 20)
    page = kwerenda["classes"]["rare"]["page"]
    assert (page["p50"], page["p95"], page["p99"]) == (0.5, 0.5, 0.5)
    assert "topk" not in kwerenda["classes"]["rare"]
    assert ratios(figures, "kwerenda", "page") == {"rare": 0.5}


def test_tables_show_every_engine_and_its_differences() -> None:
    text = format_tables(to_json(_measure_nothing(100, 0.5), {}))
    assert "one key a word" in text
    assert "kwerenda, cold" in text
    assert "tantivy: 1 answers are not what the passages say\n    total 2, not 1" in text


def test_growth_is_shown_as_a_power_of_the_size() -> None:
    runs = [to_json(_measure_nothing(n, took), {}) for n, took in ((100, 1.0), (1_000, 10.0))]
    (line,) = (line for line in format_growth(runs, "kwerenda") if "page rare" in line)
    assert line.split()[-3:] == ["1.000", "10.000", "1.00"]


def _measure_nothing(passages: int, took: float) -> Measured:
    samples, reference = Samples(), Samples()
    samples.times["rare", "page"].append(took)
    reference.times["rare", "page"].append(1.0)
    names = ("kwerenda", "tantivy")
    return Measured(
        passages=passages,
        built={name: Built(2.0, 10, 20) for name in names},
        first={"kwerenda": samples, "tantivy": reference},
        warm={"kwerenda": samples, "tantivy": reference},
        cold={"kwerenda": samples},
        query_rss=dict.fromkeys(names, 30),
        differences={"kwerenda": (), "tantivy": ("total 2, not 1",)},
        overlaps={},
    )
