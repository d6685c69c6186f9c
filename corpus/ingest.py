"""From paths to documents: which files there are, and one document of each."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from corpus.actors.aliases import KnownActors
from corpus.actors.recognition import find_actors
from corpus.countries.pairs import assign_countries
from corpus.dates.dating import (
    believe_saved,
    date_events,
    find_imprint_date,
    find_publication,
    mention_dates,
)
from corpus.dates.points import Period
from corpus.document import DateRange, Document, Passage
from corpus.errors import UnreadableFile
from corpus.identifiers import document_id
from corpus.layout.paragraphs import lay_out
from corpus.limits import MAX_CHARS
from corpus.metadata import FOLDER_FILE, SIDECAR_SUFFIX, read_metadata
from corpus.passages.drafts import Draft, Title
from corpus.passages.splitting import Recognised, recognise_kind, split_passages, write_passages
from corpus.passages.titles import derive_title, is_real_title
from corpus.readers.formats import find_reader, is_known_format
from corpus.reading import Reading
from corpus.sources.assignment import find_sources
from corpus.sources.urls import url_host

_DEFAULT_LANGUAGE = "pl"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read; `relative` is its path below the folder that was asked for.

    `document_id` is the id that the document is known by already, if it is: an id stays
    when the same file is reached from another folder.
    """

    path: Path
    root: Path
    relative: str
    document_id: str = ""


def find_files(paths: Sequence[Path]) -> tuple[SourceFile, ...]:
    """Give the readable files among files and folders, sorted, each once.

    Raises: UnreadableFile.
    """
    found: dict[Path, SourceFile] = {}
    for path in paths:
        if not path.exists():
            raise UnreadableFile(f"{path} does not exist.", path=str(path))
        root = path if path.is_dir() else path.parent
        for file in _walk(path) if path.is_dir() else (path,):
            relative = file.relative_to(root).as_posix()
            found.setdefault(file.resolve(), SourceFile(file, root, relative))
    return tuple(sorted(found.values(), key=lambda source: (source.relative, str(source.path))))


def read_document(source: SourceFile, known: KnownActors | None = None) -> Document:
    """Read and understand one file.

    Args:
        known: actors known by several names; those that Kwerenda comes with by default.

    Raises: UnreadableFile, BadMetadata.
    """
    metadata = read_metadata(source.path)
    reading = find_reader(source.path)(source.path)
    _check_length(reading, source.path)
    layout = lay_out(reading)
    if not layout.blocks:
        raise UnreadableFile(f"{source.path.name} has no text.", path=str(source.path))
    recognised = (
        Recognised(metadata.kind, "its metadata says so")
        if metadata.kind
        else recognise_kind(layout.blocks)
    )
    outline = split_passages(layout.blocks, recognised.kind)
    drafts = [item for item in outline if isinstance(item, Draft)]
    titles = [item for item in outline if isinstance(item, Title)]
    name = document_id(source.relative, metadata.id or source.document_id)
    written = write_passages(outline, name)

    sources = find_sources(drafts, layout)
    saved = believe_saved(reading.saved, layout)
    dated = date_events(
        [draft.date for draft in drafts],
        [[source.url for source in own] for own in sources],
        published=metadata.published or _one_day(reading.published),
        headings=[title.text for title in titles],
        imprint=find_imprint_date(outline, layout),
        saved=saved,
    )
    published = find_publication(metadata, reading, outline, layout, dated, saved)
    passages = [
        replace(
            passage,
            sources=own,
            dates=period.dates if period else None,
            date_precision=period.precision if period else "none",
            mentioned_dates=mention_dates(
                passage.text,
                draft.date.end if draft.date else 0,
                period or _as_period(published.dates),
            ),
        )
        for passage, draft, own, period in zip(
            written.passages, drafts, sources, dated.periods, strict=True
        )
    ]
    main_title = next((title.text for title in titles if title.level == 1), "")
    file_title = reading.title.strip() if is_real_title(reading.title) else ""
    sections = [draft.section for draft in drafts if draft.kind == "event"]
    return Document(
        id=name,
        title=metadata.title
        or file_title
        or main_title
        or derive_title(sections, published.dates, source.relative),
        kind=recognised.kind,
        published=published.dates,
        published_from=published.found_in,
        publisher=metadata.publisher or reading.publisher,
        language=metadata.language or reading.language or _DEFAULT_LANGUAGE,
        source_url=metadata.source_url or reading.source_url,
        path=source.relative,
        sha256=_hash_file(source.path),
        pages=layout.pages,
        text=written.text,
        passages=_add_names(passages, known),
        headings=written.headings,
        furniture=layout.furniture,
        notes=(*reading.notes, *dated.notes),
        kind_reason=recognised.reason,
    )


def _add_names(passages: Sequence[Passage], known: KnownActors | None) -> tuple[Passage, ...]:
    """Add who acts and which countries take part in the passages of a document."""
    named = find_actors([passage.text for passage in passages], known)
    found = []
    for passage, names in zip(passages, named, strict=True):
        hosts = [url_host(source.url) for source in passage.sources]
        countries = assign_countries(
            passage.text,
            passage.headline,
            passage.section,
            passage.kind,
            person_spans=names.person_spans,
            hosts=hosts,
        )
        found.append(
            replace(
                passage,
                actors=names.actors,
                countries=countries.countries,
                mentioned=countries.mentioned,
                pairs=countries.pairs,
            )
        )
    return tuple(found)


def _check_length(reading: Reading, path: Path) -> None:
    length = sum(len(line.text) for line in reading.lines)
    if length > MAX_CHARS:
        raise UnreadableFile(
            f"{path.name} has {length:,} characters; up to {MAX_CHARS:,} are read.", path=str(path)
        )


def _as_period(dates: DateRange | None) -> Period | None:
    return Period(dates, "document") if dates else None


def _one_day(day: date | None) -> DateRange | None:
    return DateRange(day, day) if day else None


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if _is_document(name):
                yield Path(parent, name)


def _is_document(name: str) -> bool:
    """Tell a document from what stands beside documents: metadata, hidden files, a README."""
    path = Path(name)
    beside = name.startswith(".") or name.endswith(SIDECAR_SUFFIX) or name == FOLDER_FILE
    return not beside and path.stem.lower() != "readme" and is_known_format(path)


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
