"""The reader of web pages."""

from datetime import date
from pathlib import Path

import pytest
from readings import NOTE, get_links, get_texts
from sample_notes import write_html

from corpus.document import Document
from corpus.errors import UnreadableFile
from corpus.ingest import SourceFile, read_document
from corpus.readers.html import read_html


def write_page(path: Path, body: str, head: str = "") -> Path:
    path.write_text(
        f"<!doctype html><html lang='pl'><head>{head}</head><body>{body}</body></html>",
        encoding="utf-8",
    )
    return path


def test_html_sample_page_gives_its_article_only(tmp_path: Path) -> None:
    write_html(NOTE, tmp_path / "n.html", title="T", publisher="P", day=date(2024, 5, 6))
    lines = [(line.role, line.text) for line in read_html(tmp_path / "n.html").lines if line.text]
    assert lines[0] == ("title", "Rozmowy o promach")
    assert lines[2:4] == [
        ("heading", "Malta"),
        ("text", "Wicepremier Malty przyjął delegację z Cypru."),
    ]
    assert lines[-1] == ("text", "Bilety potanieją.")


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<nav>Menu</nav><p>Treść</p><footer>Stopka</footer>", ["Treść"]),
        ("<header>Serwis</header><main><h1>Tytuł</h1><p>Treść</p></main>", ["Tytuł", "Treść"]),
        ("<div>Reklama</div><article><p>Treść</p></article>", ["Treść"]),
        ("<article>Jedna</article><article>Druga</article>", ["Jedna", "Druga"]),
        ("<p>Widać<span hidden>nie widać</span></p>", ["Widać"]),
        ("<p>Raz<div style='display: none'>ukryte</div>", ["Raz"]),
        ("Bez znaczników<br>druga", ["Bez znaczników", "druga"]),
        ("<p>Wiele\n   odstępów&nbsp;tu</p>", ["Wiele odstępów tu"]),
        ("<p>po&shy;ro&shy;zu&shy;mienie</p>", ["porozumienie"]),
        ("<p>Rada <b>Ministrów</b>, <i>sesja</i></p>", ["Rada Ministrów, sesja"]),
        ("<ul><li>raz<li>dwa</ul>", ["raz", "dwa"]),
        ("<table><tr><td>4 maja<td>promy</table>", ["4 maja\tpromy"]),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", ["a", "b", "c"]),
        ("<pre>wiersz\n  drugi</pre>", ["wiersz", "drugi"]),
        ("<p>Niedomknięty <b>akapit<p>i następny", ["Niedomknięty akapit", "i następny"]),
    ],
)
def test_html_main_text(tmp_path: Path, body: str, texts: list[str]) -> None:
    assert get_texts(read_html(write_page(tmp_path / "a.html", body))) == texts


@pytest.mark.parametrize(
    ("body", "links"),
    [
        (
            "<p>Jak <a href='https://a.example/x?y=1&amp;z=ł'> podała <b>agencja</b></a>, tak</p>",
            [("podała agencja", "https://a.example/x?y=1&z=ł")],
        ),
        ("<p><a href='/lokalny'>a</a> <a href='mailto:x@a.example'>b</a></p>", []),
        ("<p><a href='javascript:alert(1)'>a</a><a href='https://'>b</a></p>", []),
        (
            "<a href='http://a.example'><h2>Tytuł</h2><p>Opis</p></a>",
            [("Tytuł", "http://a.example"), ("Opis", "http://a.example")],
        ),
    ],
)
def test_html_links(tmp_path: Path, body: str, links: list[tuple[str, str]]) -> None:
    assert get_links(read_html(write_page(tmp_path / "a.html", body))) == links


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2024-05-06T10:00:00+02:00'>",
        "<meta name='date' content='2024-05-06'>",
        "<meta name='DC.date.issued' content='2024-05-06'>",
        '<script type="application/ld+json">[{"datePublished": "2024-05-06"}]</script>',
        '<script type="application/ld+json">{"@graph":[{"datePublished":"2024-05-06"}]}</script>',
        "<script type='application/ld+json'>{źle</script><meta name=date content=2024-05-06>",
        "<meta name='date' content='2024-13-45'><meta name='pubdate' content='2024-05-06'>",
    ],
)
def test_html_date_of_publication(tmp_path: Path, head: str) -> None:
    page = write_page(tmp_path / "a.html", "<p>Treść</p>", head)
    assert read_html(page).published == date(2024, 5, 6)


