"""Answers that stay as they are until the index changes: who has one need not get it again.

Every use asks whether it still holds, which costs a look at the index and no search.
"""

import hashlib
from collections.abc import Callable
from datetime import date
from functools import cache, wraps
from secrets import token_hex
from typing import ParamSpec

from flask import make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from web.context import current_engine, current_language

P = ParamSpec("P")


def kept_until_indexed(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Make a view answer 304 to who has what it would give.

    It must depend on nothing but its address, the language, the day and the index.
    """

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        # Named before it is made: what a newer index gives is at worst made once more.
        name = _name_answer()
        kept = request.if_none_match.contains_weak(name)
        response = make_response("", 304) if kept else make_response(view(*args, **kwargs))
        response.set_etag(name, weak=True)
        response.cache_control.private = True
        response.cache_control.no_cache = True
        return response

    return answer


def _name_answer() -> str:
    status = current_engine().status()
    told = (_name_process(), status.generation, status.built, current_language(), date.today())
    return hashlib.sha256(repr((*told, request.full_path)).encode()).hexdigest()[:16]


@cache
def _name_process() -> str:
    """Give another name after each start: the code or the settings may be others."""
    return token_hex(8)
