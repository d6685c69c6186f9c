"""Whatever happens to a file of an index, the answers are those they were, or a plain failure.

KWERENDA_CRASHES sets how many bits are flipped, eight for each; the default is for every day.
"""

import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from small_documents import source_of, vary_metadata
from test_crash import CRASHES, SEED, write_document

from corpus.document import Document
from index.errors import DamagedIndex, IncompatibleIndex, IndexFailure
from index.generations import rollback, verify
from index.manifest import FORMAT_VERSION, hash_file
from index.open_index import OpenIndex, open_index
from index.pointer import move_pointer, read_pointer
from index.whoosh_index import update_index
from search.request import build_query
from search.whoosh_engine import open_engine

QUERIES: tuple[dict[str, list[str]], ...] = (
    {"limit": ["200"]},
    {"q": ["numer wydanie"], "limit": ["200"]},
    {"q": ["umowa rozmowa minister"]},
    {"q": ['"wydanie 0"']},
    {"q": ["um* -minister"], "sort": ["-date"]},
    {"q": ["rosja"], "pair": ["JP-RU"], "from": ["2031-05-01"], "to": ["2031-06-30"]},
    {"q": ["bialorus"], "actor": ["igor-morgulow"], "kind": ["event"]},
)
FACETS = ("pair", "actor", "country", "kind", "document", "source")


