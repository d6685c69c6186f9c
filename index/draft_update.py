"""A draft of a generation while documents go into it and out of it."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from os import cpu_count

from corpus.document import Document
from index.alias_copy import ALIASES, write_aliases
from index.analysis import analysis_fingerprint
from index.builder import PassagesBuilder
from index.documents import DocumentsBuilder, StoredDocuments
from index.drafts import Draft
from index.fields import schema_fingerprint
from index.generations import Generation
from index.manifest import Manifest, SourceEntry
from index.open_index import DOCUMENTS, PASSAGES, open_documents
from index.retirement import RETIRED, Retirement, read_retired
from index.rows import row_of
from index.segment_set import SegmentSet
from index.whoosh_schema import document_schema, passage_schema


class DraftUpdate:
    """A draft with both of its indexes open for writing.

    Args:
        rebuild: write everything anew instead of beside what the generation before has.
        workers: processes that many passages are shared among; None: as the machine has.
        aliases: the text of the user's file of aliases; None: the one in the index.
    """

    def __init__(
        self, draft: Draft, rebuild: bool, workers: int | None, aliases: str | None = None
    ) -> None:
        self._draft = draft
        previous = draft.previous
        self._stored = open_documents(previous.path) if previous else StoredDocuments((), ())
        self._sources = {source.path: source for source in previous.sources} if previous else {}
        self._holders = Counter(source.document_id for source in self._sources.values())
        self._retirement = Retirement(read_retired(previous.path) if previous else {})
        self._fresh = rebuild or previous is None
        self._done: set[str] = set()
        before = previous.aliases if previous else ""
        aliases = before if aliases is None else aliases
        write_aliases(draft.path, aliases)
        self.changed = self._fresh or aliases != before
        if previous and not self._fresh:
            for name in previous.manifest.files:
                if name not in (RETIRED, ALIASES):
                    draft.link(name)
        self._passages = SegmentSet(draft.path, PASSAGES, passage_schema(), fresh=self._fresh)
        self._documents = SegmentSet(draft.path, DOCUMENTS, document_schema(), fresh=self._fresh)
        self._new_passages = PassagesBuilder(self._passages, workers=workers or cpu_count() or 1)
        self._new_documents = DocumentsBuilder()

    def add(self, source: SourceEntry, document: Document | None) -> None:
        """Put a document in the place of the one with its id, and of its source's former one."""
        self.changed = True
        former = self._sources.get(source.path)
        self._sources[source.path] = source
        self._holders[source.document_id] += 1
        if document and document.id not in self._done:
            self._done.add(document.id)
            self._take_out(document.id, document)
            self._write(document)
        if former:
            self._let_go(former.document_id)

    def forget(self, paths: Iterable[str]) -> None:
        """Leave sources out, and their documents unless another path holds them."""
        for path in paths:
            former = self._sources.pop(path, None)
            if former:
                self.changed = True
                self._let_go(former.document_id)

    def _let_go(self, document_id: str) -> None:
        """Take one path off a document, and leave it out with its last one."""
        self._holders[document_id] -= 1
        if not self._holders[document_id]:
            self.remove([document_id])

    def remove(self, document_ids: Iterable[str]) -> None:
        """Leave documents out; those that are not there or were just added stay as they are."""
        gone = [each for each in dict.fromkeys(document_ids) if each not in self._done]
        for document_id in gone:
            self._done.add(document_id)
            self._take_out(document_id, None)
        held = {each for each in gone if self._holders.pop(each, 0)}
        if held:
            kept = self._sources.items()
            self._sources = {path: each for path, each in kept if each.document_id not in held}

    def publish(self, failed: tuple[tuple[str, str], ...]) -> Generation:
        """Finish the draft and make it live."""
        if self._fresh:
            for document in self._stored:
                if document.id not in self._done:
                    self._write(document)
        self._new_passages.finish()
        if self._new_documents.doc_count:
            segment, path = self._documents.new_segment()
            self._new_documents.write(path)
            self._documents.add(segment, self._new_documents.doc_count)
        for segments in (self._passages, self._documents):
            segments.drop_deleted()
            segments.merge_small()
            segments.write()
        self._retirement.write(self._draft.path)
        manifest = Manifest(
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            fields=schema_fingerprint(),
            analysis=analysis_fingerprint(),
            documents=self._documents.doc_count,
            passages=self._passages.doc_count,
            sources=tuple(self._sources[path] for path in sorted(self._sources)),
            failed=failed,
        )
        return self._draft.publish(manifest)

    def close(self) -> None:
        """End what is still running; what was not published is thrown away with the draft."""
        self._new_passages.close()

    def _take_out(self, document_id: str, successor: Document | None) -> None:
        former = self._stored.find(document_id)
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
            self._passages.delete("document", document_id)
            self._documents.delete("id", document_id)

    def _write(self, document: Document) -> None:
        self._new_documents.add(document)
        self._new_passages.add([row_of(passage) for passage in document.passages])
