"""Read a date, or several with something between them, at one place of a text."""

import re
from dataclasses import replace

from corpus.dates.calendar import find_month, find_roman_month, load_calendar
from corpus.dates.parts import YEAR_MARK, read_part
from corpus.dates.points import Point, Span
from corpus.dates.relative import read_years_ago

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?(?![\d-])")
_NUMERIC = re.compile(
    r"(?:(?P<day>\d{1,2})(?P<mark>[./]))?(?P<month>\d{1,2}|[IVX]{1,4})(?(mark)(?P=mark)|\.)"
    rf"(?P<year>\d{{4}})(?!\d){YEAR_MARK}"
)
_SPACED = re.compile(
    rf"(?P<day>\d{{1,2}})\.\s(?P<month>\d{{1,2}}|[IVX]{{1,4}})\.\s(?P<year>\d{{4}})(?!\d){YEAR_MARK}"
)
# "12.05.24" has both digits of each part: "3.5.24" is a section.
_SHORT_YEAR = re.compile(
    rf"(?P<day>[0-3]\d)\.(?P<month>0[1-9]|1[0-2])\.(?P<year>\d\d)(?!\w|[.,:-]\d){YEAR_MARK}"
)
_DAY_AND_MONTH = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{2})(?![\d.,]*\d)\.?")
# "12.05.24" has both digits of each part: "3.5.24" is a section.
_SHORT_YEAR = re.compile(
    rf"(?P<day>[0-3]\d)\.(?P<month>0[1-9]|1[0-2])\.(?P<year>\d\d)(?!\w|[.,:-]\d){YEAR_MARK}"
)
# Only a chronicle writes "2.6." and "1.–3.1.": elsewhere these are numbers of sections.
_LOOSE_DAY_AND_MONTH = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2}|[IVX]{1,4})\b\.?(?!\d)")
_LOOSE_DAY = re.compile(r"(?P<day>\d{1,2})\.?(?=\s?[-–—])")
_WORDS = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:\.|-?e?go\b)?\s*)?(?P<name>[^\W\d_]{{3,}}|[IVX]{{1,4}}\b)\.?"
    rf"(?:\s+(?P<year>\d{{4}})(?!\d){YEAR_MARK})?"
)
_DAY = re.compile(r"(?P<day>\d{1,2})(?!\d)(?:\.(?=\s?[-–—]\s?\d))?")
# "10/2018" is as often the number of an issue: only a query means a month by it.
_MONTH_OF_YEAR = re.compile(r"(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?![\d/])")
_YEAR = re.compile(rf"(?P<year>\d{{4}})(?!\d){YEAR_MARK}", re.IGNORECASE)
# "w nocy z 12 na 13 kwietnia" is on both days.
_BETWEEN = re.compile(r"\s*(?:[-–—‑/]|\bdo\b|\bna\b|\bi\b|\boraz\b|,)\s*")
_UNTIL = re.compile(r"\s*(?:[-–—‑]|\bdo\b)\s*")
_AFTER_MAY = re.compile(r"\s*(?:[-–—/:]|\bi\b)")
_ROMAN_RANGE = re.compile(r"\s?[-–—/]\s?[IVX]{1,4}\b")
_BEFORE_WEEKDAY = re.compile(r"\s*[,(]\s*")
_MAX_LISTED = 6
_OLD_CENTURY = 70


def read_span(
    text: str, at: int, *, loose: bool = False, bare_years: bool = False, lists: bool = True
) -> Span | None:
    """Read one date or several with something between them; the first may lean on the last.

    Args:
        loose: read "2.6." as a day and a month.
        bare_years: read a year that nothing marks as one.
        lists: take whole dates with "i" or a comma between them for one span, too.

    Raises: BadDate.
    """
    first = _read_unit(text, at, loose=loose, bare_years=bare_years)
    if first is None:
        return None
    last = first
    for _ in range(_MAX_LISTED):
        joined = _BETWEEN if lists or last.last.month is None else _UNTIL
        between = joined.match(text, last.end)
        following = (
            _read_unit(text, between.end(), loose=loose, bare_years=bare_years) if between else None
        )
        if following is None or not _may_follow(first.first, following.first):
            break
        last = following
        if last.last.month is not None:
            break
    begin = first.first
    if last.last.month is None:
        # Days without a month are no date; a list of them is given up with its first.
        if first.last.precision == "year" and last.last.precision == "year":
            return Span(begin, last.last, last.end)
        return None if begin.month is None else first
    if begin.month is None and begin.day is not None:
        begin = replace(begin, month=last.first.month, year=last.first.year)
    if begin.precision != last.last.precision:
        return first if first.first.month is not None else None
    return Span(begin, last.last, last.end)


