"""An index is brought up to date piece by piece and never loses what it had."""

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from small_documents import make_document, make_passage, source_of
from whoosh.query import Or, Phrase, Term

from corpus.document import Actor, Document
from index.analysis import analyse_word, fold
from index.errors import IndexBusy, IndexFailure
from index.field_values import field_values
from index.generations import Generation, verify
from index.lexicon import Lexicon
from index.manifest import SourceEntry
from index.open_index import OpenIndex
from index.pointer import hold_lock
from index.retirement import RetiredPassage
from index.whoosh_index import open_index, update_index

BORDER = "Podpisano umowę o granicy. Ministrowie spraw zagranicznych spotkali się w Pradze."
SANCTIONS = "Rząd zniósł sankcje. Decyzję ogłoszono w Brnie."
VISIT = "Delegacja przybyła do Seulu. Rozmawiano o handlu z KRLD."


def build(directory: Path, *documents: Document) -> Generation:
    return update_index(directory, added=[(source_of(d), d) for d in documents])


def found(index: OpenIndex, word: str) -> set[str]:
    """Find the texts that have a word, as any Whoosh program could."""
    keys = analyse_word(word).keys
    query = Or([Term("text", term) for term in index.lexicon.classes_of(keys)])
    with index.searcher() as searcher:
        results = searcher.search(query, limit=None)
        return {index.passage_at(hit.docnum).text for hit in results}


def test_documents_and_passages_come_back_as_they_were(tmp_path: Path) -> None:
    first, second = make_document("a", BORDER, SANCTIONS), make_document("b", VISIT)
    build(tmp_path, first, second)
    with open_index(tmp_path) as index:
        assert list(index.documents()) == [first, second]
        assert index.document("b") == second
        assert index.passage(first.passages[1].id) == first.passages[1]


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    build(tmp_path, make_document("a", BORDER))
    with open_index(tmp_path) as index:
        assert (index.document("b"), index.passage("a-0"), index.retired("a-0")) == (None,) * 3


@pytest.mark.parametrize("word", ["minister", "Praga", "umowami", "granica", "podpisać"])
def test_a_word_is_found_in_any_inflection(tmp_path: Path, word: str) -> None:
    build(tmp_path, make_document("a", BORDER, SANCTIONS))
    with open_index(tmp_path) as index:
        assert found(index, word) == {BORDER}


def test_words_stand_at_successive_positions(tmp_path: Path) -> None:
    build(tmp_path, make_document("a", BORDER))
    with open_index(tmp_path) as index, index.searcher() as searcher:
        in_order = Phrase("exact", ["umowę", "o", "granicy"])
        backwards = Phrase("exact", ["granicy", "o", "umowę"])
        assert [len(searcher.search(query)) for query in (in_order, backwards)] == [1, 0]


def test_a_country_is_found_by_its_key(tmp_path: Path) -> None:
    build(tmp_path, make_document("a", BORDER, VISIT))
    with open_index(tmp_path) as index:
        (term,) = index.lexicon.classes_of(["c:KP"])
        assert term == "c:KP|v:krld"


def test_an_actor_is_found_by_the_key_of_the_actor() -> None:
    actor = Actor("jan-novotny", "Jan Novotný", "person", ("Janem Novotným", "Novotny"))
    passage = make_passage(
        "a", "Rozmowa z Janem Novotným. Minister Novotny milczał.", actors=[actor]
    )
    terms = field_values(passage).terms["text"]
    assert [at for at, term in enumerate(terms) if "a:jan-novotny" in term.split("|")] == [2, 5]


def test_an_undated_passage_has_no_days() -> None:
    assert "date_start" not in field_values(make_passage("a", BORDER, dates=None)).numbers


def test_an_update_adds_without_touching_the_rest(tmp_path: Path) -> None:
    first = build(tmp_path, make_document("a", BORDER))
    (segment,) = first.path.glob("passages_*.flat")
    second = build(tmp_path, make_document("b", VISIT))
    assert (second.documents, second.passages) == (2, 2)
    assert (second.path / segment.name).samefile(segment)


def test_a_word_without_end_is_indexed_like_another(tmp_path: Path) -> None:
    text = f"Klucz {'ab' * 60_000} i {'x-' * 5_000}y podpisano w Brnie."
    build(tmp_path, make_document("a", text))
    with open_index(tmp_path) as index:
        assert found(index, "Brno") == {text}


def test_a_changed_document_replaces_the_former_one(tmp_path: Path) -> None:
    build(tmp_path, make_document("a", BORDER, SANCTIONS), make_document("b", VISIT))
    build(tmp_path, make_document("a", BORDER, "Wznowiono handel. Otwarto przejścia."))
    with open_index(tmp_path) as index:
        assert index.generation.passages == 3
        assert found(index, "sankcje") == set()
        assert found(index, "granica") == {BORDER}


