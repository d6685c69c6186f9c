"""Notes with addresses, and addresses broken over lines."""

from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.pdfgen.canvas import Canvas
from sample_pdf import register_fonts

from corpus.document import Document
from corpus.ingest import SourceFile, read_document
from corpus.readers.docx import read_docx
from corpus.readers.pdf import read_pdf
from corpus.sources.urls import goes_on_url


def read(path: Path) -> Document:
    return read_document(SourceFile(path, path.parent, path.name))


def read_lines(folder: Path, text: str) -> Document:
    path = folder / "nota.txt"
    path.write_text(text, "utf-8")
    return read(path)


def urls(document: Document, start: str) -> list[str]:
    [passage] = [p for p in document.passages if p.text.startswith(start)]
    return [source.url for source in passage.sources]


NOTED = """\
Malta wobec suszy

Rząd Malty ogłosił stan klęski[1], a Cypr wysłał wodę [2, 3]. Pomoc przypłynęła w maju.

Rolnicy protestują przed parlamentem w Valletcie i żądają odszkodowań za zbiory.[4]

{notes}
"""
ITEMS = ("https://a.example/stan", "Zob. https://b.example/woda.", "https://c.example/", "D, s. 3.")


@pytest.mark.parametrize(
    "notes",
    [
        "\n".join(f"[{number}] {item}" for number, item in enumerate(ITEMS, 1)),
        "\n\n".join(f"[{number}] {item}" for number, item in enumerate(ITEMS, 1)),
        "Przypisy\n\n" + "\n".join(f"{number}. {item}" for number, item in enumerate(ITEMS, 1)),
    ],
)
def test_addresses_of_notes_are_sources_of_who_cites_them(tmp_path: Path, notes: str) -> None:
    document = read_lines(tmp_path, NOTED.format(notes=notes))
    assert urls(document, "Rząd") == [
        "https://a.example/stan",
        "https://b.example/woda",
        "https://c.example/",
    ]
    assert urls(document, "Rolnicy") == []


def test_notes_numbered_anew_belong_to_their_own_page(tmp_path: Path) -> None:
    page = "{} trwają od dawna w tym kraju[1], a ich koniec jest jeszcze bardzo daleki.\n\n{}\n"
    first = page.format("Rozmowy", "[1] https://a.example/")
    document = read_lines(tmp_path, first + "\f" + page.format("Spory", "[1] https://b.example/"))
    assert urls(document, "Rozmowy") == ["https://a.example/"]
    assert urls(document, "Spory") == ["https://b.example/"]


@pytest.mark.parametrize(
    ("before", "after", "rest"),
    [
        ("https://a.example/news/", "2031-05-maj.html", "2031-05-maj.html"),
        ("https://a.example/news-", "z-malty/12", "z-malty/12"),
        ("zob. https://a.example/news/", "z-malty_12.html, oraz", "z-malty_12.html"),
        ("https://a.example/news", "z-malty/12", ""),
        ("https://a.example/news/", "12", ""),
        ("https://a.example/news/", "parlament.", ""),
        ("https://a.example/news/", "https://b.example/a-b", ""),
        ("https://a.example/news/", "Polsko-czeskie rozmowy", ""),
        ("polsko-", "czeskie/a-b", ""),
    ],
)
def test_address_goes_on_where_it_is_clearly_one(before: str, after: str, rest: str) -> None:
    assert after[: goes_on_url(before, after)] == rest


def test_broken_address_of_a_link_block_is_one_source(tmp_path: Path) -> None:
    document = read_lines(
        tmp_path,
        "3 maja 2031: rozmowy w Rydze trwają.\nhttps://a.example/aktualnosci/\n2031/rozmowy-w-rydze\n",
    )
    assert urls(document, "3 maja") == ["https://a.example/aktualnosci/2031/rozmowy-w-rydze"]


def test_broken_address_of_a_sentence_is_one_source(tmp_path: Path) -> None:
    document = read_lines(
        tmp_path,
        "Rozmowy w Rydze opisano szeroko (zob. https://a.example/aktualnosci-\n"
        "2031/rozmowy-w-rydze.html), a ich skutki są nieznane do dziś nikomu.\n",
    )
    assert urls(document, "Rozmowy") == ["https://a.example/aktualnosci-2031/rozmowy-w-rydze.html"]


