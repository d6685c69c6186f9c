"""Plain text: which encoding, which lines, which pages."""

import codecs
import re
from pathlib import Path

from charset_normalizer import from_bytes

from corpus.errors import UnreadableFile
from corpus.limits import MAX_TEXT_BYTES
from corpus.reading import Line, Reading

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_POLISH_CODE_PAGES = ("cp1250", "iso8859-2", "cp852", "mac-latin2")
_POLISH_LETTERS = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_POLISH_MARKS = frozenset("„”’–—…«»§°\xa0\xad")
_MAX_CONTROL_SHARE = 0.005

_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read_text(path: Path) -> Reading:
    """Read a text file of any usual Polish encoding; form feeds are page breaks.

    Raises: UnreadableFile.
    """
    pages = read_characters(path).rstrip().split("\f")
    lines = tuple(
        Line(text=line, page=number)
        for number, page in enumerate(pages, start=1)
        for line in _LINE_BREAK.split(page)
    )
    return Reading(lines=lines, pages=len(pages))


def read_characters(path: Path) -> str:
    """Give the characters of a text file, in whichever encoding it is. Raises: UnreadableFile."""
    try:
        if path.stat().st_size > MAX_TEXT_BYTES:
            megabytes = MAX_TEXT_BYTES // 1024**2
            raise UnreadableFile(f"{path.name} is larger than {megabytes} MB.", path=str(path))
        data = path.read_bytes()
    except OSError as err:
        reason = err.strerror or "it cannot be opened"
        raise UnreadableFile(f"{path.name} cannot be read: {reason}.", path=str(path)) from err
    text = _decode(data, path)
    if not text.strip():
        raise UnreadableFile(f"{path.name} is empty.", path=str(path))
    return text


def _decode(data: bytes, path: Path) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            break
    else:
        if b"\x00" in data:
            raise _binary(path)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _decode_code_page(data, path)
    if len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        raise _binary(path)
    return _CONTROL.sub("", text)


def _decode_code_page(data: bytes, path: Path) -> str:
    """Choose the code page in which the bytes look most like Polish."""
    candidates = [data.decode(name, errors="replace") for name in _POLISH_CODE_PAGES]
    best = max(candidates, key=_score_polish)
    if _score_polish(best) > 0:
        return best
    guess = from_bytes(data).best()
    if guess is None:
        raise _binary(path)
    return str(guess)


def _score_polish(text: str) -> int:
    """Count Polish letters and marks for a decoding, other signs beyond ASCII against it.

    The code pages differ in where ą, ś and ź stand: the wrong one shows signs or control
    characters inside words.
    """
    score = 0
    for char in text:
        if char in _POLISH_LETTERS:
            score += 2
        elif char in _POLISH_MARKS:
            score += 1
        elif char >= "\x80":
            score -= 1 if char.isalpha() else 3
    return score


def _binary(path: Path) -> UnreadableFile:
    return UnreadableFile(
        f"{path.name} is not a text: it holds binary data or an unknown encoding.",
        path=str(path),
    )
