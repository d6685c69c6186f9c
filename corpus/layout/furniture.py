"""What is on a page but not of its text: links, page numbers, running heads, rules."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from corpus.document import FurnitureKind
from corpus.layout.imprints import is_masthead
from corpus.layout.lines import TextLine
from corpus.layout.page_marks import PAGE_NUMBER
from corpus.sources.urls import link_url

_RULE = re.compile(r"[^\w\s]{3,}|(?:[*•_=~–—-]\s?){3,}")
_NUMBERED_HEAD = re.compile(
    r"(?:(?P<before>\d{1,3})\s+)?[|–-]?\s*(?P<name>\D.{2,60}?)\s*[|–-]?(?(before)|\s(?P<after>\d{1,3}))"
)
_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 3
_MAX_HEAD_CHARS = 160


def find_furniture(lines: Sequence[TextLine], *, paged: bool) -> dict[int, FurnitureKind]:
    """Give which lines are no part of the text; running heads need several pages."""
    found: dict[int, FurnitureKind] = {}
    for index, line in enumerate(lines):
        if link_url(line.text):
            found[index] = "link"
        elif _RULE.fullmatch(line.text):
            found[index] = "rule"
    if paged:
        edges = _find_edges(lines, skipped=found)
        numbers = _find_page_numbers(lines, edges)
        found.update(dict.fromkeys(numbers, "page_number"))
    if paged and len({line.page for line in lines}) > 1:
        edges = _find_edges(lines, skipped=found)
        found.update(dict.fromkeys(_find_running_heads(lines, edges), "running_head"))
        found.update(dict.fromkeys(_find_named_heads(lines, edges), "running_head"))
    return found


def _find_edges(lines: Sequence[TextLine], skipped: Iterable[int]) -> dict[int, list[int]]:
    """Give for each page its first and last lines."""
    skip = set(skipped)
    pages: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if index not in skip:
            pages[line.page].append(index)
    return {
        page: list(dict.fromkeys(indexes[:_EDGE_LINES] + indexes[-_EDGE_LINES:]))
        for page, indexes in pages.items()
    }


def _find_page_numbers(lines: Sequence[TextLine], edges: dict[int, list[int]]) -> list[int]:
    """Give the lines that count the pages: the same distance from the page on two or more.

    A document of one page has its number only at its very end, set apart.
    """
    counted: dict[int, list[int]] = defaultdict(list)
    certain: list[int] = []
    for page, indexes in edges.items():
        for index in indexes:
            if found := PAGE_NUMBER.fullmatch(lines[index].text):
                counted[int(found["number"]) - page].append(index)
                only_page = len(edges) == 1 and index == indexes[-1] and int(found["number"]) == 1
                if found["word"] or found["of"] or (only_page and lines[index].gap):
                    certain.append(index)
    systematic = [
        index
        for indexes in counted.values()
        if len({lines[index].page for index in indexes}) > 1
        for index in indexes
    ]
    return systematic + certain


def _find_running_heads(lines: Sequence[TextLine], edges: dict[int, list[int]]) -> list[int]:
    """Give the edge lines that come again, but for numbers, on most pages after the first."""
    pages: dict[str, set[int]] = defaultdict(set)
    for page, indexes in edges.items():
        for index in indexes:
            pages[_head_key(lines[index].text)].add(page)
    first_page = min(edges, default=1)
    others = len(edges) - 1
    heads = {
        key
        for key, seen in pages.items()
        if len(seen) > 1 and len(seen - {first_page}) >= max(1, others / 2)
    }
    repeated = Counter(_head_key(line.text) for line in lines)
    return [
        index
        for page, indexes in edges.items()
        for index in indexes
        if (key := _head_key(lines[index].text)) in heads
        and repeated[key] <= 2 * len(edges)
        and len(lines[index].text) <= _MAX_HEAD_CHARS
        and not (page == first_page and lines[index].role == "title")
    ]


def _find_named_heads(lines: Sequence[TextLine], edges: dict[int, list[int]]) -> list[int]:
    """Give the edge lines that name the series beside the number of their own page."""
    return [
        index
        for page, indexes in edges.items()
        for index in indexes
        if (found := _NUMBERED_HEAD.fullmatch(lines[index].text))
        and page == int(found["before"] or found["after"])
        and is_masthead(found["name"])
    ]


def _head_key(text: str) -> str:
    return _DIGITS.sub("#", text).casefold()
