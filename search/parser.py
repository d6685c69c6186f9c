"""The query language: a user's text becomes a tree, whatever the text.

    rosja ukraina            both words, any inflection
    "wzajemne uznawanie"     a phrase, any inflection      "japonia rosja"~5   within 5 words
    ="Rosji"                 exactly this form             morgul*   zeł?nski   zelnski~
    rosja AND (japonia OR korea) NOT chiny                 -chiny   +w
    para:JP-RU   kraj:KR   aktor:"Lee Yang-gu"   rodzaj:wydarzenie   data:2018-10

What cannot be meant is repaired, and a note says what was repaired.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain

from index.fields import field_named
from search.lexer import Lexeme, balance_quotes, clean_text, read_lexemes
from search.query import (
    MAX_TEXT_CHARS,
    All,
    And,
    Exact,
    Field,
    Node,
    Not,
    Note,
    Or,
    Phrase,
    Word,
)
from search.typed_words import WordReader, strip_edges
from search.values import BadValue, canonical_value

MAX_LEAVES = 64
MAX_DEPTH = 16
_CACHED_TEXTS = 2_000


@dataclass(frozen=True, slots=True)
class TypedField:
    """A field as typed: where it stands, its value canonical and as it was written."""

    start: int
    field: str
    value: str
    written: str
    excluded: bool


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A text's tree, notes on what was repaired to make one, and its fields."""

    root: Node
    notes: tuple[Note, ...]
    fields: tuple[TypedField, ...] = ()


def parse_query(text: str) -> ParsedQuery:
    """Read a query; never fails."""
    # One character too many is enough to tell that a text is too long.
    return _parse(text[: MAX_TEXT_CHARS + 1], date.today())


@lru_cache(maxsize=_CACHED_TEXTS)
def _parse(text: str, today: date) -> ParsedQuery:
    notes: list[Note] = []
    cleaned = clean_text(text)
    if cleaned != text:
        notes.append(Note("control_characters"))
    if len(cleaned) > MAX_TEXT_CHARS:
        cleaned = cleaned[:MAX_TEXT_CHARS]
        notes.append(Note("too_long", (str(MAX_TEXT_CHARS),)))
    cleaned, was_open = balance_quotes(cleaned)
    if was_open:
        notes.append(Note("unbalanced_quotes", query=cleaned.replace('"', " ").strip()))
    parser = _Parser(read_lexemes(cleaned), notes, today)
    root = parser.read_all()
    if isinstance(root, All) and cleaned.strip():
        notes.append(Note("empty_after_repair", (text.strip()[:80],)))
    return ParsedQuery(root, tuple(dict.fromkeys(notes)), tuple(parser.fields))


