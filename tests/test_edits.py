"""Taking a field out of a query: the rest stays as it was typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.edits import cut_field, drop_fields, list_typed_fields, put_into
from search.parser import parse_query
from search.query import All, Word, list_fields


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("para:JP-RU", ""),
        ("rosja para:JP-RU", "rosja"),
        ("para:JP-RU   „wzajemne  uznawanie”", "„wzajemne  uznawanie”"),
        ("rosja -para:JP-RU umowa", "rosja umowa"),
        ("rosja NOT para:JP-RU", "rosja"),
        ("rosja AND NOT para:JP-RU AND umowa", "rosja AND umowa"),
        ("rosja AND para:JP-RU", "rosja"),
        ("para:JP-RU AND rosja", "rosja"),
        ("rosja OR para:JP-RU", "rosja"),
        ("rosja OR para:JP-RU umowa", "rosja OR umowa"),
        ("rosja OR para:JP-RU OR umowa", "rosja OR umowa"),
        ("rosja AND para:JP-RU OR umowa", "rosja OR umowa"),
        ("rosja OR para:JP-RU AND umowa", "rosja OR umowa"),
        ("rosja AND (para:JP-RU OR umowa)", "rosja AND (umowa)"),
        ("(umowa para:JP-RU) rosja", "(umowa) rosja"),
        ("rosja AND NOT (para:JP-RU)", "rosja"),
        ("((para:JP-RU)) rosja", "rosja"),
        ("rosja (para:JP-RU", "rosja"),
        ('aktor:"Lee Yang-gu" rosja', "rosja"),
        ('rosja aktor:"Lee Yang-gu', "rosja"),
        ("Moskwa: rozmowy data:2031", "Moskwa: rozmowy"),
        ("ro\u200bpara:JP-RU rosja", "ro\u200b rosja"),
    ],
)
def test_a_field_goes_with_what_would_be_left_hanging(text: str, expected: str) -> None:
    [field] = list_typed_fields(text)
    assert cut_field(text, field) == expected


def test_of_several_fields_the_one_meant_goes() -> None:
    text = "kraj:KR para:JP-RU kraj:KR"
    fields = list_typed_fields(text)
    assert [(f.field, f.value, f.written) for f in fields] == [
        ("country", "KR", "KR"),
        ("pair", "JP-RU", "JP-RU"),
        ("country", "KR", "KR"),
    ]
    assert [cut_field(text, field) for field in fields] == [
        "para:JP-RU kraj:KR",
        "kraj:KR kraj:KR",
        "kraj:KR para:JP-RU",
    ]


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("-kraj:KR", [True]),
        ("NOT (rosja kraj:KR) kraj:JP", [True, False]),
        ("-(rosja -kraj:KR)", [False]),
        ("+kraj:KR", [False]),
    ],
)
def test_a_field_within_what_is_excluded_is_excluded(text: str, excluded: list[bool]) -> None:
    assert [field.excluded for field in list_typed_fields(text)] == excluded


def test_a_field_that_makes_no_sense_is_none() -> None:
    assert list_typed_fields("data:2031-13 nic:x rosja") == ()


@pytest.mark.parametrize(
    ("asked", "word", "offer", "expected"),
    [
        ("rakiety KRLD data:2023", "KRLD", '="KRLD"', 'rakiety ="KRLD" data:2023'),
        ("kraj:japonia Japonia", "Japonia", '"Japonia"', 'kraj:japonia "Japonia"'),
        ("kraj:japonia japonia", "japonia", '"japonia"', 'kraj:japonia "japonia"'),
        (
            "„Korea Północna” port",
            "Korea Północna",
            '"Korea Północna"~1',
            '"Korea Północna"~1 port',
        ),
        ('"prezydnt mówi"', "prezydnt", '="prezydnt"', '="prezydnt mówi"'),
        ('"prezydnt mówi"', "prezydnt", "prezydent", '"prezydent mówi"'),
        ('"prezydnt mówi', "prezydnt", "prezydent", '"prezydent mówi'),
        ("a~ -b~2, c", "b~2", "b", "a~ -b, c"),
        ("port portu port", "port", "x", "x portu x"),
        ("rosja", "inne", "słowo", "słowo"),
        ("rosja", "rosja", "", ""),
    ],
)
def test_an_offer_stands_where_its_word_stood(
    asked: str, word: str, offer: str, expected: str
) -> None:
    assert put_into(asked, word, offer) == expected


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["rosja", "AND", "OR", "NOT", "-", "(", ")", '"', "kraj:KR", 'aktor:"A B"', "data:2031"]
        ),
        max_size=12,
    ).map(" ".join)
)
def test_without_its_fields_a_query_asks_for_words_alone(text: str) -> None:
    root = parse_query(drop_fields(text)).root
    assert list(list_fields(root)) == []
    if "kraj" not in text and "aktor" not in text and "data" not in text:
        assert drop_fields(text) == text


def test_no_field_is_left_of_fields_alone() -> None:
    assert parse_query(drop_fields("kraj:KR OR -(para:JP-RU AND data:brak)")).root == All()
    assert parse_query(drop_fields("kraj:KR OR rosja")).root == Word("rosja")