def write_docx_with_notes(path: Path) -> None:
    document = WordDocument()
    for text, note in (("Rząd ogłosił stan klęski", 7), ("Rolnicy protestują", 5)):
        paragraph = document.add_paragraph(f"{text} w całym kraju")
        paragraph._p.append(
            parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="{note}"/></w:r>')
        )
        paragraph.add_run(".")
    notes = "".join(
        f'<w:footnote w:id="{note}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r>'
        "</w:p></w:footnote>"
        for note, text in ((5, "Zob. https://b.example/"), (7, "Zob. https://a.example/"))
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document.save(str(path))


def test_docx_footnotes_are_numbered_as_they_are_cited(tmp_path: Path) -> None:
    write_docx_with_notes(tmp_path / "n.docx")
    assert [line.text for line in read_docx(tmp_path / "n.docx").lines if line.text] == [
        "Rząd ogłosił stan klęski w całym kraju[1].",
        "Rolnicy protestują w całym kraju[2].",
        "[2] Zob. https://b.example/",
        "[1] Zob. https://a.example/",
    ]


def test_docx_footnotes_are_sources_of_who_cites_them(tmp_path: Path) -> None:
    write_docx_with_notes(tmp_path / "n.docx")
    document = read(tmp_path / "n.docx")
    assert urls(document, "Rząd") == ["https://a.example/"]
    assert urls(document, "Rolnicy") == ["https://b.example/"]


def test_pdf_raised_digits_are_numbers_of_notes(tmp_path: Path) -> None:
    register_fonts()
    canvas = Canvas(str(tmp_path / "n.pdf"), invariant=1)
    text = canvas.beginText(60, 700)
    for size, rise, words in (
        (11, 0, "Rząd ogłosił stan klęski"),
        (6, 4, "12"),
        (11, 0, " na obszarze 3 km"),
        (6, 4, "2"),
        (11, 0, " lasu"),
    ):
        text.setFont("Roboto", size)
        text.setRise(rise)
        text.textOut(words)
    canvas.drawText(text)
    canvas.save()
    [line] = read_pdf(tmp_path / "n.pdf").lines
    assert line.text == "Rząd ogłosił stan klęski[12] na obszarze 3 km2 lasu"


@pytest.mark.parametrize("numbers", ["12", "¹²"])
def test_notes_whose_numbers_are_glued_to_words_are_sources(tmp_path: Path, numbers: str) -> None:
    one, two = numbers
    first = f"Rząd Malty podpisał protokoły{one}, które nie weszły w życie z powodu sprzeciwu opo-"
    text = (
        f"Nota\n\n{first}\n{one} A. Kot, Protokoły, https://a.example/kot.\n"
        f"\fzycji. Cypr poparł umowę{two} i czeka na jej wejście w życie przed końcem roku.\n"
        f"{two} Zob. https://b.example/umowa.\n"
    )
    document = read_lines(tmp_path, text)
    assert [passage.kind for passage in document.passages] == ["paragraph", "note", "note"]
    assert "sprzeciwu opozycji. Cypr poparł" in document.passages[0].text
    assert urls(document, "Rząd") == ["https://a.example/kot", "https://b.example/umowa"]


def test_a_number_at_the_beginning_of_a_line_is_no_note_when_nothing_cites_it(
    tmp_path: Path,
) -> None:
    document = read_lines(
        tmp_path, "Nota\n\nNa wyspę przybyła w końcu\n1 Brygada Morska z Nikozji.\n"
    )
    assert [passage.kind for passage in document.passages] == ["paragraph"]


def test_a_page_that_begins_with_a_number_is_no_page_of_notes(tmp_path: Path) -> None:
    lines = ["1 Brygada Morska przybyła.", *["Minister milczy."] * 4]
    text = f"Nota\n\nRząd podpisał protokoły1.\n\f{chr(10).join(lines)}\n"
    document = read_lines(tmp_path, text)
    assert {passage.kind for passage in document.passages} == {"paragraph"}
