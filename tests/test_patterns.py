"""Wildcards match whole forms, and no pattern makes them slow."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.patterns import compile_pattern, fixed_beginning


@given(st.text("ab*?", min_size=1, max_size=8), st.text("abc", max_size=10))
def test_a_pattern_matches_what_its_plain_spelling_matches(pattern: str, word: str) -> None:
    plain = "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern)
    expected = re.fullmatch(plain, word) is not None
    assert (compile_pattern(pattern).fullmatch(word) is not None) == expected


def test_each_line_is_matched_alone() -> None:
    assert compile_pattern("*b*a").findall("aba\nb\na\nba.\nbba") == ["aba", "bba"]


def test_many_stars_are_tried_once() -> None:
    pattern = "*a" * 30 + "*b"
    assert compile_pattern(pattern).fullmatch("a" * 5_000) is None


@pytest.mark.parametrize(
    ("pattern", "beginning"), [("zam*k", "zam"), ("?amek", ""), ("zamek", "zamek")]
)
def test_a_pattern_has_a_fixed_beginning(pattern: str, beginning: str) -> None:
    assert fixed_beginning(pattern) == beginning
