"""The commands that check and keep a whole index."""

from pathlib import Path

import click

from index.backup import backup_index
from index.generations import rollback, verify
from index.whoosh_index import rebuild_index
from web.plain_errors import told_plainly
from web.settings import Settings


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
