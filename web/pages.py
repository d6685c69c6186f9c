"""The pages: search, passage, document, help."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from itertools import count

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.document import Document, Passage
from search.errors import UnknownDocument
from search.expand import MAX_WILDCARD_FORMS
from search.parser import MAX_DEPTH, MAX_LEAVES, MAX_WILDCARDS
from search.query import MAX_TEXT_CHARS, Query
from search.results import Facet, Results, Retired
from search.syntax import load_examples
from web.charts import HEIGHT_PX, TOP_PX, draw_histogram
from web.citations import write_footnote, write_quotation
from web.context import (
    current_engine,
    current_language,
    current_path,
    current_state,
    gettext,
    permanent_link,
    public_address,
    read_query,
    refuse_paging,
    refuse_parameters,
)
from web.exports import read_header
from web.feeds import MEDIA_TYPE, write_feed
from web.formats import FORMATS
from web.intervals import count_dates, list_intervals
from web.labels import FACET_NAMES, FILTER_NAMES, name_value
from web.notes import Remark, write_remark
from web.outlines import find_neighbours, lay_out, list_sections
from web.pagers import make_pager
from web.params import FACETS, State
from web.references import REFERENCES, Reference

pages = Blueprint("pages", __name__)

# Values of a facet that stand open; the others wait behind "more".
OPEN_BUCKETS = 6
MAX_RANK_DIGITS = 8
FEED_ENTRIES = 50


@dataclass(frozen=True, slots=True)
class Limit:
    """A filter in force: what is chosen or excluded, and the state without it."""

    field: str
    label: str
    excluded: bool
    without: State


@dataclass(frozen=True, slots=True)
class Walk:
    """A passage's place among the results: from 1, and the neighbours' passages."""

    rank: int
    total: int
    previous: str
    following: str


@pages.get("/")
def show_search() -> str:
    asked = current_state()
    query = read_query(asked, "interval")
    results = current_engine().search(query)
    state = asked.settle(results.query.filters.choices)
    facets = {facet.field: facet for facet in results.facets}
    dates = count_dates(
        current_engine(), query, facets.get("date", Facet("date", ())), asked.get("interval")
    )
    histogram = draw_histogram(dates, state, query.filters.dates, current_language())
    return render_template(
        "search.html",
        results=results,
        query=query,
        state=state,
        facets=[facets[name] for name in FACET_NAMES if name in facets],
        facet_names=FACET_NAMES,
        filter_names=FILTER_NAMES,
        formats=FORMATS,
        whole=state.drop("limit", "offset", "interval"),
        followed=state.drop("limit", "offset", "sort", "interval"),
        undated=state.put("from").put("to").toggle_condition(gettext("date:none")),
        remarks=list_remarks(results),
        open_buckets=OPEN_BUCKETS,
        histogram=histogram,
        interval=dates.interval,
        intervals=list_intervals(query.filters.dates),
        hist_height=HEIGHT_PX,
        hist_top=TOP_PX,
        limits=list_limits(state, results),
        pager=make_pager(results.total, query.offset, query.limit, len(results.hits)),
    )


@pages.get("/feed")
def show_feed() -> Response:
    """Give the newest passages that a query finds, for a reader that asks again and again."""
    engine, state = current_engine(), current_state()
    refuse_paging(state, "limit", "offset", "sort")
    query = replace(read_query(state), sort="-date", limit=FEED_ENTRIES, facets=())
    results = engine.search(query)
    if results.relaxed:
        # Partial matches help a person who looks; a subscriber waits for what was asked.
        results = replace(results, hits=())
    feed = write_feed(
        results,
        title=f"Kwerenda: {query.text.strip() or gettext('Everything')}",
        built=engine.status().built,
        address=public_address(state.at(current_path())),
        search=public_address(state.at(url_for("pages.show_search"))),
        language=current_language(),
        link_to=permanent_link,
        document_of=lru_cache(partial(read_header, engine)),
    )
    response = Response(feed, content_type=MEDIA_TYPE)
    response.add_etag()
    return response.make_conditional(request)


@pages.get("/p/<passage_id>")
def show_passage(passage_id: str) -> str | tuple[str, int]:
    engine, state = current_engine(), current_state()
    query = read_query(state, "hit", "interval")
    passage = engine.passage(passage_id)
    if isinstance(passage, Retired):
        return show_retired(passage)
    document = engine.document(passage.document_id)
    before, after = find_neighbours(document, passage)
    link = permanent_link(passage.id)
    footnote = write_footnote(passage, document, link, date.today(), current_language())
    return render_template(
        "passage.html",
        passage=passage,
        document=document,
        sections=list_sections(document),
        before=before,
        after=after,
        marks=engine.mark(passage.text, query.root) if query.text else (),
        walk=find_walk(query, passage, state.get("hit")),
        query=query,
        back_to=partial(go_back, state, query),
        link=link,
        footnote=footnote,
        quotation=write_quotation(passage, footnote, current_language()),
        references=list_references(passage, document, link),
        headline=passage.headline_span,
        mark_number=partial(next, count(1)),
    )


@pages.get("/d/<document_id>")
def show_document(document_id: str) -> str:
    engine, state = current_engine(), current_state()
    query = read_query(state, "p", "interval")
    document = engine.document(document_id)
    marks = (
        {passage.id: engine.mark(passage.text, query.root) for passage in document.passages}
        if query.text
        else {}
    )
    return render_template(
        "document.html",
        document=document,
        blocks=lay_out(document),
        sections=list_sections(document),
        marks=marks,
        chosen=state.get("p"),
        query=query,
    )


@pages.get("/help")
def show_help() -> str:
    refuse_parameters()
    limits = {
        "chars": MAX_TEXT_CHARS,
        "words": MAX_LEAVES,
        "wildcards": MAX_WILDCARDS,
        "depth": MAX_DEPTH,
        "forms": MAX_WILDCARD_FORMS,
    }
    return render_template("help.html", examples=load_examples(), limits=limits)


def show_retired(retired: Retired) -> tuple[str, int]:
    """Say that a passage is gone and where its text went."""
    document_is_there = True
    try:
        current_engine().label(retired.document_id)
    except UnknownDocument:
        document_is_there = False
    page = render_template("gone.html", retired=retired, document_is_there=document_is_there)
    return page, 410


def list_remarks(results: Results) -> list[Remark]:
    """Give what is to be said of the answer, what concerns all of it first."""
    notes = sorted(results.notes, key=lambda note: note.code != "relaxed")
    return [write_remark(note, current_language(), results.query.text) for note in notes]


def list_limits(state: State, results: Results) -> list[Limit]:
    """Give the facets' filters in force, in the words of the facets."""
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
            limits.append(Limit(name, label, value != plain, state.toggle(name, plain)))
    return limits


