"""Measure countries and pairs against annotated texts that lie outside the project.

In the news, for each document the set of states named by a noun (a name, an abbreviation
or its inhabitants) is compared with the annotation; adjectives are not annotated there.
In the monitor and the bulletin, each passage's countries and pairs are compared with a
careful reader's; a pair that the reader calls optional is neither demanded nor punished.
"""

import json
from collections.abc import Iterator

import pytest
from external_data import DATA

from corpus.countries.mentions import country_name, find_countries, known_codes
from corpus.countries.pairs import assign_countries

NOUNS = ("name", "abbreviation", "demonym")

# Identifiers of the annotation that are not English names, and parts of a state.
IDENTIFIERS = {
    "GPE-Great-Britain": "GB",
    "GPE-England": "GB",
    "GPE-Scotland": "GB",
    "GPE-Wales": "GB",
    "GPE-Northern-Ireland": "GB",
    "GPE-Ulster": "GB",
    "GPE-USA": "US",
    "GPE-Holland": "NL",
    "GPE-Czech-Republic": "CZ",
    "GPE-Turkey": "TR",
    "GPE-UEA-United-Arab-Emirates": "AE",
    "GPE-Saint-Kitts-i-Nevis": "KN",
    "GPE-RPA": "ZA",
}


def _identifiers() -> dict[str, str]:
    english = {f"GPE-{country_name(code, 'en').replace(' ', '-')}": code for code in known_codes()}
    return english | IDENTIFIERS


def _documents(topic: str) -> Iterator[tuple[str, set[str]]]:
    """Give each document's text and the states it names."""
    identifiers = _identifiers()
    for annotation in sorted((DATA / "slavicner" / "ner" / topic).glob("*.tsv")):
        text = DATA / "slavicner" / "raw" / topic / f"{annotation.stem}.txt"
        rows = [line.split("\t") for line in annotation.read_text("utf-8").splitlines() if line]
        entities = {row[5] for row in rows if row[4] in ("LOC", "PER")}
        yield text.read_text("utf-8"), {identifiers[e] for e in entities if e in identifiers}


@pytest.mark.skipif(
    not (DATA / "slavicner").is_dir(), reason=f"no external evaluation data in {DATA}"
)
@pytest.mark.parametrize("topic", ["brexit", "nord_stream"])
def test_states_named_in_news_are_found(topic: str) -> None:
    right = found = expected = 0
    for text, states in _documents(topic):
        named = {mention.code for mention in find_countries(text) if mention.kind in NOUNS}
        right += len(named & states)
        found += len(named)
        expected += len(states)
    precision, recall = right / found, right / expected
    print(f"\n{topic}: states per document, precision {precision:.3f}, recall {recall:.3f}")
    assert recall >= 0.95
    assert precision >= 0.92


@pytest.mark.skipif(not (DATA / "gold").is_dir(), reason=f"no external evaluation data in {DATA}")
def test_countries_and_pairs_of_read_passages_are_found() -> None:
    counts = {"countries": [0, 0], "mentioned": [0, 0], "pairs": [0, 0]}
    for name in ("monitor", "bulletin"):
        document = json.loads((DATA / "gold" / f"{name}.json").read_text("utf-8"))
        for passage in document["passages"]:
            headline, section = passage.get("headline") or "", passage.get("section") or ""
            found = assign_countries(passage["text"], headline, section, passage["kind"])
            optional = {"-".join(sorted(pair)) for pair in passage.get("pairs_optional", ())}
            countries = set(passage["countries"])
            for field, expected, answer in (
                ("countries", countries, set(found.countries)),
                ("mentioned", countries | set(passage["countries_mentioned"]), found.mentioned),
                (
                    "pairs",
                    {"-".join(sorted(pair)) for pair in passage["pairs"]},
                    set(found.pairs) - optional,
                ),
            ):
                counts[field][0] += len(expected & set(answer))
                counts[field][1] += len(expected) + len(answer)
    scores = {field: 2 * right / both for field, (right, both) in counts.items()}
    print("\nread passages, F1:", ", ".join(f"{k} {score:.3f}" for k, score in scores.items()))
    assert scores["countries"] >= 0.97
    assert scores["mentioned"] >= 0.97
    assert scores["pairs"] >= 0.93
