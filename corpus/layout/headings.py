"""Headings that look like text: titles, short lines, first sentences without a verb."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.dates.grammar import find_dates, find_event_date
from corpus.layout.paragraphs import Block
from corpus.layout.signs import is_heading, is_numbered_heading, is_publication_note, read_label
from corpus.morphology import analyse
from corpus.sentences import find_sentence_end, has_finite_verb, is_closed

_MAX_CHARS = 140
_MAX_WORDS = 14
_MAX_TITLE_CHARS = 220
_MAX_LINE_CHARS = 80
_BETWEEN_AUTHORS = re.compile(r"\s*[,;]\s*|\s+(?:i|oraz)\s+")


def count_title_blocks(blocks: Sequence[Block]) -> int:
    """Tell how many blocks at a document's beginning are its title.

    A format that marks titles is believed; else the title is what stands in short lines
    before the first block that can be nothing but text or a section heading.
    """
    marked = 0
    while marked < len(blocks) and blocks[marked].role == "title":
        marked += 1
    if marked:
        return marked
    count = 0
    wrapped = any(block.width for block in blocks)
    for block, following in pairwise(blocks):
        if not _may_be_title(block, wrapped=wrapped and not count) or (count and block.gap):
            break
        if is_heading(block.text) and not is_section_heading(following):
            break
        count += 1
    return count


def is_section_heading(block: Block, *, marked: bool = False) -> bool:
    """Tell whether a block is a heading; where headings are `marked`, only those count."""
    if block.role != "text":
        return True
    if marked:
        return False
    return is_heading(block.text) or _is_short_line(block)


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


def is_imprint(block: Block) -> bool:
    """Tell whether a block says who published the document, and when, rather than what."""
    if is_publication_note(block.text):
        return True
    short = len(block.text) <= _MAX_CHARS and not has_finite_verb(block.text)
    numbered = re.match(r"(?:nr|no\.|numer|vol\.)\s*\d", block.text, re.IGNORECASE) is not None
    return short and (numbered or any(p.precision == "day" for p in find_dates(block.text)))


def is_byline(block: Block) -> bool:
    """Tell whether a block is nothing but the names of authors: "Jan Kowalski, Anna Nowak"."""
    names = [name.split() for name in _BETWEEN_AUTHORS.split(block.text.strip().rstrip("."))]
    return len(block.text) <= _MAX_CHARS and all(
        2 <= len(name) <= 4
        and all(word[:1].isupper() for word in name)
        and any("imię" in reading.names for reading in analyse(name[0]))
        for name in names
    )


def _may_be_title(block: Block, *, wrapped: bool) -> bool:
    """Tell whether a first block can be a title.

    A title may end as a sentence does, but then only its being a line of its own in a
    text of longer paragraphs tells it from one.
    """
    ends_openly = not is_closed(block.text) or block.text.endswith(("?", "!", " r."))
    return (
        block.role == "text"
        and len(block.text) <= _MAX_TITLE_CHARS
        and not block.apart
        and (ends_openly or (wrapped and not block.width and len(block.text) <= _MAX_LINE_CHARS))
        and find_event_date(block.text) is None
        and not read_label(block.text)
        and not is_imprint(block)
        and not is_byline(block)
        and not is_numbered_heading(block.text)
    )


def _is_short_line(block: Block) -> bool:
    """Tell whether a line of its own reads as a heading."""
    return (
        block.width == 0
        and _is_short(block.text)
        and (not is_closed(block.text) or block.text.endswith("?"))
        and find_event_date(block.text) is None
        and not read_label(block.text)
        and not has_finite_verb(block.text)
    )


def _is_short(text: str) -> bool:
    return (
        text[:1].isupper()
        and len(text) <= _MAX_CHARS
        and len(text.split()) <= _MAX_WORDS
        and any(char.islower() for char in text)
    )
