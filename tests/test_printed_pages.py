"""Documents printed by a real browser: the same passages, dates and sources as their texts."""

from pathlib import Path

import pytest
from build_sample import SOURCES
from external_data import DATA
from playwright.sync_api import Browser
from sample_html import Lead, render_page
from sample_layout import lay_out_bulletin, lay_out_monitor
from test_seeds import document
from test_seeds_as_pdf import tell, write_source

from corpus.document import Document
from corpus.ingest import SourceFile, read_document

MARGINS = {"top": "2cm", "bottom": "2cm", "left": "2cm", "right": "2cm"}
PAGE_NUMBER = (
    '<div style="font-size:8px;width:100%;text-align:center"><span class="{}"></span></div>'
)


def print_page(browser: Browser, html: str, path: Path) -> Document:
    page = browser.new_page()
    page.set_content(html)
    page.pdf(
        path=str(path),
        format="A4",
        margin=MARGINS,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=PAGE_NUMBER.format("pageNumber"),
    )
    page.close()
    return read(path)


def read(path: Path) -> Document:
    return read_document(SourceFile(path, path.parent, path.name))


def assert_same_passages(printed: Document, text: Document) -> None:
    pairs = zip(map(tell, printed.passages), map(tell, text.passages), strict=False)
    assert [(ours, theirs) for ours, theirs in pairs if ours != theirs] == []
    assert len(printed.passages) == len(text.passages)
    confidences = {source.confidence for p in printed.passages for source in p.sources}
    assert confidences <= {"exact"}


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("name", ["monitor-2023-11", "monitor-2024-02"])
def test_printed_monitor_reads_as_its_text(
    tmp_path: Path,
    browser: Browser,
    name: str,
    columns: int,
) -> None:
    source = (SOURCES / f"{name}.txt").read_text(encoding="utf-8")
    (tmp_path / "monitor.txt").write_text(lay_out_monitor(source), encoding="utf-8")
    printed = print_page(browser, render_page(source, columns=columns), tmp_path / "druk.pdf")
    assert_same_passages(printed, read(tmp_path / "monitor.txt"))


@pytest.mark.parametrize(("columns", "lead"), [(1, "bold"), (2, "bold"), (2, "box")])
def test_printed_bulletin_reads_as_its_text(
    tmp_path: Path,
    browser: Browser,
    columns: int,
    lead: Lead,
) -> None:
    source = (SOURCES / "biuletyn-nil.txt").read_text(encoding="utf-8")
    (tmp_path / "biuletyn.txt").write_text(lay_out_bulletin(source), encoding="utf-8")
    html = render_page(source, columns=columns, lead=lead)
    printed = print_page(browser, html, tmp_path / "druk.pdf")
    assert_same_passages(printed, read(tmp_path / "biuletyn.txt"))


@pytest.mark.skipif(
    not (DATA / "gold" / "monitor.json").is_file(),
    reason=f"the external evaluation data is not at {DATA}",
)
@pytest.mark.parametrize(
    ("name", "columns", "lead"),
    [
        ("monitor", 1, "bold"),
        ("monitor", 2, "bold"),
        ("bulletin", 1, "bold"),
        ("bulletin", 2, "bold"),
        ("bulletin", 2, "box"),
    ],
)
def test_printed_real_document_reads_as_its_text(
    tmp_path: Path,
    browser: Browser,
    name: str,
    columns: int,
    lead: Lead,
) -> None:
    text = document(name)
    html = render_page(write_source(text), columns=columns, lead=lead)
    assert_same_passages(print_page(browser, html, tmp_path / "druk.pdf"), text)
