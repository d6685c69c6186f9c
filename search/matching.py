"""Which words of a text a resolved query matches, and by what.

The same analysis as the index's, on the one text that is shown: it gives the marks of
snippets and of whole documents, and the reasons of a hit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Passage
from index.analysis import Entity, Token, analyse_text
from index.entities import entities_of, find_named_countries
from search.query import And, Forms, Near, Node, Or, Term

ENTITY_KINDS = ("c:", "a:")


@dataclass(frozen=True, slots=True)
class Mark:
    """A matched stretch `[start, end)` of a text: the word of the query, the key that met it."""

    start: int
    end: int
    word: str
    key: str


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """A text's tokens and the named entities among them."""

    text: str
    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]


def names_entities(root: Node) -> bool:
    """Tell whether a query asks for anything that texts only have through what they name."""
    words = (word for word in query_words(root) if isinstance(word, Term))
    return any(key.startswith(ENTITY_KINDS) for word in words for key in word.keys)


def analyse_passage(passage: Passage, *, with_entities: bool = True) -> AnalysedText:
    """Analyse a passage; finding the entities it names takes longer than all the rest."""
    entities = entities_of(passage) if with_entities else ()
    return AnalysedText(passage.text, analyse_text(passage.text, entities), entities)


def analyse_plain(text: str) -> AnalysedText:
    """Analyse a text that is no passage; its countries are recognised, its actors are not."""
    entities = find_named_countries(text)
    return AnalysedText(text, analyse_text(text, entities), entities)


def find_marks(root: Node, analysed: AnalysedText) -> tuple[Mark, ...]:
    """Give the marks of every word that the query asks for, in order of the text."""
    marks = {mark for leaf in _leaves(root) for mark in _find_leaf(leaf, analysed)}
    return tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.word, mark.key)))


def merge_spans(marks: Sequence[Mark]) -> tuple[tuple[int, int], ...]:
    """Give the marked stretches, overlapping ones as one."""
    spans: list[tuple[int, int]] = []
    for mark in marks:
        if spans and mark.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], mark.end))
        else:
            spans.append((mark.start, mark.end))
    return tuple(spans)


def query_words(root: Node) -> tuple[Term | Forms, ...]:
    """Give the distinct words that a query asks for, those of phrases too."""
    words: dict[Term | Forms, None] = {}
    for leaf in _leaves(root):
        for word in leaf.words if isinstance(leaf, Near) else (leaf,):
            words.setdefault(word)
    return tuple(words)


def _leaves(node: Node) -> Iterator[Term | Forms | Near]:
    match node:
        case Term(field="text") | Forms() | Near():
            yield node
        case And(children) | Or(children):
            for child in children:
                yield from _leaves(child)


def _find_leaf(leaf: Term | Forms | Near, analysed: AnalysedText) -> Iterator[Mark]:
    if not isinstance(leaf, Near):
        for token in _meeting(leaf, analysed.tokens):
            yield _mark(leaf.word, _meeting_key(leaf, token), token, analysed.entities)
        return
    for run in _near_runs(leaf, analysed.tokens):
        for word, token in zip(leaf.words, run, strict=True):
            yield _mark(word.word, _meeting_key(word, token), token, analysed.entities)


def _near_runs(near: Near, tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Give each run of tokens that a phrase matches, as the evaluator defines it."""
    for first in _meeting(near.words[0], tokens):
        at = first.position
        if not near.slop:
            run = tokens[at : at + len(near.words)]
            pairs = zip(near.words, run, strict=False)
            if len(run) == len(near.words) and all(_meeting_key(w, t) for w, t in pairs):
                yield tuple(run)
            continue
        window = tokens[max(0, at - near.slop) : at + near.slop + 1]
        others = [[t for t in window if _meeting_key(w, t)] for w in near.words[1:]]
        if all(others):
            nearest = (
                min(found, key=lambda t: abs(t.position - first.position)) for found in others
            )
            yield (first, *nearest)


def _meeting(word: Term | Forms, tokens: Sequence[Token]) -> Iterator[Token]:
    """Give the tokens that a word meets."""
    if isinstance(word, Forms):
        forms = set(word.forms)
        return (token for token in tokens if token.form in forms)
    apart = set(word.keys).isdisjoint
    return (token for token in tokens if not apart(token.keys))


def _meeting_key(word: Term | Forms, token: Token) -> str:
    """Give the key by which a word meets a token, or nothing."""
    if isinstance(word, Forms):
        return f"f:{token.form}" if token.form in word.forms else ""
    return next((key for key in word.keys if key in token.keys), "")


def _mark(word: str, key: str, token: Token, entities: Sequence[Entity]) -> Mark:
    for entity in entities:
        if entity.key == key and entity.start <= token.start < entity.end:
            return Mark(entity.start, entity.end, word, key)
    return Mark(token.start, token.end, word, key)
