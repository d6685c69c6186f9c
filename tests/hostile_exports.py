"""Results whose texts would break a careless writer, and each taken away as bytes."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
from lxml import etree
from small_documents import make_document, source_of

from corpus.document import Document, Passage, Source
from index.whoosh_index import update_index
from search.request import build_query
from search.whoosh_engine import WhooshEngine, open_engine
from web.exports import Export, start_export
from web.formats import FORMATS

FORMULAS = (
    '=HYPERLINK("https://zly.example","Klik")',
    "+48 22 555 01 01 to numer ambasady",
    "-2+3 to nie jest rachunek",
    "@SUM(A1:A9)",
    "\t=1+1",
    " =1+1 po spacji",
    "＝1+1 szerokim znakiem",
    "\ufeff=1+1 po znaku niewidocznym",
)
HOSTILE = (
    "Łódź: 100% zysku & strat_netto {klamra} nawias} \\input{x} ~ ^ $5 #7",
    'Minister powiedział: "tak", a potem <b>nie</b>; ]]> koniec.',
    "Znak strony\x0c i dzwonek\x07 w środku zdania.",
    "Wiersz pierwszy\nER  - \nTY  - BOOK\nwiersz drugi",
    "@article{zly, title = {nie}}",
)
MOMENT = datetime(2031, 6, 1, 8, 30, tzinfo=UTC)
BASE = "https://kwerenda.example"


def open_hostile(directory: Path) -> WhooshEngine:
    """Index what would break a careless writer, in a new directory."""
    documents = [with_long_pages(make_document("zle", *FORMULAS, *HOSTILE, title="=Zły tytuł"))]
    documents.append(make_document("dobre", "Rozmowy o zamku.", "Umowa o zamku i moście."))
    update_index(directory, added=[(source_of(document), document) for document in documents])
    return open_engine(directory)


def with_long_pages(document: Document) -> Document:
    """Give a document of some pages whose passages name two sources, one of them no address."""
    sources = (
        Source("https://agencja.example/a?b=1&c=2", "", "exact"),
        Source('javascript:alert("x")', "", "guess"),
        Source('https://agencja.example/"b"MACROBUTTON', "", "guess"),
    )
    passages = tuple(
        replace(passage, page_start=3, page_end=4, sources=sources) for passage in document.passages
    )
    return replace(document, pages=9, passages=passages)


def begin(engine: WhooshEngine, **params: str) -> Export:
    return start_export(
        engine,
        build_query({name: [value] for name, value in params.items()}),
        search=f"{BASE}/?q={params.get('q', '')}",
        link_to=lambda passage_id: f"{BASE}/p/{passage_id}",
        exported=MOMENT,
        language="pl",
    )


def write(engine: WhooshEngine, form: str, **params: str) -> bytes:
    return b"".join(FORMATS[form].write(begin(engine, **params)))


def found(engine: WhooshEngine, **params: str) -> list[Passage]:
    query = build_query({name: [value] for name, value in params.items()})
    return [passage for passage, _ in engine.scan(query)]


def open_word(content: bytes) -> tuple[list[str], etree._Element]:
    """Give the paragraphs of a Word document, as python-docx has them, and its footnotes."""
    document = docx.Document(io.BytesIO(content))
    notes = next(
        rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/footnotes")
    )
    return [paragraph.text for paragraph in document.paragraphs], etree.fromstring(notes.blob)
