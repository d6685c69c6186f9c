"""Following a folder."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from web.index_summary import Summary
from web.watching import watch_paths

NOTE = "Nota o promach\n\nMalta kupiła prom w Danii.\n"
SECOND = "Nota o kutrach\n\nCypr sprzedał kuter Grecji.\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text(NOTE, "utf-8")
    return folder


def watch(docs: Path, *steps: Callable[[], object]) -> list[str]:
    """Give what is reported while steps are taken, each before a look."""
    said: list[str] = []

    def looks() -> Iterator[None]:
        for step in steps:
            step()
            said.append("look")
            yield

    def report(done: Summary | str) -> None:
        said.append(done if isinstance(done, str) else f"{done.documents} documents")

    watch_paths([docs], docs.parent / "index", looks=looks(), report=report, workers=1)
    return said


def nothing() -> None:
    pass


def test_what_is_there_is_indexed_once(docs: Path) -> None:
    assert watch(docs, nothing, nothing, nothing) == ["look", "1 documents", "look", "look"]


def test_new_and_removed_files_are_followed_when_they_have_settled(docs: Path) -> None:
    assert watch(
        docs,
        nothing,
        lambda: (docs / "b.txt").write_text(SECOND, "utf-8"),
        nothing,
        (docs / "b.txt").unlink,
        nothing,
    ) == ["look", "1 documents", "look", "look", "2 documents", "look", "look", "1 documents"]


def test_file_that_is_still_growing_is_waited_for(docs: Path) -> None:
    def grow() -> None:
        with (docs / "b.txt").open("a", encoding="utf-8") as file:
            file.write(SECOND)

    assert watch(docs, nothing, grow, grow, nothing)[2:] == ["look", "look", "look", "2 documents"]


def test_folder_with_nothing_to_read_is_told_once(docs: Path) -> None:
    (docs / "a.txt").unlink()
    said = watch(docs, nothing, nothing)
    assert said == ["look", f"There is nothing to read in {docs}.", "look"]


def test_command_follows_a_folder_until_it_is_stopped(docs: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-u", "-m", "web", "--index", str(tmp_path / "index")]
    process = subprocess.Popen(
        [*command, "watch", str(docs), "--every", "0.2"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
    )
    assert process.stdout is not None
    with process:
        assert process.stdout.readline().startswith("1 added")
        process.stdout.readline()
        (docs / "b.txt").write_text(SECOND, "utf-8")
        assert process.stdout.readline().startswith("1 added")
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        process.stdout.read()
    assert process.returncode == 0
