"""Put the pieces of a printed page into reading order, in one column or in several.

A piece is a stretch of characters on one baseline without a wide gap. Coordinates are those
of PDF: points, from the bottom left corner of the page upwards.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

GUTTER_WIDTH = 0.6  # a gutter is at least this wide, in font sizes
COLUMN_WIDTH = 0.15  # and a column this wide, as a share of the text's width
MAX_PIECES = 2_000  # a page of more is a table or a map, whose columns are no text's
LINE_PITCH = 1.6  # lines of one paragraph are not further apart (in font sizes)
MARGIN_GAP = 1.9  # a row this far (in font sizes) from the text is a head or a foot


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character of a page (or several, for a ligature) and the link that it carries."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs on one baseline, words divided by glyphs that are a space."""

    glyphs: tuple[Glyph, ...]
    left: float
    right: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Pieces that a reader takes for one line; `block` numbers its column on the page."""

    pieces: tuple[Piece, ...]
    block: int

    @property
    def baseline(self) -> float:
        return self.pieces[0].baseline

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.pieces)


def make_piece(glyphs: Sequence[Glyph]) -> Piece:
    """Measure a run of glyphs; the size is that of most of them."""
    sizes = sorted(glyph.size for glyph in glyphs)
    size = sizes[len(sizes) // 2]
    baseline = next(glyph.baseline for glyph in glyphs if glyph.size == size)
    return Piece(
        tuple(glyphs),
        min(glyph.left for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        baseline,
        size,
    )


def order_page(
    pieces: Sequence[Piece], known_gutter: float | None = None
) -> tuple[tuple[PrintedLine, ...], float | None]:
    """Give a page's lines in reading order, and the gutter between its columns if any.

    Args:
        pieces: the page's pieces in any order.
        known_gutter: where earlier pages had their gutter. There a short second column,
            as a document's last page often has, needs no further evidence.
    """
    head, middle, foot = _cut_margins(pieces)
    gutter = find_gutter(middle, known_gutter)
    blocks = [*head, *_order_columns(middle, gutter), *foot]
    lines = tuple(
        PrintedLine(tuple(row), number)
        for number, block in enumerate(blocks)
        for row in group_rows(block)
    )
    return lines, gutter


def group_rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Group pieces on (nearly) one baseline, from the top down, each row left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.baseline):
        if rows and rows[-1][0].baseline - piece.baseline < 0.4 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def find_gutter(pieces: Sequence[Piece], known_gutter: float | None = None) -> float | None:
    """Find the left edge of the column that stands to the right of another one.

    The evidence is the number of lines that have a neighbour across the gutter, less the
    lines among them that cross it.
    """
    if not pieces or len(pieces) > MAX_PIECES:
        return None
    best: tuple[int, float] | None = None
    for edge in sorted({round(piece.left) for piece in pieces}):
        if (evidence := _weigh_gutter(pieces, edge)) >= 3 and (not best or evidence > best[0]):
            best = (evidence, edge)
    if best:
        return best[1]
    if known_gutter is not None and _weigh_gutter(pieces, known_gutter) > 0:
        return known_gutter
    return None


def _weigh_gutter(pieces: Sequence[Piece], edge: float) -> int:
    left = [piece for piece in pieces if piece.right <= edge]
    right = [piece for piece in pieces if piece.left >= edge - 1]
    if not left or not right:
        return 0
    text_width = max(piece.right for piece in pieces) - min(piece.left for piece in pieces)
    if not all(_is_wide(column, COLUMN_WIDTH * text_width) for column in (left, right)):
        return 0
    left.sort(key=lambda piece: piece.baseline)
    pairs = [(piece, other) for piece in right for other in _find_beside(piece, left)]
    if any(piece.left - other.right < GUTTER_WIDTH * piece.size for piece, other in pairs):
        return 0
    top = max((piece.baseline for piece, _ in pairs), default=0.0)
    bottom = min((piece.baseline for piece, _ in pairs), default=0.0)
    crossing = sum(
        piece.left < edge - 1 and piece.right > edge and bottom <= piece.baseline <= top
        for piece in pieces
    )
    return len({round(piece.baseline) for piece, _ in pairs}) - 2 * crossing


def _is_wide(column: Sequence[Piece], width: float) -> bool:
    """Tell whether the rows of a column usually print this much, whatever their pieces.

    A stretched line of a justified column has many pieces side by side.
    """
    printed: Counter[int] = Counter()
    for piece in column:
        printed[round(piece.baseline)] += round(piece.right - piece.left)
    return median(printed.values()) >= width


def _find_beside(piece: Piece, others: Sequence[Piece]) -> Sequence[Piece]:
    """Give the pieces on (nearly) the baseline of one, of pieces sorted by baseline."""
    near = 0.7 * piece.size
    start = bisect_right(others, piece.baseline - near, key=lambda other: other.baseline)
    end = bisect_left(others, piece.baseline + near, key=lambda other: other.baseline)
    return others[start:end]


def _order_columns(pieces: Sequence[Piece], gutter: float | None) -> Iterator[list[Piece]]:
    """Give the blocks between lines across the gutter, the left one before the right one."""
    if gutter is None:
        yield list(pieces)
        return
    left: list[Piece] = []
    right: list[Piece] = []
    spanning: list[Piece] = []
    across: list[Piece] = []
    for row in group_rows(pieces):
        if any(piece.left < gutter - 1 < piece.right - 1 for piece in row):
            yield from _flush_columns(left, right)
            spanning += row
            across = row
        elif across and _ends_paragraph(across, row, gutter):
            spanning += row
            across = []
        else:
            across = []
            if spanning:
                yield spanning
                spanning = []
            left += [piece for piece in row if piece.left < gutter - 1]
            right += [piece for piece in row if piece.left >= gutter - 1]
    yield from _flush_columns(left, right)
    if spanning:
        yield spanning


def _ends_paragraph(across: Sequence[Piece], row: Sequence[Piece], gutter: float) -> bool:
    """Tell the short last line of a paragraph across the page from a column's first."""
    size = across[0].size
    follows = across[0].baseline - row[0].baseline < LINE_PITCH * size
    return follows and row[-1].right < gutter and abs(row[0].size - size) < 0.5


def _flush_columns(left: list[Piece], right: list[Piece]) -> Iterator[list[Piece]]:
    """Give both columns, each divided further if it has columns of its own."""
    for column in (left, right):
        if column:
            yield from _order_columns(column[:], find_gutter(column))
        column.clear()


def _cut_margins(
    pieces: Sequence[Piece],
) -> tuple[list[list[Piece]], list[Piece], list[list[Piece]]]:
    """Cut off the rows at the top and bottom that stand clearly apart from the text."""
    rows = group_rows(pieces)
    if len(rows) < 4:
        return [], [piece for row in rows for piece in row], []
    apart = [
        above[0].baseline - below[0].baseline
        > MARGIN_GAP * max(piece.size for piece in (*above, *below))
        for above, below in pairwise(rows)
    ]
    first = 2 if apart[1] and apart[0] else int(apart[0])
    last = len(rows) - (2 if apart[-1] and apart[-2] else int(apart[-1]))
    middle = [piece for row in rows[first:last] for piece in row]
    return rows[:first], middle, rows[last:]
