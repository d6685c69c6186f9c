"""The query language: what each way of writing means, and how mistakes are repaired."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.parser import MAX_DEPTH, MAX_LEAVES, parse_query
from search.query import (
    MAX_TEXT_CHARS,
    All,
    And,
    Exact,
    Field,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Wildcard,
    Word,
)
from search.typed_words import MAX_WILDCARDS
from search.values import canonical_value

ROSJA, JAPONIA, KOREA, CHINY = Word("rosja"), Word("japonia"), Word("korea"), Word("chiny")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", All()),
        ("   ", All()),
        ("rosja", ROSJA),
        ("rosja japonia", And((ROSJA, JAPONIA))),
        ("rosja AND japonia", And((ROSJA, JAPONIA))),
        ("rosja OR japonia", Or((ROSJA, JAPONIA))),
        ("rosja OR japonia korea", Or((ROSJA, And((JAPONIA, KOREA))))),
        (
            "rosja AND (japonia OR korea) NOT chiny",
            And((ROSJA, Or((JAPONIA, KOREA)), Not(CHINY))),
        ),
        ("rosja -chiny", And((ROSJA, Not(CHINY)))),
        ("-chiny", Not(CHINY)),
        ("NOT NOT chiny", CHINY),
        ("rosja i japonia", And((ROSJA, Word("i"), JAPONIA))),
        ("+w japonia", And((Phrase(("w",)), JAPONIA))),
        ("-(rosja japonia)", Not(And((ROSJA, JAPONIA)))),
        ('"wzajemne uznawanie"', Phrase(("wzajemne", "uznawanie"))),
        ("„wzajemne uznawanie”", Phrase(("wzajemne", "uznawanie"))),
        ('"japonia rosja"~5', Phrase(("japonia", "rosja"), slop=5)),
        ('="Rosji"', Exact("Rosji")),
        ("morgul*", Wildcard("morgul*")),
        ("zeł?nski", Wildcard("zeł?nski")),
        ("zelnski~", Fuzzy("zelnski~", "zelnski", 1)),
        ("(zelnski~2, rosja)", And((Fuzzy("zelnski~2", "zelnski", 2), ROSJA))),
        ("-zelnski~1", Not(Fuzzy("zelnski~1", "zelnski", 1))),
        ('"zelnski~ mini*"', Phrase((Fuzzy("zelnski~", "zelnski", 1), Wildcard("mini*")))),
        ("co dalej?", And((Word("co"), Word("dalej")))),
        ("Rosja, Japonia.", And((Word("Rosja"), Word("Japonia")))),
        ("japońsko-rosyjski", Word("japońsko-rosyjski")),
        ("Moskwa: rozmowy", And((Word("Moskwa"), Word("rozmowy")))),
        ("para:JP-RU", Field("pair", "JP-RU")),
        ("para:ru-jp", Field("pair", "JP-RU")),
        ('para:"Rosja – Japonia"', Field("pair", "JP-RU")),
        ("kraj:KR", Field("country", "KR")),
        ("kraj:japonia", Field("country", "JP")),
        ('aktor:"Lee Yang-gu"', Field("actor", "lee-yang-gu")),
        ("rodzaj:wydarzenie", Field("kind", "event")),
        ("kind:event", Field("kind", "event")),
        ("źródło:www.Agencja.example", Field("source", "agencja.example")),
        ("data:2018-10", Field("date", "2018-10-01..2018-10-31")),
        ("data:2018-10-05..2018-10-12", Field("date", "2018-10-05..2018-10-12")),
        ("data:brak", Field("date", "none")),
        ("rosja para:JP-UA", And((ROSJA, Field("pair", "JP-UA")))),
    ],
)
def test_query_means(text: str, expected: Node) -> None:
    parsed = parse_query(text)
    assert parsed.root == expected
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("text", "expected", "code"),
    [
        ('"wzajemne uznawanie', Phrase(("wzajemne", "uznawanie")), "unbalanced_quotes"),
        ('rosja "', ROSJA, "unbalanced_quotes"),
        ("(rosja japonia", And((ROSJA, JAPONIA)), "unbalanced_parentheses"),
        ("rosja) japonia", And((ROSJA, JAPONIA)), "unbalanced_parentheses"),
        ("rosja AND", ROSJA, "dangling_operator"),
        ("OR rosja", ROSJA, "dangling_operator"),
        ("rosja NOT", ROSJA, "dangling_operator"),
        ("***", All(), "wildcard_too_short"),
        ("a* rosja", ROSJA, "wildcard_too_short"),
        ("!!! ... ,,,", All(), "empty_after_repair"),
        ("ro\x00sja", And((Word("ro"), Word("sja"))), "control_characters"),
        ("rosja~3", Fuzzy("rosja~3", "rosja", 2), "fewer_slips"),
        ("kair~2", Fuzzy("kair~2", "kair", 1), "fewer_slips"),
        ("w~ rosja", And((Word("w"), ROSJA)), "fewer_slips"),
        ("~", All(), "stray_tilde"),
        ("rosja ~2", ROSJA, "stray_tilde"),
        ("~rosja", ROSJA, "stray_tilde"),
        ("rosja~0.8", ROSJA, "stray_tilde"),
        ("rosja~0", ROSJA, "stray_tilde"),
        ("rosja~~", ROSJA, "stray_tilde"),
        ("2018~2020", And((Word("2018"), Word("2020"))), "stray_tilde"),
        ("rosja~japonia", And((ROSJA, JAPONIA)), "stray_tilde"),
        ("morgul*~", Wildcard("morgul*"), "stray_tilde"),
        ('"rosja japonia"~', Phrase(("rosja", "japonia")), "stray_tilde"),
        ('="rosja~"', Exact("rosja"), "stray_tilde"),
        ("(rosja japonia)~2", And((ROSJA, JAPONIA)), "stray_tilde"),
        ("para:XX rosja", ROSJA, "bad_value"),
        ("data:2018-02-31 rosja", ROSJA, "bad_value"),
        ("rodzaj:powieść rosja", ROSJA, "bad_value"),
        ("aktor:... rosja", ROSJA, "bad_value"),
    ],
)
def test_mistake_is_repaired_and_named(text: str, expected: Node, code: str) -> None:
    parsed = parse_query(text)
    assert parsed.root == expected
    assert code in [note.code for note in parsed.notes]


def test_long_text_is_cut_and_the_note_says_where() -> None:
    parsed = parse_query("słowo " * 2_000)
    assert ("too_long", (str(MAX_TEXT_CHARS),)) in [(n.code, n.values) for n in parsed.notes]


@pytest.mark.parametrize("mark", ["", "="])
def test_a_phrase_of_too_many_words_is_cut_and_the_note_says_so(mark: str) -> None:
    parsed = parse_query(f'{mark}"{" ".join(f"słowo{number}" for number in range(100))}"')
    assert [note.code for note in parsed.notes] == ["too_many_words"]


def test_too_many_wildcards_are_passed_over() -> None:
    parsed = parse_query(" ".join(f"sło{number}*" for number in range(20)))
    assert isinstance(parsed.root, And)
    assert len(parsed.root.children) == MAX_WILDCARDS
    assert [(n.code, n.values) for n in parsed.notes] == [
        ("too_many_wildcards", (str(MAX_WILDCARDS),))
    ]


def test_too_many_words_are_passed_over() -> None:
    parsed = parse_query(" ".join(f"słowo{number}" for number in range(100)))
    assert isinstance(parsed.root, And)
    assert len(parsed.root.children) == MAX_LEAVES
    assert "too_many_words" in [note.code for note in parsed.notes]


def test_nesting_is_bounded() -> None:
    parsed = parse_query("(-" * (MAX_DEPTH + 100) + "rosja")
    assert "too_deep" in [note.code for note in parsed.notes]


@settings(max_examples=500, deadline=None)
@given(st.text() | st.text(alphabet='()"-+*?:=~ ANDORTazł\n„”', max_size=80))
def test_any_text_is_a_query(text: str) -> None:
    parsed = parse_query(text)
    assert all(note.code for note in parsed.notes)
    assert isinstance(parsed.root, Node)


def test_last_month_is_counted_from_today() -> None:
    today = date(2018, 10, 15)
    assert canonical_value("date", "w zeszłym miesiącu", today) == "2018-09-01..2018-09-30"
    now = date.today()
    last = now.replace(day=1) - timedelta(days=1)
    found = parse_query('data:"w zeszłym miesiącu"').root
    assert found == Field("date", f"{last:%Y-%m}-01..{last:%Y-%m-%d}")
