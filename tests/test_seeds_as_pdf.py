"""The two real documents, printed: the same passages, dates and sources as from their texts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.platypus import Frame, PageTemplate
from sample_layout import parse_source
from sample_pdf import (
    MARGIN,
    _build,
    _furnish,
    _set_columns,
    _set_monitor_block,
    register_fonts,
    render_bulletin_pdf,
    render_monitor_pdf,
)
from test_seeds import document, pytestmark  # noqa: F401

from corpus.document import Document, Passage
from corpus.ingest import SourceFile, read_document

Render = Callable[[str, Path], None]


def write_source(found: Document) -> str:
    """Write a document as the source of the samples, from which PDFs are made."""
    return "\n\n".join(_write_items(found))


def _write_items(found: Document) -> Iterator[str]:
    headings = {heading.start: heading for heading in found.headings}
    passages = {passage.start: passage for passage in found.passages}
    for start in sorted([*headings, *passages]):
        if start in headings:
            heading = headings[start]
            yield f"# {found.text[start : heading.end]}"
        elif passages[start].kind == "lead":
            yield f"> {passages[start].text}"
        else:
            passage = passages[start]
            if passage.kind == "note":
                yield "---"
            text = passage.text.replace("\n", "\n\n")
            if found.kind == "bulletin" and passage.headline:
                text = text.replace(passage.headline, f"**{passage.headline}**", 1)
            yield "\n".join([text, *(f"<{source.url}>" for source in passage.sources)])


def print_monitor(source: str, path: Path) -> None:
    render_monitor_pdf(source, path, day="20181105")


def print_monitor_in_columns(source: str, path: Path) -> None:
    register_fonts()
    story = [_set_monitor_block(block) for block in parse_source(source)]
    frames: list[Frame] = _set_columns(A4[1] - MARGIN)
    _build(
        path,
        [PageTemplate("page", frames, onPage=_furnish("Monitor", "20181105"))],
        list(story),
        title="",
        author="",
    )


def print_bulletin(source: str, path: Path) -> None:
    render_bulletin_pdf(source, path, day="20250315")


def tell(passage: Passage) -> tuple[object, ...]:
    return (
        passage.kind,
        passage.section,
        passage.label,
        " ".join(passage.text.split()),
        " ".join(passage.headline.split()),
        passage.dates,
        tuple(source.url for source in passage.sources),
    )


@pytest.mark.parametrize(
    ("name", "render"),
    [
        ("monitor", print_monitor),
        ("monitor", print_monitor_in_columns),
        ("bulletin", print_bulletin),
    ],
)
def test_print_has_the_passages_dates_and_sources_of_the_text(
    tmp_path: Path, name: str, render: Render
) -> None:
    text = document(name)
    path = tmp_path / "druk.pdf"
    render(write_source(text), path)
    printed = read_document(SourceFile(path, tmp_path, path.name))
    differences = [
        (ours, theirs)
        for ours, theirs in zip(map(tell, printed.passages), map(tell, text.passages), strict=False)
        if ours != theirs
    ]
    assert differences == []
    assert len(printed.passages) == len(text.passages)
    assert {source.confidence for passage in printed.passages for source in passage.sources} <= {
        "exact"
    }
