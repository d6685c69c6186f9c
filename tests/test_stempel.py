"""The flat Polimorf table gives the stems of pystempel, which is its oracle here."""

from pathlib import Path

import pytest

from index.stempel import FlatStemmer, load_stemmer
from index.stempel_table import find_polimorf_table, flatten_table

# fmt: off
WORDS = [
    "a", "w", "o", "ze", "nad", "sankcji", "sankcjami", "ministrowie", "ministrów", "łódź",
    "prezydentem", "prezydentowi", "rozmowach", "najważniejszych", "negocjowaliśmy", "łodzią",
    "oświadczyłby", "podpisanego", "podpisaniem", "gazociągu", "gazociągami", "okręty", "ężą",
    "okrętowi", "zawieszenie", "zawieszeniu", "traktatu", "rezolucją", "wybory", "wyborach",
    "rządzących", "dyplomatami", "ambasadorowie", "konsulacie", "bezpieczeństwem", "ćwiczenia",
    "granicznego", "przygranicznych", "żółć", "źdźbła", "świętości", "ósemkami", "zażalenie",
    "rozbrojeniowej", "trzydziestoma", "dwudziestego", "trójstronnych", "wielostronnie", "xyz",
    "tokunagi", "tokunadze", "matwijence", "petrenki", "orbana", "macronem", "trumpie", "bbbbb",
    "2021", "o'brien", "qwerty", "ąąą", "nit", "une", "de", "najgorzej", "usa", "joyce", "royce",
]
# fmt: on


@pytest.fixture(scope="module")
def stemmer(tmp_path_factory: pytest.TempPathFactory) -> FlatStemmer:
    return load_stemmer(tmp_path_factory.mktemp("cache"))


def test_stems_are_those_of_pystempel(
    stemmer: FlatStemmer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pystempel.streams.DISABLE_TQDM", True)
    import pystempel

    oracle = pystempel.Stemmer.from_file(find_polimorf_table())
    assert [stemmer.stem(word) for word in WORDS] == [oracle(word) for word in WORDS]


def test_an_empty_word_has_no_stem(stemmer: FlatStemmer) -> None:
    assert stemmer.stem("") is None


def test_letters_outside_the_table_are_no_error(stemmer: FlatStemmer) -> None:
    assert stemmer.stem("漢字🙂") in {None, "漢字🙂"}


def test_the_flat_table_is_made_once_and_leaves_no_other_file(tmp_path: Path) -> None:
    load_stemmer(tmp_path)
    (made,) = tmp_path.iterdir()
    written = made.stat().st_mtime_ns
    load_stemmer(tmp_path)
    assert [made] == list(tmp_path.iterdir())
    assert written == made.stat().st_mtime_ns


def test_a_cut_table_is_made_anew(tmp_path: Path) -> None:
    load_stemmer(tmp_path)
    (made,) = tmp_path.iterdir()
    whole = made.read_bytes()
    made.write_bytes(whole[:-1000])
    assert load_stemmer(tmp_path).stem("sankcjami") == "sankcja"
    assert made.read_bytes() == whole


def test_without_a_place_to_write_the_table_is_kept_in_memory(tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("not a directory")
    assert load_stemmer(occupied / "cache").stem("sankcjami") == "sankcja"


def test_a_table_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="not a flat stemming table"):
        FlatStemmer(b"something else altogether")


def test_the_whole_table_is_read() -> None:
    assert len(flatten_table(find_polimorf_table().read_bytes())) > 4_000_000
