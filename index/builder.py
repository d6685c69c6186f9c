"""Passages become segments: a few of them here, many of them in worker processes.

A worker numbers words, inverts them and writes segments of its own whenever it has
gathered enough, so that memory is bounded whatever the corpus; the segments are merged
in the end. Batches go to the workers in turn, hence the same passages give the same index.
"""

from collections.abc import Iterable

from index.rows import PassageRow
from index.segment_set import SegmentSet
from index.spilling import SpillingBuilder
from index.worker import Worker

WORDS_PER_SEGMENT = 8_000_000
"""What a process gathers before it writes: some 300 MB."""

WORTH_WORKERS = 4_000
"""Fewer passages than this are indexed sooner than workers are up."""

_PASSAGES_PER_BATCH = 256


class PassagesBuilder:
    """Writes passages into the segments of a draft."""

    def __init__(
        self,
        segments: SegmentSet,
        *,
        workers: int,
        words_per_segment: int = WORDS_PER_SEGMENT,
        worth_workers: int = WORTH_WORKERS,
    ) -> None:
        """Take the number of processes, and how many passages are worth starting them."""
        self._segments = segments
        self._worker_count = workers
        self._words_per_segment = words_per_segment
        self._worth_workers = worth_workers
        self._here = SpillingBuilder(segments.path, "spill", words_per_segment, alone=True)
        self._waiting: list[list[PassageRow]] = []
        self._waiting_passages = 0
        self._workers: list[Worker] = []
        self._turn = 0

    def add(self, rows: Iterable[PassageRow]) -> None:
        """Take the passages of a document; they stay together."""
        if self._worker_count < 2:
            self._here.add(rows)
            return
        self._waiting.append(list(rows))
        self._waiting_passages += len(self._waiting[-1])
        enough = _PASSAGES_PER_BATCH if self._workers else self._worth_workers
        if self._waiting_passages >= enough:
            self._send()

    def finish(self) -> None:
        """Write what is left and merge what was written along the way."""
        if self._workers:
            self._send()
            written = [found for worker in self._workers for found in worker.finish()]
            self._workers = []
        else:
            for rows in self._waiting:
                self._here.add(rows)
            written = self._here.finish()
        added = []
        for path, doc_count in written:
            segment, target = self._segments.new_segment()
            path.rename(target)
            self._segments.add(segment, doc_count)
            added.append(segment)
        self._segments.merge_spills(added)

    def close(self) -> None:
        """End the workers of a build that did not come to its end."""
        for worker in self._workers:
            worker.kill()
        self._workers = []

    def _send(self) -> None:
        if not self._workers:
            self._workers = [
                Worker(self._segments.path, f"spill{number}", self._words_per_segment)
                for number in range(self._worker_count)
            ]
        batch: list[list[PassageRow]] = []
        size = 0
        for rows in self._waiting:
            batch.append(rows)
            size += len(rows)
            if size >= _PASSAGES_PER_BATCH:
                self._hand_over(batch)
                batch, size = [], 0
        if batch:
            self._hand_over(batch)
        self._waiting, self._waiting_passages = [], 0

    def _hand_over(self, batch: list[list[PassageRow]]) -> None:
        self._workers[self._turn].send(batch)
        self._turn = (self._turn + 1) % len(self._workers)
