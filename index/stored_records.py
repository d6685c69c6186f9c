"""What is stored with each document: bytes, compressed several records at a time.

The records of one index resemble each other, so most blocks are compressed with a
dictionary that was made from the first records of their segment. A merge takes blocks
over as they are, with their dictionaries.

    records.first             u32 [blocks + 1]        first document of each block
    records.at                i64 [blocks + 1]        its compressed bytes in `records`
    records.uses              u16 [blocks]            number of its dictionary
    records.inside            u32 [documents]         where a record begins in its expanded block
    records.dictionaries      u8                      an empty one stands for none
    records.dictionaries.at   i64 [dictionaries + 1]
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from zstandard import ZstdCompressionDict, ZstdCompressor, ZstdDecompressor, train_dictionary

from index.array_file import ArrayFile, CheckedArray
from index.array_file_writer import ArrayFileWriter

_BLOCK_BYTES = 8_192
_SAMPLE_BYTES = 4 << 20
"""Fewer bytes than this are compressed without a dictionary."""
_SAMPLES = 1_000
_DICTIONARY_BYTES = 112 << 10
_LEVEL = 3
_WORTH_KEEPING = 100
"""A dictionary is kept in a merge if so many times its size was compressed with it."""


class Records:
    """The records of a segment."""

    def __init__(self, file: ArrayFile) -> None:
        self.first: CheckedArray[np.uint32] = file["records.first"]
        self.at: CheckedArray[np.int64] = file["records.at"]
        self.uses: CheckedArray[np.uint16] = file["records.uses"]
        self.inside: CheckedArray[np.uint32] = file["records.inside"]
        self.content: CheckedArray[np.uint8] = file["records"]
        self._dictionaries: CheckedArray[np.uint8] = file["records.dictionaries"]
        self._dictionaries_at: CheckedArray[np.int64] = file["records.dictionaries.at"]
        self._file = file
        self._expanders: dict[int, ZstdDecompressor] = {}
        self._lock = Lock()  # an expander serves one thread at a time

    def __getitem__(self, doc: int) -> bytes:
        """Give the record of a document."""
        # A number of another type would have all of `first` converted.
        block = int(np.searchsorted(self.first.all(), np.uint32(doc), side="right")) - 1
        last = doc + 1 == self.first.at(block + 1)
        end = None if last else self.inside.at(doc + 1)
        return self.expand(block)[self.inside.at(doc) : end]

    def expand(self, block: int) -> bytes:
        """Give the records of a block, one after another."""
        start, stop = self.at[block : block + 2].tolist()
        content = self.content[start:stop].data
        number = self.uses.at(block)
        with self._lock:
            if number not in self._expanders:
                begin, end = self._dictionaries_at[number : number + 2].tolist()
                dictionary = ZstdCompressionDict(self._dictionaries[begin:end].tobytes())
                self._expanders[number] = ZstdDecompressor(dict_data=dictionary)
            return self._expanders[number].decompress(content)

    def dictionaries(self) -> list[bytes]:
        """Give the dictionaries."""
        places = self._dictionaries_at.all().tolist()
        whole = self._dictionaries.all().tobytes()
        return [whole[start:stop] for start, stop in pairwise(places)]

    def worth_copying(self) -> bool:
        """Tell whether the blocks are well compressed, and with few dictionaries."""
        return 0 < len(self._dictionaries) * _WORTH_KEEPING <= len(self.content)

    def free(self) -> None:
        """Give the disk their room back: nobody may read them again."""
        self._file.free("records", len(self.content))


class RecordBlocks:
    """Records in the order of their documents, to be written into a segment."""

    def __init__(self) -> None:
        self._first: list[int] = []
        self._at = [0]
        self._uses: list[int] = []
        self._inside: list[NDArray[np.uint32]] = []
        self._content: list[bytes | memoryview] = []
        self._used_up: dict[int, Records] = {}
        self._dictionaries: list[bytes] = []
        self._compressor: ZstdCompressor | None = None
        self._docs = 0
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0

    def append(self, record: bytes) -> None:
        """Add the record of the next document."""
        self._waiting.append(record)
        self._waiting_bytes += len(record)
        if self._waiting_bytes >= (_BLOCK_BYTES if self._compressor else _SAMPLE_BYTES):
            self._compress()

    def append_all(self, records: Records, *, used_up: bool = False) -> None:
        """Add the records of a segment as they are compressed there.

        Those that are `used_up` by it give their room back once they are written.
        """
        self._compress()
        self._compressor = None
        first = records.first.all().astype(np.int64) + self._docs
        self._first.extend(first[:-1].tolist())
        self._at.extend((records.at[1:] + self._at[-1]).tolist())
        self._uses.extend((records.uses.all() + len(self._dictionaries)).tolist())
        self._inside.append(records.inside.all())
        if used_up:
            self._used_up[len(self._content)] = records
        self._content.append(records.content.all().data)
        self._dictionaries.extend(records.dictionaries())
        self._docs = int(first[-1])

    def write(self, file: ArrayFileWriter) -> None:
        """Write everything."""
        self._compress()
        file.put("records.first", np.array([*self._first, self._docs], dtype=np.uint32))
        file.put("records.at", np.array(self._at, dtype=np.int64))
        file.put("records.uses", np.array(self._uses, dtype=np.uint16))
        nothing = np.empty(0, dtype=np.uint32)
        file.put("records.inside", np.concatenate([nothing, *self._inside]))
        slot = file.reserve("records", np.uint8, self._at[-1])
        for number, part in enumerate(self._content):
            slot.append(np.frombuffer(part, dtype=np.uint8))
            if number in self._used_up:
                self._used_up[number].free()
        joined = b"".join(self._dictionaries)
        file.put("records.dictionaries", np.frombuffer(joined, dtype=np.uint8))
        places = list(accumulate(map(len, self._dictionaries), initial=0))
        file.put("records.dictionaries.at", np.array(places, dtype=np.int64))

    def _compress(self) -> None:
        """Compress what waits, the last block as small as it may be."""
        if not self._waiting:
            return
        if self._compressor is None:
            dictionary = _make_dictionary(self._waiting, self._waiting_bytes)
            self._dictionaries.append(dictionary)
            self._compressor = ZstdCompressor(
                level=_LEVEL, dict_data=ZstdCompressionDict(dictionary) if dictionary else None
            )
        for records in _cut(self._waiting):
            block = self._compressor.compress(b"".join(records))
            sizes = np.fromiter(map(len, records), np.uint32, len(records))
            self._first.append(self._docs)
            self._at.append(self._at[-1] + len(block))
            self._uses.append(len(self._dictionaries) - 1)
            self._inside.append((np.cumsum(sizes) - sizes).astype(np.uint32))
            self._content.append(block)
            self._docs += len(records)
        self._waiting, self._waiting_bytes = [], 0


def _cut(records: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """Divide records into blocks."""
    first = size = 0
    for number, record in enumerate(records, start=1):
        size += len(record)
        if size >= _BLOCK_BYTES:
            yield records[first:number]
            first, size = number, 0
    if first < len(records):
        yield records[first:]


def _make_dictionary(records: Sequence[bytes], size: int) -> bytes:
    """Give what is frequent in records; nothing if they are too few."""
    if size < _SAMPLE_BYTES or len(records) < _SAMPLES:
        return b""
    samples: list[bytes | bytearray | memoryview[int]] = list(records[:: len(records) // _SAMPLES])
    return train_dictionary(_DICTIONARY_BYTES, samples).as_bytes()
