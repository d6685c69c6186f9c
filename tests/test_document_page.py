"""The document page: every passage, every word, the pages they stand on."""

from dataclasses import replace
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from port_chronicle import CHRONICLE, PORT
from reading_pages import every_document, hrefs, read

from corpus.document import Heading
from search.engine import Engine
from web.outlines import lay_out


def test_document_page_marks_the_passage_that_is_asked_for(client: FlaskClient) -> None:
    href = hrefs(read(client, "/?q=Kazachstan"), ".hit .kind a")[0]
    page = read(client, href)
    assert [part.get("id") for part in page.cssselect(".part.this")] == [urlsplit(href).fragment]
    assert page.cssselect(".part mark")


def test_document_page_shows_every_passage_and_every_word(
    client: FlaskClient, engine: Engine
) -> None:
    for document in every_document(client, engine):
        page = read(client, f"/d/{document.id}")
        parts = {part.get("id"): part for part in page.cssselect(".part")}
        assert list(parts) == [passage.id for passage in document.passages]
        for passage in document.passages:
            shown = "".join(parts[passage.id].text_content().split())
            assert "".join(passage.text.split()) in shown


def test_layout_turns_the_page_where_a_passage_begins_on_a_new_one() -> None:
    heading = Heading(0, 8, 1, 1)
    first = replace(PORT, start=10, page_start=1, page_end=2)
    second = replace(PORT, id="k8", start=40, page_start=3, page_end=3)
    document = replace(CHRONICLE, headings=(heading,), passages=(first, second))
    assert [(block.page, block.heading) for block in lay_out(document)] == [
        (0, "7-9 maja"),
        (0, ""),
        (3, ""),
    ]
