"""Room on the disk that a file gives back while the rest of it is still read."""

import ctypes
from functools import cache
from pathlib import Path
from typing import Any

_KEEP_SIZE, _PUNCH_HOLE = 1, 2
"""Of Linux, `fallocate(2)`."""
_PAGE = 4096


def free_bytes(path: Path, start: int, stop: int) -> int:
    """Give the whole pages of `[start, stop)` back to the disk; they read as zeros then.

    Where a system cannot do so the bytes stay: this saves room, and nothing depends on it.

    Returns: where the next pages to be given back begin.
    """
    first, end = -(-start // _PAGE) * _PAGE, stop // _PAGE * _PAGE
    if end <= first:
        return start
    allocate = _find_fallocate()
    if allocate is not None:
        with path.open("r+b") as file:
            allocate(file.fileno(), _KEEP_SIZE | _PUNCH_HOLE, first, end - first)
    return end


@cache
def _find_fallocate() -> Any:
    found = getattr(ctypes.CDLL(None), "fallocate", None)
    if found is not None:
        found.argtypes = (ctypes.c_int, ctypes.c_int, ctypes.c_longlong, ctypes.c_longlong)
    return found
