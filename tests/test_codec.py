"""Stock Whoosh over flat segments against stock Whoosh over its own files."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from small_documents import make_passage
from whoosh import query as wq
from whoosh.index import FileIndex, create_in
from whoosh.scoring import BM25F
from whoosh.searching import Hit
from whoosh.sorting import FieldFacet
from whoosh.writing import SegmentWriter

from corpus.document import Actor, DateRange, Passage
from index.codec import FlatCodec, WhooshSegment
from index.field_values import field_values
from index.records import passage_from_record, passage_to_record
from index.whoosh_schema import passage_schema

# fmt: off
WORDS = (
    "rząd", "rządu", "zamek", "zamku", "mówi", "mam", "mamy", "dom", "domu", "rozmowy", "umowa",
    "Seul", "Seulu", "i", "w", "z", "na", "Tokunaga", "Tokunagi", "USA", "północnokoreański",
)
# fmt: on
NAMES = ("Jan Novotný", "Eva Malá")


def write_passages(seed: int, count: int, document_id: str) -> list[Passage]:
    rng = random.Random(seed)
    passages = []
    for number in range(count):
        chosen = [
            WORDS[min(int(rng.expovariate(0.15)), len(WORDS) - 1)]
            for _ in range(rng.randint(2, 60))
        ]
        name = rng.choice(NAMES)
        day = date(2031, rng.randint(1, 12), rng.randint(1, 28))
        passages.append(
            make_passage(
                document_id,
                f"Numer {seed}-{number}. {' '.join(chosen)} {name}.",
                ordinal=number,
                dates=DateRange(day, day) if rng.random() < 0.8 else None,
                actors=[Actor(name.lower().replace(" ", "-"), name, "person", (name,))],
            )
        )
    return passages


def add(writer: SegmentWriter, passage: Passage) -> None:
    values = field_values(passage)
    writer.add_document(
        record=passage_to_record(passage),
        **{name: list(terms) for name, terms in values.terms.items() if terms},
        **{name: list(words) for name, words in values.keywords.items() if words},
        **values.numbers,
    )


@dataclass
class Pair:
    """The same index twice: as Whoosh stores it, and on flat segments."""

    stock: FileIndex
    flat: FileIndex

    def writers(self) -> tuple[SegmentWriter, SegmentWriter]:
        return self.stock.writer(), self.flat.writer(codec=FlatCodec())


@pytest.fixture(params=["one segment", "three segments", "deleted", "merged"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    for name in ("stock", "flat"):
        (tmp_path / name).mkdir()
    made = Pair(*(create_in(str(tmp_path / name), passage_schema()) for name in ("stock", "flat")))
    batches = 1 if request.param == "one segment" else 3
    for number in range(batches):
        for writer in made.writers():
            for passage in write_passages(number, 30, f"d{number}"):
                add(writer, passage)
            writer.commit(merge=False)
    if request.param in ("deleted", "merged"):
        for writer in made.writers():
            writer.delete_by_term("document", "d1")
            writer.delete_by_term("ordinal", 4)
            writer.commit(merge=False, optimize=request.param == "merged")
    yield made


TERMS = ("l:rząd", "v:seul", "l:dom", "l:mówić", "v:usa", "l:i", "l:w", "l:z")


def queries() -> list[wq.Query]:
    rng = random.Random(7)

    def leaf() -> wq.Query:
        form = rng.choice(WORDS)
        other = rng.choice(WORDS)
        return rng.choice(
            [
                wq.Term("exact", form),
                wq.Phrase("exact", [form, other]),
                wq.Prefix("exact", form[:2]),
                wq.Wildcard("exact", f"{form[0]}*{form[-1]}"),
                wq.FuzzyTerm("exact", form),
                wq.Prefix("text", rng.choice(TERMS)),
                wq.Term("actor", "eva-malá"),
                wq.Term("document", "d2"),
                wq.NumericRange("ordinal", 3, 12),
                wq.NumericRange(
                    "date_start", date(2031, 3, 1).toordinal(), date(2031, 8, 1).toordinal()
                ),
                wq.Every("date_start"),
                wq.Every(),
            ]
        )

    def tree(depth: int) -> wq.Query:
        if not depth or rng.random() < 0.3:
            return leaf()
        parts = [tree(depth - 1) for _ in range(2)]
        kind = rng.choice([wq.And, wq.Or, wq.AndMaybe, wq.AndNot])
        return kind(parts) if kind in (wq.And, wq.Or) else kind(*parts)

    return [tree(3) for _ in range(60)]


def passage_ids(hits: Iterable[Hit]) -> list[str]:
    return [passage_from_record(hit["record"]).id for hit in hits]


def found(index: FileIndex, query: wq.Query) -> list[tuple[str, float]]:
    with index.searcher(weighting=BM25F()) as searcher:
        hits = searcher.search(query, limit=None)
        return sorted(zip(passage_ids(hits), [round(hit.score, 5) for hit in hits], strict=True))


def test_same_hits_and_scores(pair: Pair) -> None:
    compared = 0
    for query in queries():
        try:
            expected = found(pair.stock, query)
        except IndexError:
            continue  # Whoosh's own matcher steps over its end where documents are deleted
        assert found(pair.flat, query) == expected, query
        compared += 1
    assert compared > 55


def test_same_best_ten_when_weak_blocks_are_skipped(pair: Pair) -> None:
    query = wq.Or([wq.Term("exact", form) for form in WORDS])
    with pair.flat.searcher() as flat, pair.stock.searcher() as stock:
        scores = [
            [round(hit.score, 5) for hit in searcher.search(query, limit=10)]
            for searcher in (flat, stock)
        ]
    assert scores[0] == scores[1]


@pytest.mark.parametrize("field", ["date_start", "ordinal", "id"])
def test_same_order_by_a_column(pair: Pair, field: str) -> None:
    with pair.flat.searcher() as flat, pair.stock.searcher() as stock:
        ordered = [
            passage_ids(searcher.search(wq.Every(), limit=None, sortedby=FieldFacet(field)))
            for searcher in (flat, stock)
        ]
    assert ordered[0] == ordered[1]


def test_same_terms_and_statistics(pair: Pair) -> None:
    def describe(index: FileIndex) -> list[object]:
        with index.reader() as reader:
            terms = [
                (*term, info.weight(), info.doc_frequency(), info.min_length(), info.max_length())
                for term, info in reader
            ]
            fields = [
                (name, reader.field_length(name), reader.max_field_length(name))
                for name in ("text", "exact", "headline", "section")
            ]
            return [terms, fields, reader.doc_count(), reader.doc_count_all()]

    assert describe(pair.flat) == describe(pair.stock)


def test_same_positions(pair: Pair) -> None:
    def positions(index: FileIndex) -> list[object]:
        with index.reader() as reader:
            places = []
            for term in reader.lexicon("text"):
                matcher = reader.postings("text", term)
                while matcher.is_active():
                    places.append((term, matcher.id(), matcher.value_as("positions")))
                    matcher.next()
            return places

    assert positions(pair.flat) == positions(pair.stock)


def test_deleting_does_not_copy_what_is_deleted_already() -> None:
    segment = WhooshSegment("passages", 10)
    segment.delete_document(1)
    held = segment._deleted
    segment.delete_document(2)
    assert segment._deleted is held
    assert set(segment.deleted_docs()) == {1, 2}


def test_a_deleted_document_can_be_given_back(tmp_path: Path) -> None:
    index = create_in(str(tmp_path), passage_schema())
    writer = index.writer(codec=FlatCodec())
    for passage in write_passages(1, 3, "d"):
        add(writer, passage)
    writer.commit()
    writer = index.writer(codec=FlatCodec())
    writer.delete_document(1)
    writer.delete_document(2)
    writer.delete_document(1, delete=False)
    writer.commit(merge=False)
    with index.reader() as reader:
        assert list(reader.all_doc_ids()) == [0, 1]
