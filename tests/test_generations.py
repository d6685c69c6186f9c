"""The directory of an index: what is live, what is wrong with it, and the way back."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from small_documents import make_document, source_of

from index.errors import (
    DamagedIndex,
    IncompatibleIndex,
    IndexBusy,
    IndexFailure,
    NoIndex,
    NotAnIndex,
)
from index.generations import Generation, hold_current, read_current, rollback, verify
from index.manifest import FileEntry, Manifest, SourceEntry, hash_file
from index.pointer import hold_lock, move_pointer, name_of, number_of, read_pointer
from index.whoosh_index import backup_index, open_index, rebuild_index, update_index


def build(directory: Path, text: str) -> Generation:
    document = make_document("a", text)
    return update_index(directory, added=[(source_of(document), document)])


@pytest.fixture
def built(tmp_path: Path) -> Path:
    build(tmp_path, "Pierwsze wydanie.")
    return tmp_path


def rewrite_manifest(directory: Path, **changes: object) -> None:
    """Write a manifest as another version would have, with a pointer that fits it."""
    pointer = read_pointer(directory)
    path = directory / pointer.name / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    move_pointer(directory, replace(pointer, manifest_sha256=hash_file(path).sha256))


def cut_segment(directory: Path) -> None:
    segment = next((directory / read_pointer(directory).name).glob("passages_*.flat"))
    segment.write_bytes(segment.read_bytes()[:-10])


def lose_segment(directory: Path) -> None:
    next((directory / read_pointer(directory).name).glob("documents_*.flat")).unlink()


def change_manifest(directory: Path) -> None:
    path = directory / read_pointer(directory).name / "manifest.json"
    path.write_text(path.read_text().replace('"passages": 1', '"passages": 7'))


def lose_generation(directory: Path) -> None:
    (directory / read_pointer(directory).name).rename(directory / "elsewhere")


def garble_pointer(directory: Path) -> None:
    (directory / "CURRENT").write_bytes(b"\xff\xfe gen-1")


def point_nowhere(directory: Path) -> None:
    (directory / "CURRENT").write_text("something else\n")


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        (cut_segment, "bytes, not"),
        (lose_segment, "is missing"),
        (change_manifest, "manifest.json is not as it was written"),
        (lose_generation, "READERS is missing"),
        (garble_pointer, "CURRENT names no generation"),
        (point_nowhere, "CURRENT names no generation"),
    ],
)
def test_damage_is_named_and_nothing_is_answered(
    built: Path, harm: Callable[[Path], None], named: str
) -> None:
    harm(built)
    with pytest.raises(DamagedIndex, match=named) as caught:
        open_index(built)
    assert f"kwerenda --index {built} index --rebuild" in str(caught.value)
    assert caught.value.directory == built


def test_a_flipped_byte_is_found_by_verify(built: Path) -> None:
    segment = next((built / read_pointer(built).name).glob("passages_*.flat"))
    content = bytearray(segment.read_bytes())
    content[200] ^= 1
    segment.write_bytes(content)
    with pytest.raises(DamagedIndex, match=segment.name):
        verify(built)


def test_a_damaged_index_is_rebuilt_when_asked(built: Path) -> None:
    cut_segment(built)
    document = make_document("b", "Drugie wydanie.")
    with pytest.raises(DamagedIndex):
        update_index(built, added=[(source_of(document), document)])
    update_index(built, added=[(source_of(document), document)], rebuild=True)
    with open_index(built) as index:
        assert [found.id for found in index.documents()] == ["b"]


@pytest.mark.parametrize("changes", [{"format": 0}, {"fields": "other"}, {"analysis": "other"}])
def test_an_index_of_another_version_says_how_to_rebuild(
    built: Path, changes: dict[str, object]
) -> None:
    rewrite_manifest(built, **changes)
    with pytest.raises(IncompatibleIndex, match="built by another version; rebuild it with"):
        open_index(built)


def test_a_rebuild_takes_the_documents_of_another_analysis_over(built: Path) -> None:
    rewrite_manifest(built, analysis="other")
    update_index(built, rebuild=True)
    with open_index(built) as index:
        assert [document.id for document in index.documents()] == ["a"]


def test_a_missing_place_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match=r"There is no index at .*; build one with"):
        open_index(tmp_path / "nowhere")


def test_an_empty_directory_is_an_empty_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="is empty; build it with"):
        open_index(tmp_path)


def test_a_folder_of_other_things_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "raport.docx").touch()
    with pytest.raises(NotAnIndex, match="is not an index of Kwerenda"):
        open_index(tmp_path)


def test_a_file_is_no_index(tmp_path: Path) -> None:
    path = tmp_path / "raport.txt"
    path.write_text("treść")
    with pytest.raises(IndexFailure, match="is not an index"):
        open_index(path)


def test_every_failure_is_one_sentence_for_people(tmp_path: Path) -> None:
    with pytest.raises(IndexFailure) as caught:
        open_index(tmp_path / "nowhere")
    assert "\n" not in str(caught.value)


def test_rollback_makes_the_former_generation_live(built: Path) -> None:
    build(built, "Drugie wydanie.")
    assert rollback(built).number == 1
    with open_index(built) as index:
        assert index.generation.number == 1
        assert next(index.documents()).text == "Pierwsze wydanie."


def test_after_a_rollback_numbers_go_on_and_the_bad_generation_goes(built: Path) -> None:
    build(built, "Drugie wydanie.")
    rollback(built)
    third = build(built, "Trzecie wydanie.")
    assert third.number == 3
    assert rollback(built).number == 1
    assert sorted(path.name for path in built.glob("gen-*")) == [name_of(1), name_of(3)]


def test_there_is_no_rollback_from_the_first_generation(built: Path) -> None:
    with pytest.raises(NoIndex, match="no earlier generation"):
        rollback(built)
    assert read_current(built).number == 1


def test_rollback_leaves_a_damaged_generation(built: Path) -> None:
    build(built, "Drugie wydanie.")
    (built / name_of(2) / "manifest.json").unlink()
    assert rollback(built).number == 1


def test_rollback_waits_for_no_writer(built: Path) -> None:
    with hold_lock(built), pytest.raises(IndexBusy):
        rollback(built)


def test_the_last_two_generations_are_kept(built: Path) -> None:
    for number in range(3):
        build(built, f"Wydanie {number}.")
    assert sorted(path.name for path in built.glob("gen-*")) == [name_of(3), name_of(4)]


def test_a_held_generation_is_swept_once_it_is_let_go(built: Path) -> None:
    with hold_current(built) as hold:
        for number in range(3):
            build(built, f"Wydanie {number}.")
        assert verify_files(hold.generation)
    build(built, "Ostatnie wydanie.")
    assert not hold.generation.path.exists()


def verify_files(generation: Generation) -> bool:
    return all((generation.path / name).is_file() for name in generation.manifest.files)


def test_a_generation_that_never_became_live_is_swept(built: Path) -> None:
    (built / name_of(2)).mkdir()
    third = build(built, "Drugie wydanie.")
    assert third.number == 3
    assert not (built / name_of(2)).exists()


def test_a_manifest_comes_back_as_it_was() -> None:
    manifest = Manifest(
        built="2031-05-06T07:08:09+00:00",
        fields="f",
        analysis="a",
        documents=1,
        passages=2,
        number=12,
        files={"x.flat": FileEntry(3, "0" * 64, "616263")},
        sources=(SourceEntry("źródła/przegląd.txt", "przeglad", "1" * 64, 10, 123_456_789),),
        failed=(("pusty.txt", "plik jest pusty"),),
    )
    assert Manifest.from_json(manifest.to_json()) == manifest


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"files": 1}', b"\xff", b"null"])
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not a manifest"):
        Manifest.from_json(content)


@pytest.mark.parametrize(
    ("name", "number"),
    [("gen-000012", 12), ("gen-1000000", 1_000_000), ("gen-x", None), ("12", None)],
)
def test_a_directory_name_tells_the_number(name: str, number: int | None) -> None:
    assert number_of(name) == number


def test_what_would_be_unpickled_is_checked_first(built: Path) -> None:
    contents = next((built / read_pointer(built).name).glob("_passages_*.toc"))
    content = bytearray(contents.read_bytes())
    content[-3] ^= 1
    contents.write_bytes(content)
    with pytest.raises(DamagedIndex, match="toc is not as it was written"):
        open_index(built)


def test_an_index_is_rebuilt_from_what_is_stored_in_it(built: Path) -> None:
    build(built, "Drugie wydanie.")
    rewrite_manifest(built, analysis="other")
    rebuilt = rebuild_index(built)
    assert (rebuilt.number, rebuilt.passages) == (3, 1)
    with open_index(built) as index:
        assert next(index.documents()).text == "Drugie wydanie."


def test_a_rebuild_of_what_cannot_be_read_replaces_nothing(built: Path) -> None:
    cut_segment(built)
    with pytest.raises(DamagedIndex):
        rebuild_index(built)
    assert read_pointer(built).name == name_of(1)


def test_a_backup_is_an_index_of_its_own(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "kopie" / "dzisiaj"
    backup_index(built, target)
    build(built, "Drugie wydanie.")
    verify(target)
    build(target, "Trzecie wydanie.")
    texts = []
    for directory in (built, target):
        with open_index(directory) as index:
            texts.append(next(index.documents()).text)
    assert texts == ["Drugie wydanie.", "Trzecie wydanie."]


def test_a_backup_is_not_put_where_something_is(built: Path) -> None:
    with pytest.raises(NotAnIndex, match="is not empty"):
        backup_index(built, built)


def test_a_damaged_index_is_not_backed_up(built: Path, tmp_path: Path) -> None:
    segment = next((built / read_pointer(built).name).glob("passages_*.flat"))
    content = bytearray(segment.read_bytes())
    content[200] ^= 1
    segment.write_bytes(content)
    with pytest.raises(DamagedIndex, match=segment.name):
        backup_index(built, tmp_path / "kopia")
