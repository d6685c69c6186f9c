"""Chronicles: dates of every style, under headings of months and of days."""

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.ingest import SourceFile, read_document

MONTHS = """\
Kronika stosunków międzynarodowych 2031

STYCZEŃ

1.1. ONZ – Malta objęła przewodnictwo w komisji do spraw oceanów. Kadencja potrwa rok.

2.1. CYPR/MALTA – w Nikozji ministrowie rybołówstwa obu państw podpisali umowę o połowach.

GRECJA – rząd w Atenach ogłosił program budowy promów.

30.1.–2.2. UNIA EUROPEJSKA – szczyt w Brukseli.

LUTY

3.2. WŁOCHY – premier odwiedził Valettę. Rozmawiał tam o gazociągu.

Wizyta trwała dwa dni.

28.2. MALTA – parlament przyjął ustawę o portach.

MARZEC 2032

1.3. CYPR – otwarto lotnisko.
"""

DAYS = """\
Kalendarium

12 maja 2031 r.

Malta kupiła prom w Danii. Statek wypłynie latem.

CYPR – rząd podał się do dymisji.

Niedziela, 14 maja 2031 r.

Grecja zamknęła ambasadę w Valletcie.

2 czerwca 2031 r.:

• Włochy przysłały ekspertów.
"""

NUMERIC = """\
Przegląd wydarzeń

05.03.2019: Malta i Cypr podpisały umowę o promach.

7.03.2019 r. – Cypr ratyfikował umowę o promach.

9.–11.03.2019: w Atenach odbył się szczyt państw wyspiarskich.
"""

UNDER_MONTHS = """\
Maj 2031

1: Malta kupiła prom w Danii.

3–5: w Atenach obradowali ministrowie transportu.

12. CYPR – rząd podał się do dymisji.

Czerwiec

4.6. W Nikozji zaprzysiężono nowy rząd.
"""


def read(folder: Path, text: str, **sidecar: str) -> Document:
    path = folder / "kronika.txt"
    path.write_text(text, "utf-8")
    lines = "".join(f'{key} = "{value}"\n' for key, value in sidecar.items())
    (folder / "kronika.txt.meta.toml").write_text(lines, "utf-8")
    return read_document(SourceFile(path, folder, path.name))


def events(document: Document) -> list[tuple[str, str, str]]:
    return [
        (str(p.dates.start), str(p.dates.end), p.headline)
        for p in document.passages
        if p.kind == "event" and p.dates
    ]


def test_days_under_months_are_events_with_their_heads(tmp_path: Path) -> None:
    assert events(read(tmp_path, MONTHS)) == [
        ("2031-01-01", "2031-01-01", "ONZ"),
        ("2031-01-02", "2031-01-02", "CYPR/MALTA"),
        ("2031-01-02", "2031-01-02", "GRECJA"),
        ("2031-01-30", "2031-02-02", "UNIA EUROPEJSKA"),
        ("2031-02-03", "2031-02-03", "WŁOCHY"),
        ("2031-02-28", "2031-02-28", "MALTA"),
        ("2032-03-01", "2032-03-01", "CYPR"),
    ]


def test_months_are_the_sections_of_a_chronicle(tmp_path: Path) -> None:
    document = read(tmp_path, MONTHS)
    assert [p.section for p in document.passages] == [
        *["STYCZEŃ"] * 4,
        *["LUTY"] * 2,
        "MARZEC 2032",
    ]
    assert document.title == "Kronika stosunków międzynarodowych 2031"


def test_a_paragraph_without_a_head_goes_on_with_its_event(tmp_path: Path) -> None:
    document = read(tmp_path, MONTHS)
    assert document.passages[4].text.endswith("gazociągu.\nWizyta trwała dwa dni.")


def test_lines_that_are_dates_lend_them_to_every_paragraph_below(tmp_path: Path) -> None:
    assert events(read(tmp_path, DAYS)) == [
        ("2031-05-12", "2031-05-12", "Malta kupiła prom w Danii."),
        ("2031-05-12", "2031-05-12", "CYPR"),
        ("2031-05-14", "2031-05-14", "Grecja zamknęła ambasadę w Valletcie."),
        ("2031-06-02", "2031-06-02", "Włochy przysłały ekspertów."),
    ]


def test_numeric_dates_begin_events(tmp_path: Path) -> None:
    assert [(start, end) for start, end, _ in events(read(tmp_path, NUMERIC))] == [
        ("2019-03-05", "2019-03-05"),
        ("2019-03-07", "2019-03-07"),
        ("2019-03-09", "2019-03-11"),
    ]


