"""Which words of a text a resolved query matches, and by what.

It gives the marks of snippets and of whole documents, and the reasons of a hit. A text that
is not in the index is analysed for it; of a passage that is, the index knows every word.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Passage
from index.analysis import Entity, Token, analyse_text
from index.entities import entities_of, find_named_countries
from search.query import And, Forms, Near, Node, Or, Same, Term

ENTITY_KINDS = ("c:", "a:")
SAME_KIND = "=:"
"""Kind of the key of a mark that a name of the same has made."""

QueryWord = Term | Forms | Same
_CACHED_FORMS = 200
_LETTERS_OF_A_PREPOSITION = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A matched stretch `[start, end)` of a text: the word of the query, the key that met it.

    An `optional` word was asked for by the way, such as a bare preposition.
    """

    start: int
    end: int
    word: str
    key: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """A text's tokens, in order, and the named entities among them.

    What a query does not ask for may be left out of both.
    """

    text: str
    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]


def analyse_passage(passage: Passage) -> AnalysedText:
    """Analyse a passage."""
    entities = entities_of(passage)
    return AnalysedText(passage.text, analyse_text(passage.text, entities), entities)


def analyse_plain(text: str) -> AnalysedText:
    """Analyse a text that is no passage; its countries are recognised, its actors are not."""
    entities = find_named_countries(text)
    return AnalysedText(text, analyse_text(text, entities), entities)


def find_marks(root: Node, analysed: AnalysedText) -> tuple[Mark, ...]:
    """Give the marks of every word that the query asks for, in order of the text."""
    marks = {mark for leaf in _leaves(root) for mark in _find_leaf(leaf, analysed)}
    return tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.word, mark.key)))


def drop_strays(marks: Sequence[Mark], text: str) -> list[Mark]:
    """Leave out what was asked for by the way and stands before nothing that was asked for.

    Prepositions all over a text show nothing. A capital may make a name of a word (*Kim*).
    """
    begins = {mark.start for mark in marks if not mark.optional}
    return [
        mark
        for mark in marks
        if not mark.optional
        or (mark.end + 1 in begins and text[mark.end].isspace())
        or (mark.end - mark.start > _LETTERS_OF_A_PREPOSITION and text[mark.start].isupper())
    ]


def find_occurrences(root: Node, analysed: AnalysedText) -> tuple[tuple[int, int], ...]:
    """Give the stretches that a query matches: a phrase as one, overlapping ones as one.

    Words that are only asked for by the way, such as bare prepositions, are left out.
    """
    marks: list[Mark] = []
    for leaf in _leaves(root):
        if isinstance(leaf, Near):
            for run in _near_runs(leaf, analysed.tokens):
                marks.append(_mark_run("", "", leaf, run, analysed))
        elif not (isinstance(leaf, Term) and leaf.optional):
            marks += _find_leaf(leaf, analysed)
    return merge_spans(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def merge_spans(marks: Sequence[Mark]) -> tuple[tuple[int, int], ...]:
    """Give the marked stretches, overlapping ones as one."""
    spans: list[tuple[int, int]] = []
    for mark in marks:
        if spans and mark.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], mark.end))
        else:
            spans.append((mark.start, mark.end))
    return tuple(spans)


def query_words(root: Node) -> tuple[QueryWord, ...]:
    """Give the distinct words that a query asks for, those of phrases too."""
    words: dict[QueryWord, None] = {}
    for leaf in _leaves(root):
        for word in leaf.words if isinstance(leaf, Near) else (leaf,):
            words.setdefault(word)
    return tuple(words)


def terms_of(words: Sequence[QueryWord]) -> tuple[Term | Forms, ...]:
    """Give the words themselves, in place of names that mean the same those of each name."""
    terms: list[Term | Forms] = []
    for word in words:
        for name in word.names if isinstance(word, Same) else (word,):
            terms += name.words if isinstance(name, Near) else (name,)
    return tuple(terms)


def _leaves(node: Node) -> Iterator[QueryWord | Near]:
    match node:
        case Term(field="text") | Forms() | Near() | Same():
            yield node
        case And(children) | Or(children):
            for child in children:
                yield from _leaves(child)


def _find_leaf(leaf: QueryWord | Near, analysed: AnalysedText) -> Iterator[Mark]:
    if isinstance(leaf, Same):
        for name in leaf.names:
            yield from _find_name(leaf.word, name, analysed)
        return
    if not isinstance(leaf, Near):
        optional = isinstance(leaf, Term) and leaf.optional
        for token in analysed.tokens:
            if key := meeting_key(leaf, token):
                yield _mark(leaf.word, key, token, analysed.entities, optional)
        return
    for run in _near_runs(leaf, analysed.tokens):
        for word, token in zip(leaf.words, run, strict=True):
            yield _mark(word.word, meeting_key(word, token), token, analysed.entities)


def _find_name(typed: str, name: Term | Near, analysed: AnalysedText) -> Iterator[Mark]:
    """Give the marks of a name, each as one, with the name itself for their key."""
    near = name if isinstance(name, Near) else Near((name,))
    key = SAME_KIND + " ".join(word.word for word in near.words)
    for run in _near_runs(near, analysed.tokens):
        yield _mark_run(typed, key, near, run, analysed)


def _mark_run(
    word: str, key: str, near: Near, run: Sequence[Token], analysed: AnalysedText
) -> Mark:
    """Give one mark from the first to the last of the words that a phrase matches."""
    own = [
        _mark(each.word, meeting_key(each, token), token, analysed.entities)
        for each, token in zip(near.words, run, strict=True)
    ]
    return Mark(min(mark.start for mark in own), max(mark.end for mark in own), word, key)


def _near_runs(near: Near, tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Give each run of tokens that a phrase matches, as the evaluator defines it."""
    positions = [token.position for token in tokens]
    for first in tokens:
        if not meeting_key(near.words[0], first):
            continue
        at = first.position
        if not near.slop:
            begin = bisect_left(positions, at)
            run = tokens[begin : begin + len(near.words)]
            if positions[begin : begin + len(near.words)] == [*range(at, at + len(near.words))]:
                pairs = zip(near.words, run, strict=True)
                if all(meeting_key(word, token) for word, token in pairs):
                    yield tuple(run)
            continue
        begin = bisect_left(positions, at - near.slop)
        window = tokens[begin : bisect_right(positions, at + near.slop)]
        others = [[t for t in window if meeting_key(w, t)] for w in near.words[1:]]
        if all(others):
            nearest = (
                min(found, key=lambda t: abs(t.position - first.position)) for found in others
            )
            yield (first, *nearest)


def meeting_key(word: Term | Forms, token: Token) -> str:
    """Give the key by which a word meets a token, or nothing."""
    if isinstance(word, Forms):
        return f"f:{token.form}" if token.form in distinct_forms(word.forms) else ""
    for key in word.keys:
        if key in token.keys:
            return key
    return ""


@lru_cache(maxsize=_CACHED_FORMS)
def distinct_forms(forms: tuple[str, ...]) -> frozenset[str]:
    """Give forms as a set: a wildcard has many, and every word of a passage is compared."""
    return frozenset(forms)


def _mark(
    word: str, key: str, token: Token, entities: Sequence[Entity], optional: bool = False
) -> Mark:
    for entity in entities:
        if entity.key == key and entity.start <= token.start < entity.end:
            return Mark(entity.start, entity.end, word, key, optional)
    return Mark(token.start, token.end, word, key, optional)
