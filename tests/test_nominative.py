"""The nominative of persons' names and of noun phrases."""

import pytest

from corpus.actors.nominative import restore_nominative, restore_nominatives
from corpus.actors.phrases import agrees, decline_name, restore_phrase


@pytest.mark.parametrize(
    ("name", "nominative"),
    [
        ("Janem Kowalskim", "Jan Kowalski"),
        ("Annie Nowak", "Anna Nowak"),
        ("Hanny Wójcik", "Hanna Wójcik"),
        ("Krystyną Zielińską", "Krystyna Zielińska"),
        ("Andrzeja Zaręby", "Andrzej Zaręba"),
        ("Marka Wieczorka", "Marek Wieczorek"),
        ("Jacka Domańczyka", "Jacek Domańczyk"),
        # A man's surname would be declined, so this is a woman.
        ("Dragana Petrović", "Dragana Petrović"),
    ],
)
def test_polish_names(name: str, nominative: str) -> None:
    assert restore_nominative(name.split()).name == nominative


@pytest.mark.parametrize(
    ("name", "nominative"),
    [
        ("Olegiem Zacharczukiem", "Oleg Zacharczuk"),
        ("Walerija Karpowa", "Walerij Karpow"),
        ("Dmytrem Hawryłenką", "Dmytro Hawryłenko"),
        ("Tarasa Łysenki", "Taras Łysenko"),
        ("Switłanie Bondar", "Switłana Bondar"),
        ("Olgi Matwiejczuk", "Olga Matwiejczuk"),
        ("Iryny Sidorowicz", "Iryna Sidorowicz"),
        ("Siergiejowi Bogdanowowi", "Siergiej Bogdanow"),
    ],
)
def test_eastern_names_and_undeclined_surnames_of_women(name: str, nominative: str) -> None:
    assert restore_nominative(name.split()).name == nominative


@pytest.mark.parametrize(
    ("name", "nominative"),
    [
        ("Han Min-suka", "Han Min-suk"),
        ("Choi Tae-honem", "Choi Tae-hon"),
        ("Ri Song-cholowi", "Ri Song-chol"),
        ("Yoon Ji-ho", "Yoon Ji-ho"),
        ("Pak Dzong Czola", "Pak Dzong Czol"),
    ],
)
def test_korean_names_decline_only_the_last_syllable(name: str, nominative: str) -> None:
    assert restore_nominative(name.split()).name == nominative


@pytest.mark.parametrize(
    ("name", "nominative"),
    [
        ("Tanaka Hideki", "Tanaka Hideki"),
        ("Yamadą Kenji", "Yamada Kenji"),
        ("Nakamurą Satoshim", "Nakamura Satoshi"),
    ],
)
def test_japanese_names_are_declined_in_part_or_not_at_all(name: str, nominative: str) -> None:
    assert restore_nominative(name.split(), {"inst": 1.0}).name == nominative


@pytest.mark.parametrize(
    ("name", "nominative"),
    [
        ("Georges'a Lemaire'a", "Georges Lemaire"),
        ("Anthony’ego Whitlocka", "Anthony Whitlock"),
        ("Marie-Claire Dubois", "Marie-Claire Dubois"),
    ],
)
def test_western_names(name: str, nominative: str) -> None:
    assert restore_nominative(name.split()).name == nominative


@pytest.mark.parametrize(
    ("name", "case", "nominative"),
    [
        ("Mitta Corney", "gen", "Mitt Corney"),
        ("Mitta Corneya", "gen", "Mitt Corney"),
        ("Nancy Gelosi", "nom", "Nancy Gelosi"),
        ("Irakli Zobachidze", "nom", "Irakli Zobachidze"),
        ("Iraklego Zobachidzego", "gen", "Irakli Zobachidze"),
        ("Pedra Trujilla", "gen", "Pedro Trujillo"),
        ("Paulu Grenforcie", "loc", "Paul Grenfort"),
        ("Walidem al-Morsim", "inst", "Walid al-Morsi"),
        ("Marii Lunowej-Białowej", "gen", "Maria Lunowa-Białowa"),
        ("António Vescy", "gen", "António Vesca"),
        ("Hakainde Tilemy", "gen", "Hakainde Tilema"),
    ],
)
def test_names_of_many_languages(name: str, case: str, nominative: str) -> None:
    assert restore_nominative(name.split(), {case: 1.0}).name == nominative


