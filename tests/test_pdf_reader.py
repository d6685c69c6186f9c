"""The reader of PDF files."""

import re
from datetime import date
from pathlib import Path

import pytest
from readings import get_links, get_texts
from reportlab.pdfgen.canvas import Canvas
from sample_pdf import register_fonts, render_bulletin_pdf, render_monitor_pdf

from corpus.errors import UnreadableFile
from corpus.readers.docx import read_docx
from corpus.readers.html import read_html
from corpus.readers.pdf import read_pdf

HEADLINE = (
    "ministrowie Malty i Cypru omówili w Valletcie wspólne ćwiczenia ratowników na wodach "
    "między wyspami."
)
MONITOR = f"""
# I. WNIOSKI

a. Malta i Cypr zacieśniają współpracę w ratownictwie morskim;

# II. MALTA – CYPR

3 czerwca: {HEADLINE} Uczestniczył w nich Ġorġ Vella-Żammit. Łodzie są gotowe.
<https://mfa.mt.example/news?id=7&amp;lang=mt>

5-6 czerwca: w Nikozji podpisano umowę. Ma obowiązywać pięć lat.
<https://news.cy.example/umowa>
<http://rescue.example/%C5%82odzie#top>
"""

BULLETIN = """
# Cisza przed sztormem

> Malta i Cypr nie zbudują wspólnej floty, lecz podzielą się zadaniami.

""" + "\n\n".join(
    f"Akapit {number} opisuje stan rozmów. " + "Wyspy spierają się o koszty patroli. " * 9
    for number in range(1, 15)
)


def draw_pdf(path: Path, *words: tuple[float, float, float, str], font: str = "Roboto") -> Path:
    register_fonts()
    canvas = Canvas(str(path), invariant=1)
    for x, y, size, text in words:
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)
    canvas.save()
    return path


def test_pdf_text_keeps_polish_letters(tmp_path: Path) -> None:
    path = draw_pdf(tmp_path / "a.pdf", (60, 700, 11, "Zażółć „gęślą” jaźń – Dniepr"))
    assert get_texts(read_pdf(path)) == ["Zażółć „gęślą” jaźń – Dniepr"]


def test_pdf_link_covers_its_words_and_two_lines_share_one(tmp_path: Path) -> None:
    render_monitor_pdf(MONITOR, tmp_path / "m.pdf")
    links = get_links(read_pdf(tmp_path / "m.pdf"))
    first, second = (words for words, url in links if "mfa.mt" in url)
    assert f"{first} {second}" == HEADLINE
    assert links[2:] == [
        ("w Nikozji", "https://news.cy.example/umowa"),
        ("podpisano umowę.", "http://rescue.example/%C5%82odzie#top"),
    ]


def test_pdf_url_stays_byte_exact(tmp_path: Path) -> None:
    render_monitor_pdf(MONITOR, tmp_path / "m.pdf")
    assert get_links(read_pdf(tmp_path / "m.pdf"))[0][1] == (
        "https://mfa.mt.example/news?id=7&amp;lang=mt"
    )


def test_pdf_larger_lines_are_headings(tmp_path: Path) -> None:
    render_monitor_pdf(MONITOR, tmp_path / "m.pdf")
    headings = [line.text for line in read_pdf(tmp_path / "m.pdf").lines if line.role == "heading"]
    assert headings == ["I. WNIOSKI", "II. MALTA – CYPR"]


def test_pdf_largest_line_of_the_first_page_is_the_title(tmp_path: Path) -> None:
    render_bulletin_pdf(BULLETIN, tmp_path / "b.pdf")
    titles = [line.text for line in read_pdf(tmp_path / "b.pdf").lines if line.role == "title"]
    assert titles == ["Cisza przed sztormem"]


def test_pdf_title_of_two_lines_is_one_title(tmp_path: Path) -> None:
    render_bulletin_pdf(
        BULLETIN.replace("> Malta", "# Wyspy i flota\n\n> Malta"), tmp_path / "b.pdf"
    )
    titles = [line.text for line in read_pdf(tmp_path / "b.pdf").lines if line.role == "title"]
    assert titles == ["Cisza przed sztormem", "Wyspy i flota"]


def draw_bold_line(path: Path, bold: str) -> Path:
    register_fonts()
    canvas = Canvas(str(path), invariant=1)
    for row, text in enumerate(
        ["Zwykły wiersz", "i drugi", "", bold, "", "Dalszy tekst", "i koniec"]
    ):
        canvas.setFont("Roboto-Bold" if text == bold else "Roboto", 10)
        canvas.drawString(60, 700 - 12 * row, text)
    canvas.save()
    return path


@pytest.mark.parametrize(
    ("bold", "role"), [("Ocena sytuacji", "heading"), ("Zdanie pogrubione. " * 30, "text")]
)
def test_pdf_short_bold_line_between_gaps_is_a_heading(
    tmp_path: Path, bold: str, role: str
) -> None:
    lines = read_pdf(draw_bold_line(tmp_path / "a.pdf", bold)).lines
    roles = [line.role for line in lines if line.text.startswith(bold.split()[0])]
    assert roles == [role]


