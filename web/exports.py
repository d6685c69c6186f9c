"""Passages taken away as files, a piece at a time, so that any number of them fits in memory."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from corpus.document import Passage
from search.results import DocumentLabel
from web.serializers import passage_to_json

CSV_COLUMNS = (
    "id",
    "date_start",
    "date_end",
    "kind",
    "headline",
    "text",
    "countries",
    "pairs",
    "actors",
    "sources",
    "document",
    "pages",
)


def write_jsonl(passages: Iterable[tuple[Passage, DocumentLabel]]) -> Iterator[str]:
    """Give a line of JSON for each passage."""
    for passage, document in passages:
        yield json.dumps(passage_to_json(passage, document), ensure_ascii=False) + "\n"


def write_csv(passages: Iterable[tuple[Passage, DocumentLabel]]) -> Iterator[str]:
    """Give a table with a header; cells are safe to open in a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(CSV_COLUMNS)
    for passage, document in passages:
        yield _take(buffer)
        writer.writerow([_harmless(cell) for cell in _csv_row(passage, document)])
    yield _take(buffer)


def _csv_row(passage: Passage, document: DocumentLabel) -> tuple[str, ...]:
    dates = passage.dates
    return (
        passage.id,
        dates.start.isoformat() if dates else "",
        dates.end.isoformat() if dates else "",
        passage.kind,
        passage.headline,
        passage.text,
        " ".join(passage.countries),
        " ".join(passage.pairs),
        "; ".join(actor.name for actor in passage.actors),
        " ".join(source.url for source in passage.sources),
        document.title,
        f"{passage.page_start}-{passage.page_end}",
    )


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _take(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
