"""Bulletins and other running texts: title, lead, sections, paragraphs."""

from collections.abc import Sequence
from statistics import median

from corpus.layout.blocks import Block
from corpus.layout.headings import (
    count_title_blocks,
    find_run_in_heading,
    is_english,
    is_section_heading,
    is_short_line,
    is_table_head,
)
from corpus.layout.imprints import (
    is_byline,
    is_imprint,
    is_imprint_line,
    is_masthead,
    is_publication_note,
)
from corpus.layout.signs import read_note_number
from corpus.passages.drafts import Draft, Outline, Title, close_outline
from corpus.passages.monitor import begin_event
from corpus.sentences import is_closed

_WIDE = 1.25
_MAX_MASTHEAD_BLOCKS = 6


def split_bulletin(blocks: Sequence[Block]) -> Outline:
    """Split a bulletin: one passage for each section, its run-in heading included."""
    outline, rest = _split_opening(blocks)
    marked = any(block.role != "text" for block in rest)
    leads = count_lead_blocks(rest)
    if leads:
        outline.append(Draft("lead", tuple(rest[:leads])))
    further: dict[int, list[Block]] = {}
    closing = _find_closing_notes(rest)
    section = ""
    for index, block in enumerate(rest[leads:], start=leads):
        is_last = index == len(rest) - 1
        if block.note or read_note_number(block.text, section):
            outline.append(Draft("note", (block,), section))
        elif index >= closing or is_imprint_line(block.text):
            outline.append(Draft("note", (block,)))
        elif is_table_head(rest, index):
            outline.append(Title((block,), level=3))
        elif not is_last and is_section_heading(block, marked=marked):
            outline.append(Title((block,), level=2))
            section = block.text
        elif headline := find_run_in_heading(block.text):
            section = headline.removesuffix(".")
            outline.append(Draft("section", (block,), section, headline))
        else:
            last = outline[-1] if outline else None
            if isinstance(last, Draft) and last.kind == "section":
                further.setdefault(len(outline) - 1, []).append(block)
            else:
                outline.append(Draft("section", (block,), section))
    return close_outline(outline, further)


def split_text(blocks: Sequence[Block]) -> Outline:
    """Split any other text: one passage for each paragraph, under the heading above it."""
    outline, rest = _split_opening(blocks)
    marked = any(block.role != "text" for block in rest)
    closing = _find_closing_notes(rest)
    section = ""
    for index, block in enumerate(rest):
        is_last = index == len(rest) - 1
        if block.note or read_note_number(block.text, section):
            outline.append(Draft("note", (block,), section))
        elif index >= closing or is_imprint_line(block.text):
            outline.append(Draft("note", (block,)))
        elif is_table_head(rest, index):
            outline.append(Title((block,), level=3))
        elif block.role != "text" or (not is_last and is_section_heading(block, marked=marked)):
            outline.append(Title((block,), level=2))
            section = block.text
        elif event := begin_event(block, section):
            outline.append(event)
        else:
            outline.append(Draft("paragraph", (block,), section))
    return tuple(outline)


def count_lead_blocks(blocks: Sequence[Block]) -> int:
    """Tell how many blocks after the title are the lead: set apart, or wider than the text."""
    count = 0
    while count < len(blocks) and blocks[count].apart and is_closed(blocks[count].text):
        count += 1
    if count or len(blocks) < 2:
        return count
    widths = [block.width for block in blocks[1:] if block.width]
    first = blocks[0]
    wide = bool(widths) and first.width > _WIDE * median(widths)
    return int(wide and first.role == "text" and not find_run_in_heading(first.text))


def _split_opening(blocks: Sequence[Block]) -> tuple[list[Draft | Title], Sequence[Block]]:
    """Take the masthead, the title and the lines under it off the beginning."""
    outline: list[Draft | Title] = []
    at = _count_masthead_blocks(blocks)
    outline.extend(Draft("note", (block,)) for block in blocks[:at])
    titles = count_title_blocks(blocks[at:])
    if titles:
        outline.append(Title(tuple(blocks[at : at + titles]), level=1))
        at += titles
    if _has_second_title(blocks[:at], blocks[at:]):
        outline.append(Draft("note", (blocks[at],)))
        at += 1
    while at < len(blocks) and blocks[at].role == "text" and _is_below_title(blocks[at]):
        outline.append(Draft("note", (blocks[at],)))
        at += 1
    return outline, blocks[at:]


def _count_masthead_blocks(blocks: Sequence[Block]) -> int:
    """Count the blocks that name the series or end with an imprint, above a title.

    What stands between the series' name and its number and date is no title, if there is
    one below.
    """
    count = 0
    for index, block in enumerate(blocks[:_MAX_MASTHEAD_BLOCKS]):
        imprint = is_imprint(block.text)
        if block.role != "text" or (is_closed(block.text) and not imprint):
            break
        if imprint or is_masthead(block.text):
            below = count_title_blocks(blocks[index + 1 :])
            count = index + 1 if below or (imprint and count == index) else count
        elif count:
            break
    return count


def _has_second_title(opening: Sequence[Block], rest: Sequence[Block]) -> bool:
    """Tell whether a title stands above its English translation."""
    return (
        bool(opening)
        and len(rest) > 1
        and not is_english(opening[-1].text)
        and is_short_line(rest[0])
        and is_english(rest[0].text)
    )


def _is_below_title(block: Block) -> bool:
    return is_imprint(block.text) or is_byline(block.text)


def _is_about_publication(text: str) -> bool:
    return is_publication_note(text) or is_imprint_line(text)


def _find_closing_notes(blocks: Sequence[Block]) -> int:
    """Give from which block on the document speaks of nothing but the publication."""
    start = len(blocks)
    while start and _is_about_publication(blocks[start - 1].text):
        start -= 1
    return start
