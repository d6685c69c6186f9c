"""The day on which a program saved a file, and when it is believed to be that of publication."""

from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document as WordDocument
from test_ingest import day

from corpus.document import Document, PublishedFrom
from corpus.ingest import SourceFile, read_document


def read_saved(tmp_path: Path, saved: str, *paragraphs: str) -> Document:
    """Read a Word document that was saved on a day."""
    document = WordDocument()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.modified = datetime.fromisoformat(saved)
    document.save(str(tmp_path / "monitor.docx"))
    return read_document(SourceFile(tmp_path / "monitor.docx", tmp_path, "monitor.docx"))


EVENTS = (
    "3 maja: premierzy Malty i Cypru rozmawiali w Valletcie. Podpisano umowę o promach.",
    "https://news.mt.example/2021/05/04/promy",
    "12 maja: Cypr otworzył konsulat na Gozo. Przyszło wielu mieszkańców wyspy.",
    "https://news.cy.example/2021/05/13/konsulat",
    "20 maja: parlamenty obu wysp przyjęły wspólną uchwałę w sprawie wód.",
    "https://news.mt.example/2021/05/21/uchwala",
)
UNLINKED = tuple(line for line in EVENTS if not line.startswith("https"))


def test_monitor_printed_again_years_later_keeps_the_year_of_its_sources(tmp_path: Path) -> None:
    document = read_saved(tmp_path, "2026-11-22", *EVENTS)
    assert document.passages[0].dates == day("2021-05-03")
    assert document.published_from == "links"
    assert document.published is not None
    assert document.published.start == date(2021, 5, 1)


def test_monitor_saved_shortly_after_its_events_was_published_then(tmp_path: Path) -> None:
    document = read_saved(tmp_path, "2021-06-07", *EVENTS)
    assert (document.published, document.published_from) == (day("2021-06-07"), "metadata")


def test_monitor_without_any_other_year_has_that_of_its_file(tmp_path: Path) -> None:
    document = read_saved(tmp_path, "2021-01-08", *UNLINKED)
    assert document.passages[0].dates == day("2020-05-03")


def test_heading_of_a_year_to_come_is_not_the_year_of_the_events(tmp_path: Path) -> None:
    events = (*UNLINKED, "21 maja: umowę z 2020 r. przedłużono. Obowiązuje na obu wyspach.")
    document = read_saved(tmp_path, "2021-06-07", "Monitor Strategia 2030", *events)
    assert document.passages[-1].dates == day("2021-05-21")


@pytest.mark.parametrize(
    ("saved", "published_from"),
    [("2021-06-07", "metadata"), ("2022-01-07", "metadata"), ("2013-12-23", "none")],
)
def test_note_is_of_the_day_it_was_saved_unless_its_years_speak_against_it(
    tmp_path: Path, saved: str, published_from: PublishedFrom
) -> None:
    text = "Malta i Cypr rozmawiają od 2019 r., a od 2021 r. mają wspólną komisję do spraw promów."
    assert read_saved(tmp_path, saved, text).published_from == published_from
