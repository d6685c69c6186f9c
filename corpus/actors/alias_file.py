"""Names that mean the same, as TOML: Kwerenda's own file of them, and a user's over it.

[[organisation]]
name = "Unia Europejska"
also = ["UE"]

[[person]]
name = "Wołodymyr Zełenski"
also = ["Zełenskyj", "Volodymyr Zelensky"]
surname = true                      # the surname alone means this person

[[synonym]]
words = ["broń jądrowa", "broń atomowa"]
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.errors import BadMetadata, UnreadableFile

_KEYS = {
    "organisation": {"name", "also"},
    "person": {"name", "also", "surname"},
    "synonym": {"words"},
}


@dataclass(frozen=True, slots=True)
class Alias:
    """An actor known under several names, or words that mean the same.

    The first of `names` is the actor's own. `surname_suffices` says that the surname alone
    means this person, None that nobody has said.
    """

    names: tuple[str, ...]
    surname_suffices: bool | None = None


@dataclass(frozen=True, slots=True)
class Aliases:
    """What a file of aliases says; `synonyms` are words to search by and no actors."""

    organisations: tuple[Alias, ...] = ()
    persons: tuple[Alias, ...] = ()
    synonyms: tuple[Alias, ...] = ()

    def __len__(self) -> int:
        return sum(len(getattr(self, field.name)) for field in fields(self))


@cache
def load_own_aliases() -> Aliases:
    """Give the aliases that Kwerenda comes with."""
    own = files("corpus") / "data" / "aliases.toml"
    return parse_aliases(own.read_text(encoding="utf-8"))


def read_alias_file(path: Path) -> str:
    """Give the text of a user's file of aliases that is as it should be.

    Raises: UnreadableFile, BadMetadata.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as err:
        raise UnreadableFile(f"{path} cannot be read: {err.strerror}.", path=str(path)) from err
    except UnicodeDecodeError as err:
        raise BadMetadata(f"{path} is not in UTF-8.", path=str(path)) from err
    parse_aliases(text, str(path))
    return text


@lru_cache(maxsize=4)
def add_aliases(text: str) -> Aliases:
    """Give Kwerenda's own aliases with those of a user's file joined to them.

    An entry joins those that it shares a name with; its own name is the first one then.

    Raises: BadMetadata.
    """
    own, added = load_own_aliases(), parse_aliases(text)
    return Aliases(
        _join(own.organisations, added.organisations),
        _join(own.persons, added.persons),
        _join(own.synonyms, added.synonyms),
    )


def parse_aliases(text: str, path: str = "The file of aliases") -> Aliases:
    """Read a file of aliases. Raises: BadMetadata, which says in which line it is wrong."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise BadMetadata(f"{path} is not valid TOML: {err}.", path=path) from err
    for key in tables:
        if key not in _KEYS:
            raise _bad(text, key, 0, f"knows no “{key}”, only {', '.join(_KEYS)}", path)
    return Aliases(
        tuple(_read_names(tables, "organisation", text, path)),
        tuple(_read_names(tables, "person", text, path)),
        tuple(_read_names(tables, "synonym", text, path)),
    )


def _read_names(tables: Mapping[str, Any], kind: str, text: str, path: str) -> Iterator[Alias]:
    entries = tables.get(kind, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _bad(text, kind, 0, f"begins each entry with [[{kind}]]", path)
    for number, entry in enumerate(entries):
        for key in entry.keys() - _KEYS[kind]:
            raise _bad(text, kind, number, f"knows no “{key}” in [[{kind}]]", path)
        names = entry.get("words", [])
        if kind != "synonym":
            names = [entry.get("name"), *_as_list(entry.get("also", []))]
        if not isinstance(names, list) or not all(_is_name(name) for name in names) or not names:
            needed = "“words”" if kind == "synonym" else "a “name”, and in “also” a list,"
            raise _bad(text, kind, number, f"needs {needed} of texts in quotes", path)
        surname = entry.get("surname")
        if not isinstance(surname, bool | None):
            raise _bad(text, kind, number, "has a “surname” that is neither true nor false", path)
        yield Alias(tuple(dict.fromkeys(" ".join(name.split()) for name in names)), surname)


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [None]


def _is_name(value: object) -> bool:
    return isinstance(value, str) and any(char.isalnum() for char in value)


def _join(own: Iterable[Alias], added: Iterable[Alias]) -> tuple[Alias, ...]:
    joined = list(own)
    for alias in added:
        called = {name.casefold() for name in alias.names}
        same = [one for one in joined if not called.isdisjoint(map(str.casefold, one.names))]
        every = [alias, *same]
        names = dict.fromkeys(name for one in every for name in one.names)
        said = (one.surname_suffices for one in every if one.surname_suffices is not None)
        joined = [one for one in joined if one not in same]
        joined.append(Alias(tuple(names), next(said, None)))
    return tuple(joined)


def _bad(text: str, kind: str, number: int, what: str, path: str) -> BadMetadata:
    """Say what is wrong with the entry of a number among those of its kind, and in which line."""
    header = re.compile(
        rf"^\s*\[\[?\s*{re.escape(kind)}\s*\]|^\s*{re.escape(kind)}\s*=", re.MULTILINE
    )
    begins = [found.end() for found in header.finditer(text)]
    line = text.count("\n", 0, begins[number]) + 1 if number < len(begins) else 1
    return BadMetadata(f"{path} {what} (at line {line}).", path=path)
