"""Dates before events, in lines and in queries."""

from datetime import date

import pytest

from corpus.dates.grammar import (
    find_dates,
    find_event_date,
    find_head,
    parse_period,
)
from corpus.dates.mentions import find_mentions
from corpus.dates.points import BadDate, Period
from corpus.document import DateRange


def days(start: str, end: str = "") -> DateRange:
    return DateRange(date.fromisoformat(start), date.fromisoformat(end or start))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 marca: wizyta w Tiranie.", days("2021-03-05")),
        (" 5 marca: wizyta w Tiranie.", days("2021-03-05")),
        ("12.05.24: wizyta w Tiranie.", days("2024-05-12")),
        ("12–14.05.89 r. – wizyta.", days("1989-05-12", "1989-05-14")),
        ("druga połowa lutego 2024: targi.", days("2024-02-16", "2024-02-29")),
        ("W I poł. maja: targi.", days("2021-05-01", "2021-05-15")),
        ("01.03.2022 Rząd Albanii podał się do dymisji.", days("2022-03-01")),
        ("1 październik: otwarto wystawę.", days("2021-10-01")),
        ("7-9 pażdziernika: szczyt.", days("2021-10-07", "2021-10-09")),
        ("4 paźdiernika: rozmowy.", days("2021-10-04")),
        ("26 październka: rozmowy.", days("2021-10-26")),
        ("3 wrzesnia: rozmowy.", days("2021-09-03")),
        ("17 sierpina: rozmowy.", days("2021-08-17")),
        ("6 i 8 maja: rozmowy.", days("2021-05-06", "2021-05-08")),
        ("30 września – 2 października: targi.", days("2021-09-30", "2021-10-02")),
        ("12 maja 2024 r. – minister podpisał umowę.", days("2024-05-12")),
        ("12 maja 2024 r. – 3 państwa podpisały umowę.", days("2024-05-12")),
        ("05.03.2019: rozmowy.", days("2019-03-05")),
        ("05-07.03.2019: rozmowy.", days("2019-03-05", "2019-03-07")),
        ("28 XII 2018 – 3 I 2019: przerwa w obradach.", days("2018-12-28", "2019-01-03")),
        ("28 grudnia – 3 stycznia: przerwa w obradach.", days("2020-12-28", "2021-01-03")),
        ("2019-03-05: rozmowy.", days("2019-03-05")),
        ("luty: rozmowy.", days("2021-02-01", "2021-02-28")),
        ("Maj: rozmowy.", days("2021-05-01", "2021-05-31")),
        ("koniec maja: rozmowy.", days("2021-05-01", "2021-05-31")),
        ("do 20 maja: rozmowy.", days("2021-05-20")),
        ("w nocy z 12 na 13 maja: ostrzał.", days("2021-05-12", "2021-05-13")),
        ("5 i 6 maja – rozmowy.", days("2021-05-05", "2021-05-06")),
        ("5.–7. maja: rozmowy.", days("2021-05-05", "2021-05-07")),
        ("3-go maja: rozmowy.", days("2021-05-03")),
        ("2.03. – rozmowy.", days("2021-03-02")),
        ("02.03 – rozmowy.", days("2021-03-02")),
        ("7.03.–9.03. – rozmowy.", days("2021-03-07", "2021-03-09")),
        ("18 maja ok. godz. 14: rozmowy.", days("2021-05-18")),
        ("03.03.2022, godz. 12:30 – rozmowy.", days("2022-03-03")),
        ("5 maja, Nowy Sad: rozmowy.", days("2021-05-05")),
        ("5 maja (Praga) – rozmowy.", days("2021-05-05")),
        ("5 maja; rozmowy.", days("2021-05-05")),
        ("5 maja | rozmowy.", days("2021-05-05")),
        ("5 maja\trozmowy.", days("2021-05-05")),
        ("• 5 maja: rozmowy.", days("2021-05-05")),
        ("\uf0b7 5 maja: rozmowy.", days("2021-05-05")),
        ("2. 5 maja: rozmowy.", days("2021-05-05")),
        ("3. 11-12 maja: rozmowy.", days("2021-05-11", "2021-05-12")),
        ("Data: 5 maja 2023 r. – rozmowy.", days("2023-05-05")),
    ],
)
def test_event_date_is_read(text: str, expected: DateRange) -> None:
    found = find_event_date(text)
    assert found is not None
    period = found.resolve(2021)
    assert period is not None
    assert period.dates == expected


