"""Near copies of a document: what is linked, and what only fills in the same form."""

import random
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
from small_documents import make_document, source_of

from corpus.document import Document
from corpus.sketch import SKETCH_SIZE, sketch_text
from index.documents import DocumentsBuilder
from index.open_index import open_documents
from index.resemblance import LEAST_SHARE, link_resembling
from index.segment import FlatSegment
from index.whoosh_index import update_index

SYLLABLES = ("ba", "cho", "de", "gra", "ki", "lo", "mne", "no", "pry", "rze", "sta", "wie", "zu")


def write_text(seed: int, words: int = 400) -> str:
    rng = random.Random(seed)
    return " ".join("".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(words))


def change_words(text: str, share: float) -> str:
    rng = random.Random(len(text))
    return " ".join("zmieniono" if rng.random() < share else word for word in text.split())


def misread(text: str, share: float) -> str:
    rng = random.Random(len(text))
    return "".join("l" if mark.isalpha() and rng.random() < share else mark for mark in text)


def link(
    tmp_path: Path, texts: Mapping[str, str], *, parts: int = 1
) -> dict[str, dict[str, float]]:
    """Give what each document of an index of so many segments is linked with."""
    segments = []
    for part in range(parts):
        builder = DocumentsBuilder()
        for name in list(texts)[part::parts]:
            builder.add(make_document(name, texts[name]))
        builder.write(tmp_path / f"{part}.seg")
        base = sum(segment.doc_count for segment in segments)
        segments.append(FlatSegment(tmp_path / f"{part}.seg", base=base))
    found = link_resembling(segments)
    return {name: {near.document_id: near.share for near in found[name]} for name in found}


TEXT = write_text(1)
FORM = write_text(999, 350)


@pytest.mark.parametrize(
    "revised",
    [
        TEXT.upper(),
        change_words(TEXT, 0.1),
        misread(TEXT, 0.015),
        f"{TEXT} {write_text(2, 100)}",
        TEXT[: len(TEXT) * 2 // 3],
    ],
    ids=["capitals", "words", "ocr", "paragraph", "cut"],
)
@pytest.mark.parametrize("parts", [1, 2])
def test_a_revision_is_linked_with_what_it_revises(
    tmp_path: Path, revised: str, parts: int
) -> None:
    texts = {"nowy": revised, "dawny": TEXT} | {f"inny{n}": write_text(n + 9) for n in range(6)}
    found = link(tmp_path, texts, parts=parts)
    assert {name: list(near) for name, near in found.items()} == {
        "nowy": ["dawny"],
        "dawny": ["nowy"],
    }


def test_the_same_words_in_another_order_say_something_else(tmp_path: Path) -> None:
    assert link(tmp_path, {"a": TEXT, "b": " ".join(reversed(TEXT.split()))}) == {}


def test_issues_of_a_series_that_share_a_form_are_not_linked(tmp_path: Path) -> None:
    series = {f"numer{n}": f"{FORM} {write_text(n, 150)}" for n in range(60)}
    sketches = [set(sketch_text(text)) for text in series.values()]
    most_is_form = [len(a & b) > SKETCH_SIZE / 2 for a, b in combinations(sketches, 2)]
    assert all(most_is_form)
    assert link(tmp_path, series) == {}


def test_a_revised_issue_of_a_series_is_linked_with_that_issue_alone(tmp_path: Path) -> None:
    series = {f"numer{n}": f"{FORM} {write_text(n, 150)}" for n in range(60)}
    series["poprawiony"] = change_words(series["numer7"], 0.1)
    found = link(tmp_path, series)
    assert {name: list(near) for name, near in found.items()} == {
        "poprawiony": ["numer7"],
        "numer7": ["poprawiony"],
    }


def test_issues_that_quote_one_paragraph_are_not_linked_for_it(tmp_path: Path) -> None:
    quoted = write_text(5000, 50)
    series = {f"numer{n}": f"{FORM} {write_text(n, 150)}" for n in range(60)}
    quoting = {name: f"{text} {quoted}" for name, text in list(series.items())[:2]}
    first, second = (set(sketch_text(text)) for text in quoting.values())
    assert len(first & second & set(sketch_text(quoted))) >= 4
    assert link(tmp_path, series | quoting) == {}


def test_the_nearest_version_comes_first(tmp_path: Path) -> None:
    texts = {"a": TEXT, "b": change_words(TEXT, 0.08), "c": f"{TEXT} {write_text(2, 20)}"}
    assert list(link(tmp_path, texts)["a"]) == ["c", "b"]


def test_share_is_close_to_that_of_common_sequences(tmp_path: Path) -> None:
    longer = f"{TEXT} {write_text(3, 200)}"
    share = link(tmp_path, {"a": TEXT, "b": longer})["a"]["b"]
    assert share == pytest.approx(2 * 400 / (400 + 600), abs=0.12)
    assert share >= LEAST_SHARE


def test_short_notes_resemble_nothing() -> None:
    assert sketch_text("Statki zawinęły do portu. Mgła ustąpiła przed południem.") == ()


def test_a_version_that_is_gone_is_no_longer_linked(tmp_path: Path) -> None:
    documents = [make_document("a", TEXT), make_document("b", f"{TEXT} Errata."), *_others()]
    generation = update_index(tmp_path, added=[(source_of(each), each) for each in documents])
    assert set(open_documents(generation.path).resembling()) == {"a", "b"}
    generation = update_index(tmp_path, removed=["b"])
    assert open_documents(generation.path).resembling() == {}


def _others() -> list[Document]:
    return [make_document(f"inny{n}", write_text(n + 20)) for n in range(3)]
