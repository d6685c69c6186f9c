"""The index on the disk, with Whoosh's storage: bring it up to date, open it.

A generation holds two Whoosh indexes side by side: the passages, which are searched, and
the documents as they were understood, which are given back whole and suffice to build the
index anew.
"""

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from whoosh.fields import Schema
from whoosh.index import create_in, open_dir
from whoosh.writing import SegmentWriter

from corpus.document import Document
from index.analysis import analysis_fingerprint
from index.drafts import Draft, open_draft
from index.field_values import field_values
from index.fields import schema_fingerprint
from index.generations import Generation
from index.lexicon import Lexicon
from index.manifest import Manifest, SourceEntry
from index.open_index import DOCUMENTS, PASSAGES, OpenIndex, StoredDocuments, open_index
from index.records import document_to_record, passage_to_record
from index.retirement import RETIRED, Retirement, read_retired
from index.whoosh_schema import document_schema, passage_schema

__all__ = ["Lexicon", "OpenIndex", "SourceEntry", "open_index", "update_index"]


def update_index(
    directory: Path,
    *,
    added: Iterable[tuple[SourceEntry, Document]] = (),
    removed: Collection[str] = (),
    failed: Iterable[tuple[str, str]] = (),
    rebuild: bool = False,
) -> Generation:
    """Bring an index up to date and give the generation that is live then.

    Where nothing has changed it is the one that was live before. A document takes the
    place of the one with its id, and of the one that its source file gave before.

    Args:
        added: new and changed documents with their sources, read one after another.
        removed: ids of documents to leave out.
        failed: path and reason of every source that could not be read.
        rebuild: write everything anew, from `added` and from the documents in the index.

    Raises: IndexBusy, NotAnIndex, DiskFull; without `rebuild` DamagedIndex, IncompatibleIndex.
    """
    with open_draft(directory, rebuild=rebuild) as draft:
        update = _Update(draft, rebuild=rebuild)
        try:
            for source, document in added:
                update.add(source, document)
            update.remove(removed)
            failures = tuple(failed)
            if not update.changed and draft.previous and draft.previous.failed == failures:
                return draft.previous
            return update.publish(failures)
        finally:
            update.close()


class _Update:
    """A draft with both of its indexes open for writing."""

    def __init__(self, draft: Draft, *, rebuild: bool) -> None:
        self._draft = draft
        previous = draft.previous
        self._stored = StoredDocuments(previous.path) if previous else None
        self._sources = {source.path: source for source in previous.sources} if previous else {}
        self._retirement = Retirement(read_retired(previous.path) if previous else {})
        self._fresh = rebuild or previous is None
        self._done: set[str] = set()
        self.changed = self._fresh
        if previous and not self._fresh:
            for name in previous.manifest.files:
                if name != RETIRED:
                    draft.link(name)
        self._passages = self._open_writer(PASSAGES, passage_schema())
        self._documents = self._open_writer(DOCUMENTS, document_schema())

    def add(self, source: SourceEntry, document: Document) -> None:
        """Put a document in the place of the one with its id, and of its source's former one."""
        self.changed = True
        former = self._sources.get(source.path)
        self._sources[source.path] = source
        if document.id not in self._done:
            self._done.add(document.id)
            self._take_out(document.id, document)
            self._write(document)
        if former and former.document_id != document.id and not self._has(former.document_id):
            self.remove([former.document_id])

    def remove(self, document_ids: Iterable[str]) -> None:
        """Leave documents out; those that are not there or were just added stay as they are."""
        for document_id in document_ids:
            if document_id not in self._done:
                self._done.add(document_id)
                self._take_out(document_id, None)
                for path in [p for p, s in self._sources.items() if s.document_id == document_id]:
                    del self._sources[path]

    def publish(self, failed: tuple[tuple[str, str], ...]) -> Generation:
        """Finish the draft and make it live."""
        if self._fresh and self._stored:
            for number in self._stored.numbers():
                document = self._stored.at(number)
                if document.id not in self._done:
                    self._write(document)
        self._passages.commit()
        self._documents.commit()
        self._retirement.write(self._draft.path)
        for lock in self._draft.path.glob("*_WRITELOCK"):
            lock.unlink()
        manifest = Manifest(
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            fields=schema_fingerprint(),
            analysis=analysis_fingerprint(),
            documents=self._count(DOCUMENTS, document_schema()),
            passages=self._count(PASSAGES, passage_schema()),
            sources=tuple(self._sources[path] for path in sorted(self._sources)),
            failed=failed,
        )
        return self._draft.publish(manifest)

    def close(self) -> None:
        """Close what is open; what was not published is thrown away with the draft."""
        for writer in (self._passages, self._documents):
            if not writer.is_closed:
                with suppress(OSError):
                    writer.cancel()
        if self._stored:
            self._stored.close()

    def _has(self, document_id: str) -> bool:
        return any(source.document_id == document_id for source in self._sources.values())

    def _take_out(self, document_id: str, successor: Document | None) -> None:
        former = self._stored.find(document_id) if self._stored else None
        if former is None:
            if successor:
                self._retirement.restore(successor)
            return
        self.changed = True
        if successor:
            self._retirement.replace(former, successor)
        else:
            self._retirement.remove(former)
        if not self._fresh:
            self._passages.delete_by_term("document", document_id)
            self._documents.delete_by_term("id", document_id)

    def _write(self, document: Document) -> None:
        self._documents.add_document(id=document.id, record=document_to_record(document))
        for passage in document.passages:
            values = field_values(passage)
            self._passages.add_document(
                record=passage_to_record(passage),
                **{name: list(terms) for name, terms in values.terms.items() if terms},
                **{name: list(words) for name, words in values.keywords.items() if words},
                **values.numbers,
            )

    def _open_writer(self, name: str, schema: Schema) -> SegmentWriter:
        make = create_in if self._fresh else open_dir
        return make(str(self._draft.path), schema=schema, indexname=name).writer()

    def _count(self, name: str, schema: Schema) -> int:
        found = open_dir(str(self._draft.path), schema=schema, indexname=name)
        return int(found.doc_count())
