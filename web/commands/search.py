"""`kwerenda search`: an answer in the terminal, or as JSON."""

import json
from pathlib import Path

import click

from search.query import MAX_LIMIT
from search.request import DEFAULT_LIMIT, build_query
from search.whoosh_engine import open_engine
from web.commands.narrowing import Narrowing, query_options, read_params
from web.plain_errors import told_plainly
from web.serializers import results_to_json
from web.settings import Settings
from web.terminal import print_results


@click.command()
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
    **narrowing: Narrowing,
) -> None:
    """Search the index; the query language is that of the page."""
    params = read_params(words, narrowing) | {"limit": [str(limit)], "offset": [str(offset)]}
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
