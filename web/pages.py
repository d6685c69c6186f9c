"""The pages: search, passage, document, help."""

from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from itertools import count

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from corpus.document import Document, Passage
from search.errors import UnknownDocument
from search.forms import MAX_FUZZY_FORMS, MAX_WILDCARD_FORMS
from search.parser import MAX_DEPTH, MAX_LEAVES
from search.query import MAX_TEXT_CHARS
from search.results import Facet, Retired
from search.syntax import load_examples
from search.typed_words import MAX_WILDCARDS
from web.charts import HEIGHT_PX, TOP_PX, draw_histogram
from web.chips import list_limits, list_remarks, list_widenings
from web.citations import write_footnote, write_quotation
from web.context import (
    current_engine,
    current_language,
    current_path,
    current_settings,
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
from web.freshness import kept_until_indexed
from web.intervals import count_dates, list_intervals
from web.labels import FACET_NAMES, FILTER_NAMES
from web.originals import find_original, link_page
from web.outlines import find_neighbours, lay_out, list_sections
from web.pagers import make_pager
from web.references import REFERENCES, Reference
from web.walks import find_walk, go_back
from web.ways import list_most, list_ways, list_words

pages = Blueprint("pages", __name__)

# Values of a facet that stand open; the others wait behind "more".
OPEN_BUCKETS = 6
FEED_ENTRIES = 50
SIMILAR = 5


@pages.get("/")
@kept_until_indexed
def show_search() -> str:
    engine, asked = current_engine(), current_state()
    query = read_query(asked, "interval")
    results = engine.search(query)
    state = asked.settle(results.query.filters.choices)
    facets = {facet.field: facet for facet in results.facets}
    dates = count_dates(engine, query, facets.get("date", Facet("date", ())), asked.get("interval"))
    limits = list_limits(state, results)
    histogram = draw_histogram(dates, state, query.filters.dates, current_language())
    words = [] if results.total and not results.relaxed else list_words(engine, query, state)
    ways = [] if results.total else list_ways(engine, query, state, limits)
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
        limits=limits,
        widenings=list_widenings(state, results),
        words=words,
        ways=ways,
        most=[] if results.total or words or ways else list_most(engine, state),
        pager=make_pager(results.total, query.offset, query.limit, len(results.hits)),
    )


@pages.get("/feed")
@kept_until_indexed
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
    return Response(feed, content_type=MEDIA_TYPE)


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
    original = find_original(current_settings().corpus, document)
    footnote = write_footnote(passage, document, link, date.today(), current_language())
    return render_template(
        "passage.html",
        passage=passage,
        document=document,
        sections=list_sections(document),
        before=before,
        after=after,
        marks=engine.mark(passage.text, query.root) if query.text else (),
        walk=find_walk(engine, query, passage, state.get("hit")),
        query=query,
        back_to=partial(go_back, state, query),
        link=link,
        footnote=footnote,
        quotation=write_quotation(passage, footnote, current_language()),
        references=list_references(passage, document, link),
        headline=passage.headline_span,
        mark_number=partial(next, count(1)),
        original=original,
        original_at=link_page(original, passage.page_start) if original else "",
        similar=engine.similar(passage.id, SIMILAR),
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
        original=find_original(current_settings().corpus, document),
        near=engine.near_copies(document_id),
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
        "near": MAX_FUZZY_FORMS,
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


def list_references(passage: Passage, document: Document, link: str) -> list[tuple[str, str, str]]:
    """Give the format, its name and the entry for each kind of bibliography."""
    reference = Reference(passage, document, link, date.today(), current_language())
    return [(form, FORMATS[form].name, write(reference)) for form, write in REFERENCES.items()]
