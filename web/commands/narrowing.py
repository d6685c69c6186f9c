"""What `search` and `export` share: the options that narrow a query."""

from collections.abc import Callable

import click

from search.query import SORTS

Narrowing = str | tuple[str, ...] | None

_OPTIONS = (
    click.option("--from", "start", metavar="DATE", help="First day, month or year."),
    click.option("--to", "end", metavar="DATE", help="Last day, month or year."),
    click.option("--pair", multiple=True, metavar="JP-RU", help="A pair of countries."),
    click.option("--country", multiple=True, metavar="JP", help="A country taking part."),
    click.option("--actor", multiple=True, metavar="NAME", help="A person or organisation."),
    click.option("--kind", multiple=True, metavar="KIND", help="event, conclusion, comment…"),
    click.option("--document", multiple=True, metavar="ID", help="A document."),
    click.option("--source", multiple=True, metavar="HOST", help="A host linked to."),
    click.option(
        "--related", multiple=True, metavar="RU", help="Count its capital and government as it."
    ),
    click.option("--sort", type=click.Choice(SORTS), default=None, help="Order of the hits."),
)


def query_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that narrow a query; Click lists first what was added last."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_params(words: tuple[str, ...], narrowing: dict[str, Narrowing]) -> dict[str, list[str]]:
    """Give the options as the parameters of an address, which they are named like."""
    names = {"start": "from", "end": "to"}
    params = {"q": [" ".join(words)]}
    for name, value in narrowing.items():
        values = [value] if isinstance(value, str) else list(value or ())
        if values:
            params[names.get(name, name)] = values
    return params
