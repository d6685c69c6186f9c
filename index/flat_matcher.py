"""Whoosh's matcher over the arrays of one term."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.system import pack_uint
from whoosh.util.numeric import byte_to_length

from index.segment import Field, TextField

_BLOCK = 128


class FlatMatcher(LeafMatcher):  # type: ignore[misc]
    """Walks the documents of a term; blocks of 128 tell their best for skipping."""

    def __init__(
        self, field: Field, number: int, format_: Any, term: tuple[str, bytes], scorer: Any
    ) -> None:
        self.format = format_
        self.scorer = scorer
        self._term = term
        start, stop = field.span(number)
        self._docs = field.docs[start:stop]
        self._weights: NDArray[np.uint32] = np.ones(stop - start, dtype=np.uint32)
        self._lengths: NDArray[np.uint8] = np.zeros(stop - start, dtype=np.uint8)
        self._positions: NDArray[Any] | None = None
        if isinstance(field, TextField):
            self._weights = field.counts(start, stop)
            self._lengths = np.take(field.lengths.all(), self._docs)
            first, last = field.position_span(number)
            self._positions = field.positions[first:last]
            self._ends = np.cumsum(self._weights)
        self._at = 0

    def is_active(self) -> bool:
        return self._at < self._docs.size

    def id(self) -> int:
        # Stock matchers ask for the id of an exhausted matcher.
        return int(self._docs[min(self._at, self._docs.size - 1)])

    def weight(self) -> float:
        return float(self._weights[self._at])

    def next(self) -> bool:
        self._at += 1
        return self._at % _BLOCK == 0

    def skip_to(self, target: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        if target > self.id():
            self._at += int(np.searchsorted(self._docs[self._at :], target))

    def skip_to_quality(self, minquality: float) -> int:
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._at = (self._at // _BLOCK + 1) * _BLOCK
            skipped += 1
        return skipped

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> "FlatMatcher":
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        return twin

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs[self._at :].tolist())

    def block_max_weight(self) -> float:
        return float(self._weights[self._block()].max())

    def block_min_length(self) -> int:
        return int(byte_to_length(int(self._lengths[self._block()].min())))

    def block_max_length(self) -> int:
        return int(byte_to_length(int(self._lengths[self._block()].max())))

    def block_min_id(self) -> int:
        return int(self._docs[self._block()][0])

    def block_max_id(self) -> int:
        return int(self._docs[self._block()][-1])

    def supports(self, astype: str) -> bool:
        return bool(self.format.supports(astype))

    def value(self) -> bytes:
        if self._positions is None:
            return bytes(pack_uint(1)) if self.format.posting_size else b""
        encoded: bytes = self.format.encode(self._here())
        return encoded

    def value_as(self, astype: str) -> Any:
        if astype == "positions":
            return self._here()
        return int(self._weights[self._at]) if astype == "frequency" else self.weight()

    def _here(self) -> list[int]:
        if self._positions is None:
            return []
        end = int(self._ends[self._at])
        found: list[int] = self._positions[end - int(self._weights[self._at]) : end].tolist()
        return found

    def _block(self) -> slice:
        first = min(self._at, self._docs.size - 1) // _BLOCK * _BLOCK
        return slice(first, first + _BLOCK)
