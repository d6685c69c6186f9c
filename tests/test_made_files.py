"""Files that are made once on a machine: whole, checked, and made again when they must be."""

from pathlib import Path

import pytest

from corpus.countries import lexicon
from corpus.made_files import read_made


def make() -> bytes:
    return b"made"


def refuse() -> bytes:
    raise AssertionError("made again")


def test_what_was_made_is_read_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "kept"
    assert read_made(path, make) == b"made"
    assert read_made(path, refuse) == b"made"
    assert [each.name for each in path.parent.iterdir()] == ["kept"]


@pytest.mark.parametrize("damage", [lambda kept: kept[:-1], lambda kept: kept[:-1] + b"E"])
def test_what_is_not_as_it_was_written_is_made_again(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "kept"
    read_made(path, make)
    path.write_bytes(damage(path.read_bytes()))
    assert read_made(path, make) == b"made"
    assert read_made(path, refuse) == b"made"


def test_what_cannot_be_kept_is_given_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert read_made(tmp_path / "file" / "kept", make) == b"made"


def test_kept_forms_of_countries_are_those_that_are_inflected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_lexicon = lexicon.load_lexicon.__wrapped__
    monkeypatch.setattr(lexicon, "made_file", tmp_path.joinpath)
    inflected = read_lexicon()
    monkeypatch.setattr(lexicon, "_make", refuse)
    assert read_lexicon() == inflected
    found = {entry.rest: entry.codes for entry in lexicon.entries_of("Korei")}
    assert found["Północnej",] == ("KP",)
