"""`kwerenda index` and `kwerenda watch`: what brings an index up to date with files."""

import json
import sys
from contextlib import suppress
from pathlib import Path

import click

from corpus.actors.alias_file import read_alias_file
from web.index_summary import Summary
from web.indexing import index_paths
from web.plain_errors import told_plainly
from web.settings import Settings
from web.watching import look_every, watch_paths

MAX_RESEMBLING = 5

aliases_option = click.option(
    "--aliases",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Your file of names that mean the same; the index keeps a copy.",
)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@aliases_option
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
    aliases: Path | None,
    rebuild: bool,
    workers: int | None,
    as_json: bool,
) -> None:
    """Read files or folders into the index; only what has changed is read again.

    Files that are gone from a folder leave the index. Exits with 1 when a file could not
    be read; the others are indexed all the same. With other aliases than before every file
    is read again.
    """
    summary = index_paths(
        paths,
        Path(settings.index),
        aliases=read_alias_file(aliases) if aliases else None,
        rebuild=rebuild,
        workers=workers,
    )
    if as_json:
        click.echo(json.dumps(summary.to_json(), ensure_ascii=False))
    else:
        _print_summary(summary)
    if summary.failed:
        sys.exit(1)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@aliases_option
@click.option(
    "--every", type=click.FloatRange(min=0.2), default=5.0, show_default=True, metavar="SECONDS"
)
@click.pass_obj
@told_plainly
def watch(settings: Settings, paths: tuple[Path, ...], aliases: Path | None, every: float) -> None:
    """Keep the index up to date with files or folders until stopped (Ctrl+C)."""

    def report(done: Summary | str) -> None:
        if isinstance(done, str):
            click.echo(done, err=True)
        else:
            _print_summary(done)

    with suppress(KeyboardInterrupt):
        watch_paths(
            paths, Path(settings.index), aliases=aliases, looks=look_every(every), report=report
        )


def _print_summary(summary: Summary) -> None:
    counts = summary.counts()
    click.echo(", ".join(f"{count} {name}" for name, count in counts.items()))
    click.echo(f"{summary.documents} documents, {summary.passages} passages in the index")
    for path, other, share in summary.resembling[:MAX_RESEMBLING]:
        click.echo(f"{path} says nearly the same as {other} ({share:.0%})")
    if more := summary.resembling[MAX_RESEMBLING:]:
        click.echo(f"{len(more)} more say nearly the same as another one")
    for path, reason in summary.failed:
        click.echo(f"{path}: {reason}", err=True)