def test_a_removed_document_is_gone_with_its_source(tmp_path: Path) -> None:
    document = make_document("a", BORDER)
    build(tmp_path, document, make_document("b", VISIT))
    generation = update_index(tmp_path, removed=["a"])
    with open_index(tmp_path) as index:
        assert index.document("a") is None
        assert index.passage(document.passages[0].id) is None
        assert [source.document_id for source in generation.sources] == ["b"]


def test_a_source_that_gives_another_document_takes_the_former_one_out(tmp_path: Path) -> None:
    build(tmp_path, make_document("a", BORDER))
    other = make_document("c", SANCTIONS)
    update_index(tmp_path, added=[(source_of(other, path="a.txt"), other)])
    with open_index(tmp_path) as index:
        assert [document.id for document in index.documents()] == ["c"]


def test_a_document_from_two_files_is_there_once(tmp_path: Path) -> None:
    document = make_document("a", BORDER)
    copies = [(source_of(document, path=path), document) for path in ("a.txt", "kopia.txt")]
    generation = update_index(tmp_path, added=copies)
    assert (generation.documents, len(generation.sources)) == (1, 2)


def test_many_small_updates_merge_and_keep_every_document(tmp_path: Path) -> None:
    for number in range(12):
        build(tmp_path, make_document(f"d{number}", f"Numer {number}. Treść {BORDER}"))
    update_index(tmp_path, removed=["d3"])
    build(tmp_path, make_document("d4", VISIT))
    generation = build(tmp_path, make_document("d12", VISIT))
    with open_index(tmp_path) as index:
        assert {d.id for d in index.documents()} == {f"d{n}" for n in range(13) if n != 3}
        assert len(found(index, "granica")) == 10
    assert len(list(generation.path.glob("passages_*.flat"))) < 8


def test_without_a_change_there_is_no_new_generation(tmp_path: Path) -> None:
    first = build(tmp_path, make_document("a", BORDER))
    assert update_index(tmp_path, removed=["unknown"]) == first


def test_failed_sources_are_told(tmp_path: Path) -> None:
    update_index(tmp_path, failed=[("zły.txt", "plik jest pusty")])
    with open_index(tmp_path) as index:
        assert index.generation.failed == (("zły.txt", "plik jest pusty"),)


def test_a_rebuild_needs_no_source_files(tmp_path: Path) -> None:
    documents = [make_document("a", BORDER), make_document("b", VISIT)]
    first = build(tmp_path, *documents)
    second = update_index(tmp_path, rebuild=True)
    assert not {path.name for path in first.path.glob("*.flat")} & set(second.manifest.files)
    assert second.sources == first.sources
    with open_index(tmp_path) as index:
        assert sorted(index.documents(), key=lambda d: d.id) == documents


def test_a_vanished_passage_points_to_what_covers_its_text(tmp_path: Path) -> None:
    former = make_document("a", BORDER, SANCTIONS)
    build(tmp_path, former)
    longer = f"{BORDER} Umowa wejdzie w życie za rok."
    present = make_document("a", longer)
    build(tmp_path, present)
    with open_index(tmp_path) as index:
        assert index.retired(former.passages[0].id) == RetiredPassage("a", present.passages[0].id)
        assert index.retired(former.passages[1].id) == RetiredPassage("a", "")


def test_a_chain_of_successors_leads_to_what_is_there(tmp_path: Path) -> None:
    texts = [BORDER, f"{BORDER} Dodano protokół.", f"{BORDER} Dodano protokół i mapę."]
    documents = [make_document("a", text) for text in texts]
    for document in documents:
        build(tmp_path, document)
    with open_index(tmp_path) as index:
        retired = index.retired(documents[0].passages[0].id)
        assert retired == RetiredPassage("a", documents[2].passages[0].id)


def test_a_passage_that_comes_back_is_no_longer_retired(tmp_path: Path) -> None:
    document = make_document("a", BORDER)
    build(tmp_path, document)
    update_index(tmp_path, removed=["a"])
    with open_index(tmp_path) as index:
        assert index.retired(document.passages[0].id) == RetiredPassage("a", "")
    build(tmp_path, document)
    with open_index(tmp_path) as index:
        assert index.retired(document.passages[0].id) is None


def test_a_second_writer_is_refused_at_once(tmp_path: Path) -> None:
    build(tmp_path, make_document("a", BORDER))
    with hold_lock(tmp_path), pytest.raises(IndexBusy, match="Another process is writing"):
        build(tmp_path, make_document("b", VISIT))


