"""The commands that make, check and keep an index."""

import json
import sys
from contextlib import suppress
from pathlib import Path

import click

from index.generations import rollback, verify
from index.whoosh_index import backup_index, rebuild_index
from search.whoosh_engine import open_engine
from web.indexing import Summary, index_paths
from web.plain_errors import told_plainly
from web.serializers import status_to_json
from web.settings import Settings
from web.watching import look_every, watch_paths

MAX_RESEMBLING = 5


@click.command()
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


@click.command()
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


@click.command()
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


@click.command("verify")
@click.pass_obj
@told_plainly
def verify_command(settings: Settings) -> None:
    """Compare every file of the live generation with its checksum."""
    verify(Path(settings.index))
    click.echo("The index is as it was written.")


@click.command("rollback")
@click.pass_obj
@told_plainly
def rollback_command(settings: Settings) -> None:
    """Make the generation before the live one live again."""
    generation = rollback(Path(settings.index))
    click.echo(f"Generation {generation.number} is live again.")


@click.command("rebuild")
@click.pass_obj
@told_plainly
def rebuild_command(settings: Settings) -> None:
    """Write the index anew from the documents stored in it; no source file is needed."""
    generation = rebuild_index(Path(settings.index))
    click.echo(f"Generation {generation.number}: {generation.passages} passages.")


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@click.pass_obj
@told_plainly
def backup_command(settings: Settings, target: Path) -> None:
    """Copy the live generation to a new directory, an index of its own."""
    generation = backup_index(Path(settings.index), target)
    click.echo(f"{target} holds {generation.documents} documents.")


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


COMMANDS = (
    index,
    watch,
    status,
    verify_command,
    rollback_command,
    rebuild_command,
    backup_command,
)