def test_html_time_element_dates_an_article(tmp_path: Path) -> None:
    body = "<article><time datetime='2024-05-06'>6 maja</time><p>Treść</p></article>"
    assert read_html(write_page(tmp_path / "a.html", body)).published == date(2024, 5, 6)


def test_html_says_who_published_it_and_where(tmp_path: Path) -> None:
    head = (
        "<title>Promy | Serwis</title><meta name='author' content='Redakcja'>"
        "<link rel='canonical' href='https://serwis.example/promy'>"
    )
    reading = read_html(write_page(tmp_path / "a.html", "<p>Treść</p>", head))
    about = (reading.title, reading.publisher, reading.language, reading.source_url)
    assert about == ("Promy | Serwis", "Redakcja", "pl", "https://serwis.example/promy")


def test_html_only_heading_of_the_text_is_the_title(tmp_path: Path) -> None:
    page = write_page(tmp_path / "a.html", "<h1>Promy</h1><p>Treść</p>", "<title>X</title>")
    assert read_html(page).title == "Promy"


@pytest.mark.parametrize(
    ("encoding", "declaration"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("iso-8859-2", "<meta charset=iso-8859-2>"),
        (
            "cp1250",
            "<meta http-equiv='Content-Type' content='text/html; charset=windows-1250'>",
        ),
        ("utf-8", "<meta charset=iso-8859-2>"),
        ("utf-8", "<meta charset=nieznany>"),
        ("cp1250", ""),
    ],
)
def test_html_encoding(tmp_path: Path, encoding: str, declaration: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(f"<html>{declaration}<p>Śląsk, Łódź, źdźbło, ćma</p>".encode(encoding))
    assert get_texts(read_html(path)) == ["Śląsk, Łódź, źdźbło, ćma"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"\x00\x01\x02\x03\x04" * 500, "binary"),
        (b"<html><body><script>var a = 1;</script></body></html>", "no text"),
        (b"<!-- -->", "no text"),
        (b"<html><body>" + b"<div>" * 50_000 + b"tekst", "nested too deeply"),
    ],
)
def test_html_without_text_says_why(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=message):
        read_html(path)


def test_html_nesting_of_real_pages_is_read(tmp_path: Path) -> None:
    body = "<div><span>" * 400 + "głęboko" + "</span></div>" * 400
    assert get_texts(read_html(write_page(tmp_path / "a.html", body))) == ["głęboko"]


@pytest.mark.parametrize(
    "added",
    [
        "<div class='cookie-bar'>Strona używa ciasteczek.</div>",
        "<div id='breadcrumbs'><a href='/'>Serwis</a></div>",
        "<div class='page-header'><a href='/'>Strona główna</a></div>",
        "<ul class='social share'><li>Udostępnij</li></ul>",
        "<div class='related'><h3>Zobacz także</h3></div>",
        "<div class='tags'>Tagi: Malta</div>",
        "<div class='site_footer'>Stopka</div>",
    ],
)
def test_html_what_sites_add_is_known_by_its_name(tmp_path: Path, added: str) -> None:
    body = f"{added}<h1>Susza</h1><p>Malta zmaga się z brakiem wody od wielu lat.</p>{added}"
    reading = read_html(write_page(tmp_path / "a.html", body))
    assert get_texts(reading) == ["Susza", "Malta zmaga się z brakiem wody od wielu lat."]


def test_html_a_wrapper_of_most_of_the_text_is_no_furniture(tmp_path: Path) -> None:
    body = "<div class='with-sidebar'><div class='header'><h1>Susza</h1></div><p>Treść.</p></div>"
    assert get_texts(read_html(write_page(tmp_path / "a.html", body))) == ["Susza", "Treść."]


