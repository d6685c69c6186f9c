"""Which documents are nearly the same: a bulletin and its revision, one text under two names.

Two documents resemble each other when they share most of their wording, and most of the
wording that few others have: monthly issues of one series share a form, not what they say.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from corpus.sketch import SKETCH_SIZE
from index.segment import FlatSegment, KeywordField

SKETCH = "sketch"
LEAST_SHARE = 0.5
_MOST_HOLDERS = 5  # wording that more documents have is of the form they share
_LEAST_COMMON = 4


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Another document, and about what share of the wording of both they have in common."""

    document_id: str
    share: float


@dataclass(frozen=True, slots=True)
class _Sketches:
    """Every (hash, document) of an index in the order of the hashes, and how many have each.

    A document has the number that its place in `ids` is.
    """

    ids: tuple[str, ...]
    hashes: NDArray[np.uint32]
    owners: NDArray[np.int64]
    holders: NDArray[np.int64]


def link_resembling(segments: Sequence[FlatSegment]) -> Mapping[str, tuple[Resemblance, ...]]:
    """Give for each document those that it resembles, the nearest first.

    Documents without any are left out. Only documents that share rare wording are compared,
    so the work grows with their number, not with that of all pairs.

    Args:
        segments: of the documents.
    """
    sketches = _read_sketches(segments)
    found: defaultdict[str, list[Resemblance]] = defaultdict(list)
    candidates = _find_candidates(sketches)
    rare_of: dict[int, dict[int, bool]] = {}
    by_owner = np.argsort(sketches.owners, kind="stable")
    starts = np.searchsorted(sketches.owners[by_owner], np.arange(len(sketches.ids) + 1))
    for owner in np.unique(candidates).tolist():
        held = by_owner[starts[owner] : starts[owner + 1]]
        rare = sketches.holders[held] <= _MOST_HOLDERS
        rare_of[owner] = dict(zip(sketches.hashes[held].tolist(), rare.tolist(), strict=True))
    for first, second in candidates.tolist():
        share = _compare(rare_of[first], rare_of[second])
        if share >= LEAST_SHARE:
            for one, other in ((first, second), (second, first)):
                found[sketches.ids[one]].append(Resemblance(sketches.ids[other], share))
    return {
        name: tuple(sorted(near, key=lambda other: (-other.share, other.document_id)))
        for name, near in found.items()
    }


def _compare(ours: Mapping[int, bool], theirs: Mapping[int, bool]) -> float:
    """Give the share of wording in common; 0 where it is only that of a form.

    Args:
        ours, theirs: hashes of the sketches, and whether few documents have them.
    """
    # Of the smallest hashes of both, each sketch has all that its document has.
    seen = nsmallest(SKETCH_SIZE, ours.keys() | theirs.keys())
    common = [number for number in seen if number in ours and number in theirs]
    rare = min(sum(each.get(number, False) for number in seen) for each in (ours, theirs))
    if sum(ours[number] for number in common) < max(rare / 2, _LEAST_COMMON):
        return 0.0
    return 2 * len(common) / (len(common) + len(seen))


def _find_candidates(sketches: _Sketches) -> NDArray[np.int64]:
    """Give the pairs of documents that share some rare hashes, as rows of two numbers."""
    hashes, owners = (
        each[sketches.holders <= _MOST_HOLDERS] for each in (sketches.hashes, sketches.owners)
    )
    pairs = [np.empty(0, dtype=np.int64)]
    for step in range(1, _MOST_HOLDERS):
        same = np.flatnonzero(hashes[step:] == hashes[:-step])
        one, other = owners[same], owners[same + step]
        pairs.append(np.minimum(one, other) << 32 | np.maximum(one, other))
    packed, common = np.unique(np.concatenate(pairs), return_counts=True)
    packed = packed[common >= _LEAST_COMMON]
    return np.stack([packed >> 32, packed & 0xFFFF_FFFF], axis=1)


def _read_sketches(segments: Sequence[FlatSegment]) -> _Sketches:
    ids: list[str] = []
    hashes, owners = [np.empty(0, dtype=np.uint32)], [np.empty(0, dtype=np.int64)]
    for segment in segments:
        field = segment.keyword_fields[SKETCH]
        numbers, docs = _read_postings(field)
        alive = ~np.isin(docs, segment.deleted)
        hashes.append(numbers[alive])
        owners.append(docs[alive] + len(ids))
        ids += list_ids(segment)
    joined, owned = np.concatenate(hashes), np.concatenate(owners)
    order = np.argsort(joined, kind="stable")
    joined = joined[order]
    _, place, counts = np.unique(joined, return_inverse=True, return_counts=True)
    return _Sketches(tuple(ids), joined, owned[order], counts[place])


def _read_postings(field: KeywordField) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Give every hash with a document that has it."""
    terms = np.fromiter((int(term, 16) for term in field.terms.all_bytes()), np.uint32)
    return np.repeat(terms, np.diff(field.offsets.all())), field.docs.all().astype(np.int64)


def list_ids(segment: FlatSegment) -> list[str]:
    """Give the ids of a segment's documents, deleted ones included."""
    field = segment.keyword_fields["id"]
    terms = field.terms.all_bytes()
    return [terms[number].decode() for number in field.values.all().tolist()]
