"""The stand-in for Elasticsearch's Polish chain does what the chain is documented to do."""

from math import log
from pathlib import Path

import pytest
from stempel_peer import StempelIndex, read_stop_words

TEXTS = ("Sankcje wobec banków.", "Bank i sankcje, sankcje, sankcje.", "O rybach.")


def test_words_are_stemmed_unless_short_or_stopped() -> None:
    index = StempelIndex(TEXTS, frozenset({"wobec"}))
    assert index.stems("Sankcjami wobec UE, japońsko-rosyjskie O'Brien") == [
        *("sankcja", "ue", "japoński", "rosyjski", "o'brien")
    ]


def test_all_words_of_a_query_are_demanded_or_any() -> None:
    index = StempelIndex(TEXTS)
    assert index.find_all("sankcjami") == {0, 1}
    assert index.find_all("wobec sankcji") == {0}
    assert index.find_all("sankcja ryby") == set()
    assert index.rank("sankcja ryba", 10) == [2, 1, 0]
    assert index.rank("sankcja ryba", 1) == [2]
    assert index.rank("nieobecne", 10) == []


def test_score_is_lucenes_bm25() -> None:
    lengths = (3, 5, 2)
    norms = [1.2 * (0.25 + 0.75 * length / (10 / 3)) for length in lengths]
    rare, common = log(1 + 2.5 / 1.5), log(1 + 1.5 / 2.5)
    index = StempelIndex(TEXTS)
    assert index.scores("rybami").tolist() == pytest.approx([0, 0, rare / (1 + norms[2])])
    assert index.scores("sankcja")[1] == pytest.approx(common * 3 / (3 + norms[1]))


def test_stop_words_stand_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "stop.txt"
    path.write_text("# polskie\ni\n\nwobec\n", encoding="utf-8")
    assert read_stop_words(path) == frozenset({"i", "wobec"})
