"""Small documents for the tests of the index: one paragraph a passage."""

import hashlib
from collections.abc import Sequence
from datetime import date

from corpus.document import Actor, DateRange, Document, Passage, Source
from index.manifest import SourceEntry

DAY = DateRange(date(2031, 5, 6), date(2031, 5, 8))


def make_document(document_id: str, *texts: str, title: str = "") -> Document:
    passages, start = [], 0
    for ordinal, text in enumerate(texts):
        passages.append(make_passage(document_id, text, ordinal=ordinal, start=start))
        start += len(text) + 2
    return Document(
        id=document_id,
        title=title or f"Przegląd {document_id}",
        kind="monitor",
        published=DateRange(date(2031, 5, 1), date(2031, 5, 31)),
        published_from="text",
        publisher="Instytut Przykładowy",
        language="pl",
        source_url="",
        path=f"{document_id}.txt",
        sha256=hashlib.sha256("\n\n".join(texts).encode()).hexdigest(),
        pages=1,
        text="\n\n".join(texts),
        passages=tuple(passages),
    )


def make_passage(
    document_id: str,
    text: str,
    *,
    ordinal: int = 0,
    start: int = 0,
    dates: DateRange | None = DAY,
    actors: Sequence[Actor] = (),
) -> Passage:
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return Passage(
        id=f"{document_id}-{digest}",
        document_id=document_id,
        ordinal=ordinal,
        kind="event",
        section="I. CZECHY – SŁOWACJA",
        headline=text.partition(".")[0],
        label="",
        text=text,
        start=start,
        end=start + len(text),
        page_start=1,
        page_end=1,
        dates=dates,
        date_precision="day" if dates else "none",
        countries=("CZ", "SK"),
        mentioned=("CZ", "SK"),
        pairs=("CZ-SK",),
        actors=tuple(actors),
        sources=(Source("https://www.agencja.example/1", "", "exact"),),
    )


def source_of(document: Document, path: str = "") -> SourceEntry:
    return SourceEntry(path or document.path, document.id, document.sha256, len(document.text), 1)
