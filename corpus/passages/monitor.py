"""Monitors: conclusions, dated events under section headings, comments, a note at the end."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.dates.grammar import EventDate, find_event_date, find_head, read_whole_date
from corpus.document import PassageKind
from corpus.layout.blocks import Block
from corpus.layout.headings import count_title_blocks, is_short_line, is_table_head
from corpus.layout.imprints import is_imprint, is_imprint_line, is_publication_note
from corpus.layout.signs import (
    is_heading,
    read_label,
    read_note_number,
    section_kind,
    skip_label,
)
from corpus.passages.chronicle import Dating, date_blocks
from corpus.passages.drafts import Draft, Outline, Title, close_outline
from corpus.sentences import find_sentence_end, is_closed

_FAR_BELOW = 4


def split_monitor(blocks: Sequence[Block]) -> Outline:
    """Split a monitor's blocks into its passages and headings."""
    titles = count_title_blocks(blocks)
    outline: list[Draft | Title] = []
    if titles:
        outline.append(Title(tuple(blocks[:titles]), level=1))
    further: dict[int, list[Block]] = {}
    section = ""
    datings = date_blocks(blocks)
    first_event = next((i for i, dating in enumerate(datings) if dating.event), len(blocks))
    for index, block in enumerate(blocks[titles:], start=titles):
        dating = datings[index]
        if is_table_head(blocks, index) or (dating.heading and _is_day(block)):
            outline.append(Title((block,), level=3))
        elif dating.heading or _is_section(block, dating, datings[index + 1 : index + 2]):
            outline.append(Title((block,), level=2))
            section = block.text
        elif block.note or read_note_number(block.text, section):
            outline.append(Draft("note", (block,), section))
        elif _is_note(blocks, index, datings[index].event, first=index < first_event):
            outline.append(Draft("note", (block,)))
        elif dating.event and _has_only_headline(outline, block, dating.event):
            further.setdefault(len(outline) - 1, []).append(block)
        elif dating.event:
            outline.append(_make_event(block, section, dating.event))
        elif kind := _read_kind(block.text):
            outline.append(Draft(kind, (block,), section))
        elif draft := _begin_passage(block, section, outline):
            outline.append(draft)
        else:
            further.setdefault(len(outline) - 1, []).append(block)
    return close_outline(outline, further)


def _is_section(block: Block, dating: Dating, following: Sequence[Dating]) -> bool:
    """Tell a section's heading: by its look, or by being a short line above an event.

    A heading that begins with a date and says more is an event's headline.
    """
    if dating.event is not None and dating.event.end:
        return False
    if block.role != "text" or is_heading(block.text):
        return True
    above = bool(following) and following[0].event is not None and following[0].event.end > 0
    return above and dating.event is None and is_short_line(block) and not skip_label(block.text)


def _has_only_headline(outline: Sequence[Draft | Title], block: Block, date: EventDate) -> bool:
    """Tell whether a block goes on with an event of the day that has but a headline."""
    last = outline[-1] if outline else None
    return (
        isinstance(last, Draft)
        and last.date is not None
        and last.date.end == date.end == 0
        and is_short_line(last.blocks[0])
        and not skip_label(last.text)
        and not skip_label(block.text)
        and is_closed(block.text)
    )


def _read_kind(text: str) -> PassageKind | None:
    """Give the kind of a paragraph that says it first: "Komentarz: …"."""
    name, colon, _ = text.partition(":")
    kind = section_kind(name) if colon else None
    return kind if kind in ("conclusion", "comment") else None


def begin_event(block: Block, section: str) -> Draft | None:
    """Give the event that a block begins, when it begins with a date."""
    date = find_event_date(block.text)
    return _make_event(block, section, date) if date else None


def _make_event(block: Block, section: str, date: EventDate) -> Draft:
    """Make an event of a block; its headline is its head, else the first sentence."""
    text = block.text
    start = max(date.end, skip_label(text) if not date.end else 0)
    headline = find_head(text, start) or text[start : find_sentence_end(text, start)]
    return Draft("event", (block,), section, headline, date=date)


def _is_day(block: Block) -> bool:
    date = read_whole_date(block.text)
    return date is not None and date.last.day is not None


def _begin_passage(block: Block, section: str, outline: Sequence[Draft | Title]) -> Draft | None:
    """Give the passage that a block begins, None when it goes on with the one before."""
    last = _last_event_with_head(block, outline)
    if last is not None:
        assert last.date is not None
        return _make_event(block, section, replace(last.date, end=0))
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


def _last_event_with_head(block: Block, outline: Sequence[Draft | Title]) -> Draft | None:
    """Give the event before a block that is the next one of its day: both have a head."""
    last = outline[-1] if outline else None
    if not isinstance(last, Draft) or last.date is None or not find_head(block.text, 0):
        return None
    return last if find_head(last.blocks[0].text, last.date.end) else None


def _is_note(blocks: Sequence[Block], index: int, event: EventDate | None, *, first: bool) -> bool:
    """Tell whether a block speaks of the publication: by its words, or far below the rest.

    `first` says that no event stands above it.
    """
    block = blocks[index]
    last = index == len(blocks) - 1
    if read_label(block.text) or find_event_date(block.text) is not None:
        return False
    if event is None and last and block.gap >= _FAR_BELOW:
        return True
    if (first and index < 3 and is_imprint(block.text)) or is_imprint_line(block.text):
        return True
    return is_publication_note(block.text) and (block.gap > 0 or last)