def test_a_reader_keeps_its_generation_while_others_are_built(tmp_path: Path) -> None:
    build(tmp_path, make_document("a", BORDER))
    with open_index(tmp_path) as index:
        for number in range(3):
            build(tmp_path, make_document("a", f"{SANCTIONS} {number}"))
        assert index.is_stale()
        assert found(index, "granica") == {BORDER}
        assert index.document("a") == make_document("a", BORDER)
        held = index.generation.path
        assert held.is_dir()
    build(tmp_path, make_document("a", VISIT))
    assert not held.exists()


def test_an_index_that_did_not_move_is_not_stale(tmp_path: Path) -> None:
    build(tmp_path, make_document("a", BORDER))
    with open_index(tmp_path) as index:
        assert not index.is_stale()


def test_an_error_of_a_source_leaves_the_old_generation_live(tmp_path: Path) -> None:
    first = build(tmp_path, make_document("a", BORDER))

    def broken() -> Iterator[tuple[SourceEntry, Document]]:
        document = make_document("b", VISIT)
        yield source_of(document), document
        raise RuntimeError("the reader gave up")

    with pytest.raises(RuntimeError, match="gave up"):
        update_index(tmp_path, added=broken())
    assert verify(tmp_path) == first
    assert not list(tmp_path.glob("draft-*"))


def test_a_killed_writer_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    first = build(tmp_path, make_document("a", BORDER))
    program = textwrap.dedent(
        f"""
        import time
        from pathlib import Path
        from small_documents import make_document, source_of
        from index.whoosh_index import update_index

        def endless():
            document = make_document("b", "Trwa zapis.")
            yield source_of(document), document
            print("writing", flush=True)
            time.sleep(60)

        update_index(Path({str(tmp_path)!r}), added=endless())
        """
    )
    here = Path(__file__).parent
    writer = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": f"{here}:{here.parent}", "HOME": str(Path.home())},
    )
    with writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        with pytest.raises(IndexBusy):
            build(tmp_path, make_document("c", VISIT))
        writer.send_signal(signal.SIGKILL)
    assert verify(tmp_path) == first
    assert build(tmp_path, make_document("c", VISIT)).documents == 2
    assert not list(tmp_path.glob("draft-*"))


def test_what_is_no_index_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notatki.txt").write_text("to nie indeks")
    with pytest.raises(IndexFailure, match="is not an index"):
        build(tmp_path, make_document("a", BORDER))
    assert [path.name for path in tmp_path.iterdir()] == ["notatki.txt"]


@pytest.fixture
def lexicon(tmp_path: Path) -> Iterator[Lexicon]:
    build(tmp_path, make_document("a", "Minister Białorusi i Morgułowa w Łodzi. Łódź czeka."))
    with open_index(tmp_path) as index:
        yield index.lexicon


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("bialorus", "l:białoruś"),
        ("Bialorusi", "l:białoruś"),
        ("morgulow", "s:morgułow"),
        ("lodz", "l:łódź"),
    ],
)
def test_a_word_without_diacritics_has_the_keys_that_have_them(
    lexicon: Lexicon, typed: str, key: str
) -> None:
    assert key in lexicon.keys_folded(fold(typed), analyse_word(typed).keys)


def test_a_word_of_no_text_has_no_folded_keys(lexicon: Lexicon) -> None:
    assert lexicon.keys_folded("grodno", analyse_word("grodno").keys) == ()


def test_folded_spellings_lead_to_forms(lexicon: Lexicon) -> None:
    assert lexicon.forms_folded("lodzi") == ("Łodzi",)
    assert lexicon.forms_folded("łodzi") == ()
    assert lexicon.form_near("lozd") == "Łódź"


def test_forms_are_spelt_as_in_the_text(lexicon: Lexicon) -> None:
    expected = ["Białorusi", "Minister", "Morgułowa", "czeka", "i", "w", "Łodzi", "Łódź"]
    assert sorted(lexicon.forms_matching("*", 10)) == expected


def test_classes_share_a_key(lexicon: Lexicon) -> None:
    classes = lexicon.classes_of(["l:łódź", "l:minister", "l:unknown"])
    assert all({"l:łódź", "l:minister"} & set(term.split("|")) for term in classes)
    assert len(classes) == len({*classes}) >= 2


def test_several_threads_read_at_once(tmp_path: Path) -> None:
    documents = [make_document(f"d{n}", *(f"{BORDER} {n}.{k}" for k in range(5))) for n in range(8)]
    build(tmp_path, *documents)
    passages = [passage for document in documents for passage in document.passages] * 5
    with open_index(tmp_path) as index, ThreadPoolExecutor(8) as threads:
        assert list(threads.map(index.passage, [p.id for p in passages])) == passages
        ids = [document.id for document in documents] * 5
        assert list(threads.map(index.document, ids)) == documents * 5
