"""What the benchmark asks of an engine, and which engines there are."""

import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, cast

from tests.benchmarks.requests import Request

Mode = Literal["topk", "page"]
MODES: tuple[Mode, ...] = ("topk", "page")

ENGINES: Mapping[str, tuple[str, str]] = {
    "kwerenda": ("tests.benchmarks.engine_kwerenda", "numpy"),
    "tantivy": ("tests.benchmarks.engine_tantivy", "tantivy"),
    "fts5": ("tests.benchmarks.engine_fts5", "sqlite3"),
    "bm25s": ("tests.benchmarks.engine_bm25s", "bm25s"),
    "whoosh": ("tests.benchmarks.engine_whoosh", "whoosh"),
    "xapian": ("tests.benchmarks.engine_xapian", "xapian"),
}
"""By name: the module with its `open_peer`, and the package that it needs."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine gives: ids of the best ten, exact total, counts by facet and value.

    The facets are `pair`, `actor` (at least the fifty highest counts of either) and
    `month` (`2024-05`). What an engine cannot give is None.
    """

    ids: tuple[str, ...]
    total: int | None
    facets: Mapping[str, Mapping[str, int]] | None = None


class Peer(Protocol):
    """An engine over one folder; built in one process, asked in another."""

    def build(self, corpus: Path) -> None:
        """Index a file of passages, from nothing, and leave it all on the disk."""
        ...

    def open(self) -> None: ...

    def supports(self, request: Request, mode: Mode) -> bool: ...

    def answer(self, request: Request, mode: Mode) -> object:
        """Answer a request; this is what is timed.

        `topk` is the numbers of the best ten and the exact total, with nothing stored read;
        `page` is everything that a user would see: hits, total, facets and snippets.
        """
        ...

    def read(self, answered: object) -> Answer:
        """Give what `answer` gave, in the common form."""
        ...

    def forget(self) -> None:
        """Empty whatever earlier requests have left in memory."""
        ...

    def add_one(self) -> None:
        """Add one passage to the index, so that the next request finds it."""
        ...

    def close(self) -> None: ...


def load_peer(name: str, directory: Path) -> Peer:
    """Give an engine over a folder. Raises: ImportError if its package is not installed."""
    module, _ = ENGINES[name]
    return cast(Peer, importlib.import_module(module).open_peer(directory))


def is_installed(name: str) -> bool:
    """Tell whether the package that an engine needs is there."""
    _, package = ENGINES[name]
    return importlib.util.find_spec(package) is not None
