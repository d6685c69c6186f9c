"""The engine on a small real index: what is found, in which order, marked how."""

import pytest
from small_monitor import ask, found

from search.errors import BadParameter, UnknownDocument, UnknownPassage
from search.request import build_query
from search.whoosh_engine import WhooshEngine


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [0, 1, 2, 4, 3]),
        ("japonia", [0, 1]),
        ("JAPONIA", [0, 1]),
        ("rozmowa", [0, 2, 4, 3]),
        ("rozmowa japonia", [0]),
        ("umowa OR ambasador", [1, 3]),
        ("rozmowa -japonia", [2, 4, 3]),
        ("NOT rozmowa", [1]),
        ("rozmowa AND (japonia OR ambasador)", [0, 3]),
        ("Morgulow", [3]),
        ("morgulowa", [3]),
        ("krld", [2]),
        ("Korea Północna", [2]),
        ('"Korea Północna"', [2]),
        ('="Korei Północnej"', [2]),
        ('"Morgulow"', [3]),
        ("bialorus", [4]),
        ("minsk", [4]),
        ('"wzajemne uznawanie"', [1]),
        ('"uznawanie wzajemne"', []),
        ('"rosja rybołówstwo"~6', [0]),
        ('"rosja rybołówstwo"~5', []),
        ('="rozmowie"', [3]),
        ('="Rozmowie"', []),
        ("morgul*", [3]),
        ("m?ńsk*", [4]),
        ("japoński", [4, 3]),
        ("rosyjsko-japoński", [4]),
        ("para:JP-RU", [0, 4]),
        ("para:JP-RU umowa", []),
        ("kraj:UA", [1]),
        ('aktor:"Igor Morgulow"', [3]),
        ("rodzaj:komentarz", [4]),
        ("data:2031-10-28..2031-11-05", [2]),
        ("data:2031-11", [2]),
        ("data:brak", [3]),
        ("źródło:agencja.example umowa", [1]),
        ("dział:czechy umowa", [1]),
        ("w rozmowach", [0, 2, 4, 3]),
    ],
)
def test_query_finds(small: WhooshEngine, text: str, expected: list[int]) -> None:
    assert found(ask(small, text)) == expected


def test_total_counts_hits_beyond_the_page(small: WhooshEngine) -> None:
    results = ask(small, "rozmowa", limit="1", offset="1")
    assert (results.total, found(results)) == (4, [2])


def test_offset_past_the_end_is_an_empty_page(small: WhooshEngine) -> None:
    results = ask(small, "rozmowa", offset="1000")
    assert (results.total, found(results)) == (4, [])


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"pair": "JP-RU"}, [0, 4]),
        ({"pair": ["JP-RU", "JP-UA"]}, [0, 1, 4]),
        ({"pair": ["JP-RU", "-BY-JP"]}, [0]),
        ({"pair": "-JP-RU"}, [1, 2, 3]),
        ({"pair": "JP-RU", "kind": "comment"}, [4]),
        ({"from_": "2031-10-05", "to": "2031-10-31"}, [1, 2]),
        ({"from_": "2031-11"}, [2, 4]),
        ({"to": "2031-10-04"}, [0]),
        ({"source": "www.agencja.example"}, [0, 1, 2, 4, 3]),
        ({"document": "innego-nie-ma"}, []),
    ],
)
def test_filters_narrow(
    small: WhooshEngine, params: dict[str, str | list[str]], expected: list[int]
) -> None:
    assert sorted(found(ask(small, **params))) == sorted(expected)


@pytest.mark.parametrize(
    ("sort", "expected"), [("date", [0, 1, 2, 4, 3]), ("-date", [4, 2, 1, 0, 3])]
)
def test_sort_by_date_puts_undated_passages_last(
    small: WhooshEngine, sort: str, expected: list[int]
) -> None:
    assert found(ask(small, sort=sort)) == expected


def test_rarer_word_and_headline_rank_higher(small: WhooshEngine) -> None:
    results = ask(small, "umowa OR rozmowy", sort="relevance")
    assert found(results)[0] == 1
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)


def test_partial_matches_when_nothing_has_every_word(small: WhooshEngine) -> None:
    results = ask(small, "umowa dyplom rozmowa")
    assert results.relaxed
    assert "relaxed" in [note.code for note in results.notes]
    assert found(results) == [1]


def test_partial_match_may_have_one_rare_word_instead_of_two_others(small: WhooshEngine) -> None:
    assert found(ask(small, "umowa dyplom ambasador")) == [1, 3]


def test_a_question_asks_for_its_other_words(small: WhooshEngine) -> None:
    results = ask(small, "Gdzie trwała wystawa?")
    assert (results.relaxed, found(results)) == (False, [4])


def test_fields_stay_in_force_when_words_are_relaxed(small: WhooshEngine) -> None:
    results = ask(small, "rozmowa dyplom para:JP-UA")
    assert (results.relaxed, found(results)) == (True, [1])


def test_one_unknown_word_is_not_relaxed_into_everything(small: WhooshEngine) -> None:
    results = ask(small, "łukaszenka")
    assert (results.total, results.relaxed) == (0, False)
    assert "unknown_word" in [note.code for note in results.notes]


def test_hit_marks_the_inflected_word_and_says_why(small: WhooshEngine) -> None:
    [hit] = ask(small, "morgulow").hits
    marked = [s.text[a:b] for s in hit.snippets for a, b in s.marks]
    assert marked == ["Morgulowem"]
    headline = [hit.passage.headline[a:b] for a, b in hit.headline_marks]
    assert headline == ["Morgulow"]
    [why] = hit.why
    assert (why.word, why.forms) == ("morgulow", ("Morgulow", "Morgulowem"))
    assert why.weight == pytest.approx(hit.score)


def test_hit_is_shown_again_as_long_as_is_asked(small: WhooshEngine) -> None:
    def shown(**size: str) -> list[str]:
        [hit] = ask(small, "prasa", **size).hits
        return [snippet.text for snippet in hit.snippets]

    assert shown() == ["O rozmowie z Morgulowem napisała prasa japońska."]
    assert shown(snippets="1", snippet_chars="40") == ["O rozmowie z Morgulowem napisała prasa"]


@pytest.mark.parametrize("size", [{"snippets": "0"}, {"snippets": "11"}, {"snippet_chars": "9"}])
def test_size_of_snippets_is_bounded(small: WhooshEngine, size: dict[str, str]) -> None:
    with pytest.raises(BadParameter):
        ask(small, "prasa", **size)


def test_alias_marks_the_whole_name(small: WhooshEngine) -> None:
    [hit] = ask(small, "krld").hits
    headline = [hit.passage.headline[a:b] for a, b in hit.headline_marks]
    assert headline == ["Korei Północnej"]


def test_scan_gives_everything_whatever_the_limit(small: WhooshEngine) -> None:
    query = build_query({"q": ["rozmowa"], "limit": ["1"], "sort": ["date"]})
    assert [passage.ordinal for passage, _ in small.scan(query)] == [0, 2, 4, 3]


def test_unknown_ids_are_refused(small: WhooshEngine) -> None:
    with pytest.raises(UnknownPassage):
        small.passage("nie-ma")
    with pytest.raises(UnknownDocument):
        small.document("nie-ma")


def test_two_hyphens_in_a_row_join_nothing(small: WhooshEngine) -> None:
    assert found(ask(small, "japońsko--rosyjskie")) == [4]
