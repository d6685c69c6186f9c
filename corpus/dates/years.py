"""The year of events whose dates have none, from the addresses of their sources."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.dates.grammar import EventDate
from corpus.dates.points import Point
from corpus.document import DateRange
from corpus.sources.urls import read_url

_FULL_DATE_VOTES = 3.0
_YEAR_VOTES = 1.0
_MAX_DELAY_DAYS = 90
_TURN_OF_YEAR = (11, 2)
_HALF_A_YEAR = 6


def vote_year(
    events: Sequence[tuple[EventDate, Sequence[str]]], *, fewest: float = 0.0
) -> int | None:
    """Give the year that most addresses agree on, None when no majority does.

    A full date in an address is a page's day of publication: it votes for the year in
    which the event fell shortly before it. A bare year votes for itself, with less weight.
    All votes together weigh at least `fewest`.
    """
    turns = _turns_year([date for date, _ in events])
    votes: Counter[int] = Counter()
    weights: dict[int, float] = {}
    for event, urls in events:
        shift = turns and _is_after_turn(event)
        for url in urls:
            for year, weight in _read_votes(url, event):
                votes[year - shift] += 1
                weights[year - shift] = weights.get(year - shift, 0.0) + weight
    if not weights or sum(weights.values()) < fewest:
        return None
    best = max(weights, key=lambda year: (weights[year], votes[year]))
    return best if weights[best] > sum(weights.values()) / 2 else None


def lend_years(events: Sequence[EventDate | None]) -> tuple[EventDate | None, ...]:
    """Give events without a year the year nearest to the event before that has one."""
    known = next((event.last for event in events if event and event.year), None)
    lent: list[EventDate | None] = []
    for event in events:
        if event and known and known.year and event.year is None:
            year = nearest_year(event.last, known.year, known.month or 1)
            event = replace(event, last=replace(event.last, year=year, years_ago=None))
        if event and event.year:
            known = event.last
        lent.append(event)
    return tuple(lent)


def nearest_year(point: Point, year: int, month: int) -> int:
    """Give the year in which a point is nearest to a month of a year."""
    if point.years_ago is not None:
        return year - point.years_ago
    away = (point.month or 1) - month
    return year - (away > _HALF_A_YEAR) + (away < -_HALF_A_YEAR)


def year_of_event(event: EventDate, year: int, events: Sequence[EventDate]) -> int:
    """Give an event's year in a document of one year, or of a winter that begins in it."""
    if event.last.years_ago is not None:
        return year - event.last.years_ago
    return year + (_turns_year(events) and _is_after_turn(event))


def year_before(event: EventDate, published: DateRange) -> int:
    """Give the year in which an event fell, not later than its document was published."""
    month = event.last.month or 1
    day = event.last.day or 1
    end = published.end
    if event.last.years_ago is not None:
        return end.year - event.last.years_ago
    return end.year - ((month, day) > (end.month, end.day))


def _read_votes(url: str, event: EventDate) -> list[tuple[int, float]]:
    evidence = read_url(url)
    if evidence.days:
        years = {_year_near(day, event) for day in evidence.days}
        found = [year for year in years if year is not None]
        if found:
            return [(max(found), _FULL_DATE_VOTES)]
    return [(year, _YEAR_VOTES) for year in dict.fromkeys(evidence.years)]


def _year_near(published: date, event: EventDate) -> int | None:
    """Give the year that puts an event at most a season before a page about it."""
    month = event.last.month or 1
    day = min(event.last.day or 1, 28)
    for year in (published.year, published.year - 1):
        if -3 <= (published - date(year, month, day)).days <= _MAX_DELAY_DAYS:
            return year
    return None


def _turns_year(events: Sequence[EventDate]) -> bool:
    """Tell whether events of a document fall on both sides of a New Year."""
    late, early = _TURN_OF_YEAR
    months = {event.last.month or 0 for event in events}
    return (
        any(month >= late for month in months)
        and all(month >= late or month <= early for month in months)
        and any(month <= early for month in months)
    )


def _is_after_turn(event: EventDate) -> bool:
    return (event.last.month or 12) <= _TURN_OF_YEAR[1]
