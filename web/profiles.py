"""The pages about one actor and about one pair of countries."""

from dataclasses import dataclass, replace
from itertools import islice

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from corpus.document import Actor, Passage
from search.engine import Engine
from search.query import Field, Query
from search.results import Bucket, Facet, Results
from search.values import MISSING, BadValue, canonical_value
from web.appearances import MAX_READ, Appearances, RoleCount, count_appearances
from web.charts import HEIGHT_PX, TOP_PX, Histogram, draw_histogram
from web.context import current_engine, current_language, current_state, gettext, refuse_parameters
from web.labels import name_pair
from web.networks import HEIGHT, WIDTH, Neighbour, Network, draw_network
from web.params import State

profiles = Blueprint("profiles", __name__)

NEWEST = 8
MAX_ROWS = 10
_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor or a pair, and what the collection says of it.

    `state` is the search narrowed to it; `facets` count among its passages.
    """

    field: str
    value: str
    name: str
    actor: Actor | None
    state: State
    results: Results
    facets: dict[str, Facet]
    appearances: Appearances
    neighbours: tuple[Neighbour, ...]
    network: Network
    histogram: Histogram

    def with_role(self, role: RoleCount) -> State:
        """Give the search for passages of the subject that have the words of a role.

        Words may stand between them: "prezydenci Rosji i Turcji".
        """
        words = role.name.replace('"', " ")
        return self.state.put("q", f'"{words}"~{_BETWEEN}' if " " in words else words)

    def with_other(self, field: str, value: str) -> State:
        """Give the search for passages that have this and another value.

        Two values of one facet are alternatives, so the own one becomes a condition.
        """
        if field != self.field:
            return self.state.put(field, value)
        words = gettext("actor:%(value)s") if self.field == "actor" else gettext("pair:%(value)s")
        return self.state.put("q", words % {"value": self.value}).put(field, value)


@profiles.get("/actor/<actor_id>")
def show_actor(actor_id: str) -> str:
    """Show when an actor appears, as whom, with whom, and between which countries."""
    refuse_parameters()
    return show_profile("actor", actor_id)


@profiles.get("/pair/<pair>")
def show_pair(pair: str) -> str | Response:
    """Show when two countries meet, who appears, and which pairs go with them."""
    refuse_parameters()
    try:
        canonical = canonical_value("pair", pair)
    except BadValue:
        abort(404)
    if canonical == MISSING:
        abort(404)
    if canonical != pair:
        there = url_for("profiles.show_pair", pair=canonical)
        return redirect(current_state().at(there), code=301)
    return show_profile("pair", pair)


def show_profile(field: str, value: str) -> str:
    return render_template(
        "profile.html",
        profile=make_profile(current_engine(), field, value),
        max_rows=MAX_ROWS,
        net_size=(WIDTH, HEIGHT),
        hist_height=HEIGHT_PX,
        hist_top=TOP_PX,
    )


def make_profile(engine: Engine, field: str, value: str) -> Profile:
    """Gather what the page of an actor or a pair shows; 404 when no passage has it."""
    # A facet leaves its own filter out, so the subject is what is asked for, not a filter.
    query = Query(
        root=Field(field, value),
        sort="-date",
        limit=NEWEST,
        facets=("actor", "pair", "source", "date"),
    )
    results = engine.search(query)
    if not results.hits or results.relaxed:
        abort(404)
    appearances = read_newest(engine, query, value if field == "actor" else "")
    facets = {facet.field: without(facet, value) for facet in results.facets}
    actor = appearances.actors.get(value) if field == "actor" else None
    if field == "actor" and actor is None:
        abort(404)
    neighbours = tuple(
        Neighbour(bucket.value, bucket.label, is_organisation(bucket, appearances), bucket.count)
        for bucket in facets["actor"].buckets[:MAX_ROWS]
    )
    language = current_language()
    state = current_state().language_only().put(field, value)
    return Profile(
        field=field,
        value=value,
        name=find_label(results, value) or name_pair(value, language),
        actor=actor,
        state=state,
        results=results,
        facets=facets,
        appearances=appearances,
        neighbours=neighbours,
        network=draw_network(neighbours, appearances.together, has_centre=actor is not None),
        histogram=draw_histogram(facets["date"], state, None, language),
    )


def read_newest(engine: Engine, query: Query, subject: str) -> Appearances:
    """Count what the newest passages of a query say, as many as a page can wait for."""
    found = engine.scan(replace(query, offset=0))
    passages: list[Passage] = [passage for passage, _ in islice(found, MAX_READ)]
    return count_appearances(passages, subject)


def find_label(results: Results, value: str) -> str:
    """Give what the facets call an actor; nothing for a pair, which the page names itself."""
    buckets = next(facet.buckets for facet in results.facets if facet.field == "actor")
    return next((bucket.label for bucket in buckets if bucket.value == value), "")


def without(facet: Facet, value: str) -> Facet:
    """Give a facet without the value that all its passages have."""
    buckets = tuple(bucket for bucket in facet.buckets if bucket.value != value)
    return replace(facet, buckets=buckets, distinct=facet.distinct - (buckets != facet.buckets))


def is_organisation(bucket: Bucket, appearances: Appearances) -> bool:
    actor = appearances.actors.get(bucket.value)
    return actor is not None and actor.kind == "organisation"
