"""The reader of Markdown."""

import textwrap
from datetime import date
from pathlib import Path

import pytest
from readings import get_links, get_texts
from test_seeds import document
from test_seeds import pytestmark as needs_seeds
from test_seeds_as_pdf import tell, write_source

from corpus.document import Document
from corpus.errors import UnreadableFile
from corpus.ingest import SourceFile, read_document
from corpus.readers.markdown import read_markdown
from corpus.reading import Reading


def read(folder: Path, text: str) -> Reading:
    path = folder / "nota.md"
    path.write_text(text, encoding="utf-8")
    return read_markdown(path)


def understand(folder: Path, text: str) -> Document:
    read(folder, text)
    return read_document(SourceFile(folder / "nota.md", folder, "nota.md"))


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        (
            "Rząd **Malty** i _rada_\nCypru ~~dziś~~ milczą.",
            ["Rząd Malty i rada Cypru dziś milczą."],
        ),
        ("Wiersz  \ndrugi", ["Wiersz", "drugi"]),
        ("- raz\n- dwa\n  i pół\n\n  trzy", ["raz", "dwa i pół", "trzy"]),
        ("3) trzy\n7) siedem", ["3) trzy", "7) siedem"]),
        ("1.\n\nPo pustym.", ["Po pustym."]),
        ("12. USA – szczyt.\n15. Malta – prom.", ["12. USA – szczyt.", "15. Malta – prom."]),
        ("| Data | Temat |\n|---|---|\n| 4 maja | promy |", ["Data\tTemat", "4 maja\tpromy"]),
        ("    Wcięty *akapit*.", ["Wcięty akapit."]),
        ("```\nkod *a*\n```", ["kod *a*"]),
        ("a < b, <rząd> i 5 &lt; 6", ["a < b, <rząd> i 5 < 6"]),
        ("\\* gwiazdka, \\# krzyżyk", ["* gwiazdka, # krzyżyk"]),
        ("Raz.\n\n---\n\nDwa.", ["Raz.", "Dwa."]),
        ("Por. https://a.example/_x_*y*_z.", ["Por. https://a.example/_x_*y*_z."]),
        ("<p>Akapit<script>alert(1)</script></p>\n\n<b onclick='x()'>Tu</b>", ["Akapit", "Tu"]),
        ("[x](javascript:alert(1)) tu", ["[x](javascript:alert(1)) tu"]),
    ],
)
def test_words_are_kept_and_marks_are_not(tmp_path: Path, text: str, texts: list[str]) -> None:
    assert get_texts(read(tmp_path, text)) == texts


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("# Nota\n\n## Skutki ##\n\nTekst.", ["title", "heading", "text"]),
        ("Nota\n====\n\nSkutki\n------\n\nTekst.", ["title", "heading", "text"]),
        ("**Skutki**\n\n**Zdanie.** Dalej.\n\n#bez odstępu", ["heading", "text", "text"]),
    ],
)
def test_headings_of_every_style_are_marked(tmp_path: Path, text: str, roles: list[str]) -> None:
    assert [line.role for line in read(tmp_path, text).lines if line.text] == roles


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Rząd [ogłosił](https://a.example/a_(b)) plan.", [("ogłosił", "https://a.example/a_(b)")]),
        ("[ma *dwa*][1] i [dwa]\n\n[1]: https://a.example/ł\n[dwa]: <http://b.example> 'B'",
         [("ma dwa", "https://a.example/ł"), ("dwa", "http://b.example")]),
        ("<https://a.example/?a=1&amp;b=%C5%82>",
         [("https://a.example/?a=1&amp;b=%C5%82", "https://a.example/?a=1&amp;b=%C5%82")]),
        ('<a href="https://a.example/">tu</a> [tam](/lokalny)', [("tu", "https://a.example/")]),
    ],
)  # fmt: skip
def test_links_are_exact(tmp_path: Path, text: str, links: list[tuple[str, str]]) -> None:
    assert get_links(read(tmp_path, text)) == links


def test_addresses_events_and_labels_begin_lines_of_their_own(tmp_path: Path) -> None:
    text = (
        "3 maja: szczyt w Valletcie.\nhttps://a.example/x_y_z\n5 maja: koniec\nszczytu.\n"
        "a. Pierwszy wniosek.\nb. Drugi."
    )
    assert get_texts(read(tmp_path, text)) == [
        "3 maja: szczyt w Valletcie.",
        "https://a.example/x_y_z",
        "5 maja: koniec szczytu.",
        "a. Pierwszy wniosek.",
        "b. Drugi.",
    ]


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: 'Promy: nowe'\ndate: 2031-05-06T10:00:00+02:00\nauthor:\n  - Ewa Lis\n"
        "  - Jan Kot\ntags: [a, b]\nlang: pl\nurl: /promy\n"
        "link: https://a.example/p\n---\n",
        '+++\ntitle = "Promy: nowe"\ndate = 2031-05-06\nauthors = ["Ewa Lis", "Jan Kot"]\n'
        'language = "pl"\nurl = "https://a.example/p"\n+++\n',
        "---\nTytuł: Promy: nowe\ndata: 6 maja 2031\nautor: Ewa Lis, Jan Kot\njęzyk: pl\n"
        "link: https://a.example/p\n---",
    ],
)
def test_front_matter_tells_of_the_document(tmp_path: Path, front: str) -> None:
    reading = read(tmp_path, f"{front}\n\nTekst.")
    assert get_texts(reading) == ["Tekst."]
    about = (reading.title, reading.publisher, reading.language, reading.source_url)
    assert about == ("Promy: nowe", "Ewa Lis, Jan Kot", "pl", "https://a.example/p")
    assert reading.published == date(2031, 5, 6)