def test_pdf_run_in_bold_words_are_no_heading(tmp_path: Path) -> None:
    source = BULLETIN.replace(
        "Akapit 1 opisuje stan rozmów.", "**Stan rozmów.** Akapit 1 to wstęp."
    )
    render_bulletin_pdf(source, tmp_path / "b.pdf")
    lines = [line for line in read_pdf(tmp_path / "b.pdf").lines if "Stan rozmów." in line.text]
    assert [line.role for line in lines] == ["text"]


def test_pdf_gap_between_paragraphs_is_an_empty_line(tmp_path: Path) -> None:
    rows = [(60, 700, 10, "Pierwszy akapit"), (60, 688, 10, "trwa dalej,"), (60, 676, 10, "dalej.")]
    rows += [(60, 652, 10, "Drugi akapit"), (60, 640, 10, "też."), (60, 628, 10, "Koniec.")]
    lines = [line.text for line in read_pdf(draw_pdf(tmp_path / "a.pdf", *rows)).lines]
    assert lines == [
        "Pierwszy akapit",
        "trwa dalej,",
        "dalej.",
        "",
        "Drugi akapit",
        "też.",
        "Koniec.",
    ]


def test_pdf_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    render_bulletin_pdf(BULLETIN, tmp_path / "b.pdf")
    text = " ".join(get_texts(read_pdf(tmp_path / "b.pdf")))
    numbers = [int(number) for number in re.findall(r"Akapit (\d+)", text)]
    assert numbers == list(range(1, 15))
    assert text.count("Wyspy spierają się o koszty patroli.") >= 14 * 9 - 4


def test_pdf_columns_drawn_row_by_row_are_still_read_as_columns(tmp_path: Path) -> None:
    words = [
        (x, 700 - 13 * row, 10, f"{side} kolumna biegnie przez wiersz {row}")
        for row in range(12)
        for x, side in ((60, "lewa"), (320, "prawa"))
    ]
    texts = get_texts(read_pdf(draw_pdf(tmp_path / "a.pdf", *words)))
    sides = [text.split()[0] for text in texts]
    assert sides == ["lewa"] * 12 + ["prawa"] * 12


def test_pdf_stretched_lines_of_justified_columns_are_still_columns(tmp_path: Path) -> None:
    words = [
        (left + place, 700 - 13 * row, 10, f"{side}{row}")
        for row in range(12)
        for left, side in ((60, "lewa"), (320, "prawa"))
        for place in (0, 50 + 37 * row % 55, 150 + 23 * row % 50)
    ]
    texts = get_texts(read_pdf(draw_pdf(tmp_path / "a.pdf", *words)))
    assert [text.split()[0] for text in texts] == [
        f"{side}{row}" for side in ("lewa", "prawa") for row in range(12)
    ]


def test_pdf_line_across_the_columns_divides_them(tmp_path: Path) -> None:
    words = [
        (x, 700 - 13 * row - (26 if row > 4 else 0), 10, f"{side}{row} zdanie w tej kolumnie trwa")
        for row in range(10)
        for x, side in ((60, "lewa"), (320, "prawa"))
    ]
    words.append((60, 628, 10, "Wiersz przez całą szerokość strony dzieli obie kolumny na pół"))
    texts = get_texts(read_pdf(draw_pdf(tmp_path / "a.pdf", *words)))
    assert [text.split()[0] for text in texts] == [
        *(f"lewa{row}" for row in range(5)),
        *(f"prawa{row}" for row in range(5)),
        "Wiersz",
        *(f"lewa{row}" for row in range(5, 10)),
        *(f"prawa{row}" for row in range(5, 10)),
    ]


def test_pdf_short_second_column_of_the_last_page_is_still_a_column(tmp_path: Path) -> None:
    register_fonts()
    canvas = Canvas(str(tmp_path / "a.pdf"), invariant=1)
    for page, right_lines in enumerate((10, 2)):
        canvas.setFont("Roboto", 10)
        for x, side, lines in ((60, "lewa", 10), (320, "prawa", right_lines)):
            for row in range(lines):
                canvas.drawString(x, 700 - 13 * row, f"{side}{page} kolumna biegnie przez wiersz")
        canvas.showPage()
    canvas.save()
    sides = [text.split()[0] for text in get_texts(read_pdf(tmp_path / "a.pdf"))]
    assert sides == ["lewa0"] * 10 + ["prawa0"] * 10 + ["lewa1"] * 10 + ["prawa1"] * 2


def test_pdf_numbers_in_the_margin_are_no_column(tmp_path: Path) -> None:
    words = [
        (x, 700 - 13 * row, 10, text)
        for row in range(6)
        for x, text in ((60, f"{row}."), (90, f"Punkt {row} porządku obrad komisji mieszanej"))
    ]
    texts = get_texts(read_pdf(draw_pdf(tmp_path / "a.pdf", *words)))
    assert texts == [f"{row}. Punkt {row} porządku obrad komisji mieszanej" for row in range(6)]


