"""From paths to documents."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.document import DateRange, Document
from corpus.errors import BadMetadata, CorpusError, UnreadableFile
from corpus.ingest import SourceFile, find_files, read_document
from corpus.passages.titles import derive_title

MONITOR = """\
 I. WNIOSKI

a. w stosunkach estońsko-portugalskich rośnie znaczenie usług cyfrowych, które

obie strony uznają za podstawę współpracy;

II. ESTONIA – PORTUGALIA

3 maja: minister cyfryzacji Estonii przybył do Lizbony. Jaan Tammsalu otworzył tam

centrum danych i podziękował za gościnę w imieniu rządu.

30 maja: Portugalia zaprosiła prezydenta Estonii. Wizyta odbędzie się jesienią,

o ile zgodzi się na to

https://mfa.gov.ee/uudised/2021/05/03/tammsalu
https://presidencia.pt/2021/06/01/visita
 parlament.

III. ŁOTWA – PORTUGALIA

31 maja: Łotwa zamknęła konsulat w Porto. Decyzja jest ostateczna.
https://urzad.example/konsulat
"""


def read(folder: Path, text: str, name: str = "przeglad.txt", sidecar: str = "") -> Document:
    path = folder / name
    path.write_text(text, "utf-8")
    if sidecar:
        (folder / f"{name}.meta.toml").write_text(sidecar, "utf-8")
    return read_document(SourceFile(path, folder, name))


def day(text: str) -> DateRange:
    return DateRange(date.fromisoformat(text), date.fromisoformat(text))


def test_files_of_known_formats_are_found_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.PDF", "a/d.docx", "e.html", "f.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    for name in ("b.txt.meta.toml", "corpus.toml", ".g.txt", "README.md", "h.xlsx", ".i/j.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = find_files([tmp_path, tmp_path / "b.txt"])
    assert [source.relative for source in found] == [
        "a/c.PDF",
        "a/d.docx",
        "b.txt",
        "e.html",
        "f.md",
    ]


def test_file_alone_is_relative_to_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.touch()
    assert find_files([path]) == (SourceFile(path, tmp_path, "b.txt"),)


def test_missing_path_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"nie-ma does not exist\.$"):
        find_files([tmp_path / "nie-ma"])


def test_unknown_format_says_what_is_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read(tmp_path, "a", name="tabela.xlsx")
    assert str(raised.value).startswith("tabela.xlsx is in a format that Kwerenda does not read")


def test_file_of_nothing_but_links_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"^przeglad\.txt has no text\.$"):
        read(tmp_path, "https://a.example/\n\nhttps://b.example/\n")


def test_bad_sidecar_fails_the_file(tmp_path: Path) -> None:
    with pytest.raises(BadMetadata):
        read(tmp_path, "Nota.", sidecar="tytul = 1")


def test_every_error_is_one_of_ours_and_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as raised:
        read(tmp_path, "")
    assert raised.value.path == str(tmp_path / "przeglad.txt")


def test_monitor_becomes_a_document(tmp_path: Path) -> None:
    document = read(tmp_path, MONITOR)
    assert (document.kind, document.pages, document.language) == ("monitor", 2, "pl")
    assert document.title == "Estonia, Łotwa – Portugalia, maj 2021"
    assert document.path == "przeglad.txt"
    assert document.sha256 == sha256(MONITOR.encode()).hexdigest()
    assert [passage.kind for passage in document.passages] == ["conclusion", *["event"] * 3]
    assert [passage.ordinal for passage in document.passages] == [0, 1, 2, 3]
    assert [len(passage.sources) for passage in document.passages] == [0, 1, 1, 1]


def test_year_found_in_the_links_is_said_to_be(tmp_path: Path) -> None:
    document = read(tmp_path, MONITOR)
    assert document.published == DateRange(date(2021, 5, 1), date(2021, 5, 31))
    assert document.published_from == "links"
    assert [passage.dates for passage in document.passages] == [
        None,
        day("2021-05-03"),
        day("2021-05-30"),
        day("2021-05-31"),
    ]
    assert [passage.date_precision for passage in document.passages] == ["none", *["day"] * 3]


def test_sidecar_is_over_the_links(tmp_path: Path) -> None:
    document = read(tmp_path, MONITOR, sidecar='published = "2020-03"\ntitle = "Przegląd"')
    assert (document.published_from, document.title) == ("sidecar", "Przegląd")
    assert document.passages[1].dates == day("2019-05-03")


def test_year_of_the_title_is_over_the_links(tmp_path: Path) -> None:
    document = read(tmp_path, "Przegląd bałtycki, maj 2019 r.\n\n" + MONITOR.lstrip())
    assert (document.title, document.published_from) == ("Przegląd bałtycki, maj 2019 r.", "text")
    assert document.passages[1].dates == day("2019-05-03")


def test_events_without_any_year_stay_undated(tmp_path: Path) -> None:
    document = read(tmp_path, "3 maja: rozmowy.\n\n4 maja: szczyt.\n\n5 maja: kongres.\n")
    assert (document.published, document.published_from) == (None, "none")
    assert {passage.date_precision for passage in document.passages} == {"none"}


def test_impossible_event_date_is_noted(tmp_path: Path) -> None:
    document = read(tmp_path, MONITOR.replace("31 maja", "31 czerwca"))
    assert document.notes == ("There is no day 2021-06-31.",)
    assert document.passages[3].dates is None


def test_date_of_the_imprint_is_the_date_of_publication(tmp_path: Path) -> None:
    text = "Nr 7 (31), 12 lutego 2024 r.\n\nŁowiska\n\nKutry wypłynęły w 2017 r. na północ.\n"
    document = read(tmp_path, text)
    assert (document.published, document.published_from) == (day("2024-02-12"), "text")
    assert document.title == "Łowiska"


def test_years_spoken_of_are_no_date_of_publication(tmp_path: Path) -> None:
    document = read(tmp_path, "Łowiska\n\nKutry wypłynęły 5 maja 2017 r. na północ i wróciły.\n")
    assert (document.published, document.published_from) == (None, "none")


def test_same_words_twice_have_two_ids(tmp_path: Path) -> None:
    document = read(tmp_path, "Łowiska\n\nKutry wypłynęły.\n\nKutry wypłynęły.\n")
    assert len({passage.id for passage in document.passages}) == 2


def test_id_of_a_passage_outlives_a_change_elsewhere(tmp_path: Path) -> None:
    before = read(tmp_path, MONITOR)
    after = read(tmp_path, MONITOR.replace("Decyzja jest ostateczna.", "Decyzja zapadła."))
    assert [a.id == b.id for a, b in zip(before.passages, after.passages, strict=True)] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("sections", "title"),
    [
        (["II. ESTONIA – PORTUGALIA", "III. ŁOTWA – PORTUGALIA"], "Estonia, Łotwa – Portugalia"),
        (["USA I KANADA"], "USA i Kanada"),
        (["Estonia", "Łotwa"], "Estonia, Łotwa"),
        ([""], "moj plik"),
    ],
)
def test_title_is_made_of_sections(sections: list[str], title: str) -> None:
    assert derive_title(sections, None, "folder/moj_plik.txt") == title


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2021-05-01", "2021-05-31", "maj 2021"),
        ("2021-05-01", "2021-06-30", "maj–czerwiec 2021"),
        ("2021-12-01", "2022-01-31", "grudzień 2021 – styczeń 2022"),
    ],
)
def test_title_names_the_months(start: str, end: str, months: str) -> None:
    dates = DateRange(date.fromisoformat(start), date.fromisoformat(end))
    assert derive_title(["Estonia"], dates, "a.txt") == f"Estonia, {months}"


def test_masthead_above_the_title_is_no_title(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "BIULETYN TOWARZYSTWA PORTOWEGO\nNr 7 (112), 12 maja 2031 r.\n\n"
        "Malta wobec suszy\n\nAnna Wrona, Piotr Zięba\n\n"
        "Malta szuka wody na sąsiednich wyspach i liczy na pomoc Włoch w budowie rurociągu.\n\n"
        "Kontekst. W październiku rząd ogłosił stan wyjątkowy. Zapasy wystarczą na miesiąc.\n\n"
        "Możliwe skutki. Ceny żywności wzrosną jesienią. Rolnicy zapowiadają protesty.\n",
    )
    assert document.title == "Malta wobec suszy"
    assert document.published == day("2031-05-12")
    assert document.published_from == "text"
    assert [passage.kind for passage in document.passages] == ["note"] * 3 + ["section"] * 3


def test_date_that_an_event_speaks_of_is_a_mention_and_not_its_own(tmp_path: Path) -> None:
    document = read(tmp_path, "3 maja 2021: szczyt trwał. Następny odbędzie się 5 czerwca.\n\n" * 3)
    passage = document.passages[0]
    assert passage.dates == day("2021-05-03")
    [mention] = passage.mentioned_dates
    assert passage.text[mention.start : mention.end] == "5 czerwca"
    assert mention.dates == day("2021-06-05")
