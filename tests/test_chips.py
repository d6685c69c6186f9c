"""Everything that narrows or widens a query stands as a chip with the address without it."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from small_documents import make_document, source_of

from index.whoosh_index import update_index
from search import forms
from search.whoosh_engine import open_engine
from web import create_app
from web.settings import Settings

TEXTS = (
    "Rosja i Japonia wznowiły rozmowy. KRLD milczała. Federacja Rosyjska (FR) czeka.",
    "W Moskwie mówił wiceminister Wełenski o współpracy.",
    "Korea Północna zapowiedziała współpracę, a Białoruś umowę.",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    directory = tmp_path_factory.mktemp("chips") / "index"
    document = make_document("chips", *TEXTS)
    update_index(directory, added=[(source_of(document), document)])
    engine = open_engine(directory)
    yield create_app(engine, Settings()).test_client()
    engine.close()


def read_chips(client: FlaskClient, path: str, **params: str) -> list[tuple[str, dict[str, str]]]:
    """Give the words of each chip and the parameters of the state that it leads to."""
    page = client.get(path, query_string=params | {"lang": "en"}).get_data(as_text=True)
    chips = []
    for chip in re.findall(r'<span class="limit[^"]*">.*', page):
        seen = re.sub(r'<span class="sr">[^<]*</span>|<[^>]+>', "", chip)
        address = unescape(re.findall(r'href="([^"]*)"', chip)[-1])
        state = dict(parse_qsl(urlsplit(address).query))
        del state["lang"]
        chips.append((" ".join(unescape(seen).split()), state))
    return chips


@pytest.mark.parametrize(
    ("text", "chip", "without"),
    [
        ("rozmowy KRLD", "KRLD → Korea Północna", 'rozmowy "KRLD"'),
        ("wspolpraca umowa", "wspolpraca → współpraca", '="wspolpraca" umowa'),
        ("Wełnski mówił", "Wełnski → Wełenski", '="Wełnski" mówił'),
        ("welenski~ mówił", "welenski~ → Wełenski×", "welenski mówił"),
        ('"wiceminister welnski~2"', "welnski~2 → Wełenski×", '"wiceminister welnski"'),
    ],
)
@pytest.mark.parametrize("path", ["/", "/kwic", "/heatmap"])
def test_what_was_added_can_be_taken_away(
    client: FlaskClient, path: str, text: str, chip: str, without: str
) -> None:
    [(seen, state)] = read_chips(client, path, q=text)
    assert seen.startswith(chip)
    assert state == {"q": without}


def test_an_acronym_does_not_come_before_a_name(client: FlaskClient) -> None:
    [(seen, _)] = read_chips(client, "/", q="Rosja")
    assert seen.startswith("Rosja → Federacja Rosyjska, FR")


def test_a_capital_is_switched_to_its_country_and_back(client: FlaskClient) -> None:
    asked = {"q": "rozmowy moskwa", "kind": "event"}
    [(seen, on), _] = read_chips(client, "/", **asked)
    assert (seen, on) == ("moskwa + Russia (1)", asked | {"related": "RU"})
    [(seen, off), _] = read_chips(client, "/", **on)
    assert (seen, off) == ("moskwa → Russia×", asked)


def test_of_two_capitals_each_is_switched_alone(client: FlaskClient) -> None:
    asked = {"q": "moskwa OR pjongjang", "related": "RU"}
    [(_, off), (seen, both)] = read_chips(client, "/", **asked)
    assert off == {"q": "moskwa OR pjongjang"}
    assert seen == "pjongjang + North Korea (3)"
    assert dict(both) == asked | {"related": "KP"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kraj:JP rozmowy", [("country: Japan×", "rozmowy")]),
        ("rozmowy -para:ru-jp", [("without Japan – Russia×", "rozmowy")]),
        ('aktor:"Igor Morel" OR umowa', [("actor: Igor Morel×", "umowa")]),
        ('data:"jesień 2031" mowa', [("date: jesień 2031×", "mowa")]),
        ("data:2031-10 mowa", [("date: October 2031×", "mowa")]),
        ("data:2031-10-05..2031-11 mowa", [("date: 5 October 2031 – November 2031×", "mowa")]),
        ("mowa data:brak mowa", [("date: no date×", "mowa mowa")]),
        ("rodzaj:wydarzenie mowa", [("kind: event×", "mowa")]),
        ("wspomina:Japonia mowa", [("mentions: Japan×", "mowa")]),
        ("dział:czechy mowa", [("section of the document: czechy×", "mowa")]),
        (
            "kraj:JP mowa źródło:a.example",
            [
                ("country: Japan×", "mowa źródło:a.example"),
                ("source: a.example×", "kraj:JP mowa"),
            ],
        ),
    ],
)
def test_a_typed_field_can_be_taken_away(
    client: FlaskClient, text: str, expected: list[tuple[str, str]]
) -> None:
    chips = read_chips(client, "/", q=text, sort="date")
    assert chips == [(seen, {"q": left, "sort": "date"}) for seen, left in expected]


def test_words_that_are_nowhere_together_are_offered_as_they_were_typed(
    client: FlaskClient,
) -> None:
    page = client.get('/?q=welenski~+umow*+"kor*+północna"+moskwa&related=RU&lang=en')
    [line] = re.findall(r"<p>By themselves:.*</p>", page.get_data(as_text=True))
    assert [unescape(word) for word in re.findall(r"<a [^>]*>([^<]*)</a>", line)] == [
        "welenski~",
        "umow*",
        '"kor* północna"',
        "moskwa",
    ]


def test_a_pattern_that_was_cut_is_said(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MAX_WILDCARD_FORMS", 1)
    page = client.get("/?q=w*&lang=en").get_data(as_text=True)
    assert "too few letters" in page
    page = client.get("/?q=ws*&lang=en").get_data(as_text=True)
    assert "fits too many words" in page


def test_the_interface_for_programs_takes_what_is_related(client: FlaskClient) -> None:
    for path in ("search", "concordance", "matrix", "facets/country", "export/jsonl"):
        address = f"/api/v1/{path}?q=moskwa&related=RU"
        assert client.get(address).status_code == 200
    answer = client.get("/api/v1/search?q=moskwa&related=Rosja").get_json()
    assert answer["total"] == 2
    assert [(note["code"], note["values"]) for note in answer["notes"]] == [
        ("related_added", ["moskwa", "Rosja", "RU"])
    ]
    refused = client.get("/api/v1/search?q=moskwa&related=x")
    assert (refused.status_code, refused.get_json()["parameter"]) == (400, "related")
