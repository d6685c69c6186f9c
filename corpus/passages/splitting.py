"""Blocks to passages: which kind of document it is, where each passage stands in its text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import DocumentKind, Heading, Passage
from corpus.identifiers import fold_words, passage_id
from corpus.layout.blocks import Block
from corpus.layout.headings import (
    count_title_blocks,
    find_run_in_heading,
    is_section_heading,
)
from corpus.layout.imprints import is_byline, is_imprint
from corpus.layout.signs import section_kind
from corpus.passages.bulletin import count_lead_blocks, split_bulletin, split_text
from corpus.passages.chronicle import date_blocks
from corpus.passages.drafts import Draft, Outline, Title
from corpus.passages.monitor import split_monitor

_MIN_EVENTS = 3
_MIN_DATE_HEADINGS = 2
_MIN_EVENT_SHARE = 0.1
_MAX_OPENING_BLOCKS = 6
_MIN_SECTIONS = 2
_BETWEEN_PASSAGES = "\n\n"


@dataclass(frozen=True, slots=True)
class Written:
    """A document's reading text, and what stands where in it."""

    text: str
    passages: tuple[Passage, ...]
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a document was taken for, and the reason, in a few English words."""

    kind: DocumentKind
    reason: str


def recognise_kind(blocks: Sequence[Block]) -> Recognised:
    """Tell what kind of document the blocks show: by dated events, by run-in headings."""
    datings = date_blocks(blocks)
    events = sum(dating.event is not None for dating in datings)
    headings = sum(dating.heading for dating in datings)
    promised = any(section_kind(block.text) in ("conclusion", "comment") for block in blocks)
    enough = events >= _MIN_EVENTS or min(events, headings) >= _MIN_DATE_HEADINGS
    if enough and events >= _MIN_EVENT_SHARE * len(blocks):
        under = f", under {headings} headings that are dates" if headings else ""
        return Recognised("monitor", f"{events} of {len(blocks)} paragraphs are dated{under}")
    if events and promised:
        return Recognised("monitor", "it has dated paragraphs and a section of conclusions")
    rest = blocks[count_title_blocks(blocks) :]
    run_ins = sum(bool(find_run_in_heading(block.text)) for block in rest)
    leads = count_lead_blocks(rest)
    if run_ins >= 2 or (run_ins and leads):
        lead = " and a lead" if leads else ""
        return Recognised("bulletin", f"{run_ins} paragraphs begin with a heading{lead}")
    signed = any(
        is_imprint(block.text) or is_byline(block.text) for block in blocks[:_MAX_OPENING_BLOCKS]
    )
    marked = any(block.role == "heading" for block in rest)
    sections = sum(is_section_heading(block, marked=marked) for block in rest[leads:-1])
    if signed and sections >= _MIN_SECTIONS:
        return Recognised("bulletin", f"it has an imprint or authors, and {sections} sections")
    return Recognised("text", "it has neither dated paragraphs nor run-in headings enough")


def split_passages(blocks: Sequence[Block], kind: DocumentKind) -> Outline:
    """Split blocks as documents of this kind are built."""
    match kind:
        case "monitor":
            return split_monitor(blocks)
        case "bulletin":
            return split_bulletin(blocks)
        case "text":
            return split_text(blocks)


def write_passages(outline: Outline, document_id: str) -> Written:
    """Write an outline out as a text with a blank line between its items."""
    parts: list[str] = []
    passages: list[Passage] = []
    headings: list[Heading] = []
    seen: Counter[str] = Counter()
    at = 0
    for item in outline:
        text = item.text
        start, end = at, at + len(text)
        if isinstance(item, Title):
            headings.append(Heading(start, end, item.level, item.blocks[0].page_at(0)))
        else:
            words = fold_words(text)
            passages.append(_write_passage(item, document_id, len(passages), start, seen[words]))
            seen[words] += 1
        parts.append(text)
        at = end + len(_BETWEEN_PASSAGES)
    return Written(_BETWEEN_PASSAGES.join(parts), tuple(passages), tuple(headings))


def _write_passage(
    draft: Draft, document_id: str, ordinal: int, start: int, occurrence: int
) -> Passage:
    text = draft.text
    pages = [page for block in draft.blocks for _, page in block.pages]
    return Passage(
        id=passage_id(document_id, text, occurrence),
        document_id=document_id,
        ordinal=ordinal,
        kind=draft.kind,
        section=draft.section,
        headline=draft.headline,
        label=draft.label,
        text=text,
        start=start,
        end=start + len(text),
        page_start=min(pages),
        page_end=max(pages),
    )
