"""Names that never change."""

import pytest

from corpus.identifiers import document_id, passage_id, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Łódź – Żółw 2024", "lodz-zolw-2024"),
        ("Straße", "strasse"),
        ("!!!", ""),
        ("Москва", ""),
    ],
)
def test_slug_is_ascii(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_document_is_named_by_its_file_and_place() -> None:
    first = document_id("2024/Przegląd łotewski.txt", "")
    second = document_id("2023/Przegląd łotewski.txt", "")
    assert first == "przeglad-lotewski-4vbcxa"
    assert first != second
    assert second.startswith("przeglad-lotewski-")


def test_document_with_a_name_that_is_no_slug_has_an_id() -> None:
    assert document_id("Москва.txt").startswith("document-")


def test_explicit_id_is_kept() -> None:
    assert document_id("a.txt", "biuletyn-7") == "biuletyn-7"


def test_passage_id_does_not_depend_on_case_and_spacing() -> None:
    assert passage_id("d", "Rada  Europy\nobraduje.") == passage_id("d", "rada europy obraduje. ")


def test_passage_id_depends_on_document_words_and_occurrence() -> None:
    ids = {
        passage_id("d", "Rada"),
        passage_id("e", "Rada"),
        passage_id("d", "Rady"),
        passage_id("d", "Rada", 1),
    }
    assert len(ids) == 4


def test_passage_id_is_short_and_safe_in_an_address() -> None:
    name = passage_id("d", "Rada \ud800")
    assert len(name) == 12
    assert name.isascii()
    assert name.isalnum()
    assert name == name.lower()


def test_passage_id_never_changes() -> None:
    assert passage_id("biuletyn-7", "Rada Europy obraduje.") == "3olrkj4s6ce2"
