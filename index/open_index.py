"""An index opened for reading: passages, documents, words, and what is no longer there."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from threading import Lock, RLock
from types import TracebackType

from whoosh.fields import Schema
from whoosh.index import FileIndex, open_dir
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from corpus.document import Document, Passage
from index.errors import IndexFailure
from index.fields import TEXT_FIELDS
from index.generations import Generation, Hold, hold_current
from index.lexicon import Lexicon
from index.pointer import read_pointer
from index.records import document_from_record, passage_from_record
from index.retirement import RetiredPassage, read_retired
from index.whoosh_schema import document_schema, passage_schema

PASSAGES = "passages"
DOCUMENTS = "documents"


class OpenIndex:
    """The generation that was live when it was opened; it stays whole until it is closed.

    Safe to call from several threads. A Whoosh reader is not: whoever reads postings from
    `reader` itself does so under `lock`.
    """

    def __init__(self, directory: Path, hold: Hold) -> None:
        self._directory = directory
        self._hold = hold
        self.generation: Generation = hold.generation
        path = hold.generation.path
        self.lock = RLock()
        self._once = Lock()
        self.passages: FileIndex = _open(path, PASSAGES, passage_schema())
        self.reader: IndexReader = self.passages.reader()
        self._documents = StoredDocuments(path)

    def searcher(self, **options: object) -> Searcher:
        """Give a Whoosh searcher of the passages, for one thread; close it after use."""
        return self.passages.searcher(**options)

    def passage(self, passage_id: str) -> Passage | None:
        """Give a passage by its id."""
        with self.lock:
            doc = _find(self.reader, passage_id)
            return None if doc is None else self.passage_at(doc)

    def passage_at(self, doc: int) -> Passage:
        """Give the passage of a document number of `reader`."""
        with self.lock:
            record = self.reader.stored_fields(doc)["record"]
        return passage_from_record(record)

    def document(self, document_id: str) -> Document | None:
        """Give a document by its id."""
        with self.lock:
            return self._documents.find(document_id)

    def documents(self) -> Iterator[Document]:
        """Give every document, in the order in which they were written."""
        for doc in self._documents.numbers():
            with self.lock:
                document = self._documents.at(doc)
            yield document

    def retired(self, passage_id: str) -> RetiredPassage | None:
        """Give what became of a passage that is no longer there."""
        return self._retired.get(passage_id)

    @property
    def lexicon(self) -> Lexicon:
        """Give the words of the passages, read once."""
        with self._once:
            return self._lexicon

    @cached_property
    def _lexicon(self) -> Lexicon:
        with self.lock:
            terms = (text for field in TEXT_FIELDS for text in self.reader.lexicon(field))
            return Lexicon(
                (text.decode() for text in terms),
                (text.decode() for text in self.reader.lexicon("exact")),
            )

    @cached_property
    def _retired(self) -> dict[str, RetiredPassage]:
        return read_retired(self.generation.path)

    def is_stale(self) -> bool:
        """Tell whether another generation is live now; cheap."""
        try:
            return read_pointer(self._directory).name != self.generation.path.name
        except IndexFailure:
            return False

    def close(self) -> None:
        """Close the files and let the generation go."""
        self.reader.close()
        self._documents.close()
        self._hold.close()

    def __enter__(self) -> "OpenIndex":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class StoredDocuments:
    """The documents of a generation, by id or one after another."""

    def __init__(self, path: Path) -> None:
        self._reader: IndexReader = _open(path, DOCUMENTS, document_schema()).reader()

    def find(self, document_id: str) -> Document | None:
        """Give a document by its id."""
        doc = _find(self._reader, document_id)
        return None if doc is None else self.at(doc)

    def at(self, doc: int) -> Document:
        """Give the document of a number."""
        return document_from_record(self._reader.stored_fields(doc)["record"])

    def numbers(self) -> tuple[int, ...]:
        """Give the numbers of the documents."""
        return tuple(self._reader.all_doc_ids())

    def close(self) -> None:
        """Close the files."""
        self._reader.close()


def open_index(directory: Path) -> OpenIndex:
    """Open the live generation of an index.

    Raises: NoIndex, NotAnIndex, DamagedIndex, IncompatibleIndex.
    """
    hold = hold_current(directory)
    try:
        return OpenIndex(directory, hold)
    except BaseException:
        hold.close()
        raise


def _open(path: Path, name: str, schema: Schema) -> FileIndex:
    return open_dir(str(path), indexname=name, readonly=True, schema=schema)


def _find(reader: IndexReader, key: str) -> int | None:
    """Give the number of the document with an id."""
    encoded = key.encode()
    if ("id", encoded) not in reader:
        return None
    matcher = reader.postings("id", encoded)
    return int(matcher.id()) if matcher.is_active() else None
