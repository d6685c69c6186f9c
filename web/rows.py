"""A result as rows: JSON Lines for programs, CSV for spreadsheets."""

import csv
import io
import json
from collections.abc import Iterator

from corpus.document import Passage
from search.results import DocumentLabel
from web.exports import Export
from web.serializers import Json, passage_to_json

# What a spreadsheet may take for the beginning of a formula, wide forms among it.
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_INVISIBLE = "".join(map(chr, range(0x21))) + "\x7f\xa0\u200b\u200c\u200d\u2060\ufeff"

CSV_COLUMNS = (
    "id",
    "link",
    "date_start",
    "date_end",
    "date_precision",
    "kind",
    "headline",
    "text",
    "countries",
    "pairs",
    "actors",
    "roles",
    "sources",
    "document",
    "published",
    "pages",
    "query",
    "search",
    "generation",
    "exported",
)


def write_jsonl(export: Export) -> Iterator[bytes]:
    """Give a line of JSON for each passage."""
    origin = {"export": _origin_to_json(export)}
    for passage, document in export.passages:
        line = json.dumps(passage_to_json(passage, document) | origin, ensure_ascii=False)
        yield f"{line}\n".encode("utf-8", "replace")


def write_csv(export: Export) -> Iterator[bytes]:
    """Give a table with a header; cells are safe to open in a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    # Without the mark a spreadsheet takes UTF-8 for the code page of its country.
    buffer.write("\ufeff")
    writer.writerow(CSV_COLUMNS)
    origin = tuple(str(value) for value in _origin_to_json(export).values())
    for passage, document in export.passages:
        yield _take(buffer)
        row = (*_csv_row(passage, document, export.link_to(passage.id)), *origin)
        writer.writerow([_harmless(cell) for cell in row])
    yield _take(buffer)


def _origin_to_json(export: Export) -> Json:
    return {
        "query": export.query,
        "search": export.search,
        "generation": export.generation,
        "exported": export.exported.isoformat(timespec="seconds"),
    }


def _csv_row(passage: Passage, document: DocumentLabel, link: str) -> tuple[str, ...]:
    dates = passage.dates
    return (
        passage.id,
        link,
        dates.start.isoformat() if dates else "",
        dates.end.isoformat() if dates else "",
        passage.date_precision,
        passage.kind,
        passage.headline,
        passage.text,
        " ".join(passage.countries),
        " ".join(passage.pairs),
        "; ".join(actor.name for actor in passage.actors),
        "; ".join(f"{each.name}: {', '.join(each.roles)}" for each in passage.actors if each.roles),
        " ".join(source.url for source in passage.sources),
        document.title,
        document.published,
        f"{passage.page_start}–{passage.page_end}",
    )


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    bare = cell.lstrip(_INVISIBLE)
    begins_badly = bare.startswith(_FORMULA_STARTS) or cell.startswith(("\t", "\r", "\n"))
    return f"'{cell}" if begins_badly else cell


def _take(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")
