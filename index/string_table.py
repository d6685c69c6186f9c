"""Strings of a segment by their numbers, and sorted names with the numbers that belong to each."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.array_file import ArrayFile, CheckedArray


class StringTable:
    """Strings in one blob by their numbers, `sizes` bytes each; halved, where they are sorted."""

    __slots__ = ("_blob", "_open", "_sizes")

    def __init__(self, blob: CheckedArray[np.uint8], sizes: CheckedArray[Any]) -> None:
        self._blob = blob
        self._sizes = sizes
        self._open: tuple[memoryview, memoryview] | None = None

    def __len__(self) -> int:
        return len(self._sizes)

    def bytes_at(self, number: int) -> bytes:
        """Give a string by its number, as UTF-8."""
        blob, offsets = self._open or self._check()
        return bytes(blob[offsets[number] : offsets[number + 1]])

    def __getitem__(self, number: int) -> str:
        return self.bytes_at(number).decode()

    def __iter__(self) -> Iterator[str]:
        return (encoded.decode() for encoded in self.all_bytes())

    def all_bytes(self) -> list[bytes]:
        """Give every string as UTF-8."""
        blob = self._blob.all().tobytes()
        places = self._offsets().tolist()
        return [blob[start:stop] for start, stop in pairwise(places)]

    def lower_bound(self, encoded: bytes) -> int:
        """Give the number of the first string that is not smaller."""
        blob, offsets = self._open or self._check()
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if bytes(blob[offsets[middle] : offsets[middle + 1]]) < encoded:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, text: str | bytes) -> int | None:
        """Give the number of a string."""
        encoded = text.encode() if isinstance(text, str) else text
        number = self.lower_bound(encoded)
        return number if number < len(self) and self.bytes_at(number) == encoded else None

    def _check(self) -> tuple[memoryview, memoryview]:
        """Check the whole table, so that no look-up has to do it at each of its steps."""
        self._open = self._blob.all().data, self._offsets().data
        return self._open

    def _offsets(self) -> NDArray[Any]:
        """Give where each string begins, and where the last one ends."""
        fits = len(self._blob) < 1 << 32
        offsets = np.zeros(len(self) + 1, dtype=np.uint32 if fits else np.int64)
        np.cumsum(self._sizes.all(), out=offsets[1:])
        return offsets

    def prefix_range(self, prefix: str | bytes) -> tuple[int, int]:
        """Give the numbers `[first, last)` of the strings that begin so."""
        encoded = prefix.encode() if isinstance(prefix, str) else prefix
        first = self.lower_bound(encoded)
        # No UTF-8 text and none of Whoosh's numbers goes on with eight bytes of 255.
        return first, self.lower_bound(encoded + b"\xff" * 8)


class Groups:
    """Sorted names, each with a rising array of numbers."""

    __slots__ = ("_members", "_offsets", "names")

    def __init__(self, file: ArrayFile, prefix: str) -> None:
        self.names = StringTable(file[f"{prefix}.names"], file[f"{prefix}.names.sizes"])
        self._offsets = file[f"{prefix}.at"]
        self._members: CheckedArray[np.uint32] = file[f"{prefix}.members"]

    def members(self, number: int) -> NDArray[np.uint32]:
        """Give the numbers of a name by the name's number."""
        start, stop = self._offsets[number : number + 2].tolist()
        return self._members[start:stop]

    def members_between(self, first: int, last: int) -> NDArray[np.uint32]:
        """Give the numbers of the names `[first, last)`, name after name."""
        return self._members[self._offsets.at(first) : self._offsets.at(last)]

    def members_of_all(self, numbers: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Give the numbers of some names, by the names' numbers, name after name."""
        offsets = self._offsets.all()
        first = np.take(offsets, numbers).astype(np.int64)
        counts = np.take(offsets, numbers + 1).astype(np.int64) - first
        ends = np.cumsum(counts)
        places = np.repeat(first - ends + counts, counts)
        return np.take(self._members.all(), places + np.arange(places.size))

    def members_of(self, name: str) -> NDArray[np.uint32]:
        """Give the numbers of a name; none if it is not there."""
        number = self.names.find(name)
        return self._members[:0] if number is None else self.members(number)
