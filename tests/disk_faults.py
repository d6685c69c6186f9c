"""A disk that fails: every write and sync is counted, and one of them goes wrong."""

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


class Disk:
    """Counts the calls that write; `fails` is asked before each with its number.

    `unsynced` are the files whose content the disk has not been told to keep.
    """

    def __init__(self, fails: Callable[[int], None] = lambda call: None) -> None:
        self.calls = 0
        self.unsynced: set[Path] = set()
        self._fails = fails

    def count(self) -> None:
        self.calls += 1
        self._fails(self.calls)

    def open(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def opened(file: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
            if not set(mode) & set("wax+") or isinstance(file, int):
                return real(file, mode, *args, **options)
            self.count()
            self.unsynced.add(Path(file))
            return _CountedFile(real(file, mode, *args, **options), self)

        return opened

    def sync(self, real: Callable[[int], None]) -> Callable[[int], None]:
        def synced(descriptor: int) -> None:
            self.count()
            real(descriptor)
            self.unsynced.discard(Path(f"/proc/self/fd/{descriptor}").readlink())

        return synced

    def replace(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def replaced(source: Any, target: Any, **options: Any) -> Any:
            self.count()
            found = real(source, target, **options)
            moved = {path for path in self.unsynced if path.is_relative_to(source)}
            self.unsynced -= moved
            self.unsynced |= {Path(target, path.relative_to(source)) for path in moved}
            return found

        return replaced


class _CountedFile:
    def __init__(self, file: Any, disk: Disk) -> None:
        self._file = file
        self._disk = disk

    def write(self, content: Any) -> Any:
        self._disk.count()
        return self._file.write(content)

    def flush(self) -> None:
        self._disk.count()
        self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> "_CountedFile":
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()


@contextmanager
def watched(disk: Disk) -> Iterator[Disk]:
    """Let everything that is written go through a disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(io, "open", disk.open(io.open))
        patch.setattr(builtins, "open", disk.open(builtins.open))
        patch.setattr(os, "fsync", disk.sync(os.fsync))
        patch.setattr(os, "replace", disk.replace(os.replace))
        patch.setattr(os, "rename", disk.replace(os.rename))
        yield disk


def fail_once(number: int, code: int) -> Callable[[int], None]:
    """Fail at one call, with ENOSPC from then on: a full disk stays full."""

    def fails(call: int) -> None:
        if call == number or (call > number and code == errno.ENOSPC):
            raise OSError(code, os.strerror(code))

    return fails
