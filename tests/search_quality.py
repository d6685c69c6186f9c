"""Measure the whole search on external evaluation data, beside Elasticsearch's Polish chain.

    python tests/search_quality.py [FOLDER] [--stop-words FILE]

FOLDER holds `slavicner/` (news with the names in them, in their nominative) and `poquad/`
(questions and the passages that answer them). Each text becomes one passage of a real index;
queries go through `build_query` and the engine. FILE holds Lucene's Polish stop words, for
Elasticsearch's side only.

Names: the nominative is the query, as typed, in lower case, and in lower case without
diacritics. Relevant are the texts that mention the name in this nominative; right to find
is also what mentions the same entity under another name. Partial matches count as nothing.

Questions: the question is the query, question mark and all.
"""

import argparse
import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from external_data import DATA
from small_documents import make_document, source_of
from stempel_peer import StempelIndex, read_stop_words

from index.tokenizer import fold
from index.whoosh_index import update_index
from search.evaluation import Figures, mean_figures, score_ranking
from search.query import MAX_LIMIT
from search.request import build_query
from search.whoosh_engine import WhooshEngine, open_engine

K = 10
NAME_CLASSES = frozenset({"PER", "LOC", "ORG"})
TYPED: dict[str, Callable[[str], str]] = {
    "nominative": str,
    "lower case": str.lower,
    "no diacritics": fold,
}

FindAll = Callable[[str], set[int]]
Rank = Callable[[str, int], list[int]]


@dataclass(frozen=True, slots=True)
class NameQuery:
    """A name in the nominative, the texts that mention it so, and all that are right to find."""

    text: str
    relevant: frozenset[int]
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class NameScore:
    """What the search for one name found."""

    text: str
    recall: float
    precision: float
    missed: tuple[int, ...]
    wrong: tuple[int, ...]


def read_names(folder: Path) -> tuple[list[str], list[NameQuery]]:
    """Give the texts, and the names that several of them mention in several forms."""
    texts: list[str] = []
    relevant: dict[tuple[str, str], set[int]] = defaultdict(set)
    forms: dict[tuple[str, str], set[str]] = defaultdict(set)
    entities: dict[tuple[str, str], set[str]] = defaultdict(set)
    texts_of_entity: dict[str, set[int]] = defaultdict(set)
    for path in sorted((folder / "ner").glob("*/*.tsv")):
        raw = folder / "raw" / path.parent.name / f"{path.stem}.txt"
        if not raw.is_file():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        for _, _, form, lemma, kind, entity, *_ in (row for row in rows if len(row) >= 6):
            relevant[lemma, kind].add(len(texts))
            forms[lemma, kind].add(form.lower())
            entities[lemma, kind].add(entity)
            texts_of_entity[entity].add(len(texts))
        texts.append(raw.read_text(encoding="utf-8"))
    queries = [
        NameQuery(lemma, frozenset(found), _union(texts_of_entity, entities[lemma, kind]) | found)
        for (lemma, kind), found in relevant.items()
        if kind in NAME_CLASSES and len(found) >= 3 and len(forms[lemma, kind]) >= 2
    ]
    return texts, queries


def read_questions(folder: Path) -> tuple[list[str], list[tuple[str, int]]]:
    """Give the texts, and questions with the text that answers each."""
    articles = json.loads((folder / "test-A.json").read_text(encoding="utf-8"))["data"]
    numbers: dict[str, int] = {}
    questions = []
    for paragraph in (each for article in articles for each in article["paragraphs"]):
        number = numbers.setdefault(paragraph["context"], len(numbers))
        questions += [(asked["question"], number) for asked in paragraph["qas"]]
    return list(numbers), questions


@contextmanager
def open_texts(texts: Sequence[str]) -> Iterator["TextSearch"]:
    """Index texts, each as a document of one passage, for as long as they are searched."""
    documents = []
    for number, text in enumerate(texts):
        document = make_document(f"t{number}", text, title=f"Tekst {number}")
        [passage] = document.passages
        plain = replace(
            passage, kind="paragraph", section="", headline="", dates=None, date_precision="none"
        )
        plain = replace(plain, countries=(), mentioned=(), pairs=(), sources=())
        documents.append(replace(document, passages=(plain,)))
    with tempfile.TemporaryDirectory() as place:
        update_index(Path(place) / "index", added=[(source_of(each), each) for each in documents])
        engine = open_engine(Path(place) / "index")
        try:
            yield TextSearch(engine)
        finally:
            engine.close()


