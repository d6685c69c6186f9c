"""Small documents for the tests of the index: one paragraph a passage."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from corpus.document import Actor, DateRange, Document, Passage, Source
from corpus.identifiers import slugify
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


def vary_metadata(document: Document, rng: random.Random) -> Document:
    """Give a document whose passages differ in everything that facets count."""
    return replace(document, passages=tuple(_vary(passage, rng) for passage in document.passages))


def _vary(passage: Passage, rng: random.Random) -> Passage:
    begin = date(2031, 4, 20) + timedelta(days=rng.randint(0, 70))
    last = begin + timedelta(days=rng.choice((0, 0, 0, 2, 40)))
    dates = DateRange(begin, last) if rng.random() < 0.9 else None
    names = rng.sample(("Igor Morgulow", "Lee Yang-gu", "Anna Example", "Jan Próbny"), 4)
    return replace(
        passage,
        dates=dates,
        date_precision="day" if dates else "none",
        kind=rng.choice(("event", "event", "comment")),
        pairs=tuple(sorted(rng.sample(("JP-RU", "JP-UA", "CN-KP", "CZ-SK"), rng.randint(0, 3)))),
        actors=tuple(
            Actor(slugify(name), name, "person", (name,)) for name in names[: rng.randint(0, 4)]
        ),
    )


def source_of(document: Document, path: str = "") -> SourceEntry:
    return SourceEntry(path or document.path, document.id, document.sha256, len(document.text), 1)
