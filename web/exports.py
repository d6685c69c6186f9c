"""Results taken away as files, a piece at a time, so that any number of them fits in memory.

Every file says of what question, of which index and of when it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from corpus.document import Document, Passage
from search.engine import Engine
from search.query import Query
from search.results import DocumentLabel
from search.scanning import scan_generation
from web.languages import Language

# A header is a kilobyte; reading one costs the whole document.
_CACHED_DOCUMENTS = 4_000


@dataclass(frozen=True, slots=True)
class Export:
    """A result on its way out, with all that is needed to have it again.

    `query` is as it was typed, `search` the address of the search with every filter,
    `generation` and `built` name the index. `link_to` gives the permanent link of a
    passage's id, `document_of` a document's header by its id.
    """

    query: str
    search: str
    generation: int
    built: str
    total: int
    documents: int
    relaxed: bool
    exported: datetime
    language: Language
    passages: Iterator[tuple[Passage, DocumentLabel]]
    link_to: Callable[[str], str]
    document_of: Callable[[str], Document]


def start_export(
    engine: Engine,
    query: Query,
    *,
    search: str,
    link_to: Callable[[str], str],
    exported: datetime,
    language: Language,
) -> Export:
    """Begin to take away everything that a query finds."""
    scan = scan_generation(engine, query)
    return Export(
        query=query.text.strip(),
        search=search,
        generation=scan.status.generation,
        built=scan.status.built,
        total=scan.total,
        documents=scan.documents,
        relaxed=scan.relaxed,
        exported=exported,
        language=language,
        passages=scan.passages,
        link_to=link_to,
        document_of=lru_cache(_CACHED_DOCUMENTS)(lambda name: read_header(engine, name)),
    )


def read_header(engine: Engine, document_id: str) -> Document:
    """Give a document without its text, which a reference has no use for."""
    document = engine.document(document_id)
    return replace(document, text="", passages=(), headings=(), furniture=(), notes=())
