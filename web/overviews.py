"""The pages that look at many passages at once: heat map, values of a facet, the collection."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from flask import Blueprint, abort, render_template, url_for

from corpus.document import DateRange
from search.engine import Engine
from search.errors import BadParameter
from search.holdings import NearCopy
from search.query import Query
from search.results import DocumentLabel
from web.charts import Outside, find_outside
from web.chips import list_limits, list_remarks, list_widenings
from web.context import (
    current_engine,
    current_language,
    current_state,
    gettext,
    read_query,
    refuse_paging,
    refuse_parameters,
)
from web.coverage import list_years
from web.days import ROMAN_MONTHS
from web.freshness import kept_until_indexed
from web.heatmaps import MAX_ROWS, VIEWS, HeatMap, choose_window, draw_countries, draw_months
from web.labels import FACET_NAMES, FILTER_NAMES
from web.pagers import make_pager
from web.params import State

overviews = Blueprint("overviews", __name__)

# Enough for the pairs of every country that the table has room for.
_MAX_PAIRS = 1000
DOCUMENTS_PER_PAGE = 100
MAX_NEAR = 24
MAX_FAILED = 24


@overviews.get("/heatmap")
@kept_until_indexed
def show_heatmap() -> str:
    """Show what a query finds as a table of counts, each of which leads to its passages."""
    engine, asked = current_engine(), current_state()
    refuse_paging(asked, "limit", "offset", "sort")
    query = read_query(asked, "by")
    view = asked.get("by") or "pair"
    if view not in VIEWS:
        raise BadParameter(
            f"by must be one of {', '.join(VIEWS)}.", parameter="by", value=asked.get("by")
        )
    results = engine.search(replace(query, limit=1))
    state = asked.settle(results.query.filters.choices)
    window = None if view == "countries" else find_window(engine, query)
    return render_template(
        "heatmap.html",
        view=view,
        views=VIEWS,
        heat=draw_heat(engine, query, view, window, state.query_only()),
        earlier=find_earlier(engine, query, window, state) if window else None,
        later=find_later(engine, query, window, state) if window else None,
        undated=sum(facet.missing for facet in results.facets if facet.field == "date"),
        to_undated=state.put("from").put("to").toggle_condition(gettext("date:none")),
        years=engine.histogram(query, "year"),
        results=results,
        query=query,
        state=state,
        filter_names=FILTER_NAMES,
        limits=list_limits(state, results),
        widenings=list_widenings(state, results),
        remarks=list_remarks(results),
    )


def draw_heat(
    engine: Engine, query: Query, view: str, window: DateRange | None, state: State
) -> HeatMap | None:
    """Give the table of a view; None when there is nothing to show in it."""
    language = current_language()
    if view == "countries":
        pairs = engine.matrix(query, "pair", _MAX_PAIRS)
        countries = engine.matrix(query, "country", _MAX_PAIRS)
        totals = {bucket.value: bucket.count for bucket in countries.rows}
        return draw_countries(pairs, totals, state, language) if pairs.rows else None
    if window is None:
        return None
    inside = replace(query, filters=replace(query.filters, dates=window))
    heat = draw_months(engine.matrix(inside, view, MAX_ROWS), state, window, language)
    return heat if heat.columns else None


def find_window(engine: Engine, query: Query) -> DateRange | None:
    """Give the months that a map of a query shows; None when nothing it finds is dated."""
    chosen = query.filters.dates
    held = [
        bucket.value
        for bucket in engine.histogram(query, "month").buckets
        if bucket.count and (bucket.selected or not chosen)
    ]
    if not held:
        return None
    year, month = int(held[-1][:4]), int(held[-1][5:])
    return choose_window(chosen, date(year, month, monthrange(year, month)[1]))


def find_earlier(engine: Engine, query: Query, window: DateRange, state: State) -> Outside | None:
    """Give what a query finds before the months that are shown."""
    first = query.filters.dates.start if query.filters.dates else date.min
    if first >= window.start:
        return None
    dates = DateRange(first, window.start - timedelta(days=1))
    return _count_within(engine, query, dates, state.put("to", f"{dates.end:%Y-%m}"))


def find_later(engine: Engine, query: Query, window: DateRange, state: State) -> Outside | None:
    """Give what a query finds after the months that are shown."""
    last = query.filters.dates.end if query.filters.dates else date.max
    if window.end >= last:
        return None
    dates = DateRange(window.end + timedelta(days=1), last)
    return _count_within(engine, query, dates, state.put("from", f"{dates.start:%Y-%m}"))


def _count_within(engine: Engine, query: Query, dates: DateRange, state: State) -> Outside | None:
    filters = replace(query.filters, dates=dates)
    found = engine.search(replace(query, filters=filters, limit=1, facets=()))
    return Outside(found.total, state) if found.total and not found.relaxed else None


@overviews.get("/facet/<field>")
def show_facet(field: str) -> str:
    """Show the values of one facet, those called so first, each with its count."""
    if field not in FACET_NAMES:
        abort(404)
    engine, asked = current_engine(), current_state()
    refuse_paging(asked, "limit", "offset")
    query = read_query(asked, "find", "interval")
    facet = engine.search_facet(query, field, asked.get("find"))
    return render_template(
        "facet.html",
        facet=facet,
        name=FACET_NAMES[field],
        query=query,
        state=asked.settle(query.filters.choices),
        here=url_for("pages.show_search"),
    )


@overviews.get("/corpus")
@kept_until_indexed
def show_corpus() -> str:
    """Show what stands in the collection, what is missing, and what could not be read."""
    engine, state = current_engine(), current_state()
    refuse_parameters("offset")
    offset = read_query(state).offset
    collection = engine.collection(offset, DOCUMENTS_PER_PAGE)
    histogram = engine.histogram(Query(), "month")
    near = list(islice(list_versions(engine, collection.near), MAX_NEAR + 1))
    return render_template(
        "corpus.html",
        roman=ROMAN_MONTHS,
        state=state,
        collection=collection,
        near=near[:MAX_NEAR],
        near_cut=len(near) > MAX_NEAR,
        outside=find_outside(histogram, state.language_only()),
        max_failed=MAX_FAILED,
        years=list_years(histogram, collection.published, current_language()),
        pager=make_pager(collection.total, offset, DOCUMENTS_PER_PAGE, len(collection.shown)),
    )


def list_versions(
    engine: Engine, ids: Iterable[str]
) -> Iterator[tuple[DocumentLabel, tuple[NearCopy, ...]]]:
    """Give documents with those that say nearly the same, each document in one place."""
    told: set[str] = set()
    for document_id in ids:
        if document_id not in told:
            copies = engine.near_copies(document_id)
            told.update(copy.document.id for copy in copies)
            yield engine.label(document_id), copies
