"""Days, months and periods in words, each as precise as it is known and no more."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from corpus.document import DatePrecision, DateRange, Passage
from web.languages import Language, load_translations, locale_of

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")

# Patterns of a year, a month and a day, by the length of what they are spelt as.
_BRIEF_PATTERNS = {4: "y", 7: "LLL y", 10: "d MMM y"}


@dataclass(frozen=True, slots=True)
class Badge:
    """A date beside a hit: `main` stands large, `rest` small below; `iso` is for machines."""

    main: str
    rest: str = ""
    iso: str = ""
    vague: bool = False


def make_badge(dates: DateRange | None, precision: DatePrecision, language: Language) -> Badge:
    """Give the date of a passage as briefly as it can be said."""
    if dates is None or precision == "none":
        return Badge(load_translations(language).gettext("no date"), vague=True)
    iso = name_iso(dates, precision)
    start, end = dates.start, dates.end
    if precision == "year" or _is_whole_year(dates):
        return Badge(str(start.year), load_translations(language).gettext("year"), iso, vague=True)
    if precision != "day" or _is_whole_month(dates):
        if (start.year, start.month) == (end.year, end.month):
            return Badge(_write(start, "LLLL", language), str(start.year), iso, vague=True)
        months = f"{_write(start, 'LLL', language)}–{_write(end, 'LLL', language)}"
        return Badge(months, _years(start, end), iso, vague=True)
    if start == end:
        return Badge(str(start.day), _write(start, "LLL y", language), iso)
    if (start.year, start.month) == (end.year, end.month):
        return Badge(f"{start.day}–{end.day}", _write(start, "LLL y", language), iso)
    days = f"{start.day}.{start.month:02}–{end.day}.{end.month:02}"
    return Badge(days, _years(start, end), iso, vague=True)


def name_range(dates: DateRange | None, precision: DatePrecision, language: Language) -> str:
    """Give the date of a passage in full: `7–9 października 2018`."""
    if dates is None or precision == "none":
        return load_translations(language).gettext("no date")
    start, end = dates.start, dates.end
    if precision == "year" or _is_whole_year(dates):
        return _years(start, end)
    if precision != "day" or _is_whole_month(dates):
        first, last = (_write(day, "LLLL y", language) for day in (start, end))
        return first if first == last else f"{first} – {last}"
    last = _write(end, "d MMMM y", language)
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    first = _write(start, "d MMMM" if start.year == end.year else "d MMMM y", language)
    return f"{first} – {last}"


def name_iso(dates: DateRange, precision: DatePrecision) -> str:
    """Give a date for machines, cut to what is known: `2018-10-07/2018-10-09`, `2018-10`."""
    width = {"year": 4, "month": 7, "document": 7}.get(precision, 10)
    start, end = dates.start.isoformat()[:width], dates.end.isoformat()[:width]
    return start if start == end else f"{start}/{end}"


def name_period(text: str, language: Language) -> str:
    """Give a day, month or year of an address in words; what is none of them as it stands.

    >>> name_period("2018-10", "pl")
    'październik 2018'
    """
    found = _PERIOD.fullmatch(text)
    if not found:
        return text
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        start = date(year, month or 1, day or 1)
    except ValueError:
        return text
    if not month:
        return str(year)
    return _write(start, "d MMMM y" if day else "LLLL y", language)


def name_briefly(published: str, language: Language) -> str:
    """Give a date of publication in as few letters as a narrow column has.

    >>> name_briefly("2023-09/2023-10", "pl")
    'wrz–paź 2023'
    """
    ends = published.split("/")
    names = [_write(_first_day(end), _BRIEF_PATTERNS[len(end)], language) for end in ends]
    if ends[0][:4] == ends[-1][:4] and len(ends) > 1:
        names[0] = names[0].removesuffix(f" {ends[0][:4]}")
    return (" – " if " " in names[0] else "–").join(names)


def name_mentioned(passage: Passage, language: Language) -> tuple[str, ...]:
    """Give the dates that a passage speaks of, each once, in the order of the days."""
    mentions = sorted(passage.mentioned_dates, key=lambda mention: mention.dates.start)
    named = (name_range(mention.dates, mention.precision, language) for mention in mentions)
    return tuple(dict.fromkeys(named))


def name_limits(start: str, end: str, language: Language) -> str:
    """Give the limits of dates in an address in words, either of which may be open."""
    say = load_translations(language).gettext
    first, last = name_period(start, language), name_period(end, language)
    if not end:
        return say("from: %(date)s") % {"date": first}
    if not start:
        return say("to: %(date)s") % {"date": last}
    return first if first == last else f"{first} – {last}"


def name_published(dates: DateRange | None, language: Language) -> str:
    """Give a document's date of publication, a day, a month or a year as a range of days."""
    return "" if dates is None else name_range(dates, "day", language)


def name_day(day: date, language: Language) -> str:
    return _write(day, "d MMMM y", language)


def _write(day: date, pattern: str, language: Language) -> str:
    return format_date(day, pattern, locale=locale_of(language))


def _first_day(period: str) -> date:
    return date.fromisoformat((period + "-01-01")[:10])


def _years(start: date, end: date) -> str:
    return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"


def _is_whole_month(dates: DateRange) -> bool:
    return dates.start.day == 1 and (dates.end + timedelta(days=1)).day == 1


def _is_whole_year(dates: DateRange) -> bool:
    return _is_whole_month(dates) and dates.start.month == 1 and dates.end.month == 12
