"""Tell headings and paragraph gaps of a printed text by its font sizes and distances."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from corpus.readers.print_layout import PrintedLine
from corpus.reading import LineRole

WIDER_GAP = 1.25  # a paragraph's gap, against the usual distance of lines
LARGER_FONT = 1.12  # a heading's font, against that of the text
TITLE_FONT = 1.3
USUAL_PITCH = 1.2  # line distance in font sizes, where the document gives no better measure
HEADING_LINES, HEADING_CHARS = 4, 200  # a longer run in another font is a lead
BOLD_HEADING_LINES = 2
SHORT_LINE = 3.0  # font sizes left free at a paragraph's end


class StyledLine(NamedTuple):
    """A line with its page, its role, whether a gap stands above it and it is set apart."""

    line: PrintedLine
    page: int
    role: LineRole
    gap: bool
    apart: bool


def style_lines(pages: Sequence[Sequence[PrintedLine]]) -> Iterator[StyledLine]:
    """Give each line of a document its role and say where gaps are."""
    body_size = _find_body_size(pages)
    pitches = _measure_pitches(pages)
    first = next((number for number, lines in enumerate(pages) if lines), 0)
    title_size = _find_title_size(pages, first, body_size)
    for page, lines in enumerate(pages, 1):
        for run, gap, gap_below, runs_on in _split_runs(lines, pitches):
            role: LineRole = "text"
            if not runs_on and _is_heading(run, body_size, gap_below):
                role = "title" if page == first + 1 and run[0].size == title_size else "heading"
            apart = role == "text" and gap_below and _stands_out(run, body_size)
            for position, line in enumerate(run):
                yield StyledLine(line, page, role, gap and not position, apart)


def _find_title_size(
    pages: Sequence[Sequence[PrintedLine]], first: int, body_size: float
) -> float | None:
    """Give the largest size on the first page if it is that of a title.

    It is when it is much larger than the text, or when nothing else has it: a size that
    stands in several places is that of section headings.
    """
    largest = max((line.size for line in pages[first]), default=0.0) if pages else 0.0
    places = [
        (page, position)
        for page, lines in enumerate(pages)
        for position, line in enumerate(lines)
        if _round_size(line.size) == _round_size(largest)
    ]
    alone = bool(places) and places[-1] == (first, places[0][1] + len(places) - 1)
    factor = LARGER_FONT if alone else TITLE_FONT
    return largest if largest >= factor * body_size else None


def _find_body_size(pages: Sequence[Sequence[PrintedLine]]) -> float:
    """Give the font size that most characters have."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[_round_size(line.size)] += sum(len(piece.glyphs) for piece in line.pieces)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _measure_pitches(pages: Sequence[Sequence[PrintedLine]]) -> dict[float, float]:
    """Give the usual distance of successive lines for each font size."""
    distances: defaultdict[float, list[float]] = defaultdict(list)
    for lines in pages:
        for above, below in pairwise(lines):
            size = _round_size(below.size)
            distance = above.baseline - below.baseline
            if above.block == below.block and size == _round_size(above.size) and distance > 0:
                distances[size].append(distance)
    return {size: median(values) for size, values in distances.items() if len(values) > 2}


def _split_runs(
    lines: Sequence[PrintedLine], pitches: dict[float, float]
) -> Iterator[tuple[list[PrintedLine], bool, bool, bool]]:
    """Give runs of lines in one font without gaps: the run, a gap above it, a gap below.

    Last comes whether a bold run goes on at the beginning of the next line, as a heading
    that runs into its paragraph does when it is longer than a line.
    """
    run: list[PrintedLine] = []
    gap = False
    for line in lines:
        apart = bool(run) and _has_gap(run[-1], line, lines, pitches)
        if run and (apart or _look(run[-1]) != _look(line)):
            runs_on = not apart and _is_bold(run[0]) and line.pieces[0].glyphs[0].bold
            runs_on = runs_on and line.size == run[-1].size
            yield run, gap, apart or line.block != run[-1].block, runs_on
            run, gap = [], apart
        run.append(line)
    if run:
        yield run, gap, True, False


def _has_gap(
    above: PrintedLine,
    below: PrintedLine,
    lines: Sequence[PrintedLine],
    pitches: dict[float, float],
) -> bool:
    distance = above.baseline - below.baseline
    if distance > 0 and above.block != below.block:
        return True  # from a text across the page into a column, or out of one
    if distance > 0:
        size = _round_size(max(above.size, below.size))
        return distance > WIDER_GAP * pitches.get(size, USUAL_PITCH * size)
    # A new column: its first line goes on with the sentence unless the last one stops short.
    right = max(line.right for line in lines if line.block == above.block)
    ends = _get_text(above).rstrip('”")»').endswith((".", "?", "!", ":"))
    return ends and right - above.right > SHORT_LINE * above.size


def _is_heading(run: list[PrintedLine], body_size: float, gap_below: bool) -> bool:
    if sum(len(_get_text(line)) for line in run) > HEADING_CHARS:
        return False
    if not any(character.isalpha() for line in run for character in _get_text(line)):
        return False
    if run[0].size >= LARGER_FONT * body_size:
        return len(run) <= HEADING_LINES
    linked = any(glyph.url for line in run for piece in line.pieces for glyph in piece.glyphs)
    stands_alone = gap_below or not _get_text(run[-1]).endswith((".", ":"))
    return _is_bold(run[0]) and len(run) <= BOLD_HEADING_LINES and stands_alone and not linked


def _stands_out(run: list[PrintedLine], body_size: float) -> bool:
    """Tell whether a paragraph is printed larger or bolder than the text, as a lead is."""
    return len(run) > 1 and (_is_bold(run[0]) or run[0].size > body_size)


def _look(line: PrintedLine) -> tuple[float, bool]:
    return _round_size(line.size), _is_bold(line)


def _round_size(size: float) -> float:
    return round(size * 2) / 2


def _is_bold(line: PrintedLine) -> bool:
    return all(glyph.bold or glyph.text == " " for piece in line.pieces for glyph in piece.glyphs)


def _get_text(line: PrintedLine) -> str:
    return " ".join("".join(glyph.text for glyph in piece.glyphs) for piece in line.pieces)
