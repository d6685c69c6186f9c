"""Stock Whoosh as an oracle: its readers, matchers and trees, with our scorer plugged in."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import isclose

from whoosh import query as wq
from whoosh.matching import AndMaybeMatcher, Matcher, NullMatcher, WrappingMatcher
from whoosh.query.terms import PatternQuery
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from index.open_index import OpenIndex
from search.evaluate import evaluate
from search.live import LiveIndex
from search.query import Node
from search.scoring import K1, B, idf
from search.translate import translate
from search.whoosh_queries import Alternatives


def drop_deleted(docs: Iterable[int], live: LiveIndex) -> list[int]:
    """Leave out deleted documents, which stock Whoosh lets through nested exclusions."""
    reader = live.index.reader
    return sorted(doc for doc in docs if not reader.is_deleted(doc))


def assert_same_as_whoosh(live: LiveIndex, node: Node) -> None:
    assert_query_is_whooshs(live, translate(node, live.index.lexicon.classes_of))


def assert_query_is_whooshs(live: LiveIndex, query: wq.Query) -> None:
    expected = score_with_whoosh(query, live.index)
    found = evaluate(query, live.source)
    assert found.docs.tolist() == drop_deleted(expected, live)
    for doc, score in zip(found.docs.tolist(), found.all_scores().tolist(), strict=True):
        assert isclose(score, expected[doc], rel_tol=1e-5, abs_tol=1e-6)


def score_with_whoosh(query: wq.Query, index: OpenIndex) -> dict[int, float]:
    """Give every document that stock Whoosh finds, with its score."""
    searcher = Searcher(index.reader, fromindex=index.passages)
    prepared = _prepare(query, _Collection(searcher, index.reader.doc_count()))
    scores = {}
    for leaf, base in searcher.leaf_searchers():
        matcher = prepared.matcher(leaf, leaf.boolean_context())
        while matcher.is_active():
            scores[base + matcher.id()] = matcher.score()
            matcher.next()
    return scores


@dataclass(frozen=True)
class _Collection:
    """What scores depend on, over all segments; counted a document at a time."""

    searcher: Searcher
    doc_count: int

    def mean_length(self, field: str) -> float:
        return _mean_length(self.searcher.reader(), field)

    def idf(self, query: Alternatives) -> float:
        return idf(sum(1 for _ in self.searcher.docs_for_query(query)), self.doc_count)


@lru_cache(maxsize=8)
def _mean_length(reader: IndexReader, field: str) -> float:
    lengths = [reader.doc_field_length(doc, field) for doc in reader.all_doc_ids()]
    return sum(lengths) / len(lengths)


class _Scored(wq.WrappingQuery):  # type: ignore[misc]
    """A word or a phrase whose matcher scores as one term."""

    def __init__(self, child: wq.Query, field: str, weight: float, mean_length: float) -> None:
        super().__init__(child)
        self.scored = field
        self.weight = weight
        self.mean_length = mean_length

    def matcher(self, searcher: Searcher, context: object = None) -> Matcher:
        context = (context or searcher.boolean_context()).set(needs_current=True)
        inner = self.child.matcher(searcher, context)
        if not inner.is_active():
            return NullMatcher()
        return _ScoredMatcher(inner, self, searcher.reader())


class _ScoredMatcher(WrappingMatcher):  # type: ignore[misc]
    def __init__(self, child: Matcher, query: _Scored, reader: object) -> None:
        super().__init__(child)
        self._query = query
        self._reader = reader

    def _replacement(self, newchild: Matcher) -> "_ScoredMatcher":
        return _ScoredMatcher(newchild, self._query, self._reader)

    def supports_block_quality(self) -> bool:
        return False

    def score(self) -> float:
        query = self._query
        tf = len(self.child.spans())
        length = self._reader.doc_field_length(self.id(), query.scored)  # type: ignore[attr-defined]
        return query.weight * tf / (tf + K1 * (1 - B + B * length / query.mean_length))


class _Unscored(wq.WrappingQuery):  # type: ignore[misc]
    """A filter: it adds nothing to a score."""

    def matcher(self, searcher: Searcher, context: object = None) -> Matcher:
        return _UnscoredMatcher(self.child.matcher(searcher, context))


class _UnscoredMatcher(WrappingMatcher):  # type: ignore[misc]
    def supports_block_quality(self) -> bool:
        return False

    def score(self) -> float:
        return 0.0


class _AndMaybe(wq.AndMaybe):  # type: ignore[misc]
    def matcher(self, searcher: Searcher, context: object = None) -> Matcher:
        return _AlignedMatcher(self.a.matcher(searcher, context), self.b.matcher(searcher, context))


class _AlignedMatcher(AndMaybeMatcher):  # type: ignore[misc]
    """Whoosh's own leaves the optional side behind when the required one skips further."""

    def skip_to(self, id: int) -> None:
        self.a.skip_to(id)
        if self.a.is_active() and self.b.is_active():
            self.b.skip_to(self.a.id())

    def replace(self, minquality: float = 0) -> Matcher:
        return self


def _prepare(query: wq.Query, collection: _Collection) -> wq.Query:
    match query:
        case Alternatives():
            weight = query.boost * collection.idf(query)
            mean = collection.mean_length(query.fieldname)
            return _Scored(query, query.fieldname, weight, mean)
        case wq.Sequence():
            words = list(query.subqueries)
            weight = query.boost * sum(collection.idf(word) for word in words)
            field = words[0].fieldname
            return _Scored(query, field, weight, collection.mean_length(field))
        case wq.Term(fieldname="text" | "headline" | "exact"):
            return _prepare(Alternatives(query.fieldname, (query.text,), query.boost), collection)
        case PatternQuery(fieldname="text" | "headline" | "exact"):
            texts = tuple(each.decode() for each in query._btexts(collection.searcher.reader()))
            return _prepare(Alternatives(query.fieldname, texts, query.boost), collection)
        case wq.Phrase():
            weight = query.boost * sum(
                collection.idf(Alternatives(query.fieldname, (word,))) for word in query.words
            )
            mean = collection.mean_length(query.fieldname)
            return _Scored(query, query.fieldname, weight, mean)
        case wq.AndNot() | wq.Require():
            return type(query)(_prepare(query.a, collection), query.b)
        case wq.Otherwise():
            return wq.Otherwise(_prepare(query.a, collection), _prepare(query.b, collection))
        case wq.ConstantScoreQuery():
            return query
        case wq.And() | wq.Or():
            children = [_prepare(child, collection) for child in query.subqueries]
            if isinstance(query, wq.And):
                return wq.And(children, boost=query.boost)
            either = wq.Or(children, boost=query.boost)
            # Whoosh's array of scores loses the documents whose score is zero.
            either.matcher_type = wq.Or.DEFAULT_MATCHER
            return either
        case wq.AndMaybe():
            return _AndMaybe(_prepare(query.a, collection), _prepare(query.b, collection))
        case wq.Not():
            return _Unscored(wq.Not(_prepare(query.query, collection)))
        case _:
            return _Unscored(query)
