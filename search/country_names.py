"""Which words of a query name a country, and which only what stands for one."""

from collections.abc import Iterator
from functools import lru_cache

from corpus.countries.lexicon import restore_name
from corpus.countries.mentions import equal_names, find_countries
from corpus.morphology import analyse
from index.analysis import analyse_word

NAMES = frozenset({"name", "abbreviation"})
SEATS = frozenset({"capital", "metonym"})
"""Capitals, and what a government is called by: related to a country, not equal to it."""
_CACHED_NAMES = 10_000


def find_country_names(
    words: tuple[str, ...], kinds: frozenset[str] = NAMES
) -> Iterator[tuple[int, int, str]]:
    """Give `(first word, word after the last, code)` of each country named in some way.

    People type names in lower case and without diacritics, so what was typed is tried first,
    then capitalised and as the name is spelt, and an abbreviation, when the word is nothing
    else, in capitals.
    """
    taken = 0
    for at in range(len(words)):
        if at < taken:
            continue
        for end in range(min(len(words), at + 4), at, -1):
            code, kind = _country_named(" ".join(words[at:end]))
            if kind in kinds:
                yield at, end, code
                taken = end
                break


def other_names(code: str, typed: str) -> tuple[str, ...]:
    """Give the names of a country other than the one that was typed, inflected or not."""
    own = _keys_of_words(typed)
    return tuple(name for name in equal_names(code) if not _is_inflected(own, name))


def _is_inflected(own: list[set[str]], name: str) -> bool:
    others = _keys_of_words(name)
    return len(own) == len(others) and all(
        one & other for one, other in zip(own, others, strict=True)
    )


def _keys_of_words(text: str) -> list[set[str]]:
    return [set(analyse_word(word).keys) for word in text.split()]


@lru_cache(maxsize=_CACHED_NAMES)
def _country_named(text: str) -> tuple[str, str]:
    """Give the country that a text as a whole names, and by what kind of name."""
    spellings = [text, text.title(), restore_name(text)]
    if " " not in text and not any(r.lemma.islower() for r in analyse(text.lower())):
        spellings.append(text.upper())
    for spelling in spellings:
        for mention in find_countries(spelling):
            whole = (mention.start, mention.end) == (0, len(spelling))
            if whole and mention.kind in NAMES | SEATS:
                return mention.code, mention.kind
    return "", ""
