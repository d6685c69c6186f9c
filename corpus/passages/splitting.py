"""Blocks to passages: which kind of document it is, where each passage stands in its text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.dates.grammar import find_event_date
from corpus.document import DocumentKind, Heading, Passage
from corpus.identifiers import fold_words, passage_id
from corpus.layout.headings import count_title_blocks, find_run_in_heading
from corpus.layout.paragraphs import Block
from corpus.layout.signs import section_kind
from corpus.passages.bulletin import count_lead_blocks, split_bulletin, split_text
from corpus.passages.drafts import Draft, Outline, Title
from corpus.passages.monitor import split_monitor

_MIN_EVENTS = 3
_MIN_EVENT_SHARE = 0.1
_BETWEEN_PASSAGES = "\n\n"


@dataclass(frozen=True, slots=True)
class Written:
    """A document's reading text, and what stands where in it."""

    text: str
    passages: tuple[Passage, ...]
    headings: tuple[Heading, ...]


def recognise_kind(blocks: Sequence[Block]) -> DocumentKind:
    """Tell what kind of document the blocks show: by dated events, by run-in headings."""
    events = sum(find_event_date(block.text) is not None for block in blocks)
    promised = any(section_kind(block.text) in ("conclusion", "comment") for block in blocks)
    if events >= _MIN_EVENTS and events >= _MIN_EVENT_SHARE * len(blocks):
        return "monitor"
    if events and promised:
        return "monitor"
    rest = blocks[count_title_blocks(blocks) :]
    run_ins = sum(bool(find_run_in_heading(block.text)) for block in rest)
    if run_ins >= 2 or (run_ins and count_lead_blocks(rest)):
        return "bulletin"
    return "text"


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