def make_documents() -> list[Document]:
    rng = random.Random(5)
    return [vary_metadata(write_document(f"d{number}"), rng) for number in range(10)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an index of several segments, one merged, with deleted and retired passages."""
    directory = tmp_path_factory.mktemp("flips") / "index"
    for document in make_documents():
        update_index(directory, added=[(source_of(document), document)], workers=1)
    changed = write_document("d1", version=1)
    update_index(directory, added=[(source_of(changed), changed)], removed=["d9"], workers=1)
    with open_index(directory) as index:
        assert len(index.segments) > 1
        assert any(segment.deleted.size for segment in index.segments)
    return directory


@pytest.fixture
def copy(tmp_path: Path, built: Path) -> Path:
    shutil.copytree(built, tmp_path / "index")
    return tmp_path / "index"


def answer_everything(directory: Path) -> list[object]:
    """Ask for all that an index can tell: by the engine, and array by array."""
    engine = open_engine(directory)
    try:
        answers: list[object] = [engine.status()]
        for params in QUERIES:
            query = build_query(params)
            answers.append(replace(engine.search(query), took_ms=0.0))
        everything = build_query({})
        answers += [engine.histogram(everything), engine.matrix(everything)]
        answers += [engine.search_facet(everything, field, "a") for field in FACETS]
        answers.append(list(engine.scan(everything)))
        answers.append(engine.passage(write_document("d9").passages[0].id))
    finally:
        engine.close()
    with open_index(directory) as index:
        answers += [
            list(index.documents()),
            asdict(index.generation.manifest),
            index.lexicon.forms_matching("*", 1_000),
        ]
        answers.append(read_arrays(index))
    return answers


def read_arrays(index: OpenIndex) -> list[object]:
    """Give every array, and which documents are deleted; what is compressed is read elsewhere."""
    return [
        (segment.deleted.tolist(), name, segment.file[name].all().tolist())
        for segment in index.segments
        for name in segment.file.names()
        if name != "records"
    ]


def list_files(directory: Path) -> list[Path]:
    """Give the files that an answer may depend on."""
    generation = directory / read_pointer(directory).name
    files = [directory / "CURRENT", *sorted(generation.iterdir())]
    return [path for path in files if path.stat().st_size]


def flip(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ bit]))


def test_a_flipped_bit_is_found_before_it_is_answered_from(copy: Path) -> None:
    expected = answer_everything(copy)
    rng = random.Random(SEED)
    files = list_files(copy)
    sizes = [path.stat().st_size for path in files]
    outcomes: Counter[str] = Counter()
    for number in range(CRASHES * 8):
        # One in four in each file in turn: most bytes are in the largest.
        path = rng.choices(files, sizes)[0] if number % 4 else files[number // 4 % len(files)]
        place, bit = rng.randrange(path.stat().st_size), 1 << rng.randrange(8)
        flip(path, place, bit)
        try:
            assert answer_everything(copy) == expected, (path, place, bit)
            outcome = "harmless"
        except IndexFailure:
            outcome = "found"
        flip(path, place, bit)
        outcomes[f"{path.suffix or path.name} {outcome}"] += 1
    print("seed", SEED, "flipped bits:", dict(outcomes))
    assert not [each for each in outcomes if each.startswith((".json h", ".toc h"))]
    assert outcomes[".flat found"] > outcomes[".flat harmless"]  # those fell between the arrays
    assert answer_everything(copy) == expected


def test_a_damaged_index_is_rebuilt_as_its_failure_says(copy: Path) -> None:
    rng = random.Random(16)
    documents = make_documents()
    segments = [path for path in list_files(copy) if path.suffix == ".flat"]
    for _ in range(max(CRASHES // 3, 1)):
        path = rng.choice(segments)
        flip(path, rng.randrange(path.stat().st_size), 1)
    update_index(
        copy, added=[(source_of(each), each) for each in documents], rebuild=True, workers=1
    )
    verify(copy)
    with open_index(copy) as index:
        assert list(index.documents()) == documents


def cut(path: Path, rng: random.Random) -> None:
    os.truncate(path, rng.randrange(path.stat().st_size))


def lengthen(path: Path, rng: random.Random) -> None:
    with path.open("ab") as file:
        file.write(rng.randbytes(64))


def remove(path: Path, rng: random.Random) -> None:
    path.unlink()


def empty(path: Path, rng: random.Random) -> None:
    path.write_bytes(b"")


def overwrite(path: Path, rng: random.Random) -> None:
    path.write_bytes(rng.randbytes(path.stat().st_size))


def turn_into_directory(path: Path, rng: random.Random) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("harm", [cut, lengthen, remove, empty, overwrite, turn_into_directory])
def test_a_file_that_is_not_as_written_is_told(
    copy: Path, harm: Callable[[Path, random.Random], None]
) -> None:
    expected = answer_everything(copy)
    for file in [*list_files(copy), copy / read_pointer(copy).name / "READERS"]:
        spoilt = copy.with_name("spoilt")
        shutil.copytree(copy, spoilt)
        path = spoilt / file.relative_to(copy)
        may_be = file.name == "READERS" or (file.name == "CURRENT" and harm is cut)
        try:
            if file.name != "READERS" or harm not in (cut, overwrite, empty):
                harm(path, random.Random(file.name))
            assert answer_everything(spoilt) == expected
            assert may_be, path
        except IndexFailure as err:
            assert "\n" not in str(err)
        shutil.rmtree(spoilt)


def test_a_file_of_another_generation_is_told(copy: Path) -> None:
    expected = answer_everything(copy)
    pointer = read_pointer(copy)
    assert pointer.before is not None
    strangers = [path for path in (copy / pointer.before.name).iterdir() if path.stat().st_size]
    told = 0
    for stranger in strangers:
        for path in (copy / pointer.name).iterdir():
            same = stranger.read_bytes() == path.read_bytes()
            if stranger.suffix != path.suffix or same:
                continue
            former = path.read_bytes()
            path.write_bytes(stranger.read_bytes())
            with pytest.raises(IndexFailure):
                assert answer_everything(copy) == expected
            path.write_bytes(former)
            told += 1
    assert told > 5


def test_nothing_is_unpickled_that_the_manifest_does_not_name(copy: Path) -> None:
    generation = copy / read_pointer(copy).name
    contents = next(generation.glob("_passages_*.toc"))
    later = generation / "_passages_999.toc"
    later.write_bytes(contents.read_bytes())
    with pytest.raises(DamagedIndex, match=r"_passages_999\.toc does not belong there"):
        open_index(copy)
    later.unlink()
    open_index(copy).close()


@pytest.mark.parametrize("content", [b"", b"\n", b"gen-000011", b"gen-000011 0\n"])
def test_a_broken_pointer_is_told_and_mended_by_going_back(copy: Path, content: bytes) -> None:
    expected = answer_everything(copy)
    (copy / "CURRENT").write_bytes(content)
    with pytest.raises(DamagedIndex, match="CURRENT names no generation"):
        open_index(copy)
    rollback(copy)
    assert answer_everything(copy) == expected


def test_a_lost_pointer_is_told_and_mended_by_going_back(copy: Path) -> None:
    expected = answer_everything(copy)
    (copy / "CURRENT").unlink()
    with pytest.raises(DamagedIndex, match="CURRENT is missing"):
        update_index(copy, removed=["d0"])
    rollback(copy)
    assert answer_everything(copy) == expected


def test_going_back_to_what_is_damaged_is_refused(copy: Path) -> None:
    pointer = read_pointer(copy)
    assert pointer.before is not None
    for path in list((copy / pointer.before.name).iterdir()):
        if not path.stat().st_size:
            continue
        flip(path, path.stat().st_size // 2, 4)
        with pytest.raises(IndexFailure):
            rollback(copy)
        flip(path, path.stat().st_size // 2, 4)
        assert read_pointer(copy) == pointer
    assert rollback(copy).path.name == pointer.before.name


def test_a_manifest_of_a_newer_format_is_not_read(copy: Path) -> None:
    pointer = read_pointer(copy)
    path = copy / pointer.name / "manifest.json"
    plain = json.loads(path.read_text()) | {"format": FORMAT_VERSION + 1, "files": "elsewhere"}
    path.write_text(json.dumps(plain))
    move_pointer(copy, replace(pointer, manifest_sha256=hash_file(path).sha256))
    for try_it in (open_index, verify, lambda place: update_index(place, removed=["d0"])):
        with pytest.raises(IncompatibleIndex, match="built by another version"):
            try_it(copy)
