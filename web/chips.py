"""What narrows a query and what widens it, each with the way to undo it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.query import Note
from search.results import Results
from web.context import current_language, gettext
from web.labels import name_value
from web.notes import Remark, write_remark
from web.params import FACETS, State

# Notes of a word that is searched as more, or as other, than was typed.
_WIDENING = frozenset({"alias", "diacritics", "slip"})
MAX_NAMES = 3


@dataclass(frozen=True, slots=True)
class Limit:
    """A filter in force: what is chosen or excluded, and the state without it."""

    field: str
    value: str
    label: str
    excluded: bool
    without: State


@dataclass(frozen=True, slots=True)
class Widening:
    """A word of the query and what it was read as; `without` searches for it as typed."""

    typed: str
    read: str
    remark: Remark
    without: State


def list_limits(state: State, results: Results) -> list[Limit]:
    """Give the filters in force beside the dates, in the words of the facets."""
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
            limits.append(Limit(name, plain, label, value != plain, state.toggle(name, plain)))
    undated = gettext("date:none")
    if state.get("q").split()[-1:] == [undated]:
        limits.append(
            Limit("date", "none", gettext("no date"), False, state.toggle_condition(undated))
        )
    return limits


def list_widenings(state: State, results: Results) -> list[Widening]:
    """Give the words that find more than themselves and can be searched as typed."""
    return [
        Widening(
            typed=note.values[0],
            read=_shorten(note.values[1:]),
            remark=remark,
            without=state.put("q", remark.query),
        )
        for note, remark in _write_remarks(results.notes, results)
        if _is_widening(note, remark)
    ]


def list_remarks(results: Results) -> list[Remark]:
    """Give what else is to be said of the answer, what concerns all of it first."""
    notes = sorted(results.notes, key=lambda note: note.code != "relaxed")
    return [
        remark for note, remark in _write_remarks(notes, results) if not _is_widening(note, remark)
    ]


def _shorten(names: Sequence[str]) -> str:
    rest = len(names) - MAX_NAMES
    return ", ".join(names[:MAX_NAMES]) + (f" +{rest}" if rest > 0 else "")


def _write_remarks(notes: Iterable[Note], results: Results) -> list[tuple[Note, Remark]]:
    language, asked = current_language(), results.query.text
    return [(note, write_remark(note, language, asked)) for note in notes]


def _is_widening(note: Note, remark: Remark) -> bool:
    return note.code in _WIDENING and len(note.values) > 1 and bool(remark.query)
