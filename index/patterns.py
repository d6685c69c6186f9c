"""Wildcards as regular expressions that take no longer for a pattern with many stars."""

import re
from functools import lru_cache

_CACHED_PATTERNS = 500
_WILDCARDS = re.compile(r"[*?]")


@lru_cache(maxsize=_CACHED_PATTERNS)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    r"""Give the expression of a whole line: `*` is any letters, `?` is one.

    What lies between two stars is best taken where it comes first, so that nothing has to
    be tried again: atomic groups say so.

    >>> bool(compile_pattern("z*b?k").fullmatch("zabek")), compile_pattern("*a").findall("ba\nc")
    (True, ['ba'])
    """
    first, *others = [_spell(piece) for piece in re.split(r"\*+", pattern)]
    if not others:
        return re.compile(f"^{first}$", re.MULTILINE)
    *inner, last = others
    between = "".join(f"(?>[^\\n]*?{piece})" for piece in inner)
    return re.compile(f"^{first}{between}[^\\n]*{last}$", re.MULTILINE)


def fixed_beginning(pattern: str) -> str:
    """Give what stands before the first wildcard."""
    return _WILDCARDS.split(pattern, maxsplit=1)[0]


def _spell(piece: str) -> str:
    return "".join(r"[^\n]" if char == "?" else re.escape(char) for char in piece)
