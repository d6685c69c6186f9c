"""What stands above and below a text: series, numbers, titles, authors, publishers."""

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.ingest import SourceFile, read_document
from corpus.layout.imprints import is_byline, is_imprint, is_masthead

BODY = """\
Malta od lat zmaga się z brakiem wody. Rząd szuka pomocy u sąsiadów, lecz bez skutku.

Stanowisko Malty. Rząd uważa, że rurociąg z Sycylii jest najtańszym rozwiązaniem tego kłopotu.

Stanowisko Włoch. Rzym nie ma pieniędzy i odkłada decyzję do wyborów, które odbędą się w maju.
"""

ABOVE = {
    "bulletin": (
        "BIULETYN\n\nNr 45 (2034), 3 marca 2031 © OŚM\n\nRedakcja: Ewa Lis (redaktor), Jan Kot\n\n"
        "Malta wobec suszy\n\nAnna Wrona\n\n"
    ),
    "file": "OŚM Strategic File\n#12 | 3 marca 2031\n© OŚM\nMalta wobec suszy\nAnna Wrona\n\n",
    "commentary": (
        "KOMENTARZE OŚM\nNUMER 512 | 03.03.2031\nOŚRODEK STUDIÓW MORSKICH im. Jana Fali\n"
        "Malta wobec suszy\ndr Anna Wrona\n\n"
    ),
    "numbered": "Komentarze OŚM\n845 (98/2031)\nMalta wobec suszy\nAnna Wrona\n"
    "Opublikowano: 3 marca 2031\n\n",
    "dated below": "Malta wobec suszy\nAutor: Anna Wrona\nGdynia, 3 marca 2031 r.\n\n",
}


def read(folder: Path, text: str) -> Document:
    path = folder / "a.txt"
    path.write_text(text, "utf-8")
    return read_document(SourceFile(path, folder, path.name))


@pytest.mark.parametrize("above", ABOVE.values(), ids=ABOVE)
def test_what_stands_around_the_title_is_none_of_it(tmp_path: Path, above: str) -> None:
    document = read(tmp_path, above + BODY)
    assert document.title == "Malta wobec suszy"
    assert document.published is not None
    assert str(document.published.start) == "2031-03-03"
    kinds = [passage.kind for passage in document.passages]
    assert kinds[-3:] == ["section"] * 3
    assert set(kinds[:-3]) == {"note"}


def test_theses_below_an_imprint_are_no_title(tmp_path: Path) -> None:
    text = f"{ABOVE['dated below']}Tezy\n• Susza potrwa.\n• Wody zabraknie.\n\n{BODY}"
    assert read(tmp_path, text).title == "Malta wobec suszy"


def test_a_title_may_end_with_the_days_that_it_covers(tmp_path: Path) -> None:
    days = "".join(f"{day} lutego\nMalta milczy.\n\n" for day in ("Poniedziałek, 3", "4", "5"))
    document = read(tmp_path, f"Wydarzenia tygodnia (3–9 lutego 2031 r.)\n\n{days}")
    assert document.title == "Wydarzenia tygodnia (3–9 lutego 2031 r.)"
    assert [str(p.dates.start) for p in document.passages if p.dates] == [
        "2031-02-03",
        "2031-02-04",
        "2031-02-05",
    ]


def test_an_address_at_the_end_is_a_note(tmp_path: Path) -> None:
    address = "Ośrodek Studiów Morskich | ul. Falowa 1a | 81-001 Gdynia | tel. (58) 556 80 00"
    document = read(tmp_path, f"{ABOVE['bulletin']}{BODY}\n{address}\n")
    assert [(p.kind, p.text) for p in document.passages][-1] == ("note", address)


def test_frames_above_the_text_are_imprint_title_and_authors(tmp_path: Path) -> None:
    lead = [
        "W czerwcu rząd Malty zapowiedział gotowość do rozmów z Cyprem bez żadnych warunków i",
        "wstępnych żądań. Otwarcie linii promowej przyniosłoby korzyści obu stronom sporu, lecz",
        "zależy od postawy Grecji. Dla Unii oznaczałoby to znacznie większą stabilność regionu.",
    ]
    text = (
        " Nr 112 (2311), 15 czerwca 2031 © OŚM\n Malta–Cypr: szanse\nna zgodę\n Jan Kot\n "
        + "\n\n".join(lead)
        + "\n Malta uznała niepodległość Cypru\ndawno temu, ale nie nawiązała z nim\nstosunków. "
        "W 1993 r. zamknęła porty\nna znak sprzeciwu.\n\nUwarunkowania. Wojna zmieniła układ sił.\n"
        "Malta poparła Cypr, a Grecja zosta-\n Biuletyn OŚM 2\n\nła gwarantem rozejmu. Armia "
        "stra-\nciła kontrolę nad wyspą i ziemiami.\n"
    )
    document = read(tmp_path, text)
    assert document.title == "Malta–Cypr: szanse na zgodę"
    assert [(p.kind, p.page_start) for p in document.passages] == [
        ("note", 1),
        ("note", 1),
        ("lead", 1),
        ("section", 1),
        ("section", 1),
    ]
    assert "Grecja została gwarantem rozejmu. Armia straciła" in document.passages[-1].text
    assert [item.text for item in document.furniture] == ["Biuletyn OŚM 2"]
    assert document.pages == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nr 7/2031", (True, False)),
        ("# 12 | marzec 2031", (True, False)),
        ("845 (98/2031)", (True, False)),
        ("Redakcja: Ewa Lis, Jan Kot", (True, False)),
        ("Opracował: dr Jan Kot", (True, False)),
        ("Gdynia, 3 marca 2031 r.", (True, False)),
        ("Wydarzenia tygodnia (3–9 lutego 2031 r.)", (False, False)),
        ("Autorzy raportu wskazują na suszę.", (False, False)),
        ("OŚM Policy Paper", (False, True)),
        ("Instytut Morza w Gdyni", (False, True)),
        ("Nowy raport o suszy na Malcie i jej skutkach", (False, False)),
    ],
)
def test_lines_of_the_publication_are_told_from_titles(
    text: str, expected: tuple[bool, bool]
) -> None:
    assert (is_imprint(text), is_masthead(text)) == expected


def test_a_byline_may_name_degrees() -> None:
    assert is_byline("dr hab. Anna Wrona, prof. Jan Kot")
    assert not is_byline("dr Wrona i rząd Malty")


def test_an_imprint_between_headings_is_a_note(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = "# Susza\n\nMalta czeka.\n\nData publikacji: 3.03.2031 14:05\n\n## Listy\n"
    path.write_text(text, "utf-8")
    document = read_document(SourceFile(path, tmp_path, path.name))
    assert [passage.kind for passage in document.passages] == ["paragraph", "note"]
    assert str(document.published and document.published.start) == "2031-03-03"


@pytest.mark.parametrize(
    ("second", "kind"),
    [("Malta and the drought", "note"), ("Wyspa i woda", "heading")],
)
def test_an_english_title_below_the_polish_one_is_a_note(
    tmp_path: Path, second: str, kind: str
) -> None:
    document = read(tmp_path, f"Malta wobec suszy\n\n{second}\n\n{BODY}")
    notes = [passage.text for passage in document.passages if passage.kind == "note"]
    assert document.title == "Malta wobec suszy"
    assert notes == [second] * (kind == "note")
