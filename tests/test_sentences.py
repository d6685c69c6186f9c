"""Where sentences end, and which have a verb."""

import pytest

from corpus.sentences import has_finite_verb, is_closed, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Minister ds. energii spotkał się z prof. Anną Wilk, m.in. w Oslo.",
        "W Rydze uczczono 30. Rocznicę podpisania traktatu.",
        "W 2019 r. Łotwa wznowiła rozmowy.",
        "W obwodzie płn. Kazachstanu panuje susza.",
        "Rozmowy prowadził J. Nowak.",
        "Czy Malta wyśle statek?",
        "Zapytano: „Kto zapłaci?” i nikt nie odpowiedział.",
        "Koszt (np. most itp.) wzrósł do 3,5 mld zł w tym roku.",
    ],
)
def test_sentence_is_not_broken(sentence: str) -> None:
    assert sentences(f"{sentence} Potem zapadła cisza.") == [sentence, "Potem zapadła cisza."]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Umowa wygasła w 2021 r. Po niej przyszła następna.", 2),
        ("Eksport wyniósł 20 mld dol. W kolejnym roku spadł.", 2),
        ("Zginęło 5 osób! Rannych jest więcej… Trwa śledztwo.", 3),
        ("„To koniec.” Tak zakończył mowę.", 2),
        ("Pierwszy akapit bez kropki\nDrugi akapit.", 2),
        ("", 0),
        ("  \n ", 0),
    ],
)
def test_sentences_are_counted(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize("text", ["Skutki dla Polski.", "Rola Chin w regionie.", "Wnioski."])
def test_heading_has_no_verb(text: str) -> None:
    assert not has_finite_verb(text)


@pytest.mark.parametrize(
    "text", ["Umowa wygasa.", "Trzeba czekać.", "Spór ma znaczenie.", "Może to potrwać."]
)
def test_sentence_has_a_verb(text: str) -> None:
    assert has_finite_verb(text)


@pytest.mark.parametrize("text", ["Koniec.", "Koniec?”", "Koniec.[12]", "oraz;"])
def test_closed_text_is_known_by_its_last_mark(text: str) -> None:
    assert is_closed(text)


def test_text_without_a_last_mark_is_open() -> None:
    assert not is_closed("w tym")
