"""Stems by the Polimorf table of Stempel, read in place from one mapped file."""

import hashlib
import json
import mmap
import struct
from bisect import bisect_left
from pathlib import Path
from typing import Any

from corpus.made_files import made_file, write_whole
from index.stempel_table import ARRAY_FORMATS, MAGIC, find_polimorf_table, flatten_table

_SKIP, _DELETE, _INSERT, _REPLACE = "-", "D", "I", "R"


class FlatStemmer:
    """Gives the stem of a lower-case word; safe to call from several threads."""

    def __init__(self, flat: bytes | mmap.mmap) -> None:
        """Read the header of a flat table. Raises: ValueError if it is not a whole one."""
        view = memoryview(flat)
        if bytes(view[: len(MAGIC)]) != MAGIC:
            raise ValueError("not a flat stemming table")
        (head_size,) = struct.unpack_from("<Q", view, len(MAGIC))
        start = len(MAGIC) + 8 + head_size
        header = json.loads(bytes(view[len(MAGIC) + 8 : start]))
        body = view[start:]
        if len(body) != header["body"]:
            raise ValueError("the flat stemming table was cut short")
        self._tries = [_Trie(trie, body) for trie in header["tries"]]

    def stem(self, word: str) -> str | None:
        """Give the stem; None where the table has no answer.

        >>> load_stemmer().stem("sankcjami")
        'sankcja'
        """
        return _apply(word, self._edits(word)) if word else None

    def _edits(self, word: str) -> str:
        """Give the edit commands for a word, one trie after another.

        A trie's commands end with how many letters from the end they have dealt with; the
        next trie is asked about what is left of the word.
        """
        edits, previous, last = "", "", " "
        rest = looked_up = word
        for level, trie in enumerate(self._tries):
            found = trie.last_on_path(looked_up)
            if len(found) < 2 or (last in (_SKIP, _DELETE) and found[0] == last):
                break
            last = found[-2]
            if found[0] == _SKIP:
                consumed = _letters(found) + (_letters(previous) if level else 0)
                if consumed > len(rest):
                    break
                rest = rest[consumed:] if trie.forward else rest[: len(rest) - consumed]
            edits += found
            previous = found
            looked_up = rest or looked_up
        return edits


class _Trie:
    """A trie over the letters of a word, most often from its end, that answers with edits."""

    __slots__ = ("_chars", "_commands", "_names", "_offsets", "_root", "_rows", "forward")

    def __init__(self, header: dict[str, Any], body: memoryview) -> None:
        arrays: dict[str, memoryview[int]] = {}
        for name, (start, size) in header["arrays"].items():
            arrays[name] = body[start : start + size].cast(ARRAY_FORMATS[name])
        self.forward: bool = header["forward"]
        self._root: int = header["root"]
        self._names: list[str] = header["commands"]
        self._offsets = arrays["offsets"]
        self._chars = arrays["chars"]
        self._commands = arrays["commands"]
        self._rows = arrays["rows"]

    def last_on_path(self, word: str) -> str:
        """Give the last edits met along the word's letters; empty if there are none."""
        chars, commands, rows, offsets = self._chars, self._commands, self._rows, self._offsets
        row, command = self._root, -1
        for char in word if self.forward else reversed(word):
            code = ord(char)
            end = offsets[row + 1]
            cell = bisect_left(chars, code, offsets[row], end)
            if cell == end or chars[cell] != code:
                break
            if commands[cell] >= 0:
                command = commands[cell]
            row = rows[cell]
            if row < 0:
                break
        return self._names[command] if command >= 0 else ""


def _letters(edits: str) -> int:
    """Count the letters of the word that edits deal with."""
    count = 0
    for command, letter in zip(edits[::2], edits[1::2], strict=False):
        if command in (_SKIP, _DELETE):
            count += ord(letter) - ord("a") + 1
        elif command == _REPLACE:
            count += 1
    return count


def _apply(word: str, edits: str) -> str | None:
    """Edit a word from its end; edits that leave the word are the end of it."""
    letters = list(word)
    at = len(letters) - 1
    for command, letter in zip(edits[::2], edits[1::2], strict=False):
        offset = ord(letter) - ord("a")
        if command == _SKIP:
            at -= offset
        elif command == _REPLACE:
            if not 0 <= at < len(letters):
                break
            letters[at] = letter
        elif command == _DELETE:
            end, at = at, at - offset
            if not 0 <= at < len(letters):
                break
            del letters[at : end + 1]
        elif command == _INSERT:
            at += 1
            if not 0 <= at <= len(letters):
                break
            letters.insert(at, letter)
        at -= 1
    return "".join(letters) or None


def load_stemmer(cache_directory: Path | None = None) -> FlatStemmer:
    """Open the flat Polimorf table, made on first need from the installed pystempel.

    It stands in `cache_directory` (the user's own by default) under a name that holds the
    table's SHA-256, so another pystempel gets another file. Where the directory cannot be
    written the table is kept in memory.
    """
    table = find_polimorf_table().read_bytes()
    name = f"stempel-{hashlib.sha256(table + MAGIC).hexdigest()[:24]}.flat"
    path = made_file(name, cache_directory)
    try:
        return _open(path)
    except (OSError, ValueError):
        flat = flatten_table(table)
    try:
        write_whole(path, flat)
        return _open(path)
    except (OSError, ValueError):
        return FlatStemmer(flat)


def _open(path: Path) -> FlatStemmer:
    with path.open("rb") as file:
        return FlatStemmer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
