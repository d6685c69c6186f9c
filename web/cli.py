"""The command `kwerenda`: index, search, export, serve, evaluate, and a look at the index.

Every failure is one line on stderr and a non-zero exit.
"""

import io
import json
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from corpus.errors import CorpusError
from index.errors import IndexFailure
from index.explanation import explain_text
from index.generations import rollback, verify
from index.whoosh_index import backup_index, rebuild_index
from search.errors import SearchError
from search.evaluation import evaluate_queries, read_judged_queries
from search.query import MAX_LIMIT, SORTS
from search.request import DEFAULT_LIMIT, build_query
from search.results import Hit, Results
from search.whoosh_engine import open_engine
from web.analysis_report import analysis_to_json, write_analysis
from web.days import name_range
from web.evaluation_report import evaluation_to_json, find_failures, write_evaluation
from web.exports import start_export
from web.formats import FORMATS
from web.indexing import Summary, index_paths
from web.notes import write_remark
from web.params import read_state
from web.serializers import results_to_json, status_to_json
from web.settings import Settings, read_settings
from web.watching import look_every, watch_paths

MAX_RESEMBLING = 5

P = ParamSpec("P")
T = TypeVar("T")


def told_plainly(command: Callable[P, T]) -> Callable[P, T]:
    """Turn our own errors, and those of the disk, into one line for people."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except BrokenPipeError:
            # The reader of a pipe has seen enough; what is left to flush has nowhere to go.
            sys.stdout = io.StringIO()
            sys.exit(0)
        except (CorpusError, IndexFailure, SearchError, ValueError, OSError) as err:
            raise click.ClickException(" ".join(str(err).split())) from err

    return run


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


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--rebuild", is_flag=True, help="Begin anew instead of updating.")
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Processes; by default as many as cores."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_obj
@told_plainly
def index(
    settings: Settings,
    paths: tuple[Path, ...],
    rebuild: bool,
    workers: int | None,
    as_json: bool,
) -> None:
    """Read files or folders into the index; only what has changed is read again.

    Files that are gone from a folder leave the index. Exits with 1 when a file could not
    be read; the others are indexed all the same.
    """
    summary = index_paths(paths, Path(settings.index), rebuild=rebuild, workers=workers)
    if as_json:
        click.echo(json.dumps(summary.to_json(), ensure_ascii=False))
    else:
        _print_summary(summary)
    if summary.failed:
        sys.exit(1)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--every", type=click.FloatRange(min=0.2), default=5.0, show_default=True, metavar="SECONDS"
)
@click.pass_obj
@told_plainly
def watch(settings: Settings, paths: tuple[Path, ...], every: float) -> None:
    """Keep the index up to date with files or folders until stopped (Ctrl+C)."""

    def report(done: Summary | str) -> None:
        if isinstance(done, str):
            click.echo(done, err=True)
        else:
            _print_summary(done)

    with suppress(KeyboardInterrupt):
        watch_paths(paths, Path(settings.index), looks=look_every(every), report=report)


@main.command()
@click.argument("words", nargs=-1)
@query_options
@click.option("--limit", type=click.IntRange(1, MAX_LIMIT), default=DEFAULT_LIMIT)
@click.option("--offset", type=click.IntRange(min=0), default=0)
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
        _print_results(results, settings)


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
@click.pass_obj
@told_plainly
def serve(settings: Settings, host: str, port: int, threads: int) -> None:
    """Serve the pages and the JSON interface."""
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
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
@told_plainly
def status(settings: Settings, as_json: bool) -> None:
    """Say what stands in the index and what could not be read."""
    engine = open_engine(Path(settings.index))
    try:
        found = engine.status()
    finally:
        engine.close()
    if as_json:
        click.echo(json.dumps(status_to_json(found), ensure_ascii=False))
        return
    click.echo(f"index       {settings.index}, generation {found.generation}, {found.built}")
    click.echo(f"documents   {found.documents}")
    click.echo(f"passages    {found.passages}, {found.undated} of them undated")
    if found.dates:
        click.echo(f"dates       {found.dates.start} to {found.dates.end}")
    for path, reason in found.failed:
        click.echo(f"not read    {path}: {reason}")


@main.command("verify")
@click.pass_obj
@told_plainly
def verify_command(settings: Settings) -> None:
    """Compare every file of the live generation with its checksum."""
    verify(Path(settings.index))
    click.echo("The index is as it was written.")


@main.command("rollback")
@click.pass_obj
@told_plainly
def rollback_command(settings: Settings) -> None:
    """Make the generation before the live one live again."""
    generation = rollback(Path(settings.index))
    click.echo(f"Generation {generation.number} is live again.")


@main.command("rebuild")
@click.pass_obj
@told_plainly
def rebuild_command(settings: Settings) -> None:
    """Write the index anew from the documents stored in it; no source file is needed."""
    generation = rebuild_index(Path(settings.index))
    click.echo(f"Generation {generation.number}: {generation.passages} passages.")


@main.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@click.pass_obj
@told_plainly
def backup_command(settings: Settings, target: Path) -> None:
    """Copy the live generation to a new directory, an index of its own."""
    generation = backup_index(Path(settings.index), target)
    click.echo(f"{target} holds {generation.documents} documents.")


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


def _print_summary(summary: Summary) -> None:
    counts = summary.counts()
    click.echo(", ".join(f"{count} {name}" for name, count in counts.items()))
    click.echo(f"{summary.documents} documents, {summary.passages} passages in the index")
    for path, other in summary.resembling[:MAX_RESEMBLING]:
        click.echo(f"{path} says nearly the same as {other}")
    if more := summary.resembling[MAX_RESEMBLING:]:
        click.echo(f"{len(more)} more say nearly the same as another one")
    for path, reason in summary.failed:
        click.echo(f"{path}: {reason}", err=True)


def _print_results(results: Results, settings: Settings) -> None:
    for note in results.notes:
        remark = write_remark(note, settings.language)
        if remark.text:
            click.echo(f"({remark.text})")
    for rank, hit in enumerate(results.hits, start=results.query.offset + 1):
        click.echo(f"\n{rank}. {_describe(hit, settings)}")
        if hit.passage.headline:
            click.echo(f"   {_emphasise(hit.passage.headline, hit.headline_marks)}")
        for snippet in hit.snippets:
            click.echo(f"   {_emphasise(snippet.text, snippet.marks)}")
        for source in hit.passage.sources:
            click.echo(f"   {source.url}")
    click.echo(f"\n{results.total} passages from {results.documents} documents")


def _describe(hit: Hit, settings: Settings) -> str:
    passage = hit.passage
    dates = name_range(passage.dates, passage.date_precision, settings.language)
    return f"{dates} · {hit.document.title}, p. {passage.page_start} · {passage.id}"


def _emphasise(text: str, marks: Iterable[tuple[int, int]]) -> str:
    """Give a text for the terminal, what matched in bold (pipes get none)."""
    pieces, at = [], 0
    for start, end in marks:
        pieces += [text[at:start], click.style(text[start:end], bold=True)]
        at = end
    return " ".join("".join([*pieces, text[at:]]).split())