def test_rules_around_text_are_no_front_matter(tmp_path: Path) -> None:
    text = "---\nUwaga: to nota.\nPromy pływają co dzień.\n---\n\nTekst."
    assert "Tekst." in get_texts(read(tmp_path, text))
    assert any("Uwaga" in line for line in get_texts(read(tmp_path, text)))


def test_footnotes_are_sources_of_who_cites_them(tmp_path: Path) -> None:
    found = understand(
        tmp_path,
        "# Susza\n\nMalta oszczędza wodę[^woda]. Cypr nie[^2].\n\nGozo milczy.\n\n"
        "[^woda]: Raport, https://a.example/woda\n[^2]: Rząd, https://b.example/2\n",
    )
    sources = [[source.url for source in p.sources] for p in found.passages if p.kind != "note"]
    assert sources == [["https://a.example/woda", "https://b.example/2"], []]
    assert [p.text[:3] for p in found.passages if p.kind == "note"] == ["[1]", "[2]"]


def test_a_quotation_or_bold_sentence_below_the_title_is_the_lead(tmp_path: Path) -> None:
    body = "**Skutki.** Susza szkodzi Malcie.\n\n**Wnioski.** Rząd Malty dopłaca rolnikom."
    for lead in ("> Malta zmaga się\n> z suszą.", "**Malta zmaga się z suszą.**"):
        found = understand(tmp_path, f"# Susza\n\n{lead}\n\n{body}")
        told = [(p.kind, p.headline) for p in found.passages]
        assert told == [("lead", ""), ("section", "Skutki."), ("section", "Wnioski.")]
        assert found.passages[0].text == "Malta zmaga się z suszą."


def test_a_month_of_the_front_matter_is_no_day(tmp_path: Path) -> None:
    assert read(tmp_path, "---\ndate: maj 2031\n---\nTekst.").published is None


def test_the_only_title_may_be_called_like_a_section(tmp_path: Path) -> None:
    assert understand(tmp_path, "# Wnioski\n\nMalta kupi prom.").headings[0].level == 1


def test_names_of_columns_are_no_section_of_a_bulletin(tmp_path: Path) -> None:
    text = "# Susza\n\n**Skutki.** Susza szkodzi Malcie.\n\n**Wnioski.** Rząd dopłaca rolnikom."
    table = "| Wyspa | Cena |\n|---|---|\n"
    found = understand(tmp_path, f"{text}\n\n{table}| Gozo | wysoka |\n\nRząd dopłaca rolnikom.")
    assert (found.kind, [h.level for h in found.headings]) == ("bulletin", [1, 3])
    alone = understand(tmp_path, f"{text}\n\n{table}\nRząd dopłaca rolnikom.")
    assert [h.level for h in alone.headings] == [1]


def test_sections_marked_like_a_title_stay_sections(tmp_path: Path) -> None:
    found = understand(
        tmp_path, "# I. WNIOSKI\n\na. Jeden.\n\n# II. MALTA – CYPR\n\n3 maja: szczyt."
    )
    assert [heading.level for heading in found.headings] == [2, 2]
    assert [p.section for p in found.passages] == ["I. WNIOSKI", "II. MALTA – CYPR"]


@pytest.mark.parametrize("head", ["Data | Wydarzenie", "DATA | WYDARZENIE"])
@pytest.mark.parametrize("title", ["", "## Malta\n\n"])
def test_names_of_columns_are_no_section_of_the_rows(tmp_path: Path, head: str, title: str) -> None:
    rows = "".join(f"| {day} maja 2031 | Malta kupiła prom. |\n" for day in (3, 4, 5))
    for body in (rows, f"| Gozo | wysoka |\n| Comino | niska |\n{rows[:34]}"):
        found = understand(tmp_path, f"# Nota\n\n{title}| {head} |\n|---|---|\n{body}")
        assert {passage.section for passage in found.passages} == {title[3:].strip()}
        assert head.replace(" | ", "\t") not in [passage.text for passage in found.passages]
        assert any("wysoka" in passage.text for passage in found.passages) == ("wysoka" in body)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "nota.md is empty."),
        ("> " * 80 + "głęboko", "nota.md is nested too deeply."),
        ("<!-- nic -->", "nota.md has no text."),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read(tmp_path, text)
    assert str(raised.value) == message


def wrap(source: str) -> str:
    lines = [
        textwrap.wrap(line, 72, break_long_words=False, break_on_hyphens=False, initial_indent="",
                      subsequent_indent="> " if line.startswith("> ") else "")
        if not line.startswith("#") else [line]
        for line in source.split("\n")
    ]  # fmt: skip
    return "\n".join("\n".join(wrapped) for wrapped in lines)


@needs_seeds
@pytest.mark.parametrize("write", [str, wrap])
@pytest.mark.parametrize("name", ["monitor", "bulletin"])
def test_real_document_in_markdown_reads_as_its_text(tmp_path: Path, name: str, write) -> None:
    text = document(name)
    found = understand(tmp_path, write(write_source(text)))
    pairs = zip(map(tell, found.passages), map(tell, text.passages), strict=False)
    assert [(ours, theirs) for ours, theirs in pairs if ours != theirs] == []
    assert (found.kind, len(found.passages)) == (text.kind, len(text.passages))
