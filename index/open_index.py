"""An index opened for reading: passages, documents, words, and what is no longer there."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from threading import Lock, RLock
from types import TracebackType

from whoosh.fields import Schema
from whoosh.index import FileIndex, open_dir
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from corpus.document import Document, Passage
from index.array_file import SUFFIX
from index.documents import Catalogue, StoredDocuments
from index.errors import IndexFailure, told_of_the_disk
from index.fields import TEXT_FIELDS
from index.generations import Generation, Hold, hold_current
from index.lexicon import Lexicon
from index.pointer import CURRENT, read_pointer
from index.records import passage_from_record
from index.resemblance import Resemblance
from index.retirement import RetiredPassage, read_retired
from index.segment import FlatSegment
from index.segment_set import read_segments
from index.whoosh_schema import document_schema, passage_schema

PASSAGES = "passages"
DOCUMENTS = "documents"


class OpenIndex:
    """The generation that was live when it was opened; it stays whole until it is closed.

    `segments` are the passages as arrays, in the order of their numbers. Safe to call from
    several threads. A Whoosh reader is not: whoever reads postings from `reader` itself
    does so under `lock`.
    """

    def __init__(self, directory: Path, hold: Hold) -> None:
        self._directory = directory
        self._pointer = directory / CURRENT
        self._hold = hold
        self.generation: Generation = hold.generation
        path = hold.generation.path
        self._seen: tuple[int, int, int] | None = None
        self.lock = RLock()
        self._once = Lock()
        self.segments = open_segments(path, PASSAGES, passage_schema())
        self._documents = StoredDocuments(
            open_segments(path, DOCUMENTS, document_schema()), self.segments
        )

    @cached_property
    def passages(self) -> FileIndex:
        """Give the passages as Whoosh's index."""
        path = str(self.generation.path)
        return open_dir(path, indexname=PASSAGES, readonly=True, schema=passage_schema())

    @cached_property
    def reader(self) -> IndexReader:
        """Give Whoosh's reader of the passages."""
        return self.passages.reader()

    def searcher(self, **options: object) -> Searcher:
        """Give a Whoosh searcher of the passages, for one thread; close it after use."""
        return self.passages.searcher(**options)

    def passage(self, passage_id: str) -> Passage | None:
        """Give a passage by its id."""
        doc = self.number_of(passage_id)
        return None if doc is None else self.passage_at(doc)

    def number_of(self, passage_id: str) -> int | None:
        """Give the document number of a passage by its id."""
        for segment in self.segments:
            for doc in segment.find_docs("id", passage_id):
                return segment.base + doc
        return None

    def passage_at(self, doc: int) -> Passage:
        """Give the passage of a document number."""
        segment = next(each for each in reversed(self.segments) if each.base <= doc)
        return passage_from_record(segment.records[doc - segment.base])

    def actor_name(self, actor_id: str) -> str | None:
        """Give an actor's name as the first passage of a segment has it."""
        for segment in self.segments:
            actors = segment.keyword_fields["actor"]
            number = actors.terms.find(actor_id)
            if number is not None and actors.names is not None:
                return actors.names[number]
        return None

    def actor_names(self) -> dict[str, str]:
        """Give the name of every actor by its id, each as `actor_name` does."""
        found: dict[str, str] = {}
        for segment in reversed(self.segments):
            actors = segment.keyword_fields["actor"]
            if actors.names is not None:
                found.update(zip(actors.terms, actors.names, strict=True))
        return found

    def document(self, document_id: str) -> Document | None:
        """Give a document by its id."""
        return self._documents.find(document_id)

    def header(self, document_id: str) -> Document | None:
        """Give a document by its id, without its text and its passages; quick."""
        return self._documents.header(document_id)

    def documents(self) -> Iterator[Document]:
        """Give every document, in the order in which they were written."""
        return iter(self._documents)

    def retired(self, passage_id: str) -> RetiredPassage | None:
        """Give what became of a passage that is no longer there."""
        with self._once:
            return self._retired.get(passage_id)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Give the words of the passages."""
        texts = [segment.text_fields[name] for segment in self.segments for name in TEXT_FIELDS]
        return Lexicon(texts, [segment.text_fields["exact"] for segment in self.segments])

    @cached_property
    def catalogue(self) -> Catalogue:
        """Give when each document was published, the newest first."""
        return self._documents.catalogue()

    @cached_property
    def resembling(self) -> Mapping[str, tuple[Resemblance, ...]]:
        """Give for each document those that say nearly the same, the nearest first."""
        return self._documents.resembling()

    @cached_property
    def _retired(self) -> dict[str, RetiredPassage]:
        return read_retired(self.generation.path)

    def is_stale(self) -> bool:
        """Tell whether another generation is live now; cheap."""
        try:
            found = self._pointer.stat()
            # The pointer is only ever replaced by another file.
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
            if seen == self._seen:
                return False
            stale = read_pointer(self._directory).name != self.generation.path.name
        except (IndexFailure, OSError):
            return False
        if not stale:
            self._seen = seen
        return stale

    def close(self) -> None:
        """Close the files and let the generation go."""
        if "reader" in self.__dict__ and not self.reader.is_closed:
            self.reader.close()
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


def open_index(directory: Path, *, any_version: bool = False) -> OpenIndex:
    """Open the live generation of an index.

    Args:
        any_version: open it even if fields or analysis were others when it was built; its
            documents can be read, its words may not be found.

    Raises: NoIndex, NotAnIndex, DamagedIndex, IncompatibleIndex, DiskFailed.
    """
    hold = hold_current(directory, any_version=any_version)
    try:
        with told_of_the_disk(directory, "read"):
            return OpenIndex(directory, hold)
    except BaseException:
        hold.close()
        raise


def open_documents(path: Path) -> StoredDocuments:
    """Open the documents of a generation's directory."""
    return StoredDocuments(
        open_segments(path, DOCUMENTS, document_schema()),
        open_segments(path, PASSAGES, passage_schema()),
    )


def open_segments(path: Path, name: str, schema: Schema) -> tuple[FlatSegment, ...]:
    """Open the segments of one of a generation's indexes."""
    opened: list[FlatSegment] = []
    base = 0
    for segment in read_segments(path, name, schema):
        file = path / segment.make_filename(SUFFIX)
        opened.append(FlatSegment(file, deleted=segment.deleted_docs(), base=base))
        base += opened[-1].doc_count
    return tuple(opened)