def test_under_the_heading_of_a_month_a_day_is_enough(tmp_path: Path) -> None:
    assert events(read(tmp_path, UNDER_MONTHS)) == [
        ("2031-05-01", "2031-05-01", "Malta kupiła prom w Danii."),
        ("2031-05-03", "2031-05-05", "w Atenach obradowali ministrowie transportu."),
        ("2031-05-12", "2031-05-12", "CYPR"),
        ("2031-06-04", "2031-06-04", "W Nikozji zaprzysiężono nowy rząd."),
    ]


def test_december_under_january_is_of_the_year_before(tmp_path: Path) -> None:
    text = (
        "Styczeń 2031\n\n30.12.–2.1. MALTA – trwały rozmowy.\n\n31.12. CYPR – podpisano umowę."
        "\n\nLuty 2031\n\n1.2. MALTA – rozmowy wznowiono.\n"
    )
    assert [(start, end) for start, end, _ in events(read(tmp_path, text))] == [
        ("2030-12-30", "2031-01-02"),
        ("2030-12-31", "2030-12-31"),
        ("2031-02-01", "2031-02-01"),
    ]


def test_events_of_this_year_and_the_last_lean_on_the_publication(tmp_path: Path) -> None:
    text = "5 maja br.: szczyt.\n\n6 maja ub.r.: narada.\n\n7 maja ubiegłego roku: narada trwała.\n"
    document = read(tmp_path, text, published="2024-06-01")
    assert [start for start, _, _ in events(document)] == ["2024-05-05", "2023-05-06", "2023-05-07"]


def test_where_most_paragraphs_begin_with_a_date_nothing_sets_it_off(tmp_path: Path) -> None:
    text = (
        "Chronologia sporu\n\nW dniu 24 lutego 2031 roku Malta zamknęła port. Promy stoją.\n\n"
        "28 lutego w Nikozji rozpoczęto rozmowy.\n\n3 marca rozmowy zerwano.\n"
    )
    assert events(read(tmp_path, text)) == [
        ("2031-02-24", "2031-02-24", "Malta zamknęła port."),
        ("2031-02-28", "2031-02-28", "w Nikozji rozpoczęto rozmowy."),
        ("2031-03-03", "2031-03-03", "rozmowy zerwano."),
    ]


def test_a_month_and_a_day_in_capitals_are_two_headings(tmp_path: Path) -> None:
    text = (
        "KRONIKA STOSUNKÓW MALTAŃSKO-CYPRYJSKICH\nStyczeń–luty 2031\n\nSTYCZEŃ\n8 I\n"
        "W Nikozji obradowała rada.\n15 I\nMinister przybył do Valletty.\n\nLUTY\n3 II\n"
        "Premier złożył wieniec.\n"
    )
    document = read(tmp_path, text)
    assert [(start, head) for start, _, head in events(document)] == [
        ("2031-01-08", "W Nikozji obradowała rada."),
        ("2031-01-15", "Minister przybył do Valletty."),
        ("2031-02-03", "Premier złożył wieniec."),
    ]
    assert [p.section for p in document.passages] == ["STYCZEŃ", "STYCZEŃ", "LUTY"]


def test_fields_of_an_event_are_its_date_and_its_source(tmp_path: Path) -> None:
    text = (
        "KRONIKA\nMAJ 2031\n\nDATA: 2 maja 2031 r.\nMinister spotkał się z posłem.\n"
        "ŹRÓDŁO: https://a.example/posel\n\nDATA: 5–6 maja 2031 r.\nRada obradowała w Nikozji.\n"
        "ŹRÓDŁO: brak\n\nDATA: 9 maja 2031 r.\nPremier odwiedził Ateny.\n"
    )
    document = read(tmp_path, text)
    assert [(start, end) for start, end, _ in events(document)] == [
        ("2031-05-02", "2031-05-02"),
        ("2031-05-05", "2031-05-06"),
        ("2031-05-09", "2031-05-09"),
    ]
    found = [[source.url for source in p.sources] for p in document.passages if p.dates]
    assert found == [["https://a.example/posel"], [], []]


