"""The values that a source file becomes.

Offsets everywhere are Python characters, half-open `[start, end)`; those of a passage
and of a heading point into `Document.text`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

DocumentKind = Literal["monitor", "bulletin", "text"]
PassageKind = Literal["event", "conclusion", "comment", "lead", "section", "paragraph", "note"]
DatePrecision = Literal["day", "month", "year", "document", "none"]
PublishedFrom = Literal["sidecar", "metadata", "text", "links", "none"]
ActorKind = Literal["person", "organisation"]
SourceConfidence = Literal["exact", "order", "guess"]
FurnitureKind = Literal["link", "page_number", "running_head", "rule"]


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a date range ends ({self.end}) before it starts ({self.start})")

    def overlaps(self, other: "DateRange") -> bool:
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Source:
    """An original page that a passage is based on.

    `url` is kept byte for byte as the file has it. `confidence` says how it came to its
    passage: `exact` (a hyperlink on its own words, or the only possible owner), `order`
    (aligned with the page's events in order of appearance), `guess` (several owners
    were possible).
    """

    url: str
    label: str
    confidence: SourceConfidence


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or an organisation, named in the nominative as the author spells it.

    `mentions` are the distinct forms in the passage, in order of appearance, `roles` what
    the passage says that a person is, in the nominative ("minister obrony Ukrainy").
    """

    id: str
    name: str
    kind: ActorKind
    mentions: tuple[str, ...]
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date that a passage speaks of, on `text[start:end]`; not the date of its event."""

    start: int
    end: int
    dates: DateRange
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is searched and cited: `text == document.text[start:end]`.

    `headline` is a substring of `text` (or empty), `label` the author's own numbering
    ("a.", "1."). `countries` take part or are the subject; `mentioned` is a superset.
    `pairs` are sorted and undirected, such as `JP-RU`.
    """

    id: str
    document_id: str
    ordinal: int
    kind: PassageKind
    section: str
    headline: str
    label: str
    text: str
    start: int
    end: int
    page_start: int
    page_end: int
    dates: DateRange | None = None
    date_precision: DatePrecision = "none"
    countries: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    sources: tuple[Source, ...] = ()
    mentioned_dates: tuple[DateMention, ...] = ()

    @property
    def headline_span(self) -> tuple[int, int]:
        """Give where the headline stands in `text`; `(0, 0)` without one."""
        start = self.text.find(self.headline) if self.headline else -1
        return (start, start + len(self.headline)) if start >= 0 else (0, 0)


@dataclass(frozen=True, slots=True)
class Heading:
    """A title or section heading; its words stand in `Document.text` but in no passage."""

    start: int
    end: int
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line of the file that was set aside, verbatim, so that nothing is lost silently."""

    kind: FurnitureKind
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source file, read and understood.

    `text` is the cleaned reading text: headings and passages in reading order, a blank
    line between them. `published` is a day, a month or a year as a range of days, and
    `published_from` says where it was found. `sha256` is that of the file's bytes.
    `kind_reason` says why it was taken for its kind, in a few English words.
    """

    id: str
    title: str
    kind: DocumentKind
    published: DateRange | None
    published_from: PublishedFrom
    publisher: str
    language: str
    source_url: str
    path: str
    sha256: str
    pages: int
    text: str
    passages: tuple[Passage, ...]
    headings: tuple[Heading, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    notes: tuple[str, ...] = ()
    kind_reason: str = ""
