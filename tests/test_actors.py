"""Persons and organisations of a document, passage by passage."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.actors.recognition import find_actors


def persons(*texts: str) -> list[list[str]]:
    return [[a.name for a in p.actors if a.kind == "person"] for p in find_actors(texts)]


def organisations(*texts: str) -> list[list[str]]:
    return [[a.name for a in p.actors if a.kind == "organisation"] for p in find_actors(texts)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Minister kultury Łotwy Andris Kalniņš przyjął delegację.", ["Andris Kalniņš"]),
        ("Rozmawiał z premierem Japonii Tanaką Hiroshim.", ["Tanaka Hiroshi"]),
        ("Ambasador Korei Południowej Yoon Ji-ho złożył wieniec.", ["Yoon Ji-ho"]),
        (
            "Spotkał się z ministrem gospodarki, handlu i przemysłu Mori Kenji.",
            ["Mori Kenji"],
        ),
        (
            "Doradca prezydenta ds. bezpieczeństwa Han Min-suk poleciał do Rygi.",
            ["Han Min-suk"],
        ),
        ("Pod przewodnictwem wiceministra Tarasa Łysenki.", ["Taras Łysenko"]),
        ("Rozmowy poprowadziła Iryna Sidorowicz.", ["Iryna Sidorowicz"]),
        ("W liście do J. Kowalskiego napisano o umowie.", ["J. Kowalski"]),
        ("Królowa Małgorzata II otworzyła wystawę.", ["Małgorzata II"]),
        ("Ursula von der Berg wygłosiła wykład.", ["Ursula von der Berg"]),
    ],
)
def test_person_is_found_and_named_in_the_nominative(text: str, names: list[str]) -> None:
    assert persons(text) == [names]


@pytest.mark.parametrize(
    "text",
    [
        "Ambasador Japonii odwiedził Brześć i Wyspy Kurylskie.",
        "Minister spraw zagranicznych Ukrainy wyleciał do Nowego Jorku.",
        "Wczoraj Finlandia i Wielka Brytania podpisały umowę.",
        "Rurociąg Biały Nurt 2 omija Morze Czarne.",
        "W Tokio odbyły się Igrzyska Olimpijskie.",
        "Według Moskwy i Pekinu Zachód się myli.",
        "Zdaniem wiceministra Moskwa nie ustąpi.",
    ],
)
def test_offices_places_and_things_are_no_persons(text: str) -> None:
    assert persons(text) == [[]]


def test_inflected_forms_and_bare_surnames_are_one_person() -> None:
    answers = find_actors(
        (
            "Przewodniczący Komitetu Oleg Zacharczuk otworzył obrady.",
            "Zdaniem Zacharczuka rozmowy z Olegiem Zacharczukiem były owocne.",
        )
    )
    (first,), (second,) = ([a for a in p.actors if a.kind == "person"] for p in answers)
    assert first.id == second.id == "oleg-zacharczuk"
    assert second.mentions == ("Zacharczuka", "Olegiem Zacharczukiem")


def test_a_surname_alone_means_the_person_named_last_before_it() -> None:
    text = (
        "Minister Jan Wójcicki odjechał.",
        "Posłanka Ewa Wójcicka przyjechała, a Wójcicka nie czekała.",
        "Według Wójcickiego było za późno.",
    )
    assert persons(*text) == [["Jan Wójcicki"], ["Ewa Wójcicka"], ["Jan Wójcicki"]]


def test_two_surnames_joined_by_a_hyphen_are_two_persons() -> None:
    text = "Prezydenci Jan Zaręba i Oleg Zacharczuk milczą przed szczytem Zaręba-Zacharczuk."
    (actors,) = find_actors([text])
    assert [a.mentions[-1] for a in actors.actors] == ["Zaręba", "Zacharczuk"]


def test_known_spellings_share_an_id_and_keep_the_author_s_name() -> None:
    (answer,) = find_actors(["Rozmowa z Viktorem Orbanem trwała godzinę."])
    (actor,) = answer.actors
    assert (actor.id, actor.name) == ("viktor-orban", "Viktor Orban")


def test_person_spans_are_characters_of_the_passage() -> None:
    text = "Wczoraj minister Taras Łysenko spotkał się z Iryną Sidorowicz."
    (answer,) = find_actors([text])
    assert [text[a:b] for a, b in answer.person_spans] == ["Taras Łysenko", "Iryną Sidorowicz"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Przedstawiciele Estońskiej Izby Handlowej i Przemysłowej przybyli.",
            ["Estońska Izba Handlowa i Przemysłowa"],
        ),
        (
            "Obradowała Komisja ds. Współpracy Naukowo-Technicznej.",
            ["Komisja ds. Współpracy Naukowo-Technicznej"],
        ),
        (
            "Umowę podpisano w Komitecie Spraw Morskich Rady Regionu.",
            ["Komitet Spraw Morskich Rady Regionu"],
        ),
        (
            "Wystawę urządziło Centrum Kultury „Zorza” w Wilnie.",
            ["Centrum Kultury „Zorza”"],
        ),
        ("Spotkał się z prezesem koncernu Norsk.", ["Norsk"]),
        ("Zakłady odwiedził szef Baltic Steel AG.", ["Baltic Steel AG"]),
        ("Podróż sfinansował fundusz „Wexlar”.", ["Wexlar"]),
    ],
)
def test_organisation_is_found_and_named_in_the_nominative(text: str, names: list[str]) -> None:
    assert organisations(text) == [names]


def test_known_acronym_is_named_in_full() -> None:
    text = "Sankcje ONZ poparły UE i NATO."
    names = ["Organizacja Narodów Zjednoczonych", "Unia Europejska", "NATO"]
    assert organisations(text) == [names]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Protest złożyło fińskie MSZ.", ["MSZ Finlandii"]),
        ("Pomoc od rządu Japonii dotarła.", ["Rząd Japonii"]),
        ("Przedstawiciele rządu japońskiego milczą.", ["Rząd Japonii"]),
        ("Wizyta w białoruskim parlamencie.", ["Parlament Białorusi"]),
        ("Konkurs ogłosiła ambasada Estonii na Litwie.", ["Ambasada Estonii na Litwie"]),
        ("Głos zabrało ministerstwo obrony Łotwy.", ["Ministerstwo obrony Łotwy"]),
    ],
)
def test_institution_of_a_state_is_named_with_its_country(text: str, names: list[str]) -> None:
    assert organisations(text) == [names]


@pytest.mark.parametrize(
    "text",
    [
        "Rząd i władze lokalne czekają.",
        "Federacja Rosyjska, USA i KRLD nie odpowiedziały.",
        "Kilka pocisków międzykontynentalnych (ICBM) i 20 mld EUR.",
        "Otwarto Międzynarodowe Forum Nauki i Festiwal Kultury.",
        "I. WNIOSKI",
        "W XIX i XX wieku rosło PKB.",
    ],
)
def test_countries_events_measures_and_headings_are_no_organisations(text: str) -> None:
    assert organisations(text) == [[]]


def test_adjective_of_an_unknown_place_is_part_of_the_name() -> None:
    text = "Rozmawiał z dyrektorem Kowarybskiej Izby Handlowej."
    assert organisations(text) == [["Kowarybska Izba Handlowa"]]


def test_a_person_and_a_capital_after_an_office_are_two_names() -> None:
    assert persons("Zdaniem ministra Zacharczuka Moskwa nie ustąpi.") == [["Zacharczuk"]]


def test_the_head_of_an_institute_is_not_part_of_its_name() -> None:
    text = "Dyrektor Instytutu Morskiego Jan Kowalski podał się do dymisji."
    assert (organisations(text), persons(text)) == ([["Instytut Morski"]], [["Jan Kowalski"]])


def test_a_sentence_that_begins_with_a_head_noun_is_no_name() -> None:
    assert organisations("Sojusz Peru z Chile trwa.") == [[]]


def test_an_acronym_means_what_the_document_says_before_it() -> None:
    texts = (
        "Przewodniczący BTW mówił o handlu.",
        "Bałtyckie Towarzystwo Wymiany (BTW) działa od dawna.",
    )
    assert organisations(*texts) == [["Bałtyckie Towarzystwo Wymiany"]] * 2


def test_an_acronym_explained_as_an_event_is_no_organisation() -> None:
    texts = ("Przygotowania do Szczytu Dorzecza Dunaju (SDD) trwają.", "Na SDD przybędą premierzy.")
    assert organisations(*texts) == [[], []]


def test_a_name_announced_once_is_found_again() -> None:
    texts = ("Norweski koncern Wexlar wygrał przetarg.", "Akcje Wexlara zdrożały.")
    assert organisations(*texts) == [["Wexlar"], ["Wexlar"]]


def test_a_person_after_an_organisation_is_not_part_of_its_name() -> None:
    text = "Przewodnicząca Rady Regionu Iryna Sidorowicz przyjechała."
    assert (organisations(text), persons(text)) == ([["Rada Regionu"]], [["Iryna Sidorowicz"]])


def test_an_organisation_named_after_a_person_keeps_the_name() -> None:
    text = "Badania prowadzi Fundacja Jana Kowalskiego."
    assert (organisations(text), persons(text)) == ([["Fundacja Jana Kowalskiego"]], [[]])


def test_actors_stand_in_order_of_appearance() -> None:
    (answer,) = find_actors(["Fińskie MSZ zaprosiło Tarasa Łysenkę i przedstawicieli NATO."])
    assert [a.name for a in answer.actors] == ["MSZ Finlandii", "Taras Łysenko", "NATO"]


def test_a_passage_without_names_has_no_actors() -> None:
    (answer,) = find_actors(["w relacjach sąsiedzkich nic się nie zmieniło;"])
    assert (answer.actors, answer.person_spans) == ((), ())


_PIECES = st.sampled_from(
    [
        *("Jan", "Kowalskim", "Kim", "Jong-una", "rządu", "Japonii", "MSZ", "fińskie", "Rada"),
        *("Komisji", "ds", ".", ",", "i", "(", ")", "„", "”", "-", "–", "ONZ", "W.", "de", "II"),
        *("Ministerstwo", "Obrony", "do", "spraw", "na", "rzecz", "koncern", "2", "AG", "'a", "of"),
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.one_of(st.text(max_size=40), st.lists(_PIECES).map(" ".join)), max_size=4))
def test_any_text_has_an_answer_with_its_own_words(texts: list[str]) -> None:
    answers = find_actors(texts)
    assert len(answers) == len(texts)
    for text, answer in zip(texts, answers, strict=True):
        assert all(mention in text for actor in answer.actors for mention in actor.mentions)
        assert all(0 <= start < end <= len(text) for start, end in answer.person_spans)


def test_ministry_without_its_country_is_the_one_the_passage_named() -> None:
    [found] = find_actors(
        [
            "Fińskie MSZ wezwało chargé d’affaires. W oświadczeniu Ministerstwa Spraw "
            "Zagranicznych nie ma o tym słowa, choć MSZ zapowiadało szczegóły."
        ]
    )
    assert [(actor.id, len(actor.mentions)) for actor in found.actors] == [("msz-finlandii", 3)]


def test_ministry_is_one_under_its_acronym_and_its_full_name() -> None:
    first, second = find_actors(
        ["Oświadczenie wydało fińskie MSZ.", "Ministerstwo Spraw Zagranicznych Finlandii milczy."]
    )
    assert [a.id for a in first.actors] == [a.id for a in second.actors] == ["msz-finlandii"]


def test_an_acronym_joins_the_name_whose_initials_it_is() -> None:
    texts = ("Rada Wysp Bałtyckich obradowała.", "RWB przyjęła plan.")
    assert organisations(*texts) == [["Rada Wysp Bałtyckich"], ["Rada Wysp Bałtyckich"]]


def test_a_verb_after_a_name_makes_it_the_subject() -> None:
    assert persons("Wczoraj Xandra Holvek powiedziała, że odejdzie.") == [["Xandra Holvek"]]


def test_a_company_that_the_document_announces_is_no_person_later() -> None:
    texts = ("Norweski koncern Wexlar wygrał przetarg.", "Prezes Wexlara milczał.")
    assert persons(*texts) == [[], []]


@pytest.mark.parametrize(
    "text",
    [
        "Skutki Brexitu są poważne.",
        "Umowa Polar Nurt 2. Kowalski ją podpisał.",
    ],
)
def test_common_nouns_and_numbered_things_are_no_organisations(text: str) -> None:
    assert organisations(text) == [[]]


def test_a_foreign_given_name_is_not_taken_for_a_form_of_a_polish_one() -> None:
    assert persons("Minister Hani Abdel Fattah przyjechał do Rygi.") == [["Hani Abdel Fattah"]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Minister Walid al-Morsi przyjął Jusufa ibn Sabri.",
            ["Walid al-Morsi", "Jusuf ibn Sabri"],
        ),
        ("Rozmowy z Tamimem ibn Hamadem as-Sulim trwały dzień.", ["Tamim ibn Hamad as-Suli"]),
        ("Zespołem, kierowanym przez Wang Tao, zajmie się sąd.", ["Wang Tao"]),
    ],
)
def test_articles_and_particles_belong_to_a_name(text: str, names: list[str]) -> None:
    assert persons(text) == [names]


def test_a_country_before_a_name_asks_for_the_genitive() -> None:
    assert persons("Kraje boją się wojny. Zambia Hakainde Tilemy spłaca dług.") == [
        ["Hakainde Tilema"]
    ]
    assert persons("W Zambii Hakaind Tilema spłaca dług.") == [["Hakaind Tilema"]]


def test_an_office_counts_in_its_own_cases_only() -> None:
    assert persons("Rząd premiera António Vescy wyznaczył termin.") == [["António Vesca"]]


def test_a_region_is_no_person() -> None:
    assert persons("Głosowano w Karolinie Południowej i w Ohio.") == [[]]


def test_a_surname_of_two_is_the_mans_when_it_is_declined() -> None:
    first = "Emmanuel Norden i Brigitte Norden zwiedzili Rygę."
    assert persons(first, "Prezydent podziękował Nordenowi.")[1] == ["Emmanuel Norden"]
    assert persons(first, "Dziennikarze pisali o Norden.")[1] == ["Brigitte Norden"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Pasażerowie lecą przez WizyNord do Rygi.", ["WizyNord"]),
        ("Wycofały się koncerny Wexlar, Nordix i Zumptor.", ["Wexlar", "Nordix", "Zumptor"]),
        ("Według dziennika „Nordsk Tribune” rozmowy trwają.", []),
        ("Dane ma Urząd Żywności i Leków.", ["Urząd Żywności i Leków"]),
        ("Dane ma Ośrodek Zwalczania Chorobom.", ["Ośrodek Zwalczania Chorobom"]),
        ("Rzecznik Europejskiej Federacji Rybaków milczał.", ["Europejska Federacja Rybaków"]),
        ("Strajk zapowiedziała spółka Zumptorex. Rozmowy z Zumptorexem trwają.", ["Zumptorex"]),
    ],
)
def test_companies_lists_of_them_and_publications(text: str, names: list[str]) -> None:
    assert organisations(text) == [names]