def test_an_event_under_a_date_goes_on_below_its_headline(tmp_path: Path) -> None:
    text = (
        "Wizyty\n\n11-13 IV 2031\nWizyta premiera w Atenach\n"
        "Premier przywiózł umowę. Podpisał ją.\n\n18 IV 2031\nSpotkanie w Nikozji\n"
        "Minister rozmawiał o promach.\n\n22 IV 2031\nRada zakończyła prace.\n"
    )
    assert [p.text for p in read(tmp_path, text).passages if p.kind == "event"] == [
        "Wizyta premiera w Atenach\nPremier przywiózł umowę. Podpisał ją.",
        "Spotkanie w Nikozji\nMinister rozmawiał o promach.",
        "Rada zakończyła prace.",
    ]


def test_year_is_that_of_the_imprint_the_nearest_date_or_the_title(tmp_path: Path) -> None:
    body = "3 grudnia: szczyt.\n\n8 grudnia: narada.\n\n2 stycznia: rozmowy.\n"
    starts = {
        first: [start[:7] for start, _, _ in events(read(tmp_path, f"{first}\n\n{body}"))]
        for first in (
            "Gdynia, 15 stycznia 2031 r.",
            "Przegląd 2030–2031",
            "1 grudnia 2030 r.: wybory.",
        )
    }
    turn = ["2030-12", "2030-12", "2031-01"]
    assert list(starts.values()) == [turn, turn, ["2030-12", *turn]]


def test_a_short_line_above_an_event_is_the_heading_of_its_section(tmp_path: Path) -> None:
    text = (
        "Przegląd\n1–15 marca 2031 r.\n\nMalta – Cypr\n1.03 – Rada ustaliła zasady.\n"
        "4 marca – komisja zakończyła prace.\n\nAZJA\n12 marca – odbył się szczyt.\n"
    )
    document = read(tmp_path, text)
    assert [(p.section, p.kind) for p in document.passages] == [
        ("Malta – Cypr", "event"),
        ("Malta – Cypr", "event"),
        ("AZJA", "event"),
    ]
    assert document.title == "Przegląd 1–15 marca 2031 r."


def test_a_day_ends_where_a_comment_begins(tmp_path: Path) -> None:
    text = f"{DAYS}\nKomentarz\n\nMalta umacnia pozycję.\n"
    assert read(tmp_path, text).passages[-1].kind == "comment"


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        (MONTHS, "monitor", "6 of 12 paragraphs are dated, under 3 headings that are dates"),
        (DAYS, "monitor", "4 of 8 paragraphs are dated, under 3 headings that are dates"),
        (NUMERIC, "monitor", "3 of 4 paragraphs are dated"),
        (
            "Nota\n\nKutry wypłynęły.\n",
            "text",
            "it has neither dated paragraphs nor run-in headings enough",
        ),
    ],
)
def test_document_says_why_it_was_taken_for_its_kind(
    tmp_path: Path, text: str, kind: str, reason: str
) -> None:
    document = read(tmp_path, text)
    assert (document.kind, document.kind_reason) == (kind, reason)


def test_kind_that_the_metadata_gives_says_so(tmp_path: Path) -> None:
    document = read(tmp_path, NUMERIC, kind="text")
    assert (document.kind, document.kind_reason) == ("text", "its metadata says so")


@pytest.mark.parametrize(
    "text",
    [
        "1.1. Wprowadzenie\n\nTekst pierwszy.\n\n1.2. Cele – zakres\n\nTekst drugi.\n",
        "Nota\n\nMaj 2031\n\nMalta kupiła prom. Statek wypłynie.\n",
        "Nota\n\n12 maja 2031 r.\n\nMalta kupiła prom. Statek wypłynie.\n",
        "1. MALTA – wyspa.\n\n2. CYPR – wyspa.\n\n3. GRECJA – państwo.\n",
    ],
)
def test_numbered_sections_and_imprints_are_no_chronicle(tmp_path: Path, text: str) -> None:
    document = read(tmp_path, text)
    assert document.kind == "text"
    assert not any(passage.dates for passage in document.passages)


def test_two_days_are_enough_to_be_headings(tmp_path: Path) -> None:
    text = "Kronika\n\n12 maja 2031\n\nMalta kupiła prom.\n\n13 maja 2031\n\nCypr go sprzedał.\n"
    found = [
        (p.kind, p.text, str(p.dates and p.dates.start)) for p in read(tmp_path, text).passages
    ]
    assert found == [
        ("event", "Malta kupiła prom.", "2031-05-12"),
        ("event", "Cypr go sprzedał.", "2031-05-13"),
    ]
