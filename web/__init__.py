"""The outermost layer: pages, JSON and the command line."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from search.engine import Engine
    from web.settings import Settings


def create_app(engine: "Engine", settings: "Settings") -> "Flask":
    """Give the web application that asks `engine`."""
    # The command line lives in this package too and must not pay for a server it does not start.
    from web.application import build_app

    return build_app(engine, settings)
