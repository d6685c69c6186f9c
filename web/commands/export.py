"""`kwerenda export`: the passages of a query in a file."""

from datetime import UTC, datetime
from pathlib import Path

import click

from search.request import build_query
from search.whoosh_engine import open_engine
from web.commands.narrowing import Narrowing, query_options, read_params
from web.exports import start_export
from web.formats import FORMATS
from web.params import read_state
from web.plain_errors import told_plainly
from web.settings import Settings


@click.command()
@click.argument("words", nargs=-1)
@query_options
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="jsonl", show_default=True
)
@click.option(
    "--output", type=click.Path(path_type=Path), help="A file; without it, standard output."
)
@click.pass_obj
@told_plainly
def export(
    settings: Settings,
    /,
    words: tuple[str, ...],
    form: str,
    output: Path | None,
    **narrowing: Narrowing,
) -> None:
    """Write all passages of a query, or of the whole index.

    Each file says of which question and of which state of the index it is. Links begin
    with KWERENDA_BASE_URL.
    """
    params = read_params(words, narrowing)
    query = build_query(params)
    asked = read_state((name, value) for name, values in params.items() for value in values)
    engine = open_engine(Path(settings.index))
    try:
        taken = start_export(
            engine,
            query,
            search=asked.at(f"{settings.base_url}/"),
            link_to=lambda passage_id: f"{settings.base_url}/p/{passage_id}",
            exported=datetime.now(UTC),
            language=settings.language,
        )
        with click.open_file(str(output or "-"), "wb") as file:
            for piece in FORMATS[form].write(taken):
                file.write(piece)
    finally:
        engine.close()
