"""The index on the disk: bring it up to date, build it anew, open it, copy it.

A generation holds two Whoosh indexes side by side: the passages, which are searched, and
the documents as they were understood, which are given back whole; together they suffice
to build the index anew.
"""

from collections.abc import Collection, Iterable
from contextlib import closing
from pathlib import Path

from corpus.document import Document
from index.backup import backup_index
from index.draft_update import DraftUpdate
from index.drafts import open_draft
from index.errors import damaged
from index.generations import Generation, read_current
from index.manifest import SourceEntry
from index.open_index import open_index

__all__ = ["backup_index", "open_index", "rebuild_index", "update_index"]


def update_index(
    directory: Path,
    *,
    added: Iterable[tuple[SourceEntry, Document | None]] = (),
    removed: Collection[str] = (),
    gone: Collection[str] = (),
    failed: Iterable[tuple[str, str]] = (),
    aliases: str | None = None,
    rebuild: bool = False,
    workers: int | None = None,
) -> Generation:
    """Bring an index up to date and give the generation that is live then.

    Where nothing has changed it is the one that was live before. A document takes the
    place of the one with its id, and of the one that its source file gave before.

    Args:
        added: new and changed documents with their sources, read one after another; without
            a document, the source is a further path of the one that it names.
        removed: ids of documents to leave out.
        gone: paths of sources to forget, with the documents that no other path holds.
        failed: path and reason of every source that could not be read.
        aliases: the text of the user's file of aliases; the one in the index by default.
        rebuild: write everything anew, from `added` and from the documents in the index.
        workers: processes that many passages are shared among; as the machine has by default.

    Raises: IndexBusy, NotAnIndex, DiskFull, DiskFailed; without `rebuild` DamagedIndex,
        IncompatibleIndex.
    """
    with (
        open_draft(directory, rebuild=rebuild) as draft,
        closing(DraftUpdate(draft, rebuild, workers, aliases)) as update,
    ):
        for source, document in added:
            update.add(source, document)
        update.remove(removed)
        update.forget(gone)
        failures = tuple(failed)
        if not update.changed and draft.previous and draft.previous.failed == failures:
            return draft.previous
        return update.publish(failures)


def rebuild_index(directory: Path, *, workers: int | None = None) -> Generation:
    """Write an index anew from the documents stored in it, without the source files.

    Raises: NoIndex, NotAnIndex, IndexBusy, DiskFull, DiskFailed, DamagedIndex,
        IncompatibleIndex.
    """
    read_current(directory, any_version=True)
    with open_draft(directory, rebuild=True) as draft:
        if draft.previous is None:  # what cannot be read must not be replaced by nothing
            raise damaged(directory, "not every file is as it was written")
        with closing(DraftUpdate(draft, True, workers)) as update:
            return update.publish(draft.previous.failed)
