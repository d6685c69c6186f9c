"""A document laid out for reading: what stands in it, in order, and its table of contents."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from textwrap import shorten

from corpus.document import Document, Heading, Passage

MAX_NAME_CHARS = 110


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (its text) or a passage; `page` is set where it is the first of its page."""

    page: int = 0
    heading: str = ""
    level: int = 0
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Consecutive passages below one heading."""

    title: str
    passages: tuple[Passage, ...]

    def has(self, passage: Passage) -> bool:
        return self.passages[0].ordinal <= passage.ordinal <= self.passages[-1].ordinal


def lay_out(document: Document) -> tuple[Block, ...]:
    """Give headings and passages in reading order."""
    return tuple(_blocks(document))


def list_sections(document: Document) -> tuple[Section, ...]:
    """Give the table of contents."""
    grouped = groupby(document.passages, key=lambda passage: passage.section)
    return tuple(Section(title, tuple(passages)) for title, passages in grouped)


def name_passage(passage: Passage) -> str:
    """Give a passage's headline, or as many of its first words as fit a line."""
    words = passage.headline or passage.text.removeprefix(passage.label)
    # What wraps a text wraps all of it, however little of it is wanted.
    return shorten(words[: 4 * MAX_NAME_CHARS], MAX_NAME_CHARS, placeholder=" …")


def find_neighbours(document: Document, passage: Passage) -> tuple[Passage | None, Passage | None]:
    """Give the passages before and after."""
    passages = document.passages
    at = next((i for i, other in enumerate(passages) if other.id == passage.id), None)
    if at is None:
        return None, None
    before = passages[at - 1] if at > 0 else None
    after = passages[at + 1] if at + 1 < len(passages) else None
    return before, after


def _blocks(document: Document) -> Iterator[Block]:
    parts: list[Heading | Passage] = [*document.headings, *document.passages]
    page = 0
    for part in sorted(parts, key=lambda part: part.start):
        starts_on = part.page if isinstance(part, Heading) else part.page_start
        turned = starts_on if starts_on > max(page, 1) else 0
        page = max(page, starts_on)
        if isinstance(part, Heading):
            text = document.text[part.start : part.end]
            yield Block(turned, heading=text, level=part.level)
        else:
            yield Block(turned, passage=part)
