"""`kwerenda status`: what stands in the index."""

import json
from pathlib import Path

import click

from search.whoosh_engine import open_engine
from web.collection_serializers import status_to_json
from web.plain_errors import told_plainly
from web.settings import Settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
@told_plainly
def status(settings: Settings, as_json: bool) -> None:
    """Say what stands in the index and what could not be read."""
    engine = open_engine(Path(settings.index))
    try:
        found, near = engine.status(), len(engine.collection(limit=0).near)
    finally:
        engine.close()
    if as_json:
        said = status_to_json(found) | {"near_copies": near}
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    click.echo(f"index       {settings.index}, generation {found.generation}, {found.built}")
    click.echo(f"documents   {found.documents}")
    click.echo(f"passages    {found.passages}, {found.undated} of them undated")
    if found.dates:
        click.echo(f"dates       {found.dates.start} to {found.dates.end}")
    if near:
        click.echo(f"near copies {near} documents say nearly the same as another one")
    if found.aliases:
        click.echo(f"aliases     {found.aliases} of your own")
    if found.read_otherwise:
        click.echo(
            f"            {found.read_otherwise} files were read by others; index them again"
        )
    for path, reason in found.failed:
        click.echo(f"not read    {path}: {reason}")
