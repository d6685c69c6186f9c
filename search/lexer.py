"""A query's text as a flat list of lexemes. Nothing a user types makes it fail."""

import re
from dataclasses import dataclass
from typing import Literal

LexemeKind = Literal[
    "word", "phrase", "exact", "field", "and", "or", "not", "plus", "minus", "(", ")"
]

# The quotation marks that people and word processors use for a phrase.
QUOTES = str.maketrans("„”“«»", '"""""')

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff\ud800-\udfff]"
)
_TOKEN = re.compile(
    r"""
    (?P<exact>=\s*"(?P<exact_text>[^"]*)"(?P<exact_open>$)?)
  | "(?P<phrase>[^"]*)"(?:~(?P<slop>\d{1,3}))?
  | (?P<field>[^\W\d_]+):(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s()"]+))
  | (?P<paren>[()])
  | (?P<sign>[+-])(?=[^\s+\-()]|\()
  | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
_OPERATORS: dict[str, LexemeKind] = {
    "AND": "and",
    "OR": "or",
    "NOT": "not",
    "&&": "and",
    "||": "or",
}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of a query, at its characters `[start, stop)`.

    `text` is a word, the inside of quotes, or a field's value.
    """

    start: int
    stop: int
    kind: LexemeKind
    text: str = ""
    field: str = ""
    slop: int = 0


def clean_text(text: str) -> str:
    """Give a text with a blank for each invisible control character."""
    return _CONTROL.sub(" ", text)


def balance_quotes(text: str) -> tuple[str, bool]:
    """Unify quotation marks and close the last open one; say whether one was open."""
    text = text.translate(QUOTES)
    if text.count('"') % 2 == 0:
        return text, False
    last = text.rindex('"')
    if not text[last + 1 :].strip():
        return text[:last] + " " + text[last + 1 :], True
    return text + '"', True


def read_lexemes(text: str) -> list[Lexeme]:
    """Split balanced query text; characters that mean nothing here are passed over."""
    lexemes: list[Lexeme] = []
    for found in _TOKEN.finditer(text):
        at = found.span()
        if found["exact"]:
            lexemes.append(Lexeme(*at, "exact", found["exact_text"]))
        elif found["phrase"] is not None:
            lexemes.append(Lexeme(*at, "phrase", found["phrase"], slop=int(found["slop"] or 0)))
        elif found["field"]:
            value = found["quoted"] if found["quoted"] is not None else found["value"]
            lexemes.append(Lexeme(*at, "field", value, field=found["field"].lower()))
        elif found["paren"]:
            lexemes.append(Lexeme(*at, "(" if found["paren"] == "(" else ")"))
        elif found["sign"]:
            lexemes.append(Lexeme(*at, "plus" if found["sign"] == "+" else "minus"))
        else:
            word = found["word"]
            lexemes.append(Lexeme(*at, _OPERATORS.get(word, "word"), word))
    return lexemes
