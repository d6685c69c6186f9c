"""Countries in running text, and what a name means."""

import tomllib
from importlib.resources import files

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from corpus.countries.gazetteer import load_countries
from corpus.countries.inflection import inflect_adjective, inflect_demonym, inflect_name
from corpus.countries.mentions import (
    CountryMention,
    country_name,
    equal_names,
    find_countries,
    known_codes,
    related_names,
    resolve_country,
)
from corpus.morphology import analyse


def find(text: str) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], m.code, m.kind) for m in find_countries(text)]


def codes(text: str, context: tuple[str, ...] = ()) -> list[str]:
    return [mention.code for mention in find_countries(text, context=context)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wizyta w Norwegii", [("Norwegii", "NO", "name")]),
        ("z Czechami i Węgrami", [("Czechami", "CZ", "name"), ("Węgrami", "HU", "name")]),
        ("ze Stanami Zjednoczonymi", [("Stanami Zjednoczonymi", "US", "name")]),
        ("w Stanach\nZjednoczonych", [("Stanach\nZjednoczonych", "US", "name")]),
        ("o Nowej Zelandii", [("Nowej Zelandii", "NZ", "name")]),
        ("z Bośnią i Hercegowiną", [("Bośnią i Hercegowiną", "BA", "name")]),
        ("do Papui-Nowej Gwinei", [("Papui-Nowej Gwinei", "PG", "name")]),
        ("prezydent Republiki Korei", [("Republiki Korei", "KR", "name")]),
        ("Chińskiej Republice Ludowej", [("Chińskiej Republice Ludowej", "CN", "name")]),
        (
            "STANY ZJEDNOCZONE, LITWA",
            [("STANY ZJEDNOCZONE", "US", "name"), ("LITWA", "LT", "name")],
        ),
        ("wybory w RPA", [("RPA", "ZA", "abbreviation")]),
        ("w Wlk. Brytanii", [("Wlk. Brytanii", "GB", "abbreviation")]),
        ("fińscy posłowie", [("fińscy", "FI", "adjective")]),
        ("nastroje antychińskie", [("antychińskie", "CN", "adjective")]),
        ("mówili Szwedzi", [("Szwedzi", "SE", "demonym")]),
        ("z Birmańczykami", [("Birmańczykami", "MM", "demonym")]),
        ("spotkanie w Sztokholmie", [("Sztokholmie", "SE", "capital")]),
        ("rzecznik Kremla", [("Kremla", "RU", "metonym")]),
        ("rozmowa z Białym Domem", [("Białym Domem", "US", "metonym")]),
        ("czasy Związku Radzieckiego", [("Związku Radzieckiego", "SU", "historical")]),
    ],
)
def test_country_is_found_in_any_form(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert find(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("umowa duńsko-szwedzka", ["DK", "SE"]),
        ("Izba Handlowa Polsko-Wietnamska", ["PL", "VN"]),
        ("rozmowy chińsko-północnokoreańskie", ["CN", "KP"]),
        ("trójkąt polsko-czesko-słowacki", ["PL", "CZ", "SK"]),
    ],
)
def test_each_part_of_a_compound_is_a_mention(text: str, expected: list[str]) -> None:
    assert [(m.code, m.kind) for m in find_countries(text)] == [
        (code, "compound") for code in expected
    ]


def test_part_of_a_compound_alone_is_no_mention() -> None:
    assert find("gotował niemiecko i włosko") == []


