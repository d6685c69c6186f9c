"""Results taken away, each opened again by a reader that is not ours."""

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from flask.testing import FlaskClient
from hostile_exports import BASE, FORMULAS, begin, found, open_hostile, open_word, write
from small_documents import make_document, source_of

from corpus.document import Passage
from index.whoosh_index import update_index
from search.holdings import Status
from search.query import Query
from search.request import build_query
from search.results import DocumentLabel, Results
from search.scanning import scan_generation
from search.whoosh_engine import WhooshEngine, open_engine
from web import create_app
from web.formats import FORMATS, name_file
from web.settings import Settings


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    opened = open_hostile(tmp_path_factory.mktemp("exports") / "index")
    yield opened
    opened.close()


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
