"""Dates: before an event, inside a line, in a user's query. One grammar for all three."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from corpus.dates.calendar import load_calendar
from corpus.dates.points import BadDate, Period, Span, order_days
from corpus.dates.relative import count_back, read_relative
from corpus.dates.spans import read_closing, read_opening, read_span
from corpus.document import DatePrecision
from corpus.sentences import find_sentence_end, has_finite_verb, is_closed

__all__ = [
    "BadDate",
    "EventDate",
    "Period",
    "Span",
    "find_bare_date",
    "find_dates",
    "find_event_date",
    "find_head",
    "parse_period",
    "read_whole_date",
]

EventDate = Span
"""The date that an event begins with: `text[:end]`, separator and spaces included."""

_AFTER_DATE = re.compile(r"\s*[:|]\s*|\s*;\s+|\t\s*|\s+[-–—]\s+")  # a tab: a cell's end
_EVENT_OPENING = re.compile(
    r"\s*(?:[^\w\s(\[„]\s+|\d{1,2}[.)]\s+(?=\d{1,2}(?:\s?[-–—]\s?\d{1,2})?\s[^\W\d]{3}))?(?:do\s+)?",
    re.IGNORECASE,
)
# What may stand between a date and its colon: "ok. godz. 14", "godz. 12:30", ", Kijów", "(Kijów)".
_TIME = re.compile(
    r",?\s*(?:(?:ok\.|około|o)\s*)?(?:godz(?:\.|inie)\s*\d{1,2}(?:[.:]\d\d)?|\d{1,2}[.:]\d\d)"
    r"(?=\s*:|\s+[-–—]\s)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:,\s*|\s*\()[A-ZĄĆĘŁŃÓŚŹŻ][^\s,:;()]*(?:[ /-][A-ZĄĆĘŁŃÓŚŹŻ][^\s,:;()]*){0,3}\)?"
    r"(?=\s*:|\s+[-–—]\s)"
)
# "2.03 –" and "02.10. –" are days of months, "2.3 –" and "2.10 –" more likely numbers of sections.
_PADDED = re.compile(r"0\d\.\d\d|\d{1,2}\.0[1-9]|\d{1,2}\.1[0-2]\.")
# "UKRAINA/USA – …": in capitals, or names joined by a slash.
_HEAD = re.compile(
    r"(?P<head>[^\W\d_a-ząćęłńóśźż][^\n:;]{0,100}?)(?:\s*:|\s+[-–—])\s+(?=.*[a-ząćęłńóśźż])"
)
_BEFORE_SENTENCE = re.compile(r"\d{1,2}\.\d{2}\.\d{4}\s+(?=[„\"]?[A-ZĄĆĘŁŃÓŚŹŻ])")
_LINE_END = re.compile(r"\s*:?\s*")
_NUMERAL_BEFORE_YEAR = re.compile(r"[IVX]+\.?\s+\d{4}")
_WORD = re.compile(r"[^\W\d_]+")
# "na przełomie września i października" is one period, whose parts are not two dates.
_TURN = re.compile(r"przełom\w{0,2}\s+$")
# "Nr 3, 4 maja" is one day.
_NUMBER_SIGN = re.compile(r"(?:\b(?:nr|numer|no|vol|tom|zeszyt)\.?|#)\s?$", re.IGNORECASE)
_MAX_BEFORE_CHARS = 12


def find_event_date(text: str) -> EventDate | None:
    """Give the date with which a text begins, when a colon, a dash or a head sets it off.

    >>> found = find_event_date("7-9 pażdziernika: szczyt w Tbilisi.")
    >>> found.resolve(2018).dates.end
    datetime.date(2018, 10, 9)
    """
    opening = _EVENT_OPENING.match(text)
    at = read_opening(text, opening.end() if opening else 0)
    if load_calendar().trigger.match(text, at) is None:
        return None
    found = _read_event_date(text, at, loose=False)
    if found is None and text[at].isdigit():
        found = _read_event_date(text, at, loose=True) or _read_date_of_sentence(text, at)
    return found


def find_head(text: str, at: int) -> str:
    """Give the countries or organisations that an event is set under, without their dash.

    >>> find_head("2.6. UKRAINA/USA – prezydenci rozmawiali w Kijowie.", 5)
    'UKRAINA/USA'
    """
    found = _HEAD.match(text, at)
    head = found["head"].strip() if found else ""
    letters = [char for char in head if char.isalpha()]
    in_capitals = len(letters) > 1 and head.isupper()
    joined = re.fullmatch(
        r"[A-ZĄĆĘŁŃÓŚŹŻ][^\s/]*(?:\s[A-ZĄĆĘŁŃÓŚŹŻ][^\s/]*)?(?:/[^/]{2,30})+", head
    )
    return head if in_capitals or joined else ""


def read_whole_date(text: str) -> Span | None:
    """Give the date that a line is, when it is nothing else; its weekday may stand beside it.

    >>> read_whole_date("Niedziela, 12 maja 2024 r.").first.day
    12
    """
    try:
        span = read_span(text, read_opening(text, 0))
    except BadDate:
        return None
    if span is None or span.last.month is None:
        return None
    end = _LINE_END.match(text, read_closing(text, span.end))
    return span if end and end.end() == len(text) else None


def find_dates(text: str) -> tuple[Period, ...]:
    """Give the days and months with a year that are written anywhere in a text, in order."""
    found: list[Period] = []
    for _, span in find_spans(text, lists=True):
        if span.last.year is not None and span.last.month is not None:
            try:
                period = span.resolve()
            except BadDate:
                continue
            if period is not None:
                found.append(period)
    return tuple(found)


def parse_period(text: str, today: date | None = None) -> Period | None:
    """Read a date as a user types it; None when the text is no date at all.

    `today` is what "w zeszłym miesiącu" and "br." are counted from.

    Raises: BadDate.

    >>> parse_period("jesień 2018").dates.start
    datetime.date(2018, 9, 1)
    """
    text = " ".join(text.split())
    calendar = load_calendar()
    if today is not None and text.lower().rstrip(".") in calendar.years_ago:
        return count_back(today, calendar.years_ago[text.lower().rstrip(".")], "year")
    start_text, dots, end_text = text.partition("..")
    if dots:
        start, end = parse_period(start_text, today), parse_period(end_text, today)
        if start is None or end is None:
            return None
        return Period(
            order_days(start.dates.start, end.dates.end, text),
            _coarser(start.precision, end.precision),
        )
    opening = read_opening(text, 0)
    if relative := read_relative(text, opening):
        ago, unit, at = relative
        if at == len(text):
            if today is None:
                raise BadDate(f"“{text}” is counted from a day that is not known here.")
            return count_back(today, ago, unit)
    span = read_span(text, opening, bare_years=True)
    if span is None or read_closing(text, span.end) != len(text):
        return None
    if span.last.year is None and span.last.years_ago is not None and today is not None:
        return span.resolve(today.year - span.last.years_ago)
    period = span.resolve()
    if period is None:
        raise BadDate(f"The date “{text}” has no year.")
    return period


def _read_event_date(text: str, at: int, *, loose: bool) -> EventDate | None:
    try:
        span = read_span(text, at, loose=loose)
    except BadDate:
        return None
    if span is None or span.last.month is None:
        return None
    end = read_closing(text, span.end)
    for pattern in (_TIME, _PLACE):
        further = pattern.match(text, end)
        end = further.end() if further else end
    named = span.last.year is not None or _WORD.search(text, at, span.end) is not None
    after = _AFTER_DATE.match(text, end) if named or not loose else None
    if after is None:
        # "2.6. UKRAINA/USA – …": what follows the date sets it off.
        begin = end + len(text[end : end + 3]) - len(text[end : end + 3].lstrip(" –—-"))
        spaced = begin > end and text[end:begin].strip(" ") in ("", "-", "–", "—")
        return replace(span, end=begin) if spaced and find_head(text, begin) else None
    last = span.last
    by_dash = after[0].strip() in ("-", "–", "—")
    told = named or last.day is None or _PADDED.match(text, at)
    return None if by_dash and not told else replace(span, end=after.end())


def _read_date_of_sentence(text: str, at: int) -> EventDate | None:
    """Read a whole date in digits before what begins a sentence: "01.03.2022 Rząd ustąpił."."""
    found = _BEFORE_SENTENCE.match(text, at)
    if found is None or not has_finite_verb(
        text[found.end() : find_sentence_end(text, found.end())]
    ):
        return None
    try:
        span = read_span(text, at, lists=False)
    except BadDate:
        return None
    return replace(span, end=found.end()) if span and is_closed(text) else None


def find_bare_date(text: str) -> EventDate | None:
    """Give the day with which a text begins, whatever comes after it."""
    opening = _EVENT_OPENING.match(text)
    at = read_opening(text, opening.end() if opening else 0)
    try:
        span = read_span(text, at, lists=False)
    except BadDate:
        return None
    if span is None or span.last.month is None or span.last.day is None:
        return None
    end = read_closing(text, span.end)
    begin = end + len(text[end:]) - len(text[end:].lstrip(" ,.–—-"))
    return replace(span, end=begin) if end < begin < len(text) else None


def find_spans(text: str, *, lists: bool) -> Iterator[tuple[int, Span]]:
    """Give the dates anywhere in a text, with a month or more, each with its start."""
    at = 0
    for start in load_calendar().trigger.finditer(text):
        if start.start() < at or text[start.start() - 1 : start.start()] in (".", ",", "/", "-"):
            continue
        nearby = max(0, start.start() - _MAX_BEFORE_CHARS)
        if _NUMBER_SIGN.search(text, nearby, start.start()):
            continue
        turn = _TURN.search(text, nearby, start.start())
        try:
            span = read_span(text, start.start(), lists=lists or turn is not None)
        except BadDate:
            continue
        # "Jan III 1683": a numeral before a year is a month only where nothing else can be.
        if not lists and _NUMERAL_BEFORE_YEAR.match(text, start.start()):
            continue
        if span is not None:
            if span.last.month is not None:
                yield start.start(), span
            at = span.end


def _coarser(first: DatePrecision, second: DatePrecision) -> DatePrecision:
    order: tuple[DatePrecision, ...] = ("day", "month", "year")
    return max(first, second, key=order.index)
