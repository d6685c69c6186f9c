"""From words in the order of the text to postings in the order of the terms, by one sort."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segment_writer import Chunk, Ints, Postings

_DOCS_AT_ONCE = 4_096
_WORDS_AT_ONCE = 1 << 19
"""What is in hand at a time stays in the processor's cache."""


def invert(numbers: NDArray[Any], counts: NDArray[Any], strings: Sequence[str | bytes]) -> Postings:
    """Give the postings of a field with positions; the chunks can be taken once.

    Args:
        numbers: of the words of all documents, one after another; a number is that of a string.
        counts: how many words each document has.
        strings: of all numbers; those that no document has are left out.
    """
    terms, ranks, occurrences = _rank(numbers, strings)
    longest = int(counts.max(initial=0))
    doc_bits, position_bits = _bits(counts.size), _bits(longest)
    keys = _pack(ranks, numbers, counts, doc_bits, position_bits)
    keys.sort()
    starts = _find_postings(keys, position_bits)
    edges = np.concatenate([[0], np.cumsum(occurrences)])
    posting_edges = np.searchsorted(starts, edges.astype(starts.dtype))
    return Postings(
        terms=terms,
        frequencies=posting_edges[1:] - posting_edges[:-1],
        chunks=_cut(keys, starts, edges, posting_edges, doc_bits, position_bits),
        occurrences=occurrences,
        last_position=max(longest - 1, 0),
    )


def invert_values(
    numbers: NDArray[Any], counts: NDArray[Any], strings: Sequence[str | bytes]
) -> Postings:
    """Give the postings of a field without positions; a document has each value once."""
    terms, ranks, frequencies = _rank(numbers, strings)
    keys = ranks[numbers] << 32
    keys |= np.repeat(np.arange(counts.size), counts)
    keys.sort()
    docs = keys.astype(np.uint32)  # the lower half
    nothing = np.empty(0, dtype=np.uint32)
    return Postings(terms, frequencies, (Chunk(docs, nothing, nothing),), frequencies)


def _rank(numbers: NDArray[Any], strings: Sequence[str | bytes]) -> tuple[list[bytes], Ints, Ints]:
    """Give the terms that occur, sorted by their bytes, ranks by numbers, occurrences by ranks."""
    occurrences = np.bincount(numbers, minlength=len(strings))
    # Code points have the order of their UTF-8.
    used = sorted(np.flatnonzero(occurrences).tolist(), key=strings.__getitem__)
    terms = [
        string.encode() if isinstance(string := strings[number], str) else string for number in used
    ]
    ranks = np.zeros(len(strings) + 1, dtype=np.int64)
    ranks[used] = np.arange(len(used))
    return terms, ranks, occurrences[used]


def _pack(
    ranks: Ints, numbers: NDArray[Any], counts: NDArray[Any], doc_bits: int, position_bits: int
) -> Ints:
    """Give each word as term, document and position in one number."""
    keys = np.empty(numbers.size, dtype=np.int64)
    done = 0
    for first in range(0, counts.size, _DOCS_AT_ONCE):
        lengths = counts[first : first + _DOCS_AT_ONCE].astype(np.int64)
        ends = np.cumsum(lengths)
        part = keys[done : done + int(ends[-1])]
        np.take(ranks, numbers[done : done + part.size], out=part, mode="clip")
        part <<= doc_bits
        part |= np.repeat(np.arange(first, first + lengths.size), lengths)
        part <<= position_bits
        part |= np.arange(part.size) - np.repeat(ends - lengths, lengths)
        done += part.size
    return keys


def _find_postings(keys: Ints, position_bits: int) -> NDArray[np.uint32]:
    """Give where each posting begins."""
    starts = [np.zeros(min(keys.size, 1), dtype=np.uint32)]
    for first in range(1, keys.size, _WORDS_AT_ONCE):
        part = keys[first : first + _WORDS_AT_ONCE]
        before = keys[first - 1 : first - 1 + part.size]
        found = np.flatnonzero((part ^ before) >> position_bits)
        starts.append((found + first).astype(np.uint32))
    return np.concatenate(starts)


def _cut(
    keys: Ints,
    starts: NDArray[np.uint32],
    edges: Ints,
    posting_edges: Ints,
    doc_bits: int,
    position_bits: int,
) -> Iterator[Chunk]:
    """Give the postings, a few terms at a time.

    `edges` are where the words of each term begin in `keys`, `posting_edges` where its
    postings begin in `starts`.
    """
    first = 0
    while first < edges.size - 1:
        last = int(np.searchsorted(edges, edges[first] + _WORDS_AT_ONCE, side="right")) - 1
        last = max(last, first + 1)
        part = keys[edges[first] : edges[last]]
        places = starts[posting_edges[first] : posting_edges[last]] - edges[first]
        yield Chunk(
            docs=((part[places] >> position_bits) & ((1 << doc_bits) - 1)).astype(np.uint32),
            tf=np.diff(places, append=part.size),
            positions=part & ((1 << position_bits) - 1),
        )
        first = last


def _bits(size: int) -> int:
    return max(size - 1, 1).bit_length()
