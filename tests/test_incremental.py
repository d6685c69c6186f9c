"""An index follows its files: moved, copied, changed, gone; without reading them twice."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.document import Document
from corpus.ingest import SourceFile, read_document
from index.generations import find_live
from search.whoosh_engine import open_engine
from web.cli import main
from web.index_summary import Summary
from web.indexing import index_paths

NOTE = "Nota o promach\n\nMalta kupiła prom w Danii. Statek wypłynie w maju.\n"
OTHER = "Nota o kutrach\n\nCypr sprzedał kuter Grecji. Załoga zostaje na pokładzie.\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "promy.txt").write_text(NOTE, "utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path, docs: Path) -> Callable[[], Summary]:
    return lambda: index_paths([docs], tmp_path / "index", workers=1)


def sources(docs: Path) -> dict[str, str]:
    """Give the document of each path below the folder, as the live generation has them."""
    live = find_live(docs.parent / "index", rebuild=False)
    assert live is not None
    return {
        Path(source.path).relative_to(docs.resolve()).as_posix(): source.document_id
        for source in live.sources
    }


def stored(docs: Path) -> Document:
    """Give the only document of the index."""
    [name] = set(sources(docs).values())
    engine = open_engine(docs.parent / "index")
    try:
        return engine.document(name)
    finally:
        engine.close()


def test_moved_file_keeps_the_id_of_its_document(docs: Path, run: Callable[[], Summary]) -> None:
    run()
    before = sources(docs)["promy.txt"]
    (docs / "2031").mkdir()
    (docs / "promy.txt").rename(docs / "2031" / "statki.txt")
    assert run().documents == 1
    assert sources(docs) == {"2031/statki.txt": before}


def test_the_same_content_twice_is_one_document_with_two_paths(
    docs: Path, run: Callable[[], Summary]
) -> None:
    (docs / "kopia.txt").write_text(NOTE, "utf-8")
    summary = run()
    assert (summary.documents, len(summary.added)) == (1, 2)
    assert len(sources(docs)) == 2
    assert len(set(sources(docs).values())) == 1


def test_document_comes_back_from_the_index_as_it_was_read(
    docs: Path, run: Callable[[], Summary]
) -> None:
    text = "".join(f"{n} maja 2031: szczyt. Następny będzie 5 czerwca.\n\n" for n in (3, 4, 5))
    (docs / "promy.txt").write_text(text, "utf-8")
    run()
    document = read_document(SourceFile(docs / "promy.txt", docs, "promy.txt"))
    assert document.kind_reason
    assert document.passages[0].mentioned_dates
    assert stored(docs) == document


def test_a_copy_made_later_is_another_path(docs: Path, run: Callable[[], Summary]) -> None:
    run()
    before = sources(docs)["promy.txt"]
    (docs / "kopia.txt").write_text(NOTE, "utf-8")
    assert run().documents == 1
    assert sources(docs) == {"promy.txt": before, "kopia.txt": before}
    assert len(run().unchanged) == 2


def test_a_document_stays_as_long_as_one_copy_does(docs: Path, run: Callable[[], Summary]) -> None:
    (docs / "kopia.txt").write_text(NOTE, "utf-8")
    run()
    (docs / "promy.txt").unlink()
    assert (run().documents, list(sources(docs))) == (1, ["kopia.txt"])
    assert stored(docs).path == "kopia.txt"
    (docs / "kopia.txt").write_text(OTHER, "utf-8")
    (docs / "kopia.txt").rename(docs / "kutry.txt")
    assert (run().documents, list(sources(docs))) == (1, ["kutry.txt"])


def test_a_copy_that_was_changed_becomes_a_document_of_its_own(
    docs: Path, run: Callable[[], Summary]
) -> None:
    (docs / "kopia.txt").write_text(NOTE, "utf-8")
    run()
    before = sources(docs)["promy.txt"]
    (docs / "kopia.txt").write_text(OTHER, "utf-8")
    assert run().documents == 2
    assert sources(docs)["promy.txt"] == before
    assert sources(docs)["kopia.txt"] != before


def test_two_changed_files_swap_nothing(docs: Path, run: Callable[[], Summary]) -> None:
    (docs / "kutry.txt").write_text(OTHER, "utf-8")
    run()
    before = sources(docs)
    (docs / "kutry.txt").write_text(OTHER + "\nCena rośnie.\n", "utf-8")
    (docs / "promy.txt").write_text(NOTE + "\nCena spada.\n", "utf-8")
    assert run().documents == 2
    assert sources(docs) == before


def test_a_copy_of_what_cannot_be_read_fails_with_it(
    docs: Path, run: Callable[[], Summary]
) -> None:
    for name in ("a.pdf", "b.pdf"):
        (docs / name).write_bytes(b"%PDF-1.7 nic")
    summary = run()
    assert [Path(path).name for path, _ in summary.failed] == ["a.pdf", "b.pdf"]
    assert len({reason for _, reason in summary.failed}) == 1
    assert summary.documents == 1


def test_rebuild_finds_the_copies_anew(docs: Path, tmp_path: Path) -> None:
    (docs / "kopia.txt").write_text(NOTE, "utf-8")
    index_paths([docs], tmp_path / "index", workers=1)
    summary = index_paths([docs], tmp_path / "index", workers=1, rebuild=True)
    assert summary.documents == 1
    assert len(sources(docs)) == 2


def test_summary_of_a_move_is_one_added_and_one_removed(docs: Path, tmp_path: Path) -> None:
    arguments = ["--index", str(tmp_path / "index"), "index", str(docs), "--json"]
    CliRunner().invoke(main, arguments)
    (docs / "promy.txt").rename(docs / "statki.txt")
    said = json.loads(CliRunner().invoke(main, arguments).stdout)
    assert (said["added"], said["removed"], said["documents"]) == (1, 1, 1)


BULLETIN = "\n\n".join(
    f"Akapit {number} opisuje stan rozmów o promach między Maltą a Cyprem w roku {2000 + number}."
    for number in range(20)
)


def test_a_revised_document_is_linked_with_its_first_version(
    docs: Path, run: Callable[[], Summary]
) -> None:
    (docs / "biuletyn.txt").write_text(BULLETIN, "utf-8")
    assert run().resembling == []
    revised = BULLETIN.replace("Akapit 3 opisuje", "Akapit trzeci pomija") + "\n\nErrata."
    (docs / "biuletyn_2.txt").write_text(revised, "utf-8")
    [(path, other, share)] = run().resembling
    assert (Path(path).name, Path(other).name) == ("biuletyn_2.txt", "biuletyn.txt")
    assert 0.9 < share < 1
