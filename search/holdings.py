"""What an index holds: its documents, which of them are nearly the same, and its state."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.document import DateRange, DocumentKind, PublishedFrom
from search.results import DocumentLabel


@dataclass(frozen=True, slots=True)
class NearCopy:
    """Another document that says nearly the same, and about what share of wording both have.

    `newer` tells whether it was published later than the one it is a copy of; None where
    the dates do not say.
    """

    document: DocumentLabel
    share: float
    newer: bool | None


@dataclass(frozen=True, slots=True)
class CollectedDocument:
    """A document without its text. `dates` is the span of its dated passages."""

    id: str
    title: str
    kind: DocumentKind
    published: DateRange | None
    published_from: PublishedFrom
    path: str
    pages: int
    passages: int
    undated: int
    dates: DateRange | None
    notes: tuple[str, ...]
    near: tuple[NearCopy, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """The documents of an index: how many, when published, and some of them in full.

    `origins` counts where the dates of publication were found, `published` the documents
    of each month (`2018-10`); `near` are all those that say nearly the same as another one.
    """

    total: int
    shown: tuple[CollectedDocument, ...]
    origins: Mapping[PublishedFrom, int]
    published: Mapping[str, int]
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """What stands in the index; `dates` is the span of the dated passages.

    `aliases` counts the entries of the user's file of them; `read_otherwise` are the source
    files that were read by another one.
    """

    generation: int
    built: str
    documents: int
    passages: int
    undated: int
    dates: DateRange | None
    failed: tuple[tuple[str, str], ...] = ()
    aliases: int = 0
    read_otherwise: int = 0