class _Parser:
    """A recursive descent over lexemes that skips what has no meaning where it stands."""

    def __init__(self, lexemes: list[Lexeme], notes: list[Note], today: date) -> None:
        self._lexemes = lexemes
        self._at = 0
        self._notes = notes
        self._today = today
        self._leaves = 0
        self._negated = False
        self.fields: list[TypedField] = []
        self._words = WordReader(self._note)

    def read_all(self) -> Node:
        parts: list[Node] = []
        while self._at < len(self._lexemes):
            node = self._read_or(depth=0)
            if node is not None:
                parts.append(node)
            if self._peek() == ")":
                self._at += 1
                self._note("unbalanced_parentheses")
        return _conjunction(parts)

    def _read_or(self, depth: int) -> Node | None:
        alternatives: list[Node] = []
        while True:
            node = self._read_and(depth)
            if node is not None:
                alternatives.append(node)
            if self._peek() != "or":
                break
            self._at += 1
            if node is None or self._peek() in {"", ")"}:
                self._note("dangling_operator", "OR")
        if len(alternatives) > 1:
            return Or(tuple(alternatives))
        return alternatives[0] if alternatives else None

    def _read_and(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while (kind := self._peek()) not in {"", "or", ")"}:
            if kind == "and":
                self._at += 1
                if not parts or self._peek() in {"", "or", ")", "and"}:
                    self._note("dangling_operator", "AND")
                continue
            node = self._read_unary(depth)
            if node is not None:
                parts.append(node)
        return _conjunction(parts) if parts else None

    def _read_unary(self, depth: int) -> Node | None:
        negated = False
        while (kind := self._peek()) in {"not", "minus"}:
            self._at += 1
            negated = not negated
            if self._peek() in {"", "or", "and", ")"}:
                self._note("dangling_operator", "NOT")
                return None
        self._negated ^= negated
        node = self._read_atom(kind, depth)
        self._negated ^= negated
        return Not(node) if negated and node is not None else node

    def _read_atom(self, kind: str, depth: int) -> Node | None:
        if kind == "plus":
            self._at += 1
            child = self._read_unary(depth) if self._peek() not in {"", ")"} else None
            # A phrase of one word is required even where a bare function word is not.
            return Phrase((child.text,)) if isinstance(child, Word) else child
        if kind == "(":
            self._at += 1
            if depth >= MAX_DEPTH:
                self._note("too_deep", str(MAX_DEPTH))
                return None
            node = self._read_or(depth + 1)
            if self._peek() == ")":
                self._at += 1
            else:
                self._note("unbalanced_parentheses")
            return node
        return self._read_leaf()

    def _read_leaf(self) -> Node | None:
        lexeme = self._lexemes[self._at]
        self._at += 1
        node = self._leaf_of(lexeme)
        if node is None:
            return None
        self._leaves += 1
        if self._leaves > MAX_LEAVES:
            self._note("too_many_words", str(MAX_LEAVES))
            return None
        if isinstance(node, Field):
            at, written = lexeme.start, lexeme.text
            self.fields.append(TypedField(at, node.field, node.value, written, self._negated))
        return node

    def _leaf_of(self, lexeme: Lexeme) -> Node | None:
        match lexeme.kind:
            case "phrase":
                read = chain.from_iterable(map(self._words.read, self._split(lexeme.text)))
                parts = tuple(word.text if isinstance(word, Word) else word for word in read)
                return Phrase(parts, lexeme.slop) if parts else None
            case "exact":
                if "~" in lexeme.text:
                    self._note("stray_tilde", f'="{lexeme.text}"')
                forms = [*map(strip_edges, self._split(lexeme.text.replace("~", " ")))]
                return Exact(" ".join(forms)) if forms else None
            case "field":
                return self._read_field(lexeme)
            case _:
                words = tuple(self._words.read(lexeme.text))
                return _conjunction(words) if words else None

    def _split(self, text: str) -> list[str]:
        words = [word for word in text.split() if strip_edges(word)]
        if len(words) > MAX_LEAVES:
            self._note("too_many_words", str(MAX_LEAVES))
        return words[:MAX_LEAVES]

    def _read_field(self, lexeme: Lexeme) -> Node | None:
        spec = field_named(lexeme.field)
        if spec is None:
            # "Moskwa:" in a pasted sentence is a word, not a field.
            words = [Word(w) for part in (lexeme.field, lexeme.text) if (w := strip_edges(part))]
            return _conjunction(words)
        try:
            return Field(spec.name, canonical_value(spec.name, lexeme.text, self._today))
        except BadValue as err:
            self._note("bad_value", lexeme.field, lexeme.text, str(err))
            return None

    def _peek(self) -> str:
        return self._lexemes[self._at].kind if self._at < len(self._lexemes) else ""

    def _note(self, code: str, *values: str) -> None:
        self._notes.append(Note(code, values))


def _conjunction(parts: Sequence[Node]) -> Node:
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.children if isinstance(part, And) else (part,))
    if not flat:
        return All()
    return flat[0] if len(flat) == 1 else And(tuple(flat))
