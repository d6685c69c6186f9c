"""Sidecars and folder files."""

from datetime import date
from pathlib import Path

import pytest

from corpus.document import DateRange
from corpus.errors import BadMetadata
from corpus.metadata import Metadata, read_metadata


def write(folder: Path, sidecar: str = "", folder_file: str = "") -> Path:
    path = folder / "nota.txt"
    path.write_text("Nota.", "utf-8")
    if sidecar:
        (folder / "nota.txt.meta.toml").write_text(sidecar, "utf-8")
    if folder_file:
        (folder / "corpus.toml").write_text(folder_file, "utf-8")
    return path


def test_nothing_is_said_of_a_file_alone(tmp_path: Path) -> None:
    assert read_metadata(write(tmp_path)) == Metadata()


def test_sidecar_says_everything(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'id = "nota-7"\ntitle = "Nota  o Rydze"\nkind = "bulletin"\npublished = "2024-02"\n'
        'publisher = "Ośrodek"\nlanguage = "pl"\nsource_url = "https://osrodek.example/7"\n',
    )
    assert read_metadata(path) == Metadata(
        id="nota-7",
        title="Nota o Rydze",
        kind="bulletin",
        published=DateRange(date(2024, 2, 1), date(2024, 2, 29)),
        publisher="Ośrodek",
        language="pl",
        source_url="https://osrodek.example/7",
    )


def test_sidecar_is_over_the_file_is_over_the_defaults(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'title = "Z pliku obok"',
        '[defaults]\npublisher = "Ośrodek"\ntitle = "A"\nlanguage = "pl"\n'
        '[files."nota.txt"]\ntitle = "B"\nlanguage = "en"\n[files."inna.txt"]\nid = "inna"\n',
    )
    metadata = read_metadata(path)
    assert (metadata.title, metadata.language, metadata.publisher, metadata.id) == (
        "Z pliku obok",
        "en",
        "Ośrodek",
        "",
    )


@pytest.mark.parametrize("published", ['"2024-02-12"', "2024-02-12", '"12 lutego 2024"'])
def test_day_of_publication_is_read(tmp_path: Path, published: str) -> None:
    metadata = read_metadata(write(tmp_path, f"published = {published}"))
    assert metadata.published == DateRange(date(2024, 2, 12), date(2024, 2, 12))


@pytest.mark.parametrize(
    ("sidecar", "message"),
    [
        (
            'tytul = "A"',
            "has an unknown key “tytul”; it may have id, title, kind, published, publisher, "
            "language, source_url.",
        ),
        ("title = 7", "has “title” that is not a text in quotes."),
        ('kind = "gazeta"', "has “kind” gazeta; it may be monitor, bulletin, text."),
        ('published = "rano"', "has “published” rano; write 2024-02-12, 2024-02 or 2024."),
        (
            'published = "wczoraj"',
            "has “published” that cannot be. “wczoraj” is counted from a day that is not known",
        ),
        (
            'published = "2024-02-31"',
            "has “published” that cannot be. There is no day 2024-02-31.",
        ),
        ("published = 2024", "has “published” that is not a text in quotes."),
        ('source_url = "javascript:1"', "has “source_url” that does not begin with"),
        ('id = "a/b"', "has “id” with more than letters, digits and - _ ."),
        ("title = ", "is not valid TOML"),
    ],
)
def test_bad_sidecar_names_the_key(tmp_path: Path, sidecar: str, message: str) -> None:
    with pytest.raises(BadMetadata) as raised:
        read_metadata(write(tmp_path, sidecar))
    assert str(raised.value).startswith(f"nota.txt.meta.toml {message}")


@pytest.mark.parametrize(
    ("folder_file", "message"),
    [
        ('[default]\ntitle = "A"', "knows no table “default”"),
        ("defaults = 7", "has “defaults” that is not a table"),
        ('[files]\n"nota.txt" = 7', "has “nota.txt” that is not a table"),
    ],
)
def test_bad_folder_file_says_so(tmp_path: Path, folder_file: str, message: str) -> None:
    with pytest.raises(BadMetadata) as raised:
        read_metadata(write(tmp_path, folder_file=folder_file))
    assert str(raised.value).startswith(f"corpus.toml {message}")


def test_metadata_in_another_encoding_says_so(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / "nota.txt.meta.toml").write_bytes('title = "Żółć"'.encode("cp1250"))
    with pytest.raises(BadMetadata, match="is not in UTF-8"):
        read_metadata(path)
