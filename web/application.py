"""The web application: pages and JSON over one engine."""

from flask import Flask
from werkzeug.wrappers import Response

from search.engine import Engine
from web.api import api
from web.concordances import concordances
from web.context import check_language, gettext, ngettext, template_context
from web.errors import register_errors
from web.languages import LANGUAGES
from web.originals import originals
from web.overviews import overviews
from web.pages import pages
from web.profiles import profiles
from web.settings import Settings

# Nothing but our own files, no inline script or style, nobody may frame us.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def build_app(engine: Engine, settings: Settings) -> Flask:
    """Give the web application that asks `engine`."""
    app = Flask(__name__)
    app.extensions["kwerenda.engine"] = engine
    app.extensions["kwerenda.settings"] = settings
    app.json.sort_keys = False  # type: ignore[attr-defined]  # of the default provider
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True
    )
    app.context_processor(template_context)
    app.before_request(check_language)
    app.after_request(add_headers)
    app.register_blueprint(pages)
    app.register_blueprint(overviews)
    app.register_blueprint(concordances)
    app.register_blueprint(profiles)
    app.register_blueprint(originals)
    app.register_blueprint(api)
    register_errors(app)
    return app


def warm_app(app: Flask) -> None:
    """Compile the templates and give the first page in each language, so that nobody waits."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    client = app.test_client()
    for language in LANGUAGES:
        client.get("/", headers={"Accept-Language": language})


def add_headers(response: Response) -> Response:
    """Give every answer the headers that keep what documents say from doing anything."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    response.vary.add("Accept-Language")
    return response
