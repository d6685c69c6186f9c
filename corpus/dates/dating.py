"""When events happened and when a document was published, and how that is known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.dates.grammar import EventDate, find_dates
from corpus.dates.mentions import find_mentions
from corpus.dates.points import BadDate, Period, month_range
from corpus.dates.years import vote_year, year_before, year_of_event
from corpus.document import DateMention, DateRange, PublishedFrom
from corpus.layout.headings import is_imprint
from corpus.layout.paragraphs import Layout
from corpus.metadata import Metadata
from corpus.passages.drafts import Draft, Outline, Title
from corpus.reading import Reading

_MAX_DELAY = timedelta(days=180)  # from the last event to the day on which a file was written
_YEAR = re.compile(r"(?<!\d)(?:19[89]|20\d)\d(?!\d)")


@dataclass(frozen=True, slots=True)
class DatedEvents:
    """The period of each passage, where it has one; `year_from` says where years came from."""

    periods: tuple[Period | None, ...]
    year_from: PublishedFrom
    notes: tuple[str, ...] = ()

    @property
    def months(self) -> DateRange | None:
        """Give the whole months that the events span."""
        dates = [period.dates for period in self.periods if period]
        if not dates:
            return None
        start, end = min(d.start for d in dates), max(d.end for d in dates)
        return DateRange(
            month_range(start.year, start.month).start, month_range(end.year, end.month).end
        )


@dataclass(frozen=True, slots=True)
class Publication:
    """When a document was published, as far as known, and where that was found."""

    dates: DateRange | None
    found_in: PublishedFrom


def date_events(
    events: Sequence[EventDate | None],
    urls: Sequence[Sequence[str]],
    *,
    published: DateRange | None,
    saved: date | None = None,
    headings: Sequence[str],
) -> DatedEvents:
    """Give each passage the days of its event date.

    Years that the dates leave out come from the document's date of publication, else from
    its title and headings, else from its own sources, else from the day on which its file
    was saved; without any, the events stay undated.
    """
    dated = [event for event in events if event is not None]
    year: int | None = None
    year_from: PublishedFrom = "text" if any(event.year for event in dated) else "none"
    if published is None and any(event.year is None for event in dated):
        year = _find_year(headings)
        year_from = "text"
        if year is None or (saved is not None and year > saved.year):
            pairs = zip(events, urls, strict=True)
            year = vote_year([(event, own) for event, own in pairs if event is not None])
            year_from = "links" if year is not None else "none"
        if year is None and saved is not None:
            published, year_from = DateRange(saved, saved), "metadata"
    periods: list[Period | None] = []
    notes: list[str] = []
    for event in events:
        period = None
        if event is not None:
            try:
                period = event.resolve(_choose_year(event, published, year, dated))
            except BadDate as err:
                notes.append(str(err))
        periods.append(period)
    return DatedEvents(tuple(periods), year_from, tuple(notes))


def believe_saved(saved: date | None, layout: Layout) -> date | None:
    """Give the day on which a file was saved, unless it was copied or printed years later.

    A text that speaks of years speaks of the one it was written in, or the one before.
    """
    years = {int(year) for block in layout.blocks for year in _YEAR.findall(block.text)}
    if saved is None or (years and years.isdisjoint((saved.year, saved.year - 1))):
        return None
    return saved


def find_publication(
    metadata: Metadata,
    reading: Reading,
    outline: Outline,
    layout: Layout,
    dated: DatedEvents,
    saved: date | None,
) -> Publication:
    """Give a document's date of publication from the first place that has one.

    The day on which its file was saved is none if its events happened long before.
    """
    if metadata.published is not None:
        return Publication(metadata.published, "sidecar")
    if reading.published is not None:
        return Publication(DateRange(reading.published, reading.published), "metadata")
    written = _find_written_date(outline, layout)
    if written is not None:
        return Publication(written, "text")
    months = dated.months
    if saved is not None and (not months or months.start <= saved <= months.end + _MAX_DELAY):
        return Publication(DateRange(saved, saved), "metadata")
    return Publication(months, dated.year_from if months else "none")


def mention_dates(text: str, start: int, reference: Period | None) -> tuple[DateMention, ...]:
    """Give the dates that a passage speaks of after its own, which ends at `start`."""
    return tuple(
        DateMention(start + m.start, start + m.end, m.period.dates, m.period.precision)
        for m in find_mentions(text[start:], reference)
    )


def _choose_year(
    event: EventDate,
    published: DateRange | None,
    year: int | None,
    events: Sequence[EventDate],
) -> int | None:
    if published is not None:
        return year_before(event, published)
    return None if year is None else year_of_event(event, year, events)


def _find_year(headings: Sequence[str]) -> int | None:
    """Give the first year of the title and headings, if they do not name several."""
    years = [int(found) for heading in headings for found in _YEAR.findall(heading)]
    return min(years) if years and max(years) - min(years) <= 1 else None


def _find_written_date(outline: Outline, layout: Layout) -> DateRange | None:
    """Give a date in the title, the imprint or a running head: a day rather than a month."""
    titles = [item.text for item in outline if isinstance(item, Title) and item.level == 1]
    imprints = [
        block.text
        for item in outline
        if isinstance(item, Draft) and item.kind == "note"
        for block in item.blocks
        if is_imprint(block)
    ]
    heads = [item.text for item in layout.furniture if item.kind == "running_head"]
    found = [period for text in (*imprints, *titles, *heads) for period in find_dates(text)]
    days = [period for period in found if period.precision == "day"]
    return (days or found)[0].dates if found else None
