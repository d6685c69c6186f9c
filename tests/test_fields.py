"""One table of fields, and the records that are given back unchanged."""

from dataclasses import fields as dataclass_fields
from dataclasses import replace
from datetime import date

import pytest
from small_documents import make_document, make_passage

from corpus.document import (
    Actor,
    DateMention,
    DateRange,
    Document,
    Furniture,
    Heading,
    Passage,
    Source,
)
from index.field_values import field_values, host_of
from index.fields import FACETS, FIELDS, TEXT_FIELDS, field_named, schema_fingerprint
from index.records import (
    actor_names_from_record,
    document_from_record,
    document_to_record,
    header_from_record,
    passage_from_record,
    passage_to_record,
)
from index.whoosh_schema import ClassAnalyzer, passage_schema

COLUMNS = {column for spec in FIELDS for column in spec.columns}


def test_the_schema_has_every_field() -> None:
    assert set(passage_schema().names()) == COLUMNS


def test_a_passage_fills_every_field() -> None:
    actor = Actor("jan-novotny", "Jan Novotný", "person", ("Novotný",))
    values = field_values(make_passage("a", "Minister Novotný. Wyjechał do Brna.", actors=[actor]))
    filled = {*values.terms, *values.keywords, *values.numbers}
    assert filled == COLUMNS - {"record"}
    assert all(values.terms.values()) and all(values.keywords.values())


def test_facets_are_those_of_a_query() -> None:
    assert set(FACETS) == {"pair", "actor", "country", "kind", "document", "date"}


def test_names_of_the_query_language_are_distinct() -> None:
    names = [name for spec in FIELDS for name in spec.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("para", "pair"),
        ("Źródło", "source"),
        ("zrodlo", "source"),
        ("date", "date"),
        ("DZIAŁ", "section"),
    ],
)
def test_a_name_of_the_query_language_finds_its_field(name: str, field: str) -> None:
    found = field_named(name)
    assert found is not None
    assert found.name == field


def test_an_unknown_name_is_no_field() -> None:
    assert field_named("autor") is None


def test_the_fingerprint_changes_with_the_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema_fingerprint()
    monkeypatch.setattr("index.fields.FIELDS", FIELDS[:-1])
    assert schema_fingerprint() != before


def test_words_of_the_text_fields_are_classes_and_exact_ones_spellings() -> None:
    terms = field_values(make_passage("a", "Rozmowy z USA")).terms
    assert TEXT_FIELDS == ("section", "headline", "text")
    assert terms["exact"] == ("Rozmowy", "z", "USA")
    assert terms["text"][2] == "c:US|v:usa"


def test_days_are_ordinals() -> None:
    dates = DateRange(date(2031, 5, 6), date(2031, 5, 8))
    numbers = field_values(make_passage("a", "Tekst", dates=dates)).numbers
    assert numbers["date_end"] - numbers["date_start"] == 2
    assert date.fromordinal(numbers["date_start"]) == dates.start


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.agencja.example/pl/1", "agencja.example"),
        ("http://Agencja.Example:8080", "agencja.example"),
        ("mailto:biuro@agencja.example", "mailto:biuro@agencja.example"),
        ("http://[zły", "http://[zły"),
        ("", ""),
    ],
)
def test_a_source_is_known_by_its_host(url: str, host: str) -> None:
    assert host_of(url) == host


def full_passage() -> Passage:
    return Passage(
        id="a-1",
        document_id="a",
        ordinal=3,
        kind="comment",
        section="II. „CZECHY”",
        headline="Nagłówek",
        label="b.",
        text='Nagłówek. Treść ze znakami: \u2028 " \\ 🙂\n',
        start=5,
        end=44,
        page_start=1,
        page_end=2,
        dates=DateRange(date(2031, 5, 6), date(2031, 5, 8)),
        date_precision="month",
        countries=("CZ",),
        mentioned=("CZ", "SK"),
        pairs=("CZ-SK",),
        actors=(
            Actor("x", "Nowy Świat", "organisation", ("Nowego Świata", "Nowy Świat")),
            Actor("y", "Jan Novotný", "person", ("Novotný",), ("były minister", "poseł")),
        ),
        sources=(Source("https://agencja.example/?a=1&b=%20", "źródło", "guess"),),
        mentioned_dates=(
            DateMention(10, 15, DateRange(date(2030, 1, 1), date(2030, 1, 31)), "month"),
        ),
    )


def full_document() -> Document:
    small = make_document("a", "Pierwszy akapit.", "Drugi akapit.")
    return Document(
        **{f.name: getattr(small, f.name) for f in dataclass_fields(Document)}
        | {
            "headings": (Heading(0, 5, 1, 1),),
            "furniture": (Furniture("link", 2, "https://agencja.example/2"),),
            "notes": ("rok z odnośników",),
        }
    )


@pytest.mark.parametrize("passage", [full_passage(), make_passage("a", "Tekst", dates=None)])
def test_a_passage_survives_its_record(passage: Passage) -> None:
    assert passage_from_record(passage_to_record(passage)) == passage


@pytest.mark.parametrize(
    "passage",
    [
        full_passage(),
        make_passage("a", 'Tekst, a w nim: "actors":[{"id":"x","name":"y"}] i koniec.'),
    ],
)
def test_the_actors_of_a_record_are_those_of_its_passage(passage: Passage) -> None:
    expected = {actor.id: actor.name for actor in passage.actors}
    assert actor_names_from_record(passage_to_record(passage)) == expected


@pytest.mark.parametrize("document", [full_document(), make_document("b")])
def test_a_document_survives_its_record(document: Document) -> None:
    assert document_from_record(document_to_record(document), document.passages) == document


def test_the_header_of_a_document_is_the_document_without_its_parts() -> None:
    document = replace(full_document(), title='Przegląd ,"passages":[] i koniec')
    bare = replace(document, text="", passages=(), headings=(), furniture=(), notes=())
    assert header_from_record(document_to_record(document)) == bare


def test_the_sample_has_a_value_for_every_field() -> None:
    passage = full_passage()
    assert all(getattr(passage, f.name) for f in dataclass_fields(Passage))


@pytest.mark.parametrize("record", [b"", b"[]", b"{}", b'{"id":1}', b"null", b'"x"', b"\xff"])
def test_what_is_no_record_is_refused(record: bytes) -> None:
    with pytest.raises(ValueError):
        passage_from_record(record)


def test_the_analyzer_gives_another_whoosh_program_the_same_terms() -> None:
    text = "Rozmowy w Pradze"
    terms = [(token.text, token.pos) for token in ClassAnalyzer()(text, positions=True)]
    assert terms == list(
        zip(field_values(make_passage("a", text)).terms["text"], range(3), strict=True)
    )


def test_the_analyzer_of_spellings_gives_offsets() -> None:
    tokens = [(t.text, t.startchar, t.endchar) for t in ClassAnalyzer(surface=True)("Do USA")]
    assert tokens == [("Do", 0, 2), ("USA", 3, 6)]
