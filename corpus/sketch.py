"""A document's wording in a few numbers, by which a revised copy of it is known."""

import re
from heapq import nsmallest
from itertools import islice
from zlib import crc32

SKETCH_SIZE = 64
_WORDS_TOGETHER = 4
_LEAST_SEQUENCES = 12  # a note of a line or two resembles too many others
_WORD = re.compile(r"\w+")


def sketch_text(text: str) -> tuple[int, ...]:
    """Give the smallest hashes of four successive words, rising; none for a very short text.

    Source: A. Broder, "On the resemblance and containment of documents", 1997.
    """
    words = [word.encode("utf-8", "surrogatepass") for word in _WORD.findall(text.casefold())]
    following = [islice(words, start, None) for start in range(_WORDS_TOGETHER)]
    hashes = {crc32(b" ".join(sequence)) for sequence in zip(*following, strict=False)}
    return tuple(nsmallest(SKETCH_SIZE, hashes)) if len(hashes) >= _LEAST_SEQUENCES else ()