class TextSearch:
    """The engine over texts that are known by their number."""

    def __init__(self, engine: WhooshEngine) -> None:
        self.engine = engine

    def find_all(self, text: str) -> set[int]:
        """Give the texts that have every word of a query."""
        found: set[int] = set()
        query = replace(build_query({"q": [text]}), limit=MAX_LIMIT, facets=())
        while True:
            results = self.engine.search(replace(query, offset=len(found)))
            if results.relaxed or not results.hits:
                return found
            found.update(int(hit.document.id[1:]) for hit in results.hits)

    def rank(self, text: str, k: int) -> list[int]:
        """Give the first k texts, the best partial matches where none has every word."""
        query = replace(build_query({"q": [text]}), limit=k, facets=())
        return [int(hit.document.id[1:]) for hit in self.engine.search(query).hits]


def score_names(queries: Iterable[NameQuery], find_all: FindAll) -> list[NameScore]:
    """Look for every name and compare what is found with who mentions it."""
    scores = []
    for query in queries:
        found = find_all(query.text)
        scores.append(
            NameScore(
                text=query.text,
                recall=len(found & query.relevant) / len(query.relevant),
                precision=len(found & query.right) / len(found) if found else 0.0,
                missed=tuple(sorted(query.relevant - found)),
                wrong=tuple(sorted(found - query.right)),
            )
        )
    return scores


def score_questions(questions: Iterable[tuple[str, int]], rank: Rank, k: int = K) -> Figures:
    """Ask every question and see where the text that answers it stands."""
    asked = [(str(answer), rank(question, k)) for question, answer in questions]
    return mean_figures([score_ranking(list(map(str, r)), {a: 1}, k) for a, r in asked])


def type_as(queries: Iterable[NameQuery], typed: str) -> list[NameQuery]:
    """Give the queries as people in a hurry type them."""
    return [replace(query, text=TYPED[typed](query.text)) for query in queries]


def mean_scores(scores: Sequence[NameScore]) -> tuple[float, float]:
    """Give mean recall and mean precision."""
    return fmean(score.recall for score in scores), fmean(score.precision for score in scores)


def _union(sets: dict[str, set[int]], names: Iterable[str]) -> frozenset[int]:
    return frozenset().union(*(sets[name] for name in names))


def print_names(folder: Path, stop_words: frozenset[str]) -> None:
    """Write the figures of the names, then the names that fare worst."""
    texts, queries = read_names(folder)
    peer = StempelIndex(texts, stop_words)
    with open_texts(texts) as search:
        print(f"{len(queries)} names in {len(texts)} texts   recall  precision")
        for typed in TYPED:
            asked = type_as(queries, typed)
            scores = score_names(asked, search.find_all)
            print(f"  Kwerenda, {typed:16} {_two(mean_scores(scores))}")
            print(f"  Stempel,  {typed:16} {_two(mean_scores(score_names(asked, peer.find_all)))}")
            for score in sorted(scores, key=lambda each: each.recall)[:12]:
                print(f"    recall {score.recall:.2f}  {score.text}  texts {score.missed[:5]}")
            for score in sorted(scores, key=lambda each: each.precision)[:12]:
                print(f"    precision {score.precision:.2f}  {score.text}  texts {score.wrong[:5]}")


def print_questions(folder: Path, stop_words: frozenset[str]) -> None:
    """Write the figures of the questions."""
    texts, questions = read_questions(folder)
    peer = StempelIndex(texts, stop_words)
    with open_texts(texts) as search:
        print(f"{len(questions)} questions, {len(texts)} texts   recall@{K}    MRR   nDCG")
        for name, rank in (("Kwerenda", search.rank), ("Stempel", peer.rank)):
            figures = score_questions(questions, rank)
            print(f"  {name:26} {figures.recall:10.3f}  {figures.mrr:.3f}  {figures.ndcg:.3f}")


def _two(figures: tuple[float, float]) -> str:
    return f"{figures[0]:8.3f}  {figures[1]:8.3f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=DATA)
    parser.add_argument("--stop-words", type=Path)
    options = parser.parse_args()
    given = read_stop_words(options.stop_words) if options.stop_words else frozenset()
    if not (options.folder / "slavicner").is_dir():
        parser.exit(1, f"There is no evaluation data at {options.folder}.\n")
    print_names(options.folder / "slavicner", given)
    print_questions(options.folder / "poquad", given)
