"""The JSON interface below `/api/v1/`, and the health check."""

from datetime import UTC, date, datetime

from flask import Blueprint, abort, jsonify, url_for
from werkzeug.wrappers import Response

from search.concordance import CONCORDANCE_SORTS, DEFAULT_WIDTH, MAX_WIDTH, MIN_WIDTH
from search.errors import BadParameter
from search.request import DEFAULT_LIMIT, read_number
from search.results import Retired
from search.similar import MAX_SIMILAR
from search.suggest import MAX_SUGGESTIONS
from web.collection_serializers import document_to_json, status_to_json
from web.context import (
    current_engine,
    current_language,
    current_path,
    current_state,
    link_later,
    permanent_link,
    public_address,
    read_query,
    refuse_paging,
    refuse_parameters,
)
from web.errors import problem_response
from web.exports import start_export
from web.formats import FORMATS, name_file
from web.pagers import make_pager
from web.params import FACETS
from web.references import REFERENCES, Reference
from web.serializers import (
    facet_to_json,
    passage_to_json,
    results_to_json,
    retired_to_json,
    similar_to_json,
)
from web.view_serializers import concordance_to_json, matrix_to_json, suggestion_to_json

api = Blueprint("api", __name__)


@api.get("/api/v1/search")
def search() -> Response:
    state = current_state()
    query = read_query(state)
    results = current_engine().search(query)
    pager = make_pager(results.total, query.offset, query.limit, len(results.hits))
    following = pager.next_offset
    next_url = "" if following is None else state.put("offset", str(following)).at(current_path())
    return jsonify(results_to_json(results, language=current_language(), next_url=next_url))


@api.get("/api/v1/facets/<field>")
def search_facet(field: str) -> Response:
    """Give the values of one facet that are called so, with their counts."""
    if field not in FACETS:
        abort(404)
    state = current_state()
    refuse_paging(state, "limit", "offset")
    query = read_query(state, "find")
    facet = current_engine().search_facet(query, field, state.get("find"))
    return jsonify(facet_to_json(facet, current_language()))


@api.get("/api/v1/matrix")
def count_matrix() -> Response:
    """Give pairs or countries by month."""
    state = current_state()
    refuse_paging(state, "limit", "offset", "sort")
    query = read_query(state, "by")
    by = state.get("by") or "pair"
    if by not in ("pair", "country"):
        raise BadParameter("by must be one of pair, country.", parameter="by", value=by)
    return jsonify(matrix_to_json(current_engine().matrix(query, by), current_language()))


@api.get("/api/v1/passages/<passage_id>")
def read_passage(passage_id: str) -> Response:
    engine = current_engine()
    refuse_parameters()
    passage = engine.passage(passage_id)
    if isinstance(passage, Retired):
        return problem_response(
            "retired-passage",
            "Gone",
            410,
            "This passage is no longer in the collection.",
            retired_to_json(passage),
        )
    return jsonify(passage_to_json(passage, engine.label(passage.document_id)))


@api.get("/api/v1/passages/<passage_id>/<form>")
def cite_passage(passage_id: str, form: str) -> Response:
    """Give a passage as an entry of a bibliography."""
    write = REFERENCES.get(form) or abort(404)
    engine = current_engine()
    refuse_parameters()
    passage = engine.passage(passage_id)
    if isinstance(passage, Retired):
        return read_passage(passage_id)
    reference = Reference(
        passage=passage,
        document=engine.document(passage.document_id),
        link=permanent_link(passage.id),
        accessed=date.today(),
        language=current_language(),
    )
    file = FORMATS[form]
    return _attach(Response(write(reference)), file.media_type, f"{passage.id}.{file.suffix}")


@api.get("/api/v1/export/<form>")
def export(form: str) -> Response:
    """Give everything that a query finds as a file."""
    file = FORMATS.get(form) or abort(404)
    state = current_state()
    refuse_paging(state, "limit", "offset")
    taken = start_export(
        current_engine(),
        read_query(state),
        search=public_address(state.at(url_for("pages.show_search"))),
        link_to=link_later(),
        exported=datetime.now(UTC),
        language=current_language(),
    )
    return _attach(Response(file.write(taken)), file.media_type, name_file(taken, file))


@api.get("/api/v1/passages/<passage_id>/similar")
def find_similar(passage_id: str) -> Response:
    engine = current_engine()
    refuse_parameters("limit")
    limit = _read_limit(MAX_SIMILAR)
    found = engine.passage(passage_id)
    if isinstance(found, Retired):
        return read_passage(passage_id)
    similar = engine.similar(passage_id, limit)
    return jsonify({"passage": passage_id, "similar": list(map(similar_to_json, similar))})


@api.get("/api/v1/suggest")
def suggest() -> Response:
    refuse_parameters("q", "limit")
    text = current_state().get("q")
    found = current_engine().suggest(text, _read_limit(MAX_SUGGESTIONS))
    language = current_language()
    suggestions = [suggestion_to_json(each, language) for each in found]
    return jsonify({"query": text, "suggestions": suggestions})


@api.get("/api/v1/concordance")
def concordance() -> Response:
    state = current_state()
    query = read_query(state.drop("sort"), "width")
    width = read_number("width", state.get("width"), DEFAULT_WIDTH, MIN_WIDTH, MAX_WIDTH)
    asked = state.get("sort") or CONCORDANCE_SORTS[0]
    sort = next((each for each in CONCORDANCE_SORTS if each == asked), None)
    if sort is None:
        raise BadParameter(
            f"“{asked}” is not an order; there is {', '.join(CONCORDANCE_SORTS)}.",
            parameter="sort",
            value=asked,
        )
    found = current_engine().concordance(query, sort, width)
    pager = make_pager(found.total, query.offset, query.limit, len(found.lines))
    following = pager.next_offset
    next_url = "" if following is None else state.put("offset", str(following)).at(current_path())
    return jsonify(concordance_to_json(found, query.text, next_url=next_url))


@api.get("/api/v1/documents/<document_id>")
def read_document(document_id: str) -> Response:
    engine = current_engine()
    refuse_parameters()
    document, label = engine.document(document_id), engine.label(document_id)
    return jsonify(document_to_json(document, label, engine.near_copies(document_id)))


@api.get("/healthz")
def check_health() -> Response:
    return jsonify({"status": "ok"} | status_to_json(current_engine().status()))


def _attach(response: Response, media_type: str, name: str) -> Response:
    """Make a browser save an answer under a name."""
    response.headers["Content-Type"] = media_type
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _read_limit(most: int) -> int:
    return read_number("limit", current_state().get("limit"), DEFAULT_LIMIT, 1, most)
