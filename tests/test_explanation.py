"""What `kwerenda analyse` says of each word agrees with what the index does with it."""

import json

import pytest
from click.testing import CliRunner

from index.analysis import analyse_text, analyse_word
from index.explanation import explain_text
from web.cli import main

TEXT = "W Mińsku Tokunaga chwalił szczyt USA–KRLD, mówią w Korei Północnej."


def readings(word: str) -> dict[bool, set[str]]:
    [explained] = explain_text(word)
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for each in explained.readings:
        found[each.kept].add(each.reading.lemma)
    return found


@pytest.mark.parametrize(
    ("word", "kept", "dropped"),
    [
        ("Mińsku", {"Mińsk"}, {"Mińsk", "miński"}),
        ("czytanie", {"czytanie"}, {"czytać"}),
        ("Tokunaga", set(), set()),
        ("xi", set(), {"XI"}),
    ],
)
def test_readings_are_kept_or_dropped(word: str, kept: set[str], dropped: set[str]) -> None:
    assert readings(word) == {True: kept, False: dropped}


def test_the_lemma_of_every_kept_reading_is_a_key_of_the_word() -> None:
    for word in explain_text("Ministrowie mieli w Mińsku rozmowy o zamku i dniach następnych"):
        kept = {f"l:{each.reading.lemma.lower()}" for each in word.readings if each.kept}
        assert kept == {key for key in word.keys if key.startswith("l:")}


def test_keys_are_those_of_the_index_and_of_queries() -> None:
    words = explain_text(TEXT)
    plain = {token.form: token.keys for token in analyse_text(TEXT)}
    assert [word.form for word in words] == list(plain)
    for word in words:
        entities = {entity.key for entity in word.entities}
        assert set(word.keys) - set(plain[word.form]) <= entities
        assert word.asked == analyse_word(word.form).keys


def test_a_country_is_named_with_the_words_that_name_it() -> None:
    named = {w.form: [e.key for e in w.entities] for w in explain_text(TEXT) if w.entities}
    assert named == {"USA–KRLD": ["c:US", "c:KP"], "Korei": ["c:KP"], "Północnej": ["c:KP"]}


def test_the_command_shows_readings_and_keys() -> None:
    result = CliRunner().invoke(main, ["analyse", "W", "Mińsku"])
    assert result.exit_code == 0, result.output
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert "+ Mińsk subst:sg:loc:m3 nazwa_geograficzna" in lines
    assert "- miński adjp:dat" in lines
    assert "in a text l:mińsk" in lines


def test_the_command_gives_json() -> None:
    result = CliRunner().invoke(main, ["analyse", "--json", "japońsko-rosyjski"])
    [word] = json.loads(result.output)
    assert list(word) == [
        "form",
        "start",
        "end",
        "readings",
        "keys",
        "query_keys",
        "parts",
        "entities",
    ]
    assert len(word["parts"]) == 2
    assert "l:rosyjski" in word["keys"]
