"""The command as people and scripts run it: what it says, and how it fails."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.generations import read_current
from index.pointer import hold_lock
from web.cli import main

MONITOR = """I. WNIOSKI

a. oba państwa wracają do rozmów o rybołówstwie.

II. NORWEGIA – ISLANDIA

3 marca: ministrowie rybołówstwa spotkali się w Bergen. Minister Lars Haugland
przyjął islandzką delegację. Rozmowy dotyczyły kwot połowowych.

https://www.fiskeri.example/2031/03/03/bergen
"""

Run = Callable[..., Result]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "monitor.txt").write_text(MONITOR, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(place: Path) -> Run:
    def call(*args: str) -> Result:
        return CliRunner().invoke(main, ["--index", str(place / "index"), *args])

    return call


def indexed(run: Run, place: Path) -> Run:
    assert run("index", str(place / "docs")).exit_code == 0
    return run


def told(result: Result) -> str:
    """Give the one line of a failure; anything more is a failure of its own."""
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    [line] = result.stderr.strip().splitlines()
    return line


def test_index_says_what_it_did_and_search_answers(run: Run, place: Path) -> None:
    result = run("index", str(place / "docs"))
    assert result.stdout.splitlines()[0] == ("1 added, 0 updated, 0 unchanged, 0 removed, 0 failed")
    answer = run("search", "norweski", "OR", "rybołówstwo")
    assert "ministrowie rybołówstwa spotkali się w Bergen" in answer.stdout
    assert "https://www.fiskeri.example/2031/03/03/bergen" in answer.stdout
    assert "2 passages from 1 documents" in answer.stdout


def test_size_of_snippets_is_chosen(run: Run, place: Path) -> None:
    answer = indexed(run, place)("search", "minister", "--json", "--snippet-chars", "40")
    hits = json.loads(answer.stdout)["hits"]
    assert hits
    assert all(len(each["text"]) <= 40 for hit in hits for each in hit["snippets"][:1])
    assert "whole number from 1 to 10" in told(run("search", "minister", "--snippets", "0"))


def test_capital_counts_as_its_country_where_it_is_asked_for(run: Run, place: Path) -> None:
    for number, text in enumerate(("Pekin odmówił rozmów.", "Chiny zapłaciły cło."), start=1):
        (place / "docs" / f"nota-{number}.txt").write_text(text, encoding="utf-8")
    for options, total in (((), 1), (("--related", "CN"), 2)):
        answer = indexed(run, place)("search", "pekin", "--json", *options)
        assert json.loads(answer.stdout)["total"] == total


def test_second_run_reads_only_what_changed(run: Run, place: Path) -> None:
    indexed(run, place)
    summary = json.loads(run("index", str(place / "docs"), "--json").stdout)
    assert (summary["added"], summary["unchanged"], summary["generation"]) == (0, 1, 1)
    (place / "docs" / "monitor.txt").write_text(MONITOR.replace("3 marca", "4 marca"))
    (place / "docs" / "nowy.txt").write_text("Notatka o porcie w Gdyni.\n\nStatek odpłynął.")
    summary = json.loads(run("index", str(place / "docs"), "--json").stdout)
    assert (summary["added"], summary["updated"], summary["generation"]) == (1, 1, 2)


def test_touched_file_with_the_same_content_is_unchanged(run: Run, place: Path) -> None:
    indexed(run, place)
    os.utime(place / "docs" / "monitor.txt", ns=(1, 1))
    assert json.loads(run("index", str(place / "docs"), "--json").stdout)["unchanged"] == 1


def test_changed_sidecar_changes_the_document(run: Run, place: Path) -> None:
    indexed(run, place)
    (place / "docs" / "monitor.txt.meta.toml").write_text('title = "Przegląd północny"\n')
    assert json.loads(run("index", str(place / "docs"), "--json").stdout)["updated"] == 1
    hit = json.loads(run("search", "Bergen", "--json").stdout)["hits"][0]
    assert hit["document"]["title"] == "Przegląd północny"


def test_removed_file_leaves_the_index(run: Run, place: Path) -> None:
    (place / "docs" / "drugi.txt").write_text("Notatka o porcie w Gdyni.\n\nStatek odpłynął.")
    indexed(run, place)
    (place / "docs" / "drugi.txt").unlink()
    assert json.loads(run("index", str(place / "docs"), "--json").stdout)["removed"] == 1
    assert json.loads(run("search", "Gdynia", "--json").stdout)["total"] == 0


def test_indexing_another_folder_keeps_the_first(run: Run, place: Path) -> None:
    indexed(run, place)
    (place / "more").mkdir()
    (place / "more" / "notatka.txt").write_text("Notatka o porcie w Gdyni.\n\nStatek odpłynął.")
    run("index", str(place / "more"))
    assert json.loads(run("status", "--json").stdout)["documents"] == 2


def test_files_of_one_name_in_two_folders_are_two_documents(run: Run, place: Path) -> None:
    for folder, text in (("more", "Notatka o porcie w Gdyni."), ("rest", "Wzmianka o Helu.")):
        (place / folder).mkdir()
        (place / folder / "monitor.txt").write_text(text)
    run("index", str(place / "docs"), str(place / "more"), str(place / "rest"))
    assert json.loads(run("status", "--json").stdout)["documents"] == 3


def test_passage_keeps_its_id_when_its_folder_is_indexed_from_above(run: Run, place: Path) -> None:
    indexed(run, place)
    before = json.loads(run("search", "Bergen", "--json").stdout)["hits"][0]["id"]
    run("index", str(place), "--rebuild")
    assert json.loads(run("search", "Bergen", "--json").stdout)["hits"][0]["id"] == before


def test_unreadable_file_is_reported_and_the_rest_is_indexed(run: Run, place: Path) -> None:
    (place / "docs" / "pusty.txt").write_bytes(b"")
    (place / "docs" / "obraz.txt").write_bytes(bytes(range(256)) * 40)
    result = run("index", str(place / "docs"))
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == ("1 added, 0 updated, 0 unchanged, 0 removed, 2 failed")
    assert len(result.stderr.strip().splitlines()) == 2
    failed = run("status").stdout
    assert "pusty.txt" in failed
    assert "obraz.txt" in failed


def test_damaged_file_keeps_its_last_good_version(run: Run, place: Path) -> None:
    indexed(run, place)
    (place / "docs" / "monitor.txt").write_bytes(b"\x00\x01\x02" * 1000)
    assert run("index", str(place / "docs")).exit_code == 1
    assert json.loads(run("search", "Bergen", "--json").stdout)["total"] == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("index", "nie-ma-takiej"), "does not exist"),
        (("search", "x", "--from", "2018-02-31"), "2018-02-31"),
        (("search", "x", "--from", "2019", "--to", "2018"), "end"),
        (("search", "x", "--pair", "Narnia"), "pair of countries"),
        (("search", "x", "--kind", "powieść"), "kind of passage"),
        (("search", "x", "--country", "Narnia"), "country"),
    ],
)
def test_bad_argument_is_told_in_one_line(
    run: Run, place: Path, args: tuple[str, ...], words: str
) -> None:
    indexed(run, place)
    assert words in told(run(*args))


@pytest.mark.parametrize(
    "command", ["search", "export", "serve", "status", "verify", "rollback", "rebuild"]
)
def test_missing_index_is_told_with_the_way_to_make_one(run: Run, command: str) -> None:
    assert "kwerenda --index" in told(run(command))


def test_folder_with_nothing_to_read_is_told(run: Run, place: Path) -> None:
    (place / "empty").mkdir()
    assert "nothing to read" in told(run("index", str(place / "empty")))


def test_folder_that_is_no_index_is_left_alone(place: Path) -> None:
    result = CliRunner().invoke(
        main, ["--index", str(place / "docs"), "index", str(place / "docs")]
    )
    assert "not" in told(result)
    assert [path.name for path in (place / "docs").iterdir()] == ["monitor.txt"]


def test_second_writer_is_told_to_wait(run: Run, place: Path) -> None:
    indexed(run, place)
    with hold_lock(place / "index"):
        assert "Another process" in told(run("index", str(place / "docs")))


def test_index_of_another_version_is_told_how_to_rebuild(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(run, place)
    monkeypatch.setattr("index.generations.schema_fingerprint", lambda: "another")
    assert "--rebuild" in told(run("search", "x"))
    monkeypatch.undo()
    assert run("search", "x").exit_code == 0


def test_damaged_index_is_told_and_rebuilt(run: Run, place: Path) -> None:
    indexed(run, place)
    generation = read_current(place / "index")
    [segment, *_] = sorted(generation.path.glob("*.flat"))
    segment.write_bytes(segment.read_bytes()[:-10])
    assert "damaged" in told(run("search", "x"))
    assert run("index", str(place / "docs"), "--rebuild").exit_code == 0
    assert json.loads(run("search", "Bergen", "--json").stdout)["total"] == 1


def test_rebuild_needs_no_source_file(run: Run, place: Path) -> None:
    indexed(run, place)
    (place / "docs" / "monitor.txt").unlink()
    assert run("rebuild").stdout.startswith("Generation 2:")
    assert json.loads(run("search", "Bergen", "--json").stdout)["total"] == 1


def test_backup_is_an_index_of_its_own(run: Run, place: Path) -> None:
    indexed(run, place)
    assert run("backup", str(place / "copy")).exit_code == 0
    shutil.rmtree(place / "index")
    copy = CliRunner().invoke(main, ["--index", str(place / "copy"), "search", "Bergen", "--json"])
    assert json.loads(copy.stdout)["total"] == 1


def test_backup_does_not_write_over_anything(run: Run, place: Path) -> None:
    indexed(run, place)
    assert "not empty" in told(run("backup", str(place / "docs")))


def test_index_place_that_cannot_be_written_is_told(place: Path) -> None:
    (place / "file").write_text("x")
    result = CliRunner().invoke(
        main, ["--index", str(place / "file" / "index"), "index", str(place / "docs")]
    )
    told(result)


def test_json_has_the_documented_shape(run: Run, place: Path) -> None:
    indexed(run, place)
    answer = json.loads(run("search", "Bergen", "--json").stdout)
    assert set(answer) == {"query", "total", "took_ms", "notes", "hits", "facets", "next"}
    [hit] = answer["hits"]
    assert hit["date"] == {"start": "2031-03-03", "end": "2031-03-03", "precision": "day"}
    assert hit["kind"] == "event"
    assert hit["sources"][0]["url"] == "https://www.fiskeri.example/2031/03/03/bergen"
    assert hit["sources"][0]["confidence"] == "exact"
    assert hit["snippets"][0]["marks"] or hit["headline"]
    assert hit["url"] == f"/p/{hit['id']}"


def test_export_writes_every_passage(run: Run, place: Path) -> None:
    indexed(run, place)
    passages = [json.loads(line) for line in run("export").stdout.splitlines()]
    total = json.loads(run("status", "--json").stdout)["passages"]
    assert len(passages) == total
    rows = list(csv.reader(io.StringIO(run("export", "--format", "csv").stdout)))
    assert len(rows) == total + 1


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("ris", b"TY  - CHAP\r\n"),
        ("bibtex", b"@incollection{kwerenda:"),
        ("docx", b"PK\x03\x04"),
        ("csv", b"\xef\xbb\xbfid,link,"),
        ("jsonl", b'{"id": "'),
    ],
)
def test_export_writes_every_format_to_a_file(
    run: Run, place: Path, form: str, first: bytes
) -> None:
    indexed(run, place)
    file = place / "wynik"
    assert run("export", "Bergen", "--format", form, "--output", str(file)).exit_code == 0
    assert file.read_bytes().startswith(first)


def test_export_says_of_what_query_and_index_it_is(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(run, place)
    monkeypatch.setenv("KWERENDA_BASE_URL", "https://kwerenda.example/")
    [line] = run("export", "Bergen", "--kind", "event").stdout.splitlines()
    origin = json.loads(line)["export"]
    assert (origin["query"], origin["generation"]) == ("Bergen", 1)
    assert origin["search"] == "https://kwerenda.example/?q=Bergen&kind=event"


def test_export_to_a_place_that_cannot_be_written_is_told(run: Run, place: Path) -> None:
    indexed(run, place)
    told(run("export", "--output", str(place / "nie-ma" / "wynik.csv")))


def test_csv_cell_is_never_a_formula(run: Run, place: Path) -> None:
    (place / "docs" / "wzor.txt").write_text("=HYPERLINK(1) to nie jest wzór, tylko tekst.")
    indexed(run, place)
    rows = csv.reader(io.StringIO(run("export", "--format", "csv").stdout))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_pipe_that_closes_early_is_no_failure(place: Path) -> None:
    def command(*args: str) -> list[str]:
        return [sys.executable, "-m", "web", "--index", str(place / "index"), *args]

    subprocess.run(command("index", str(place / "docs")), check=True, capture_output=True)
    export = subprocess.Popen(
        command("export"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert export.stdout is not None
    assert export.stderr is not None
    export.stdout.close()
    assert "Traceback" not in export.stderr.read()
    export.stderr.close()
    export.wait(timeout=30)


def test_file_that_cannot_be_opened_is_reported(run: Run, place: Path) -> None:
    (place / "docs" / "znikl.txt").symlink_to(place / "docs" / "nie-ma.txt")
    result = run("index", str(place / "docs"))
    assert result.exit_code == 1
    assert "nie-ma.txt: No such file or directory." in result.stderr
    assert result.stdout.startswith("1 added")


def test_served_corpus_must_be_a_folder(sample_index: Path, tmp_path: Path) -> None:
    place = ["--index", str(sample_index), "serve", "--corpus"]
    missing = CliRunner().invoke(main, [*place, str(tmp_path / "nie-ma")])
    assert missing.exit_code == 2
    assert "does not exist" in missing.output
    file = tmp_path / "plik.txt"
    file.touch()
    assert CliRunner().invoke(main, [*place, str(file)]).exit_code == 2
