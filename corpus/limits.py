"""How much of one file is read: what is larger is refused in a sentence, at once."""

from dataclasses import dataclass

MAX_FILE_BYTES = 256 * 1024 * 1024
MAX_TEXT_BYTES = 64 * 1024 * 1024
MAX_PAGES = 3_000
MAX_CHARS = 10_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading and understanding one file may cost before it is given up."""

    seconds: float = 180.0
    memory_bytes: int = 4 * 1024**3