def test_joined_names_are_two_mentions() -> None:
    assert codes("relacje USA–Kanada i linia Ankara-Ateny") == ["US", "CA", "TR", "GR"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wojska Korei Płn. stoją", [("Korei Płn.", "KP", "name")]),
        ("Korea Płd. (południe)", [("Korea Płd.", "KR", "name")]),
        ("w Irlandii Płn. trwa spór", [("Irlandii Płn.", "GB", "metonym")]),
    ],
)
def test_compass_abbreviation_belongs_to_the_name(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert find(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ministrowie Korei Północnej i Południowej", ["KP", "KR"]),
        ("przywódcy obu Korei", ["KP", "KR"]),
    ],
)
def test_one_expression_can_name_two_countries(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("koreański koncern", (), []),
        ("koreański koncern z siedzibą w Seulu", (), ["KR", "KR"]),
        ("koreański koncern", ("JP", "KR"), ["KR"]),
        ("koreański koncern", ("KP", "KR"), []),
        ("koreański koncern w Pjongjangu", ("KR",), ["KP", "KP"]),
        ("koreański dialog: KRLD i Korea Południowa", (), ["KP", "KR"]),
        ("rząd Konga", (), []),
        ("rząd Konga w Kinszasie", (), ["CD", "CD"]),
        ("szczyt w Brukseli", (), []),
        ("belgijskie media o szczycie w Brukseli", (), ["BE", "BE"]),
    ],
)
def test_shared_word_is_resolved_by_text_then_context_or_left_open(
    text: str, context: tuple[str, ...], expected: list[str]
) -> None:
    assert codes(text, context) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Organizacja Narodów Zjednoczonych",
        "sytuacja na Półwyspie Koreańskim",
        "weteran wojny koreańskiej",
        "wody Oceanu Indyjskiego",
        "w Ameryce Łacińskiej",
        "Republika i jej prezydent",
        "czad ulatniał się z kuchni, kuba i lima",
        "Mali chłopcy pobiegli dalej.",
        "Jan Polak i Kuba Nowak",
        "rozmawiała Sofia Karagianni",
        "Wang Xiangu",
        "Norwegian otwiera nowe połączenia",
        "fabryka w Nitrze",
        "list ku Larsowi",
        "grobowiec Taj Mahal",
    ],
)
def test_words_that_only_look_like_countries_are_none(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("w Ukriainie", "UA"),
        ("na Biaołrusi", "BY"),
        ("wobec Niemeic", "DE"),
        ("z Kazachtanem", "KZ"),
        ("przez Korę Północną", "KP"),
        ("ze Stanami Zjednocznymi", "US"),
    ],
)
def test_slip_in_a_name_is_forgiven(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize("text", ["w Ukrajiniei", "Estoniaca", "z Iramem"])
def test_more_than_a_slip_is_not(text: str) -> None:
    assert codes(text) == []


def test_masked_span_is_not_a_country() -> None:
    text = "Pani China Nowakowska poleciała do Chin."
    assert find_countries(text, masked=[(5, 22)]) == (CountryMention(35, 39, "CN", "name"),)


def test_related_evidence_is_given_only_when_asked_for() -> None:
    text = "Macron przyjechał do Odessy"
    assert find_countries(text) == ()
    assert [(m.code, m.kind) for m in find_countries(text, related=True)] == [
        ("FR", "leader"),
        ("UA", "place"),
    ]


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    for mention in find_countries(text, related=True):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.code in known_codes()


def test_every_country_is_found_by_its_own_name() -> None:
    shared = {"CG", "DM"}
    listed = [code for code in load_countries() if code not in shared]
    text = f"Kraje: {', '.join(country_name(code) for code in listed)}."
    assert codes(text) == listed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Japonia", "JP"),
        ("japonia", "JP"),
        ("krld", "KP"),
        ("Korea Płn.", "KP"),
        ("ChRL", "CN"),
        ("norweski", "NO"),
        ("jp", "JP"),
        ("Germany", "DE"),
        ("Stany  Zjednoczone", "US"),
        ("Korea", None),
        ("Kongo", None),
        ("Atlantyda", None),
        ("XX", None),
        ("", None),
    ],
)
def test_typed_name_is_resolved(typed: str, code: str | None) -> None:
    assert resolve_country(typed) == code


def test_country_has_a_name_in_the_language_of_the_page() -> None:
    assert country_name("DE", "pl") == "Niemcy"
    assert country_name("DE", "en") == "Germany"
    assert country_name("SU", "en") == "Związek Radziecki"
    assert country_name("??", "en") == "??"


def test_equal_names_mean_the_country_and_related_ones_only_stand_for_it() -> None:
    assert {"Stany Zjednoczone", "USA"} <= set(equal_names("US"))
    assert {"Waszyngton", "Biały Dom"} <= set(related_names("US"))
    assert not set(equal_names("US")) & set(related_names("US"))
    assert equal_names("??") == related_names("??") == ()


def test_every_member_of_the_united_nations_is_there() -> None:
    states = {code for code, country in load_countries().items() if not country.historical}
    observers_and_others = {"VA", "PS", "TW", "XK", "EH"}
    assert observers_and_others <= states
    assert len(states - observers_and_others) == 193


def test_names_are_those_of_the_common_locale_data_but_where_usage_differs() -> None:
    territories = Locale("pl").territories
    own = {
        code: country.name
        for code, country in load_countries().items()
        if not country.historical and country.name != territories[code]
    }
    assert own == {
        "CI": "Wybrzeże Kości Słoniowej",
        "MM": "Mjanma",
        "PS": "Palestyna",
    }


def test_rows_have_no_unknown_key() -> None:
    table = tomllib.loads((files("corpus") / "data" / "countries.toml").read_text("utf-8"))
    assert set().union(*table.values()) <= set(load_countries()["PL"].__dataclass_fields__)


def test_adjectives_are_words_that_the_dictionary_knows() -> None:
    unknown = {
        adjective
        for country in load_countries().values()
        for adjective in country.adjectives
        if not any(reading.lemma == adjective for reading in analyse(adjective))
    }
    assert unknown == {"emiracki", "iworyjski"}


def test_generated_adjectives_are_readings_of_their_adjective() -> None:
    for country in load_countries().values():
        for adjective in country.adjectives:
            if analyse(adjective):
                for form in inflect_adjective(adjective):
                    assert adjective in {reading.lemma for reading in analyse(form)}, form


def test_demonyms_are_declined() -> None:
    for country in load_countries().values():
        for demonym in country.demonyms:
            assert len(inflect_demonym(demonym)) > 5, demonym


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Rzeczpospolita Polska", {"Rzeczypospolitej Polskiej", "Rzeczpospolitą Polską"}),
        ("Trynidad i Tobago", {"Trynidadu i Tobago"}),
        ("Timor Wschodni", {"Timoru Wschodniego"}),
        ("Republika Południowej Afryki", {"Republice Południowej Afryki"}),
        ("Związek Radziecki", {"Związkiem Radzieckim"}),
        ("Chersoń", {"Chersoniu"}),
    ],
)
def test_name_is_declined_as_a_whole(name: str, forms: set[str]) -> None:
    assert forms <= {" ".join(words) for words in inflect_name(name)}


@pytest.mark.parametrize("typed", ["Norwegją", "Norwegą", "Norwwegią", "Nowregią"])
def test_a_letter_wrong_missing_added_or_swapped_is_a_slip(typed: str) -> None:
    assert codes(f"Rozmawiano z {typed} o rybach.") == ["NO"]