def read_opening(text: str, at: int) -> int:
    """Give where a date may begin after "w dniach", "na przełomie", a weekday."""
    calendar = load_calendar()
    while True:
        space = len(text) - len(text[at:].lstrip()) if at < len(text) else at
        opening = calendar.opening.match(text, space)
        end = read_weekday(text, opening.end() if opening else space)
        if end == at:
            return at
        at = end


def read_weekday(text: str, at: int) -> int:
    """Give where a text goes on after a weekday and its comma, if one stands there."""
    weekday = load_calendar().weekday.match(text, at)
    if weekday is None:
        return at
    end = weekday.end()
    while text[end : end + 1] in (",", " "):
        end += 1
    return end


def read_closing(text: str, at: int) -> int:
    """Give where a date ends after a weekday behind it: "5 maja 2024 r. (niedziela)"."""
    found = _BEFORE_WEEKDAY.match(text, at)
    weekday = load_calendar().weekday.match(text, found.end()) if found else None
    return weekday.end() + text.startswith(")", weekday.end()) if weekday else at


def _may_follow(first: Point, following: Point) -> bool:
    if first.month is None and first.day is not None:
        return following.day is not None
    return following.month is not None or first.precision == "year"


def _read_unit(text: str, at: int, *, loose: bool, bare_years: bool) -> Span | None:
    """Read one date, or a part of a year or of a month."""
    for pattern in (_ISO, _NUMERIC, _SPACED, _SHORT_YEAR):
        if (found := pattern.match(text, at)) and (span := _take(found)):
            return span
    if span := read_part(text, at):
        return span
    for pattern in (_LOOSE_DAY_AND_MONTH,) if loose else (_DAY_AND_MONTH,):
        if (found := pattern.match(text, at)) and (span := _take(found)):
            return read_years_ago(text, span)
    if found := _WORDS.match(text, at):
        name = found["name"]
        month = find_roman_month(name) if name.isupper() else None
        month = month or (find_month(name) if len(name) > 2 else None)
        if month is not None:
            point = Point(_number(found["year"]), month, _number(found["day"]))
            span = read_years_ago(text, Span(point, point, found.end()))
            told = point.day or point.year or span.last.years_ago is not None or len(name) > 3
            joined = _is_may(name) and _AFTER_MAY.match(text, found.end())
            if (
                told
                or joined
                or loose
                or (name.isupper() and _ROMAN_RANGE.match(text, found.end()))
            ):
                return span
    if bare_years and (found := _MONTH_OF_YEAR.match(text, at)) and (span := _take(found)):
        return span
    if bare_years and (found := _YEAR.match(text, at)):
        point = Point(int(found["year"]))
        return Span(point, point, found.end())
    if found := (_LOOSE_DAY.match(text, at) if loose else None) or _DAY.match(text, at):
        point = Point(day=int(found["day"]))
        return Span(point, point, found.end())
    return None


def _is_may(name: str) -> bool:
    """Tell May, the one month whose full name is as short as the short forms of others."""
    return name.lower() == load_calendar().nominatives[4]


def _take(found: re.Match[str]) -> Span | None:
    parts = found.groupdict()
    month = parts["month"]
    number = int(month) if month.isdigit() else find_roman_month(month)
    if number is None:
        return None
    point = Point(_full_year(parts.get("year")), number, _number(parts.get("day")))
    return Span(point, point, found.end())


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _full_year(digits: str | None) -> int | None:
    """Give a year of four digits, of two the one next to today's texts: 1970 to 2069."""
    year = _number(digits)
    if year is None or len(digits or "") > 2:
        return year
    return year + (1900 if year >= _OLD_CENTURY else 2000)
