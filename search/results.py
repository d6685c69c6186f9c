"""The answer to a query. Results know no request, snippets know no HTML."""

from dataclasses import dataclass
from typing import Literal

from corpus.document import Passage
from search.query import Note, Query


@dataclass(frozen=True, slots=True)
class Snippet:
    """A fragment of a passage; `marks` are `[start, end)` in `text`.

    `text` is an exact substring of the passage, which begins at `start` in it.
    """

    text: str
    start: int
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Why a hit matched: the word of the query, what it was found by, the forms in the text.

    It is found by `keys`, which are lemmas and ids, and by `countries`, which are codes.
    """

    word: str
    keys: tuple[str, ...]
    countries: tuple[str, ...]
    forms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class DocumentLabel:
    """What a hit needs to say of its document without loading it."""

    id: str
    title: str
    kind: str
    published: str
    path: str
    source_url: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers. `headline_marks` are `[start, end)` in `passage.headline`."""

    passage: Passage
    document: DocumentLabel
    score: float
    snippets: tuple[Snippet, ...]
    headline_marks: tuple[tuple[int, int], ...] = ()
    why: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a facet. `label` is empty where the value needs a translation to be shown."""

    value: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts of one field: the first buckets, the rest summed in `other`, none in `missing`.

    Buckets of dates follow each other; `before` and `after` count what touches earlier and
    later days.
    """

    field: str
    buckets: tuple[Bucket, ...]
    other: int = 0
    missing: int = 0
    distinct: int = 0
    interval: str = ""
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Counts of a field's values by month: `counts[i][j]` for `rows[i]` and `columns[j]`.

    `before` and `after` count the passages that touch earlier and later months.
    """

    field: str
    rows: tuple[Bucket, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """`total` counts all hits; `documents` the distinct documents among them.

    `query` is the one that was answered. When no passage has every word, `relaxed` is
    true, the hits are the best partial ones and `notes` say so.
    """

    query: Query
    hits: tuple[Hit, ...]
    total: int
    documents: int
    facets: tuple[Facet, ...]
    notes: tuple[Note, ...] = ()
    relaxed: bool = False
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Retired:
    """A passage that is no longer there, and what now covers its text, if anything does."""

    passage_id: str
    document_id: str
    successor_id: str


SuggestionKind = Literal["actor", "country", "pair", "document", "kind", "source", "term"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what is being typed.

    `count` is of the passages that have it, whatever else the text asks for; `query` is
    the whole text with it.
    """

    kind: SuggestionKind
    value: str
    label: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """A place where a query matches; `start` is its offset in the passage's text."""

    left: str
    match: str
    right: str
    passage_id: str
    ordinal: int
    start: int
    document: DocumentLabel


@dataclass(frozen=True, slots=True)
class Concordance:
    """Lines of the `scanned` first of the `passages` that answer.

    `total` counts all lines of these, `forms` what matched and how often, most frequent
    first, of as many as `distinct_forms`.
    """

    lines: tuple[ConcordanceLine, ...]
    total: int
    forms: tuple[tuple[str, int], ...]
    distinct_forms: int
    passages: int
    scanned: int
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class SimilarPassage:
    """A passage like another one: what they share, and whether they say the very same."""

    passage: Passage
    document: DocumentLabel
    score: float
    shared: tuple[str, ...]
    twin: bool
