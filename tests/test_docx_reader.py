"""The reader of Word files."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from readings import NOTE, get_links, get_texts
from sample_notes import write_docx

from corpus.document import DateRange
from corpus.errors import UnreadableFile
from corpus.ingest import SourceFile, read_document
from corpus.readers.docx import read_docx
from corpus.reading import Line, Link


def test_docx_paragraphs_headings_and_rows_come_in_order(tmp_path: Path) -> None:
    write_docx(NOTE, tmp_path / "n.docx", title="T", author="A", day=date(2024, 5, 6))
    lines = [(line.role, line.text) for line in read_docx(tmp_path / "n.docx").lines if line.text]
    assert lines == [
        ("title", "Rozmowy o promach"),
        ("text", "Nota o połączeniach morskich."),
        ("heading", "Malta"),
        ("text", "Wicepremier Malty przyjął delegację z Cypru."),
        ("text", "Data\tTemat"),
        ("text", "4 maja\tpromy"),
        ("heading", "Cypr"),
        ("text", "Bilety potanieją."),
    ]


def test_docx_hyperlinks_cover_their_words(tmp_path: Path) -> None:
    write_docx(NOTE, tmp_path / "n.docx", title="T", author="A", day=date(2024, 5, 6))
    assert get_links(read_docx(tmp_path / "n.docx")) == [
        ("przyjął delegację", "https://gov.mt.example/a?x=1&y=2"),
        ("Bilety", "https://ferry.cy.example/"),
    ]


def test_docx_properties(tmp_path: Path) -> None:
    write_docx(NOTE, tmp_path / "n.docx", title="Promy", author="Redakcja", day=date(2024, 5, 6))
    reading = read_docx(tmp_path / "n.docx")
    about = (reading.title, reading.publisher, reading.language, reading.saved)
    assert about == ("Promy", "Redakcja", "pl-PL", date(2024, 5, 6))
    assert reading.paragraphs


@pytest.mark.parametrize(
    ("run", "text", "links"),
    [
        (
            "<w:fldSimple w:instr=' HYPERLINK https://a.example/d '>"
            '<w:r><w:t xml:space="preserve">nota </w:t></w:r></w:fldSimple>'
            "<w:r><w:t>MSZ</w:t></w:r>",
            "nota MSZ",
            (Link(0, 4, "https://a.example/d"),),
        ),
        ("<w:ins><w:r><w:t>dopisane</w:t></w:r></w:ins>", "dopisane", ()),
        ("<w:del><w:r><w:delText>skreślone</w:delText></w:r></w:del>", "", ()),
        ("<w:r><w:t>Korea</w:t><w:br/><w:t>Płd.</w:t></w:r>", "Korea Płd.", ()),
        ("<w:r><w:t>2024\u00a0r. po\u00adrozumienie</w:t></w:r>", "2024 r. porozumienie", ()),
        (
            "<w:sdt><w:sdtContent><w:r><w:t>w polu</w:t></w:r></w:sdtContent></w:sdt>",
            "w polu",
            (),
        ),
        (
            "<w:r><w:t>Jak </w:t></w:r><w:fldSimple w:instr=' HYPERLINK \"https://a.example/b\" '>"
            "<w:r><w:t>donosi agencja</w:t></w:r></w:fldSimple>",
            "Jak donosi agencja",
            (Link(4, 18, "https://a.example/b"),),
        ),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            '<w:r><w:instrText> HYPERLINK "https://a.example/c" </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>nota</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> MSZ</w:t></w:r>',
            "nota MSZ",
            (Link(0, 4, "https://a.example/c"),),
        ),
    ],
    ids=[
        "link with spaces",
        "inserted",
        "deleted",
        "line break",
        "spaces",
        "control",
        "field",
        "open field",
    ],
)
def test_docx_words_that_word_keeps_elsewhere(
    tmp_path: Path, run: str, text: str, links: tuple[Link, ...]
) -> None:
    document = Document()
    document.add_paragraph("Początek.")
    body = document.element.body
    body.insert(1, parse_xml(f"<w:p {nsdecls('w')}>{run}</w:p>"))
    document.core_properties.modified = datetime(2024, 1, 1, tzinfo=UTC)
    document.save(str(tmp_path / "n.docx"))
    expected = (Line("Początek.", 1), *((Line("", 1), Line(text, 1, links=links)) if text else ()))
    assert read_docx(tmp_path / "n.docx").lines == expected


def test_docx_text_box_follows_its_paragraph(tmp_path: Path) -> None:
    document = Document()
    box = "<w:pict><w:txbxContent><w:p><w:r><w:t>Ramka</w:t></w:r></w:p></w:txbxContent></w:pict>"
    paragraph = f"<w:p {nsdecls('w')}><w:r><w:t>Tekst</w:t>{box}</w:r></w:p>"
    document.element.body.insert(0, parse_xml(paragraph))
    document.save(str(tmp_path / "n.docx"))
    assert get_texts(read_docx(tmp_path / "n.docx")) == ["Tekst", "Ramka"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "damaged or is not a Word document"),
        (b"PK\x03\x04 uszkodzone archiwum", "damaged or is not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 stary plik", "protected by a password or in the old"),
    ],
)
def test_docx_damaged_or_locked_says_so(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "n.docx"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=message):
        read_docx(path)


def test_docx_with_a_damaged_part_says_so(tmp_path: Path) -> None:
    path = tmp_path / "n.docx"
    write_docx(NOTE, path, title="T", author="A", day=date(2024, 5, 6))
    data = path.read_bytes()
    start = data.index(b"word/document.xml") + 60
    path.write_bytes(data[:start] + bytes(40) + data[start + 40 :])
    with pytest.raises(UnreadableFile, match="damaged or is not a Word document"):
        read_docx(path)


def test_docx_without_text_says_so(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "n.docx"))
    with pytest.raises(UnreadableFile, match="has no text"):
        read_docx(tmp_path / "n.docx")


def test_docx_a_line_in_bold_is_a_heading_and_a_bold_sentence_is_none(tmp_path: Path) -> None:
    document = Document()
    for bold, plain in (("Malta – Cypr", ""), ("Zajawka.", ""), ("3 maja", ": szczyt"), ("", "x")):
        paragraph = document.add_paragraph()
        paragraph.add_run(bold).bold = True
        paragraph.add_run(plain)
    document.save(str(tmp_path / "a.docx"))
    lines = read_docx(tmp_path / "a.docx").lines
    assert [line.role for line in lines if line.text] == ["heading", "text", "text", "text"]


def test_docx_headers_and_footers_are_set_aside(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Malta kupiła prom.")
    document.add_section()
    for section in document.sections:
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "Biuletyn nr 5, 12 maja 2031"
    document.sections[0].footer.paragraphs[0].text = "ul. Morska 5"
    document.save(str(tmp_path / "a.docx"))
    found = read_document(SourceFile(tmp_path / "a.docx", tmp_path, "a.docx"))
    assert sorted((item.kind, item.text) for item in found.furniture) == [
        ("running_head", "Biuletyn nr 5, 12 maja 2031"),
        ("running_head", "ul. Morska 5"),
    ]
    assert found.text == "Malta kupiła prom."
    assert found.published == DateRange(date(2031, 5, 12), date(2031, 5, 12))
