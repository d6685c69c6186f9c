"""The fragments of a passage that show why it answers. Text and offsets, no markup."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import dropwhile, islice, pairwise
from typing import NamedTuple

from corpus.document import Passage
from corpus.sentences import find_sentence_end
from search.matching import Mark, drop_strays, merge_spans
from search.query import USUAL_SNIPPETS, SnippetSize
from search.results import Snippet

MAX_FRAGMENTS = 2
"""Fragments that are shown where no number is asked for; fewer if they have every word."""

_NOT_SPACE = re.compile(r"\S")
_BEHIND_HEADLINE = " \t\n\u00a0.,:;!?…"
# The space between two clauses: behind a comma and the like, before a dash or a bracket.
_BETWEEN_CLAUSES = re.compile(r"(?<=[,;:])\s+|\s+(?=[(–—])")


def cut_snippets(
    passage: Passage, marks: Sequence[Mark], size: SnippetSize = USUAL_SNIPPETS
) -> tuple[Snippet, ...]:
    """Give the fragments with the most distinct words of the query, in order of the text.

    The headline is shown above a hit, so fragments come from what follows it; a passage
    that is matched in its headline only shows its beginning.

    Args:
        marks: in order of the text.
    """
    body = _body_start(passage)
    marks = [mark for mark in drop_strays(marks, passage.text) if mark.start >= body]
    left = _find_marked(passage, marks, size.chars)
    unseen = {mark.word for each in left for mark in each.marks}
    chosen: list[Window] = [] if left else [*islice(find_windows(passage, size.chars), 1)]
    while left and len(chosen) < (size.number or MAX_FRAGMENTS):
        best = max(left, key=lambda each: each.worth(unseen))
        if not size.number and unseen.isdisjoint(mark.word for mark in best.marks):
            break
        chosen.append(best.window)
        unseen.difference_update(mark.word for mark in best.marks)
        left = [each for each in left if not each.overlaps(best)]
    spans = _join(sorted((window.start, window.end) for window in chosen))
    return tuple(_snippet(passage.text, span, marks) for span in spans)


def mark_headline(passage: Passage, marks: Sequence[Mark]) -> tuple[tuple[int, int], ...]:
    """Give the marks inside the headline, `[start, end)` in the headline."""
    start, end = passage.headline_span
    shown = drop_strays(marks, passage.text)
    inside = [mark for mark in shown if start <= mark.start and mark.end <= end]
    return tuple((first - start, last - start) for first, last in merge_spans(inside))


def _body_start(passage: Passage) -> int:
    _, end = passage.headline_span
    body = passage.text[end:].lstrip(_BEHIND_HEADLINE)
    # A passage that is nothing but its headline shows it again rather than nothing.
    return len(passage.text) - len(body) if end and body else 0


class Window(NamedTuple):
    """A stretch `[start, end)` of a text that a fragment may be; `whole` if of whole sentences."""

    start: int
    end: int
    whole: bool


class _Piece(NamedTuple):
    """A sentence, or a part of one that is too long; whether a sentence begins and ends here."""

    start: int
    end: int
    opens: bool
    closes: bool


def find_windows(passage: Passage, chars: int, since: int = 0) -> Iterator[Window]:
    """Give windows of whole sentences, each as long as fits; a long sentence is cut at clauses.

    No more sentences are looked for than the windows that are taken need.

    Args:
        chars: the length of a window, at most.
        since: where the first window may begin.
    """
    pieces = _find_pieces(passage.text, _body_start(passage), chars)
    held = deque(islice(dropwhile(lambda piece: piece.start < since, pieces), 1))
    while held:
        first = held[0]
        while held[-1].end - first.start <= chars and (following := next(pieces, None)):
            held.append(following)
        last = held[-1] if held[-1].end - first.start <= chars else held[-2]
        if not last.closes:
            fitting = (piece for piece in reversed(held) if piece.end < last.end)
            if closing := next((piece for piece in fitting if piece.closes), None):
                yield Window(first.start, closing.end, first.opens)
        yield Window(first.start, last.end, first.opens and last.closes)
        held.popleft()
        held.extend(islice(pieces, 0 if held else 1))


def _find_pieces(text: str, at: int, chars: int) -> Iterator[_Piece]:
    """Give the sentences from an offset on, long ones in pieces."""
    while (word := _NOT_SPACE.search(text, at)) is not None:
        start, at = word.start(), find_sentence_end(text, word.start())
        cut = [(start, at)] if at - start <= chars else _cut_long(text, start, at, chars)
        for begin, end in cut:
            yield _Piece(begin, end, begin == start, end == at)


def _cut_long(text: str, start: int, end: int, chars: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence that does not fit into its clauses, and one of these at words."""
    for space in _BETWEEN_CLAUSES.finditer(text, start, end):
        yield from _cut_at_words(text, start, space.start(), chars)
        start = space.end()
    yield from _cut_at_words(text, start, end, chars)


def _cut_at_words(text: str, start: int, end: int, chars: int) -> Iterator[tuple[int, int]]:
    while end - start > chars:
        cut = text.rfind(" ", start + 1, start + chars)
        cut = cut if cut > start else start + chars
        yield start, cut
        start = cut + 1 if text[cut] == " " else cut
    if start < end:
        yield start, end


class _Marked(NamedTuple):
    """A window and the marks inside it, of which there are some."""

    window: Window
    marks: tuple[Mark, ...]

    def worth(self, unseen: set[str]) -> tuple[int, bool, int, int, int]:
        """Rank: new words first, then whole sentences, then marks, then how close they stand."""
        spread = sum(later.start - earlier.end for earlier, later in pairwise(self.marks))
        new = len(unseen.intersection([mark.word for mark in self.marks]))
        return new, self.window.whole, len(self.marks), -spread, -self.window.start

    def overlaps(self, other: "_Marked") -> bool:
        some, another = self.window, other.window
        return some.start < another.end and another.start < some.end


def _find_marked(passage: Passage, marks: Sequence[Mark], chars: int) -> list[_Marked]:
    """Give the windows with marks inside; no others are looked for."""
    found = []
    since = min((mark.end for mark in marks), default=0) - chars
    for window in find_windows(passage, chars, since) if marks else ():
        if window.start > marks[-1].start:
            break
        inside = [m for m in marks if window.start <= m.start and m.end <= window.end]
        if inside:
            found.append(_Marked(window, tuple(inside)))
    return found


def _join(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one fragment of neighbours with nothing but a space between them."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _snippet(text: str, span: tuple[int, int], marks: Sequence[Mark]) -> Snippet:
    start, end = span
    # Marks that a cut divides are clipped, never dropped.
    clipped = [
        (max(mark_start, start) - start, min(mark_end, end) - start)
        for mark_start, mark_end in merge_spans(marks)
        if mark_start < end and start < mark_end
    ]
    return Snippet(text[start:end], start, tuple(clipped))
