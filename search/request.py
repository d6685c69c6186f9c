"""The parameters of a page, an API call or a command as one `Query`."""

from collections.abc import Mapping, Sequence
from datetime import date

from corpus.document import DateRange
from search.errors import BadParameter
from search.parser import parse_query
from search.query import (
    MAX_LIMIT,
    MAX_SNIPPET_CHARS,
    MAX_SNIPPETS,
    MIN_SNIPPET_CHARS,
    SORTS,
    USUAL_SNIPPETS,
    Choice,
    Filters,
    Query,
    SnippetSize,
    Sort,
    add_related,
)
from search.values import BadValue, canonical_value, read_range

CHOICE_PARAMETERS = ("pair", "country", "actor", "kind", "document", "source")
RELATED = "related"
"""Countries as which their capitals and seats of government count, too; repeatable."""
SINGLE_PARAMETERS = ("q", "from", "to", "sort", "limit", "offset", "snippets", "snippet_chars")
DEFAULT_LIMIT = 10
MAX_OFFSET = 1_000_000


def build_query(params: Mapping[str, Sequence[str]]) -> Query:
    """Read all parameters; an empty value means that the parameter is not given.

    Raises: BadParameter, with a plain sentence, for a value that makes no sense and for a
    parameter that does not exist or is given twice without a meaning.
    """
    for name, values in params.items():
        if name not in (*CHOICE_PARAMETERS, RELATED, *SINGLE_PARAMETERS):
            raise BadParameter(
                f"There is no parameter {name!r}.", parameter=name, value=", ".join(values)
            )
        if name in SINGLE_PARAMETERS and len(values) > 1:
            raise BadParameter(
                f"The parameter {name!r} is given more than once.",
                parameter=name,
                value=", ".join(values),
            )
    given = {name: values[0].strip() for name, values in params.items() if values}
    text = given.get("q", "")
    parsed = parse_query(text)
    return Query(
        text=text,
        root=add_related(parsed.root, _read_related(params.get(RELATED, ()))),
        filters=Filters(
            choices={
                name: choice
                for name in CHOICE_PARAMETERS
                if name in params and (choice := _read_choice(name, params[name])) != Choice()
            },
            dates=_read_dates(given.get("from", ""), given.get("to", "")),
        ),
        sort=_read_sort(given.get("sort", "")),
        offset=read_number("offset", given.get("offset", ""), 0, 0, MAX_OFFSET),
        limit=read_number("limit", given.get("limit", ""), DEFAULT_LIMIT, 1, MAX_LIMIT),
        snippets=_read_snippets(given.get("snippets", ""), given.get("snippet_chars", "")),
        notes=parsed.notes,
    )


def _read_snippets(number: str, chars: str) -> SnippetSize:
    usual = USUAL_SNIPPETS
    return SnippetSize(
        read_number("snippets", number, usual.number, 1, MAX_SNIPPETS),
        read_number("snippet_chars", chars, usual.chars, MIN_SNIPPET_CHARS, MAX_SNIPPET_CHARS),
    )


def _read_choice(name: str, values: Sequence[str]) -> Choice:
    include: list[str] = []
    exclude: list[str] = []
    for value in values:
        text = value.strip()
        if not text:
            continue
        chosen = exclude if text.startswith("-") else include
        try:
            chosen.append(canonical_value(name, text.removeprefix("-")))
        except BadValue as err:
            raise BadParameter(str(err), parameter=name, value=value) from err
    return Choice(tuple(dict.fromkeys(include)), tuple(dict.fromkeys(exclude)))


def _read_related(values: Sequence[str]) -> tuple[str, ...]:
    try:
        codes = [canonical_value("country", value) for value in values if value.strip()]
    except BadValue as err:
        raise BadParameter(str(err), parameter=RELATED, value=", ".join(values)) from err
    return tuple(dict.fromkeys(codes))


def _read_dates(start: str, end: str) -> DateRange | None:
    if not start and not end:
        return None
    first = _read_day("from", start).start if start else date.min
    last = _read_day("to", end).end if end else date.max
    if last < first:
        raise BadParameter(
            f"The dates end ({end}) before they begin ({start}).", parameter="to", value=end
        )
    return DateRange(first, last)


def _read_day(name: str, value: str) -> DateRange:
    try:
        return read_range(value, date.today())
    except BadValue as err:
        raise BadParameter(str(err), parameter=name, value=value) from err


def _read_sort(value: str) -> Sort:
    for sort in SORTS:
        if value in (sort, ""):
            return sort
    raise BadParameter(
        f"“{value}” is not an order; there is {', '.join(SORTS)}.", parameter="sort", value=value
    )


def read_number(name: str, value: str, default: int, low: int, high: int) -> int:
    """Read a whole number; the default where nothing is given.

    Raises: BadParameter.
    """
    if not value:
        return default
    is_number = value.isascii() and value.isdigit() and len(value) <= 9
    if not is_number or not low <= int(value) <= high:
        raise BadParameter(
            f"The parameter {name!r} takes a whole number from {low} to {high}.",
            parameter=name,
            value=value,
        )
    return int(value)
