"""Names that do not say whose they are: bare heads, ministries, regions, ends of names."""

import pytest

from corpus.actors.recognition import find_actors


def organisations(*texts: str) -> list[list[str]]:
    return [
        [actor.name for actor in passage.actors if actor.kind == "organisation"]
        for passage in find_actors(texts)
    ]


@pytest.mark.parametrize(
    ("full", "later", "name"),
    [
        (
            "Komisja Handlu Morskiego obraduje.",
            "Zdaniem Komisji to błąd.",
            "Komisja Handlu Morskiego",
        ),
        (
            "Obradował Komitet Centralny Partii Zielonych.",
            "Przybyli członkowie Komitetu Centralnego.",
            "Komitet Centralny Partii Zielonych",
        ),
        ("Rozmawiano z Komisją Europejską.", "Zdaniem Komisji to błąd.", "Komisja Europejska"),
        ("Ćwiczenia Sojuszu Północnoatlantyckiego trwają.", "Według Sojuszu to nic.", "NATO"),
    ],
)
def test_a_bare_head_is_of_the_fuller_name_before_it(full: str, later: str, name: str) -> None:
    assert organisations(full, later) == [[name], [name]]


@pytest.mark.parametrize(
    "text",
    ["Przybyli członkowie Komitetu Centralnego.", "Zdaniem Komisji to błąd."],
)
def test_a_bare_head_of_nobody_is_no_actor(text: str) -> None:
    assert organisations(text, "Komisja Handlu Morskiego obraduje.")[0] == []


def test_the_last_of_two_fuller_names_is_meant() -> None:
    texts = (
        "Mówiła Komisja Praw Kobiet.",
        "Mówiła Komisja Handlu Morskiego.",
        "Głos Komisji był słaby.",
    )
    assert organisations(*texts)[2] == ["Komisja Handlu Morskiego"]


def test_a_body_that_one_state_has_in_the_document_is_its() -> None:
    texts = ("Ministerstwo Spraw Zagranicznych Peru milczy.", "MSZ milczy.")
    assert organisations(*texts)[1] == ["Ministerstwo Spraw Zagranicznych Peru"]


def test_a_body_that_several_states_have_in_the_document_is_nobodys() -> None:
    text = "Fińskie MSZ i szwedzkie MSZ milczą. Rzecznik MSZ odmówił komentarza."
    assert organisations(text, "MSZ milczy.") == [["MSZ Finlandii", "MSZ Szwecji"], []]


def test_a_body_alone_stays_where_no_state_is_named_with_it() -> None:
    assert organisations("Rzecznik MSZ odmówił komentarza.") == [["MSZ"]]


@pytest.mark.parametrize(
    "text",
    [
        "Delegacja Rosyjskiego Dalekiego Wschodu przybyła do Seulu.",
        "Mówiono o denuklearyzacji Półwyspu Koreańskiego.",
        "Sprawy związane z Półwyspem Koreańskim omówiono wczoraj.",
    ],
)
def test_a_region_is_no_organisation(text: str) -> None:
    assert organisations(text) == [[]]


def test_a_country_that_is_not_in_the_genitive_ends_a_name() -> None:
    texts = ("Obradowała Wspólnota Handlu.", "Rozmowy między Wspólnotą a Rosją trwają.")
    assert organisations(*texts) == [["Wspólnota Handlu"], ["Wspólnota Handlu"]]


def test_a_participle_that_opens_a_sentence_is_no_part_of_the_name() -> None:
    assert organisations("Rządząca Partia Zielonych przegrała.") == [["Partia Zielonych"]]


def test_a_body_alone_is_of_the_state_whose_minister_is_named_beside_it() -> None:
    text = "Przybył wiceminister spraw zagranicznych Peru. Przedstawiciel MSZ milczał."
    assert organisations(text, "Fińskie MSZ i szwedzkie MSZ milczą.")[0] == ["MSZ Peru"]
