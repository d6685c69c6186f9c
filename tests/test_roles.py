"""The roles that a passage gives the persons it names."""

import pytest

from corpus.actors.recognition import find_actors
from corpus.actors.role_nouns import is_passing, read_role_nouns


def roles_of(*texts: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (actor.name, actor.roles)
        for passage in find_actors(texts)
        for actor in passage.actors
        if actor.kind == "person"
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Rozmawiał z ministrem obrony Ukrainy Janem Zarębą.", "minister obrony Ukrainy"),
        ("Szef MSZ Rosji Jan Zaręba odwiedził Tokio.", "szef MSZ Rosji"),
        ("Rozmowa z japońskim premierem Janem Zarębą.", "japoński premier"),
        ("Wezwał sekretarza generalnego Sojuszu Jana Zarębę.", "sekretarz generalny Sojuszu"),
        ("Według szefa brytyjskiego MSZ Jana Zaręby tak.", "szef brytyjskiego MSZ"),
        ("Decyzja byłego premiera Estonii Jana Zaręby.", "były premier Estonii"),
        ("Przybył ówczesny wiceszef Rady Jan Zaręba.", "ówczesny wiceszef Rady"),
        ("Nowy, silny premier Jan Zaręba przybył.", "premier"),
        ("Nowy premier Estonii Jan Zaręba przybył.", "premier Estonii"),
        ("Mówił eks-minister handlu Jan Zaręba.", "eks-minister handlu"),
        ("Prezydent elekt Jan Zaręba milczy.", "prezydent elekt"),
        ("Premier-elekt Jan Zaręba milczy.", "premier-elekt"),
        ("Komendant policji p.o. ministra obrony Jan Zaręba milczy.", "p.o. ministra obrony"),
        ("Wezwano pełniącego obowiązki prezesa Jana Zarębę.", "p.o. prezesa"),
        ("Ambasador RP w Korei Południowej Jan Zaręba.", "ambasador RP w Korei Południowej"),
        ("Przedstawiciel Ukrainy przy ONZ Jan Zaręba.", "przedstawiciel Ukrainy przy ONZ"),
        ("Poseł do Parlamentu Estonii Jan Zaręba.", "poseł do Parlamentu Estonii"),
        ("Był tam minister bez teki Jan Zaręba.", "minister bez teki"),
        ("Minister ds. handlu Jan Zaręba milczy.", "minister ds. handlu"),
        ("Minister do spraw Morza Jan Zaręba milczy.", "minister do spraw Morza"),
        (
            "Minister rodziny, pracy i polityki społecznej Jan Zaręba milczy.",
            "minister rodziny, pracy i polityki społecznej",
        ),
        ("Redaktor naczelny „Kuriera Portu” Jan Zaręba.", "redaktor naczelny „Kuriera Portu”"),
        ("Szef Biura Wysp (BW) Jan Zaręba milczy.", "szef Biura Wysp"),
        ("Minister Spraw Zagranicznych Rosji Jan Zaręba.", "minister spraw zagranicznych Rosji"),
        ("Premier Japonii (Jan Zaręba) milczy.", "premier Japonii"),
        ("Z szefem MSZ Litwy, Janem Zarębą, rozmawiano.", "szef MSZ Litwy"),
        ("Szef MSZ Litwy, Jan Zaręba zapowiedział zmiany.", "szef MSZ Litwy"),
        (
            "Przedstawiciel Unii na Bliskim Wschodzie Jan Zaręba.",
            "przedstawiciel Unii na Bliskim Wschodzie",
        ),
        ("Przybył marszałek woj. lubelskiego Jan Zaręba.", "marszałek woj. lubelskiego"),
        ("Ambasador Korei Płn. Jan Zaręba milczy.", "ambasador Korei Płn."),
        ("Poseł do estońskiego parlamentu Jan Zaręba.", "poseł do estońskiego parlamentu"),
        ("Szef linii easyWoda Jan Zaręba milczy.", "szef linii easyWoda"),
        ("Polsko-rosyjski komisarz Jan Zaręba milczy.", "polsko-rosyjski komisarz"),
        ("Ze strony Polski minister Jan Zaręba milczał.", "minister"),
        (
            "Analityk ds. morza w Polskim Instytucie Handlu Jan Zaręba milczy.",
            "analityk ds. morza w Polskim Instytucie Handlu",
        ),
        (
            "Mówił były minister w rządzie Partii Pracy Jan Zaręba.",
            "były minister w rządzie Partii Pracy",
        ),
        (
            "Wiceminister Koreańskiej Armii Ludowej Jan Zaręba.",
            "wiceminister Koreańskiej Armii Ludowej",
        ),
        ("Komisji przewodniczy marszałek Jan Zaręba.", "marszałek"),
        ("Był tam ekspert Konfederacji Wieloryb Jan Zaręba.", "ekspert Konfederacji Wieloryb"),
        ("Był tam prezydent miasta Tallin Jan Zaręba.", "prezydent miasta Tallin"),
        ("Dowódca floty gen. Jan Zaręba milczy.", "dowódca floty"),
    ],
)
def test_role_before_a_name(text: str, role: str) -> None:
    assert roles_of(text) == [("Jan Zaręba", (role,))]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Jan Zaręba, szef MSZ Rosji, milczy.", ("szef MSZ Rosji",)),
        ("Jan Zaręba – szef rosyjskiej dyplomacji – milczy.", ("szef rosyjskiej dyplomacji",)),
        ("Jan Zaręba (szef MSZ) milczy.", ("szef MSZ",)),
        ("Z Janem Zarębą, doradcą rządu ds. morza, mówiono.", ("doradca rządu ds. morza",)),
        ("Jan Zaręba, niegdyś szef floty, milczy.", ("niegdyś szef floty",)),
        ("Jan Zaręba, obecnie szef floty, milczy.", ("szef floty",)),
        (
            "Jan Zaręba, premier i minister finansów Estonii, milczy.",
            ("premier", "minister finansów Estonii"),
        ),
        ("Jan Zaręba został szefem floty Estonii.", ("szef floty Estonii",)),
        ("Jan Zaręba jest szefem floty od kwietnia.", ("szef floty",)),
        (
            "Jan Zaręba, szef floty Estonii i członek zarządu portu, milczy.",
            ("szef floty Estonii", "członek zarządu portu"),
        ),
        ("Szefem floty Estonii jest Jan Zaręba.", ("szef floty Estonii",)),
        (
            "Wicepremier i minister finansów Jan Zaręba milczy.",
            ("wicepremier", "minister finansów"),
        ),
        (
            "Prezes portu i zarazem poseł Litwy Jan Zaręba milczy.",
            ("prezes portu", "poseł Litwy"),
        ),
        ("Premier Jan Zaręba milczy. Zaręba, premier Litwy, wyjechał.", ("premier Litwy",)),
    ],
)
def test_role_after_a_name_or_joined(text: str, roles: tuple[str, ...]) -> None:
    assert roles_of(text) == [("Jan Zaręba", roles)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Rozmawiał z kanclerz Niemiec Anną Zarębą.", "kanclerz Niemiec"),
        ("Przyjęto niemiecką kanclerz Annę Zarębę.", "niemiecka kanclerz"),
        ("Rozmawiał z przewodniczącą KE Anną Zarębą.", "przewodnicząca KE"),
        ("Według rzecznika premier Anny Zaręby nie.", "premier"),
        ("W połowie kwietnia litewska minister Anna Zaręba milczała.", "litewska minister"),
    ],
)
def test_role_of_a_woman(text: str, role: str) -> None:
    assert roles_of(text) == [("Anna Zaręba", (role,))]


