"""From words in the order of the text to postings in the order of the terms, by one sort."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segment_writer import Chunk, Ints, Postings


def invert(numbers: NDArray[Any], counts: NDArray[Any], strings: Sequence[str | bytes]) -> Postings:
    """Give the postings of a field with positions.

    Args:
        numbers: of the words of all documents, one after another; a number is that of a string.
        counts: how many words each document has.
        strings: of all numbers; those that no document has are left out.
    """
    terms, numbers = _rank(numbers, strings)
    positions = _positions(counts)
    doc_bits, position_bits = _bits(counts.size), _bits(int(counts.max(initial=1)))
    keys = numbers.astype(np.int64)
    keys <<= doc_bits + position_bits
    keys |= np.repeat(np.arange(counts.size, dtype=np.int64) << position_bits, counts)
    keys |= positions
    keys.sort()
    positions = (keys & ((1 << position_bits) - 1)).astype(np.uint32)
    keys >>= position_bits
    starts = np.flatnonzero(_changes(keys))
    keys = keys[starts]
    tf = np.diff(starts, append=positions.size)
    docs = (keys & ((1 << doc_bits) - 1)).astype(np.uint32)
    keys >>= doc_bits
    return Postings(
        terms=terms,
        frequencies=np.bincount(keys, minlength=len(terms)),
        chunks=(Chunk(docs, tf.astype(np.uint32), positions),),
        occurrences=np.bincount(numbers, minlength=len(terms)),
        last_position=int(positions.max(initial=0)),
    )


def invert_values(
    numbers: NDArray[Any], counts: NDArray[Any], strings: Sequence[str | bytes]
) -> Postings:
    """Give the postings of a field without positions; a document has each value once."""
    terms, numbers = _rank(numbers, strings)
    docs = np.repeat(np.arange(counts.size, dtype=np.uint32), counts)
    order = np.argsort(numbers, kind="stable")
    nothing = np.empty(0, dtype=np.uint32)
    frequencies = np.bincount(numbers, minlength=len(terms))
    return Postings(terms, frequencies, (Chunk(docs[order], nothing, nothing),), frequencies)


def _rank(
    numbers: NDArray[Any], strings: Sequence[str | bytes]
) -> tuple[list[bytes], NDArray[np.int32]]:
    """Give the terms that occur, sorted by their bytes, and numbers in this order."""
    used = np.flatnonzero(np.bincount(numbers, minlength=len(strings))).tolist()
    encoded = sorted(
        (string.encode() if isinstance(string := strings[number], str) else string, number)
        for number in used
    )
    ranks = np.zeros(len(strings) + 1, dtype=np.int32)
    ranks[[number for _, number in encoded]] = np.arange(len(encoded))
    return [term for term, _ in encoded], ranks[numbers]


def _positions(counts: NDArray[Any]) -> Ints:
    """Give 0, 1, 2 … for the words of each document."""
    ends = np.cumsum(counts, dtype=np.int64)
    positions: Ints = np.arange(int(counts.sum())) - np.repeat(ends - counts, counts)
    return positions


def _bits(size: int) -> int:
    return max(size - 1, 1).bit_length()


def _changes(keys: Ints) -> NDArray[np.bool_]:
    changed = np.ones(keys.size, dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=changed[1:])
    return changed
