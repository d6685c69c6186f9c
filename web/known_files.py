"""The files that an index knows: which have changed, moved, are copies, are gone."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.document import Document
from corpus.errors import BadMetadata
from corpus.identifiers import document_id
from corpus.ingest import SourceFile
from corpus.metadata import metadata_files
from index.generations import Generation
from index.manifest import SourceEntry

Content = tuple[str, str]


class KnownFiles:
    """What stands in the index, and what the files of one run add to it as they are met."""

    def __init__(self, live: Generation | None, actors: str, *, rebuild: bool) -> None:
        """Take what a generation was made of.

        Args:
            actors: the fingerprint of the aliases by which actors are read now.
            rebuild: nothing that is known makes reading a file needless.
        """
        self._actors = actors
        self._rebuild = rebuild
        self._known = {source.path: source for source in live.sources} if live else {}
        self._path_of_id = {source.document_id: path for path, source in self._known.items()}
        self._paths_of_content: dict[Content, list[str]] = {}
        for path, source in self._known.items():
            self._paths_of_content.setdefault(_content_of(source), []).append(path)
        self._holders = Counter(source.document_id for source in self._known.values())
        self._met: dict[Content, str] = {}
        self._bereft: set[str] = set()
        """Documents that have lost a path."""

    def __contains__(self, path: str) -> bool:
        """Tell whether a path stands in the index."""
        return path in self._known

    def __getitem__(self, path: str) -> SourceEntry:
        """Give what the index knows of a path."""
        return self._known[path]

    def find_removed(self, files: Iterable[SourceFile], paths: Sequence[Path]) -> list[str]:
        """Give the paths that are gone from the folders that were asked for."""
        present = {str(source.path.resolve()) for source in files}
        roots = [root.resolve() for root in paths]
        gone = [path for path in self._known if path not in present and is_below(path, roots)]
        self._bereft = {self._known[path].document_id for path in gone}
        return gone

    def look(self, source: SourceFile, path: str) -> SourceEntry | None:
        """Give what a file is now; None when it has not changed. Raises: OSError."""
        size, mtime_ns = _measure(source.path)
        former = None if self._rebuild else self._known.get(path)
        if former and (former.document_id in self._bereft or former.aliases != self._actors):
            # Another path of its document is gone, perhaps the one that the document names, or
            # its actors were read by other aliases.
            known_as = {"sha256": _hash(source), "aliases": self._actors}
            return replace(former, size=size, mtime_ns=mtime_ns, **known_as)
        if former and (size, mtime_ns) == (former.size, former.mtime_ns):
            return None
        sha256 = _hash(source)
        if former and sha256 == former.sha256:
            return None
        return SourceEntry(path, "", sha256, size, mtime_ns, aliases=self._actors)

    def meet(self, entry: SourceEntry) -> str:
        """Give the path of another file with the same content, if there is one.

        If there is none, this file is what later ones are copies of.
        """
        original = self._find_original(entry)
        self._bereft.discard(entry.document_id)
        if not original:
            self._met[_content_of(entry)] = entry.path
        return original

    def name(self, source: SourceFile, entry: SourceEntry) -> SourceFile:
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

    def claim(self, document: Document, path: str) -> None:
        """Take a document's id for a file. Raises: BadMetadata if another file has it."""
        owner = self._path_of_id.setdefault(document.id, path)
        if owner != path and Path(owner).exists():
            raise BadMetadata(f"The id {document.id} is already that of {owner}.", path=path)
        self._path_of_id[document.id] = path

    def _find_original(self, entry: SourceEntry) -> str:
        if _content_of(entry) in self._met:
            return self._met[_content_of(entry)]
        if self._rebuild or entry.document_id in self._bereft:
            return ""
        others = self._paths_of_content.get(_content_of(entry), ())
        return next((path for path in others if self._stands(path)), "")

    def _stands(self, path: str) -> bool:
        """Tell whether a file is still there as it was indexed, by the aliases of now."""
        known = self._known[path]
        try:
            same = _measure(Path(path)) == (known.size, known.mtime_ns)
            return same and known.aliases == self._actors
        except OSError:
            return False


def is_below(path: str, roots: Iterable[Path]) -> bool:
    """Tell whether a path is one of some folders and files, or in one of them."""
    return any(Path(path).is_relative_to(root) for root in roots)


def _content_of(entry: SourceEntry) -> Content:
    """Give what copies of a file share: the same words in another format are read otherwise."""
    return entry.sha256, Path(entry.path).suffix.lower()


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
