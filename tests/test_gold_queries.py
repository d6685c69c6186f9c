"""A team's queries through the real engine, against the passages that a reader chose for them."""

import pytest
from evaluation import score_documents, score_queries
from external_data import DATA

pytestmark = pytest.mark.skipif(
    not (DATA / "gold" / "queries.json").is_file(),
    reason=f"the external evaluation data is not at {DATA}",
)


def test_queries_find_what_they_should_and_little_else() -> None:
    scores = score_queries(DATA)
    assert sum(recall for _, recall, _, _ in scores) / len(scores) >= 0.98
    assert sum(precision for _, _, precision, _ in scores) / len(scores) >= 0.97


@pytest.mark.parametrize(
    ("aspect", "least"),
    [
        ("segmentation", 1.0),
        ("dates", 1.0),
        ("sources", 1.0),
        ("countries", 0.97),
        ("pairs", 0.95),
        ("persons", 0.95),
        ("organisations", 0.88),
    ],
)
def test_documents_are_understood(aspect: str, least: float) -> None:
    assert score_documents(DATA)[aspect].f1 >= least
