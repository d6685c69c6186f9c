"""Actors measured against external evaluation data; run with `-s` to see the figures."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from external_data import DATA

from corpus.actors.recognition import find_actors
from corpus.document import Actor


@dataclass
class Score:
    """Counts of what was right, what was found and what should have been."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, right: int, found: int, wanted: int) -> None:
        self.right += right
        self.found += found
        self.wanted += wanted

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.wanted)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.found + self.wanted)

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f} of {self.wanted}"


def agree_by_half(left: str, right: str) -> bool:
    """Tell whether at least half of the words of the longer name agree."""
    words, others = (Counter(re.findall(r"\w+", name.lower())) for name in (left, right))
    return 2 * (words & others).total() >= max(words.total(), others.total(), 1)


def count_pairs(found: Iterable[frozenset[str]], wanted: Iterable[frozenset[str]]) -> int:
    """Count the one-to-one pairs of names that agree by half."""
    left = list(wanted)
    right = 0
    for names in found:
        match = next((w for w in left if any(agree_by_half(a, b) for a in names for b in w)), None)
        if match is not None:
            left.remove(match)
            right += 1
    return right


@pytest.mark.parametrize(
    ("name", "persons_f1", "organisations_f1"),
    [("monitor", 0.95, 0.85), ("bulletin", 0.95, 0.85)],
)
def test_actors_of_annotated_documents(
    name: str, persons_f1: float, organisations_f1: float
) -> None:
    path = DATA / "gold" / f"{name}.json"
    if not path.is_file():
        pytest.skip(f"no evaluation data at {path}")
    passages = json.loads(path.read_text(encoding="utf-8"))["passages"]
    persons, organisations = Score(), Score()
    answers = find_actors([passage["text"] for passage in passages])
    for passage, answer in zip(passages, answers, strict=True):
        wanted = [actor for actor in passage["actors"] if actor["type"] == "person"]
        names = {actor["name"] for actor in wanted}
        found = {actor.name for actor in answer.actors if actor.kind == "person"}
        persons.add(len(names & found), len(found), len(names))
        groups = [
            frozenset({actor["name"], *actor.get("aliases", ())})
            for actor in passage["actors"]
            if actor["type"] != "person"
        ]
        candidates = [frozenset({a.name}) for a in answer.actors if a.kind == "organisation"]
        organisations.add(count_pairs(candidates, groups), len(candidates), len(groups))
    print(f"\n{name}: persons {persons}; organisations {organisations}")
    assert persons.f1 >= persons_f1
    assert organisations.f1 >= organisations_f1


def named_in_full(actor: Actor) -> bool:
    """Tell whether some mention of a person is more than a surname."""
    return any(" " in mention for mention in actor.mentions)


def gather_organisations(actors: Iterable[Actor]) -> dict[str, set[str]]:
    """Give the organisations of a document by name, with the acronyms that it uses for them."""
    gathered: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        if actor.kind == "organisation":
            gathered[actor.name].update(m for m in actor.mentions if m.isupper())
    return gathered


def read_annotated(topic: str) -> Iterator[tuple[str, set[str], dict[str, str]]]:
    """Give each text with its persons' names and its organisations' names by entity."""
    for path in sorted((DATA / "slavicner" / "raw" / topic).glob("*.txt")):
        annotations = DATA / "slavicner" / "ner" / topic / f"{path.stem}.tsv"
        persons, organisations = set(), {}
        for line in annotations.read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) < 6:
                continue
            _, _, _, lemma, kind, entity = fields[:6]
            if kind == "PER" and len(lemma.split()) > 1:
                persons.add(lemma.lower())
            elif kind == "ORG":
                organisations[lemma] = entity
        yield path.read_text(encoding="utf-8"), persons, organisations


@pytest.mark.parametrize(
    ("topic", "persons_f1", "organisations_f1"),
    [("brexit", 0.9, 0.74), ("nord_stream", 0.92, 0.8)],
)
def test_actors_of_news(topic: str, persons_f1: float, organisations_f1: float) -> None:
    if not (DATA / "slavicner" / "raw" / topic).is_dir():
        pytest.skip(f"no evaluation data at {DATA / 'slavicner' / 'raw' / topic}")
    documents = list(read_annotated(topic))
    lemmas: dict[str, set[str]] = defaultdict(set)
    for _, _, organisations in documents:
        for lemma, entity in organisations.items():
            lemmas[entity].add(lemma)
    persons_score, organisations_score = Score(), Score()
    for text, persons, organisations in documents:
        paragraphs = [line for line in text.splitlines() if line.strip()]
        actors = [actor for answer in find_actors(paragraphs) for actor in answer.actors]
        found = {a.name.lower() for a in actors if a.kind == "person" and named_in_full(a)}
        persons_score.add(len(found & persons), len(found), len(persons))
        groups = [frozenset(lemmas[entity]) for entity in sorted(set(organisations.values()))]
        candidates = [
            frozenset({name, *acronyms})
            for name, acronyms in sorted(gather_organisations(actors).items())
            if not name.startswith("Rząd ")  # These annotations leave governments out.
        ]
        organisations_score.add(count_pairs(candidates, groups), len(candidates), len(groups))
    print(f"\n{topic}: persons {persons_score}; organisations {organisations_score}")
    assert persons_score.f1 >= persons_f1
    assert organisations_score.f1 >= organisations_f1
