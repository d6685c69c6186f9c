"""Phrases with countries in them are found whatever the countries are called."""

from collections.abc import Iterator

import pytest
from small_documents import make_document, source_of
from small_monitor import ask, found

from corpus.actors.alias_file import add_aliases
from index.whoosh_index import update_index
from search.spelt_phrases import find_names
from search.synonyms import Synonyms
from search.whoosh_engine import WhooshEngine, open_engine

TEXTS = (
    "Wizyta delegacji Korei Północnej w Oslo trwała dwa dni.",
    "Delegacja KRLD w Sztokholmie.",
    "Delegacja Koreańskiej Republiki Ludowo-Demokratycznej w Oslo.",
    "Delegacja Korei Południowej w Oslo.",
    "Delegacja Unii Europejskiej w Stanach Zjednoczonych.",
    "Delegacja UE w USA.",
    "Delegacja Federacji Rosyjskiej w Oslo.",
    "Delegacja Korei Płd. wyjechała.",
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory = tmp_path_factory.mktemp("phrases") / "index"
    document = make_document("delegacje", *TEXTS)
    update_index(directory, added=[(source_of(document), document)])
    opened = open_engine(directory)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"delegacja KRLD"', [0, 1, 2]),
        ('"delegacji korei północnej"', [0, 1, 2]),
        ('"delegacja Korei Południowej"', [3, 7]),
        ('"delegacja KRLD w Oslo"', [0, 2]),
        ('"delegacja Korei Północnej w Oslo"', [0, 2]),
        ('"delegacja UE w USA"', [4, 5]),
        ('"delegacja Unii Europejskiej w Stanach Zjednoczonych"', [4, 5]),
        ('="delegacja KRLD"', []),
        ('"delegacja KRLD"~1', [1]),
    ],
)
def test_a_country_in_a_phrase_is_found_by_every_name(
    engine: WhooshEngine, text: str, expected: list[int]
) -> None:
    assert found(ask(engine, text)) == expected


def test_a_country_within_another_name_is_a_part_of_it() -> None:
    aliases = add_aliases('[[synonym]]\nwords = ["szczyt USA", "narada waszyngtońska"]')
    texts = ("szczyt", "USA", "w", "Oslo")
    [name] = find_names(texts, Synonyms(aliases), lambda words: True)
    assert (name.start, name.end, name.others) == (0, 2, ("narada waszyngtońska",))


def test_how_a_country_is_written_on_matters_only_before_other_words() -> None:
    synonyms = Synonyms(add_aliases(""))
    for texts, several in ((("delegacja", "KRLD"), False), (("KRLD", "milczy"), True)):
        [name] = find_names(texts, synonyms, lambda words: True)
        assert (len(name.ways) > 1) == several


def test_what_was_added_to_a_phrase_is_said_and_undone(engine: WhooshEngine) -> None:
    [note] = ask(engine, '"delegacja KRLD"').notes
    assert (note.code, note.values[0], note.query) == (
        "alias",
        "delegacja KRLD",
        '"delegacja KRLD"~1',
    )
    assert "Korea Północna" in note.values


def test_the_whole_name_in_a_phrase_is_marked(engine: WhooshEngine) -> None:
    hit = ask(engine, '"delegacja KRLD w Oslo"').hits[0]
    [snippet] = hit.snippets
    marked = " ".join(snippet.text[start:end] for start, end in snippet.marks)
    assert marked == "delegacji Korei Północnej w Oslo"


def test_a_country_in_a_phrase_is_not_called_unknown_where_it_has_another_name(
    engine: WhooshEngine,
) -> None:
    results = ask(engine, '"delegacja Rosji w Oslo"')
    assert [note.code for note in results.notes if note.code != "related"] == ["alias"]
    assert found(results) == [6]
