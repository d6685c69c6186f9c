"""Bring an index up to date with files and folders; only what has changed is read again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.document import Document
from corpus.errors import CorpusError, UnreadableFile
from corpus.ingest import SourceFile, find_files
from corpus.parsing import Parser
from index.alias_copy import fingerprint_actors
from index.generations import Generation, find_live
from index.manifest import SourceEntry
from index.open_index import open_documents
from index.whoosh_index import update_index
from web.index_summary import Summary
from web.known_files import KnownFiles, is_below
from web.progress import show_progress


def index_paths(
    paths: Sequence[Path],
    directory: Path,
    *,
    aliases: str | None = None,
    rebuild: bool = False,
    workers: int | None = None,
) -> Summary:
    """Index files and folders; a file that cannot be read is reported and costs no other one.

    What an earlier run indexed from these folders and is gone leaves the index. A file
    that was indexed and can no longer be read keeps its last good version. A document whose
    actors were read by other aliases is read again.

    Args:
        aliases: the text of the user's file of aliases; the one in the index by default.

    Raises: UnreadableFile for a path that does not exist or holds nothing readable,
        BadMetadata for aliases that cannot be, index.errors.IndexFailure.
    """
    files = find_files(paths)
    if not files:
        named = ", ".join(str(path) for path in paths)
        raise UnreadableFile(f"There is nothing to read in {named}.")
    live = find_live(directory, rebuild=rebuild)
    if aliases is None:
        aliases = live.aliases if live else ""
    run = _Run(live, aliases, rebuild=rebuild)
    with show_progress(len(files)) as advance:
        generation = update_index(
            directory,
            added=run.read_changed(files, advance),
            gone=run.find_removed(files, paths),
            failed=run.failures_with_earlier(paths),
            aliases=aliases,
            rebuild=rebuild,
            workers=workers,
        )
    run.note_resembling(generation)
    run.summary.generation = generation.number
    run.summary.documents, run.summary.passages = generation.documents, generation.passages
    return run.summary


class _Run:
    """One pass over the files, against what the index knows of them."""

    def __init__(self, live: Generation | None, aliases: str, *, rebuild: bool) -> None:
        self.summary = Summary()
        self._aliases = aliases
        self._known = KnownFiles(live, fingerprint_actors(aliases), rebuild=rebuild)
        self._failed_before = live.failed if live else ()
        self._changed: dict[str, SourceEntry] = {}
        self._copies: dict[str, str] = {}

    def read_changed(
        self, files: Iterable[SourceFile], advance: Callable[[str], None]
    ) -> Iterator[tuple[SourceEntry, Document | None]]:
        """Give the documents of new and changed files, one after another.

        At the end come the files that say word for word what another one says: they are
        further paths of its document.
        """
        read: dict[str, SourceEntry] = {}
        with Parser(aliases=self._aliases) as parser:
            for source, parsed in parser.parse_all(self._find_changed(files, advance)):
                path = str(source.path.resolve())
                try:
                    if isinstance(parsed, CorpusError):
                        raise parsed
                    self._known.claim(parsed, path)
                except CorpusError as err:
                    self._fail(path, err)
                    continue
                self._succeed(path)
                entry = replace(self._changed[path], document_id=parsed.id)
                read[path] = entry
                yield entry, parsed
        failed = dict(self.summary.failed)
        for path, original in self._copies.items():
            if original in failed:
                self.summary.failed.append((path, failed[original]))
                continue
            self._succeed(path)
            same = read.get(original) or self._known[original]
            copy = self._changed[path]
            yield replace(copy, document_id=same.document_id), None

    def find_removed(self, files: Iterable[SourceFile], paths: Sequence[Path]) -> list[str]:
        """Give the paths that are gone from the folders that were asked for."""
        gone = self._known.find_removed(files, paths)
        self.summary.removed.extend(gone)
        return gone

    def failures_with_earlier(self, paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
        """Give earlier failures elsewhere and those of this run, once it is over."""
        roots = [root.resolve() for root in paths]
        elsewhere = [f for f in self._failed_before if not is_below(f[0], roots)]
        yield from sorted([*elsewhere, *self.summary.failed])

    def note_resembling(self, generation: Generation) -> None:
        """Say which of the files just read resemble which documents."""
        fresh = [*self.summary.added, *self.summary.updated]
        if not fresh:
            return
        linked = open_documents(generation.path).resembling()
        by_path = {source.path: source.document_id for source in generation.sources}
        first = {source.document_id: source.path for source in reversed(generation.sources)}
        for path in fresh:
            for near in linked.get(by_path[path], ())[:1]:
                self.summary.resembling.append((path, first[near.document_id], near.share))

    def _find_changed(
        self, files: Iterable[SourceFile], advance: Callable[[str], None]
    ) -> Iterator[SourceFile]:
        """Give the files to read, each with the id that it is to have."""
        for source in files:
            advance(source.relative)
            path = str(source.path.resolve())
            try:
                entry = self._known.look(source, path)
            except OSError as err:
                self._fail(path, err)
                continue
            if entry is None:
                self.summary.unchanged.append(path)
                continue
            self._changed[path] = entry
            original = self._known.meet(entry)
            if original:
                self._copies[path] = original
            else:
                yield self._known.name(source, entry)

    def _succeed(self, path: str) -> None:
        (self.summary.updated if path in self._known else self.summary.added).append(path)

    def _fail(self, path: str, err: Exception) -> None:
        self.summary.failed.append((path, _one_line(err)))


def _one_line(err: Exception) -> str:
    if isinstance(err, OSError) and err.strerror:
        return f"{err.strerror}."
    return " ".join(str(err).split())
