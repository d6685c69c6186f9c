"""Follow folders: index them again whenever their files have changed and settled."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from corpus.actors.alias_file import read_alias_file
from corpus.errors import CorpusError
from corpus.ingest import find_files
from corpus.metadata import metadata_files
from index.errors import IndexBusy
from web.index_summary import Summary
from web.indexing import index_paths

Snapshot = frozenset[tuple[str, int, int]]


def watch_paths(
    paths: Sequence[Path],
    directory: Path,
    *,
    aliases: Path | None = None,
    looks: Iterable[None],
    report: Callable[[Summary | str], None],
    workers: int | None = None,
) -> None:
    """Index the paths now, and after each look at which they have changed and settled.

    A file that is still being copied looks different each time; it is waited for. What
    goes wrong in one round is reported in a sentence, and the next one tries again.

    Args:
        aliases: the user's file of aliases, which is followed too.
        looks: when to look; the caller decides how long to wait between two.
        report: is given what each round did, or why it could not be done.
    """
    indexed: Snapshot | None = None
    seen = _take_snapshot(paths, aliases)
    for _ in looks:
        before, seen = seen, _take_snapshot(paths, aliases)
        if seen == indexed or seen != before:
            continue
        try:
            text = read_alias_file(aliases) if aliases else None
            report(index_paths(paths, directory, aliases=text, workers=workers))
        except IndexBusy as err:
            report(str(err))
            continue
        except (CorpusError, OSError) as err:
            report(str(err))
        indexed = seen


def look_every(seconds: float) -> Iterator[None]:
    """Give a moment to look every so many seconds, without an end."""
    while True:
        yield
        time.sleep(seconds)


def _take_snapshot(paths: Sequence[Path], aliases: Path | None) -> Snapshot:
    """Give name, size and time of every file that an update would look at."""
    found: set[tuple[str, int, int]] = set()
    try:
        files = [aliases] if aliases and aliases.exists() else []
        for source in find_files(paths):
            files += (source.path, *metadata_files(source.path))
        for file in files:
            stat = file.stat()
            found.add((str(file), stat.st_size, stat.st_mtime_ns))
    except (CorpusError, OSError):
        return frozenset()  # something is just being moved; the next look will tell
    return frozenset(found)
