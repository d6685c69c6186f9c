"""Footnotes at the ends of pages: which lines they are, and the text without them between."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.layout.lines import TextLine

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# "1 A. Nowak, …" where the text has "protokoły1", "[1] A. Nowak, …" where it has "protokoły[1]".
_NOTE = re.compile(
    r"(?P<open>\[)?(?P<number>\d{1,2})(?(open)\]\s*|\s+)(?=[^\W\d_a-ząćęłńóśźż]|[„“‘(]|http)"
)
GLUED = re.compile(r"(?<=[^\W\d_]{2})[”\")»]?[.,;]?(?P<number>\d{1,2})(?![\d%])")
_BRACKETED = re.compile(r"\[(?P<number>\d{1,2})\]")
_MAX_NOTE_SHARE = 0.6


def move_notes(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Give the lines with the notes of each page after all text, their first lines numbered.

    A note is what begins with the number that follows the one before, after a word that
    cites it; where notes begin, nothing but notes stands down to the end of the page.
    """
    text: list[TextLine] = []
    notes: list[TextLine] = []
    cited: set[str] = set()
    following = 1
    for page in _split_pages(lines):
        marked: list[TextLine] = []
        for index, line in enumerate(page):
            folded = line.text.translate(SUPERSCRIPTS)
            number = _read_number(folded, cited, {following, 1})
            if number and (marked or len(page) - index <= _MAX_NOTE_SHARE * len(page)):
                following = int(number) + 1
                marked.append(replace(line, note=number))
            elif marked:
                marked.append(line)
            else:
                cited |= {found["number"] for found in GLUED.finditer(folded)}
                cited |= {found[0] for found in _BRACKETED.finditer(folded)}
                text.append(line)
        notes += marked
    return (*text, *notes)


def _read_number(line: str, cited: set[str], possible: set[int]) -> str:
    found = _NOTE.match(line)
    if found is None or int(found["number"]) not in possible:
        return ""
    citation = f"[{found['number']}]" if found["open"] else found["number"]
    return found["number"] if citation in cited else ""


def _split_pages(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    page: list[TextLine] = []
    for line in lines:
        if page and line.page != page[-1].page:
            yield page
            page = []
        page.append(line)
    if page:
        yield page
