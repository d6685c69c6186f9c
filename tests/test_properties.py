"""What holds for every file: nothing lost, nothing raised but our own, ids that stay."""

import os
import tempfile
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readings import NOTE
from reportlab.pdfgen.canvas import Canvas
from sample_notes import write_docx
from sample_pdf import register_fonts

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.ingest import SourceFile, read_document
from index.generations import find_live
from search.whoosh_engine import open_engine
from web.indexing import index_paths

EXAMPLES = int(os.environ.get("KWERENDA_FUZZ_EXAMPLES", "60"))

WORDS = st.sampled_from(
    [
        *("I. WNIOSKI", "STYCZEŃ", "Maj 2031", "12 maja 2031 r.", "KOMENTARZ", "Przypisy", "MALTA"),
        *("3 maja:", "1.1. ONZ –", "28 XII 2018 – 3 I 2019:", "31 lutego:", "II kwartał 2023 –"),
        *("a.", "1.", "[1]", "[2, 3]", "•", "#", "##", "–", "—", "…", "„", "”", "(", "-", "/"),
        *("minister", "ds.", "Malty", "odbył", "rozmowy.", "Nikozji,", "w zeszłym roku", "br."),
        *("https://a.example/b-", "c/d-e_f.html", "www.a.example", "[x](https://a.example/)"),
        *(">", "**", "__", "---", "===", "```", "[^1]", "[^1]:", "| a | b |", "|---|---|", "<!--"),
        *("12.05.24:", "druga połowa maja 2023 –", "title: T", "<ol><li>", "<div class='menu'>"),
        *("<h2>", "</h2>", "<blockquote>", "<a href='/x'>x</a>", "</a>", "</div>"),
        *("<p>", "</p>", "<a href='https://a.example/'>", "<table><tr><td>", "&amp;", "\xad", "ﬁ"),
        *("\n", "\n\n", "\n \n", "\f", "\r\n", "\u2028", "\t", "  ", "\u200b", "\xa0", "\x85"),
    ]
)
TEXTS = st.lists(WORDS | st.text(max_size=5), max_size=60).map(" ".join)


def read(name: str, data: bytes) -> Document | None:
    """Give what a file is read as, None when it is refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        try:
            return read_document(SourceFile(path, path.parent, name))
        except CorpusError as err:
            assert str(err).endswith(".")
            return None


def check(document: Document) -> None:
    """Assert that passages and headings cover the text once, and that offsets fit."""
    spans = sorted(
        [(passage.start, passage.end) for passage in document.passages]
        + [(heading.start, heading.end) for heading in document.headings]
    )
    assert "\n\n".join(document.text[start:end] for start, end in spans) == document.text
    assert len({passage.id for passage in document.passages}) == len(document.passages)
    for ordinal, passage in enumerate(document.passages):
        assert passage.ordinal == ordinal
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.headline in passage.text
        assert 1 <= passage.page_start <= passage.page_end <= document.pages
        for mention in passage.mentioned_dates:
            assert 0 <= mention.start < mention.end <= len(passage.text)


@given(TEXTS, st.sampled_from(["a.txt", "a.md", "a.html"]))
@settings(max_examples=3 * EXAMPLES, deadline=None)
def test_any_text_is_read_or_refused_and_covered_once(text: str, name: str) -> None:
    document = read(name, text.encode("utf-8", "surrogatepass"))
    if document is not None:
        check(document)


@given(TEXTS)
@settings(max_examples=2 * EXAMPLES, deadline=None)
def test_every_character_of_a_text_is_kept_once(text: str) -> None:
    """Only space, invisible signs, controls and hyphens at line ends may go."""
    document = read("a.txt", text.encode("utf-8", "surrogatepass"))
    if document is None:
        return
    kept = Counter("".join([document.text, *(item.text for item in document.furniture)]))
    given_ = Counter(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    for counts in (kept, given_):
        for char in list(counts):
            if not char.isprintable() or char.isspace() or char in "-\xad":
                del counts[char]
    assert kept == given_


@cache
def example(suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{suffix}")
        if suffix == ".docx":
            write_docx(NOTE, path, title="T", author="A", day=date(2024, 5, 6))
        elif suffix == ".pdf":
            register_fonts()
            canvas = Canvas(str(path), invariant=1, pageCompression=0)
            canvas.setFont("Roboto", 11)
            for row in range(12):
                canvas.drawString(60, 700 - 14 * row, f"{row} maja 2031 r. – wiersz o promach")
            canvas.linkURL("https://a.example/", (60, 690, 200, 710))
            canvas.save()
        else:
            markup = "<html><head><title>T</title></head><body><h1>N</h1><p>Ań</p></body></html>"
            path.write_text(markup, "utf-8")
        return path.read_bytes()


@given(
    st.sampled_from([".docx", ".pdf", ".html"]),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)),
        min_size=1,
        max_size=8,
    ),
)
@settings(max_examples=3 * EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_files_are_read_or_refused(
    suffix: str, wounds: list[tuple[float, int, bytes]]
) -> None:
    data = example(suffix)
    for place, cut, put in wounds:
        at = int(place * len(data))
        data = data[:at] + put + data[at + cut :]
    document = read(f"a{suffix}", data)
    if document is not None:
        check(document)


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf"]))
@settings(max_examples=2 * EXAMPLES, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    document = read(name, data)
    if document is not None:
        check(document)


PARAGRAPHS = [
    "3 maja: minister Malty odwiedził Nikozję i rozmawiał o promach.",
    "4 maja: Cypr wysłał wodę na Maltę w trzech zbiornikowcach.",
    "5-6 maja: w Atenach obradowali ministrowie transportu.",
    "7 maja: Grecja zamknęła ambasadę w Valletcie.",
    "8 maja: Włochy przysłały ekspertów od suszy.",
]


@given(st.permutations(PARAGRAPHS), st.integers(3, 5))
@settings(max_examples=20, deadline=None)
def test_ids_of_passages_outlive_others_added_removed_and_reordered(
    order: list[str], count: int
) -> None:
    whole = read("a.txt", "\n\n".join(PARAGRAPHS).encode())
    part = read("a.txt", "\n\n".join(order[:count]).encode())
    assert whole is not None
    assert part is not None
    ids = {passage.text: passage.id for passage in whole.passages}
    assert {passage.text: passage.id for passage in part.passages} == {
        text: ids[text] for text in order[:count]
    }


@pytest.mark.parametrize("others", [["b"], ["0", "z"], ["b", "0", "z"]])
def test_ids_of_documents_outlive_others_added_and_removed(
    tmp_path: Path, others: list[str]
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text("\n\n".join(PARAGRAPHS), "utf-8")

    def ids() -> tuple[list[str], list[str]]:
        index_paths([folder], tmp_path / "index", workers=1)
        live = find_live(tmp_path / "index", rebuild=False)
        assert live is not None
        [name] = [s.document_id for s in live.sources if s.path.endswith("a.txt")]
        engine = open_engine(tmp_path / "index")
        try:
            return [name], [passage.id for passage in engine.document(name).passages]
        finally:
            engine.close()

    before = ids()
    for name in others:
        (folder / f"{name}.txt").write_text(f"Nota {name}\n\nProm płynie na Maltę.", "utf-8")
    assert ids() == before
    for name in others:
        (folder / f"{name}.txt").unlink()
    assert ids() == before
