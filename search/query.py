"""A query as every engine understands it: a small frozen tree and the filters beside it."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from corpus.document import DateRange

Sort = Literal["relevance", "date", "-date"]
SORTS: tuple[Sort, ...] = ("relevance", "date", "-date")

MAX_LIMIT = 200
MAX_SNIPPETS = 10
MIN_SNIPPET_CHARS, MAX_SNIPPET_CHARS = 40, 1_000
MAX_TEXT_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class All:
    """Every passage."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, in any inflection."""

    text: str


@dataclass(frozen=True, slots=True)
class Exact:
    """Exactly these surface forms, in this order (`="Rosji"`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in any inflection, in order; with `slop`, each within so many words of the first."""

    words: tuple["str | Wildcard | Fuzzy", ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Surface forms that match `*` (any letters) and `?` (one letter)."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Surface forms that are so many slips away from a word, or fewer (`zelnski~2`).

    A slip is a letter too many, too few, another one, or two neighbours that changed places.
    """

    typed: str
    word: str
    slips: int


@dataclass(frozen=True, slots=True)
class Field:
    """A value of a facet or a date range: `para:JP-RU`, `data:2018-10`.

    `field` is a name of `index.fields`; a date value is written `2018-10-05..2018-10-12`
    or `none`.
    """

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class And:
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    child: "Node"


@dataclass(frozen=True, slots=True)
class Related:
    """A whole tree in which capitals and seats of government also count as these countries."""

    child: "Node"
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word resolved: it matches a token that shares a key with it.

    An `optional` one (a bare function word) adds to the score and demands nothing. `field`
    is `text`, or a narrower one of words (`dział:wnioski`).
    """

    word: str
    keys: tuple[str, ...]
    optional: bool = False
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Forms:
    """A word resolved to surface forms: it matches a token that is one of them."""

    word: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A phrase resolved; `slop` as in `Phrase`."""

    words: tuple[Term | Forms, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Same:
    """Names that mean the same, resolved: they count as one word, `word` as it was typed."""

    word: str
    names: tuple[Term | Near, ...]


# What a parser gives holds words; `search.expand` resolves them against an index, and
# leaves no Word, Exact, Phrase, Wildcard, Fuzzy or Related behind.
Node = (
    All
    | Word
    | Exact
    | Phrase
    | Wildcard
    | Fuzzy
    | Field
    | And
    | Or
    | Not
    | Related  # as typed
    | Term
    | Forms
    | Near
    | Same  # resolved
)


def list_fields(node: Node) -> Iterator[Field]:
    """Give the fields that a tree asks for, those that it excludes left out."""
    match node:
        case Field():
            yield node
        case And(children) | Or(children):
            for child in children:
                yield from list_fields(child)
        case Related(child):
            yield from list_fields(child)


def add_related(node: Node, countries: tuple[str, ...]) -> Node:
    """Give a tree in which what is related to some countries counts as these, too."""
    match node:
        case Related(child, already):
            return Related(child, tuple(dict.fromkeys((*already, *countries))))
        case _:
            return Related(node, countries) if countries else node


def related_countries(node: Node) -> tuple[str, ...]:
    """Give the countries that what is related to them counts as."""
    return node.countries if isinstance(node, Related) else ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen and what is excluded of one facet; chosen values are alternatives."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrowing beside the text: OR within a facet, AND across facets.

    `choices` maps a facet's name to its `Choice`; `dates` means overlap.
    """

    choices: Mapping[str, Choice] = field(default_factory=dict)
    dates: DateRange | None = None

    @property
    def key(self) -> Hashable:
        """Give what tells these filters from others."""
        return tuple(sorted(self.choices.items())), self.dates


@dataclass(frozen=True, slots=True)
class SnippetSize:
    """How much of a passage a hit shows: fragments, and characters of each at most.

    Without a number there are as many as it takes to show every word, and few.
    """

    number: int = 0
    chars: int = 260


USUAL_SNIPPETS = SnippetSize()


@dataclass(frozen=True, slots=True)
class Query:
    """A whole request. `notes` say, in the user's words, what the parser repaired."""

    text: str = ""
    root: Node = field(default_factory=All)
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    snippets: SnippetSize = USUAL_SNIPPETS
    facets: tuple[str, ...] = ("pair", "actor", "country", "kind", "document", "date")
    notes: tuple["Note", ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something the user should know about how the query was read.

    `code` is stable and translated by the page; `values` fill its sentence; `query` is a
    query text that undoes or follows the note, where there is one, and `count` its hits.
    """

    code: str
    values: tuple[str, ...] = ()
    query: str = ""
    count: int | None = None
