"""How well the analysis finds names and answers, on external evaluation data.

The data are not part of the project: KWERENDA_EVALUATION_DATA names their folder.
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from external_data import DATA
from numpy.typing import NDArray

from index.analysis import analyse_text, analyse_word
from index.tokenizer import split_words

CLASSES = {"PER", "LOC", "ORG"}


def require(folder: str) -> Path:
    path = DATA / folder
    if not path.is_dir():
        pytest.skip(f"no external evaluation data in {path} (KWERENDA_EVALUATION_DATA)")
    return path


class KeyIndex:
    """Term frequencies of every set of keys, with Lucene's BM25 over unions of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.postings: dict[tuple[str, ...], Counter[int]] = defaultdict(Counter)
        lengths = []
        for number, text in enumerate(texts):
            tokens = analyse_text(text)
            lengths.append(len(tokens))
            for token in tokens:
                self.postings[token.keys][number] += 1
        self.lengths = np.array(lengths, np.float64)
        self.classes: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for keys in self.postings:
            for key in keys:
                self.classes[key].append(keys)

    def frequencies(self, keys: Iterable[str]) -> Counter[int]:
        counts: Counter[int] = Counter()
        for found in {found for key in keys for found in self.classes.get(key, ())}:
            counts.update(self.postings[found])
        return counts

    def documents(self, word: str) -> set[int]:
        analysis = analyse_word(word)
        found = set(self.frequencies(analysis.keys))
        if analysis.parts:
            found |= set.intersection(*(set(self.frequencies(part)) for part in analysis.parts))
        return found

    def scores(self, word: str) -> NDArray[np.float64]:
        analysis = analyse_word(word)
        counts = self.frequencies(analysis.keys or [key for part in analysis.parts for key in part])
        scores = np.zeros(len(self.lengths))
        if counts:
            idf = np.log1p((len(self.lengths) - len(counts) + 0.5) / (len(counts) + 0.5))
            documents = np.fromiter(counts, np.intp)
            tf = np.fromiter(counts.values(), np.float64)
            norm = 1.2 * (0.25 + 0.75 * self.lengths[documents] / self.lengths.mean())
            scores[documents] = idf * tf / (tf + norm)
        return scores


def read_mentions() -> tuple[list[str], list[list[tuple[str, str, str, str]]]]:
    """Give the texts and for each its mentions: form, lemma, class, entity."""
    folder = require("slavicner")
    texts, mentions = [], []
    for path in sorted((folder / "ner").glob("*/*.tsv")):
        raw = folder / "raw" / path.parent.name / f"{path.stem}.txt"
        if not raw.is_file():
            continue
        texts.append(raw.read_text(encoding="utf-8"))
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            mentions.append([(r[2], r[3], r[4], r[5]) for r in rows if len(r) >= 6])
    return texts, mentions


def entity_queries(
    mentions: list[list[tuple[str, str, str, str]]],
) -> Iterator[tuple[str, set[int], set[int]]]:
    """Give nominative, documents that name it, and documents that are right to find."""
    relevant = defaultdict(set)
    forms = defaultdict(set)
    entities = defaultdict(set)
    by_entity = defaultdict(set)
    for number, rows in enumerate(mentions):
        for form, lemma, kind, entity in rows:
            relevant[lemma, kind].add(number)
            forms[lemma, kind].add(form.lower())
            entities[lemma, kind].add(entity)
            by_entity[entity].add(number)
    for (lemma, kind), documents in relevant.items():
        if kind in CLASSES and len(documents) >= 3 and len(forms[lemma, kind]) >= 2:
            right = documents.union(*(by_entity[entity] for entity in entities[lemma, kind]))
            yield lemma, documents, right


@pytest.mark.parametrize("typed", ["nominative", "lower case"])
def test_names_are_found_in_every_inflection(typed: str) -> None:
    texts, mentions = read_mentions()
    index = KeyIndex(texts)
    recalls, precisions, missed = [], [], []
    for lemma, relevant, right in entity_queries(mentions):
        query = lemma.lower() if typed == "lower case" else lemma
        found = set.intersection(
            *(index.documents(word.form) for word in split_words(query)), set(range(len(texts)))
        )
        recalls.append(len(found & relevant) / len(relevant))
        precisions.append(len(found & right) / len(found) if found else 0.0)
        missed.append((round(recalls[-1], 2), round(precisions[-1], 2), lemma))
    recall, precision = float(np.mean(recalls)), float(np.mean(precisions))
    print(f"\n{typed}: {len(recalls)} names, recall {recall:.3f}, precision {precision:.3f}")
    print("least recall:", sorted(missed)[:6])
    print("least precision:", sorted(missed, key=lambda row: row[1])[:6])
    assert recall >= 0.99
    assert precision >= 0.92


def test_questions_find_their_passages() -> None:
    data = json.loads((require("poquad") / "test-A.json").read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph for article in data for paragraph in article["paragraphs"]]
    index = KeyIndex(paragraph["context"] for paragraph in paragraphs)
    scores: dict[str, NDArray[np.float64]] = {}
    gains, reciprocals = [], []
    for number, paragraph in enumerate(paragraphs):
        for question in paragraph["qas"]:
            words = {word.form for word in split_words(question["question"])}
            for word in words - scores.keys():
                scores[word] = index.scores(word)
            total = sum((scores[word] for word in words), np.zeros(len(paragraphs)))
            better = int((total > total[number]).sum())
            found = better < 10 and total[number] > 0
            gains.append(1 / np.log2(better + 2) if found else 0.0)
            reciprocals.append(1 / (better + 1) if found else 0.0)
    gain, reciprocal = float(np.mean(gains)), float(np.mean(reciprocals))
    print(f"\n{len(gains)} questions, nDCG@10 {gain:.3f}, MRR@10 {reciprocal:.3f}")
    assert gain >= 0.84
