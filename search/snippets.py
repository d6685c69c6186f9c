"""The fragments of a passage that show why it answers. Text and offsets, no markup."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, islice, pairwise

from corpus.document import Passage
from corpus.sentences import find_sentence_end
from search.matching import Mark, merge_spans
from search.results import Snippet

MAX_CHARS = 260
MAX_FRAGMENTS = 2

_NOT_SPACE = re.compile(r"\S")


def cut_snippets(passage: Passage, marks: Sequence[Mark]) -> tuple[Snippet, ...]:
    """Give the fragments with the most distinct words of the query, in order of the text.

    The headline is shown above a hit, so fragments come from what follows it; a passage
    that is matched in its headline only shows its beginning.

    Args:
        marks: in order of the text.
    """
    body = _body_start(passage)
    marks = [mark for mark in marks if mark.start >= body]
    windows = _find_marked_windows(passage, marks)
    if not windows:
        spans = islice(find_windows(passage), 1)
        return tuple(_snippet(passage.text, span, marks) for span in spans)
    chosen: list[tuple[int, int]] = []
    unseen = {mark.word for window in windows for mark in window.marks}
    while unseen and len(chosen) < MAX_FRAGMENTS:
        best = max(windows, key=lambda window: window.worth(unseen), default=None)
        if best is None or unseen.isdisjoint(mark.word for mark in best.marks):
            break
        chosen.append(best.span)
        unseen.difference_update(mark.word for mark in best.marks)
        windows = [window for window in windows if not _overlaps(window.span, best.span)]
    chosen.sort()
    return tuple(_snippet(passage.text, span, marks) for span in _join(chosen))


def mark_headline(passage: Passage, marks: Sequence[Mark]) -> tuple[tuple[int, int], ...]:
    """Give the marks inside the headline, `[start, end)` in the headline."""
    start, end = passage.headline_span
    inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
    return tuple((first - start, last - start) for first, last in merge_spans(inside))


def _body_start(passage: Passage) -> int:
    _, end = passage.headline_span
    # A passage that is nothing but its headline shows it again rather than nothing.
    return end if passage.text[end:].strip() else 0


def find_windows(passage: Passage, since: int = 0) -> Iterator[tuple[int, int]]:
    """Give windows of whole sentences, each as long as fits; a long sentence is cut at words.

    No more sentences are looked for than the windows that are taken need.

    Args:
        since: where the first window may begin.
    """
    pieces = _find_pieces(passage.text, _body_start(passage))
    held = deque(islice(dropwhile(lambda piece: piece[0] < since, pieces), 1))
    while held:
        start, _ = held[0]
        while held[-1][1] - start <= MAX_CHARS and (following := next(pieces, None)):
            held.append(following)
        yield start, held[-1][1] if held[-1][1] - start <= MAX_CHARS else held[-2][1]
        held.popleft()
        held.extend(islice(pieces, 0 if held else 1))


def _find_pieces(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Give the sentences from an offset on, long ones in pieces."""
    while (word := _NOT_SPACE.search(text, at)) is not None:
        start, at = word.start(), find_sentence_end(text, word.start())
        if at - start <= MAX_CHARS:
            yield start, at
        else:
            yield from _cut_long(text, start, at)


def _cut_long(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > MAX_CHARS:
        cut = text.rfind(" ", start + 1, start + MAX_CHARS)
        cut = cut if cut > start else start + MAX_CHARS
        pieces.append((start, cut))
        start = cut + 1 if text[cut] == " " else cut
    if start < end:
        pieces.append((start, end))
    return pieces


@dataclass(frozen=True, slots=True)
class _Window:
    span: tuple[int, int]
    marks: tuple[Mark, ...]

    def worth(self, unseen: set[str]) -> tuple[int, int, int, int]:
        """Rank: new words first, then marks, then how close together they stand."""
        spread = sum(later.start - earlier.end for earlier, later in pairwise(self.marks))
        new = len(unseen.intersection([mark.word for mark in self.marks]))
        return new, len(self.marks), -spread, -self.span[0]


def _find_marked_windows(passage: Passage, marks: Sequence[Mark]) -> list[_Window]:
    """Give the windows with marks inside; no others are looked for."""
    found = []
    since = min((mark.end for mark in marks), default=0) - MAX_CHARS
    for start, end in find_windows(passage, since) if marks else ():
        if start > marks[-1].start:
            break
        inside = tuple([mark for mark in marks if start <= mark.start and mark.end <= end])
        if inside:
            found.append(_Window((start, end), inside))
    return found


def _overlaps(some: tuple[int, int], other: tuple[int, int]) -> bool:
    return some[0] < other[1] and other[0] < some[1]


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
