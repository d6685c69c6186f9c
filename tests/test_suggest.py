"""Completion while typing: what is offered, in which words, and the query it would give."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from small_documents import make_document, source_of

from corpus.document import Actor, Document
from index.whoosh_index import update_index
from search.request import build_query
from search.whoosh_engine import WhooshEngine, open_engine

MOREL = Actor("igor-morelow", "Igor Morelow", "person", ("Igor Morelow",))
MINISTRY = Actor("ministerstwo-morza", "Ministerstwo Morza", "organisation", ())


def make_monitor() -> Document:
    document = make_document(
        "morze",
        "Igor Morelow mówił o umowach. Rozmowy o umowach trwały.",
        "Igor Morelow był w porcie. Rozmowy o portach i o umowie.",
        "Ministerstwo Morza zaczęło rozmowy. Żaden statek nie wypłynął.",
        "Zdaniem rozmówcy port działa.",
        title="Przegląd portów morskich",
    )
    changes = (
        {"actors": (MOREL,), "pairs": ("JP-RU",), "countries": ("JP", "RU")},
        {"actors": (MOREL,), "pairs": ("JP-RU",), "countries": ("JP", "RU")},
        {"actors": (MINISTRY,), "pairs": ("JP-UA",), "countries": ("JP", "UA")},
        {"pairs": (), "countries": ("KP",)},
    )
    passages = tuple(
        replace(passage, **change)  # type: ignore[arg-type]
        for passage, change in zip(document.passages, changes, strict=True)
    )
    return replace(document, passages=passages)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory = tmp_path_factory.mktemp("suggest") / "index"
    monitor, other = make_monitor(), make_document("inny", "Drugi plik o rozmowach.")
    other = replace(
        other, passages=tuple(replace(p, pairs=(), countries=()) for p in other.passages)
    )
    update_index(directory, added=[(source_of(monitor), monitor)])
    update_index(directory, added=[(source_of(other), other)])
    opened = open_engine(directory)
    yield opened
    opened.close()


def complete(engine: WhooshEngine, text: str, limit: int = 10) -> list[tuple[str, str, int, str]]:
    found = engine.suggest(text, limit)
    return [(each.kind, each.label, each.count, each.query) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "igor morel",
            [
                ("actor", "Igor Morelow", 2, 'aktor:"Igor Morelow"'),
                ("term", "Morelow", 2, "igor Morelow"),
            ],
        ),
        (
            "ukr",
            [("country", "Ukraina", 1, "kraj:UA"), ("pair", "Japonia – Ukraina", 1, "para:JP-UA")],
        ),
        ("KRLD", [("country", "Korea Północna", 1, "kraj:KP")]),
        ("north k", [("country", "Korea Północna", 1, "kraj:KP")]),
        ("rosja-jap", [("pair", "Japonia – Rosja", 2, "para:JP-RU")]),
        ("przeglad portow", [("document", "Przegląd portów morskich", 4, "dokument:morze")]),
        ("umow", [("term", "umowach", 2, "umowach")]),
        ("ŻAD", [("term", "Żaden", 1, "Żaden")]),
        ("zad", [("term", "Żaden", 1, "Żaden")]),
        ("xyz", []),
        ("", []),
        (" ", []),
    ],
)
def test_what_is_typed_is_completed(
    engine: WhooshEngine, text: str, expected: list[tuple[str, str, int, str]]
) -> None:
    assert complete(engine, text) == expected


def test_a_name_is_found_by_any_of_its_words_its_first_one_first(engine: WhooshEngine) -> None:
    assert [label for kind, label, *_ in complete(engine, "mor") if kind == "actor"] == [
        "Igor Morelow",
        "Ministerstwo Morza",
    ]
    assert complete(engine, "m")[0][1] == "Ministerstwo Morza"


def test_words_come_in_their_most_frequent_form_and_count_every_form(
    engine: WhooshEngine,
) -> None:
    terms = [(label, count) for kind, label, count, _ in complete(engine, "rozm")]
    assert terms == [("Rozmowy", 4), ("rozmówcy", 1)]


def test_words_that_say_nothing_alone_are_not_offered(engine: WhooshEngine) -> None:
    assert complete(engine, "o") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("umowa igor mor", 'umowa aktor:"Igor Morelow"'),
        ("umowa AND ukr", "umowa AND kraj:UA"),
        ("(port OR ukr", "(port OR kraj:UA"),
        ("port -ukr", "port -kraj:UA"),
        ("para:JP-RU ukr", "para:JP-RU kraj:UA"),
        ("kraj:ukr", "kraj:UA"),
        ("port aktor:igor", 'port aktor:"Igor Morelow"'),
        ('port aktor:"Igor Mor', 'port aktor:"Igor Morelow"'),
        ('port aktor:"', 'port aktor:"Ministerstwo Morza"'),
        ("port -aktor:igor mor", 'port -aktor:"Igor Morelow"'),
        ('kraj:"Korea Pół', "kraj:KP"),
        ("kraj:korea pół", "kraj:KP"),
        ("kraj:UA ros", "kraj:UA kraj:RU"),
        ("(port OR „igor mor", '(port OR aktor:"Igor Morelow"'),
        ("(port OR „rozmowy o umo", '(port OR "rozmowy o umowach"'),
        ('para:JP-RU ="Umo', 'para:JP-RU ="umowach"'),
        ("Moskwa: ukr", "Moskwa: kraj:UA"),
    ],
)
def test_only_the_end_of_the_text_is_completed(
    engine: WhooshEngine, text: str, expected: str
) -> None:
    assert expected in [query for *_, query in complete(engine, text)]


@pytest.mark.parametrize(
    "text", ['"rozmowy o', '"umowy o por', "data:201", "nic:rozm", "a " * 150 + "rozm", '"', '="']
)
def test_where_nothing_fits_nothing_is_offered(engine: WhooshEngine, text: str) -> None:
    assert complete(engine, text) == []


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("kraj:", ["kraj:JP", "kraj:RU", "kraj:KP", "kraj:UA"]),
        ("para:", ["para:JP-RU", "para:JP-UA"]),
        ("dokument:", ["dokument:morze", "dokument:inny"]),
        ("rodzaj:", ["rodzaj:wydarzenie"]),
        ("kind:ev", ["rodzaj:wydarzenie"]),
        ("źródło:", ["źródło:agencja.example"]),
    ],
)
def test_behind_a_field_its_values_are_offered_the_most_frequent_first(
    engine: WhooshEngine, text: str, queries: list[str]
) -> None:
    assert [query for *_, query in complete(engine, text)] == queries


def test_a_phrase_is_completed_by_words_that_stand_in_it(engine: WhooshEngine) -> None:
    phrases = [each[1:] for each in complete(engine, '"rozmowy o por') if each[0] == "term"]
    # In any inflection, as it will be found; in the form that the texts use most.
    assert phrases == [("rozmowy o porcie", 1, '"rozmowy o porcie"')]


@pytest.mark.parametrize(
    "text", ["igor", "ukr", "przeg", "umow", "jap", "rodzaj:", '"o umo', '="r']
)
def test_a_suggested_query_finds_as_many_passages_as_it_says(
    engine: WhooshEngine, text: str
) -> None:
    for _, _, count, query in complete(engine, text):
        assert engine.search(build_query({"q": [query]})).total == count


def test_every_kind_has_its_share_of_the_room(engine: WhooshEngine) -> None:
    kinds = [kind for kind, *_ in complete(engine, "p", limit=2)]
    assert kinds == ["country", "document"]
    kinds = [kind for kind, *_ in complete(engine, "p", limit=3)]
    assert kinds == ["country", "document", "term"]


def test_what_has_left_the_index_is_not_offered(tmp_path: Path) -> None:
    document = make_monitor()
    update_index(tmp_path / "index", added=[(source_of(document), document)])
    less = replace(document, passages=document.passages[:2])
    update_index(tmp_path / "index", added=[(source_of(less), less)])
    engine = open_engine(tmp_path / "index")
    assert complete(engine, "ukr") == []
    assert complete(engine, "statek") == []
    engine.close()
