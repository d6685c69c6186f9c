"""A page of hits: passages with their snippets, marks and reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from corpus.document import Passage
from index.analysis import Entity, Token, keys_of_term
from index.entities import entities_of, find_actors, find_countries_near, sort_entities
from index.tokenizer import compose_form, match_words
from search.evaluate import evaluate
from search.matching import (
    ENTITY_KINDS,
    AnalysedText,
    Mark,
    QueryWord,
    distinct_forms,
    find_marks,
    meeting_key,
    terms_of,
)
from search.postings import PostingSource
from search.query import Forms, Node, SnippetSize, Term
from search.results import DocumentLabel, Hit, Match
from search.snippets import cut_snippets, mark_headline
from search.translate import ClassesOf, translate


@dataclass(frozen=True, slots=True)
class FoundWords:
    """What the words of a query do in one document.

    `weights` are what each adds to its score, `keys_at` the keys of every place that has
    one of theirs.
    """

    weights: Mapping[str, float]
    keys_at: Mapping[int, tuple[str, ...]]


def build_hit(
    passage: Passage,
    document: DocumentLabel,
    score: float,
    root: Node,
    words: Sequence[QueryWord],
    found: FoundWords,
    size: SnippetSize,
) -> Hit:
    """Give a hit with everything that is shown of it.

    Args:
        root: the resolved tree.
        words: its words.
    """
    analysed = recall_analysis(words, passage, found.keys_at)
    marks = find_marks(root, analysed)
    return Hit(
        passage=passage,
        document=document,
        score=score,
        snippets=cut_snippets(passage, marks, size),
        headline_marks=mark_headline(passage, marks),
        why=_explain(words, marks, analysed, found.weights),
    )


def find_words(
    words: Sequence[QueryWord],
    doc_ids: Sequence[int],
    source: PostingSource,
    classes_of: ClassesOf,
) -> list[FoundWords]:
    """Give, for each document, what the words of a query do in it."""
    docs = np.array(doc_ids, dtype=np.uint32)
    weights: list[dict[str, float]] = [{} for _ in doc_ids]
    keys_at: dict[int, dict[int, tuple[str, ...]]] = {doc: {} for doc in doc_ids}
    for word in words:
        scores = evaluate(translate(word, classes_of), source).score_of(docs).tolist()
        for held, score in zip(weights, scores, strict=True):
            held[word.word] = held.get(word.word, 0.0) + score
    for word in terms_of(words):
        if isinstance(word, Term):
            for doc, positions, term in source.occurrences("text", classes_of(word.keys), docs):
                keys_at[doc].update(dict.fromkeys(positions, keys_of_term(term)))
    return list(map(FoundWords, weights, keys_at.values()))


def recall_analysis(
    words: Sequence[QueryWord],
    passage: Passage,
    keys_at: Mapping[int, tuple[str, ...]],
) -> AnalysedText:
    """Give what some words need of the analysis of a passage, as it was when it was indexed."""
    text = passage.text
    terms = terms_of(words)
    forms = [distinct_forms(word.forms) for word in terms if isinstance(word, Forms)]
    # Of the words after the last one that is marked nothing is needed.
    last = None if forms else max(keys_at, default=-1) + 1
    tokens = []
    for at, found in enumerate(islice(match_words(text), last)):
        form = compose_form(found[0]) if forms or at in keys_at else ""
        if at in keys_at or any(form in each for each in forms):
            tokens.append(Token(form, *found.span(), at, keys_at.get(at, ())))
    return AnalysedText(text, tuple(tokens), _find_entities(terms, tokens, passage))


def _find_entities(
    words: Sequence[Term | Forms], tokens: Sequence[Token], passage: Passage
) -> tuple[Entity, ...]:
    """Give the entities of a passage that some words meet its tokens by.

    That they are there is known already: the text around a token tells where each ends, and
    only if it should not, the whole is read.
    """
    met = [
        (token, key)
        for token in tokens
        for word in words
        if isinstance(word, Term) and (key := meeting_key(word, token)).startswith(ENTITY_KINDS)
    ]
    if not met:
        return ()
    mentions = ((actor.id, actor.mentions) for actor in passage.actors)
    spans = dict.fromkeys((token.start, token.end) for token, _ in met)
    countries = find_countries_near(passage.text, spans)
    near = sort_entities([*countries, *find_actors(passage.text, mentions)])
    told = all(
        any(entity.key == key and entity.start <= token.start < entity.end for entity in near)
        for token, key in met
    )
    return near if told else entities_of(passage)


def _explain(
    words: Sequence[QueryWord],
    marks: Sequence[Mark],
    analysed: AnalysedText,
    weights: Mapping[str, float],
) -> tuple[Match, ...]:
    matches = []
    for text in dict.fromkeys(word.word for word in words):
        own = [mark for mark in marks if mark.word == text]
        met = [mark.key.partition(":") for mark in own]
        keys = dict.fromkeys(value for kind, _, value in met if kind != "c")
        countries = dict.fromkeys(value for kind, _, value in met if kind == "c")
        forms = dict.fromkeys(analysed.text[mark.start : mark.end] for mark in own)
        weight = weights.get(text, 0.0)
        matches.append(Match(text, tuple(keys), tuple(countries), tuple(forms), weight))
    return tuple(matches)
