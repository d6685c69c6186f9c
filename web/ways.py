"""Ways on from a query that finds nothing, or nothing whole; only those that find something."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from search.engine import Engine
from search.query import And, Fuzzy, Node, Phrase, Query, Related, Wildcard, Word
from search.values import MISSING
from web.chips import Limit
from web.context import current_language, gettext, read_query
from web.labels import name_bucket
from web.params import State

MAX_WORDS = 6
MAX_MOST = 3


@dataclass(frozen=True, slots=True)
class Way:
    """Where one can go on, and what will be found there."""

    text: str
    state: State
    count: int


def list_words(engine: Engine, query: Query, state: State) -> list[Way]:
    """Give the words of a query that find something by themselves, under the same filters."""
    return _count(engine, ((word, state.put("q", word)) for word in _list_words(query)))


def list_ways(engine: Engine, query: Query, state: State, limits: Iterable[Limit]) -> list[Way]:
    """Give the searches with one limit less, then with none, that find something.

    Where each of them still asks for too much, single words without limits are tried.
    """
    lifted = _count(engine, dict(_lift(query, state, list(limits))).items())
    if lifted:
        return lifted
    free = state.without_filters()
    sentence = gettext("Search only for “%(word)s”, without any filter")
    return _count(
        engine, ((sentence % {"word": word}, free.put("q", word)) for word in _list_words(query))
    )


def list_most(engine: Engine, state: State) -> list[Way]:
    """Give what the collection speaks of most, for somebody who found nothing at all."""
    language, home = current_language(), state.language_only()
    facets = engine.search(Query(limit=1, facets=("country", "actor"))).facets
    return [
        Way(
            name_bucket(facet.field, bucket, language),
            home.put(facet.field, bucket.value),
            bucket.count,
        )
        for facet in facets
        for bucket in facet.buckets[:MAX_MOST]
        if bucket.value != MISSING
    ]


def _list_words(query: Query) -> list[str]:
    root = query.root.child if isinstance(query.root, Related) else query.root
    if not isinstance(root, And):
        return []
    words = dict.fromkeys(word for node in root.children if (word := _write_word(node)))
    return list(words)[:MAX_WORDS]


def _lift(query: Query, state: State, limits: list[Limit]) -> Iterator[tuple[str, State]]:
    for limit in limits:
        sentence = (
            gettext("Search with %(value)s as well")
            if limit.excluded
            else gettext("Search without the filter %(value)s")
        )
        yield sentence % {"value": limit.label}, limit.without
    if query.filters.dates:
        yield gettext("Search in all dates"), state.put("from").put("to")
    if len(limits) + bool(query.filters.dates) > 1:
        yield gettext("Search without any filter"), state.without_filters()


def _count(engine: Engine, ways: Iterable[tuple[str, State]]) -> list[Way]:
    counted = []
    for text, state in ways:
        query = read_query(state.drop("offset"), "interval")
        results = engine.search(replace(query, limit=1, facets=()))
        if results.total and not results.relaxed:
            counted.append(Way(text, state, results.total))
    return counted


def _write_word(node: Node) -> str:
    match node:
        case Word(text) | Wildcard(text) | Fuzzy(text):
            return text
        case Phrase(words, 0):
            typed = (word if isinstance(word, str) else _write_word(word) for word in words)
            return f'"{" ".join(typed)}"'
        case _:
            return ""
