"""Facets of the engine: counts, chosen values, months."""

import pytest
from small_monitor import ask, counts, facet, found

from search.whoosh_engine import WhooshEngine


@pytest.mark.parametrize("pair", ["JP-RU", "JP-UA", "BY-JP", "CN-KP"])
@pytest.mark.parametrize("text", ["", "rozmowa", "japonia OR japoński"])
def test_facet_count_is_what_a_filter_by_it_finds(
    small: WhooshEngine, text: str, pair: str
) -> None:
    counted = counts(ask(small, text), "pair").get(pair, 0)
    assert counted == ask(small, text, pair=pair).total


def test_facet_ignores_its_own_filter_and_obeys_the_others(small: WhooshEngine) -> None:
    results = ask(small, pair="JP-RU", kind="comment")
    assert counts(results, "pair") == {"BY-JP": 1, "JP-RU": 1}
    assert counts(results, "kind") == {"event": 1, "comment": 1}
    assert counts(results, "document") == {"monitor": 1}


def test_another_page_has_the_same_facets_and_other_filters_have_others(
    small: WhooshEngine,
) -> None:
    first, second = ask(small, "rozmowa", limit="1"), ask(small, "rozmowa", limit="1", offset="1")
    assert found(first) != found(second)
    assert all(a is b for a, b in zip(first.facets, second.facets, strict=True))
    assert first.documents == second.documents == 1
    narrowed = ask(small, "rozmowa", kind="comment")
    assert counts(narrowed, "pair") != counts(first, "pair")
    assert ask(small, "rozmowa", kind="lead").documents == 0


def test_facet_says_what_is_chosen_and_what_is_excluded(small: WhooshEngine) -> None:
    buckets = {b.value: b for b in facet(ask(small, pair=["JP-RU", "-CN-KP"]), "pair").buckets}
    assert (buckets["JP-RU"].selected, buckets["JP-RU"].excluded) == (True, False)
    assert (buckets["CN-KP"].selected, buckets["CN-KP"].excluded) == (False, True)


def test_facet_counts_passages_without_a_value(small: WhooshEngine) -> None:
    assert facet(ask(small), "pair").missing == 1


def test_chosen_value_without_hits_stays_to_be_taken_away(small: WhooshEngine) -> None:
    results = ask(small, "umowa", actor="nikt-taki")
    assert [(b.value, b.count, b.selected) for b in facet(results, "actor").buckets] == [
        ("nikt-taki", 0, True)
    ]
    assert "unknown_value" in [note.code for note in results.notes]


def test_actor_and_document_buckets_carry_their_names(small: WhooshEngine) -> None:
    results = ask(small)
    assert [b.label for b in facet(results, "actor").buckets] == ["Igor Morgulow"]
    assert [b.label for b in facet(results, "document").buckets] == ["Przegląd monitor"]


def test_histogram_counts_a_lasting_event_in_each_month_it_touches(small: WhooshEngine) -> None:
    dates = facet(ask(small), "date")
    assert [(b.value, b.count) for b in dates.buckets] == [
        ("2031-10", 3),
        ("2031-11", 1),
        ("2031-12", 1),
    ]
    assert (dates.missing, dates.interval) == (1, "month")


@pytest.mark.parametrize("month", ["2031-10", "2031-11", "2031-12"])
def test_month_bar_is_what_a_filter_by_it_finds(small: WhooshEngine, month: str) -> None:
    bars = counts(ask(small), "date")
    assert bars[month] == ask(small, from_=month, to=month).total


@pytest.mark.parametrize("text", ["aktor:nikt", "dokument:brakujący umowa"])
def test_value_that_no_passage_has_is_said(small: WhooshEngine, text: str) -> None:
    results = ask(small, text)
    assert results.total == 0
    assert "unknown_value" in [note.code for note in results.notes]
