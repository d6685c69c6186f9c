"""Original files: the very bytes that were indexed, and nothing else of the disk."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.whoosh_engine import WhooshEngine, open_engine
from web import create_app
from web.indexing import index_paths
from web.originals import find_original
from web.settings import Settings, read_settings

FILES = {
    "zasób/nota.txt": "Zarząd portu w Gdyni wstrzymał przeładunek węgla.\n".encode(),
    "stara.txt": "Łódź straży wróciła do portu w Gdańsku po kontroli.\n".encode("cp1250"),
    "strona.html": b"<h1>Mierzeja</h1><p>Otwarto przekop.</p><script>x</script>",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "teksty"
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    sample = Path(__file__).parent.parent / "corpus" / "sample"
    for name in ("monitor-2024-02.pdf", "nota-2024-06-mercosur.docx"):
        shutil.copy(sample / name, folder / name)
    return folder


@pytest.fixture
def opened(corpus: Path, tmp_path: Path) -> Iterator[WhooshEngine]:
    index_paths([corpus], tmp_path / "index", workers=1)
    engine = open_engine(tmp_path / "index")
    yield engine
    engine.close()


@pytest.fixture
def client(opened: WhooshEngine, corpus: Path) -> FlaskClient:
    return create_app(opened, Settings(corpus=str(corpus))).test_client()


def id_of(engine: WhooshEngine, path: str) -> str:
    return next(document.id for document in engine.collection().shown if document.path == path)


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("zasób/nota.txt", "text/plain; charset=utf-8"),
        ("stara.txt", "text/plain"),
        ("strona.html", "text/html; charset=utf-8"),
        ("monitor-2024-02.pdf", "application/pdf"),
    ],
)
def test_file_is_given_byte_for_byte(
    client: FlaskClient, opened: WhooshEngine, corpus: Path, path: str, content_type: str
) -> None:
    response = client.get(f"/original/{id_of(opened, path)}", buffered=True)
    assert response.status_code == 200
    assert response.data == (corpus / path).read_bytes()
    assert response.headers["Content-Type"] == content_type
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_page_of_others_may_not_do_anything(client: FlaskClient, opened: WhooshEngine) -> None:
    response = client.get(f"/original/{id_of(opened, 'strona.html')}", buffered=True)
    assert response.headers.getlist("Content-Security-Policy") == [
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    ]


def test_docx_is_saved_rather_than_shown(client: FlaskClient, opened: WhooshEngine) -> None:
    response = client.get(f"/original/{id_of(opened, 'nota-2024-06-mercosur.docx')}", buffered=True)
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_part_of_a_file_is_given_for_a_viewer(client: FlaskClient, opened: WhooshEngine) -> None:
    address = f"/original/{id_of(opened, 'monitor-2024-02.pdf')}"
    response = client.get(address, headers={"Range": "bytes=0-4"}, buffered=True)
    assert (response.status_code, response.data) == (206, b"%PDF-")


def test_file_that_has_changed_is_not_given(
    client: FlaskClient, opened: WhooshEngine, corpus: Path
) -> None:
    address = f"/original/{id_of(opened, 'stara.txt')}"
    assert client.get(address, buffered=True).status_code == 200
    (corpus / "stara.txt").write_bytes(b"Zupelnie inny tekst o czym innym.\n")
    assert client.get(address, buffered=True).status_code == 404


def test_file_that_is_not_indexed_is_not_given(client: FlaskClient, corpus: Path) -> None:
    (corpus / "tajne.txt").write_text("hasło", encoding="utf-8")
    for name in ("tajne", "tajne.txt", "..%2Findex%2FCURRENT", "../index/CURRENT"):
        assert client.get(f"/original/{name}", buffered=True).status_code == 404


@pytest.mark.parametrize("path", ["../obok.txt", "/etc/hostname", "zasób/../../obok.txt"])
def test_nothing_outside_the_folder_is_given(opened: WhooshEngine, corpus: Path, path: str) -> None:
    inside = opened.document(id_of(opened, "zasób/nota.txt"))
    shutil.copy(corpus / inside.path, corpus.parent / "obok.txt")
    assert find_original(str(corpus), inside)
    assert find_original(str(corpus), replace(inside, path=path)) is None


def test_link_that_leads_out_of_the_folder_is_not_followed(
    opened: WhooshEngine, corpus: Path
) -> None:
    inside = opened.document(id_of(opened, "zasób/nota.txt"))
    (corpus / inside.path).rename(corpus.parent / "obok.txt")
    (corpus / inside.path).symlink_to(corpus.parent / "obok.txt")
    assert find_original(str(corpus), inside) is None


def test_without_a_folder_nothing_is_given_and_nothing_offered(
    opened: WhooshEngine, corpus: Path
) -> None:
    closed = create_app(opened, Settings()).test_client()
    document = opened.document(id_of(opened, "monitor-2024-02.pdf"))
    page = f"/p/{document.passages[-1].id}"
    assert closed.get(f"/original/{document.id}").status_code == 404
    assert "/original/" not in closed.get(page).text


def test_passage_leads_to_its_page_of_the_file(client: FlaskClient, opened: WhooshEngine) -> None:
    document = opened.document(id_of(opened, "monitor-2024-02.pdf"))
    passage = document.passages[-1]
    assert passage.page_start > 1
    text = client.get(f"/p/{passage.id}").text
    assert f'href="/original/{document.id}#page={passage.page_start}"' in text


def test_folder_is_named_by_the_environment() -> None:
    assert read_settings({"KWERENDA_CORPUS": "/srv/teksty"}).corpus == "/srv/teksty"
    assert read_settings({}).corpus == ""
