"""A query's text with one of its pieces changed or gone, the rest as it was typed."""

import re

from search.lexer import Lexeme, balance_quotes, clean_text, read_lexemes
from search.parser import TypedField, parse_query

_SIGNS = ("minus", "plus", "not")
_OPERATORS = ("and", "or")


def list_typed_fields(text: str) -> tuple[TypedField, ...]:
    """Give the fields that a query demands or excludes, in order."""
    return parse_query(text).fields


def cut_field(text: str, field: TypedField) -> str:
    """Give a query without a field, its signs, and the operators and brackets left empty.

    >>> text = "(rosja OR japonia) AND NOT para:JP-RU"
    >>> cut_field(text, *list_typed_fields(text))
    '(rosja OR japonia)'
    """
    lexemes = _read(text)
    at = next(number for number, each in enumerate(lexemes) if each.start == field.start)
    first, stop = _widen(lexemes, at, at + 1)
    before, after = text[: lexemes[first].start], text[lexemes[stop - 1].stop :]
    if before.endswith("(") or after.startswith(")"):
        return (before.rstrip() + after.lstrip()).strip()
    return f"{before.rstrip()} {after.lstrip()}".strip()


def drop_fields(text: str) -> str:
    """Give a query without any of its fields."""
    text = text.strip()
    while fields := list_typed_fields(text):
        for field in reversed(fields):
            text = cut_field(text, field)
    return text


def put_into(asked: str, word: str, offer: str) -> str:
    """Give the asked query with what a note offers for one of its words.

    What cannot stand in a quotation replaces a quoted name as a whole; of a longer
    quotation, the forms are asked for as typed. Values of fields are left alone.

    >>> put_into('kraj:japonia "rozmowy japonia"', "japonia", '"japonia"')
    'kraj:japonia ="rozmowy japonia"'
    """
    if not offer or not word:
        return offer
    lexemes = _read(asked)
    changes: dict[int, tuple[int, str]] = {}
    for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", asked):
        inside = next((each for each in lexemes if each.start <= found.start() < each.stop), None)
        if inside and inside.kind == "phrase" and '"' in offer:
            whole = offer if inside.text == word else f'="{inside.text}"'
            changes[inside.start] = (inside.stop, whole)
        elif inside and inside.kind != "field":
            changes[found.start()] = (found.end(), offer)
    for start, (stop, piece) in reversed(changes.items()):
        asked = asked[:start] + piece + asked[stop:]
    return asked if changes else offer


def _read(text: str) -> list[Lexeme]:
    return read_lexemes(balance_quotes(clean_text(text))[0])


def _widen(lexemes: list[Lexeme], first: int, stop: int) -> tuple[int, int]:
    """Give the lexemes `[first, stop)` with those around them that mean nothing on their own."""

    def kind(number: int) -> str:
        return lexemes[number].kind if 0 <= number < len(lexemes) else ""

    while kind(first - 1) in _SIGNS:
        first -= 1
    before, after = kind(first - 1), kind(stop)
    if before == "(" and after in (")", ""):
        return _widen(lexemes, first - 1, stop + (after == ")"))
    # Of two operators that meet, OR is the one that still separates something.
    if (before in _OPERATORS and after in (")", "")) or (before == "and" and after in _OPERATORS):
        return first - 1, stop
    if after in _OPERATORS and before in ("or", "(", ""):
        return first, stop + 1
    return first, stop
