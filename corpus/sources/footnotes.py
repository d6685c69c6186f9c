"""Footnotes and endnotes: their addresses are sources of the passages that cite them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Source
from corpus.layout.notes import GLUED, SUPERSCRIPTS
from corpus.layout.paragraphs import PageLink
from corpus.layout.signs import read_note_number
from corpus.passages.drafts import Draft

_CITATION = re.compile(r"\[(?P<numbers>\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\]")
_NUMBERS = re.compile(r"(?P<first>\d+)(?:\s?[–-]\s?(?P<last>\d+))?")
_MAX_RUN = 20


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered note: where it stands, and the addresses that it gives."""

    zone: int
    sources: tuple[Source, ...]
    link: PageLink | None = None


def cite_notes(
    drafts: Sequence[Draft], links: Sequence[PageLink], found: Sequence[list[Source]]
) -> frozenset[PageLink]:
    """Add to each passage the sources of the notes that it cites; give the links among them.

    Where notes are numbered anew on each page, the one of the passage's own page or the
    next one after it is meant.
    """
    notes = _collect_notes(drafts, links, found)
    cited: set[PageLink] = set()
    if not notes:
        return frozenset()
    glued = frozenset(draft.blocks[0].note for draft in drafts)
    for draft, own in zip(drafts, found, strict=True):
        if draft.kind == "note":
            continue
        zone = draft.blocks[0].zone
        for number in _read_citations(draft.text, glued):
            if candidates := notes.get(number):
                note = min(candidates, key=lambda note: (note.zone < zone, abs(note.zone - zone)))
                own.extend(note.sources)
                if note.link:
                    cited.add(note.link)
    return frozenset(cited)


def _collect_notes(
    drafts: Sequence[Draft], links: Sequence[PageLink], found: Sequence[list[Source]]
) -> dict[str, list[Note]]:
    notes: dict[str, list[Note]] = defaultdict(list)
    for draft, own in zip(drafts, found, strict=True):
        number = draft.blocks[0].note
        if not number and draft.kind == "note":
            number = read_note_number(draft.text, draft.section)
        if number and own:
            notes[number].append(Note(draft.blocks[0].zone, tuple(own)))
    for link in links:
        if link.number:
            notes[link.number].append(Note(link.zone, (Source(link.url, "", "exact"),), link))
    return notes


def _read_citations(text: str, glued: frozenset[str]) -> list[str]:
    """Give the numbers that a text cites: "[3]", "[3, 5]", "[3–5]", "słowo3" where 3 may be."""
    numbers: list[str] = []
    for citation in _CITATION.finditer(text):
        for found in _NUMBERS.finditer(citation["numbers"]):
            first, last = int(found["first"]), int(found["last"] or found["first"])
            numbers += [str(n) for n in range(first, min(last, first + _MAX_RUN) + 1)]
    for found in GLUED.finditer(text.translate(SUPERSCRIPTS)):
        numbers += [found["number"]] if found["number"] in glued else []
    return numbers
