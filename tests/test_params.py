"""The address of a page is its whole state."""

import pytest

from search.query import Choice
from web.params import State, query_params, read_state


def state_of(query: str) -> State:
    pairs = [part.split("=", 1) for part in query.split("&") if part]
    return read_state((name, value) for name, value in pairs)


def test_address_spells_parameters_in_one_order_whatever_came_first() -> None:
    assert state_of("kind=event&q=port&from=2023").at("/") == "/?q=port&from=2023&kind=event"


def test_empty_parameters_leave_the_address() -> None:
    assert state_of("q=&from=&pair=JP-RU").at("/") == "/?pair=JP-RU"


def test_repeated_value_stands_once() -> None:
    assert state_of("pair=JP-RU&pair=JP-RU").all("pair") == ("JP-RU",)


def test_polish_letters_survive_the_address() -> None:
    assert read_state([("q", "żółw & kaczka")]).at("/") == ("/?q=%C5%BC%C3%B3%C5%82w+%26+kaczka")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "pair=JP-RU"),
        ("pair=JP-RU", ""),
        ("pair=-JP-RU", ""),
        ("pair=CN-RU", "pair=CN-RU&pair=JP-RU"),
        ("pair=CN-RU&pair=JP-RU", "pair=CN-RU"),
        ("q=port&offset=20", "q=port&pair=JP-RU"),
    ],
)
def test_toggle_chooses_a_value_and_undoes_it(before: str, after: str) -> None:
    assert state_of(before).toggle("pair", "JP-RU") == state_of(after)


@pytest.mark.parametrize("before", ["", "pair=JP-RU", "pair=-JP-RU"])
def test_exclude_replaces_the_choice_of_a_value(before: str) -> None:
    assert state_of(before).exclude("pair", "JP-RU") == state_of("pair=-JP-RU")


def test_changed_order_begins_at_the_first_page() -> None:
    assert state_of("q=port&offset=20").put("sort", "date") == state_of("q=port&sort=date")


def test_changed_language_stays_on_the_page() -> None:
    changed = state_of("q=port&offset=20").put("lang", "en")
    assert changed == state_of("q=port&offset=20&lang=en")


def test_settled_state_spells_facets_as_the_query_understood_them() -> None:
    asked = state_of("q=port&pair=ru-jp&kind=wydarzenie&kind=-wniosek")
    settled = asked.settle(
        {"pair": Choice(("JP-RU",)), "kind": Choice(("event",), ("conclusion",))}
    )
    assert settled == state_of("q=port&pair=JP-RU&kind=event&kind=-conclusion")


def test_without_filters_keeps_words_order_and_language() -> None:
    narrowed = state_of("q=port&from=2023&pair=JP-RU&sort=date&offset=10&lang=en")
    assert narrowed.without_filters() == state_of("q=port&sort=date&lang=en")


def test_without_filters_loses_the_fields_typed_into_the_query() -> None:
    narrowed = read_state([("q", "port -kraj:UA (data:2031 OR stocznia)"), ("related", "RU")])
    assert narrowed.without_filters().items == (("q", "port (stocznia)"), ("related", "RU"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", "data:brak"),
        ("port", "port data:brak"),
        ("port data:brak", "port"),
        ("data:brak", ""),
        ("port OR stocznia", "(port OR stocznia) data:brak"),
    ],
)
def test_condition_joins_the_words_and_leaves_them(words: str, expected: str) -> None:
    assert read_state([("q", words)]).toggle_condition("data:brak").get("q") == expected


def test_query_parameters_leave_out_what_belongs_to_the_page() -> None:
    state = state_of("q=port&pair=JP-RU&pair=-CN-RU&lang=en&hit=3")
    assert query_params(state, ignore=("lang", "hit")) == {
        "q": ["port"],
        "pair": ["JP-RU", "-CN-RU"],
    }


def test_unknown_parameter_reaches_the_query_that_refuses_it() -> None:
    assert query_params(state_of("colour=red")) == {"colour": ["red"]}


def test_query_only_forgets_rank_and_marked_passage() -> None:
    assert state_of("q=port&hit=3&p=abc").query_only() == state_of("q=port")


def test_fragment_is_escaped() -> None:
    assert state_of("q=port").at("/d/x", 'a"b') == "/d/x?q=port#a%22b"
