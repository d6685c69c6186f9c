"""A document's outline: passages and headings, before they have ids and places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.dates.grammar import EventDate
from corpus.document import PassageKind
from corpus.layout.blocks import Block


@dataclass(frozen=True, slots=True)
class Draft:
    """A passage in the making. Each block is a paragraph of it."""

    kind: PassageKind
    blocks: tuple[Block, ...]
    section: str = ""
    headline: str = ""
    label: str = ""
    date: EventDate | None = None

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Title:
    """A title (level 1) or a section heading (level 2 and below)."""

    blocks: tuple[Block, ...]
    level: int

    @property
    def text(self) -> str:
        return " ".join(block.text for block in self.blocks)


Outline = tuple[Draft | Title, ...]


def close_outline(
    items: Sequence[Draft | Title], further: Mapping[int, Sequence[Block]]
) -> Outline:
    """Give an outline whose passages have got their further blocks, by place in the outline."""
    return tuple(
        replace(item, blocks=(*item.blocks, *further[place])) if place in further else item
        for place, item in enumerate(items)
    )
