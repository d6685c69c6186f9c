"""Compare what Kwerenda understands with what a careful reader wrote down.

    python tests/evaluation.py [FOLDER]

FOLDER holds the external evaluation data: `seeds/` with the documents and `gold/` with
`monitor.json`, `bulletin.json` and `queries.json`. Prints one table.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from external_data import DATA

from corpus.document import DateRange, Document, Passage
from corpus.ingest import find_files, read_document
from search.request import build_query
from search.whoosh_engine import open_engine
from web.indexing import index_paths

Gold = dict[str, Any]


@dataclass
class Score:
    """Counts of one aspect: what was found rightly, what wrongly, what not."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0

    def add(self, expected: set[Any], actual: set[Any], where: str) -> None:
        self.right += len(expected & actual)
        self.wrong += len(actual - expected)
        self.missed += len(expected - actual)
        self.remarks += [f"{where}: wrong {item}" for item in sorted(actual - expected, key=str)]
        self.remarks += [f"{where}: missed {item}" for item in sorted(expected - actual, key=str)]


def score_documents(folder: Path) -> dict[str, Score]:
    """Give the scores of both gold documents together, by aspect."""
    scores: dict[str, Score] = {}
    for name in ("monitor", "bulletin"):
        gold = json.loads((folder / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        [source] = find_files([folder / "seeds" / gold["document"]["file"]])
        document = read_document(source)
        for passage in gold["passages"]:
            _score_passage(passage, find_passage(document, passage), scores)
    return scores


def find_passage(document: Document, gold: Gold) -> Passage | None:
    """Give the passage with exactly the gold's words, else the one that has most of them."""
    words = _words(gold["text"])
    for passage in document.passages:
        if _words(passage.text) == words:
            return passage
    first, last = _words(gold["first_words"]), _words(gold["last_words"])
    for passage in document.passages:
        found = " ".join(_words(passage.text))
        if " ".join(first) in found or " ".join(last) in found:
            return passage
    return None


def score_queries(folder: Path) -> list[tuple[str, float, float, list[str]]]:
    """Give `(query, recall, precision, remarks)` of each gold query through the real engine."""
    queries = json.loads((folder / "gold" / "queries.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as place:
        index_paths([folder / "seeds"], Path(place) / "index")
        engine = open_engine(Path(place) / "index")
        try:
            names = _gold_names(folder, [engine.document(d) for d in _document_ids(engine)])
            return [_score_query(query, engine, names) for query in queries]
        finally:
            engine.close()


def _document_ids(engine: Any) -> list[str]:
    facets = engine.search(build_query({})).facets
    return [b.value for facet in facets if facet.field == "document" for b in facet.buckets]


def _gold_names(folder: Path, documents: Sequence[Document]) -> dict[str, str]:
    """Map our passage ids to the gold's, where the gold has the passage."""
    names = {}
    for name in ("monitor", "bulletin"):
        gold = json.loads((folder / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        for document in documents:
            for passage in gold["passages"]:
                found = find_passage(document, passage)
                if found is not None:
                    names[found.id] = passage["id"]
    return names


def _score_query(
    query: Gold, engine: Any, names: dict[str, str]
) -> tuple[str, float, float, list[str]]:
    """Score one query on the passages that the gold at hand describes."""
    filters = query["filters"]
    params = {"q": [query["q"]], "limit": ["200"]}
    for ours, theirs in (("from", "date_from"), ("to", "date_to")):
        if theirs in filters:
            params[ours] = [filters[theirs]]
    if "pair" in filters:
        params["pair"] = ["-".join(filters["pair"])]
    if "kind" in filters:
        params["kind"] = [filters["kind"]]
    hits = [hit.passage.id for hit in engine.search(build_query(params)).hits]
    found = {names[hit] for hit in hits if hit in names}
    described = set(names.values())
    relevant = set(query["relevant"]) & described
    counted = found - set(query["also_acceptable"])
    recall = len(relevant & found) / len(relevant) if relevant else 1.0
    precision = len(counted & relevant) / len(counted) if counted else 1.0
    remarks = [f"missed {item}" for item in sorted(relevant - found)]
    remarks += [f"wrong {item}" for item in sorted(counted - relevant)]
    return query["q"], recall, precision, remarks


def _score_passage(gold: Gold, ours: Passage | None, scores: dict[str, Score]) -> None:
    def score(aspect: str) -> Score:
        return scores.setdefault(aspect, Score())

    where = gold["id"]
    exact = ours is not None and _words(ours.text) == _words(gold["text"])
    score("segmentation").add({where}, {where} if exact else set(), where)
    if ours is None:
        return
    score("kind").add({gold["kind"]}, {_kind(ours)}, where)
    score("headline").add({_headline(gold["headline"])}, {_headline(ours.headline)}, where)
    score("dates").add({_gold_dates(gold)}, {ours.dates}, where)
    score("pages").add(
        {(gold.get("page_start"), gold.get("page_end"))} - {(None, None)},
        {(ours.page_start, ours.page_end)} if "page_start" in gold else set(),
        where,
    )
    score("sources").add(set(gold["sources"]), {source.url for source in ours.sources}, where)
    score("countries").add(set(gold["countries"]), set(ours.countries), where)
    borderline = set(gold.get("countries_mentioned_borderline", ()))
    historical = set(gold.get("historical", ()))
    score("mentioned").add(
        set(gold["countries_mentioned"]) - borderline,
        set(ours.mentioned) - borderline - historical,
        where,
    )
    optional = {"-".join(sorted(pair)) for pair in gold.get("pairs_optional", ())}
    pairs = {"-".join(sorted(pair)) for pair in gold["pairs"]}
    score("pairs").add(pairs - optional, set(ours.pairs) - optional, where)
    actors = [(actor["name"], actor["type"]) for actor in gold["actors"]]
    score("persons").add(
        {name for name, kind in actors if kind == "person"},
        {actor.name for actor in ours.actors if actor.kind == "person"},
        where,
    )
    _score_organisations(
        [name for name, kind in actors if kind == "organisation"],
        [actor.name for actor in ours.actors if actor.kind == "organisation"],
        score("organisations"),
        where,
    )


def _score_organisations(
    expected: Sequence[str], actual: Sequence[str], score: Score, where: str
) -> None:
    """Count an organisation as found when at least half of the words of both names agree."""
    left = list(actual)
    for name in expected:
        found = next((other for other in left if _agree(name, other)), None)
        if found is None:
            score.missed += 1
            score.remarks.append(f"{where}: missed {name}")
        else:
            left.remove(found)
            score.right += 1
    score.wrong += len(left)
    score.remarks += [f"{where}: wrong {name}" for name in left]


def _agree(some: str, other: str) -> bool:
    one, two = set(_words(some.casefold())), set(_words(other.casefold()))
    return len(one & two) * 2 >= max(len(one), len(two))


def _kind(passage: Passage) -> str:
    return "disclaimer" if passage.kind == "note" else passage.kind


def _headline(text: str | None) -> str:
    return " ".join((text or "").split()).rstrip(".?")


def _gold_dates(gold: Gold) -> DateRange | None:
    if not gold["date_start"]:
        return None
    start = date.fromisoformat(gold["date_start"])
    return DateRange(start, date.fromisoformat(gold["date_end"]) if gold["date_end"] else start)


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() or c in "-–" else " " for c in text).split()


def print_table(folder: Path, write: Callable[[str], object] = print) -> None:
    """Write the table of scores, then each miss."""
    scores = score_documents(folder)
    write(f"{'aspect':14} {'right':>6} {'wrong':>6} {'missed':>6} {'P':>6} {'R':>6} {'F1':>6}")
    for aspect, score in scores.items():
        write(
            f"{aspect:14} {score.right:6} {score.wrong:6} {score.missed:6} "
            f"{score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f}"
        )
    queries = score_queries(folder)
    write(
        f"queries        mean recall {_mean(q[1] for q in queries):.3f}, "
        f"mean precision {_mean(q[2] for q in queries):.3f}"
    )
    for aspect, score in scores.items():
        for remark in score.remarks:
            write(f"  {aspect}: {remark}")
    for text, recall, precision, remarks in queries:
        if remarks:
            write(f"  query {text!r}: R {recall:.2f} P {precision:.2f}: {', '.join(remarks)}")


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not (folder / "gold").is_dir():
        sys.exit(f"There is no evaluation data at {folder}.")
    print_table(folder)
