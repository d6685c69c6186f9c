"""Bring an index up to date with files and folders; only what has changed is read again."""

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from corpus.document import Document
from corpus.errors import BadMetadata, CorpusError, UnreadableFile
from corpus.identifiers import document_id
from corpus.ingest import SourceFile, find_files, read_document
from corpus.metadata import metadata_files
from index.generations import Generation, find_live
from index.manifest import SourceEntry
from index.whoosh_index import update_index
from web.serializers import Json


@dataclass(slots=True)
class Summary:
    """What one run did, path by path; `documents` and `passages` count the whole index."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
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
            removed=run.find_removed(files, paths),
            failed=run.failures_with_earlier(paths),
            rebuild=rebuild,
            workers=workers,
        )
    run.summary.generation = generation.number
    run.summary.documents, run.summary.passages = generation.documents, generation.passages
    return run.summary


class _Run:
    """One pass over the files, against what the index knows of them."""

    def __init__(self, live: Generation | None, *, rebuild: bool) -> None:
        self.summary = Summary()
        self._rebuild = rebuild
        self._known = {source.path: source for source in live.sources} if live else {}
        self._failed_before = live.failed if live else ()
        self._path_of_id = {source.document_id: path for path, source in self._known.items()}

    def read_changed(
        self, files: Iterable[SourceFile], advance: Callable[[str], None]
    ) -> Iterator[tuple[SourceEntry, Document]]:
        """Give the documents of new and changed files, one after another."""
        for source in files:
            advance(source.relative)
            path = str(source.path.resolve())
            try:
                entry = self._look(source, path)
                if entry is None:
                    self.summary.unchanged.append(path)
                    continue
                document = read_document(self._name(source, path))
                self._claim(document, path)
            except (CorpusError, OSError) as err:
                self.summary.failed.append((path, _one_line(err)))
                continue
            except Exception as err:
                # A defect of ours must cost one file, not the whole run.
                reason = f"The file could not be understood ({type(err).__name__})."
                self.summary.failed.append((path, reason))
                continue
            done = self.summary.updated if path in self._known else self.summary.added
            done.append(path)
            yield replace(entry, document_id=document.id), document

    def find_removed(self, files: Iterable[SourceFile], paths: Sequence[Path]) -> list[str]:
        """Give the documents whose files are gone from the folders that were asked for."""
        present = {str(source.path.resolve()) for source in files}
        gone = [path for path in self._known if path not in present and _is_below(path, paths)]
        self.summary.removed.extend(gone)
        kept = {entry.document_id for path, entry in self._known.items() if path not in gone}
        return [
            self._known[path].document_id
            for path in gone
            if self._known[path].document_id not in kept
        ]

    def failures_with_earlier(self, paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
        """Give earlier failures elsewhere and those of this run, once it is over."""
        elsewhere = [f for f in self._failed_before if not _is_below(f[0], paths)]
        yield from sorted([*elsewhere, *self.summary.failed])

    def _look(self, source: SourceFile, path: str) -> SourceEntry | None:
        """Give what a file is now; None when it has not changed."""
        size, mtime_ns = _measure(source)
        former = None if self._rebuild else self._known.get(path)
        if former and (size, mtime_ns) == (former.size, former.mtime_ns):
            return None
        sha256 = _hash(source)
        if former and sha256 == former.sha256:
            return None
        return SourceEntry(path, "", sha256, size, mtime_ns)

    def _name(self, source: SourceFile, path: str) -> SourceFile:
        """Give a file the id that it is known by, or one that no other file has.

        Two folders may hold files of one name; the first one keeps the usual id.
        """
        if path in self._known:
            return replace(source, document_id=self._known[path].document_id)
        taken = document_id(source.relative) in self._path_of_id
        return replace(source, document_id=document_id(path)) if taken else source

    def _claim(self, document: Document, path: str) -> None:
        """Take a document's id for a file. Raises: BadMetadata if another file has it."""
        owner = self._path_of_id.setdefault(document.id, path)
        if owner != path and Path(owner).exists():
            raise BadMetadata(f"The id {document.id} is already that of {owner}.", path=path)
        self._path_of_id[document.id] = path


def _is_below(path: str, roots: Sequence[Path]) -> bool:
    return any(Path(path).is_relative_to(root.resolve()) for root in roots)


def _measure(source: SourceFile) -> tuple[int, int]:
    """Give the size and the newest time of a file with its metadata files."""
    stats = [path.stat() for path in (source.path, *metadata_files(source.path))]
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
