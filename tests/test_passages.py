"""Monitors, bulletins and other texts split into their passages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import DocumentKind
from corpus.layout.blocks import Block
from corpus.layout.paragraphs import lay_out
from corpus.passages.splitting import Written, recognise_kind, split_passages, write_passages
from corpus.reading import Line, Reading

MONITOR = """\
 I. WNIOSKI

a. w stosunkach estońsko-portugalskich rośnie znaczenie usług cyfrowych, które

obie strony uznają za podstawę współpracy;

b. Łotwa ogranicza obecność na półwyspie

II. ESTONIA, ŁOTWA – PORTUGALIA

3 maja: minister ds. cyfryzacji Estonii przybył do Lizbony. Jaan Tammsalu

otworzył centrum danych i podziękował za gościnę. W rozmowach wzięło udział

64 urzędników.

7-9 maja: czy Łotwa zamknie konsulat w Porto? Decyzji spodziewano się przed

końcem roku. Rzecznik rządu nie

https://urzad.example/1
https://urzad.example/2
 potwierdził doniesień prasy.

KOMENTARZ

1. Estonia zyskuje w Portugalii przewagę. Nie wynika ona z handlu, lecz z wiedzy.

Na razie nie widać, by w najbliższym czasie oba rządy, a być może także

2. inne państwa mogły ją naśladować.

2. Łotwa oszczędza. Zamykanie placówek potrwa jeszcze rok.





Publikacja wyraża poglądy autorów i nie jest stanowiskiem żadnego urzędu.
"""

BULLETIN = """\
 Chmura nad Tagiem.

Perspektywy centrum danych w Lizbonie
 Estonia i Portugalia planują
wspólne centrum danych. Powstanie
ono w Lizbonie.

Budowa ruszy wiosną i potrwa
dwa lata.

Stanowisko Estonii. Rząd w Tallinnie
uważa, że centrum powinno służyć
wszystkim państwom Unii.

Dodatkowym kłopotem może być cena.
Wykonawca żąda zapłaty z góry.

Rola Komisji Europejskiej. Bruksela
nie zajęła stanowiska w sprawie.

Wnioski i perspektywy. Budowa zacznie się
w terminie.
"""

NOTE = """\
Nota o rybołówstwie

Położenie floty

Kutry wypłynęły na łowiska w połowie maja i wróciły po tygodniu.

Porty zapełniły się rybą.

Ceny dorsza

Ceny spadły o jedną trzecią.
"""


COMMENTARY = """\
Komentarz OŚM nr 12 (345), 12 lutego 2031 r.

Malta wobec suszy

Anna Wrona, Piotr Zięba

Kontekst

Rząd Malty ogłosił w styczniu stan klęski i poprosił sąsiadów o pomoc.

Zapasy wody wystarczą na miesiąc, a deszczu nie widać.

Perspektywy

Włochy zbudują rurociąg, lecz prace potrwają dwa lata.