@pytest.mark.parametrize(
    "text",
    [
        "64 państwach.",
        "3 państwa: Litwa, Łotwa i Estonia.",
        "5 marca odbyły się rozmowy w Tiranie.",
        "12.05.24.7: adres sieciowy",
        "3.5.24: numer rozdziału",
        "01.03.2022 Tirana, Albania.",
        "01.03.2022 Rząd Albanii podał się do dymisji i",
        "01.03.2022 rząd Albanii podał się do dymisji.",
        "1. Albania wyraziła nadzieję: to dobry znak.",
        "2+2: format rozmów",
        "Minister: 5 marca będzie dniem próby.",
        "20 mln: tyle kosztował most.",
        "",
    ],
)
def test_other_beginnings_are_not_event_dates(text: str) -> None:
    assert find_event_date(text) is None


def test_event_date_ends_where_the_event_begins() -> None:
    text = "12 maja 2024 r. – minister podpisał umowę."
    found = find_event_date(text)
    assert found is not None
    assert text[found.end :] == "minister podpisał umowę."


def test_event_date_without_a_year_stays_open() -> None:
    found = find_event_date("5 marca: wizyta.")
    assert found is not None
    assert found.resolve() is None


def test_an_impossible_event_date_says_so() -> None:
    found = find_event_date("31 września: wizyta.")
    assert found is not None
    with pytest.raises(BadDate, match="There is no day 2021-09-31"):
        found.resolve(2021)


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("2018-10-05", days("2018-10-05"), "day"),
        ("2018-10", days("2018-10-01", "2018-10-31"), "month"),
        ("2018", days("2018-01-01", "2018-12-31"), "year"),
        ("2018 r.", days("2018-01-01", "2018-12-31"), "year"),
        ("2018–2020", days("2018-01-01", "2020-12-31"), "year"),
        ("2018-10-05..2018-10-12", days("2018-10-05", "2018-10-12"), "day"),
        ("2018-10..2019", days("2018-10-01", "2019-12-31"), "year"),
        ("październik 2018", days("2018-10-01", "2018-10-31"), "month"),
        ("Październiku  2018", days("2018-10-01", "2018-10-31"), "month"),
        ("5 października 2018", days("2018-10-05"), "day"),
        ("5–12 października 2018 r.", days("2018-10-05", "2018-10-12"), "day"),
        ("listopad – grudzień 2018", days("2018-11-01", "2018-12-31"), "month"),
        ("5.10.2018", days("2018-10-05"), "day"),
        ("10.2018", days("2018-10-01", "2018-10-31"), "month"),
        ("X 2018", days("2018-10-01", "2018-10-31"), "month"),
        ("jesień 2018", days("2018-09-01", "2018-11-30"), "month"),
        ("zima 2018", days("2018-12-01", "2019-02-28"), "month"),
        ("I kw. 2024", days("2024-01-01", "2024-03-31"), "month"),
        ("4 kwartał 2024", days("2024-10-01", "2024-12-31"), "month"),
        ("Q2 2024", days("2024-04-01", "2024-06-30"), "month"),
        ("II półrocze 2024", days("2024-07-01", "2024-12-31"), "month"),
    ],
)
def test_period_is_read(text: str, expected: DateRange, precision: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert (period.dates, period.precision) == (expected, precision)


@pytest.mark.parametrize("text", ["", "rozmowy", "20181005", "18", "5", "..", "X", "2018 rozmowy"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2018-02-31", "There is no day 2018-02-31."),
        ("31 września 2018", "There is no day 2018-09-31."),
        ("2018-13", "There is no month 2018-13."),
        ("0000", "There is no day 0000-01-01."),
        ("2018-10-12..2018-10-05", "The period 2018-10-12..2018-10-05 ends before it starts."),
        ("październik", "The date “październik” has no year."),
        ("III półrocze 2024", "A year has no such part as “III półrocze 2024”."),
        ("Q3–Q2 2024", "The period Q3–Q2 2024 ends before it starts."),
        ("zima 9999", "There is no day 10000-02-01."),
    ],
)
def test_impossible_period_says_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(BadDate) as raised:
        parse_period(text)
    assert str(raised.value) == message


def test_dates_inside_a_line_need_a_year_and_a_month() -> None:
    text = "Nr 7 (2024), Gdynia, 12 lutego 2024 r., po szczycie 5 marca i w latach 2017–2021"
    assert [period.dates for period in find_dates(text)] == [days("2024-02-12")]


def test_the_number_of_an_issue_is_no_day() -> None:
    assert [period.dates for period in find_dates("Nr 3, 4 maja 2024")] == [days("2024-05-04")]


TODAY = date(2024, 3, 15)


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("30 września – 2 października 2018", days("2018-09-30", "2018-10-02"), "day"),
        ("28 XII 2018 – 3 I 2019", days("2018-12-28", "2019-01-03"), "day"),
        ("28.12–3.01.2019", days("2018-12-28", "2019-01-03"), "day"),
        ("28.XII.2018", days("2018-12-28"), "day"),
        ("28. 12. 2018 r.", days("2018-12-28"), "day"),
        ("V–VI 2023", days("2023-05-01", "2023-06-30"), "month"),
        ("5, 7 i 9 maja 2023", days("2023-05-05", "2023-05-09"), "day"),
        ("28/29 maja 2023", days("2023-05-28", "2023-05-29"), "day"),
        ("od 5 do 12 maja 2023", days("2023-05-05", "2023-05-12"), "day"),
        ("w dniach 5-12 maja 2023", days("2023-05-05", "2023-05-12"), "day"),
        ("na przełomie maja i czerwca 2023", days("2023-05-01", "2023-06-30"), "month"),
        ("w połowie maja 2023", days("2023-05-01", "2023-05-31"), "month"),
        ("niedziela, 5 maja 2024", days("2024-05-05"), "day"),
        ("5 maja 2024 r. (niedziela)", days("2024-05-05"), "day"),
        ("II kwartał 2023", days("2023-04-01", "2023-06-30"), "month"),
        ("drugi kwartał 2023 r.", days("2023-04-01", "2023-06-30"), "month"),
        ("I–II kwartał 2023", days("2023-01-01", "2023-06-30"), "month"),
        ("w pierwszej połowie 2023", days("2023-01-01", "2023-06-30"), "month"),
        ("zima 2022/23", days("2022-12-01", "2023-02-28"), "month"),
        ("jesienią 2023", days("2023-09-01", "2023-11-30"), "month"),
        ("Q1–Q2 2023", days("2023-01-01", "2023-06-30"), "month"),
        ("I–II kw. 2023", days("2023-01-01", "2023-06-30"), "month"),
        ("wiosna–lato 2023", days("2023-03-01", "2023-08-31"), "month"),
        ("jesień i zima 2023", days("2023-09-01", "2024-02-29"), "month"),
        ("maj–czerwiec 2023", days("2023-05-01", "2023-06-30"), "month"),
        ("10/2018", days("2018-10-01", "2018-10-31"), "month"),
        ("koniec maja 2023", days("2023-05-01", "2023-05-31"), "month"),
        ("na przełomie września i października 2018 r.", days("2018-09-01", "2018-10-31"), "month"),
        ("w latach 2019–2021", days("2019-01-01", "2021-12-31"), "year"),
        ("w 2023 r.", days("2023-01-01", "2023-12-31"), "year"),
        ("paździrniku 2018", days("2018-10-01", "2018-10-31"), "month"),
        ("12 maja br.", days("2024-05-12"), "day"),
        ("maj br.", days("2024-05-01", "2024-05-31"), "month"),
        ("12 maja ub. r.", days("2023-05-12"), "day"),
        ("maj ub.r.", days("2023-05-01", "2023-05-31"), "month"),
        ("12 maja ubiegłego roku", days("2023-05-12"), "day"),
        ("II kwartał br.", days("2024-04-01", "2024-06-30"), "month"),
        ("br.", days("2024-01-01", "2024-12-31"), "year"),
        ("wczoraj", days("2024-03-14"), "day"),
        ("w zeszłym tygodniu", days("2024-03-04", "2024-03-10"), "day"),
        ("w zeszłym miesiącu", days("2024-02-01", "2024-02-29"), "month"),
        ("w ubiegłym kwartale", days("2023-10-01", "2023-12-31"), "month"),
        ("w przyszłym roku", days("2025-01-01", "2025-12-31"), "year"),
    ],
)
def test_period_is_read_on_a_day(text: str, expected: DateRange, precision: str) -> None:
    period = parse_period(text, TODAY)
    assert period is not None
    assert (period.dates, period.precision) == (expected, precision)


