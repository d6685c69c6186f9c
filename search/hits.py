"""A page of hits: passages with their snippets, marks and reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from corpus.countries.mentions import country_name
from corpus.document import Passage
from index.analysis import Entity, Token, keys_of_term
from index.entities import entities_of, find_actors, find_countries_near, sort_entities
from index.tokenizer import compose_form, word_spans
from search.evaluate import evaluate
from search.matching import (
    ENTITY_KINDS,
    AnalysedText,
    Mark,
    find_marks,
    meeting_key,
    query_words,
)
from search.postings import PostingSource
from search.query import Forms, Node, Term
from search.results import DocumentLabel, Hit, Match, Snippet
from search.snippets import cut_beginning, cut_snippets, find_windows, mark_headline
from search.translate import ClassesOf, translate


class PassageToShow:
    """A passage with what showing it may take, whatever the query; found when first needed."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Give where the words are."""
        return tuple(word_spans(self.passage.text))

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Give the words as they are spelt."""
        text = self.passage.text
        return tuple(compose_form(text[start:end]) for start, end in self.spans)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Give the countries and the actors it names, which takes longer than all the rest."""
        return entities_of(self.passage)

    @cached_property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """Give the windows that fragments are chosen from."""
        return tuple(find_windows(self.passage))

    @cached_property
    def beginning(self) -> tuple[Snippet, ...]:
        """Give what is shown where there is nothing to mark."""
        return cut_beginning(self.passage)


@dataclass(frozen=True, slots=True)
class FoundWords:
    """What the words of a query do in one document.

    `weights` are what each adds to its score, `keys_at` the keys of every place that has
    one of theirs.
    """

    weights: Mapping[str, float]
    keys_at: Mapping[int, tuple[str, ...]]


def build_hit(
    shown: PassageToShow,
    document: DocumentLabel,
    score: float,
    root: Node,
    found: FoundWords,
) -> Hit:
    """Give a hit with everything that is shown of it.

    Args:
        root: the resolved tree.
    """
    passage = shown.passage
    words = query_words(root)
    analysed = _recall_analysis(words, shown, found.keys_at)
    marks = find_marks(root, analysed)
    return Hit(
        passage=passage,
        document=document,
        score=score,
        snippets=cut_snippets(passage, marks, shown.windows) if marks else shown.beginning,
        headline_marks=mark_headline(passage, marks),
        why=_explain(words, marks, analysed, found.weights),
    )


def find_words(
    root: Node, doc_ids: Sequence[int], source: PostingSource, classes_of: ClassesOf
) -> list[FoundWords]:
    """Give, for each document, what the words of a query do in it."""
    ids = tuple(doc_ids)
    docs = np.array(ids, dtype=np.uint32)
    weights: list[dict[str, float]] = [{} for _ in doc_ids]
    keys_at: dict[int, dict[int, tuple[str, ...]]] = {doc: {} for doc in doc_ids}
    for word in query_words(root):
        scores = evaluate(translate(word, classes_of), source).score_of(docs).tolist()
        for held, score in zip(weights, scores, strict=True):
            held[word.word] = held.get(word.word, 0.0) + score
        if isinstance(word, Term):
            for doc, positions, term in source.occurrences("text", classes_of(word.keys), ids):
                keys_at[doc].update(dict.fromkeys(positions, keys_of_term(term)))
    return list(map(FoundWords, weights, keys_at.values()))


def _recall_analysis(
    words: Sequence[Term | Forms],
    shown: PassageToShow,
    keys_at: Mapping[int, tuple[str, ...]],
) -> AnalysedText:
    """Give what some words need of the analysis of a passage, as it was when it was indexed."""
    text = shown.passage.text
    forms = {form for word in words if isinstance(word, Forms) for form in word.forms}
    places = set(keys_at)
    if forms:
        places.update(at for at, form in enumerate(shown.forms) if form in forms)
    tokens = []
    for at in sorted(places):
        start, end = shown.spans[at]
        tokens.append(Token(compose_form(text[start:end]), start, end, at, keys_at.get(at, ())))
    return AnalysedText(text, tuple(tokens), _find_entities(words, tokens, shown))


def _find_entities(
    words: Sequence[Term | Forms], tokens: Sequence[Token], shown: PassageToShow
) -> tuple[Entity, ...]:
    """Give the entities of a passage that some words meet its tokens by.

    That they are there is known already: the text around a token tells where each ends, and
    only if it should not, the whole is read.
    """
    met = [
        (token, key)
        for token in tokens
        for word in words
        if (key := meeting_key(word, token)).startswith(ENTITY_KINDS)
    ]
    if not met:
        return ()
    passage = shown.passage
    mentions = ((actor.id, actor.mentions) for actor in passage.actors)
    spans = dict.fromkeys((token.start, token.end) for token, _ in met)
    countries = find_countries_near(passage.text, spans)
    near = sort_entities([*countries, *find_actors(passage.text, mentions)])
    told = all(
        any(entity.key == key and entity.start <= token.start < entity.end for entity in near)
        for token, key in met
    )
    return near if told else shown.entities


def _explain(
    words: Sequence[Term | Forms],
    marks: Sequence[Mark],
    analysed: AnalysedText,
    weights: Mapping[str, float],
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
