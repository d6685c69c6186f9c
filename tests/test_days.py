"""Dates in words: as precise as they are known, in both languages."""

from datetime import date

import pytest

from corpus.document import DatePrecision, DateRange
from web.days import Badge, make_badge, name_briefly, name_limits, name_period, name_range
from web.languages import Language


def days(start: str, end: str = "") -> DateRange:
    return DateRange(date.fromisoformat(start), date.fromisoformat(end or start))


@pytest.mark.parametrize(
    ("dates", "precision", "expected"),
    [
        (days("2023-11-12"), "day", Badge("12", "lis 2023", "2023-11-12")),
        (
            days("2023-11-07", "2023-11-09"),
            "day",
            Badge("7–9", "lis 2023", "2023-11-07/2023-11-09"),
        ),
        (
            days("2023-09-28", "2023-10-02"),
            "day",
            Badge("28.09–2.10", "2023", "2023-09-28/2023-10-02", vague=True),
        ),
        (
            days("2023-12-30", "2024-01-02"),
            "day",
            Badge("30.12–2.01", "2023–2024", "2023-12-30/2024-01-02", vague=True),
        ),
        (
            days("2023-10-01", "2023-10-31"),
            "month",
            Badge("październik", "2023", "2023-10", vague=True),
        ),
        (days("2023-01-01", "2023-12-31"), "year", Badge("2023", "rok", "2023", vague=True)),
        (
            days("2023-04-01", "2023-06-30"),
            "month",
            Badge("kwi–cze", "2023", "2023-04/2023-06", vague=True),
        ),
        (None, "none", Badge("bez daty", vague=True)),
    ],
)
def test_badge_says_what_is_known(
    dates: DateRange | None, precision: DatePrecision, expected: Badge
) -> None:
    assert make_badge(dates, precision, "pl") == expected


@pytest.mark.parametrize(
    ("dates", "precision", "polish", "english"),
    [
        (days("2023-11-12"), "day", "12 listopada 2023", "12 November 2023"),
        (
            days("2023-11-07", "2023-11-09"),
            "day",
            "7–9 listopada 2023",
            "7–9 November 2023",
        ),
        (
            days("2023-09-28", "2023-10-02"),
            "day",
            "28 września – 2 października 2023",
            "28 September – 2 October 2023",
        ),
        (
            days("2023-12-30", "2024-01-02"),
            "day",
            "30 grudnia 2023 – 2 stycznia 2024",
            "30 December 2023 – 2 January 2024",
        ),
        (days("2023-10-01", "2023-10-31"), "month", "październik 2023", "October 2023"),
        (days("2023-01-01", "2023-12-31"), "year", "2023", "2023"),
        (None, "none", "bez daty", "no date"),
    ],
)
def test_range_in_full(
    dates: DateRange | None, precision: DatePrecision, polish: str, english: str
) -> None:
    actual = name_range(dates, precision, "pl"), name_range(dates, precision, "en")
    assert actual == (polish, english)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023", "2023"),
        ("2023-10", "październik 2023"),
        ("2023-10-05", "5 października 2023"),
        ("jesień 2023", "jesień 2023"),
        ("2023-13", "2023-13"),
        ("", ""),
    ],
)
def test_period_of_an_address_in_words(text: str, expected: str) -> None:
    assert name_period(text, "pl") == expected


@pytest.mark.parametrize(
    ("start", "end", "language", "expected"),
    [
        ("2023-04", "2023-12", "pl", "kwiecień 2023 – grudzień 2023"),
        ("2023-04", "2023-04", "pl", "kwiecień 2023"),
        ("2023-04", "", "pl", "od: kwiecień 2023"),
        ("", "2023", "en", "to: 2023"),
    ],
)
def test_limits_may_be_open(start: str, end: str, language: Language, expected: str) -> None:
    assert name_limits(start, end, language) == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2024", "2024"),
        ("2018-10", "paź 2018"),
        ("2023-10-25", "25 paź 2023"),
        ("2023-09/2023-10", "wrz–paź 2023"),
        ("2023-12/2024-01", "gru 2023 – sty 2024"),
        ("2018-09-28/2018-10-02", "28 wrz – 2 paź 2018"),
        ("2018/2019", "2018–2019"),
    ],
)
def test_publication_briefly(published: str, expected: str) -> None:
    assert name_briefly(published, "pl") == expected
