"""The pages that look at many passages at once: heat map, values of a facet, the collection."""

from collections import Counter
from dataclasses import replace

from flask import Blueprint, abort, render_template, url_for

from search.engine import Engine
from search.errors import BadParameter
from search.query import Query
from web.chips import list_limits, list_remarks, list_widenings
from web.context import (
    current_engine,
    current_language,
    current_state,
    read_query,
    refuse_paging,
    refuse_parameters,
)
from web.coverage import list_years
from web.days import ROMAN_MONTHS
from web.heatmaps import MAX_ROWS, VIEWS, HeatMap, choose_window, draw_countries, draw_months
from web.labels import FACET_NAMES, FILTER_NAMES
from web.pagers import make_pager
from web.params import State

overviews = Blueprint("overviews", __name__)

# Enough for the pairs of every country that the table has room for.
_MAX_PAIRS = 1000
DOCUMENTS_PER_PAGE = 100


@overviews.get("/heatmap")
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
    return render_template(
        "heatmap.html",
        view=view,
        views=VIEWS,
        heat=draw_heat(engine, query, view, state.query_only()),
        years=engine.histogram(query, "year").buckets,
        results=results,
        query=query,
        state=state,
        filter_names=FILTER_NAMES,
        limits=list_limits(state, results),
        widenings=list_widenings(state, results),
        remarks=list_remarks(results),
    )


def draw_heat(engine: Engine, query: Query, view: str, state: State) -> HeatMap | None:
    """Give the table of a view; None when there is nothing to show in it."""
    language = current_language()
    if view == "countries":
        pairs = engine.matrix(query, "pair", _MAX_PAIRS)
        countries = engine.matrix(query, "country", _MAX_PAIRS)
        totals = {bucket.value: bucket.count for bucket in countries.rows}
        return draw_countries(pairs, totals, state, language) if pairs.rows else None
    newest = engine.search(replace(query, sort="-date", limit=1, facets=())).hits
    dates = newest[0].passage.dates if newest else None
    window = choose_window(query.filters.dates, dates.start if dates else None)
    if window is None:
        return None
    inside = replace(query, filters=replace(query.filters, dates=window))
    heat = draw_months(engine.matrix(inside, view, MAX_ROWS), state, window, language)
    return heat if heat.columns else None


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
def show_corpus() -> str:
    """Show what stands in the collection, what is missing, and what could not be read."""
    engine, state = current_engine(), current_state()
    refuse_parameters("offset")
    offset = read_query(state).offset
    documents = engine.documents()
    shown = documents[offset : offset + DOCUMENTS_PER_PAGE]
    return render_template(
        "corpus.html",
        roman=ROMAN_MONTHS,
        state=state,
        documents=documents,
        shown=shown,
        origins=Counter(document.published_from for document in documents),
        years=list_years(engine.histogram(Query(), "month"), documents, current_language()),
        pager=make_pager(len(documents), offset, DOCUMENTS_PER_PAGE, len(shown)),
    )
