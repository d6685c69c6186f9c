"""Words in the order of the text against a plain loop over them."""

import random
from collections import defaultdict

import numpy as np
import pytest

from index import inversion
from index.inversion import invert, invert_values

STRINGS = ["łódź", "zamek", "dom", "żółw", "domy", "nigdzie"]
FOUND = sorted(STRINGS[:5], key=str.encode)


def random_documents(seed: int) -> list[list[int]]:
    chance = random.Random(seed)
    return [[chance.randrange(5) for _ in range(chance.randrange(9))] for _ in range(40)]


@pytest.mark.parametrize("seed", range(5))
def test_postings_are_those_of_a_plain_loop(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inversion, "_DOCS_AT_ONCE", 3)
    monkeypatch.setattr(inversion, "_WORDS_AT_ONCE", 7)
    documents = random_documents(seed)
    expected: defaultdict[str, dict[int, list[int]]] = defaultdict(dict)
    for doc, numbers in enumerate(documents):
        for position, number in enumerate(numbers):
            expected[STRINGS[number]].setdefault(doc, []).append(position)
    numbers = np.array([number for numbers in documents for number in numbers], dtype=np.int32)
    postings = invert(numbers, np.array([len(numbers) for numbers in documents]), STRINGS)
    chunks = list(postings.chunks)
    assert len(chunks) > 1
    places = [expected[term] for term in FOUND]
    assert [term.decode() for term in postings.terms] == FOUND
    assert postings.frequencies.tolist() == [len(docs) for docs in places]
    assert postings.occurrences.tolist() == [sum(map(len, docs.values())) for docs in places]
    assert [doc for chunk in chunks for doc in chunk.docs.tolist()] == [
        doc for docs in places for doc in docs
    ]
    assert [tf for chunk in chunks for tf in chunk.tf.tolist()] == [
        len(at) for docs in places for at in docs.values()
    ]
    assert [position for chunk in chunks for position in chunk.positions.tolist()] == [
        position for docs in places for at in docs.values() for position in at
    ]
    assert postings.last_position == 7


def test_values_have_their_documents_in_order() -> None:
    postings = invert_values(np.array([1, 0, 0, 2]), np.array([2, 0, 2]), ["b", "a", "c", "d"])
    (chunk,) = postings.chunks
    assert postings.terms == [b"a", b"b", b"c"]
    assert postings.frequencies.tolist() == [1, 2, 1]
    assert chunk.docs.tolist() == [0, 0, 2, 2]


def test_nothing_gives_nothing() -> None:
    postings = invert(np.empty(0, dtype=np.int32), np.zeros(3, dtype=np.int64), STRINGS)
    assert (postings.terms, list(postings.chunks), postings.last_position) == ([], [], 0)
