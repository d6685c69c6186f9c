"""One file of named arrays: mapped into memory, and checked as it is read.

    arrays, each aligned to 64 bytes | checksums | directory (JSON) | tail

Every block of 32 KB has a CRC-32. A block is compared with it when it is first touched,
so that a large file opens at once and a changed bit is still found before it is answered
from; checksums and directory are compared when the file is opened.
"""

import json
import mmap
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.disk_space import free_bytes
from index.errors import damaged

SUFFIX = ".flat"
"""What the name of such a file ends with."""

ALIGNMENT = 64
BLOCK = 1 << 15
"""Bytes that share a checksum."""

TAIL = struct.Struct("<8sQQQII")
"""Magic; start of the checksums, of the directory, its end; CRC of both; CRC of the tail."""
MAGIC = b"KWFLAT02"

T = TypeVar("T", bound=np.generic)


class CheckedArray(Generic[T]):
    """An array in a file: `array[a:b]` checks what it touches for the first time.

    What comes back is a view into the file without a copy; it cannot be written to.
    """

    __slots__ = ("_array", "_checksums", "_per_block", "_where", "unchecked")

    def __init__(self, array: NDArray[T], checksums: NDArray[np.uint32], where: Path) -> None:
        self._array = array
        self._checksums = checksums
        self._per_block = max(BLOCK // array.itemsize, 1)
        self._where = where
        self.unchecked: bytearray | None = bytearray(b"\1") * checksums.size

    def __len__(self) -> int:
        return self._array.size

    @property
    def dtype(self) -> np.dtype[T]:
        return self._array.dtype

    def __getitem__(self, part: slice) -> NDArray[T]:
        if self.unchecked is not None:
            start, stop, _ = part.indices(self._array.size)
            if stop > start:
                self._check(start // self._per_block, (stop - 1) // self._per_block + 1)
        return self._array[part]

    def at(self, place: int) -> int:
        """Give one number."""
        if self.unchecked is not None:
            block = place // self._per_block
            self._check(block, block + 1)
        return int(self._array[place])

    def all(self) -> NDArray[T]:
        """Give the whole array."""
        return self[:]

    def _check(self, first: int, last: int) -> None:
        unchecked = self.unchecked
        block = -1 if unchecked is None else unchecked.find(1, first, last)
        if unchecked is None or block < 0:
            return
        content = self._array.data.cast("B")
        size = self._per_block * self._array.itemsize
        while block >= 0:
            if zlib.crc32(content[block * size : (block + 1) * size]) != self._checksums[block]:
                name = f"{self._where.parent.name}/{self._where.name}"
                raise damaged(self._where.parent.parent, f"{name} is not as it was written")
            unchecked[block] = 0
            block = unchecked.find(1, block + 1, last)
        if 1 not in unchecked:
            self.unchecked = None


class ArrayFile:
    """A file of arrays opened for reading. Raises: DamagedIndex, here and at first touch."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            directory = self._read_directory()
        except (ValueError, struct.error) as err:
            raise damaged(
                path.parent.parent, f"{path.parent.name}/{path.name} is not as it was written"
            ) from err
        self.facts: Mapping[str, Any] = directory["facts"]
        self._arrays: dict[str, CheckedArray[Any]] = {}
        self._freed: dict[str, tuple[int, int]] = {}
        for name, (dtype, start, size, first) in directory["arrays"].items():
            array = np.frombuffer(self._map, np.dtype(dtype), size, start)
            self._freed[name] = (start, start)
            blocks = -(-size // max(BLOCK // array.itemsize, 1))
            self._arrays[name] = CheckedArray(
                array, self._checksums[first : first + blocks], self.path
            )

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def __getitem__(self, name: str) -> CheckedArray[Any]:
        return self._arrays[name]

    def let_go(self) -> None:
        """Give back the memory of what was read; it comes again when it is read again."""
        self._map.madvise(mmap.MADV_DONTNEED)

    def free(self, name: str, stop: int) -> None:
        """Give an array's values before `stop` back to the disk: nobody may read them again."""
        array = self._arrays[name]
        first, begin = self._freed[name]
        end = first + stop * array.dtype.itemsize
        if end - begin >= BLOCK or stop == len(array):
            self._freed[name] = (first, free_bytes(self.path, begin, end))

    def names(self) -> tuple[str, ...]:
        """Give the names of the arrays."""
        return tuple(self._arrays)

    def _read_directory(self) -> dict[str, Any]:
        tail = self._map[-TAIL.size :]
        magic, checksums_at, directory_at, end, crc, tail_crc = TAIL.unpack(tail)
        if magic != MAGIC or zlib.crc32(tail[:-4]) != tail_crc:
            raise ValueError("no such file")
        if end + TAIL.size != len(self._map) or zlib.crc32(self._map[checksums_at:end]) != crc:
            raise ValueError("the directory is not as it was written")
        count = (directory_at - checksums_at) // 4
        self._checksums = np.frombuffer(self._map, "<u4", count, checksums_at)
        found: dict[str, Any] = json.loads(self._map[directory_at:end])
        return found
