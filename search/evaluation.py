"""How well an engine answers queries whose right passages somebody has named.

A file of judged queries is TOML. A passage is named by its id or by its permanent link;
those that matter more than others have a grade:

    [[query]]
    q = 'sankcje KRLD'
    relevant = ["k3jd72mqpx5a", "https://kwerenda.example/p/w6t3zzk2m4ac"]

    [[query]]
    q = '"wzajemne uznawanie"'
    relevant = { k3jd72mqpx5a = 3, w6t3zzk2m4ac = 1 }
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2
from pathlib import Path
from statistics import fmean
from typing import Any

from search.engine import Engine
from search.errors import SearchError, UnknownPassage
from search.request import build_query
from search.results import Retired

MAX_GRADE = 10


class BadQueryFile(SearchError):
    """A file of judged queries is not one."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query as typed, and the grades of the passages that answer it, by their ids."""

    text: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """The quality of the first k hits, each figure from 0 to 1."""

    recall: float
    mrr: float
    ndcg: float


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What one query found.

    `unknown` are expected ids that no passage has; they count as missed. `moved` maps
    expected ids that are gone to the passages that count in their place.
    """

    text: str
    figures: Figures
    missed: tuple[str, ...]
    unknown: tuple[str, ...]
    moved: Mapping[str, str]
    relaxed: bool


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The results of all queries at one k, and the means of their figures."""

    k: int
    results: tuple[QueryResult, ...]
    mean: Figures

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(name for result in self.results for name in result.unknown)


def read_judged_queries(path: Path) -> tuple[JudgedQuery, ...]:
    """Read a file of judged queries. Raises: BadQueryFile."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("query", [])
    except OSError as err:
        raise BadQueryFile(f"{path}: {err.strerror}.") from err
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise BadQueryFile(f"{path} is not TOML in UTF-8: {err}.") from err
    if not isinstance(entries, list) or not entries:
        raise BadQueryFile(f"{path} has no query; each begins with a line [[query]].")
    queries = []
    for number, entry in enumerate(entries, start=1):
        try:
            queries.append(_read_entry(entry))
        except ValueError as err:
            raise BadQueryFile(f"{path}, query {number}: {err}.") from err
    return tuple(queries)


def _read_entry(entry: Any) -> JudgedQuery:
    if not isinstance(entry, dict):
        raise ValueError("it must begin with a line [[query]]")
    if extra := sorted(entry.keys() - {"q", "relevant"}):
        raise ValueError(f"there is no setting {extra[0]!r}; there is q and relevant")
    text, relevant = entry.get("q"), entry.get("relevant")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("q must be the text of a query")
    if isinstance(relevant, list):
        relevant = dict.fromkeys(map(str, relevant), 1)
    if not isinstance(relevant, dict) or not relevant:
        raise ValueError("relevant must name at least one passage")
    for name, grade in relevant.items():
        if type(grade) is not int or not 1 <= grade <= MAX_GRADE:
            raise ValueError(f"the grade of {name} must be a whole number from 1 to {MAX_GRADE}")
    return JudgedQuery(text, {_passage_id(name): grade for name, grade in relevant.items()})


def _passage_id(name: str) -> str:
    """Give the id in a permanent link, without what a page adds to it; an id as it is."""
    return name.rpartition("/p/")[2].partition("?")[0].partition("#")[0].strip()


def evaluate_queries(queries: Iterable[JudgedQuery], engine: Engine, k: int) -> Evaluation:
    """Ask every query as the search box does, and compare its first k hits with the judgement."""
    results = tuple(_evaluate_query(query, engine, k) for query in queries)
    return Evaluation(k, results, mean_figures([result.figures for result in results]))


def _evaluate_query(judged: JudgedQuery, engine: Engine, k: int) -> QueryResult:
    grades: dict[str, int] = {}
    unknown: list[str] = []
    moved: dict[str, str] = {}
    for name, grade in judged.grades.items():
        now = _find_passage(name, engine)
        if not now:
            unknown.append(name)
        elif now != name:
            moved[name] = now
        grades[now or name] = max(grade, grades.get(now or name, 0))
    query = replace(build_query({"q": [judged.text]}), limit=k, facets=())
    found = engine.search(query)
    ranked = [hit.passage.id for hit in found.hits]
    return QueryResult(
        text=judged.text,
        figures=score_ranking(ranked, grades, k),
        missed=tuple(name for name in grades if name not in ranked and name not in unknown),
        unknown=tuple(unknown),
        moved=moved,
        relaxed=found.relaxed,
    )


def _find_passage(passage_id: str, engine: Engine) -> str:
    """Give the id of the passage that now has this text; nothing where there is none."""
    try:
        found = engine.passage(passage_id)
    except UnknownPassage:
        return ""
    return found.successor_id if isinstance(found, Retired) else found.id


def score_ranking(ranked: Sequence[str], grades: Mapping[str, int], k: int) -> Figures:
    """Score the first k of a ranking; what has no grade is irrelevant.

    Source: Järvelin, Kekäläinen, Cumulated gain-based evaluation of IR techniques (2002),
    with the gain 2^grade - 1.
    """
    first = ranked[:k]
    places = [place for place, name in enumerate(first, start=1) if name in grades]
    gain = _discounted_gain([grades.get(name, 0) for name in first])
    ideal = _discounted_gain(sorted(grades.values(), reverse=True)[:k])
    return Figures(
        recall=len(places) / len(grades) if grades else 1.0,
        mrr=1 / places[0] if places else 0.0,
        ndcg=gain / ideal if ideal else 1.0,
    )


def _discounted_gain(grades: Iterable[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))


def mean_figures(figures: Collection[Figures]) -> Figures:
    """Give the mean of each figure over queries that all weigh the same."""
    return Figures(
        recall=fmean(each.recall for each in figures),
        mrr=fmean(each.mrr for each in figures),
        ndcg=fmean(each.ndcg for each in figures),
    )
