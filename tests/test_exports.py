"""Results taken away, each opened again by a reader that is not ours."""

import csv
import io
import json
import re
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import bibtexparser
import docx
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from docx.oxml.ns import qn
from flask.testing import FlaskClient
from lxml import etree
from small_documents import make_document, source_of

from corpus.document import Document, Passage, Source
from index.whoosh_index import update_index
from search.query import Query
from search.request import build_query
from search.results import DocumentLabel, Results, Status
from search.scanning import scan_generation
from search.whoosh_engine import WhooshEngine, open_engine
from web import create_app
from web.exports import Export, start_export
from web.formats import FORMATS, name_file
from web.settings import Settings

FORMULAS = (
    '=HYPERLINK("https://zly.example","Klik")',
    "+48 22 555 01 01 to numer ambasady",
    "-2+3 to nie jest rachunek",
    "@SUM(A1:A9)",
    "\t=1+1",
    " =1+1 po spacji",
    "＝1+1 szerokim znakiem",
    "\ufeff=1+1 po znaku niewidocznym",
)
HOSTILE = (
    "Łódź: 100% zysku & strat_netto {klamra} nawias} \\input{x} ~ ^ $5 #7",
    'Minister powiedział: "tak", a potem <b>nie</b>; ]]> koniec.',
    "Znak strony\x0c i dzwonek\x07 w środku zdania.",
    "Wiersz pierwszy\nER  - \nTY  - BOOK\nwiersz drugi",
    "@article{zly, title = {nie}}",
)
MOMENT = datetime(2031, 6, 1, 8, 30, tzinfo=UTC)
BASE = "https://kwerenda.example"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    directory: Path = tmp_path_factory.mktemp("exports") / "index"
    documents = [with_long_pages(make_document("zle", *FORMULAS, *HOSTILE, title="=Zły tytuł"))]
    documents.append(make_document("dobre", "Rozmowy o zamku.", "Umowa o zamku i moście."))
    update_index(directory, added=[(source_of(document), document) for document in documents])
    opened = open_engine(directory)
    yield opened
    opened.close()


def with_long_pages(document: Document) -> Document:
    """Give a document of some pages whose passages name two sources, one of them no address."""
    sources = (
        Source("https://agencja.example/a?b=1&c=2", "", "exact"),
        Source('javascript:alert("x")', "", "guess"),
        Source('https://agencja.example/"b"MACROBUTTON', "", "guess"),
    )
    passages = tuple(
        replace(passage, page_start=3, page_end=4, sources=sources) for passage in document.passages
    )
    return replace(document, pages=9, passages=passages)


def begin(engine: WhooshEngine, **params: str) -> Export:
    return start_export(
        engine,
        build_query({name: [value] for name, value in params.items()}),
        search=f"{BASE}/?q={params.get('q', '')}",
        link_to=lambda passage_id: f"{BASE}/p/{passage_id}",
        exported=MOMENT,
        language="pl",
    )


def write(engine: WhooshEngine, form: str, **params: str) -> bytes:
    return b"".join(FORMATS[form].write(begin(engine, **params)))


def found(engine: WhooshEngine, **params: str) -> list[Passage]:
    query = build_query({name: [value] for name, value in params.items()})
    return [passage for passage, _ in engine.scan(query)]


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_table_has_every_passage_with_its_text(engine: WhooshEngine) -> None:
    rows = read_csv(write(engine, "csv"))
    assert [row["id"] for row in rows] == [passage.id for passage in found(engine)]
    texts = {passage.id: passage.text for passage in found(engine)}
    assert all(row["text"].removeprefix("'") == texts[row["id"]] for row in rows)


def test_table_says_of_what_search_index_and_day_it_is(engine: WhooshEngine) -> None:
    [row, _] = read_csv(write(engine, "csv", q="zamek"))
    assert (row["query"], row["search"], row["generation"], row["exported"]) == (
        "zamek",
        "https://kwerenda.example/?q=zamek",
        "1",
        "2031-06-01T08:30:00+00:00",
    )
    assert row["link"] == f"https://kwerenda.example/p/{row['id']}"


