"""Passages that are gone: where each stood, and what covers its text now."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

from corpus.document import Document, Passage

RETIRED = "retired.json"
MIN_COVERAGE = 0.4
"""What share of a passage's pairs of successive words must stand in another to be covered
by it: one word that was changed takes two of them away."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class RetiredPassage:
    """A passage's former document, and its successor there, or an empty string."""

    document_id: str
    successor_id: str


class Retirement:
    """The retired passages of an index while it is being updated."""

    def __init__(self, retired: Mapping[str, RetiredPassage]) -> None:
        self._retired: dict[str, RetiredPassage] = {}
        self._covered_by: defaultdict[str, list[str]] = defaultdict(list)
        for passage_id, found in retired.items():
            self._retire(passage_id, found)

    def replace(self, former: Document, document: Document) -> None:
        """Retire the passages that a document has no longer; those that came back are there."""
        self._replace(former.id, former.passages, document.passages)

    def remove(self, former: Document) -> None:
        """Retire all passages of a document that is gone."""
        self._replace(former.id, former.passages, ())

    def restore(self, document: Document) -> None:
        """Forget the retirement of passages that are there."""
        for passage in document.passages:
            self._retired.pop(passage.id, None)

    def write(self, path: Path) -> None:
        """Write the file of a generation's directory."""
        plain = {key: [r.document_id, r.successor_id] for key, r in sorted(self._retired.items())}
        (path / RETIRED).write_text(json.dumps(plain, indent=0), encoding="utf-8")

    def _replace(
        self, document_id: str, former: Iterable[Passage], present: Collection[Passage]
    ) -> None:
        ids = {passage.id for passage in present}
        gone_passages = [passage for passage in former if passage.id not in ids]
        for gone, successor_id in _find_successors(gone_passages, present):
            for passage_id in self._covered_by.pop(gone, ()):
                before = self._retired.get(passage_id)
                if before and before.successor_id == gone:
                    self._retire(passage_id, RetiredPassage(before.document_id, successor_id))
            self._retire(gone, RetiredPassage(document_id, successor_id))
        for passage_id in ids:
            self._retired.pop(passage_id, None)

    def _retire(self, passage_id: str, found: RetiredPassage) -> None:
        self._retired[passage_id] = found
        if found.successor_id:
            self._covered_by[found.successor_id].append(passage_id)


def read_retired(path: Path) -> dict[str, RetiredPassage]:
    """Give the retired passages of a generation's directory, by their ids."""
    plain = json.loads((path / RETIRED).read_text(encoding="utf-8"))
    return {passage_id: RetiredPassage(*found) for passage_id, found in plain.items()}


def _find_successors(
    former: Iterable[Passage], present: Iterable[Passage]
) -> Iterator[tuple[str, str]]:
    """Give the id of each passage with that of the one that covers most of it, if any does.

    Pairs of words lead to where they stand now, so that the work does not grow with the
    number of pairs of passages.
    """
    standing: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for passage in present:
        for pair in _pair_words(passage.text):
            standing[pair].append(passage.id)
    for passage in former:
        pairs = _pair_words(passage.text)
        held = Counter(chain.from_iterable(standing.get(pair, ()) for pair in pairs))
        covers = [each for each, count in held.items() if count >= MIN_COVERAGE * len(pairs)]
        yield passage.id, max(covers, key=held.__getitem__, default="")


def _pair_words(text: str) -> dict[tuple[str, str], None]:
    """Give the distinct pairs of successive words, the first word with nothing before it."""
    return dict.fromkeys(pairwise(["", *_WORD.findall(text.casefold())]))
