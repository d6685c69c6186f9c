"""Files that would take the whole run down: each costs itself and one clear sentence."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document as WordDocument
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.ingest import SourceFile
from corpus.limits import Limits
from corpus.parsing import Parser
from web.indexing import index_paths

NOTE = "Nota o promach\n\nMalta kupiła prom w Danii. Statek wypłynie w maju.\n"


def draw_pages(path: Path, pages: int, password: str = "") -> None:
    encryption = StandardEncryption(password) if password else None
    canvas = Canvas(str(path), invariant=1, encrypt=encryption)
    for number in range(pages):
        canvas.drawString(60, 700, f"Strona {number}")
        canvas.showPage()
    canvas.save()


def make_locked_pdf(path: Path) -> None:
    draw_pages(path, 1, password="tajne")


def make_truncated_pdf(path: Path) -> None:
    draw_pages(path, 3)
    path.write_bytes(path.read_bytes()[:300])


def make_endless_pdf(path: Path) -> None:
    draw_pages(path, 10_000)


def make_docx(path: Path, body: bytes) -> None:
    kept = io.BytesIO()
    WordDocument().save(kept)
    with zipfile.ZipFile(kept) as plain, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for member in plain.infolist():
            data = plain.read(member)
            if member.filename == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + body)
            file.writestr(member, data)


def make_zip_bomb(path: Path) -> None:
    make_docx(path, b" " * 200 * 1024**2)


def make_truncated_docx(path: Path) -> None:
    WordDocument().save(str(path))
    path.write_bytes(path.read_bytes()[:2000])


def make_one_line(path: Path) -> None:
    path.write_bytes("Prom płynie. ".encode() * 3_600_000)


def make_pdf_called_text(path: Path) -> None:
    draw_pages(path, 1)


def make_text_called_pdf(path: Path) -> None:
    path.write_text(NOTE, "utf-8")


def make_page_called_text(path: Path) -> None:
    path.write_text("<!DOCTYPE html><p>Prom</p>", "utf-8")


def make_picture_called_text(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))


HOSTILE = {
    "locked.pdf": (make_locked_pdf, "The PDF is protected by a password; save a copy without"),
    "truncated.pdf": (make_truncated_pdf, "The PDF is damaged or is not a PDF at all."),
    "endless.pdf": (make_endless_pdf, "The PDF has 10,000 pages; up to 3,000 are read."),
    "bomb.docx": (make_zip_bomb, "The document unpacks to over 128 MB."),
    "truncated.docx": (make_truncated_docx, "The document is damaged or is not a Word document"),
    "line.txt": (make_one_line, "line.txt has 46,799,999 characters; up to 10,000,000 are read."),
    "really_pdf.txt": (make_pdf_called_text, "really_pdf.txt is not what its name says but a PDF"),
    "really_text.pdf": (make_text_called_pdf, "The PDF is damaged or is not a PDF at all."),
    "really_html.txt": (make_page_called_text, "really_html.txt is not what its name says but a"),
    "picture.txt": (make_picture_called_text, "picture.txt is not what its name says but a pict"),
}


def test_each_hostile_file_costs_one_sentence_and_no_other_file(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, (make, _) in HOSTILE.items():
        make(folder / name)
    (folder / "a_note.txt").write_text(NOTE, "utf-8")
    (folder / "z_note.txt").write_text(NOTE + "Cena spadła.\n", "utf-8")
    summary = index_paths([folder], tmp_path / "index", workers=1)
    reasons = {Path(path).name: reason for path, reason in summary.failed}
    assert {
        name: reasons.get(name, "").startswith(said) for name, (_, said) in HOSTILE.items()
    } == dict.fromkeys(HOSTILE, True), reasons
    assert all(reason.endswith(".") and "\n" not in reason for reason in reasons.values())
    assert summary.documents == 2


def sources_of(folder: Path, *texts: str) -> list[SourceFile]:
    found = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(text, "utf-8")
        found.append(SourceFile(path, folder, path.name))
    return found


def parse_all(sources: list[SourceFile], limits: Limits) -> list[str]:
    with Parser(limits) as parser:
        return [
            parsed.title if isinstance(parsed, Document) else str(parsed)
            for _, parsed in parser.parse_all(sources)
        ]


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    long = "\n\n".join(f"Prom numer {number} płynie do Gdyni." for number in range(60_000))
    sources = sources_of(tmp_path, NOTE, long, NOTE)
    assert parse_all(sources, Limits(seconds=4)) == [
        "Nota o promach",
        "1.txt took longer than 4 seconds to read.",
        "Nota o promach",
    ]


def test_a_file_that_needs_too_much_memory_is_given_up_and_the_next_is_read(
    tmp_path: Path,
) -> None:
    make_docx(tmp_path / "wielki.docx", b"<w:p><w:r>%s</w:r></w:p>" % (b"<w:br/>" * 5_000_000))
    first, last = sources_of(tmp_path, NOTE, NOTE)
    large = replace(first, path=tmp_path / "wielki.docx")
    assert parse_all([first, large, last], Limits(memory_bytes=512 * 1024**2)) == [
        "Nota o promach",
        "wielki.docx needs more than 0.5 GB of memory to be read.",
        "Nota o promach",
    ]


def test_what_the_reader_raises_arrives_as_it_was(tmp_path: Path) -> None:
    with Parser() as parser:
        [(_, parsed)] = parser.parse_all(sources_of(tmp_path, ""))
    assert isinstance(parsed, CorpusError)
    assert (str(parsed), parsed.path) == ("0.txt is empty.", str(tmp_path / "0.txt"))


def test_file_that_is_gone_by_the_time_is_told(tmp_path: Path) -> None:
    sources = sources_of(tmp_path, NOTE, NOTE)
    sources[0].path.unlink()
    assert parse_all(sources, Limits()) == [
        "0.txt cannot be read: No such file or directory.",
        "Nota o promach",
    ]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_documents_come_in_the_order_of_the_files(tmp_path: Path, count: int) -> None:
    texts = [f"Nota numer {number}\n\nProm płynie do Gdyni." for number in range(count)]
    titles = [f"Nota numer {number}" for number in range(count)]
    assert parse_all(sources_of(tmp_path, *texts), Limits()) == titles
