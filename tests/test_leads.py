"""What sets a lead apart in each format: bold, a box, a class, a column of its own."""

from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from sample_pdf import register_fonts
from test_html_reader import write_page

from corpus.document import Document
from corpus.ingest import SourceFile, read_document
from corpus.readers.docx import read_docx

TITLE = "Cisza przed sztormem"
LEAD = "Malta i Cypr nie zbudują wspólnej floty, lecz podzielą się zadaniami na wodach między nimi."
SECTIONS = (
    "Stanowisko Malty. Rząd w Valletcie chce krótszych patroli. Koszty ponosi dziś sama wyspa.",
    "Stanowisko Cypru. Nikozja woli umowę na dziesięć lat. Parlament jeszcze jej nie widział.",
    "Wnioski. Umowa jest możliwa przed latem. Polska mogłaby użyczyć wyspom dwóch okrętów.",
)


def read(path: Path) -> Document:
    return read_document(SourceFile(path, path.parent, path.name))


def get_leads(document: Document) -> list[str]:
    return [passage.text for passage in document.passages if passage.kind == "lead"]


@pytest.mark.parametrize("lead", [f"<p><b>{LEAD}</b></p>", f'<p class="lead">{LEAD}</p>'])
def test_bold_or_marked_paragraph_below_the_title_of_a_page_is_its_lead(
    tmp_path: Path, lead: str
) -> None:
    body = f"<h1>{TITLE}</h1>{lead}" + "".join(f"<p>{section}</p>" for section in SECTIONS)
    assert get_leads(read(write_page(tmp_path / "a.html", body))) == [LEAD]


def test_paragraph_with_a_bold_word_is_no_lead(tmp_path: Path) -> None:
    lead = LEAD.replace("Malta", "<b>Malta</b>")
    body = f"<h1>{TITLE}</h1><p>{lead}</p>" + "".join(f"<p>{text}</p>" for text in SECTIONS)
    assert get_leads(read(write_page(tmp_path / "a.html", body))) == []


def write_word(path: Path, lead: str) -> Path:
    """Write a document with a lead given as markup."""
    document = WordDocument()
    document.add_heading(TITLE, level=1)
    for section in SECTIONS:
        document.add_paragraph(section)
    document.element.body.insert(1, parse_xml(lead))
    document.save(str(path))
    return path


RUN = f"<w:r>{{}}<w:t>{LEAD}</w:t></w:r>"
BOLD = "<w:rPr><w:b/></w:rPr>"
UNBOLD = '<w:rPr><w:b w:val="0"/></w:rPr>'
CELL = f"<w:tc><w:p>{RUN.format('')}</w:p></w:tc>"


@pytest.mark.parametrize(
    ("lead", "leads"),
    [
        (f"<w:p {nsdecls('w')}>{RUN.format(BOLD)}</w:p>", [LEAD]),
        (f"<w:tbl {nsdecls('w')}><w:tr>{CELL}</w:tr></w:tbl>", [LEAD]),
        (
            f"<w:p {nsdecls('w')}><w:r><w:pict><w:txbxContent><w:p>{RUN.format('')}</w:p>"
            "</w:txbxContent></w:pict></w:r></w:p>",
            [LEAD],
        ),
        (f"<w:p {nsdecls('w')}>{RUN.format('')}</w:p>", []),
        (f"<w:p {nsdecls('w')}>{RUN.format(UNBOLD)}</w:p>", []),
        (f"<w:tbl {nsdecls('w')}><w:tr>{CELL}{CELL}</w:tr></w:tbl>", []),
    ],
    ids=["bold", "box", "text box", "plain", "bold switched off", "table"],
)
def test_lead_of_a_word_document(tmp_path: Path, lead: str, leads: list[str]) -> None:
    assert get_leads(read(write_word(tmp_path / "a.docx", lead))) == leads


def test_only_heading_of_the_first_level_is_the_title_of_a_word_document(tmp_path: Path) -> None:
    document = WordDocument()
    for level, heading in ((1, TITLE), (2, "Malta"), (2, "Cypr")):
        document.add_heading(heading, level=level)
        document.add_paragraph(LEAD)
    document.save(str(tmp_path / "a.docx"))
    roles = [line.role for line in read_docx(tmp_path / "a.docx").lines if line.text]
    assert roles == ["title", "text", "heading", "text", "heading", "text"]


def test_several_headings_of_the_first_level_are_sections(tmp_path: Path) -> None:
    document = WordDocument()
    for heading in ("Malta", "Cypr"):
        document.add_heading(heading, level=1)
        document.add_paragraph(LEAD)
    document.save(str(tmp_path / "a.docx"))
    roles = [line.role for line in read_docx(tmp_path / "a.docx").lines if line.text]
    assert roles == ["heading", "text", "heading", "text"]


def draw_columns(path: Path, *, size: float) -> Path:
    """Draw a title of a size, a lead across the page and, close below, two columns."""
    register_fonts()
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont("Roboto", size)
    canvas.drawString(60, 760, TITLE)
    canvas.setFont("Roboto", 10)
    first = LEAD[: LEAD.index(" na wodach")]
    canvas.drawString(60, 740, first + " po długich rozmowach obu stron w Brukseli")
    canvas.drawString(60, 728, "na wodach między nimi.")
    for left, sections in ((60, SECTIONS[:2]), (320, SECTIONS[2:])):
        y = 716.0
        for section in sections:
            words = section.split()
            for at in range(0, len(words), 5):
                canvas.drawString(left, y, " ".join(words[at : at + 5]))
                y -= 12
            y -= 8
    canvas.save()
    return path


def test_lead_across_the_page_ends_with_its_short_last_line(tmp_path: Path) -> None:
    document = read(draw_columns(tmp_path / "a.pdf", size=16))
    (lead,) = get_leads(document)
    assert lead.endswith("w Brukseli na wodach między nimi.")


@pytest.mark.parametrize("size", [12, 16])
def test_largest_line_that_stands_alone_is_the_title_of_a_print(
    tmp_path: Path, size: float
) -> None:
    assert read(draw_columns(tmp_path / "a.pdf", size=size)).title == TITLE
