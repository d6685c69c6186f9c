"""pystempel's stemming table, turned into flat arrays that can be mapped into memory.

pystempel builds a hundred thousand small dictionaries each time it starts, which takes
seconds; the same tries as sorted arrays are converted once and opened at once.

The flat file: `MAGIC`, the length of a JSON header (u64), the header, and the arrays it
names, each aligned to 16 bytes. Row `r` of a trie is the slice `offsets[r]:offsets[r + 1]`
of `chars` (sorted), `commands` (index into the header's list, or -1) and `rows` (the next
row, or -1).
"""

import gzip
import json
import struct
from importlib.metadata import distribution
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

MAGIC = b"KWSTEM01"
ALIGNMENT = 16
ARRAY_FORMATS: dict[str, Literal["I", "H", "h", "i"]] = {
    "offsets": "I",
    "chars": "H",
    "commands": "h",
    "rows": "i",
}

_CELL = np.dtype([("char", ">u2"), ("command", ">i4"), ("_", ">i4"), ("row", ">i4"), ("__", ">i4")])


def find_polimorf_table() -> Path:
    """Give the path of the table inside the installed pystempel, without importing it."""
    found = distribution("pystempel").locate_file("pystempel/data/polimorf/stemmer_polimorf.tbl.gz")
    return Path(str(found))


def flatten_table(compressed: bytes) -> bytes:
    """Give the flat file for a gzipped pystempel table of the kind MultiTrie2."""
    stream = _Stream(gzip.decompress(compressed))
    if "M" not in stream.string().upper():
        raise ValueError("not a table of several tries")
    stream.boolean()
    stream.int32()
    tries = [_read_trie(stream) for _ in range(stream.int32())]
    if not stream.at_end():
        raise ValueError("the table is longer than its tries")

    body = bytearray()
    header = []
    for forward, root, commands, arrays in tries:
        places = {}
        for name, array in arrays.items():
            body += bytes(-len(body) % ALIGNMENT)
            places[name] = [len(body), array.nbytes]
            body += array.tobytes()
        header.append({"forward": forward, "root": root, "commands": commands, "arrays": places})
    head = json.dumps({"tries": header, "body": len(body)}).encode()
    head += b" " * (-(len(MAGIC) + 8 + len(head)) % ALIGNMENT)
    return MAGIC + struct.pack("<Q", len(head)) + head + bytes(body)


_Trie = tuple[bool, int, list[str], dict[str, NDArray[np.generic]]]


def _read_trie(stream: "_Stream") -> _Trie:
    forward = stream.boolean()
    root = stream.int32()
    commands = [stream.string() for _ in range(stream.int32())]
    row_count = stream.int32()
    parts = [stream.cells() for _ in range(row_count)]
    sizes = np.fromiter((len(part) for part in parts), np.int64, row_count)
    cells = np.concatenate(parts)
    cells = cells[np.lexsort((cells["char"], np.repeat(np.arange(row_count), sizes)))]
    offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    arrays: dict[str, NDArray[np.generic]] = {
        "offsets": offsets.astype("<u4"),
        "chars": cells["char"].astype("<u2"),
        "commands": cells["command"].astype("<i2"),
        "rows": cells["row"].astype("<i4"),
    }
    return forward, root, commands, arrays


class _Stream:
    """Reads the big-endian values of Java's DataOutput from bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def boolean(self) -> bool:
        self._at += 1
        return self._data[self._at - 1] != 0

    def int32(self) -> int:
        self._at += 4
        return int.from_bytes(self._data[self._at - 4 : self._at], "big", signed=True)

    def string(self) -> str:
        start = self._at + 2
        self._at = start + int.from_bytes(self._data[self._at : start], "big")
        return self._data[start : self._at].decode()

    def cells(self) -> NDArray[np.void]:
        count = self.int32()
        cells = np.frombuffer(self._data, _CELL, count, self._at)
        self._at += count * _CELL.itemsize
        return cells

    def at_end(self) -> bool:
        return self._at == len(self._data)
