"""A user's file of aliases: kept by the index, followed when it changes, used by queries."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.document import Actor
from index.generations import find_live, rollback
from index.whoosh_index import open_index, rebuild_index
from search.request import build_query
from search.whoosh_engine import open_engine
from web.cli import main
from web.indexing import Summary
from web.watching import watch_paths

NOTES = {
    "nota.txt": "Nota o portach\n\nLiga Portów Bałtyckich wybrała władze. "
    "Prezes Hamid Torwaldi podziękował.\n",
    "depesza.txt": "Depesza\n\nRzecznik LPB odmówił. Minister Khamid Torvaldy czeka na raport.\n",
}
FILE = """
[[organisation]]
name = "Liga Portów Bałtyckich"
also = ["LPB"]

[[person]]
name = "Hamid Torwaldi"
also = ["Khamid Torvaldy"]
"""
SYNONYM = '\n[[synonym]]\nwords = ["raport", "władze"]\n'

Run = Callable[..., Result]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    for name, text in NOTES.items():
        (tmp_path / "docs" / name).write_text(text, "utf-8")
    (tmp_path / "nasze.toml").write_text(FILE, "utf-8")
    return tmp_path


@pytest.fixture
def run(place: Path) -> Run:
    return lambda *args: CliRunner().invoke(main, ["--index", str(place / "index"), *args])


@pytest.fixture
def index(run: Run, place: Path) -> Callable[..., dict[str, int]]:
    def index_docs(*options: str) -> dict[str, int]:
        done = run("index", str(place / "docs"), "--json", "--workers", "1", *options)
        assert done.exit_code == 0, done.output
        found: dict[str, int] = json.loads(done.stdout)
        return found

    return index_docs


def with_file(place: Path) -> tuple[str, str]:
    return "--aliases", str(place / "nasze.toml")


def actors(place: Path) -> set[tuple[str, str]]:
    with open_index(place / "index") as opened:
        every: list[Actor] = [
            actor for doc in opened.documents() for p in doc.passages for actor in p.actors
        ]
    return {(actor.kind, actor.id) for actor in every}


def search(place: Path, text: str) -> list[str]:
    engine = open_engine(place / "index")
    try:
        return sorted(hit.document.path for hit in engine.search(build_query({"q": [text]})).hits)
    finally:
        engine.close()


PERSON, ORGANISATION = ("person", "hamid-torwaldi"), ("organisation", "liga-portow-baltyckich")
BOTH = ["depesza.txt", "nota.txt"]


def test_names_are_one_actor_and_find_each_other(
    place: Path, index: Callable[..., dict[str, int]]
) -> None:
    index()
    assert ("person", "khamid-torvaldy") in actors(place)
    assert search(place, "LPB") == ["depesza.txt"]
    done = index(*with_file(place))
    assert (done["updated"], done["unchanged"]) == (2, 0)
    assert actors(place) == {PERSON, ORGANISATION}
    for text in ("LPB", "liga portów bałtyckich", "Torwaldi Hamid", "Khamid Torvaldy"):
        assert search(place, text) == BOTH


def test_the_index_remembers_them_without_the_file(
    place: Path, index: Callable[..., dict[str, int]]
) -> None:
    index(*with_file(place))
    (place / "nasze.toml").unlink()
    (place / "docs" / "nowa.txt").write_text("Nota\n\nMinister Khamid Torvaldy wraca.\n", "utf-8")
    done = index()
    assert (done["added"], done["unchanged"]) == (1, 2)
    assert actors(place) == {PERSON, ORGANISATION}
    index("--rebuild")
    assert actors(place) == {PERSON, ORGANISATION}
    rebuild_index(place / "index")
    assert search(place, "LPB") == BOTH
    live = find_live(place / "index", rebuild=False)
    assert live is not None
    assert "aliases.toml" in live.manifest.files


def test_an_empty_file_takes_them_away_and_a_rollback_brings_them_back(
    place: Path, index: Callable[..., dict[str, int]]
) -> None:
    index(*with_file(place))
    (place / "nasze.toml").write_text("", "utf-8")
    assert index(*with_file(place))["updated"] == 2
    assert ("person", "khamid-torvaldy") in actors(place)
    assert search(place, "LPB") == ["depesza.txt"]
    rollback(place / "index")
    assert search(place, "LPB") == BOTH


def test_what_has_not_changed_is_not_read_again(
    place: Path, index: Callable[..., dict[str, int]]
) -> None:
    first = index(*with_file(place))
    (place / "nasze.toml").write_text("# Nasze nazwy\n" + FILE, "utf-8")
    assert index(*with_file(place))["unchanged"] == 2
    (place / "nasze.toml").write_text(FILE + SYNONYM, "utf-8")
    done = index(*with_file(place))
    assert (done["unchanged"], done["generation"]) == (2, first["generation"] + 2)
    assert search(place, "raport") == BOTH


def test_copies_of_a_file_are_read_again_as_one_document(
    place: Path, index: Callable[..., dict[str, int]]
) -> None:
    (place / "docs" / "kopia.txt").write_text(NOTES["nota.txt"], "utf-8")
    before = index()
    done = index(*with_file(place))
    assert (done["updated"], done["documents"]) == (3, before["documents"])
    assert index()["unchanged"] == 3


def test_documents_of_other_folders_are_told_until_they_are_read(place: Path, run: Run) -> None:
    (place / "inne").mkdir()
    (place / "inne" / "list.txt").write_text("List\n\nHamid Torwaldi milczy.\n", "utf-8")
    run("index", str(place / "docs"), str(place / "inne"))
    run("index", str(place / "docs"), *with_file(place))
    said = run("status").stdout
    assert "aliases     2 of your own" in said
    assert "1 files were read by others" in said
    assert json.loads(run("status", "--json").stdout)["read_otherwise"] == 1
    run("index", str(place / "inne"))
    assert "read by others" not in run("status").stdout


def test_a_broken_file_is_one_sentence_and_leaves_the_index(
    place: Path, run: Run, index: Callable[..., dict[str, int]]
) -> None:
    index(*with_file(place))
    (place / "nasze.toml").write_text('[[person]]\nname = "Jan Nowak\n', "utf-8")
    done = run("index", str(place / "docs"), *with_file(place))
    assert done.exit_code == 1
    [sentence] = done.stderr.splitlines()
    assert "nasze.toml is not valid TOML" in sentence
    assert "line 2" in sentence
    assert search(place, "LPB") == BOTH


def test_watching_follows_the_file(place: Path) -> None:
    said: list[Summary | str] = []

    def looks() -> object:
        yield
        (place / "nasze.toml").write_text("", "utf-8")
        yield
        yield

    watch_paths(
        [place / "docs"],
        place / "index",
        aliases=place / "nasze.toml",
        looks=looks(),  # type: ignore[arg-type]
        report=said.append,
        workers=1,
    )
    assert [done.counts()["updated"] for done in said if isinstance(done, Summary)] == [0, 2]
    assert ("person", "khamid-torvaldy") in actors(place)
