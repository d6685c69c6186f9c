"""Raised small digits of a printed line: the numbers of footnotes."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from corpus.readers.print_layout import Glyph, Piece

SMALLER = 0.85  # a note's number, against the font of its line
RAISED = 0.15  # and how far it stands above the line, in font sizes
UNITS = frozenset(["m", "km", "cm", "mm", "dm", "hm"])  # "km²" has no footnote
MAX_DIGITS = 3


def mark_note_numbers(piece: Piece) -> Iterator[Glyph]:
    """Give a piece's glyphs with each note's number in brackets: "słowo[1]"."""
    before = ""
    for raised, run in groupby(piece.glyphs, key=lambda glyph: _is_raised(glyph, piece)):
        glyphs = list(run)
        text = "".join(glyph.text for glyph in glyphs)
        last_word = before.split()[-1].lstrip("(") if before.split() else ""
        if raised and len(text) <= MAX_DIGITS and last_word not in UNITS:
            glyphs[0] = replace(glyphs[0], text=f"[{glyphs[0].text}")
            glyphs[-1] = replace(glyphs[-1], text=f"{glyphs[-1].text}]")
        yield from glyphs
        before += text


def _is_raised(glyph: Glyph, piece: Piece) -> bool:
    return (
        glyph.text.isdigit()
        and glyph.size <= SMALLER * piece.size
        and glyph.baseline - piece.baseline >= RAISED * piece.size
    )