@pytest.mark.parametrize(
    "text",
    [
        "Według rzecznika Jana Zaręby nic się nie stało.",
        "Według szefa sztabu Jana Zaręby nic się nie stało.",
        "Wezwano byłego ministra w rządzie Jana Zaręby.",
        "Mąż Jan Zaręba milczy.",
        "Po spotkaniu z ministrem Jan Zaręba milczał.",
        "Jego autorem był Jan Zaręba.",
        "Jan Zaręba, premier Litwy oświadczył, milczy.",
        "Przyjęto Jana Zarębę, prezydenta Francji i premiera Włoch.",
        "Jak ustaliła dziennikarka Kuriera, Zaręba milczy. Jan Zaręba milczy.",
        "Po rozmowach kanclerz Niemiec i Jan Zaręba milczą.",
        "Jan Zaręba, prezydent Francji i premier Włoch rozmawiali.",
    ],
)
def test_role_of_somebody_else_is_not_taken(text: str) -> None:
    assert roles_of(text) == [("Jan Zaręba", ())]


def test_name_that_is_not_declined_has_no_role_where_two_are_possible() -> None:
    assert roles_of("Przybył doradca premiera Shinzo Abe.") == [("Shinzo Abe", ())]
    assert roles_of("Przybył premier Shinzo Abe.") == [("Shinzo Abe", ("premier",))]


