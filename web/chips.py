"""What narrows a query and what widens it, each with the way to undo it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.edits import cut_field, list_typed_fields
from search.parser import TypedField
from search.query import Note, related_countries
from search.request import RELATED
from search.results import Results
from search.values import MISSING
from web.context import current_language, gettext
from web.days import name_limits
from web.labels import FILTER_NAMES, N_, name_value
from web.notes import Remark, write_remark
from web.params import FACETS, State

# Notes of a word that is searched as more, or as other, than was typed.
_WIDENING = frozenset({"alias", "diacritics", "slip", "fuzzy"})
_FIELD_NAMES = {
    **FILTER_NAMES,
    "date": N_("date"),
    "mentioned": N_("mentions"),
    "section": N_("section of the document"),
    "headline": N_("headline"),
}
_TRANSLATED = frozenset({"pair", "country", "mentioned", "kind"})
MAX_NAMES = 3


@dataclass(frozen=True, slots=True)
class Limit:
    """A filter in force: what is chosen or excluded, and the state without it."""

    field: str
    name: str
    value: str
    label: str
    excluded: bool
    without: State


@dataclass(frozen=True, slots=True)
class Widening:
    """A word of the query and what it is read as, or might be; `other` is the other state.

    What was `added` is taken away there, what was not is added.
    """

    typed: str
    read: str
    added: bool
    remark: Remark
    other: State


def list_limits(state: State, results: Results) -> list[Limit]:
    """Give the filters in force beside the dates, in the words of the facets.

    Those typed into the query as fields are some of them.
    """
    language = current_language()
    known = {
        (facet.field, bucket.value): bucket.label
        for facet in results.facets
        for bucket in facet.buckets
    }
    limits = []
    for name in FACETS:
        for value in state.all(name):
            plain = value.removeprefix("-")
            label = known.get((name, plain)) or name_value(name, plain, language)
            without = state.toggle(name, plain)
            limits.append(Limit(name, _FIELD_NAMES[name], plain, label, value != plain, without))
    asked = results.query.text
    for field in list_typed_fields(asked):
        label = known.get((field.field, field.value)) or _name_typed(field)
        without = state.put("q", cut_field(asked, field))
        name = _FIELD_NAMES[field.field]
        limits.append(Limit(field.field, name, field.value, label, field.excluded, without))
    return limits


def list_widenings(state: State, results: Results) -> list[Widening]:
    """Give the words that find more than themselves, and those that could."""
    language = current_language()
    countries = related_countries(results.query.root)
    widenings = []
    for note, remark in _write_remarks(results.notes, results):
        if note.code in ("related", "related_added"):
            typed, _, code = note.values
            added = note.code == "related_added"
            others = [country for country in countries if country != code]
            other = state.put(RELATED, *others, *([] if added else [code]))
            read = name_value("country", code, language)
            widenings.append(Widening(typed, read, added, remark, other))
        elif _is_widening(note, remark):
            typed, *read_as = note.values
            other = state.put("q", remark.query)
            widenings.append(Widening(typed, _shorten(read_as), True, remark, other))
    return widenings


def list_remarks(results: Results) -> list[Remark]:
    """Give what else is to be said of the answer, what concerns all of it first."""
    notes = sorted(results.notes, key=lambda note: note.code != "relaxed")
    return [
        remark
        for note, remark in _write_remarks(notes, results)
        if not (note.code.startswith("related") or _is_widening(note, remark))
    ]


def _name_typed(field: TypedField) -> str:
    """Give the words for the value of a typed field; as it was written, where it has no others."""
    if field.field == "date":
        return gettext("no date") if field.value == MISSING else _name_dates(field.written)
    if field.field in _TRANSLATED or field.value == MISSING:
        return name_value(field.field, field.value, current_language())
    return field.written


def _name_dates(written: str) -> str:
    """Give the words for days, months and years in figures; what is words already stays."""
    start, dots, end = written.partition("..")
    return name_limits(start, end if dots else start, current_language())


def _shorten(names: Sequence[str]) -> str:
    rest = len(names) - MAX_NAMES
    return ", ".join(names[:MAX_NAMES]) + (f" +{rest}" if rest > 0 else "")


def _write_remarks(notes: Iterable[Note], results: Results) -> list[tuple[Note, Remark]]:
    language, asked = current_language(), results.query.text
    return [(note, write_remark(note, language, asked)) for note in notes]


def _is_widening(note: Note, remark: Remark) -> bool:
    return note.code in _WIDENING and len(note.values) > 1 and bool(remark.query)