def test_no_cell_can_be_taken_for_a_formula(engine: WhooshEngine) -> None:
    rows = read_csv(write(engine, "csv", q='"zły" OR NOT qxz', sort="date"))
    cells = [cell for row in rows for cell in row.values()]
    assert sum(cell.startswith("'") for cell in cells) >= 2 * len(FORMULAS)
    bare = [cell.strip(" \t\r\n\ufeff\xa0") for cell in cells]
    assert [cell for cell in bare if cell.startswith(("=", "+", "-", "@", "＝"))] == []


def test_query_that_is_a_formula_is_none_in_the_table(engine: WhooshEngine) -> None:
    [row, _] = read_csv(write(engine, "csv", q='="zamku"'))
    assert row["query"] == '\'="zamku"'


def test_pages_are_no_date_to_a_spreadsheet(engine: WhooshEngine) -> None:
    pages = {row["pages"] for row in read_csv(write(engine, "csv"))}
    assert pages == {"3–4", "1–1"}


def test_lines_are_json_with_their_origin(engine: WhooshEngine) -> None:
    lines = [json.loads(line) for line in write(engine, "jsonl", q="zamek").splitlines()]
    assert [line["id"] for line in lines] == [passage.id for passage in found(engine, q="zamek")]
    assert lines[0]["export"] == {
        "query": "zamek",
        "search": "https://kwerenda.example/?q=zamek",
        "generation": 1,
        "exported": "2031-06-01T08:30:00+00:00",
    }


def test_ris_is_read_by_rispy(engine: WhooshEngine) -> None:
    entries = rispy.loads(write(engine, "ris").decode())
    passages = found(engine)
    assert [entry["id"] for entry in entries] == [passage.id for passage in passages]
    for entry, passage in zip(entries, passages, strict=True):
        assert entry["abstract"] == " ".join(passage.text.split())
        assert entry["urls"] == [f"https://kwerenda.example/p/{passage.id}"]
        assert (entry["type_of_reference"], entry["year"], entry["date"]) == (
            "CHAP",
            "2031",
            "2031/05//",
        )


def test_entry_of_ris_names_document_pages_sources_and_search(engine: WhooshEngine) -> None:
    entry = rispy.loads(write(engine, "ris", q="Łódź").decode())[0]
    assert (entry["secondary_title"], entry["start_page"], entry["end_page"]) == (
        "=Zły tytuł",
        "3",
        "4",
    )
    [note] = entry["notes"]
    assert note == (
        'wpis z 6–8 maja 2031; za: https://agencja.example/a?b=1&c=2, javascript:alert("x"), '
        'https://agencja.example/"b"MACROBUTTON; '
        "Kwerenda, zapytanie https://kwerenda.example/?q=Łódź, stan indeksu 1, 2031-06-01"
    )


def read_bibtex(content: bytes) -> bibtexparser.Library:
    layers = [LatexDecodingMiddleware()]
    return bibtexparser.parse_string(content.decode(), append_middleware=layers)


def test_bibtex_is_read_by_bibtexparser(engine: WhooshEngine) -> None:
    library = read_bibtex(write(engine, "bibtex"))
    passages = found(engine)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [f"kwerenda:{p.id}" for p in passages]


def test_entry_of_bibtex_tells_publication_from_event(engine: WhooshEngine) -> None:
    [entry] = read_bibtex(write(engine, "bibtex", q="Łódź")).entries
    fields = {field.key: field.value for field in entry.fields}
    assert entry.entry_type == "incollection"
    assert (fields["date"], fields["eventdate"], fields["pages"]) == (
        "2031-05",
        "2031-05-06/2031-05-08",
        "3–4",
    )
    # The reader takes every brace away, those of the text among them; nothing else is lost.
    assert fields["title"].startswith("Łódź: 100% zysku & strat_netto klamra nawias \\inputx ~")
    assert "stan indeksu 1" in fields["note"]


def open_word(content: bytes) -> tuple[list[str], etree._Element]:
    """Give the paragraphs of a Word document, as python-docx has them, and its footnotes."""
    document = docx.Document(io.BytesIO(content))
    notes = next(
        rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/footnotes")
    )
    return [paragraph.text for paragraph in document.paragraphs], etree.fromstring(notes.blob)