def test_relative_period_without_a_day_to_count_from_says_so() -> None:
    with pytest.raises(BadDate, match="is counted from a day that is not known here"):
        parse_period("w zeszłym miesiącu")


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("1.1. ONZ – Malta objęła przewodnictwo.", "ONZ"),
        ("2.6. UKRAINA/USA – prezydenci rozmawiali.", "UKRAINA/USA"),
        ("2.6. Malta/Cypr – prezydenci rozmawiali.", "Malta/Cypr"),
        ("05.03.2019 ROSJA, CHINY: rozmowy trwają.", "ROSJA, CHINY"),
        ("12 maja – MALTA: rozmowy trwają.", "MALTA"),
    ],
)
def test_head_sets_a_date_off(text: str, head: str) -> None:
    found = find_event_date(text)
    assert found is not None
    assert find_head(text, found.end) == head


@pytest.mark.parametrize(
    "text",
    ["1.1. Wstęp – zakres", "2.1. CELE", "3.14 – liczba", "13.1. A", "2.3 – cele", "Nr 10/2018"],
)
def test_numbers_of_sections_are_no_dates(text: str) -> None:
    assert find_event_date(text) is None


EVENT_DAY = Period(days("2018-10-05"), "day")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("targi potrwają 16-18 października w Rydze", [("16-18 października", "2018-10-16")]),
        ("rozmowy 3 stycznia w Rydze", [("3 stycznia", "2019-01-03")]),
        ("umowa z 5 maja 2017 r. wygasa", [("5 maja 2017 r.", "2017-05-05")]),
        ("12 maja i 5 czerwca 2017", [("12 maja", "2018-05-12"), ("5 czerwca 2017", "2017-06-05")]),
        ("W zeszłym miesiącu wzrosły", [("zeszłym miesiącu", "2018-09-01")]),
        ("wczoraj i jutro", [("wczoraj", "2018-10-04"), ("jutro", "2018-10-06")]),
        (
            "w latach 2004–2006 oraz w 2012 r.",
            [("2004–2006", "2004-01-01"), ("2012 r.", "2012-01")],
        ),
        ("w II kwartale 2017 r.", [("II kwartale 2017 r.", "2017-04-01")]),
        ("latem 2015", [("latem 2015", "2015-06-01")]),
        ("plan na lata 2019–2020", [("2019–2020", "2019-01-01")]),
        ("w Q1–Q2 2023", [("Q1–Q2 2023", "2023-01-01")]),
        (
            "na przełomie maja i czerwca 2018 r. w Rydze",
            [("maja i czerwca 2018 r.", "2018-05-01")],
        ),
        ("w nocy z 12 na 13 maja 2018 r.", [("12 na 13 maja 2018 r.", "2018-05-12")]),
        ("64 państwa, art. 5 ust. 3, Rada 5 się zebrała, 2004 osoby", []),
        ("Jan III 1683, maj był suchy, tego dnia", []),
    ],
)
def test_dates_inside_a_text_are_mentions(text: str, expected: list[tuple[str, str]]) -> None:
    found = find_mentions(text, EVENT_DAY)
    assert [text[mention.start : mention.end] for mention in found] == [
        said for said, _ in expected
    ]
    for mention, (_, start) in zip(found, expected, strict=True):
        assert mention.period.dates.start.isoformat().startswith(start)


def test_mentions_that_lean_on_an_unknown_day_are_left_out() -> None:
    assert find_mentions("Wczoraj, 5 maja, w zeszłym roku, 12 maja br.", None) == ()


def test_yesterday_needs_a_day_and_last_month_a_month_to_count_from() -> None:
    month, year = Period(days("2018-10-01", "2018-10-31"), "month"), parse_period("2018")
    text = "wczoraj, w zeszłym miesiącu, w zeszłym roku"
    assert [m.period.precision for m in find_mentions(text, month)] == ["month", "year"]
    assert [m.period.precision for m in find_mentions(text, year)] == ["year"]
