"""The JSON interface below `/api/v1/`, and the health check."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from search.results import Retired
from web.context import (
    current_engine,
    current_language,
    current_path,
    current_state,
    read_query,
    refuse_parameters,
)
from web.errors import problem_response
from web.pagers import make_pager
from web.serializers import (
    document_to_json,
    passage_to_json,
    results_to_json,
    retired_to_json,
    status_to_json,
)

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


@api.get("/api/v1/documents/<document_id>")
def read_document(document_id: str) -> Response:
    engine = current_engine()
    refuse_parameters()
    return jsonify(document_to_json(engine.document(document_id), engine.label(document_id)))


@api.get("/healthz")
def check_health() -> Response:
    return jsonify({"status": "ok"} | status_to_json(current_engine().status()))
