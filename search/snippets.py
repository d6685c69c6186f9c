"""The fragments of a passage that show why it answers. Text and offsets, no markup."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from corpus.document import Passage
from corpus.sentences import find_sentence_end
from search.matching import Mark, merge_spans
from search.results import Snippet

MAX_CHARS = 260
MAX_FRAGMENTS = 2

_NOT_SPACE = re.compile(r"\S")


def cut_snippets(
    passage: Passage, marks: Sequence[Mark], windows: Sequence[tuple[int, int]] | None = None
) -> tuple[Snippet, ...]:
    """Give the fragments with the most distinct words of the query, in order of the text.

    The headline is shown above a hit, so fragments come from what follows it; a passage
    that is matched in its headline only shows its beginning.

    Args:
        windows: what `find_windows` gives for the passage, where it is known already.
    """
    body = _body_start(passage)
    marks = [mark for mark in marks if mark.start >= body]
    chosen: list[tuple[int, int]] = []
    seen: set[str] = set()
    candidates = tuple(find_windows(passage)) if windows is None else windows
    if not marks:
        return cut_beginning(passage)
    for _ in range(MAX_FRAGMENTS):
        best = max(
            (span for span in candidates if not any(_overlaps(span, other) for other in chosen)),
            key=lambda span: (*_worth(span, marks, seen), -span[0]),
            default=None,
        )
        if best is None or (chosen and not _worth(best, marks, seen)[0]):
            break
        chosen.append(best)
        seen |= _words_in(best, marks)
    chosen.sort()
    return tuple(_snippet(passage.text, span, marks) for span in _join(chosen))


def cut_beginning(passage: Passage) -> tuple[Snippet, ...]:
    """Give the fragment that shows a passage with nothing marked in it."""
    return tuple(_snippet(passage.text, span, ()) for span in islice(find_windows(passage), 1))


def mark_headline(passage: Passage, marks: Sequence[Mark]) -> tuple[tuple[int, int], ...]:
    """Give the marks inside the headline, `[start, end)` in the headline."""
    start, end = passage.headline_span
    inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
    return tuple((first - start, last - start) for first, last in merge_spans(inside))


def _body_start(passage: Passage) -> int:
    _, end = passage.headline_span
    # A passage that is nothing but its headline shows it again rather than nothing.
    return end if passage.text[end:].strip() else 0


def find_windows(passage: Passage) -> Iterator[tuple[int, int]]:
    """Give windows of whole sentences, each as long as fits; a long sentence is cut at words.

    No more sentences are looked for than the windows that are taken need.
    """
    pieces = _find_pieces(passage.text, _body_start(passage))
    held = deque(islice(pieces, 1))
    while held:
        start, _ = held[0]
        while held[-1][1] - start <= MAX_CHARS and (following := next(pieces, None)):
            held.append(following)
        yield start, max(end for _, end in held if end - start <= MAX_CHARS)
        held.popleft()
        held.extend(islice(pieces, 0 if held else 1))


def _find_pieces(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Give the sentences from an offset on, long ones in pieces."""
    while (word := _NOT_SPACE.search(text, at)) is not None:
        at = find_sentence_end(text, word.start())
        yield from _cut_long(text, word.start(), at)


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


def _worth(span: tuple[int, int], marks: Sequence[Mark], seen: set[str]) -> tuple[int, int, int]:
    """Rank a window: new words first, then marks, then how close together they stand."""
    inside = [mark for mark in marks if span[0] <= mark.start and mark.end <= span[1]]
    spread = sum(later.start - earlier.end for earlier, later in pairwise(inside))
    return len({mark.word for mark in inside} - seen), len(inside), -spread


def _words_in(span: tuple[int, int], marks: Sequence[Mark]) -> set[str]:
    return {mark.word for mark in marks if span[0] <= mark.start and mark.end <= span[1]}


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
