"""Write a file of named arrays: each whole, or in pieces into a place reserved for it."""

import json
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from index.array_file import ALIGNMENT, BLOCK, MAGIC, TAIL


class ArrayFileWriter:
    """Writes a file of arrays; it is one when it is closed, and durable once a draft syncs it.

    An array comes whole (`put`), or in pieces into a place reserved for it (`reserve`);
    several arrays may be filled side by side.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._end = 0
        self._arrays: dict[str, list[Any]] = {}
        self._slots: list[Slot] = []

    def put(self, name: str, array: NDArray[Any]) -> None:
        """Write a whole array."""
        self.reserve(name, array.dtype, array.size).append(array)

    def reserve(self, name: str, dtype: DTypeLike, size: int) -> "Slot":
        """Give a place for as many values, to be filled from the first to the last."""
        kind = np.dtype(dtype)
        start = -(-self._end // ALIGNMENT) * ALIGNMENT
        self._end = start + size * kind.itemsize
        self._arrays[name] = [kind.newbyteorder("<").str, start, size]
        slot = Slot(self, kind, start, size)
        self._slots.append(slot)
        return slot

    def write_at(self, place: int, content: memoryview) -> None:
        """Write bytes where they belong."""
        self._file.seek(place)
        self._file.write(content)

    def close(self, facts: Mapping[str, Any]) -> None:
        """Write the directory with these facts.

        Raises: ValueError, where an array has fewer values than were announced.
        """
        checksums: list[int] = []
        for place, slot in zip(self._arrays.values(), self._slots, strict=True):
            place.append(len(checksums))
            checksums.extend(slot.finish())
        start = -(-self._end // ALIGNMENT) * ALIGNMENT
        table = np.array(checksums, dtype="<u4").tobytes()
        directory = json.dumps({"facts": facts, "arrays": self._arrays}).encode()
        at = start + len(table)
        crc = zlib.crc32(table + directory)
        tail = TAIL.pack(MAGIC, start, at, at + len(directory), crc, 0)[:-4]
        tail += struct.pack("<I", zlib.crc32(tail))
        self.write_at(start, memoryview(table + directory + tail))
        self._file.close()

    def __enter__(self) -> "ArrayFileWriter":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


class Slot:
    """The place of one array in a file that is being written."""

    def __init__(self, file: ArrayFileWriter, dtype: np.dtype[Any], start: int, size: int) -> None:
        self.dtype = dtype
        self._file = file
        self._next = start
        self._left = size * dtype.itemsize
        self._block = max(BLOCK // dtype.itemsize, 1) * dtype.itemsize
        self._filled = 0
        self._crc = 0
        self._checksums: list[int] = []

    def append(self, array: NDArray[Any]) -> None:
        """Write the next values."""
        if not array.size:
            return
        content = np.ascontiguousarray(array, dtype=self.dtype).data.cast("B")
        self._file.write_at(self._next, content)
        self._next += len(content)
        self._left -= len(content)
        while content:
            part = content[: self._block - self._filled]
            self._crc = zlib.crc32(part, self._crc)
            self._filled += len(part)
            content = content[len(part) :]
            if self._filled == self._block:
                self._end_block()

    def finish(self) -> list[int]:
        """Give the checksums of the blocks, once all values are written."""
        if self._left:
            raise ValueError(f"{self._left} bytes of the array are missing")
        if self._filled:
            self._end_block()
        return self._checksums

    def _end_block(self) -> None:
        self._checksums.append(self._crc)
        self._crc = self._filled = 0