def test_role_of_the_next_name_is_not_of_the_one_before() -> None:
    text = "Był tam premier Jan Zaręba, minister obrony Kim Jong-un, i inni."
    assert roles_of(text) == [("Jan Zaręba", ("premier",)), ("Kim Jong-un", ("minister obrony",))]


def test_man_s_name_as_in_the_nominative_is_in_no_other_case() -> None:
    text = "Przybył szef kancelarii premiera Michał Dworczyk."
    assert roles_of(text) == [("Michał Dworczyk", ("szef kancelarii premiera",))]


def test_undeclined_role_of_a_woman_is_no_plural_of_men() -> None:
    text = "Przybyli kanclerz Austrii Jan Zaręba i Piotr Lis."
    assert roles_of(text) == [("Jan Zaręba", ("kanclerz Austrii",)), ("Piotr Lis", ())]


def test_two_roles_joined_before_one_name_may_be_of_two_persons() -> None:
    assert roles_of("Prezydent i premier Jan Zaręba milczą.") == [("Jan Zaręba", ("premier",))]


def test_each_role_is_of_the_nearest_name_in_its_case() -> None:
    text = "Rzecznik prezydenta Jana Zaręby Piotr Lis spotkał się z premierem Adamem Kotem."
    assert roles_of(text) == [
        ("Jan Zaręba", ("prezydent",)),
        ("Piotr Lis", ("rzecznik prezydenta Jana Zaręby",)),
        ("Adam Kot", ("premier",)),
    ]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Spotkali się posłowie Partii Morza Jan Zaręba i Piotr Lis.", ["poseł Partii Morza"] * 2),
        (
            "Prezydenci Rosji i Turcji, Jan Zaręba i Piotr Lis, rozmawiali.",
            ["prezydent Rosji", "prezydent Turcji"],
        ),
    ],
)
def test_role_of_several_persons_is_dealt_out(text: str, roles: list[str]) -> None:
    assert [own for _, own in roles_of(text)] == [(role,) for role in roles]


def test_role_of_several_persons_is_left_out_when_it_cannot_be_dealt_out() -> None:
    text = "Ministrowie obrony i handlu Japonii Jan Zaręba i Piotr Lis, rozmawiali."
    assert [own for _, own in roles_of(text)] == [(), ()]


def test_roles_are_those_of_each_passage() -> None:
    first, second = "Premier Litwy Jan Zaręba mówił.", "Zarębę, prezesa portu, odwołano."
    assert [roles for _, roles in roles_of(first, second)] == [
        ("premier Litwy",),
        ("prezes portu",),
    ]


def test_adjectives_that_can_be_compared_describe_a_person() -> None:
    assert [
        word for word in ("nowy", "obecny", "polski", "były", "wysoki") if is_passing(word)
    ] == [
        "nowy",
        "obecny",
    ]


@pytest.mark.parametrize(
    ("form", "nominative"),
    [
        ("wiceministrowi", "wiceminister"),
        ("eksprezydentem", "eksprezydent"),
        ("współliderką", "współliderka"),
        ("Przewodniczącej", "przewodnicząca"),
        ("stołem", None),
        ("mężem", None),
    ],
)
def test_nominative_of_a_role_noun(form: str, nominative: str | None) -> None:
    nouns = {noun.nominative for noun in read_role_nouns(form)}
    assert nouns == ({nominative} if nominative else set())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "3 maja: minister obrony Peru odwiedził Indie. Orvelin rozmawiał o handlu.",
            [("Orvelin", ("minister obrony Peru",))],
        ),
        (
            "Ambasador Peru spotkała się z rektorem. Oxtorn rozmawiała o stypendiach.",
            [("Oxtorn", ("ambasador Peru",))],
        ),
        ("Premier Japonii odwiedził Tallin. Putin milczał.", [("Władimir Putin", ())]),
        ("Minister obrony Peru odwiedził Indie. Było ciepło. Orvelin rozmawiał o handlu.", []),
        ("Sondaż odbył się wczoraj. Orvelin rozmawiał o handlu.", []),
    ],
)
def test_a_role_that_opens_a_passage_is_of_the_surname_after_it(
    text: str, found: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert roles_of(text) == found
