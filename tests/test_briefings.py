"""Briefings opened again by python-docx: passages, footnotes, links, properties."""

import io
import re
import zipfile
from collections.abc import Iterator

import docx
import pytest
from docx.oxml.ns import qn
from hostile_exports import HOSTILE, found, open_hostile, open_word, write
from lxml import etree

from search.whoosh_engine import WhooshEngine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    opened = open_hostile(tmp_path_factory.mktemp("exports") / "index")
    yield opened
    opened.close()


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
