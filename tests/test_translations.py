"""Both languages are complete, and Polish counts as Polish does."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import web
from search.query import Note
from web.labels import name_country, name_pair
from web.languages import load_translations
from web.notes import Remark, write_remark

WEB = Path(web.__file__).parent
KEYWORDS = {"_": None, "gettext": None, "say": None, "N_": None, "ngettext": (1, 2)}

Name = str | tuple[str, ...]


def read_catalogue() -> Catalog:
    with (WEB / "translations/pl/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="pl", abort_invalid=True)


def find_messages() -> set[Name]:
    """Give every message in the code and the templates, as the catalogue names them."""
    found = extract_from_dir(
        WEB,
        method_map=[("**.py", "python"), ("templates/**.html", "jinja2")],
        options_map={"templates/**.html": {"newstyle_gettext": "true"}},
        keywords=KEYWORDS,
    )
    return {message if isinstance(message, str) else tuple(message) for _, _, message, *_ in found}


def test_catalogue_has_exactly_the_messages_of_the_pages() -> None:
    assert {message.id for message in read_catalogue() if message.id} == find_messages()


def forms_of(message: Message) -> tuple[str, ...]:
    string = message.string
    return tuple(map(str, string)) if isinstance(string, tuple) else (str(string or ""),)


def test_every_message_is_translated_in_all_its_forms() -> None:
    empty = [
        message.id for message in read_catalogue() if message.id and not all(forms_of(message))
    ]
    assert empty == []


def test_translations_keep_the_placeholders() -> None:
    broken = [
        (message.id, [str(error) for error in message.check()])
        for message in read_catalogue()
        if message.id and message.check()
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "fragmentów"),
        (1, "fragment"),
        (2, "fragmenty"),
        (5, "fragmentów"),
        (12, "fragmentów"),
        (22, "fragmenty"),
        (112, "fragmentów"),
    ],
)
def test_polish_plurals(count: int, expected: str) -> None:
    assert load_translations("pl").ngettext("passage", "passages", count) == expected


@pytest.mark.parametrize(("count", "expected"), [(1, "passage"), (2, "passages"), (0, "passages")])
def test_english_plurals(count: int, expected: str) -> None:
    assert load_translations("en").ngettext("passage", "passages", count) == expected


def test_pairs_use_short_names_and_countries_long_ones() -> None:
    assert name_pair("KR-US", "pl") == "Korea Płd. – USA"
    assert name_country("US", "pl") == "Stany Zjednoczone"
    assert name_pair("KR-US", "en") == "South Korea – USA"


def test_unknown_country_code_stands_for_itself() -> None:
    assert name_country("ZQ", "pl") == "ZQ"


def test_offer_for_one_word_keeps_the_rest_of_the_query() -> None:
    note = Note("alias", ("KRLD", "Korea Północna"), query='="KRLD"')
    assert write_remark(note, "pl", "rakiety KRLD data:2023") == Remark(
        "„KRLD” znajduje też: Korea Północna.",
        "Szukaj tylko wpisanego słowa",
        'rakiety ="KRLD" data:2023',
    )


@pytest.mark.parametrize(
    ("note", "text", "query"),
    [
        (
            Note("slip", ("Morguloww", "morgulow"), query='="Morguloww"'),
            "Żaden dokument nie ma słowa „Morguloww”; odczytano je jako „morgulow”.",
            'port ="Morguloww" -lot',
        ),
        (
            Note("related", ("Morguloww", "Rosja", "RU"), count=3),
            "„Morguloww” może też oznaczać państwo: Rosja.",
            "",
        ),
        (
            Note("too_many_wildcards", ("8",)),
            "Zapytanie miało więcej niż 8 słów z *, ? lub ~; ostatnie pominięto.",
            "",
        ),
    ],
)
def test_what_was_added_or_left_out_is_said_in_polish(note: Note, text: str, query: str) -> None:
    remark = write_remark(note, "pl", "port Morguloww -lot")
    assert (remark.text, remark.query, remark.count) == (text, query, note.count)


def test_note_without_an_offer_has_no_link() -> None:
    assert write_remark(Note("unknown_word", ("szczudłak",)), "pl", "szczudłak") == Remark(
        "Żaden dokument nie ma słowa „szczudłak”."
    )


@pytest.mark.parametrize("values", [(), ("x",), ("<b>", "y")])
def test_unknown_note_shows_what_it_has(values: tuple[str, ...]) -> None:
    remark = write_remark(Note("note_of_tomorrow", values), "pl", "port")
    assert remark == Remark(", ".join(values) or "note_of_tomorrow")
