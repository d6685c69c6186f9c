"""`kwerenda serve`: the pages and the JSON interface."""

import gc
from dataclasses import replace
from pathlib import Path

import click
from waitress import create_server

from search.whoosh_engine import open_engine
from web import create_app
from web.application import warm_app
from web.plain_errors import told_plainly
from web.settings import Settings

COLLECTOR_THRESHOLDS = (5_000, 5, 400)
"""A request leaves some five hundred objects in cycles, all of them young. To go through all
that the caches hold stops every request for a tenth of a second and finds next to nothing;
by default it happens every hundred requests, so every twenty thousand."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True)
@click.option(
    "--corpus",
    type=click.Path(exists=True, file_okay=False),
    help="The folder that was indexed: its files can be opened (else KWERENDA_CORPUS).",
)
@click.pass_obj
@told_plainly
def serve(settings: Settings, host: str, port: int, threads: int, corpus: str | None) -> None:
    """Serve the pages and the JSON interface."""
    settings = replace(settings, corpus=corpus) if corpus else settings
    engine = open_engine(Path(settings.index))
    engine.warm()
    app = create_app(engine, settings)
    warm_app(app)
    gc.set_threshold(*COLLECTOR_THRESHOLDS)
    server = create_server(app, host=host, port=port, threads=threads)
    click.echo(f"Kwerenda at http://{host}:{server.effective_port}/ (stop with Ctrl+C)")
    try:
        server.run()
    finally:
        engine.close()
