"""The sample documents: reproducible, marked as such, and with something for every page."""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from build_sample import PUBLISHER, SAMPLE, SOURCES, build_sample
from sample_layout import lay_out_bulletin, lay_out_monitor, parse_source, split_event
from sample_pdf import render_monitor_pdf

from corpus.document import Document, Passage
from corpus.ingest import find_files, read_document
from corpus.readers.docx import read_docx
from corpus.readers.pdf import read_pdf

MONITORS = sorted(path.name for path in SOURCES.glob("monitor-*.txt"))
FILES = sorted(path.name for path in SAMPLE.iterdir() if path.suffix not in (".toml", ".md"))


@cache
def read_sample() -> tuple[Document, ...]:
    return tuple(
        read_document(source) for source in find_files([SAMPLE]) if source.path.name in FILES
    )


def read_one(path: Path) -> Document:
    (source,) = find_files([path])
    return read_document(source)


def get_passages() -> list[Passage]:
    return [passage for document in read_sample() for passage in document.passages]


def describe(passage: Passage) -> tuple[object, ...]:
    urls = tuple(source.url for source in passage.sources)
    text = " ".join(passage.text.split())
    return passage.kind, passage.section, passage.label, passage.headline, text, passage.dates, urls


def test_building_gives_the_committed_files(tmp_path: Path) -> None:
    build_sample(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES
    for path in tmp_path.iterdir():
        if path.suffix in (".txt", ".html"):
            assert path.read_bytes() == (SAMPLE / path.name).read_bytes()
        else:
            read = read_pdf if path.suffix == ".pdf" else read_docx
            assert read(path) == read(SAMPLE / path.name)


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        build_sample(tmp_path / name)
    for path in (tmp_path / "first").iterdir():
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_sidecar_marks_the_file_as_sample_data(name: str) -> None:
    sidecar = tomllib.loads((SAMPLE / f"{name}.meta.toml").read_text(encoding="utf-8"))
    assert sidecar["publisher"] == PUBLISHER


def test_each_document_says_that_it_is_invented() -> None:
    marked = [
        "zmyślone na potrzeby" in " ".join(document.text.split()) for document in read_sample()
    ]
    assert marked == [True] * len(FILES)


def test_addresses_are_all_in_the_reserved_domain() -> None:
    urls = [source.url for passage in get_passages() for source in passage.sources]
    assert len(urls) > 50
    assert [url for url in urls if not re.match(r"https://[\w.-]+\.example/", url)] == []


@pytest.mark.parametrize("name", MONITORS)
def test_pdf_and_text_of_a_monitor_give_the_same_passages(tmp_path: Path, name: str) -> None:
    source = (SOURCES / name).read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(lay_out_monitor(source), encoding="utf-8")
    render_monitor_pdf(source, tmp_path / "a.pdf")
    for path in tmp_path.glob("a.*"):
        sidecar = path.with_name(f"{path.name}.meta.toml")
        sidecar.write_text(f'published = "{name[8:12]}"', encoding="utf-8")
    texts, pdfs = (read_one(tmp_path / file).passages for file in ("a.txt", "a.pdf"))
    assert [describe(passage) for passage in texts] == [describe(passage) for passage in pdfs]


@pytest.mark.parametrize("name", MONITORS)
def test_each_event_of_a_monitor_keeps_its_sources(name: str) -> None:
    blocks = parse_source((SOURCES / name).read_text(encoding="utf-8"))
    expected = [(split_event(block.text)[1], block.urls) for block in blocks if block.urls]
    (document,) = (found for found in read_sample() if Path(found.path).stem == Path(name).stem)
    assert expected == [
        (passage.headline, tuple(source.url for source in passage.sources))
        for passage in document.passages
        if passage.kind == "event"
    ]


def test_bulletin_is_cut_in_mid_sentence_by_its_lead() -> None:
    text = lay_out_bulletin((SOURCES / "biuletyn-nil.txt").read_text(encoding="utf-8"))
    before, lead, after = text.split("\n ")[1:]
    assert not before.rstrip().endswith(".")
    assert lead.startswith("Egipt i Etiopia nie porozumieją się")
    assert after[0].islower()


def test_sample_fills_every_facet_and_chart() -> None:
    passages = get_passages()
    months = {
        (passage.dates.start.year, passage.dates.start.month)
        for passage in passages
        if passage.dates
    }
    countries = {code for passage in passages for code in passage.countries}
    actors = Counter(actor.id for passage in passages for actor in passage.actors)
    kinds = Counter(passage.kind for passage in passages)
    assert len(passages) >= 75
    assert len(months) >= 8
    assert {year for year, _ in months} == {2023, 2024}
    assert len(countries) >= 14
    assert sum(count >= 3 for count in actors.values()) >= 15
    assert kinds["event"] >= 40
    assert kinds["conclusion"] == kinds["comment"] == 12
