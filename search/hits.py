"""A page of hits: passages with their snippets, marks and reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.countries.mentions import country_name
from corpus.document import Passage
from search.evaluate import evaluate
from search.matching import AnalysedText, Mark, analyse_passage, find_marks, query_words
from search.postings import PostingSource
from search.query import Forms, Node, Term
from search.results import DocumentLabel, Hit, Match
from search.snippets import cut_snippets, find_windows, mark_headline
from search.translate import ClassesOf, translate


@dataclass(frozen=True, slots=True)
class PassageToShow:
    """A passage with what showing it takes, whatever the query."""

    passage: Passage
    analysed: AnalysedText
    windows: Sequence[tuple[int, int]]


def prepare_passage(passage: Passage, *, with_entities: bool) -> PassageToShow:
    """Analyse a passage, with the entities it names where a query asks for such."""
    analysed = analyse_passage(passage, with_entities=with_entities)
    return PassageToShow(passage, analysed, find_windows(passage))


def build_hit(
    shown: PassageToShow,
    document: DocumentLabel,
    score: float,
    root: Node,
    weights: dict[str, float],
) -> Hit:
    """Give a hit with everything that is shown of it.

    Args:
        root: the resolved tree.
        weights: what each word of the query adds to this hit's score.
    """
    passage = shown.passage
    marks = find_marks(root, shown.analysed)
    return Hit(
        passage=passage,
        document=document,
        score=score,
        snippets=cut_snippets(passage, marks, shown.windows),
        headline_marks=mark_headline(passage, marks),
        why=_explain(query_words(root), marks, shown.analysed, weights),
    )


def weigh_words(
    root: Node, doc_ids: Sequence[int], source: PostingSource, classes_of: ClassesOf
) -> list[dict[str, float]]:
    """Give, for each document, what each word of a query adds to its score."""
    docs = np.array(doc_ids, dtype=np.uint32)
    weights: list[dict[str, float]] = [{} for _ in doc_ids]
    for word in query_words(root):
        scores = evaluate(translate(word, classes_of), source).score_of(docs).tolist()
        for held, score in zip(weights, scores, strict=True):
            held[word.word] = held.get(word.word, 0.0) + score
    return weights


def _explain(
    words: Sequence[Term | Forms],
    marks: Sequence[Mark],
    analysed: AnalysedText,
    weights: dict[str, float],
) -> tuple[Match, ...]:
    matches = []
    for text in dict.fromkeys(word.word for word in words):
        own = [mark for mark in marks if mark.word == text]
        keys = dict.fromkeys(_show_key(mark.key) for mark in own)
        forms = dict.fromkeys(analysed.text[mark.start : mark.end] for mark in own)
        matches.append(Match(text, ", ".join(keys), tuple(forms), weights.get(text, 0.0)))
    return tuple(matches)


def _show_key(key: str) -> str:
    """Give a key without its kind; a country by its name."""
    kind, _, value = key.partition(":")
    return country_name(value, "pl") if kind == "c" else value
