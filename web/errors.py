"""Every failure in the one shape of its reader: RFC 9457 for programs, a plain page for people."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from search.errors import BadParameter, SearchError, UnknownDocument, UnknownPassage
from web.context import gettext as _
from web.serializers import problem_to_json

PROBLEM_TYPE = "application/problem+json"


def register_errors(app: Flask) -> None:
    """Make the application answer every failure in our words."""
    app.register_error_handler(SearchError, answer_search_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(Exception, answer_defect)


def problem_response(
    code: str, title: str, status: int, detail: str, extra: Mapping[str, Any] | None = None
) -> Response:
    """Give an error as `application/problem+json`."""
    response = jsonify(problem_to_json(code, title, status, detail, extra))
    response.status_code = status
    response.content_type = PROBLEM_TYPE
    return response


def answer_search_error(err: SearchError) -> Response:
    """Answer a request that cannot be: 404 for what is unknown, else 400."""
    match err:
        case BadParameter():
            extra = {"parameter": err.parameter, "value": err.value}
            if _wants_json():
                return problem_response("bad-parameter", "Bad Request", 400, str(err), extra)
            return _page(400, _("This address cannot be answered"), _explain(err), err)
        case UnknownPassage():
            if _wants_json():
                return problem_response("unknown-passage", "Not Found", 404, str(err))
            return _page(
                404,
                _("There is no such passage"),
                _("No passage has ever had this address. Perhaps it was copied without its end."),
            )
        case UnknownDocument():
            if _wants_json():
                return problem_response("unknown-document", "Not Found", 404, str(err))
            return _page(
                404,
                _("There is no such document"),
                _("The collection has no document with this address; it may have been removed."),
            )
        case _:
            if _wants_json():
                return problem_response("bad-request", "Bad Request", 400, str(err))
            return _page(400, _("This address cannot be answered"), str(err))


def answer_http_error(err: HTTPException) -> Response:
    """Answer what the framework refused: no such page, a method that is not served."""
    status = err.code or 500
    if err.response is not None or status < 400:
        return Response.force_type(err.get_response())
    if _wants_json():
        response = problem_response(
            "not-found" if status == 404 else "bad-request",
            err.name,
            status,
            err.description or err.name,
        )
    elif status == 404:
        response = _page(
            404, _("There is no such page"), _("Nothing stands at this address. Search instead.")
        )
    else:
        response = _page(
            status, _("This address cannot be answered"), _("The request was not understood.")
        )
    for name, value in err.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    return response


def answer_defect(err: Exception) -> Response:
    """Answer our own mistake: logged in full, told in a sentence."""
    current_app.logger.exception("An unforeseen failure at %s", request.path, exc_info=err)
    if _wants_json():
        return problem_response(
            "failure", "Internal Server Error", 500, "The service failed; the failure was logged."
        )
    return _page(
        500,
        _("The service failed"),
        _("This is our mistake, not yours, and it was written down. Try again in a moment."),
    )


def _page(status: int, title: str, text: str, err: BadParameter | None = None) -> Response:
    html = render_template("error.html", code=status, title=title, text=text, err=err)
    return Response(html, status=status, content_type="text/html; charset=utf-8")


def _explain(err: BadParameter) -> str:
    match err.parameter:
        case "from" | "to":
            text = _("There is no date “%(value)s”. Write a day 2018-10-07, a month 2018-10.")
        case "sort" | "limit" | "offset" | "lang" | "pair" | "country" | "kind":
            text = _("The parameter “%(parameter)s” cannot be “%(value)s”.")
        case _:
            text = _("The parameter “%(parameter)s” is not known or makes no sense here.")
    return text % {"parameter": err.parameter, "value": err.value[:200]}


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.path == "/healthz"
