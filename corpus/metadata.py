"""What a team says of its files: a sidecar beside a file, `corpus.toml` in its folder."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import cast, get_args
from urllib.parse import urlsplit

from corpus.dates.grammar import parse_period
from corpus.dates.points import BadDate
from corpus.document import DateRange, DocumentKind
from corpus.errors import BadMetadata

SIDECAR_SUFFIX = ".meta.toml"
FOLDER_FILE = "corpus.toml"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is said of one file; an empty value says nothing."""

    id: str = ""
    title: str = ""
    kind: DocumentKind | None = None
    published: DateRange | None = None
    publisher: str = ""
    language: str = ""
    source_url: str = ""


KEYS = tuple(field.name for field in fields(Metadata))


def read_metadata(path: Path) -> Metadata:
    """Read what the sidecar of a file says, over what its folder's `corpus.toml` says.

    Raises: BadMetadata.
    """
    folder_file = path.parent / FOLDER_FILE
    folder = _read_toml(folder_file)
    for key in folder:
        if key not in ("defaults", "files"):
            raise _bad(folder_file, f"knows no table “{key}”, only “defaults” and “files”")
    named = _read_table(folder, "files", folder_file)
    sidecar_file = path.with_name(path.name + SIDECAR_SUFFIX)
    layers = (
        _parse(_read_table(folder, "defaults", folder_file), folder_file),
        _parse(_read_table(named, path.name, folder_file), folder_file),
        _parse(_read_toml(sidecar_file), sidecar_file),
    )
    metadata = Metadata()
    for layer in layers:
        said = {name: value for name in KEYS if (value := getattr(layer, name))}
        metadata = replace(metadata, **said)
    return metadata


def metadata_files(path: Path) -> tuple[Path, ...]:
    """Give the files that say something of a file, those that are there."""
    beside = (path.with_name(path.name + SIDECAR_SUFFIX), path.parent / FOLDER_FILE)
    return tuple(file for file in beside if file.is_file())


def _read_toml(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as err:
        raise _bad(path, "is not in UTF-8") from err
    except tomllib.TOMLDecodeError as err:
        raise _bad(path, f"is not valid TOML: {err}") from err
    except OSError as err:
        raise _bad(path, f"cannot be read: {err.strerror}") from err


def _read_table(table: Mapping[str, object], key: str, path: Path) -> Mapping[str, object]:
    value = table.get(key, {})
    if not isinstance(value, Mapping):
        raise _bad(path, f"has “{key}” that is not a table")
    return cast(Mapping[str, object], value)


def _parse(table: Mapping[str, object], path: Path) -> Metadata:
    for key in table:
        if key not in KEYS:
            raise _bad(path, f"has an unknown key “{key}”; it may have {', '.join(KEYS)}")
    return Metadata(
        id=_parse_id(table, path),
        title=_parse_text(table, "title", path),
        kind=_parse_kind(table, path),
        published=_parse_published(table, path),
        publisher=_parse_text(table, "publisher", path),
        language=_parse_text(table, "language", path),
        source_url=_parse_url(table, path),
    )


def _parse_text(table: Mapping[str, object], key: str, path: Path) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise _bad(path, f"has “{key}” that is not a text in quotes")
    return " ".join(value.split())


def _parse_id(table: Mapping[str, object], path: Path) -> str:
    value = _parse_text(table, "id", path)
    if value and not all(char.isascii() and (char.isalnum() or char in "-_.") for char in value):
        raise _bad(path, "has “id” with more than letters, digits and - _ .")
    return value


def _parse_kind(table: Mapping[str, object], path: Path) -> DocumentKind | None:
    value = _parse_text(table, "kind", path)
    kinds: tuple[DocumentKind, ...] = get_args(DocumentKind)
    if value and value not in kinds:
        raise _bad(path, f"has “kind” {value}; it may be {', '.join(kinds)}")
    return next((kind for kind in kinds if kind == value), None)


def _parse_published(table: Mapping[str, object], path: Path) -> DateRange | None:
    value = table.get("published", "")
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return DateRange(value, value)
    text = _parse_text(table, "published", path)
    if not text:
        return None
    try:
        period = parse_period(text)
    except BadDate as err:
        raise _bad(path, f"has “published” that cannot be. {str(err).rstrip('.')}") from err
    if period is None:
        raise _bad(path, f"has “published” {text}; write 2024-02-12, 2024-02 or 2024")
    return period.dates


def _parse_url(table: Mapping[str, object], path: Path) -> str:
    value = _parse_text(table, "source_url", path)
    if value and urlsplit(value).scheme not in ("http", "https"):
        raise _bad(path, "has “source_url” that does not begin with http:// or https://")
    return value


def _bad(path: Path, what: str) -> BadMetadata:
    return BadMetadata(f"{path.name} {what}.", path=str(path))