def test_html_a_line_in_bold_is_a_heading_and_a_bold_sentence_is_none(tmp_path: Path) -> None:
    body = "<p><strong>Malta – Cypr</strong></p><p><b>Zajawka.</b></p><p><b>3 maja</b>: szczyt</p>"
    lines = read_html(write_page(tmp_path / "a.html", body)).lines
    assert [line.role for line in lines if line.text] == ["heading", "text", "text"]


def test_html_rows_of_a_table_begin_events_with_their_dates(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{day} maja 2031</td><td>Malta kupiła <a href='https://a.example/'>prom</a>. "
        "Źródło</td></tr>"
        for day in (3, 4, 5)
    )
    rows += "<tr><td>6 maja 2031</td><td><p>Malta kupiła prom. Źródło</p></td></tr>"
    path = write_page(tmp_path / "a.html", f"<h1>Kalendarium</h1><table>{rows}</table>")
    document = read_document(SourceFile(path, tmp_path, path.name))
    found = [(passage.kind, passage.headline) for passage in document.passages]
    assert found == [("event", "Malta kupiła prom.")] * 4


def read_page(folder: Path, body: str, head: str = "") -> Document:
    path = write_page(folder / "a.html", body, head)
    return read_document(SourceFile(path, folder, path.name))


def test_html_headings_that_are_events_of_a_day_are_their_headlines(tmp_path: Path) -> None:
    body = "".join(f"<h3>{day} maja 2031: szczyt</h3><p>Trwał dzień.</p>" for day in (3, 4, 5))
    found = [(p.kind, p.text) for p in read_page(tmp_path, f"<h1>Nota</h1>{body}").passages]
    assert found == [("event", f"{day} maja 2031: szczyt\nTrwał dzień.") for day in (3, 4, 5)]


@pytest.mark.parametrize(
    ("made", "published"), [("2031-05-10", "2031-05-10"), ("2033-05-10", "2031-05-04")]
)
def test_a_file_made_long_after_its_imprint_is_a_copy(
    tmp_path: Path, made: str, published: str
) -> None:
    body = "<h1>Susza</h1><p>Nr 3, 4 maja 2031</p><p>Malta zmaga się z brakiem wody.</p>"
    document = read_page(tmp_path, body, f"<meta name='date' content='{made}'>")
    assert document.published is not None
    assert str(document.published.start) == published


def test_date_of_the_page_is_over_the_years_in_addresses(tmp_path: Path) -> None:
    law = "<a href='https://a.example/ustawa-2012'>ustawie</a>"
    body = "".join(f"<p>{day} maja: rozmowy o {law}.</p>" for day in (3, 4, 5))
    document = read_page(tmp_path, f"<h1>Nota</h1>{body}", META)
    assert {period.start.year for p in document.passages if (period := p.dates)} == {2031}


META = "<meta name='date' content='2031-06-02'>"


LONG = (
    "Malta zmaga się z brakiem wody od wielu lat, a rolnicy z wyspy Gozo żądają od rządu "
    "w Valletcie szybkiej pomocy."
)
MENU = "".join(f"<a href='/{name}'>{name.title()}</a> " for name in ("start", "promy", "porty"))
TEASERS = "".join(
    f"<div><h4><a href='/{number}'>Cypr</a></h4><p>Rząd milczy.</p></div>" for number in range(3)
)


@pytest.mark.parametrize(
    "added",
    [
        f"<div>{MENU}</div>",
        f"<div><h3>Zobacz też</h3>{TEASERS}</div>",
        f"<section><div><p>{LONG}</p></div></section>",
        "<div>Portal Śródziemnomorski</div>",
    ],
)
def test_html_main_text_is_what_stands_around_the_title(tmp_path: Path, added: str) -> None:
    title = "<div class='header'><h2>Susza na Malcie</h2></div>"
    article = f"<div>{title}<p>{LONG}</p><div>{MENU}</div></div>"
    page = write_page(
        tmp_path / "a.html", f"{added}{article}", "<title>Susza na Malcie | P</title>"
    )
    reading = read_html(page)
    assert get_texts(reading) == ["Susza na Malcie", LONG]
    assert (reading.title, reading.lines[0].role) == ("Susza na Malcie", "title")


