"""Twice the text costs about twice the work: counted in calls, so that no clock decides."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from docx import Document as WordDocument
from sample_pdf import render_monitor_pdf

from corpus.ingest import SourceFile, read_document

MOST = 2.2


def write_monitor(path: Path, size: int) -> None:
    """Write a monitor as it comes out of a PDF: wrapped lines, link blocks, page starts."""
    lines = ["II. MALTA – CYPR", ""]
    for number in range(size):
        day, month = number % 28 + 1, ("maja", "czerwca", "lipca")[number % 3]
        lines += [
            f"{day} {month}: minister transportu Malty numer {number} przybył do Nikozji, gdzie",
            "rozmawiał z prezydentem Cypru o promach. Następne spotkanie 5 sierpnia w Valletcie.",
            "Wzięli w nim udział przedstawiciele rządu.",
            "",
        ]
        if number % 3 == 2:
            lines += [f"https://news.cy.example/2031/05/{number}", ""]
    path.write_text("\n".join(lines), "utf-8")


def write_list_of_links(path: Path, size: int) -> None:
    """Write a monitor with all its links in one list at the end, for two events of three."""
    events = [f"{n % 28 + 1} maja: minister Malty po raz {n} był w Nikozji." for n in range(size)]
    links = [f"https://news.cy.example/2031/05/{n}" for n in range(size) if n % 3]
    path.write_text("\n\n".join([*events, "\n".join(links)]), "utf-8")


def write_bulletin(path: Path, size: int) -> None:
    lines = ["# Malta wobec suszy", ""]
    for number in range(size):
        lines += [
            f"Skutki numer {number} dla wyspy. Rząd Malty uważa, że ceny wody wzrosną w 2031 r.",
            "Rolnicy protestują, a [minister](https://gov.mt.example/a) zapowiada pomoc.",
            "",
        ]
    path.write_text("\n".join(lines), "utf-8")


def write_page(path: Path, size: int) -> None:
    items = "".join(
        f'<p>Akapit {number}: <a href="https://a.example/{number}">minister Malty</a> milczy.</p>'
        for number in range(size)
    )
    path.write_text(f"<html><body><article><h1>Nota</h1>{items}</article></body></html>", "utf-8")


def write_word(path: Path, size: int) -> None:
    document = WordDocument()
    for number in range(size):
        document.add_paragraph(f"Minister Malty po raz {number} odwiedził Nikozję i wrócił.")
    document.save(str(path))


def write_pdf(path: Path, size: int) -> None:
    events = (
        f"{number % 28 + 1} maja: minister Malty po raz {number} odwiedził Nikozję. Rozmawiał tam "
        f"z prezydentem Cypru o promach.\n<https://news.cy.example/{number}>"
        for number in range(size)
    )
    render_monitor_pdf("# II. MALTA – CYPR\n\n" + "\n\n".join(events), path)


def write_one_line(path: Path, size: int) -> None:
    path.write_text("Minister Malty odwiedził Nikozję i wrócił do kraju. " * size, "utf-8")


def count_calls(run: Callable[[], object]) -> int:
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(trace)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    ("name", "write", "size"),
    [
        ("monitor.txt", write_monitor, 40),
        ("linki.txt", write_list_of_links, 150),
        ("biuletyn.md", write_bulletin, 40),
        ("strona.html", write_page, 60),
        ("nota.docx", write_word, 60),
        ("wiersz.txt", write_one_line, 60),
        ("druk.pdf", write_pdf, 40),
    ],
)
def test_twice_the_length_is_at_most_a_little_over_twice_the_work(
    tmp_path: Path, name: str, write: Callable[[Path, int], None], size: int
) -> None:
    counts = []
    for factor in (4, 1, 2, 4):  # the first time words are looked up that are then known
        path = tmp_path / f"{factor}_{name}"
        write(path, factor * size)
        source = SourceFile(path, tmp_path, path.name)
        counts.append(count_calls(lambda source=source: read_document(source)))
    assert [counts[2] / counts[1] <= MOST, counts[3] / counts[2] <= MOST] == [True, True], counts