def words_of(element: etree._Element) -> str:
    return "".join(element.itertext())


def test_briefing_is_read_by_python_docx(engine: WhooshEngine) -> None:
    paragraphs, _ = open_word(write(engine, "docx", q="zamek"))
    assert paragraphs[0] == "zamek"
    assert paragraphs[1] == (
        "2 fragmenty z 1 dokumentu. Kwerenda, zapytanie https://kwerenda.example/?q=zamek, "
        "stan indeksu 1, 1 czerwca 2031."
    )
    assert "6–8 maja 2031: Umowa o zamku i moście" in paragraphs


def test_every_passage_of_a_briefing_has_its_footnote(engine: WhooshEngine) -> None:
    content = write(engine, "docx")
    _, notes = open_word(content)
    body = docx.Document(io.BytesIO(content)).element.body
    referred = [item.get(qn("w:id")) for item in body.iter(qn("w:footnoteReference"))]
    written = [note.get(qn("w:id")) for note in notes if note.get(qn("w:type")) is None]
    assert len(referred) == len(found(engine))
    assert referred == written
    passage = found(engine)[0]
    first = next(note for note in notes if note.get(qn("w:id")) == referred[0])
    assert words_of(first).startswith(" „=Zły tytuł”, Instytut Przykładowy, maj 2031, s. 3–4")
    assert f"https://kwerenda.example/p/{passage.id} (dostęp: 1 czerwca 2031)." in words_of(first)
    assert words_of(first).endswith(
        'https://agencja.example/a?b=1&c=2 javascript:alert("x") '
        'https://agencja.example/"b"MACROBUTTON'
    )


def test_only_web_addresses_are_links_in_a_briefing(engine: WhooshEngine) -> None:
    _, notes = open_word(write(engine, "docx"))
    linked = {field.get(qn("w:instr")) for field in notes.iter(qn("w:fldSimple"))}
    assert 'HYPERLINK "https://agencja.example/a?b=1&c=2" ' in linked
    assert [
        text for text in linked if not re.fullmatch('HYPERLINK "https://[^"]+" ', text or "")
    ] == []


def test_briefing_keeps_every_word_of_every_passage(engine: WhooshEngine) -> None:
    paragraphs, _ = open_word(write(engine, "docx"))
    whole = "".join("".join(paragraphs).split())
    for text in HOSTILE[:2]:
        assert "".join(text.split()).removesuffix(".") in whole
    assert "Znakstronyidzwonekwśrodkuzdania" in whole


