"""A disk that fails: every call that reaches it is counted, and one of them goes wrong."""

import builtins
import errno
import io
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

FREEING = {"unlink", "rmdir", "read"}
"""What a full disk can still do."""

_Undo = Callable[[Path], object]
"""Takes a change of a directory back; it is given where the directory stands now."""


class Disk:
    """Counts the calls that touch files below `root`; `fails` is asked before each.

    It knows what the disk was not told to keep: the content of files that were not synced,
    and the names that were given, changed and taken away since a directory was.
    """

    def __init__(self, root: Path, fails: Callable[[int, str], None] | None = None) -> None:
        self.calls = 0
        self.failed_kind = ""
        self._root = root
        self._fails = fails or (lambda call, kind: None)
        self._unsynced: set[int] = set()
        self._names: dict[Path, list[_Undo]] = {}
        self._aside = root.with_name(f"{root.name}.aside")
        shutil.rmtree(self._aside, ignore_errors=True)
        self._real = {name: getattr(os, name) for name in _CALLS}

    def count(self, kind: str) -> None:
        self.calls += 1
        try:
            self._fails(self.calls, kind)
        except OSError:
            self.failed_kind = self.failed_kind or kind
            raise

    def cut_power(self, rng: random.Random) -> None:
        """Leave on the disk what might be there now if the power went.

        Of each directory the last changes may be lost, of each file any part.
        """
        for directory in sorted(self._names, key=lambda path: -len(path.parts)):
            undos = self._names[directory]
            for undo in reversed(undos[rng.randint(0, len(undos)) :]):
                with suppress(OSError):
                    undo(directory)
        for path in list(self._root.rglob("*")):
            if path.is_file() and path.stat().st_ino in self._unsynced:
                _tear(path, rng)

    def open_file(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def opened(file: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
            if isinstance(file, int) or not self._is_ours(Path(file)):
                return real(file, mode, *args, **options)
            if not set(mode) & set("wax+"):
                self.count("read")
                return real(file, mode, *args, **options)
            self.count("create")
            undo = self._undoing(Path(file))
            found = real(file, mode, *args, **options)
            self._names.setdefault(Path(file).parent, []).append(undo)
            self._unsynced.add(os.fstat(found.fileno()).st_ino)
            return _CountedFile(found, self)

        return opened

    def call(self, name: str) -> Callable[..., Any]:
        """Give a function of `os` that is counted and noted."""
        real = self._real[name]

        def called(first: Any, *args: Any, **options: Any) -> Any:
            path = self._find(first, options.get("dir_fd"))
            if not self._is_ours(path):
                return real(first, *args, **options)
            creating = name == "open" and bool(args[0] & os.O_CREAT) and not path.exists()
            self.count("create" if creating else "read" if name == "open" else name)
            target = Path(args[0]) if name in ("rename", "replace", "link") else path
            undo = self._undoing(
                target,
                path.name if name in ("rename", "replace") else "",
                removed=name in ("unlink", "rmdir"),
            )
            found = real(first, *args, **options)
            if creating or name in _NAMING:
                self._names.setdefault(target.parent, []).append(undo)
            if name in ("rename", "replace"):
                self._move(path, target)
            elif name == "fsync":
                self._unsynced.discard(os.fstat(first).st_ino)
                self._names.pop(path, None)
            return found

        return called

    def _find(self, path: Any, dir_fd: int | None) -> Path:
        if isinstance(path, int):
            return Path(f"/proc/self/fd/{path}").readlink()
        return Path(path) if dir_fd is None else self._find(dir_fd, None) / path

    def _is_ours(self, path: Path) -> bool:
        return path == self._root or self._root in path.parents

    def _undoing(self, path: Path, source: str = "", *, removed: bool = False) -> _Undo:
        """Give what takes back that a name is given, moved from another, or removed."""
        former = self._keep_aside(path)
        name = path.name

        def undo(directory: Path) -> None:
            if source:
                self._real["rename"](directory / name, directory / source)
            elif not removed:
                shutil.rmtree(directory / name, ignore_errors=True)
                (directory / name).unlink(missing_ok=True)
            if former:
                self._real["link"](former, directory / name)
            elif removed:
                self._real["mkdir"](directory / name)

        return undo

    def _keep_aside(self, path: Path) -> Path | None:
        if not path.is_file():
            return None
        if not self._aside.exists():
            self._real["mkdir"](self._aside)
        kept = self._aside / str(self.calls)
        self._real["link"](path, kept)
        return kept

    def _move(self, source: Path, target: Path) -> None:
        for path in [path for path in self._names if path.is_relative_to(source)]:
            self._names[target / path.relative_to(source)] = self._names.pop(path)


class _CountedFile:
    def __init__(self, file: Any, disk: Disk) -> None:
        self._file = file
        self._disk = disk

    def write(self, content: Any) -> Any:
        self._disk.count("write")
        return self._file.write(content)

    def writelines(self, lines: Any) -> None:
        self._disk.count("write")
        self._file.writelines(lines)

    def flush(self) -> None:
        self._disk.count("write")
        self._file.flush()

    def close(self) -> None:
        """Close the file; what is still in its buffer may find no room."""
        was_open = not self._file.closed
        self._file.close()
        if was_open:
            self._disk.count("write")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> "_CountedFile":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


_CALLS = (
    *("open", "fsync", "rename", "replace", "link", "mkdir", "unlink", "rmdir"),
    *("truncate", "ftruncate", "sendfile"),
)


_NAMING = {"rename", "replace", "link", "mkdir", "unlink", "rmdir"}


@contextmanager
def watched(disk: Disk) -> Iterator[Disk]:
    """Let everything that is written go through a disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(io, "open", disk.open_file(io.open))
        patch.setattr(builtins, "open", disk.open_file(builtins.open))
        for name in _CALLS:
            patch.setattr(os, name, disk.call(name))
        yield disk


def full_from(number: int) -> Callable[[int, str], None]:
    """Have no room from a call on: a full disk stays full."""

    def fails(call: int, kind: str) -> None:
        if call >= number and kind not in FREEING:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return fails


def broken_at(number: int) -> Callable[[int, str], None]:
    """Fail at one call."""

    def fails(call: int, kind: str) -> None:
        if call == number:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    return fails


def dead_from(number: int) -> Callable[[int, str], None]:
    """Fail at every call from one on."""

    def fails(call: int, kind: str) -> None:
        if call >= number:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    return fails


def _tear(path: Path, rng: random.Random) -> None:
    """Leave of a file what a disk may: nothing, a part, or zeros where the rest should be."""
    content = path.read_bytes()
    kept = content[: rng.randint(0, len(content))]
    path.write_bytes(kept + bytes(rng.choice([0, len(content) - len(kept)])))
