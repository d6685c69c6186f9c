"""Passages become segments: a few of them here, many of them in worker processes.

A worker numbers words and gathers passages. When there are enough for a segment, the
workers share the forms that any of them has not met before, so that each form is analysed
by one of them, and each writes a segment; memory is bounded whatever the corpus. The
segments are merged in the end. Batches go to the workers in turn, hence the same passages
give the same index.
"""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from index.rows import PassageRow
from index.segment_set import SegmentSet
from index.spilling import SpillingBuilder
from index.worker import Request, Worker

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
        self._here = SpillingBuilder(segments.path, "spill", words_per_segment)
        self._waiting: list[list[PassageRow]] = []
        self._waiting_passages = 0
        self._workers: list[Worker] = []
        self._turn = 0
        self._words_out = 0
        self._written: list[tuple[Path, int]] = []

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
            self._write()
            for worker in self._workers:
                worker.finish()
            self._workers = []
        else:
            for rows in self._waiting:
                self._here.add(rows)
            self._written = self._here.finish()
        added = []
        for path, doc_count in self._written:
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
                Worker(self._segments.path, f"spill{number}")
                for number in range(self._worker_count)
            ]
        batch: list[PassageRow] = []
        for rows in self._waiting:
            batch.extend(rows)
            if len(batch) >= _PASSAGES_PER_BATCH:
                self._hand_over(batch)
                batch = []
        if batch:
            self._hand_over(batch)
        self._waiting, self._waiting_passages = [], 0

    def _hand_over(self, batch: list[PassageRow]) -> None:
        self._workers[self._turn].add(batch)
        self._turn = (self._turn + 1) % len(self._workers)
        self._words_out += sum(row.text.count(" ") + 1 for row in batch)
        if self._words_out >= self._words_per_segment * len(self._workers):
            self._write()

    def _write(self) -> None:
        """Let every worker write what it has gathered, when each new form has its term."""
        workers = self._workers
        new_forms = self._ask("new forms", [None] * len(workers))
        forms = list(dict.fromkeys(chain.from_iterable(new_forms)))
        shares = [forms[number :: len(workers)] for number in range(len(workers))]
        term_of: dict[str, str] = {}
        answers = self._ask("analyse", shares)
        for share, terms in zip(shares, answers, strict=True):
            term_of.update(zip(share, terms, strict=True))
        terms_of_each = [[term_of[form] for form in own] for own in new_forms]
        for name, doc_count in self._ask("write", terms_of_each):
            if doc_count:
                self._written.append((self._segments.path / name, doc_count))
        self._words_out = 0

    def _ask(self, request: Request, given: Iterable[Any]) -> list[Any]:
        """Ask all workers for the same thing, then wait for all of their answers."""
        for worker, own in zip(self._workers, given, strict=True):
            worker.ask(request, own)
        return [worker.answer() for worker in self._workers]
