"""Passages about the same things as another one: its rarest words, its actors and pairs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.document import Passage
from index.analysis import fold
from index.tokenizer import find_words
from search.docsets import Docs, Ints, Scores
from search.evaluate import evaluate
from search.live import LiveIndex
from search.matching import ENTITY_KINDS, analyse_passage
from search.results import SimilarPassage
from search.scoring import idf
from search.whoosh_queries import Alternatives

MAX_SIMILAR = 50
_MOST_WORDS = 25
_MOST_SHARED = 6
_TWIN_SHARE = 0.8
"""Passages that share this much of their words say the same, with a comma here or there."""


@dataclass(frozen=True, slots=True)
class _Feature:
    """What a passage has, as its text or its metadata call it, and who else has it."""

    name: str
    docs: Docs
    scores: Scores


def find_similar(doc: int, limit: int, live: LiveIndex) -> tuple[SimilarPassage, ...]:
    """Give the passages most like one, the likest first.

    A score is the share of what the passage itself would get.

    Args:
        doc: the number of the passage in the index.
    """
    passage = live.passage_at(doc)
    features = [*_weigh_words(passage, live), *_weigh_values(passage, live)]
    scores = np.zeros(live.size, dtype=np.float32)
    for feature in features:
        scores[feature.docs.astype(np.intp)] += feature.scores
    own = float(scores[doc])
    scores[doc] = 0
    words = _distinct_words(passage)
    found = []
    for number in _best(scores, limit):
        other = live.passage_at(number)
        found.append(
            SimilarPassage(
                passage=other,
                document=live.label(other.document_id),
                score=min(float(scores[number]) / own, 1.0),
                shared=_shared(features, number),
                twin=_is_twin(words, _distinct_words(other)),
            )
        )
    return tuple(found)


def _weigh_words(passage: Passage, live: LiveIndex) -> Iterator[_Feature]:
    """Give the words of a passage that tell it best from others, by tf and idf."""
    tokens = analyse_passage(passage).tokens
    forms: dict[tuple[str, ...], str] = {}
    counts: Counter[tuple[str, ...]] = Counter()
    for token in tokens:
        plain = tuple(key for key in token.keys if not key.startswith(ENTITY_KINDS))
        countries = [(key,) for key in token.keys if key.startswith("c:")]
        for keys in [plain, *countries] if not token.form.isdigit() else ():
            forms.setdefault(keys, token.form)
            counts[keys] += 1
    weighed = []
    for keys, tf in counts.items():
        terms = live.classes_of(keys)
        df = live.source.frequency("text", terms)
        if df > 1:
            weighed.append((tf * idf(df, live.source.doc_count), forms[keys], terms))
    for _, form, terms in sorted(weighed, reverse=True)[:_MOST_WORDS]:
        found = evaluate(Alternatives("text", terms), live.source)
        yield _Feature(form, found.docs, found.all_scores())


def _weigh_values(passage: Passage, live: LiveIndex) -> Iterator[_Feature]:
    """Give the actors and the pairs of a passage; as rare ones as words weigh as much."""
    values = [("actor", actor.id, actor.name) for actor in passage.actors]
    values += [("pair", pair, pair) for pair in passage.pairs]
    for field, value, name in values:
        docs = live.source.facet(field).docs_of(value)
        weight = idf(docs.size, live.source.doc_count)
        yield _Feature(name, docs, np.full(docs.size, weight, dtype=np.float32))


def _best(scores: Scores, limit: int) -> list[int]:
    """Give the documents with the highest scores, none without any."""
    most = min(limit, scores.size)
    places: Ints = np.argpartition(-scores, most - 1)[:most].astype(np.int64)
    ordered = places[np.lexsort((places, -scores[places]))]
    best: list[int] = ordered[scores[ordered] > 0].tolist()
    return best


def _shared(features: Sequence[_Feature], doc: int) -> tuple[str, ...]:
    """Name what two passages have in common, what weighs most first."""
    weights: dict[str, float] = {}
    for feature in features:
        at = int(np.searchsorted(feature.docs, doc))
        if at < feature.docs.size and feature.docs[at] == doc:
            weights[feature.name] = weights.get(feature.name, 0.0) + float(feature.scores[at])
    return tuple(sorted(weights, key=lambda name: -weights[name])[:_MOST_SHARED])


def _distinct_words(passage: Passage) -> frozenset[str]:
    return frozenset(fold(word) for word in find_words(passage.text))


def _is_twin(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= _TWIN_SHARE * len(one | other)