def test_pdf_wide_gaps_between_full_lines_are_no_gutter(tmp_path: Path) -> None:
    words = []
    for row in range(12):
        if row % 3:
            full = "Pełny wiersz tekstu biegnie tu przez całą szerokość strony bez przerwy"
            words.append((60, 700 - 13 * row, 10, full))
        else:
            words += [
                (60, 700 - 13 * row, 10, "Wiersz rozstrzelony"),
                (240, 700 - 13 * row, 10, "i trwa dalej bez celu"),
            ]
    texts = get_texts(read_pdf(draw_pdf(tmp_path / "a.pdf", *words)))
    assert texts[::3] == ["Wiersz rozstrzelony i trwa dalej bez celu"] * 4


def test_pdf_words_far_apart_on_one_line_stay_one_line(tmp_path: Path) -> None:
    words = [
        (60, 700 - 13 * row, 10, "Pełny wiersz tekstu przez całą szerokość") for row in range(5)
    ]
    words += [(60, 635, 10, "rozstrzelony"), (150, 635, 10, "wiersz")]
    assert get_texts(read_pdf(draw_pdf(tmp_path / "a.pdf", *words)))[-1] == "rozstrzelony wiersz"


def test_pdf_running_head_and_page_number_are_given_on_each_page(tmp_path: Path) -> None:
    render_bulletin_pdf(BULLETIN, tmp_path / "b.pdf")
    reading = read_pdf(tmp_path / "b.pdf")
    for page in range(1, reading.pages + 1):
        texts = [line.text for line in reading.lines if line.page == page and line.text]
        assert (texts[0], texts[-1]) == ("Biuletyn", str(page))


def test_pdf_soft_hyphen_is_printed_at_a_line_end_only(tmp_path: Path) -> None:
    words = [(60, 700, 10, "wspólne poro\u00adzumienie o współ\u00ad"), (60, 688, 10, "pracy")]
    path = draw_pdf(tmp_path / "a.pdf", *words)
    assert get_texts(read_pdf(path)) == ["wspólne porozumienie o współ-", "pracy"]


def test_pdf_document_information(tmp_path: Path) -> None:
    render_monitor_pdf(
        MONITOR, tmp_path / "m.pdf", title="Monitor wysp", author="Redakcja", day="20240611"
    )
    reading = read_pdf(tmp_path / "m.pdf")
    about = (reading.title, reading.publisher, reading.language, reading.saved, reading.pages)
    assert about == ("Monitor wysp", "Redakcja", "pl-PL", date(2024, 6, 11), 1)


def test_pdf_title_that_is_a_file_name_is_no_title(tmp_path: Path) -> None:
    render_monitor_pdf(MONITOR, tmp_path / "m.pdf", title="Microsoft Word - monitor_06.docx")
    assert read_pdf(tmp_path / "m.pdf").title == ""


def test_pdf_heading_that_runs_into_its_paragraph_on_a_second_line(tmp_path: Path) -> None:
    register_fonts()
    canvas = Canvas(str(tmp_path / "a.pdf"), invariant=1)
    text = canvas.beginText(60, 700)
    for font, words in (
        ("Roboto-Bold", "Stanowisko rządu Malty wobec wspólnej"),
        ("Roboto-Bold", "floty. "),
    ):
        text.setFont(font, 10)
        text.textLine(words) if words[0] == "S" else text.textOut(words)
    text.setFont("Roboto", 10)
    for words in ("Malta uważa, że koszty są", "za wysokie, a korzyści", "żadne."):
        text.textLine(words)
    canvas.drawText(text)
    canvas.save()
    assert {line.role for line in read_pdf(tmp_path / "a.pdf").lines} == {"text"}


def test_pdf_page_without_text_among_others_is_noted(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.drawString(60, 700, "Tekst")
    canvas.showPage()
    canvas.rect(50, 50, 300, 300, fill=1)
    canvas.save()
    assert read_pdf(tmp_path / "a.pdf").notes == ("No text layer on page 2.",)


def test_pdf_with_password_says_so(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "locked.pdf"), encrypt="tajne")
    canvas.drawString(60, 700, "Tekst")
    canvas.save()
    with pytest.raises(UnreadableFile, match="protected by a password"):
        read_pdf(tmp_path / "locked.pdf")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n\x00\x01garbage", b"zwyk\xc5\x82y tekst"])
def test_pdf_damaged_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match="damaged or is not a PDF"):
        read_pdf(path)


@pytest.mark.parametrize("read", [read_pdf, read_docx, read_html])
def test_missing_file_says_so(tmp_path: Path, read: object) -> None:
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read(tmp_path / "nie-ma")  # type: ignore[operator]


def test_pdf_title_stands_on_the_first_page_with_text(tmp_path: Path) -> None:
    register_fonts()
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.showPage()
    for row, (size, text) in enumerate([(18, "Susza"), *[(10, "Malta czeka na deszcz.")] * 5]):
        canvas.setFont("Roboto", size)
        canvas.drawString(60, 760 - 30 * row, text)
    canvas.save()
    roles = [line.role for line in read_pdf(tmp_path / "a.pdf").lines if line.text]
    assert roles == ["title", *["text"] * 5]
