"""The user's file of aliases as an index was made with: a copy in each generation."""

import hashlib
from pathlib import Path

from corpus.actors.alias_file import parse_aliases

ALIASES = "aliases.toml"


def write_aliases(path: Path, text: str) -> None:
    """Write the copy into a generation's directory; none where there is nothing to copy."""
    if text:
        (path / ALIASES).write_text(text, encoding="utf-8")


def read_aliases(path: Path) -> str:
    """Give the text of a generation's copy; nothing where the user had no file."""
    copy = path / ALIASES
    return copy.read_text(encoding="utf-8") if copy.exists() else ""


def fingerprint_actors(text: str) -> str:
    """Give what tells the actors of one file of aliases from those of another.

    It is empty where there are none. Synonyms do not count: no document is read by them.
    """
    aliases = parse_aliases(text)
    if not (aliases.organisations or aliases.persons):
        return ""
    actors = repr((aliases.organisations, aliases.persons))
    return hashlib.sha256(actors.encode()).hexdigest()[:16]
