"""Encodings, pages and markup of plain text files."""

from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from corpus.readers.text import read_text

POLISH = "Zażółć gęślą jaźń: ślimaki, źrebięta i „Świąteczna” łódź – Żary, Ćmielów."


def read_bytes(folder: Path, data: bytes, name: str = "tekst.txt") -> list[str]:
    path = folder / name
    path.write_bytes(data)
    return [line.text for line in read_text(path).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "cp852"])
def test_encoding_is_recognised(tmp_path: Path, encoding: str) -> None:
    text = POLISH if encoding != "cp852" else POLISH.translate({0x201E: 34, 0x201D: 34, 0x2013: 45})
    assert read_bytes(tmp_path, text.encode(encoding)) == [text]


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2"])
@pytest.mark.parametrize("text", ["Śląsk", "wieś i źródło", "Już są ścieżki.", "dążność"])
def test_code_pages_differ_in_a_few_letters_only(tmp_path: Path, encoding: str, text: str) -> None:
    assert read_bytes(tmp_path, text.encode(encoding)) == [text]


def test_utf_16_without_a_known_mark_is_binary(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"^tekst\.txt is not a text"):
        read_bytes(tmp_path, POLISH.encode("utf-16-le"))


@pytest.mark.parametrize("data", [b"", b"\n \n\t\n", b"\xef\xbb\xbf"])
def test_empty_file_says_so(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^tekst\.txt is empty\.$"):
        read_bytes(tmp_path, data)


@pytest.mark.parametrize("data", [bytes(range(256)), b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_binary_file_says_so(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="binary data"):
        read_bytes(tmp_path, data)


def test_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_text(tmp_path / "nie-ma.txt")
    assert str(raised.value) == "nie-ma.txt cannot be read: No such file or directory."
    assert raised.value.path == str(tmp_path / "nie-ma.txt")


def test_line_breaks_of_every_system_are_one_break(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"a\r\nb\rc\n\nd") == ["a", "b", "c", "", "d"]


def test_form_feeds_are_page_breaks(tmp_path: Path) -> None:
    path = tmp_path / "tekst.txt"
    path.write_text("jeden\n\fdwa\ntrzy\n\f", "utf-8")
    reading = read_text(path)
    assert [(line.text, line.page) for line in reading.lines if line.text] == [
        ("jeden", 1),
        ("dwa", 2),
        ("trzy", 2),
    ]
    assert reading.pages == 2


def test_leading_spaces_and_addresses_are_kept(tmp_path: Path) -> None:
    line = " https://urzad.example/a?b=1&amp;c=%C5%82&d=2"
    assert read_bytes(tmp_path, line.encode()) == [line]
