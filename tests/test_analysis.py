"""Whatever form a word has in a text, a query in the nominative meets it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import (
    Entity,
    Token,
    analyse_text,
    analyse_word,
    analysis_fingerprint,
    class_term,
    fold,
    keys_of_term,
)
from index.entities import find_named_countries
from index.keys import is_acronym, keys_of, split_compound
from index.name_stem import stem_name
from index.tokenizer import is_shouted, split_words

NAMES = {
    "Ukraina": "Ukrainy Ukrainie Ukrainę Ukrainą Ukraino UKRAINA",
    "Japonia": "Japonii Japonię Japonią JAPONIA",
    "Białoruś": "Białorusi Białorusią BIAŁORUŚ",
    "Korea": "Korei Koreę Koreą",
    "Rosja": "Rosji Rosję Rosją ROSJI",
    "Chiny": "Chin Chinom Chinami Chinach",
    "Mińsk": "Mińska Mińskowi Mińskiem Mińsku",
    "Seul": "Seulu Seulowi Seulem Seule",
    "Putin": "Putina Putinowi Putinem Putinie",
    "Trump": "Trumpa Trumpowi Trumpem Trumpie",
    "Tokunaga": "Tokunagi Tokunadze Tokunagę Tokunagą",
    "Matwijenko": "Matwijenki Matwijence Matwijenkę Matwijenką",
    "Łukaszenka": "Łukaszenki Łukaszence Łukaszenkę Łukaszenką",
    "Petrenko": "Petrenki Petrence Petrenkę Petrenką",
    "Morgułow": "Morgułowa Morgułowowi Morgułowem Morgułowie",
    "Macron": "Macrona Macronowi Macronem Macronie",
    "Nix": "Nixa Nixowi Nixem",
    "Kim": "Kima Kimowi Kimem",
    "Farage": "Farage'a Farage’owi Farage'em",
    "Kennedy": "Kennedy'ego Kennedy'emu",
    "O'Brien": "O'Briena O’Brienowi",
    "Kim Jong-un": "Kimem Jong-unem",
    "Moon Jae-in": "Moona Jae-ina",
    "NATO": "NATO NATO-wski",
    "MSZ": "MSZ MSZ-u MSZ-etem",
}
WORDS = {
    "sankcja": "sankcji sankcjami sankcje Sankcjom SANKCJE",
    "miasto": "mieście miast miastami",
    "rozmawiać": "rozmawiali rozmawiałem rozmawiałby rozmawia",
    "podpisać": "podpisano podpisał podpisaliśmy",
    "wojna": "wojen wojnie wojną",
    "północny": "północnej płn Płn",
}


def keys_by_word(text: str) -> list[set[str]]:
    return [set(token.keys) for token in analyse_text(text)]


def meets(query: str, form: str) -> bool:
    """Tell whether a word of a query finds a form: by the whole, or by every part."""
    analysis, keys = analyse_word(query), set(keys_of(form))
    by_parts = bool(analysis.parts) and all(keys & set(part) for part in analysis.parts)
    return bool(keys & set(analysis.keys)) or by_parts


@pytest.mark.parametrize(("nominative", "forms"), [*NAMES.items(), *WORDS.items()])
def test_every_form_meets_its_nominative(nominative: str, forms: str) -> None:
    words = nominative.split()
    queries = words if len(words) > 1 else words * len(forms.split())
    missed = [
        form for query, form in zip(queries, forms.split(), strict=True) if not meets(query, form)
    ]
    assert missed == []


@pytest.mark.parametrize(("nominative", "forms"), NAMES.items())
def test_a_name_is_found_when_typed_in_lower_case(nominative: str, forms: str) -> None:
    words = nominative.lower().split()
    queries = words if len(words) > 1 else words * len(forms.split())
    missed = [
        form for query, form in zip(queries, forms.split(), strict=True) if not meets(query, form)
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("Łukaszenka", "Liaszenko"),
        ("Mińsk", "mińskiego"),
        ("MSZ", "mszą"),
        ("USA", "usami"),
        ("2021", "2020"),
        ("Iran", "Irak"),
        ("Niger", "Nigeria"),
        ("Putin", "Putnam"),
        ("KOR", "korą"),
    ],
)
def test_different_words_do_not_meet(query: str, form: str) -> None:
    assert not meets(query, form)


@pytest.mark.parametrize(
    ("form", "keys"),
    [
        ("USA", ("v:usa",)),
        ("2021", ("v:2021",)),
        ("MH17", ("v:mh17",)),
        ("Ukrainy", ("l:ukraina",)),
        ("miałem", ("l:miał", "l:mieć")),
        ("MSZ-u", ("v:msz",)),
        ("japońsko-rosyjskiego", ("l:japoński", "l:rosyjski", "w:japońsko-rosyjski")),
        ("USA–KRLD", ("v:krld", "v:usa", "w:usa-krld")),
        ("Płd", ("l:południowy",)),
    ],
)
def test_a_form_has_these_keys(form: str, keys: tuple[str, ...]) -> None:
    without_name_stems = tuple(key for key in keys_of(form) if key[0] not in "ns")
    assert without_name_stems == keys


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("japońsko-rosyjski", ["japoński", "rosyjski"]),
        ("Japońsko-Rosyjskiej", ["rosyjski", "japoński"]),
        ("JAPOŃSKO-ROSYJSKA", ["japoński", "rosyjski"]),
        ("północnokoreańsko-amerykańskie", ["północnokoreański", "amerykański"]),
        ("polsko–litewskich", ["litewski", "polski"]),
        ("Waszyngton-Pjongjang", ["Pjongjang", "Waszyngton"]),
        ("Trump-Kim", ["Trump"]),
        ("USA–KRLD", ["KRLD", "USA"]),
        ("Busku-Zdroju", ["Zdrój"]),
        ("1990-2020", ["1990", "2020"]),
    ],
)
def test_a_compound_is_found_by_each_part(compound: str, parts: list[str]) -> None:
    assert [part for part in parts if not meets(part, compound)] == []


def test_a_compound_in_a_query_asks_for_all_parts_in_any_order() -> None:
    assert meets("rosyjsko-japoński", "japońsko-rosyjskich")
    assert not meets("rosyjsko-japoński", "rosyjsko-chińskich")


def test_a_plain_word_has_no_parts() -> None:
    assert analyse_word("granica").parts == ()


def test_a_word_has_one_position_whatever_its_readings() -> None:
    tokens = analyse_text("Chin i Yang-gu, a w 2021 r.")
    assert [token.position for token in tokens] == list(range(7))


def test_offsets_give_the_form_back() -> None:
    text = "Wizyta Farage’a (USA–KRLD) w\nCôte d'Ivoire…"
    assert [text[t.start : t.end] for t in analyse_text(text)] == [
        t.form for t in analyse_text(text)
    ]


def test_decomposed_letters_and_soft_hyphens_are_one_word() -> None:
    (token,) = analyse_text("Bia\u0142o\u00adrus\u0301")
    assert (token.form, token.start, token.end) == ("Białoruś", 0, 10)
    assert token.keys == ("l:białoruś",)


def test_keys_are_sorted_and_distinct() -> None:
    for token in analyse_text("Kima Japońsko-Rosyjskiej USA–KRLD zamku Chin"):
        assert list(token.keys) == sorted(set(token.keys))


def test_a_heading_in_capitals_is_not_made_of_acronyms() -> None:
    heading = keys_by_word("II. CHINY – MSZ, USA\nPotem MON odpowiedziało.")
    assert heading[1] >= {"l:chiny"}
    assert heading[2:4] == [{"v:msz"}, {"v:usa"}]
    assert heading[5] == {"v:mon"}


def test_a_long_word_in_capitals_is_a_word_anywhere() -> None:
    assert "l:ukraina" in keys_by_word("Przegląd miesięczny: UKRAINA i jej sąsiedzi")[2]


def test_an_entity_joins_the_first_word_of_its_span() -> None:
    text = "Premier Korei Płn. milczy"
    tokens = analyse_text(text, [Entity(8, 18, "c:KP")])
    assert [("c:KP" in token.keys) for token in tokens] == [False, True, False, False]


def test_two_entities_of_one_compound_stand_at_its_position() -> None:
    (token,) = analyse_text("USA–KRLD", [Entity(0, 3, "c:US"), Entity(4, 8, "c:KP")])
    assert {"c:US", "c:KP"} < set(token.keys)


def test_an_entity_outside_the_words_is_no_error() -> None:
    assert analyse_text("tak", [Entity(3, 4, "c:PL")]) == (Token("tak", 0, 3, 0, keys_of("tak")),)


def test_countries_are_entities_by_name_but_not_by_capital() -> None:
    text = "KRLD i Korea Północna to jedno, a Pjongjang to stolica."
    assert [(text[e.start : e.end], e.key) for e in find_named_countries(text)] == [
        ("KRLD", "c:KP"),
        ("Korea Północna", "c:KP"),
    ]


def test_a_class_term_gives_its_keys_back() -> None:
    keys = keys_of("Kim")
    assert keys_of_term(class_term(keys)) == keys


@pytest.mark.parametrize("text", ["", "   ", "— … !?", "\n\n", "_", "-", "'", "\u0301"])
def test_a_text_without_words_has_no_tokens(text: str) -> None:
    assert analyse_text(text) == ()


@pytest.mark.parametrize(
    "form",
    [
        "漢字",
        "🙂a",
        "a" * 5000,
        "ÆØÅ",
        "x-y-z-ż",
        "a'b'c",
        "a'" * 3000 + "a",
        "a-" * 999 + "a",
        "ß",
        "ŉ",
    ],
)
def test_strange_words_have_keys(form: str) -> None:
    assert all(token.keys for token in analyse_text(form))
    assert analyse_word(form).keys


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Białoruś", "bialorus"),
        ("ŁÓDŹ", "lodz"),
        ("zażółć gęślą jaźń", "zazolc gesla jazn"),
        ("USA–KRLD", "usa-krld"),
        ("Farage’a", "farage'a"),
        ("Straße", "strasse"),
        ("Đoković", "dokovic"),
        ("Bia\u0142orus\u0301", "bialorus"),
    ],
)
def test_folding_leaves_letters_without_diacritics(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("USA", True),
        ("PiS", True),
        ("AfD", True),
        ("McCain", False),
        ("W", False),
        ("Rosja", False),
    ],
)
def test_acronyms_are_told_by_their_capitals(form: str, expected: bool) -> None:
    assert is_acronym(form) == expected


@pytest.mark.parametrize(
    ("form", "parts"),
    [
        ("NATO-wski", ("NATO",)),
        ("ONZ-etu", ("ONZ",)),
        ("USA-Iran", ("USA", "Iran")),
        ("Jong-un", ("Jong", "un")),
        ("wódz", ("wódz",)),
    ],
)
def test_a_hyphenated_form_has_parts(form: str, parts: tuple[str, ...]) -> None:
    assert split_compound(form) == parts


@pytest.mark.parametrize(
    ("forms", "stem"),
    [
        ("nix nixa niksa niksem", "niks"),
        ("verhofstadt verhofstadta verhofstadcie", "werhofstadt"),
        ("merz merza merzowi", "merz"),
        ("rutte ruttego ruttemu", "rutt"),
        ("zacharowa zacharowej zacharową", "zacharow"),
        ("medwiediewa medwiediewej", "medwiediew"),
    ],
)
def test_the_forms_of_a_foreign_name_share_a_stem(forms: str, stem: str) -> None:
    assert {stem_name(form) for form in forms.split()} == {stem}


def test_a_text_is_shouted_when_most_letters_are_capitals() -> None:
    assert [is_shouted(text) for text in ("II. JAPONIA", "MSZ Rosji", "2021", "")] == [
        True,
        False,
        False,
        False,
    ]


def test_words_keep_case_hyphens_and_apostrophes() -> None:
    words = [word.form for word in split_words("Szef MSZ-u: „Farage'a” w Bielsku-Białej — 5%.")]
    assert words == ["Szef", "MSZ-u", "Farage'a", "w", "Bielsku-Białej", "5"]


def test_the_fingerprint_names_the_dictionaries() -> None:
    assert all(name in analysis_fingerprint() for name in ("morfeusz2", "pystempel", "PyStemmer"))


@given(st.text(alphabet="AaŁłßⅧ1 .", max_size=60))
def test_capitals_are_counted_whatever_the_alphabet(text: str) -> None:
    expected = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    assert is_shouted(text) == expected
