"""The words of the query language and the examples of it that users see, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Syntax:
    """What is typed for a kind of passage, the words for "no value", the lemmas that ask."""

    kinds: MappingProxyType[str, str]
    missing: frozenset[str]
    questions: frozenset[str]


@cache
def load_syntax() -> Syntax:
    text = files("search").joinpath("data/syntax.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Syntax(
        kinds=_invert(data["kinds"]),
        missing=frozenset(data["missing"]["words"]),
        questions=frozenset(data["questions"]["lemmas"]),
    )


def _invert(names: dict[str, list[str]]) -> MappingProxyType[str, str]:
    inverted = {word: name for name, words in names.items() for word in words}
    return MappingProxyType(inverted | {name: name for name in names})


@dataclass(frozen=True, slots=True)
class Example:
    """A documented query and what it means, by language; `mends` is the note it gets."""

    section: str
    query: Mapping[str, str]
    meaning: Mapping[str, str]
    mends: str = ""


@cache
def load_examples() -> tuple[Example, ...]:
    """Give every example of the query language, in the order of the help page."""
    text = files("search").joinpath("data/examples.toml").read_text(encoding="utf-8")
    return tuple(Example(**example) for example in tomllib.loads(text)["example"])
