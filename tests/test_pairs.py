"""What a passage is about: countries that take part, and their pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.countries.mentions import known_codes
from corpus.countries.pairs import PassageCountries, assign_countries
from corpus.countries.sides import read_sides
from corpus.document import PassageKind

NORDIC = "II. SZWECJA – FINLANDIA, ESTONIA, LITWA"
KOREAN = "III. PÓŁWYSEP KOREAŃSKI – MONGOLIA, WIETNAM"


def event(headline: str, body: str, section: str, hosts: tuple[str, ...] = ()) -> PassageCountries:
    return assign_countries(f"3 maja: {headline} {body}", headline, section, "event", hosts=hosts)


@pytest.mark.parametrize(
    ("heading", "sides"),
    [
        (NORDIC, (("SE",), ("FI", "EE", "LT"))),
        (KOREAN, (("KP", "KR"), ("MN", "VN"))),
        ("GRUPA WYSZEHRADZKA – UKRAINA", (("CZ", "HU", "PL", "SK"), ("UA",))),
        ("USA – Japonia – Korea Płd.", (("US",), ("JP",), ("KR",))),
        ("Rosja a Turcja", (("RU",), ("TR",))),
        ("Stosunki polsko-niemieckie", (("PL",), ("DE",))),
        ("I. WNIOSKI", ()),
        ("Polityka Indii – nowe wyzwania", ()),
        ("", ()),
    ],
)
def test_heading_has_sides(heading: str, sides: tuple[tuple[str, ...], ...]) -> None:
    assert read_sides(heading) == sides


def test_event_is_about_the_countries_of_its_headline() -> None:
    found = event(
        "Litwa i Szwecja podpisały umowę o kablu.", "Obie strony wyraziły zadowolenie.", NORDIC
    )
    assert found == PassageCountries(("LT", "SE"), ("LT", "SE"), ("LT-SE",))


def test_side_that_is_not_named_comes_from_the_heading() -> None:
    found = event("minister kultury przyjął ambasador Estonii.", "Rozmawiano o filmie.", NORDIC)
    assert found.countries == ("EE", "SE")
    assert found.pairs == ("EE-SE",)


def test_side_with_a_choice_is_left_open() -> None:
    found = event("ambasador Wietnamu złożył wizytę w porcie.", "Był upał.", KOREAN)
    assert found == PassageCountries(("VN",), ("VN",), ())


def test_host_of_the_source_decides_between_the_countries_of_a_side() -> None:
    found = event(
        "ambasador Wietnamu złożył wizytę w porcie.", "Był upał.", KOREAN, ("port.example.kr",)
    )
    assert found.pairs == ("KR-VN",)


def test_headline_chooses_between_the_countries_of_a_side() -> None:
    found = event(
        "Seul zaprosił ministra Mongolii.",
        "Rząd Korei Południowej rozmawiał z nim o sankcjach wobec KRLD. KRLD milczy.",
        KOREAN,
    )
    assert found.countries == ("KP", "KR", "MN")
    assert found.pairs == ("KR-MN",)


def test_country_outside_the_heading_goes_with_whom_it_meets() -> None:
    found = event(
        "Finlandia chce wznowić rozmowy o kablu.",
        "Fińska minister spotkała się z delegacją rządu Danii. O kablu mówiła też Szwecja.",
        NORDIC,
    )
    assert found.pairs == ("DK-FI", "FI-SE")


def test_country_named_beside_an_authority_takes_no_part() -> None:
    found = event(
        "Estonia i Szwecja otwierają konsulat.",
        "To jedyne państwo obok Danii, które ma go na wyspie.",
        NORDIC,
    )
    assert (found.countries, found.mentioned) == (("EE", "SE"), ("DK", "EE", "SE"))


def test_headline_about_one_side_of_the_heading_makes_its_own_pair() -> None:
    found = event("Estonia i Litwa uzgodniły rozkład promów.", "Szwecja czeka.", NORDIC)
    assert found.pairs == ("EE-LT",)


def test_country_joined_in_the_headline_keeps_its_own_partner() -> None:
    found = event("prezydent Mongolii poparł rozmowy Chiny–KRLD.", "Mówił o nich.", KOREAN)
    assert found.pairs == ("CN-KP", "KP-MN")


def test_three_countries_of_a_headline_make_three_pairs() -> None:
    found = event("ministrowie KRLD, Mongolii i Chin spotkali się na lotnisku.", "", KOREAN)
    assert found.pairs == ("CN-KP", "CN-MN", "KP-MN")


def test_mere_place_is_mentioned_but_takes_no_part() -> None:
    found = event(
        "Szwecja i Litwa zbudują razem prom.",
        "Ministrowie poznali się na targach w Kuwejcie.",
        NORDIC,
    )
    assert found.countries == ("LT", "SE")
    assert found.mentioned == ("KW", "LT", "SE")


def test_country_in_the_name_of_a_society_takes_no_part() -> None:
    found = event(
        "Szwecja i Litwa zbudują razem prom.",
        "Gościem była Izba Współpracy z Finlandią.",
        NORDIC,
    )
    assert found.countries == ("LT", "SE")
    assert found.mentioned == ("FI", "LT", "SE")


def test_former_state_is_not_mentioned_as_a_country() -> None:
    found = event("Szwecja i Litwa świętują rocznicę.", "Umowę zawarto jeszcze z ZSRR.", NORDIC)
    assert found.mentioned == ("LT", "SE")


def test_city_counts_where_its_country_is_expected() -> None:
    found = event("szwedzki konsul odwiedził port.", "W Kownie i Kłajpedzie padał deszcz.", NORDIC)
    assert "LT" in found.countries
    assert "LT-SE" in found.pairs
    elsewhere = event("szwedzki konsul odwiedził port.", "W Odessie padał deszcz.", NORDIC)
    assert "UA" not in elsewhere.mentioned


def test_masked_person_brings_no_country() -> None:
    text = "Prezes Chin Lee odwiedził Estonię."
    found = assign_countries(text, "", "", "paragraph", person_spans=[(7, 15)])
    assert found.mentioned == ("EE",)


def prose(text: str, headline: str = "", kind: PassageKind = "paragraph") -> PassageCountries:
    return assign_countries(text, headline, "", kind)


def test_compound_adjective_makes_a_pair() -> None:
    assert prose("Relacje turecko-greckie pogorszyły się.").pairs == ("GR-TR",)


def test_country_that_a_passage_turns_on_is_paired_with_the_others() -> None:
    text = "Turecka dyplomacja zabiega o Grecję i Cypr, a turecka flota straszy Egipt."
    assert prose(text, kind="conclusion").pairs == ("CY-TR", "EG-TR", "GR-TR")


def test_passing_mention_beside_a_main_subject_makes_no_pair() -> None:
    text = (
        "Turcja kupuje gaz. Rząd Turcji rozmawia z Iranem o cenie. Iran zwleka, więc władze Turcji "
        "naciskają. Iran i Turcja wrócą do rozmów, jak zapowiadano przy okazji umowy z Peru."
    )
    found = prose(text)
    assert found.countries == ("IR", "TR")
    assert found.mentioned == ("IR", "PE", "TR")
    assert found.pairs == ("IR-TR",)


def test_other_country_goes_with_the_one_it_shares_sentences_with() -> None:
    headline = "Spór USA–Kuba."
    text = (
        f"{headline} Kuba prosi o pomoc. Rząd Meksyku wysyła Kubie paliwo. "
        "Władze Kanady zgadzają się z USA."
    )
    assert prose(text, headline, "section").pairs == ("CA-US", "CU-MX", "CU-US")


def test_leader_stands_for_the_state() -> None:
    assert prose("Macron zadzwonił do Ankary.").pairs == ("FR-TR",)


def test_passage_without_countries_has_none() -> None:
    assert prose("Dzień był pogodny.") == PassageCountries()


@given(st.text(max_size=120), st.text(max_size=40))
def test_any_text_can_be_assigned(text: str, section: str) -> None:
    found = assign_countries(text, text[:20], section, "event")
    assert set(found.countries) <= set(found.mentioned) <= known_codes()
    assert {code for pair in found.pairs for code in pair.split("-")} <= set(found.countries)
