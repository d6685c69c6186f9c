"""`kwerenda analyse`: what becomes of each word."""

import json

import click

from index.explanation import explain_text
from web.analysis_report import analysis_to_json, write_analysis
from web.plain_errors import told_plainly


@click.command()
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