def test_html_text_that_stands_apart_from_its_title_is_read(tmp_path: Path) -> None:
    body = f"<div><h1>Susza</h1><p>{LONG}</p></div><div>{f'<p>{LONG}</p>' * 2}</div>"
    assert get_texts(read_html(write_page(tmp_path / "a.html", body))) == ["Susza", *[LONG] * 3]


@pytest.mark.parametrize(
    ("added", "texts"),
    [
        (f"<div><h3>Zobacz też</h3>{TEASERS}</div>", []),
        (f"<div>{TEASERS}<p>Dalej.</p></div>", [*["Cypr", "Rząd milczy."] * 3, "Dalej."]),
        (f"<div>{TEASERS * 4}</div>", ["Cypr", "Rząd milczy."] * 12),
        ("<h3 class='section-header'>Skutki</h3>", ["Skutki"]),
    ],
)
def test_html_teasers_in_an_article_are_left_out(
    tmp_path: Path, added: str, texts: list[str]
) -> None:
    page = write_page(tmp_path / "a.html", f"<article><h1>Susza</h1><p>{LONG}</p>{added}</article>")
    assert get_texts(read_html(page)) == ["Susza", LONG, *texts]


def test_html_page_of_nothing_but_links_is_read(tmp_path: Path) -> None:
    page = write_page(tmp_path / "a.html", f"<h1>Mapa serwisu</h1><div>{MENU}</div>")
    assert get_texts(read_html(page)) == ["Mapa serwisu", "Start Promy Porty"]


def test_html_bold_item_of_a_numbered_list_is_a_heading(tmp_path: Path) -> None:
    page = write_page(tmp_path / "a.html", "<ol><li><b>Malta – Cypr</b></ol><p>Tekst.")
    assert [line.role for line in read_html(page).lines if line.text] == ["heading", "text"]


@pytest.mark.parametrize("href", ["/p", "https://a.example/p"])
def test_html_lists_of_links_are_menus_unless_they_are_events(tmp_path: Path, href: str) -> None:
    head = "<link rel='canonical' href='https://a.example/x'>"
    items = [
        f"<li><a href='{href}{day}'>{day} maja: szczyt na Malcie</a></li>" for day in (3, 4, 5)
    ]
    links = [f"<li><a href='{href}{day}'>szczyt na Malcie</a></li>" for day in (3, 4, 5)]
    body = f"<h1>Susza</h1><p>{LONG}</p><ul>{''.join(items)}</ul><ul>{''.join(links)}</ul>"
    texts = get_texts(read_html(write_page(tmp_path / "a.html", body, head)))
    assert texts[2:] == [f"{day} maja: szczyt na Malcie" for day in (3, 4, 5)]


def test_html_links_to_other_sites_are_no_menu(tmp_path: Path) -> None:
    links = "".join(f"<li><a href='https://b.example/{day}'>szczyt</a></li>" for day in (3, 4, 5))
    body = f"<h1>Susza</h1><p>{LONG}</p><ul>{links}</ul>"
    assert get_texts(read_html(write_page(tmp_path / "a.html", body)))[2:] == ["szczyt"] * 3


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<ol><li>raz<li><p>dwa</p></ol>", ["1. raz", "2. dwa"]),
        ("<ol start=3><li>trzy<li value=7>x</ol><ul><li>y</ul>", ["3. trzy", "7. x", "y"]),
        ("<ol type=a><li>raz<li>dwa</ol><ol type=A><li>trzy</ol>", ["a. raz", "b. dwa", "A. trzy"]),
        ("<ol type=disc><li></li></ol><p>raz</p><ul><li>dwa</ul><li>trzy", ["raz", "dwa", "trzy"]),
    ],
)  # fmt: skip
def test_html_items_of_a_list_have_their_numbers(
    tmp_path: Path, body: str, texts: list[str]
) -> None:
    assert get_texts(read_html(write_page(tmp_path / "a.html", body))) == texts


def test_html_quotation_is_set_apart(tmp_path: Path) -> None:
    body = "<p>Raz</p>przed<blockquote><p>Cytat</p>tu</blockquote>po"
    lines = [line for line in read_html(write_page(tmp_path / "a.html", body)).lines if line.text]
    assert [line.text for line in lines if line.apart] == ["Cytat", "tu"]