def test_briefing_is_a_sound_archive(engine: WhooshEngine) -> None:
    with zipfile.ZipFile(io.BytesIO(write(engine, "docx"))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names[0] == "[Content_Types].xml"
        assert len(names) == len(set(names))
        for name in names:
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


def test_properties_of_a_briefing_say_of_what_it_is(engine: WhooshEngine) -> None:
    properties = docx.Document(io.BytesIO(write(engine, "docx", q="zamek"))).core_properties
    assert (properties.title, properties.author) == ("zamek", "Kwerenda")
    assert "stan indeksu 1" in properties.comments


def test_partial_matches_say_that_they_are(engine: WhooshEngine) -> None:
    paragraphs, _ = open_word(write(engine, "docx", q="zamek krowa"))
    assert "Żaden fragment nie ma wszystkich słów" in paragraphs[2]


def test_nothing_found_is_a_file_all_the_same(engine: WhooshEngine) -> None:
    assert read_csv(write(engine, "csv", q="qxzzv")) == []
    assert rispy.loads(write(engine, "ris", q="qxzzv").decode()) == []
    paragraphs, notes = open_word(write(engine, "docx", q="qxzzv"))
    assert (paragraphs[0], len(notes)) == ("qxzzv", 2)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    """Give an index of ten thousand passages of some length."""
    directory: Path = tmp_path_factory.mktemp("large") / "index"
    filler = "Rozmowy o handlu i portach trwały cały dzień. " * 4
    documents = (
        make_document(f"d{name}", *(f"Rozmowa {name} {n}. {filler}" for n in range(100)))
        for name in range(100)
    )
    update_index(directory, added=((source_of(document), document) for document in documents))
    opened = open_engine(directory)
    yield opened
    opened.close()


# One that is built as it goes, and one that must know its end before it begins to close.
@pytest.mark.parametrize("form", ["ris", "docx"])
def test_ten_thousand_hits_are_complete_and_pass_through_little_memory(
    large: WhooshEngine, form: str
) -> None:
    write(large, form, q='"rozmowa 7"')
    tracemalloc.start()
    try:
        export = begin(large, q="rozmowa")
        pieces = size = entries = 0
        for piece in FORMATS[form].write(export):
            pieces += 1
            size += len(piece)
            entries += piece.count(b"TY  - ")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert export.total == 10_000
    if form == "ris":
        assert (entries, size > 4_000_000) == (10_000, True)
    assert pieces > 2
    assert peak < 8_000_000


class Moving:
    """An engine that moves to a newer generation while it is asked for the first time."""

    def __init__(self, engine: WhooshEngine) -> None:
        self._engine = engine
        self.generation = 1

    def status(self) -> Status:
        return replace(self._engine.status(), generation=self.generation)

    def search(self, query: Query) -> Results:
        self.generation = 2
        return self._engine.search(query)

    def scan(self, query: Query) -> Iterator[tuple[Passage, DocumentLabel]]:
        return self._engine.scan(query)


def test_generation_is_the_one_that_was_read(engine: WhooshEngine) -> None:
    scan = scan_generation(Moving(engine), build_query({"q": ["zamek"]}))  # type: ignore[arg-type]
    assert scan.status.generation == 2
    assert len(list(scan.passages)) == scan.total == 2


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("łączność i żółw", "kwerenda-lacznosc-i-zolw-2031-06-01.csv"),
        ("../../etc/passwd\r\nX: y", "kwerenda-etc-passwd-x-y-2031-06-01.csv"),
        ("", "kwerenda-2031-06-01.csv"),
    ],
)
def test_file_is_named_for_question_and_day(
    engine: WhooshEngine, query: str, expected: str
) -> None:
    export = replace(begin(engine), query=query)
    assert name_file(export, FORMATS["csv"]) == expected


@pytest.fixture(scope="module")
def client(engine: WhooshEngine) -> FlaskClient:
    return create_app(engine, Settings(base_url=BASE)).test_client()


@pytest.mark.parametrize("form", FORMATS)
def test_address_of_an_export_gives_a_file_of_everything(client: FlaskClient, form: str) -> None:
    response = client.get(f"/api/v1/export/{form}?q=zamek&kind=event&lang=pl")
    assert response.status_code == 200
    assert response.content_type == FORMATS[form].media_type
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=kwerenda-zamek-")
    if form != "docx":
        assert "https://kwerenda.example/?q=zamek" in response.text.replace("\\", "")
    else:
        assert "?q=zamek&kind=event" in open_word(response.data)[0][1]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/export/xls", 404),
        ("/api/v1/export/csv?limit=10", 400),
        ("/api/v1/export/csv?offset=10", 400),
        ("/api/v1/export/csv?colour=red", 400),
        ("/api/v1/passages/nie-ma/ris", 404),
        ("/api/v1/passages/nie-ma/endnote", 404),
    ],
)
def test_what_cannot_be_taken_away_is_refused(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)
    assert (response.status_code, response.content_type) == (status, "application/problem+json")


@pytest.mark.parametrize("form", ["ris", "bibtex"])
def test_one_passage_is_a_reference_of_its_own(
    client: FlaskClient, engine: WhooshEngine, form: str
) -> None:
    passage = found(engine, q="zamek")[0]
    response = client.get(f"/api/v1/passages/{passage.id}/{form}")
    assert f"https://kwerenda.example/p/{passage.id}" in response.text
    assert "zapytanie" not in response.text
    name = f"{passage.id}.{FORMATS[form].suffix}"
    assert response.headers["Content-Disposition"] == f"attachment; filename={name}"
