"""Build the sample documents of `corpus/sample` from the sources in `tests/data/sample`.

Run as `python tests/build_sample.py`; the files come out the same each time.
"""

from datetime import date
from pathlib import Path

from sample_layout import lay_out_bulletin, lay_out_monitor
from sample_notes import write_docx, write_html
from sample_pdf import render_bulletin_pdf, render_monitor_pdf

SOURCES = Path(__file__).parent / "data" / "sample"
SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
PUBLISHER = "Dane przykładowe Kwerendy"


def build_sample(folder: Path) -> None:
    """Write every sample document into a folder."""
    for name in ("monitor-2023-09", "monitor-2023-11", "monitor-2024-04"):
        text = lay_out_monitor(_read(name))
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")
    text = lay_out_bulletin(_read("biuletyn-nil"))
    (folder / "biuletyn-2023-12-nil.txt").write_text(text, encoding="utf-8", newline="\n")
    render_monitor_pdf(
        _read("monitor-2024-02"),
        folder / "monitor-2024-02.pdf",
        title="Monitor Azji i Pacyfiku, styczeń–luty 2024",
        author=PUBLISHER,
        day="20240305",
    )
    render_bulletin_pdf(
        _read("biuletyn-arktyka"),
        folder / "biuletyn-2024-06-arktyka.pdf",
        title="Zimny rachunek. Kanada i Dania wobec żeglugi arktycznej",
        author=PUBLISHER,
        day="20240610",
    )
    write_docx(
        _read("nota-mercosur"),
        folder / "nota-2024-06-mercosur.docx",
        title="Brazylia i Argentyna: kalendarium współpracy energetycznej",
        author=PUBLISHER,
        day=date(2024, 6, 24),
    )
    write_html(
        _read("nota-maroko"),
        folder / "nota-2023-10-maroko.html",
        title="Maroko i Hiszpania: most energetyczny zamiast sporu",
        publisher=PUBLISHER,
        day=date(2023, 10, 25),
    )


def _read(name: str) -> str:
    return (SOURCES / f"{name}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    build_sample(SAMPLE)
