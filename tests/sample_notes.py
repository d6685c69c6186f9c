"""Write sample notes as DOCX and HTML files, the same bytes each time."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from sample_layout import Block, parse_source

DOCX_STYLES = {"title": "Title", "heading": "Heading 1", "lead": "Subtitle"}
HTML_TAGS = {"title": "h1", "heading": "h2"}


def split_links(text: str) -> Iterator[tuple[str, str]]:
    """Give the stretches of a text with the address each one links to, or with none."""
    end = 0
    for match in re.finditer(r"\[([^]]+)\]\((\S+?)\)", text):
        yield text[end : match.start()], ""
        yield match[1], match[2]
        end = match.end()
    yield text[end:], ""


def write_docx(source: str, path: Path, *, title: str, author: str, day: date) -> None:
    """Write a note as a Word document with styles, hyperlinks and a table."""
    document = Document()
    rows: list[Block] = []
    for block in parse_source(source):
        if block.kind == "row":
            rows.append(block)
            continue
        if rows:
            _add_table(document, rows)
            rows = []
        _add_words(document.add_paragraph(style=DOCX_STYLES.get(block.kind)), block.text)
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, author, "pl-PL"
    properties.comments, properties.last_modified_by = "", author
    properties.created = properties.modified = moment
    stream = io.BytesIO()
    document.save(stream)
    _write_undated_zip(stream.getvalue(), path)


def _add_table(document: object, rows: list[Block]) -> None:
    table = document.add_table(rows=0, cols=2)  # type: ignore[attr-defined]
    for row in rows:
        for cell, text in zip(table.add_row().cells, row.text.split(" | "), strict=True):
            cell.text = text


def _add_words(paragraph: Paragraph, text: str) -> None:
    for words, url in split_links(text):
        if not url:
            paragraph.add_run(words)
            continue
        link = OxmlElement("w:hyperlink")
        relation = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
        link.append(paragraph.add_run(words)._r)
        paragraph._p.append(link)


def _write_undated_zip(data: bytes, path: Path) -> None:
    """Rewrite a zip archive with one fixed time on its members."""
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))


def write_html(source: str, path: Path, *, title: str, publisher: str, day: date) -> None:
    """Write a note as a web page with the furniture that web pages have."""
    parts = [
        f"<{tag}>{_mark_up(block.text)}</{tag}>"
        for block in parse_source(source)
        if (tag := HTML_TAGS.get(block.kind, "p"))
    ]
    body = "\n    ".join(parts)
    path.write_text(
        f"""<!DOCTYPE html>
<html lang="pl">
<head>
  <meta charset="utf-8">
  <title>{escape(title)} | {escape(publisher)}</title>
  <meta name="author" content="{escape(publisher)}">
  <meta property="article:published_time" content="{day.isoformat()}T08:30:00+02:00">
  <link rel="canonical" href="https://noty.kwerenda.example/2023/maroko-hiszpania">
</head>
<body>
  <header><a href="https://noty.kwerenda.example/">{escape(publisher)}</a></header>
  <nav><ul><li><a href="https://noty.kwerenda.example/afryka">Afryka</a></li></ul></nav>
  <article>
    {body}
  </article>
  <aside><p>Czytaj także: inne noty o regionie.</p></aside>
  <footer><p>Wszystkie noty są zmyślone.</p></footer>
</body>
</html>
""",
        encoding="utf-8",
    )


def _mark_up(text: str) -> str:
    return "".join(
        f'<a href="{escape(url)}">{escape(words)}</a>' if url else escape(words, quote=False)
        for words, url in split_links(text)
    )
