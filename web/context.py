"""What one request stands in: the engine it asks, its language, its address."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from typing import Any, cast
from urllib.parse import quote

from babel.numbers import format_decimal
from flask import current_app, g, request, url_for

from corpus.document import Passage
from search.engine import Engine
from search.errors import BadParameter
from search.query import Query
from search.request import build_query
from web import days, labels, marking, outlines, sources
from web.citations import name_pages
from web.languages import LANGUAGES, Language, find_language, load_translations, locale_of
from web.params import State, query_params, read_state
from web.sentences import translate_sentence
from web.settings import Settings


def current_engine() -> Engine:
    return cast(Engine, current_app.extensions["kwerenda.engine"])


def current_settings() -> Settings:
    return cast(Settings, current_app.extensions["kwerenda.settings"])


def current_state() -> State:
    if "state" not in g:
        state = read_state(request.args.items(multi=True))
        g.state = state if find_language(state.get("lang")) else state.drop("lang")
    return cast(State, g.state)


def current_path() -> str:
    """Give the path of the request, below whatever prefix a proxy serves us at."""
    return request.script_root + request.path


def current_language() -> Language:
    """Give the language asked for in the address, else by the browser, else the default."""
    if "language" not in g:
        default = current_settings().language
        preferred = request.accept_languages.best_match(LANGUAGES, default)
        g.language = find_language(request.args.get("lang")) or find_language(preferred) or default
    return cast(Language, g.language)


def check_language() -> None:
    """Refuse a language that we do not speak.

    Raises: BadParameter.
    """
    named = request.args.get("lang")
    if named is not None and find_language(named) is None:
        raise BadParameter(
            f"lang must be one of {', '.join(LANGUAGES)}.", parameter="lang", value=named
        )


def refuse_parameters(*allowed: str) -> None:
    """Refuse an address with parameters beside the language and those allowed.

    Raises: BadParameter.
    """
    for name, value in current_state().items:
        if name != "lang" and name not in allowed:
            raise BadParameter(f"There is no parameter {name!r} here.", parameter=name, value=value)


def read_query(state: State, *page_parameters: str) -> Query:
    """Give the query of an address; browsing without words begins with the newest.

    Args:
        page_parameters: names beside the language that belong to the page, not to the query.

    Raises: BadParameter.
    """
    query = build_query(query_params(state, ignore=("lang", *page_parameters)))
    if not query.text.strip() and not state.get("sort"):
        return replace(query, sort="-date")
    return query


def permanent_link(passage_id: str) -> str:
    """Give the address of a passage that stays, whatever the request looked like."""
    return public_address(url_for("pages.show_passage", passage_id=passage_id))


def public_address(path: str) -> str:
    """Give the whole address of a path of ours, as others may follow it."""
    # A path has the prefix that a proxy serves us at; so has the public address, if it is given.
    if base_url := current_settings().base_url:
        return base_url + path.removeprefix(request.script_root)
    return request.host_url.rstrip("/") + path


def link_later() -> Callable[[str], str]:
    """Give a function for permanent links that outlives the request, for what is streamed."""
    anywhere = permanent_link("*").removesuffix("*")
    return lambda passage_id: anywhere + quote(passage_id, safe="")


def refuse_paging(state: State, *names: str) -> None:
    """Refuse parameters of a list of results where the order and the end are given.

    Raises: BadParameter.
    """
    for name in names:
        if state.get(name):
            raise BadParameter(
                f"There is no {name} here; the answer is always whole.",
                parameter=name,
                value=state.get(name),
            )


def gettext(message: str) -> str:
    return load_translations(current_language()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    return load_translations(current_language()).ngettext(singular, plural, count)


def template_context() -> dict[str, Any]:
    """Give what every template may call, in the language of the request."""
    language = current_language()
    return {
        "language": language,
        "state": current_state(),
        "current_path": current_path(),
        "page_address": lambda: public_address(current_state().at(current_path())),
        "home": current_state().language_only(),
        "status": cache(current_engine().status),
        "badge": partial(_badge, language=language),
        "name_date": partial(_name_date, language=language),
        "name_pages": name_pages,
        "name_published": partial(days.name_published, language=language),
        "name_period": partial(days.name_period, language=language),
        "name_country": partial(labels.name_country, language=language),
        "name_pair": partial(labels.name_pair, language=language),
        "name_kind": partial(labels.name_kind, language=language),
        "name_document_kind": partial(labels.name_document_kind, language=language),
        "name_confidence": partial(labels.name_confidence, language=language),
        "name_published_from": partial(labels.name_published_from, language=language),
        "name_bucket": partial(labels.name_bucket, language=language),
        "name_met": partial(labels.name_met, language=language),
        "name_shared": partial(labels.name_shared, language=language),
        "name_limits": partial(days.name_limits, language=language),
        "name_briefly": partial(days.name_briefly, language=language),
        "number": partial(format_decimal, locale=locale_of(language)),
        "weight": partial(format_decimal, format="0.00", locale=locale_of(language)),
        "short_name": outlines.name_passage,
        "read_source": sources.read_source,
        "find_host": sources.find_host,
        "find_archived": sources.find_archived,
        "name_mentioned": partial(days.name_mentioned, language=language),
        "translate_sentence": partial(translate_sentence, language=language),
        "split_runs": marking.split_runs,
        "split_paragraphs": marking.split_paragraphs,
        "breaks_off": marking.breaks_off,
    }


def _badge(passage: Passage, language: Language) -> days.Badge:
    return days.make_badge(passage.dates, passage.date_precision, language)


def _name_date(passage: Passage, language: Language) -> str:
    return days.name_range(passage.dates, passage.date_precision, language)
