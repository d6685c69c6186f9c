"""Polish text to tokens: every way to find a word stands at that word's one position.

All keys of a form together are its ambiguity class, and the class is the index term: a
word counts once in a passage however many readings it has, and a query word is the union
of the classes that share a key with it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from operator import itemgetter

from index.keys import keys_of, part_keys, split_compound, whole_keys
from index.tokenizer import fold, is_shouted, line_at, split_words

__all__ = [
    "Entity",
    "Token",
    "WordAnalysis",
    "analyse_text",
    "analyse_word",
    "analysis_fingerprint",
    "class_term",
    "fold",
    "keys_by_word",
    "keys_of_term",
]

_ANALYSIS_VERSION = 3
_SEPARATOR = "|"
_CACHED_WORDS = 20_000
_LONGEST_TYPED_ACRONYM = 6
_END = itemgetter(1)


@dataclass(frozen=True, slots=True)
class Entity:
    """A country or an actor named in a text at `[start, end)`; `key` is what finds it."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text; `keys` are sorted and distinct."""

    form: str
    start: int
    end: int
    position: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordAnalysis:
    """What a word of a query is found by.

    For a hyphenated word `keys` are those of the whole, and `parts` the keys of each part:
    a text that has every part, in any order, is about the same thing.
    """

    keys: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...] = ()


def analyse_text(text: str, entities: Sequence[Entity] = ()) -> tuple[Token, ...]:
    """Give the words of a text with their keys; an entity's key joins its first word.

    Capitals are judged line by line: a heading in capitals is not made of acronyms.
    """
    words = tuple(split_words(text))
    named = keys_by_word([(word.start, word.end) for word in words], entities)
    tokens = []
    for position, word in enumerate(words):
        capitals_inside = word.form[1:] != word.form[1:].lower()
        keys = keys_of(word.form, capitals_inside and is_shouted(line_at(text, word.start)))
        if position in named:
            keys = tuple(sorted({*keys, *named[position]}))
        tokens.append(Token(word.form, word.start, word.end, position, keys))
    return tuple(tokens)


@lru_cache(maxsize=_CACHED_WORDS)
def analyse_word(form: str) -> WordAnalysis:
    """Give what one word of a query is found by.

    People type without capitals: a lower-case word is also tried as a name and, when
    short, as an acronym; a word in capitals may be either.

    >>> analyse_word("chiny").keys
    ('l:china', 'l:chiny', 'v:chiny')
    """
    parts = split_compound(form)
    spellings = tuple(_spellings(parts))
    shouted = form.isupper()
    every = tuple(
        _sorted_union(part_keys(spelling, number, shouted) for spelling in spellings)
        for number in range(len(parts))
    )
    if len(parts) == 1:
        short = form.isalpha() and form.islower() and len(form) <= _LONGEST_TYPED_ACRONYM
        acronym = {f"v:{form}"} if short else set()
        return WordAnalysis(_sorted_union([every[0], acronym]))
    return WordAnalysis(
        _sorted_union(whole_keys(spelling, shouted) for spelling in spellings), every
    )


def _spellings(parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give the parts as typed, and as a name would be spelt: Jae-in, Trump-Kim."""
    yield parts
    if all(part.islower() for part in parts):
        yield (parts[0].capitalize(), *parts[1:])
        if len(parts) > 1:
            yield tuple(part.capitalize() for part in parts)


def _sorted_union(sets: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted(set().union(*sets)))


def class_term(keys: Sequence[str]) -> str:
    """Give the index term of a set of keys (sorted and distinct)."""
    return _SEPARATOR.join(keys)


def keys_of_term(term: str) -> tuple[str, ...]:
    """Give the keys that an index term was made of."""
    return tuple(term.split(_SEPARATOR))


def analysis_fingerprint() -> str:
    """Give what the keys depend on: the rules here and the dictionaries behind them."""
    packages = ("morfeusz2", "pystempel", "PyStemmer")
    return " ".join([str(_ANALYSIS_VERSION), *(f"{name}-{version(name)}" for name in packages)])


def keys_by_word(
    spans: Sequence[tuple[int, int]], entities: Iterable[Entity]
) -> dict[int, list[str]]:
    """Give the entity keys for the position of the first word of each entity."""
    named: dict[int, list[str]] = {}
    for entity in entities:
        position = bisect_right(spans, entity.start, key=_END)
        if position < len(spans) and spans[position][0] < entity.end:
            named.setdefault(position, []).append(entity.key)
    return named