def test_an_ending_that_no_nominative_has_is_taken_off() -> None:
    assert restore_nominative(["Korvalowi"]).name == "Korval"


def test_typing_errors_of_the_author_are_kept() -> None:
    assert restore_nominative(["Siergieja", "Bogdnowa"]).name == "Siergiej Bogdnow"


def test_the_expected_case_decides_between_a_bare_and_a_declined_name() -> None:
    assert restore_nominative(["Korvala"], {"nom": 1.0}).name == "Korvala"
    assert restore_nominative(["Korvala"], {"gen": 1.0}).name == "Korval"


def test_a_nominative_elsewhere_in_the_document_decides() -> None:
    attested = {"Bohdan Tkacz": 3, "Tkacz": 3}
    assert restore_nominative(["Bohdanem", "Tkaczem"], {}, attested).name == "Bohdan Tkacz"


def test_gender_follows_the_given_name() -> None:
    assert restore_nominative(["Haliny", "Kowalczyk"]).gender == "f"
    assert restore_nominative(["Pawłem", "Kowalczykiem"]).gender == "m"


@pytest.mark.parametrize(
    ("phrase", "nominative"),
    [
        ("Krajowej Izby Morskiej", "Krajowa Izba Morska"),
        ("Norweskim Instytutem Spraw Zagranicznych", "Norweski Instytut Spraw Zagranicznych"),
        ("Izbie Handlowej i Przemysłowej", "Izba Handlowa i Przemysłowa"),
        ("Komitetu Badań Kosmicznych i Lotniczych", "Komitet Badań Kosmicznych i Lotniczych"),
        ("Sił Zbrojnych Łotwy", "Siły Zbrojne Łotwy"),
        ("Komisji Naukowo-Technicznej", "Komisja Naukowo-Techniczna"),
        ("Radą Ministrów", "Rada Ministrów"),
        ("Pracą i Rozwojem", "Praca i Rozwój"),
    ],
)
def test_head_and_agreeing_adjectives_of_a_phrase(phrase: str, nominative: str) -> None:
    assert " ".join(restore_phrase(tuple(phrase.split()))) == nominative


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Finlandia", "Finlandii"),
        ("Nowa Zelandia", "Nowej Zelandii"),
        ("Stany Zjednoczone", "Stanów Zjednoczonych"),
        ("Polska", "Polski"),
        ("Peru", "Peru"),
        ("Xyzja", "Xyzja"),
    ],
)
def test_genitive_of_a_country(name: str, genitive: str) -> None:
    assert decline_name(name, "gen") == genitive


def test_adjectives_agree_in_gender_number_and_case() -> None:
    assert agrees("Morskiej", "Izby")
    assert not agrees("Morski", "Izby")


def test_forms_in_one_document_choose_their_nominative_together() -> None:
    names = [(("Olvena", "Nord"), {}), (("Olvenę", "Nord"), {}), (("Olveny", "Nord"), {})]
    assert {found.name for found in restore_nominatives(names, {})} == {"Olvena Nord"}
    alone = restore_nominatives([(("Olvenem", "Nordem"), {}), (("Olvena", "Norda"), {})], {})
    assert {found.name for found in alone} == {"Olven Nord"}


def test_siły_as_the_head_of_a_name_are_many() -> None:
    assert restore_phrase(("Siły", "Szybkiego", "Reagowania"))[0] == "Siły"
