"""Two real documents against what a careful reader found in them."""

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest
from external_data import DATA

from corpus.document import Document, Passage
from corpus.ingest import SourceFile, read_document

pytestmark = pytest.mark.skipif(
    not (DATA / "gold" / "monitor.json").is_file(),
    reason=f"the external evaluation data is not at {DATA}",
)


@cache
def gold(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / "gold" / f"{name}.json").read_text("utf-8"))
    return data


@cache
def document(name: str) -> Document:
    folder = DATA / "seeds"
    path = folder / gold(name)["document"]["file"]
    return read_document(SourceFile(path, folder, path.name))


def words(text: str) -> str:
    return " ".join(text.split())


def pairs(name: str) -> list[tuple[dict[str, Any], Passage]]:
    """Give each passage of the gold with ours that begins with the same words."""
    found = []
    for expected in gold(name)["passages"]:
        own = [
            passage
            for passage in document(name).passages
            if words(passage.text).startswith(words(expected["first_words"]))
        ]
        assert len(own) == 1, expected["id"]
        found.append((expected, own[0]))
    return found


@pytest.mark.parametrize("name", ["monitor", "bulletin"])
@pytest.mark.parametrize("field", ["kind", "text", "headline", "section", "label"])
def test_passages_agree_with_the_gold(name: str, field: str) -> None:
    differences = {
        expected["id"]: (words(expected.get(field) or ""), words(getattr(own, field)))
        for expected, own in pairs(name)
        if words(expected.get(field) or "") != words(getattr(own, field))
    }
    assert differences == {}


def test_monitor_has_its_passages() -> None:
    kinds = Counter(passage.kind for passage in document("monitor").passages)
    assert kinds == {"conclusion": 3, "event": 32, "comment": 3, "note": 1}


def test_monitor_headings_agree_with_the_gold() -> None:
    found = document("monitor")
    assert [found.text[h.start : h.end] for h in found.headings] == gold("monitor")["document"][
        "sections"
    ]


def test_dates_agree_with_the_gold() -> None:
    for expected, own in pairs("monitor"):
        start = expected["date_start"]
        end = expected["date_end"] or start
        assert (
            own.dates and own.dates.start.isoformat(),
            own.dates and own.dates.end.isoformat(),
        ) == (start, end), expected["id"]


def test_every_event_is_dated_in_october_2018_found_in_the_links() -> None:
    found = document("monitor")
    events = [passage for passage in found.passages if passage.kind == "event"]
    assert {(e.dates.start.year, e.dates.start.month) for e in events if e.dates} == {(2018, 10)}
    assert all(event.dates for event in events)
    assert found.published_from == "links"
    assert found.published is not None
    assert found.published.start.isoformat() == f"{gold('monitor')['document']['date']}-01"


def test_pages_agree_with_the_gold() -> None:
    assert document("monitor").pages == gold("monitor")["document"]["pages"]
    for expected, own in pairs("monitor"):
        assert (own.page_start, own.page_end) == (expected["page_start"], expected["page_end"])


def test_sources_agree_with_the_gold() -> None:
    for expected, own in pairs("monitor"):
        assert [source.url for source in own.sources] == expected["sources"], expected["id"]


def test_every_link_of_the_file_is_a_source_once_in_order() -> None:
    found = document("monitor")
    file = DATA / "seeds" / found.path
    lines = [line for line in file.read_text("utf-8").split("\n") if line.startswith("http")]
    assert len(lines) == 35
    assert [source.url for passage in found.passages for source in passage.sources] == lines


def test_bulletin_has_its_title_and_lead_first() -> None:
    found = document("bulletin")
    assert found.title == gold("bulletin")["document"]["title"]
    kinds = [passage.kind for passage in found.passages]
    assert kinds == ["lead", *["section"] * 5]
    assert sum(bool(passage.headline) for passage in found.passages) == 4
    assert (found.published, found.published_from) == (None, "none")


@pytest.mark.parametrize("name", ["monitor", "bulletin"])
def test_every_character_is_in_one_passage_heading_or_furniture(name: str) -> None:
    found = document(name)
    spans = sorted(
        [(passage.start, passage.end) for passage in found.passages]
        + [(heading.start, heading.end) for heading in found.headings]
    )
    assert "\n\n".join(found.text[start:end] for start, end in spans) == found.text
    file = (DATA / "seeds" / found.path).read_text("utf-8")
    kept = "".join([found.text, *(item.text for item in found.furniture)])
    assert Counter("".join(kept.split())) == Counter("".join(file.split()))
