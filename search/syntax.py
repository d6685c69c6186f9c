"""The words of the query language, read once from `data/syntax.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Syntax:
    """What is typed for a kind of passage, and the words for "no value"."""

    kinds: MappingProxyType[str, str]
    missing: frozenset[str]


@cache
def load_syntax() -> Syntax:
    text = files("search").joinpath("data/syntax.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Syntax(
        kinds=_invert(data["kinds"]),
        missing=frozenset(data["missing"]["words"]),
    )


def _invert(names: dict[str, list[str]]) -> MappingProxyType[str, str]:
    inverted = {word: name for name, words in names.items() for word in words}
    return MappingProxyType(inverted | {name: name for name in names})
