"""Which documents are nearly the same: a bulletin and its revision."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from corpus.sketch import estimate_resemblance, read_sketch
from index.manifest import SourceEntry

LEAST = 0.5
_MIN_COMMON = 8
_MAX_SHARING = 200  # a hash that more documents share is of words that all of them begin with


def link_resembling(sources: Iterable[SourceEntry]) -> Mapping[str, tuple[str, ...]]:
    """Give for each document those that have most of its words, the nearest first.

    Documents without any are left out. Work grows with the documents that share words,
    not with all pairs.
    """
    sketches = {source.document_id: source.sketch for source in sources if source.sketch}
    holders: dict[int, list[str]] = defaultdict(list)
    for name, sketch in sketches.items():
        for number in read_sketch(sketch):
            holders[number].append(name)
    found: dict[str, tuple[str, ...]] = {}
    for name, sketch in sketches.items():
        common = Counter(
            other
            for number in read_sketch(sketch)
            if len(holders[number]) <= _MAX_SHARING
            for other in holders[number]
            if other != name
        )
        near = [
            (-estimate_resemblance(sketch, sketches[other]), other)
            for other, count in common.items()
            if count >= _MIN_COMMON
        ]
        linked = tuple(other for likeness, other in sorted(near) if -likeness >= LEAST)
        if linked:
            found[name] = linked
    return found
