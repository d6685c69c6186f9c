"""What is added to a query, offered beside it, and said about it."""

from pathlib import Path

import pytest
from small_documents import make_document, source_of
from small_monitor import ask, found

from index.whoosh_index import update_index
from search import forms
from search.query import Note
from search.whoosh_engine import WhooshEngine, open_engine


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Morguloww", [3]),
        ("moruglow", [3]),
        ("ambsadorka", []),
        ("Migdy", []),
        ("wziajemnego uznawania", [1]),
        ('"wziajemnego uznawania"', [1]),
    ],
)
def test_a_slip_in_a_word_that_nobody_knows_is_mended(
    small: WhooshEngine, text: str, expected: list[int]
) -> None:
    assert found(ask(small, text)) == expected


def test_a_mended_slip_is_said_with_the_query_that_undoes_it(small: WhooshEngine) -> None:
    [note] = ask(small, "Morguloww").notes
    assert note == Note("slip", ("Morguloww", "Morgulow"), query='="Morguloww"')
    assert found(ask(small, note.query)) == []


@pytest.mark.parametrize(
    ("text", "offered", "count"),
    [
        ("rozmowny", "rozmowy", 4),
        ("wicemnistroie", "wiceministrowie", 1),
        ("rozmowny kraj:JP", "rozmowy", 1),
        ("rozmowny -ambasador", "rozmowy", 3),
    ],
)
def test_a_near_miss_is_offered_with_its_count_but_not_searched(
    small: WhooshEngine, text: str, offered: str, count: int
) -> None:
    results = ask(small, text)
    assert results.total == 0
    assert [(n.query, n.count) for n in results.notes if n.code == "did_you_mean"] == [
        (offered, count)
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [(("Sąd wydał wyrok.",), [0]), (("Sąd wydał wyrok.", "Sad zakwitł w maju."), [1])],
)
def test_a_word_gets_its_diacritics_unless_texts_have_it_without_them(
    tmp_path: Path, texts: tuple[str, ...], expected: list[int]
) -> None:
    document = make_document("wyroki", *texts)
    update_index(tmp_path / "index", added=[(source_of(document), document)])
    engine = open_engine(tmp_path / "index")
    assert found(ask(engine, "sad")) == expected
    engine.close()


def test_a_part_of_a_compound_gets_its_diacritics(small: WhooshEngine) -> None:
    assert found(ask(small, "japonsko-rosyjski")) == [4]


@pytest.mark.parametrize(
    ("text", "expected"), [("krld", '"krld"'), ("korea północna", '"korea północna"~1')]
)
def test_alias_is_said_with_the_query_that_undoes_it(
    small: WhooshEngine, text: str, expected: str
) -> None:
    [note] = [note for note in ask(small, text).notes if note.code == "alias"]
    assert note.query == expected
    assert [n.code for n in ask(small, note.query).notes] == []


@pytest.mark.parametrize("text", ["korea polnocna", "Korei Polnocnej", "KOREA POLNOCNA"])
def test_country_typed_without_diacritics_is_the_country(small: WhooshEngine, text: str) -> None:
    results = ask(small, text)
    assert found(results) == found(ask(small, "KRLD")) != []
    assert [note.code for note in results.notes] == ["alias"]


def test_restored_diacritics_are_said(small: WhooshEngine) -> None:
    notes = {note.code for note in ask(small, "rybolowstwo").notes}
    assert "diacritics" in notes


def test_only_the_first_offers_are_counted(small: WhooshEngine) -> None:
    notes = ask(small, "rozmowny ambasadorowaa wystawnaa umownaa pekin moskwa tokio kijów").notes
    offers = [note for note in notes if note.code in ("did_you_mean", "related")]
    assert [note.count is not None for note in offers] == [True] * 3 + [False] * (len(offers) - 3)
    assert len(offers) > 3


def test_of_too_many_forms_a_wildcard_takes_the_most_frequent(
    small: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MAX_WILDCARD_FORMS", 1)
    results = ask(small, "roz*")
    assert [note.code for note in results.notes] == ["wildcard_cut"]
    assert found(results) == found(ask(small, '="rozmowy"'))


@pytest.mark.parametrize(
    ("text", "expected"), [("*nsku", [4]), ("*ńsku", [4]), ("*órn*", []), ("mi?sk*", [4])]
)
def test_a_wildcard_may_begin_a_word_and_needs_no_diacritics(
    small: WhooshEngine, text: str, expected: list[int]
) -> None:
    assert found(ask(small, text)) == expected
