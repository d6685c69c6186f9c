"""The formats in which a result can be taken away."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from corpus.identifiers import slugify
from web.briefings import write_docx
from web.exports import Export
from web.labels import N_
from web.references import write_bibtex_file, write_ris_file
from web.rows import write_csv, write_jsonl

_MAX_NAME_CHARS = 40


@dataclass(frozen=True, slots=True)
class Format:
    """How a file is called, what a browser is told of it, and what it is good for."""

    suffix: str
    media_type: str
    name: str
    purpose: str
    write: Callable[[Export], Iterator[bytes]]


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "docx": Format(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "DOCX",
            N_("a briefing with footnotes"),
            write_docx,
        ),
        "csv": Format("csv", "text/csv; charset=utf-8", "CSV", N_("for a spreadsheet"), write_csv),
        "ris": Format(
            "ris",
            "application/x-research-info-systems; charset=utf-8",
            "RIS",
            N_("for Zotero, EndNote, Mendeley"),
            write_ris_file,
        ),
        "bibtex": Format(
            "bib",
            "application/x-bibtex; charset=utf-8",
            "BibTeX",
            N_("for LaTeX"),
            write_bibtex_file,
        ),
        "jsonl": Format(
            "jsonl",
            "application/jsonl; charset=utf-8",
            "JSON Lines",
            N_("for programs"),
            write_jsonl,
        ),
    }
)


def name_file(export: Export, form: Format) -> str:
    """Give the name that a file is saved under: of what question and of which day it is."""
    words = slugify(export.query)[:_MAX_NAME_CHARS].strip("-")
    parts = ("kwerenda", words, export.exported.date().isoformat())
    return f"{'-'.join(part for part in parts if part)}.{form.suffix}"
