"""The sides of a heading that sets countries against each other: "A – B, C"."""

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.countries.gazetteer import load_country_words
from corpus.countries.inflection import inflect_name
from corpus.countries.mentions import find_countries

Side = tuple[str, ...]
"""Countries that stand together in a heading."""

_SIDES = re.compile(r"\s+[-–—]\s+|\s*[–—]\s*|\s+(?:a|wobec|kontra)\s+", re.IGNORECASE)


@lru_cache(maxsize=1024)
def read_sides(heading: str) -> tuple[Side, ...]:
    """Give the sides of a heading that sets countries against each other, or nothing.

    >>> read_sides("III. KRAJE BAŁTYCKIE – POLSKA, NIEMCY")
    (('EE', 'LT', 'LV'), ('PL', 'DE'))
    >>> read_sides("Stosunki czesko-słowackie")
    (('CZ',), ('SK',))
    """
    sides = [side for part in _SIDES.split(heading) if (side := _read_side(part))]
    if len(sides) > 1:
        return tuple(sides)
    codes = distinct(mention.code for mention in find_countries(heading))
    return ((codes[0],), (codes[1],)) if len(codes) == 2 else ()


def _read_side(part: str) -> Side:
    folded = part.casefold()
    regions = (
        codes
        for name, codes in load_country_words().regions.items()
        if any(" ".join(words).casefold() in folded for words in inflect_name(name))
    )
    named = (mention.code for mention in find_countries(part))
    return distinct([code for codes in regions for code in codes] or named)


def distinct(codes: Iterable[str]) -> Side:
    """Give codes once each, in order."""
    return tuple(dict.fromkeys(codes))
