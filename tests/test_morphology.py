"""What Morfeusz says, as typed values."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.morphology import (
    Reading,
    analyse,
    analyse_compound_part,
    generate,
    is_known,
    look_ahead,
    look_up,
)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("Ukrainie", "Ukraina"),
        ("Chinami", "Chiny"),
        ("polskiemu", "polski"),
        ("Szwedów", "Szwed"),
        ("rozmawiałem", "rozmawiać"),
        ("żebyśmy", "żeby"),
        ("Płd.", "południowy"),
        ("KRLD", "KRLD"),
    ],
)
def test_inflected_form_has_its_lemma(form: str, lemma: str) -> None:
    assert lemma in {reading.lemma for reading in analyse(form)}


@pytest.mark.parametrize("form", ["Wrzbuchtowicząskiego", "", " ", "w Oslo", "estońsko-fińskie"])
def test_what_is_not_one_known_form_has_no_reading(form: str) -> None:
    assert analyse(form) == ()


def test_reading_carries_tag_and_kind_of_name() -> None:
    assert Reading("Ryga", "subst:sg:inst:f", ("nazwa_geograficzna",)) in analyse("Rygą")


def test_part_of_speech_is_the_first_field_of_the_tag() -> None:
    assert {reading.pos for reading in analyse("norweskiego")} == {"adj", "subst"}


def test_letter_case_is_evidence() -> None:
    assert "Lima" in {reading.lemma for reading in analyse("Lima")}
    assert "Lima" not in {reading.lemma for reading in analyse("lima")}


def test_compound_part_is_an_adjective() -> None:
    assert [reading.lemma for reading in analyse_compound_part("duńsko")] == ["duński"]
    assert analyse_compound_part("Oslo") == ()


def test_generated_forms_cover_all_cases() -> None:
    forms = {item.form for item in generate("Litwa")}
    assert {"Litwa", "Litwy", "Litwie", "Litwę", "Litwą", "Litwo"} <= forms


def test_unknown_lemma_generates_nothing() -> None:
    assert generate("Wrzbuchtowicząski") == ()
    assert generate("w Oslo") == ()


def test_threads_get_the_same_readings() -> None:
    forms = ["Łotwie", "estońskich", "Finowie", "rozmowach"] * 50
    look_up.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        parallel = list(pool.map(analyse, forms))
    assert parallel == [analyse(form) for form in forms]


def test_looking_ahead_changes_no_answer() -> None:
    known = ["Łotwie", "kota", "Kim", "żebyśmy", "miałbyś", "gdybym", "MINISTER", "Płd", "W"]
    strange = ["Tokunaga", "str", "pocz", "dr", "np", "łubudubu", "Xi", "nań", "ONZ-etu", "O'Hara"]
    forms = [*known, *strange] * 2
    spellings = [*forms, *(f"{form.lower()}." for form in forms)]
    look_up.cache_clear()
    expected = [look_up(form) for form in spellings]
    look_up.cache_clear()
    look_ahead(forms)
    assert [look_up(form) for form in spellings] == expected


@pytest.mark.parametrize("form", ["Oslo", "Marka", "żebyśmy", "KRLD", "Xi", "tokunaga", "str"])
def test_a_form_is_known_in_every_case_or_in_none(form: str) -> None:
    spellings = (form, form.lower(), form.capitalize(), form.upper())
    assert len({is_known(spelling) for spelling in spellings}) == 1
    assert is_known(form) == bool(analyse(form))


@given(st.text(max_size=30))
def test_any_string_can_be_analysed(text: str) -> None:
    assert isinstance(analyse(text), tuple)
    assert isinstance(analyse_compound_part(text), tuple)
    assert isinstance(generate(text), tuple)
