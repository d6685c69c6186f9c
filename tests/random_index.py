"""An index of random passages in several segments, and trees of the words they have."""

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import strategies as st
from small_documents import make_document, source_of, vary_metadata

from corpus.document import Document
from index.analysis import analyse_text
from index.open_index import open_index
from index.whoosh_index import update_index
from search.live import LiveIndex
from search.query import Term

# fmt: off
WORDS = (
    "rząd", "rządu", "rządem", "zamek", "zamku", "zamka", "Zamek", "mówić", "mówi", "mam", "mama",
    "mamy", "dom", "domu", "domem", "rozmowa", "rozmowy", "rozmów", "umowa", "umów", "umowy",
    "Seul", "Seulu", "i", "w", "z", "na", "Tokunaga", "Tokunagi",
)
# fmt: on


def write_text(rng: random.Random) -> str:
    # A skewed choice, so that some words stand nearly everywhere and some hardly ever.
    chosen = [
        WORDS[min(int(rng.expovariate(0.12)), len(WORDS) - 1)] for _ in range(rng.randint(3, 40))
    ]
    chosen.insert(rng.randint(1, len(chosen)), "koniec.")
    return " ".join(chosen)


def make_random_document(document_id: str, passages: int, rng: random.Random) -> Document:
    texts = dict.fromkeys(write_text(rng) for _ in range(passages))
    return vary_metadata(make_document(document_id, *texts), rng)


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveIndex]:
    """Index in several segments, the first of which is partly deleted."""
    directory: Path = tmp_path_factory.mktemp("oracle") / "index"
    rng = random.Random(20311)
    first = [make_random_document(f"d{number}", 40, rng) for number in range(2)]
    update_index(directory, added=[(source_of(document), document) for document in first])
    document = make_random_document("d2", 40, rng)
    update_index(directory, added=[(source_of(document), document)])
    changed = make_random_document("d1", 30, rng)
    update_index(directory, added=[(source_of(changed), changed)])
    opened = open_index(directory)
    assert any(segment.deleted.size for segment in opened.segments)
    yield LiveIndex(opened)
    opened.close()


@cache
def keys_of_word(word: str) -> tuple[str, ...]:
    return analyse_text(word)[0].keys


def make_term(word: str) -> Term:
    return Term(word, keys_of_word(word))


words = st.sampled_from(WORDS)
