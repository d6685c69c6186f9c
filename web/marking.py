"""Text and spans into runs, which a template turns into `<mark>` without ever seeing markup."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.sentences import split_sentences

Span = tuple[int, int]

# What follows a full stop tells whether it ends a sentence.
_LOOK_AHEAD = 80


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is marked as a whole or not at all."""

    text: str
    marked: bool


def split_runs(
    text: str, marks: Iterable[Span], start: int = 0, end: int | None = None
) -> tuple[Run, ...]:
    """Cut `text[start:end]` at the edges of the marks.

    Args:
        text: what the marks point into.
        marks: `[start, end)` spans in any order; what overlaps is joined, what lies
            outside is dropped.

    >>> split_runs("port w Gdyni", [(7, 12)], start=5)
    (Run(text='w ', marked=False), Run(text='Gdyni', marked=True))
    """
    end = len(text) if end is None else min(end, len(text))
    return tuple(_runs(text, _clip_spans(marks, start, end), start, end))


def _clip_spans(marks: Iterable[Span], start: int, end: int) -> list[Span]:
    clipped: list[Span] = []
    for left, right in sorted(marks):
        left, right = max(left, start), min(right, end)
        if left >= right:
            continue
        if clipped and left <= clipped[-1][1]:
            clipped[-1] = (clipped[-1][0], max(right, clipped[-1][1]))
        else:
            clipped.append((left, right))
    return clipped


def _runs(text: str, spans: list[Span], start: int, end: int) -> Iterator[Run]:
    for left, right in spans:
        if start < left:
            yield Run(text[start:left], marked=False)
        yield Run(text[left:right], marked=True)
        start = right
    if start < end:
        yield Run(text[start:end], marked=False)


def breaks_off(text: str, start: int, end: int) -> bool:
    """Tell whether a fragment of a text ends inside a sentence.

    >>> breaks_off("Port w Gdyni rośnie, bo ma tory. Inne nie.", 0, 20)
    True
    """
    cut = end - start
    sentences = split_sentences(text[start : end + _LOOK_AHEAD])
    return any(first < cut < last for first, last in sentences)


def split_paragraphs(
    text: str, marks: Iterable[Span], start: int = 0
) -> tuple[tuple[Run, ...], ...]:
    """Give the runs of each line of `text` from `start` on; empty lines are left out."""
    spans = tuple(marks)
    paragraphs = []
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            paragraphs.append(split_runs(text, spans, start, end))
        start = end + 1
    return tuple(paragraphs)
