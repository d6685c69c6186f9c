"""The fast builder against Whoosh's own writer over the same codec, and against itself."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_documents import make_document, source_of
from test_codec import add, write_passages
from whoosh.index import create_in

from corpus.document import Passage
from index import field_merging
from index.analysis import analyse_text, class_term
from index.builder import PassagesBuilder
from index.codec import FlatCodec
from index.entities import entities_of, find_countries_near, find_named_countries
from index.merging import merge_segments
from index.open_index import open_segments
from index.passage_words import number_passages
from index.rows import row_of
from index.segment import FlatSegment
from index.segment_builder import SegmentBuilder
from index.segment_set import SegmentSet, choose_segments
from index.tokenizer import split_words, word_spans
from index.vocabulary import Vocabulary, analyse_forms
from index.whoosh_index import open_index, update_index
from index.whoosh_schema import passage_schema

TEXTS = (
    "MINISTER ROSJI W SEULU\nPrezydent Korei Południowej i minister rządu KRLD podpisali umowę.",
    "Szczyt USA–KRLD: Kim Dzong Un, japońsko-rosyjski spór, 27. runda. Ukraina i Ukrainy.",
    "w " * 300 + "Wiele razy to samo słowo: w, w i w.",
    "Korea milczy. W Korei Płn. nic nowego, w Pjongjangu też. Korei Południowj też nic.",
    "O'Connor z ONZ-etu o e-mailach McCaina, Jae-inie i „Nowej Zelandii”; Łódź i Ło\u0301dź.",
    "Australia i Niemcy w Niemczech; PORTUGALIA, Portugalio! Republika Federalna Niemiec milczy.",
    "",
)


def sample_passages() -> list[Passage]:
    return [*make_document("a", *TEXTS).passages, *write_passages(3, 40, "b")]


def describe(segment: FlatSegment) -> dict[str, object]:
    """Give everything that a segment holds, as plain values."""
    names = [name for name in segment.file.names() if not name.startswith("records")]
    arrays: dict[str, object] = {name: segment.file[name].all().tolist() for name in names}
    arrays["records"] = [segment.records[doc] for doc in range(segment.doc_count)]
    return arrays


def build(path: Path, passages: list[Passage]) -> FlatSegment:
    builder = SegmentBuilder(Vocabulary())
    builder.add(list(map(row_of, passages)))
    builder.write(path)
    return FlatSegment(path)


def test_a_segment_is_what_whoosh_writes_posting_by_posting(tmp_path: Path) -> None:
    writer = create_in(str(tmp_path), passage_schema(), indexname="passages").writer(
        codec=FlatCodec()
    )
    for passage in sample_passages():
        add(writer, passage)
    writer.commit()
    (expected,) = open_segments(tmp_path, "passages", passage_schema())
    assert describe(build(tmp_path / "fast", sample_passages())) == describe(expected)


def test_a_word_more_frequent_than_a_byte_counts_is_counted(tmp_path: Path) -> None:
    field = build(tmp_path / "s", sample_passages()).text_fields["exact"]
    number = field.terms.find("w")
    assert number is not None
    start, stop = field.span(number)
    assert field.counts(start, stop).max() == 303


@pytest.mark.parametrize("text", TEXTS)
def test_reading_near_hints_finds_every_country(text: str) -> None:
    spans = word_spans(text)
    near = find_countries_near(text, spans)
    assert sorted(near, key=lambda e: e.start) == list(find_named_countries(text))


@pytest.mark.parametrize("passage", sample_passages(), ids=lambda p: p.id)
def test_entities_are_those_of_the_whole_text(passage: Passage) -> None:
    vocabulary = Vocabulary()
    numbers = number_passages([row_of(passage)], vocabulary).text.tolist()
    forms = vocabulary.new_forms()
    vocabulary.classify(dict(zip(forms, analyse_forms(forms), strict=True)))
    found = {
        key
        for number in numbers
        for key in vocabulary.classes[vocabulary.class_of[number]].split("|")
        if key[:2] in ("c:", "a:")
    }
    assert found == {entity.key for entity in entities_of(passage)}


COUNTRY_WORDS = (
    *("Korei", "Korea", "Południowej", "Północna", "Płn.", "Korei Południowj", "Nowej", "Zelandii"),
    *("Nowej Zelandi", "W.", "Brytanii", "Wielka", "Brytania", "Republiki", "Kongo", "Konga"),
    *("polsko-koreański", "rosyjski", "Jan", "Polak", "Kuba", "Nowak", "Chin", "Ludowych", "kraj"),
    *("Słowacij", "MINISTER", "USA–KRLD", "Wyspy", "Marshalla", "Pjongjang", "\n", ".", "„Chile”"),
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(COUNTRY_WORDS), max_size=12))
def test_words_that_may_name_a_country_are_enough_to_find_all(words: list[str]) -> None:
    (passage,) = make_document("a", " ".join(["Oto:", *words])).passages
    tokens = analyse_text(passage.text, entities_of(passage))
    vocabulary = Vocabulary()
    numbers = number_passages([row_of(passage)], vocabulary).text.tolist()
    forms = vocabulary.new_forms()
    vocabulary.classify(dict(zip(forms, analyse_forms(forms), strict=True)))
    classes = [vocabulary.classes[vocabulary.class_of[number]] for number in numbers]
    assert classes == [class_term(token.keys) for token in tokens]


@given(st.text(alphabet="aŁó9_-–'’ .,…„”\u00a0\u00ad\u0301\n日", max_size=40))
def test_pieces_have_the_words_of_the_text_in_their_places(text: str) -> None:
    vocabulary = Vocabulary()
    numbers, starts, ends = vocabulary.place_words(text)
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == word_spans(text)
    forms = [vocabulary.forms[vocabulary.form_of[number]] for number in numbers.tolist()]
    assert forms == [word.form for word in split_words(text)]


def builder_of(directory: Path, workers: int, words: int) -> tuple[SegmentSet, PassagesBuilder]:
    directory.mkdir()
    segments = SegmentSet(directory, "passages", passage_schema(), fresh=True)
    return segments, PassagesBuilder(
        segments, workers=workers, words_per_segment=words, worth_workers=50
    )


@pytest.mark.parametrize(("workers", "words"), [(1, 200), (2, 300), (2, 1_000_000)])
def test_spilled_segments_and_workers_give_the_passages_of_one(
    tmp_path: Path, workers: int, words: int
) -> None:
    passages = [write_passages(number, 7, f"d{number}") for number in range(60)]
    segments, builder = builder_of(tmp_path / "many", workers, words)
    for found in passages:
        builder.add(map(row_of, found))
    builder.finish()
    segments.write()
    (merged,) = open_segments(tmp_path / "many", "passages", passage_schema())
    everything = [passage for found in passages for passage in found]
    order = [
        merged.keyword_fields["id"].terms[int(merged.keyword_fields["id"].values_of(d)[0])]
        for d in range(merged.doc_count)
    ]
    by_id = {passage.id: passage for passage in everything}
    assert sorted(order) == sorted(by_id)
    again = build(tmp_path / "one", [by_id[passage_id] for passage_id in order])
    assert describe(merged) == describe(again)


def test_a_spill_that_remains_alone_can_be_searched(tmp_path: Path) -> None:
    segments, builder = builder_of(tmp_path / "one", 1, 10)
    builder.add(map(row_of, write_passages(0, 7, "d")))
    builder.finish()
    segments.write()
    (segment,) = open_segments(tmp_path / "one", "passages", passage_schema())
    assert segment.has_lookups
    assert segment.text_fields["text"].keys is not None
    assert describe(segment) == describe(build(tmp_path / "again", write_passages(0, 7, "d")))


def test_what_is_only_merged_has_no_lookups(tmp_path: Path) -> None:
    builder = SegmentBuilder(Vocabulary())
    builder.add(list(map(row_of, sample_passages())))
    builder.write(tmp_path / "spill", lookups=False)
    spill = FlatSegment(tmp_path / "spill")
    assert not spill.has_lookups
    assert [spill.text_fields[name].folded for name in ("text", "exact")] == [None, None]
    merge_segments([spill], tmp_path / "merged")
    whole = build(tmp_path / "whole", sample_passages())
    assert describe(FlatSegment(tmp_path / "merged")) == describe(whole)


def test_words_of_the_headline_are_looked_up_in_the_text(tmp_path: Path) -> None:
    fields = build(tmp_path / "s", sample_passages()).text_fields
    assert fields["headline"].keys is None
    assert set(fields["headline"].terms) <= set(fields["text"].terms)
    assert len(fields["headline"].terms) > 0


@pytest.mark.parametrize("chunk_postings", [3, 1 << 18])
def test_a_merge_leaves_deleted_passages_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk_postings: int
) -> None:
    monkeypatch.setattr(field_merging, "_CHUNK_POSTINGS", chunk_postings)
    batches = [write_passages(number, 30, f"d{number}") for number in range(3)]
    deleted: tuple[set[int], ...] = ({0, 1, 29}, set(), set(range(30)))
    segments = SegmentSet(tmp_path, "passages", passage_schema(), fresh=True)
    for batch, gone in zip(batches, deleted, strict=True):
        segment, path = segments.new_segment()
        build(path, batch)
        segments.add(segment, len(batch))
        for doc in gone:
            segment.delete_document(doc)
    segments.merge(segments.all())
    segments.write()
    (merged,) = open_segments(tmp_path, "passages", passage_schema())
    left = [
        passage
        for batch, gone in zip(batches, deleted, strict=True)
        for doc, passage in enumerate(batch)
        if doc not in gone
    ]
    assert describe(merged) == describe(build(tmp_path / "left", left))


def test_segments_of_one_size_are_merged_when_they_are_many() -> None:
    assert choose_segments([(1, 0)] * 7) == []
    assert choose_segments([(500_000, 0), *[(1, 0)] * 8]) == list(range(1, 9))
    assert choose_segments([(10, 30), (50, 0)]) == [0]
    assert choose_segments([(900_000, 0)] * 8) == []


def test_many_small_updates_leave_few_segments(tmp_path: Path) -> None:
    for number in range(20):
        document = make_document(f"d{number}", f"Numer {number}.")
        update_index(tmp_path, added=[(source_of(document), document)])
    with open_index(tmp_path) as index:
        assert len(index.segments) < 8
        assert [d.id for d in index.documents()] == [f"d{n}" for n in range(20)]


def failing_worker(directory: Path) -> None:
    _, builder = builder_of(directory, 2, 1_000_000)
    for number in range(40):
        builder.add(map(row_of, write_passages(number, 7, f"d{number}")))
    (directory / "spill1-0").mkdir()  # where the second worker is to write
    try:
        builder.finish()
    finally:
        builder.close()


def test_the_error_of_a_worker_is_the_error_of_the_build(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="exists"):
        failing_worker(tmp_path / "index")