Rolnicy będą protestować.
"""


def blocks_of(text: str) -> tuple[Block, ...]:
    lines = tuple(Line(line, 1) for line in text.split("\n"))
    return lay_out(Reading(lines=lines, pages=1)).blocks


def split(text: str) -> Written:
    blocks = blocks_of(text)
    return write_passages(split_passages(blocks, recognise_kind(blocks).kind), "dokument")


def headings(written: Written) -> list[str]:
    return [written.text[heading.start : heading.end] for heading in written.headings]


@pytest.mark.parametrize(
    ("text", "kind"),
    [(MONITOR, "monitor"), (BULLETIN, "bulletin"), (COMMENTARY, "bulletin"), (NOTE, "text")],
)
def test_kind_is_recognised_by_evidence(text: str, kind: str) -> None:
    assert recognise_kind(blocks_of(text)).kind == kind


@pytest.mark.parametrize("text", [MONITOR, BULLETIN, NOTE])
def test_passages_and_headings_cover_the_text_once_and_in_order(text: str) -> None:
    written = split(text)
    covered = sorted(
        [(passage.start, passage.end) for passage in written.passages]
        + [(heading.start, heading.end) for heading in written.headings]
    )
    assert "\n\n".join(written.text[start:end] for start, end in covered) == written.text
    for passage in written.passages:
        assert written.text[passage.start : passage.end] == passage.text
        assert passage.headline in passage.text


def test_monitor_has_passages_of_every_kind() -> None:
    assert [(passage.kind, passage.label) for passage in split(MONITOR).passages] == [
        ("conclusion", "a."),
        ("conclusion", "b."),
        ("event", ""),
        ("event", ""),
        ("comment", "1."),
        ("comment", "2."),
        ("note", ""),
    ]


def test_monitor_headings_name_the_sections() -> None:
    written = split(MONITOR)
    assert headings(written) == ["I. WNIOSKI", "II. ESTONIA, ŁOTWA – PORTUGALIA", "KOMENTARZ"]
    assert [passage.section for passage in written.passages[1:5]] == [
        "I. WNIOSKI",
        "II. ESTONIA, ŁOTWA – PORTUGALIA",
        "II. ESTONIA, ŁOTWA – PORTUGALIA",
        "KOMENTARZ",
    ]


def test_event_keeps_its_date_and_gives_its_first_sentence_as_headline() -> None:
    first, second = (passage for passage in split(MONITOR).passages if passage.kind == "event")
    assert first.text.startswith("3 maja: minister ds. cyfryzacji")
    assert first.headline == "minister ds. cyfryzacji Estonii przybył do Lizbony."
    assert first.text.endswith("64 urzędników.")
    assert second.headline == "czy Łotwa zamknie konsulat w Porto?"


def test_sentence_goes_on_over_a_link_block_and_a_page() -> None:
    event = split(MONITOR).passages[3]
    assert event.text.endswith("Rzecznik rządu nie potwierdził doniesień prasy.")
    assert (event.page_start, event.page_end) == (1, 2)


def test_number_in_mid_sentence_is_no_label() -> None:
    comment = split(MONITOR).passages[4]
    assert comment.text.endswith("także 2. inne państwa mogły ją naśladować.")
    assert comment.headline == "Estonia zyskuje w Portugalii przewagę."


def test_bulletin_title_has_all_its_lines() -> None:
    assert headings(split(BULLETIN)) == ["Chmura nad Tagiem. Perspektywy centrum danych w Lizbonie"]


def test_bulletin_section_begins_at_its_run_in_heading() -> None:
    assert [(passage.section, passage.headline) for passage in split(BULLETIN).passages] == [
        ("", ""),
        ("Stanowisko Estonii", "Stanowisko Estonii."),
        ("Rola Komisji Europejskiej", "Rola Komisji Europejskiej."),
        ("Wnioski i perspektywy", "Wnioski i perspektywy."),
    ]


def test_bulletin_section_holds_all_its_paragraphs() -> None:
    section = split(BULLETIN).passages[1]
    assert [line.split()[0] for line in section.text.split("\n")] == ["Stanowisko", "Dodatkowym"]


def test_bulletin_with_own_line_headings_has_a_passage_for_each_section() -> None:
    written = split(COMMENTARY)
    assert headings(written) == ["Malta wobec suszy", "Kontekst", "Perspektywy"]
    assert [(passage.kind, passage.section) for passage in written.passages] == [
        ("note", ""),
        ("note", ""),
        ("section", "Kontekst"),
        ("section", "Perspektywy"),
    ]


def test_other_texts_are_split_by_paragraph_under_their_headings() -> None:
    written = split(NOTE)
    assert headings(written) == ["Nota o rybołówstwie", "Położenie floty", "Ceny dorsza"]
    assert [(passage.kind, passage.section) for passage in written.passages] == [
        ("paragraph", "Położenie floty"),
        ("paragraph", "Położenie floty"),
        ("paragraph", "Ceny dorsza"),
    ]


def test_marked_headings_are_believed() -> None:
    lines = (
        Line("Nota", 1, role="title"),
        Line("Dane ogólne", 1, role="heading"),
        Line("Krótka uwaga", 1),
        Line("Flota liczy 20 kutrów.", 1),
    )
    blocks = lay_out(Reading(lines=lines, pages=1, paragraphs=True)).blocks
    written = write_passages(split_passages(blocks, "text"), "dokument")
    assert headings(written) == ["Nota", "Dane ogólne"]
    assert [passage.text for passage in written.passages] == [
        "Krótka uwaga",
        "Flota liczy 20 kutrów.",
    ]


def test_events_with_a_full_date_are_found_in_any_text() -> None:
    written = split("Kalendarium\n\n12 maja 2024 r. – Malta kupiła prom. Statek odpłynął.\n")
    (event,) = written.passages
    assert (event.kind, event.headline) == ("event", "Malta kupiła prom.")


_LINES = st.sampled_from(
    [
        "I. WNIOSKI",
        "KOMENTARZ",
        "a. wniosek;",
        "1. Uwaga. Dalszy ciąg uwagi trwa.",
        "3 maja: rozmowy w Rydze.",
        "Skutki dla Polski. Umowa otwiera rynki zbytu i obniża cła.",
        "Nota o rybołówstwie",
        "kutry wypłynęły na łowiska, a",
        "Publikacja wyraża poglądy autorów i nie jest stanowiskiem urzędu.",
        "Nr 7, 12 lutego 2024 r.",
        "",
    ]
)


@given(st.lists(_LINES, min_size=1, max_size=12), st.sampled_from(["monitor", "bulletin", "text"]))
@settings(max_examples=150, deadline=None)
def test_any_order_of_lines_is_covered_once(lines: list[str], kind: DocumentKind) -> None:
    blocks = blocks_of("\n".join(lines))
    written = write_passages(split_passages(blocks, kind), "dokument")
    covered = sorted(
        [(passage.start, passage.end) for passage in written.passages]
        + [(heading.start, heading.end) for heading in written.headings]
    )
    assert "\n\n".join(written.text[start:end] for start, end in covered) == written.text
    assert written.text.split() == " ".join(block.text for block in blocks).split()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("KOMENTARZ AUTORA\n\nMalta zyskuje.", "comment"),
        ("5. Komentarz autorski\n\nMalta zyskuje.", "comment"),
        ("Wnioski końcowe:\n\n– Malta zyskuje.", "conclusion"),
        ("Komentarz: Malta zyskuje.", "comment"),
        ("WNIOSKI\n\nA. Malta zyskuje.\n\nB. Cypr traci.", "conclusion"),
        ("Opracowała: Anna Wrona", "note"),
    ],
)
def test_what_follows_the_events_is_known_by_its_name(text: str, kind: str) -> None:
    events = "\n\n".join(f"{day} maja: port na Malcie zamknięto." for day in (3, 4, 5))
    assert split(f"{events}\n\n{text}").passages[3].kind == kind


def test_a_caption_is_no_heading() -> None:
    text = f"{COMMENTARY}\nTabela 1. Zużycie wody\n\nRok i ilość.\n"
    assert "Tabela 1. Zużycie wody" not in headings(split(text))
