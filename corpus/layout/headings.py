"""Headings that look like text: titles, short lines, first sentences without a verb."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.dates.grammar import find_event_date, read_whole_date
from corpus.layout.blocks import Block
from corpus.layout.imprints import is_byline, is_imprint
from corpus.layout.signs import (
    is_country_group,
    is_heading,
    is_numbered_heading,
    load_section_words,
    read_label,
    section_kind,
)
from corpus.sentences import find_sentence_end, has_finite_verb, is_closed

_MAX_CHARS = 140
_MAX_WORDS = 14
_MAX_TITLE_CHARS = 220
_MAX_LINE_CHARS = 80
_MAX_PERIOD_CHARS = 60
_WORD = re.compile(r"[^\W\d_]+")
_CAPTION = re.compile(
    r"(?:tab(?:ela|\.)|rys(?:unek|\.)|ryc(?:ina|\.)|wykres|mapa|schemat|ramka|fot\.)\s?\d|źródło:",
    re.IGNORECASE,
)


def count_title_blocks(blocks: Sequence[Block]) -> int:
    """Tell how many blocks at a document's beginning are its title.

    A format that marks titles is believed, unless it marks sections so, too; else the
    title is what stands in short lines before the first block that can be nothing but text
    or a section heading.
    """
    marked = sum(block.role == "title" for block in blocks)
    first = 0
    while first < len(blocks) and blocks[first].role == "title":
        if marked > 1 and _names_section(blocks[first].text):
            return first
        first += 1
    if first:
        return first
    count = 0
    wrapped = any(block.width for block in blocks)
    period = _find_period(blocks)
    for block, following in pairwise(blocks):
        if not _may_be_title(block, wrapped=wrapped and not count):
            break
        if count and block.gap and block.text != period:
            break
        section = is_heading(block.text) and not is_section_heading(following)
        if section and following.text != period:
            break
        count += 1
    return count


def _names_section(text: str) -> bool:
    return is_numbered_heading(text) or section_kind(text) is not None or is_country_group(text)


def _find_period(blocks: Sequence[Block]) -> str:
    """Give the first line that says which days or month of a year the document covers.

    Where days are headings, further below, several days are one of those.
    """
    dated = [
        (block.text, date)
        for block in blocks
        if len(block.text) <= _MAX_PERIOD_CHARS and (date := read_whole_date(block.text))
    ]
    if not dated or dated[0][1].year is None:
        return ""
    text, date = dated[0]
    days = sum(other.last.day is not None for _, other in dated)
    return text if date.last.day is None or (date.first != date.last and days == 1) else ""


def is_section_heading(block: Block, *, marked: bool = False) -> bool:
    """Tell whether a block is a heading; where headings are `marked`, only those count."""
    if block.role != "text":
        return True
    if marked:
        return False
    return is_heading(block.text) or (
        is_short_line(block) and any(char.islower() for char in block.text)
    )


def find_run_in_heading(text: str) -> str:
    """Give the first sentence of a paragraph if it is a heading: short, without a verb.

    >>> find_run_in_heading("Skutki dla Polski. Umowa otwiera nowe rynki zbytu.")
    'Skutki dla Polski.'
    >>> find_run_in_heading("Umowa wygasa w maju. Potem zacznie się przegląd.")
    ''
    """
    sentence = text[: find_sentence_end(text)]
    rest = text[len(sentence) :].strip()
    if (
        not sentence.endswith((".", "?", "!"))
        or len(rest) < len(sentence)
        or not _is_short(sentence)
        or has_finite_verb(sentence)
        or find_event_date(text) is not None
        or read_label(text)
    ):
        return ""
    return sentence if has_finite_verb(rest[: find_sentence_end(rest)]) else ""


def _may_be_title(block: Block, *, wrapped: bool) -> bool:
    """Tell whether a first block can be a title.

    A title may end as a sentence does, but then only its being a line of its own in a
    text of longer paragraphs tells it from one.
    """
    ends_openly = not is_closed(block.text) or block.text.endswith(("?", "!", " r.", " r.)"))
    return (
        block.role == "text"
        and len(block.text) <= _MAX_TITLE_CHARS
        and not block.apart
        and (ends_openly or (wrapped and not block.width and len(block.text) <= _MAX_LINE_CHARS))
        and find_event_date(block.text) is None
        and not read_label(block.text)
        and not is_imprint(block.text)
        and not is_byline(block.text)
        and not is_numbered_heading(block.text)
    )


def is_short_line(block: Block) -> bool:
    """Tell whether a line of its own reads as a heading, if there is text below it."""
    return (
        block.width == 0
        and "\t" not in block.text
        and _is_short(block.text)
        and (not is_closed(block.text) or block.text.endswith("?"))
        and find_event_date(block.text) is None
        and not read_label(block.text)
        and not has_finite_verb(block.text)
        and not _CAPTION.match(block.text)
    )


def is_table_head(blocks: Sequence[Block], index: int) -> bool:
    """Tell the first row of a table if it only names the columns."""
    block, before, below = blocks[index], blocks[max(0, index - 1)], blocks[index + 1 : index + 2]
    return (
        "\t" in block.text
        and any("\t" in row.text for row in below)
        and (index == 0 or "\t" not in before.text)
        and _is_short(block.text)
        and not is_closed(block.text)
        and not any(char.isdigit() for char in block.text)
        and not has_finite_verb(block.text)
    )


def is_english(text: str) -> bool:
    """Tell an English line by the small words that no Polish one has."""
    return not set(load_section_words()["english"]).isdisjoint(_WORD.findall(text.lower()))


def _is_short(text: str) -> bool:
    return text[:1].isupper() and len(text) <= _MAX_CHARS and len(text.split()) <= _MAX_WORDS
