"""Spans become runs: nothing is lost, nothing is marked twice, nothing is markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Source
from web.marking import Run, breaks_off, split_paragraphs, split_runs
from web.sources import find_host, read_source

TEXT = "W porcie\nw Gdyni"


def written(runs: tuple[Run, ...]) -> str:
    return "".join(f"[{run.text}]" if run.marked else run.text for run in runs)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ((), "W porcie\nw Gdyni"),
        (((2, 8),), "W [porcie]\nw Gdyni"),
        (((11, 16), (2, 8)), "W [porcie]\nw [Gdyni]"),
        (((2, 6), (4, 8)), "W [porcie]\nw Gdyni"),
        (((0, 99),), "[W porcie\nw Gdyni]"),
        (((5, 5), (40, 50)), "W porcie\nw Gdyni"),
    ],
)
def test_marks_become_runs(marks: tuple[tuple[int, int], ...], expected: str) -> None:
    assert written(split_runs(TEXT, marks)) == expected


def test_runs_of_a_part_keep_the_offsets_of_the_whole() -> None:
    assert written(split_runs(TEXT, [(2, 8), (11, 16)], start=9)) == "w [Gdyni]"


def test_paragraphs_are_lines_with_something_in_them() -> None:
    paragraphs = split_paragraphs("Nagłówek. Raz\n \ndwa\n", [(10, 13)], start=9)
    assert [written(runs) for runs in paragraphs] == [" [Raz]", "dwa"]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50))))
def test_runs_always_make_up_the_text(text: str, marks: list[tuple[int, int]]) -> None:
    assert "".join(run.text for run in split_runs(text, marks)) == text


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://kurier.example/a?b=c&amp;d", "kurier.example"),
        ("HTTP://Kurier.Example:8080/", "kurier.example"),
        ("https://bank.example@wyludzacz.example/", "wyludzacz.example"),
        ("javascript:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
        (" https://kurier.example/", ""),
        ("https://kurier.example/\nX: 1", ""),
        ("https://kurier.example\\@wyludzacz.example/", ""),
        ("//kurier.example/", ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("data:text/html,<b>", ""),
        ("ftp://kurier.example/", ""),
    ],
)
def test_only_web_addresses_have_a_host(url: str, host: str) -> None:
    assert find_host(url) == host


def test_address_that_is_no_link_keeps_its_text() -> None:
    link = read_source(Source("javascript:alert(1)", "", "guess"))
    assert (link.url, link.is_web) == ("javascript:alert(1)", False)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("Minister ds. handlu był w Rydze.", False),
        ("Minister ds.", True),
        ("Minister ds. handlu był w Rydze. Czy wróci,", True),
        ("Minister ds. handlu był w Rydze. Czy wróci, nie wiadomo.", False),
    ],
)
def test_fragment_breaks_off_inside_a_sentence(shown: str, expected: bool) -> None:
    text = "Minister ds. handlu był w Rydze. Czy wróci, nie wiadomo.\nDrugi akapit"
    assert breaks_off(text, 0, len(shown)) is expected
