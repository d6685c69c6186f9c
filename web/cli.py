"""The command `kwerenda`: search, export, serve, evaluate, beside what keeps the index.

Every failure is one line on stderr and a non-zero exit.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from index.explanation import explain_text
from search.evaluation import evaluate_queries, read_judged_queries
from search.query import MAX_LIMIT, SORTS
from search.request import DEFAULT_LIMIT, build_query
from search.whoosh_engine import open_engine
from web.analysis_report import analysis_to_json, write_analysis
from web.evaluation_report import evaluation_to_json, find_failures, write_evaluation
from web.exports import start_export
from web.formats import FORMATS
from web.maintenance import COMMANDS
from web.params import read_state
from web.plain_errors import told_plainly
from web.serializers import results_to_json
from web.settings import Settings, read_settings
from web.terminal import print_results


def query_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that narrow a query, the same for `search` and `export`."""
    for option in (
        click.option("--from", "start", metavar="DATE", help="First day, month or year."),
        click.option("--to", "end", metavar="DATE", help="Last day, month or year."),
        click.option("--pair", multiple=True, metavar="JP-RU", help="A pair of countries."),
        click.option("--country", multiple=True, metavar="JP", help="A country taking part."),
        click.option("--actor", multiple=True, metavar="NAME", help="A person or organisation."),
        click.option("--kind", multiple=True, metavar="KIND", help="event, conclusion, comment…"),
        click.option("--document", multiple=True, metavar="ID", help="A document."),
        click.option("--source", multiple=True, metavar="HOST", help="A host linked to."),
        click.option("--sort", type=click.Choice(SORTS), default=None, help="Order of the hits."),
    ):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--index", "directory", metavar="PLACE", help="The index (else KWERENDA_INDEX).")
@click.version_option(package_name="kwerenda")
@click.pass_context
def main(context: click.Context, directory: str | None) -> None:
    """Search Polish event monitors and bulletins; every answer cites its source."""
    try:
        settings = read_settings()
    except ValueError as err:
        raise click.ClickException(str(err)) from err
    context.obj = replace(settings, index=directory) if directory else settings


for command in COMMANDS:
    main.add_command(command)


@main.command()
@click.argument("words", nargs=-1)
@query_options
@click.option("--limit", type=click.IntRange(1, MAX_LIMIT), default=DEFAULT_LIMIT)
@click.option("--offset", type=click.IntRange(min=0), default=0)
@click.option("--snippets", metavar="N", help="Fragments of each hit, at most.")
@click.option("--snippet-chars", metavar="N", help="Characters of a fragment, at most.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_obj
@told_plainly
def search(
    settings: Settings,
    /,
    words: tuple[str, ...],
    limit: int,
    offset: int,
    as_json: bool,
    **narrowing: str | tuple[str, ...] | None,
) -> None:
    """Search the index; the query language is that of the page."""
    params = _params(words, narrowing) | {"limit": [str(limit)], "offset": [str(offset)]}
    query = build_query(params)
    engine = open_engine(Path(settings.index))
    try:
        results = engine.search(query)
    finally:
        engine.close()
    if as_json:
        click.echo(json.dumps(results_to_json(results), ensure_ascii=False))
    else:
        print_results(results, settings)


@main.command()
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
    **narrowing: str | tuple[str, ...] | None,
) -> None:
    """Write all passages of a query, or of the whole index.

    Each file says of which question and of which state of the index it is. Links begin
    with KWERENDA_BASE_URL.
    """
    params = _params(words, narrowing)
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


@main.command()
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
    # A server is needed by this command alone, and costs every other one its start.
    from waitress import create_server

    from web import create_app

    engine = open_engine(Path(settings.index))
    engine.warm()
    server = create_server(create_app(engine, settings), host=host, port=port, threads=threads)
    click.echo(f"Kwerenda at http://{host}:{server.effective_port}/ (stop with Ctrl+C)")
    try:
        server.run()
    finally:
        engine.close()


@main.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@told_plainly
def analyse(text: tuple[str, ...], as_json: bool) -> None:
    """Show what becomes of each word of TEXT: readings kept (+) and dropped (-), keys.

    A word of a query finds a word of a text if they share a key.
    """
    words = explain_text(" ".join(text))
    if as_json:
        click.echo(json.dumps(analysis_to_json(words), ensure_ascii=False))
    else:
        click.echo("\n".join(write_analysis(words)))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--k", type=click.IntRange(1, MAX_LIMIT), default=DEFAULT_LIMIT, show_default=True)
@click.option("--min-recall", type=click.FloatRange(0, 1), help="Fail below this mean.")
@click.option("--min-mrr", type=click.FloatRange(0, 1), help="Fail below this mean.")
@click.option("--min-ndcg", type=click.FloatRange(0, 1), help="Fail below this mean.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
@told_plainly
def evaluate(
    settings: Settings, /, file: Path, k: int, as_json: bool, **least: float | None
) -> None:
    """Ask the queries of FILE and compare the first k hits with the passages named there.

    Exits with 1 when a mean is below what is demanded, or an expected passage does not exist.
    """
    queries = read_judged_queries(file)
    engine = open_engine(Path(settings.index))
    try:
        evaluation = evaluate_queries(queries, engine, k)
    finally:
        engine.close()
    if as_json:
        click.echo(json.dumps(evaluation_to_json(evaluation), ensure_ascii=False))
    else:
        click.echo("\n".join(write_evaluation(evaluation)))
    failures = find_failures(
        evaluation, {name.removeprefix("min_"): value for name, value in least.items()}
    )
    for failure in failures:
        click.echo(failure, err=True)
    if failures:
        sys.exit(1)


def _params(
    words: tuple[str, ...], narrowing: dict[str, str | tuple[str, ...] | None]
) -> dict[str, list[str]]:
    """Give the options as the parameters of an address, which they are named like."""
    names = {"start": "from", "end": "to"}
    params = {"q": [" ".join(words)]}
    for name, value in narrowing.items():
        values = [value] if isinstance(value, str) else list(value or ())
        if values:
            params[names.get(name, name)] = values
    return params
