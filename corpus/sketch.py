"""A document's words in a few numbers, by which a revised copy of it is known."""

import re
from base64 import b85decode, b85encode
from heapq import nsmallest
from itertools import islice
from struct import iter_unpack, pack
from zlib import crc32

_KEPT = 48
_WORDS_TOGETHER = 4
_MIN_SHINGLES = 12  # a note of a line or two resembles too many others
_WORD = re.compile(r"\w+")


def sketch_text(text: str) -> str:
    """Give the smallest hashes of four successive words; empty for a very short text.

    Source: A. Broder, "On the resemblance and containment of documents", 1997.
    """
    words = [word.encode("utf-8", "surrogatepass") for word in _WORD.findall(text.casefold())]
    following = [islice(words, start, None) for start in range(_WORDS_TOGETHER)]
    hashes = {crc32(b" ".join(shingle)) for shingle in zip(*following, strict=False)}
    if len(hashes) < _MIN_SHINGLES:
        return ""
    return b85encode(b"".join(pack("<I", h) for h in nsmallest(_KEPT, hashes))).decode("ascii")


def read_sketch(sketch: str) -> tuple[int, ...]:
    """Give the hashes of a sketch, rising."""
    return tuple(number for (number,) in iter_unpack("<I", b85decode(sketch)))


def estimate_resemblance(first: str, second: str) -> float:
    """Give the share of word sequences that two texts have in common, as far as sketched."""
    if not first or not second:
        return 0.0
    ours, theirs = set(read_sketch(first)), set(read_sketch(second))
    smallest = nsmallest(_KEPT, ours | theirs)
    return sum(number in ours and number in theirs for number in smallest) / len(smallest)
