"""Results as a terminal shows them."""

from collections.abc import Iterable

import click

from search.results import Hit, Results
from web.days import name_range
from web.notes import write_remark
from web.settings import Settings


def print_results(results: Results, settings: Settings) -> None:
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