def list_references(passage: Passage, document: Document, link: str) -> list[tuple[str, str, str]]:
    """Give the format, its name and the entry for each kind of bibliography."""
    reference = Reference(passage, document, link, date.today(), current_language())
    return [(form, FORMATS[form].name, write(reference)) for form, write in REFERENCES.items()]


def go_back(state: State, query: Query, rank: int) -> State:
    """Give the page of results on which a rank stands."""
    offset = (rank - 1) // query.limit * query.limit
    return state.query_only().put("offset", str(offset) if offset else "")


def find_walk(query: Query, passage: Passage, hit: str) -> Walk | None:
    """Give the neighbours of a passage among the results that led to it.

    None when the address names no rank, or the results have changed since.
    """
    rank = int(hit) if hit.isdecimal() and len(hit) < MAX_RANK_DIGITS else 0
    if rank < 1:
        return None
    offset = max(rank - 2, 0)
    around = replace(query, offset=offset, limit=rank + 1 - offset, facets=())
    results = current_engine().search(around)
    ids = [hit.passage.id for hit in results.hits]
    at = rank - 1 - offset
    if at >= len(ids) or ids[at] != passage.id:
        return None
    following = ids[at + 1] if at + 1 < len(ids) else ""
    return Walk(rank, results.total, ids[at - 1] if at else "", following)
