"""A stem for foreign names, whose Polish case endings no dictionary has."""

_SHORTEST_STEM = 2
_SHORTEST_ADJECTIVE_STEM = 3

_SOFTENED = (
    ("owej", "ow"),
    ("ewej", "ew"),
    ("inej", "in"),
    ("kiem", "k"),
    ("giem", "g"),
    ("ście", "st"),
    ("dzie", "d"),
    ("dze", "g"),
    ("cie", "t"),
    ("rze", "r"),
    ("ce", "k"),
)
"""Feminine names that go like adjectives, Zacharowej of Zacharowa, and locatives whose last
consonant changes: Tokunadze of Tokunaga, Petrence of Petrenko. Only k and g are softened by
an i that is not the name's own: Parkiem of Park, but Rubiem of Rubio."""

_ENDINGS = (
    *("iego", "iemu", "owie"),
    *("ego", "emu", "owi"),
    *("em", "ym", "im", "ie"),
    *("ą", "ę", "y", "i", "a", "o", "u", "e"),
)
_ADJECTIVE_ENDINGS = frozenset({"iego", "iemu", "ego", "emu", "ym", "im"})
"""Endings of Rutte and Kono; too much would be left out of Rzym without a longer stem."""

_RESPELT = str.maketrans({"x": "ks", "v": "w", "ł": "l"})
"""Polish spells the x of Nix as ks before an ending, and hardens l."""


def stem_name(lowered: str) -> str:
    """Give what the forms of a name share: its letters without the case ending.

    >>> [stem_name(form) for form in ("tokunaga", "tokunagi", "tokunadze")]
    ['tokunag', 'tokunag', 'tokunag']
    """
    return _without_ending(lowered).translate(_RESPELT)


def _without_ending(lowered: str) -> str:
    for length in (4, 3, 2):
        consonant = _CONSONANTS.get(lowered[-length:])
        if consonant and len(lowered) - length >= _SHORTEST_STEM:
            return lowered[:-length] + consonant
    for length in (4, 3, 2, 1):
        shortest = _SHORTEST_BEFORE.get(lowered[-length:])
        if shortest and len(lowered) - length >= shortest:
            return lowered[:-length]
    return lowered


_CONSONANTS = dict(_SOFTENED)
_SHORTEST_BEFORE = {
    ending: _SHORTEST_ADJECTIVE_STEM if ending in _ADJECTIVE_ENDINGS else _SHORTEST_STEM
    for ending in _ENDINGS
}
