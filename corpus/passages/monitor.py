"""Monitors: conclusions, dated events under section headings, comments, a note at the end."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.dates.grammar import find_event_date
from corpus.document import PassageKind
from corpus.layout.headings import count_title_blocks, is_imprint
from corpus.layout.paragraphs import Block
from corpus.layout.signs import (
    is_heading,
    is_publication_note,
    read_label,
    section_kind,
    skip_label,
)
from corpus.passages.drafts import Draft, Outline, Title
from corpus.sentences import find_sentence_end

_FAR_BELOW = 4


def split_monitor(blocks: Sequence[Block]) -> Outline:
    """Split a monitor's blocks into its passages and headings."""
    titles = count_title_blocks(blocks)
    outline: list[Draft | Title] = []
    if titles:
        outline.append(Title(tuple(blocks[:titles]), level=1))
    section = ""
    for index, block in enumerate(blocks[titles:], start=titles):
        if block.role != "text" or is_heading(block.text):
            outline.append(Title((block,), level=2))
            section = block.text
        elif _is_note(blocks, index):
            outline.append(Draft("note", (block,)))
        elif draft := _begin_passage(block, section, outline):
            outline.append(draft)
        else:
            last = outline[-1]
            assert isinstance(last, Draft)
            outline[-1] = replace(last, blocks=(*last.blocks, block))
    return tuple(outline)


def begin_event(block: Block, section: str) -> Draft | None:
    """Give the event that a block begins, when it begins with a date.

    Its headline is the first sentence after the date.
    """
    date = find_event_date(block.text)
    if date is None:
        return None
    headline = block.text[date.end : find_sentence_end(block.text, date.end)]
    return Draft("event", (block,), section, headline, date=date)


def _begin_passage(block: Block, section: str, outline: Sequence[Draft | Title]) -> Draft | None:
    """Give the passage that a block begins, None when it goes on with the one before."""
    if event := begin_event(block, section):
        return event
    last = outline[-1] if outline and isinstance(outline[-1], Draft) else None
    kind = _item_kind(section, block)
    label = read_label(block.text)
    if last is not None and last.kind != "note":
        if last.kind == "event" or (last.label and not _is_same_style(last.label, label)):
            return None
        if not label and kind == "paragraph":
            return Draft("paragraph", (block,), section)
    start = skip_label(block.text)
    headline = ""
    if kind == "comment" and label:
        headline = block.text[start : find_sentence_end(block.text, start)]
    return Draft(kind, (block,), section, headline, label)


def _item_kind(section: str, block: Block) -> PassageKind:
    """Give what an undated item is: as its section is called, else by its numbering."""
    promised = section_kind(section) if section else None
    if promised in ("conclusion", "comment"):
        return promised
    label = read_label(block.text)
    if not label:
        return "paragraph"
    return "comment" if label[0].isdigit() else "conclusion"


def _is_same_style(first: str, second: str) -> bool:
    return bool(second) and (first[0].isdigit(), first[-1]) == (second[0].isdigit(), second[-1])


def _is_note(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether a block speaks of the publication: by its words, or far below the rest."""
    block = blocks[index]
    if find_event_date(block.text) is not None or read_label(block.text):
        return False
    last = index == len(blocks) - 1
    first = not any(find_event_date(before.text) for before in blocks[:index])
    if last and block.gap >= _FAR_BELOW:
        return True
    if first and index < 3 and is_imprint(block):
        return True
    return is_publication_note(block.text) and (block.gap > 0 or last)
