"""Bring an index up to date with files and folders; only what has changed is read again."""

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from corpus.document import Document
from corpus.errors import BadMetadata, CorpusError, UnreadableFile
from corpus.identifiers import document_id
from corpus.ingest import SourceFile, find_files
from corpus.metadata import metadata_files
from corpus.parsing import Parser
from corpus.sketch import sketch_text
from index.generations import Generation, find_live
from index.manifest import SourceEntry
from index.resemblance import link_resembling
from index.whoosh_index import update_index
from web.serializers import Json


@dataclass(slots=True)
class Summary:
    """What one run did, path by path; `documents` and `passages` count the whole index.

    `resembling` pairs the path of each new or changed file with that of a document that says
    nearly the same, such as an earlier version of it.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    resembling: list[tuple[str, str]] = field(default_factory=list)
    generation: int = 0
    documents: int = 0
    passages: int = 0

    def counts(self) -> dict[str, int]:
        return {
            "added": len(self.added),
            "updated": len(self.updated),
            "unchanged": len(self.unchanged),
            "removed": len(self.removed),
            "failed": len(self.failed),
        }

    def to_json(self) -> Json:
        return self.counts() | {
            "generation": self.generation,
            "documents": self.documents,
            "passages": self.passages,
            "resembling": [list(pair) for pair in self.resembling],
            "failures": [{"path": path, "reason": reason} for path, reason in self.failed],
        }


def index_paths(
    paths: Sequence[Path], directory: Path, *, rebuild: bool = False, workers: int | None = None
) -> Summary:
    """Index files and folders; a file that cannot be read is reported and costs no other one.

    What an earlier run indexed from these folders and is gone leaves the index. A file
    that was indexed and can no longer be read keeps its last good version.

    Raises: UnreadableFile for a path that does not exist or holds nothing readable,
        index.errors.IndexFailure.
    """
    files = find_files(paths)
    if not files:
        named = ", ".join(str(path) for path in paths)
        raise UnreadableFile(f"There is nothing to read in {named}.")
    run = _Run(find_live(directory, rebuild=rebuild), rebuild=rebuild)
    with _progress(len(files)) as advance:
        generation = update_index(
            directory,
            added=run.read_changed(files, advance),
            gone=run.find_removed(files, paths),
            failed=run.failures_with_earlier(paths),
            rebuild=rebuild,
            workers=workers,
        )
    run.note_resembling(generation.sources)
    run.summary.generation = generation.number
    run.summary.documents, run.summary.passages = generation.documents, generation.passages
    return run.summary


Content = tuple[str, str]


class _Run:
    """One pass over the files, against what the index knows of them."""

    def __init__(self, live: Generation | None, *, rebuild: bool) -> None:
        self.summary = Summary()
        self._rebuild = rebuild
        self._known = {source.path: source for source in live.sources} if live else {}
        self._failed_before = live.failed if live else ()
        self._path_of_id = {source.document_id: path for path, source in self._known.items()}
        self._paths_of_content: dict[Content, list[str]] = {}
        for path, source in self._known.items():
            self._paths_of_content.setdefault(_content_of(source), []).append(path)
        self._holders = Counter(source.document_id for source in self._known.values())
        self._changed: dict[str, SourceEntry] = {}
        self._copies: dict[str, str] = {}
        self._seen: dict[Content, str] = {}
        self._bereft: set[str] = set()

    def read_changed(
        self, files: Iterable[SourceFile], advance: Callable[[str], None]
    ) -> Iterator[tuple[SourceEntry, Document | None]]:
        """Give the documents of new and changed files, one after another.

        At the end come the files that say word for word what another one says: they are
        further paths of its document.
        """
        read: dict[str, SourceEntry] = {}
        with Parser() as parser:
            for source, parsed in parser.parse_all(self._find_changed(files, advance)):
                path = str(source.path.resolve())
                try:
                    if isinstance(parsed, CorpusError):
                        raise parsed
                    self._claim(parsed, path)
                except CorpusError as err:
                    self._fail(path, err)
                    continue
                self._succeed(path)
                entry = replace(
                    self._changed[path],
                    document_id=parsed.id,
                    sketch=sketch_text(parsed.text),
                )
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
            yield replace(copy, document_id=same.document_id, sketch=same.sketch), None

    def note_resembling(self, sources: Sequence[SourceEntry]) -> None:
        """Say which of the files just read resemble which documents."""
        fresh = [*self.summary.added, *self.summary.updated]
        if not fresh:
            return
        linked = link_resembling(sources)
        by_path = {source.path: source.document_id for source in sources}
        first = {source.document_id: source.path for source in reversed(sources)}
        self.summary.resembling += [
            (path, first[linked[by_path[path]][0]]) for path in fresh if by_path[path] in linked
        ]

    def find_removed(self, files: Iterable[SourceFile], paths: Sequence[Path]) -> list[str]:
        """Give the paths that are gone from the folders that were asked for."""
        present = {str(source.path.resolve()) for source in files}
        roots = [root.resolve() for root in paths]
        gone = [path for path in self._known if path not in present and _is_below(path, roots)]
        self.summary.removed.extend(gone)
        self._bereft = {self._known[path].document_id for path in gone}
        return gone

    def failures_with_earlier(self, paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
        """Give earlier failures elsewhere and those of this run, once it is over."""
        roots = [root.resolve() for root in paths]
        elsewhere = [f for f in self._failed_before if not _is_below(f[0], roots)]
        yield from sorted([*elsewhere, *self.summary.failed])

    def _find_changed(
        self, files: Iterable[SourceFile], advance: Callable[[str], None]
    ) -> Iterator[SourceFile]:
        """Give the files to read, each with the id that it is to have."""
        for source in files:
            advance(source.relative)
            path = str(source.path.resolve())
            try:
                entry = self._look(source, path)
            except OSError as err:
                self._fail(path, err)
                continue
            if entry is None:
                self.summary.unchanged.append(path)
                continue
            self._changed[path] = entry
            original = self._find_original(entry)
            self._bereft.discard(entry.document_id)
            if original:
                self._copies[path] = original
            else:
                self._seen[_content_of(entry)] = path
                yield self._name(source, entry)

    def _look(self, source: SourceFile, path: str) -> SourceEntry | None:
        """Give what a file is now; None when it has not changed."""
        size, mtime_ns = _measure(source.path)
        former = None if self._rebuild else self._known.get(path)
        if former and former.document_id in self._bereft:
            # Another path of its document is gone, perhaps the one that the document names.
            return replace(former, size=size, mtime_ns=mtime_ns, sha256=_hash(source))
        if former and (size, mtime_ns) == (former.size, former.mtime_ns):
            return None
        sha256 = _hash(source)
        if former and sha256 == former.sha256:
            return None
        return SourceEntry(path, "", sha256, size, mtime_ns)

    def _find_original(self, entry: SourceEntry) -> str:
        """Give the path of another file with the same content, if there is one."""
        if _content_of(entry) in self._seen:
            return self._seen[_content_of(entry)]
        if self._rebuild or entry.document_id in self._bereft:
            return ""
        others = self._paths_of_content.get(_content_of(entry), ())
        return next((path for path in others if self._stands(path)), "")

    def _stands(self, path: str) -> bool:
        """Tell whether a file is still there as it was indexed."""
        known = self._known[path]
        try:
            return _measure(Path(path)) == (known.size, known.mtime_ns)
        except OSError:
            return False

    def _name(self, source: SourceFile, entry: SourceEntry) -> SourceFile:
        """Give a file the id that it is known by, or one that no other file has.

        A file that was moved is known by its content. Two folders may hold files of one
        name; the first one keeps the usual id. A file that was the copy of another one and
        is no longer becomes a document of its own.
        """
        known = self._known.get(entry.path)
        if known is None:
            moved = [
                path
                for path in self._paths_of_content.get(_content_of(entry), ())
                if not Path(path).exists()
            ]
            known = self._known[moved[0]] if moved else None
        if known and (self._holders[known.document_id] == 1 or known.sha256 == entry.sha256):
            self._path_of_id[known.document_id] = entry.path
            return replace(source, document_id=known.document_id)
        usual = document_id(source.relative)
        # Taken at once: the next file is named before this one is read.
        if self._path_of_id.setdefault(usual, entry.path) == entry.path:
            return source if known is None else replace(source, document_id=document_id(entry.path))
        return replace(source, document_id=document_id(entry.path))

    def _claim(self, document: Document, path: str) -> None:
        """Take a document's id for a file. Raises: BadMetadata if another file has it."""
        owner = self._path_of_id.setdefault(document.id, path)
        if owner != path and Path(owner).exists():
            raise BadMetadata(f"The id {document.id} is already that of {owner}.", path=path)
        self._path_of_id[document.id] = path

    def _succeed(self, path: str) -> None:
        (self.summary.updated if path in self._known else self.summary.added).append(path)

    def _fail(self, path: str, err: Exception) -> None:
        self.summary.failed.append((path, _one_line(err)))


def _content_of(entry: SourceEntry) -> Content:
    """Give what copies of a file share: the same words in another format are read otherwise."""
    return entry.sha256, Path(entry.path).suffix.lower()


def _is_below(path: str, roots: Iterable[Path]) -> bool:
    return any(Path(path).is_relative_to(root) for root in roots)


def _measure(file: Path) -> tuple[int, int]:
    """Give the size and the newest time of a file with its metadata files."""
    stats = [path.stat() for path in (file, *metadata_files(file))]
    return sum(stat.st_size for stat in stats), max(stat.st_mtime_ns for stat in stats)


def _hash(source: SourceFile) -> str:
    """Give one hash of a file and its metadata: either may change the document."""
    digest = hashlib.sha256()
    for path in (source.path, *metadata_files(source.path)):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """Show a bar on a terminal and nothing in a pipe."""
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task("", total=total)
        yield lambda name: bar.update(task, advance=1, description=name)


def _one_line(err: Exception) -> str:
    if isinstance(err, OSError) and err.strerror:
        return f"{err.strerror}."
    return " ".join(str(err).split())
