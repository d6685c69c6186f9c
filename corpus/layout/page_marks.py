"""Pages of a text that shows them only by the lines that count them: "str. 2 z 12"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.layout.lines import TextLine
from corpus.sources.urls import link_url

PAGE_NUMBER = re.compile(
    r"(?:(?P<word>str(?:ona|\.)|page)\s*)?[-–—|\[]?\s*(?P<number>\d{1,4})\s*[-–—|\]]?"
    r"(?:\s*(?P<of>/|z|of)\s*\d{1,4})?",
    re.IGNORECASE,
)
_MIN_BARE_MARKS = 3
_MIN_LINES_APART = 12
_MAX_LINES_ABOVE = 3


def number_pages(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Give the lines of a text of one page their pages, if lines in it count them."""
    marks = _find_marks(lines) if lines and all(line.page == 1 for line in lines) else []
    if not marks:
        return tuple(lines)
    below = [line for line in lines[marks[-1] + 1 :] if not link_url(line.text)]
    at_top = len(below) > _MAX_LINES_ABOVE
    # A first page often bears no number.
    page = 0 if at_top and marks[0] <= _MAX_LINES_ABOVE else 1
    starts = {index if at_top else index + 1 for index in marks}
    numbered = []
    for index, line in enumerate(lines):
        page += index in starts
        numbered.append(replace(line, page=max(1, page)))
    return tuple(numbered)


def _find_marks(lines: Sequence[TextLine]) -> list[int]:
    """Give the lines that count pages one by one; bare numbers only where pages can lie between."""
    found = {
        index: mark
        for index, line in enumerate(lines)
        if (mark := PAGE_NUMBER.fullmatch(line.text))
    }
    told = [index for index, mark in found.items() if mark["word"] or mark["of"]]
    for marks, fewest, apart in ((told, 2, 0), (list(found), _MIN_BARE_MARKS, _MIN_LINES_APART)):
        counted = all(
            int(found[later]["number"]) == int(found[earlier]["number"]) + 1
            and later - earlier > apart
            for earlier, later in pairwise(marks)
        )
        if counted and len(marks) >= fewest:
            return marks
    return []
