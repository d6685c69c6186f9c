"""When events happened and when a document was published, and how that is known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.dates.grammar import EventDate, find_dates
from corpus.dates.mentions import find_mentions
from corpus.dates.points import BadDate, Period, month_range
from corpus.dates.years import lend_years, vote_year, year_before, year_of_event
from corpus.document import DateMention, DateRange, PublishedFrom
from corpus.layout.imprints import is_imprint
from corpus.layout.paragraphs import Layout
from corpus.metadata import Metadata
from corpus.passages.drafts import Draft, Outline, Title
from corpus.reading import Reading

# A file made later than this is a copy, one made earlier was begun from an old file.
_MAX_DAYS_AFTER = timedelta(days=183)
_MAX_DAYS_BEFORE = timedelta(days=31)
_FEW_VOTES = 3.0
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
    headings: Sequence[str],
    imprint: DateRange | None = None,
    saved: date | None = None,
) -> DatedEvents:
    """Give each passage the days of its event date.

    Years that the dates leave out come from what the metadata says of the publication, else
    from the title and headings, else from the imprint, else from the dates that name one,
    else from the sources, else from the day the file was `saved`, which may be that of a
    copy; without any, the events stay undated.
    """
    dated = [event for event in events if event is not None]
    year_from: PublishedFrom = "text" if any(event.year for event in dated) else "none"
    year: int | None = None
    if published is None and any(event.year is None for event in dated):
        year = _find_year(headings)
        if year is not None and saved is not None and year > saved.year:
            year = None
        if year is None and imprint is not None:
            published, year_from = imprint, "text"
        elif year is None and year_from == "text":
            events = lend_years(events)
        elif year is None:
            pairs = zip(events, urls, strict=True)
            year = vote_year(
                [(event, own) for event, own in pairs if event is not None],
                fewest=_FEW_VOTES if saved else 0.0,
            )
            year_from = "links" if year is not None else "none"
            if year is None and saved is not None:
                published, year_from = DateRange(saved, saved), "metadata"
        else:
            year_from = "text"
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

    What a page says of itself is believed if it is near the date written in the text, the
    day on which a file was `saved` also only near its last events.
    """
    if metadata.published is not None:
        return Publication(metadata.published, "sidecar")
    written, months = _find_written_date(outline, layout), dated.months
    for day, told in ((reading.published, written), (saved, written or months)):
        if day is not None and (told is None or _is_near(day, told)):
            return Publication(DateRange(day, day), "metadata")
    if written is not None:
        return Publication(written, "text")
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


def find_imprint_date(outline: Outline, layout: Layout) -> DateRange | None:
    """Give the date in the imprint or a running head: a day rather than a month."""
    imprints = [
        block.text
        for item in outline
        if isinstance(item, Draft) and item.kind == "note"
        for block in item.blocks
        if is_imprint(block.text)
    ]
    heads = [item.text for item in layout.furniture if item.kind == "running_head"]
    return _find_date([*imprints, *heads])


def _find_written_date(outline: Outline, layout: Layout) -> DateRange | None:
    """Give the date of the imprint, else that of the title: a day rather than a month."""
    titles = [item.text for item in outline if isinstance(item, Title) and item.level == 1]
    imprint, titled = find_imprint_date(outline, layout), _find_date(titles)
    return titled if titled and (imprint is None or _is_shorter(titled, imprint)) else imprint


def _find_date(texts: Sequence[str]) -> DateRange | None:
    found = [period for text in texts for period in find_dates(text)]
    days = [period for period in found if period.precision == "day"]
    return (days or found)[0].dates if found else None


def _is_near(day: date, told: DateRange) -> bool:
    return told.end - _MAX_DAYS_BEFORE <= day <= told.end + _MAX_DAYS_AFTER


def _is_shorter(first: DateRange, second: DateRange) -> bool:
    return first.end - first.start < second.end - second.start
