"""Key word in context: each match on a line of its own, between what stands around it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from flask import Blueprint, render_template

from search.concordance import CONCORDANCE_SORTS, ConcordanceSort
from search.errors import BadParameter
from search.results import ConcordanceLine
from web.chips import list_limits, list_remarks, list_widenings
from web.context import current_engine, current_state, read_query, refuse_paging
from web.labels import FILTER_NAMES, N_
from web.pagers import make_pager

concordances = Blueprint("concordances", __name__)

ORDERS: Mapping[ConcordanceSort, str] = MappingProxyType(
    {
        "right": N_("by what follows"),
        "left": N_("by what precedes"),
        "document": N_("by document"),
    }
)
LINES_PER_PAGE = 50
# Characters on either side; a line on a screen shows as many as fit.
CONTEXT_CHARS = 90

_LAST_WORD = re.compile(r"\w[\w-]*\W*\Z")
_PUNCTUATION = re.compile(r"\W")
_FIRST_WORD = re.compile(r"\A\W*\w[\w-]*")


@dataclass(frozen=True, slots=True)
class Row:
    """A line; the word it is ordered by stands apart, and `opens` says that it is a new one."""

    line: ConcordanceLine
    left: str
    left_word: str
    right_word: str
    right: str
    opens: bool


@concordances.get("/kwic")
def show_concordance() -> str:
    """Show where the words of a query stand."""
    engine, asked = current_engine(), current_state()
    refuse_paging(asked, "sort")
    query = read_query(asked, "by")
    if not asked.get("limit"):
        query = replace(query, limit=LINES_PER_PAGE)
    order = next((name for name in ORDERS if name == (asked.get("by") or "right")), None)
    if order is None:
        raise BadParameter(
            f"by must be one of {', '.join(CONCORDANCE_SORTS)}.",
            parameter="by",
            value=asked.get("by"),
        )
    found = engine.concordance(query, order, CONTEXT_CHARS)
    results = engine.search(replace(query, offset=0, limit=1))
    state = asked.settle(query.filters.choices)
    return render_template(
        "kwic.html",
        found=found,
        rows=list(lay_out_lines(found.lines, order)),
        order=order,
        orders=ORDERS,
        results=results,
        query=query,
        state=state,
        filter_names=FILTER_NAMES,
        limits=list_limits(state, results),
        widenings=list_widenings(state, results),
        remarks=list_remarks(results),
        pager=make_pager(found.total, query.offset, query.limit, len(found.lines)),
    )


def lay_out_lines(lines: Iterable[ConcordanceLine], order: ConcordanceSort) -> Iterator[Row]:
    """Give the rows of a table, with the words that they are ordered by."""
    former = None
    for line in lines:
        left_word = _find(_LAST_WORD, line.left) if order == "left" else ""
        right_word = _find(_FIRST_WORD, line.right) if order == "right" else ""
        word = _PUNCTUATION.sub("", left_word or right_word).casefold()
        key = line.document.id if order == "document" else word
        yield Row(
            line=line,
            left=line.left.removesuffix(left_word),
            left_word=left_word,
            right_word=right_word,
            right=line.right.removeprefix(right_word),
            opens=key != former,
        )
        former = key


def _find(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else ""
