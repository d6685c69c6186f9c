"""The learned recogniser of names: chains, labels, weights, and what a document settles."""

from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.actors.group_sums import GroupSums
from corpus.actors.joining import join_persons
from corpus.actors.label_paths import find_paths
from corpus.actors.persons import find_persons
from corpus.actors.settling import settle_names
from corpus.actors.tagging import TaggedName, Tagger, find_chains, load_tagger, read_names
from corpus.actors.words import split_words


def tag(text: str) -> list[tuple[str, str]]:
    words = split_words(text)
    return [
        (" ".join(word.text for word in words[name.first : name.end]), name.kind)
        for name in load_tagger().tag([words])[0]
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Z Burnabym Oldfieldem rozmawiał wczoraj.", [("Burnabym Oldfieldem", "person")]),
        ("Premier Wenancjusz Obrokowski milczy.", [("Wenancjusz Obrokowski", "person")]),
        ("Był w Radzie Osiedla Wydmowego.", [("Radzie Osiedla Wydmowego", "organisation")]),
        ("Pojechali razem do Radomia.", [("Radomia", "place")]),
    ],
)
def test_names_that_no_list_has_are_found_with_their_kind(
    text: str, names: list[tuple[str, str]]
) -> None:
    assert tag(text)[: len(names)] == names


def test_chains_begin_with_names_and_end_with_the_sentence() -> None:
    words = split_words("Wczoraj przyjechał do nas i to na długo Jan Lipa. Wczoraj padało.")
    chains = [" ".join(w.text for w in words[first:end]) for first, end in find_chains(words)]
    assert chains == ["Jan Lipa ."]


def test_a_long_stretch_without_capitals_parts_two_chains() -> None:
    words = split_words("Lipa wie o tym od bardzo dawna i nie powie Klonowi")
    assert [first for first, _ in find_chains(words)] == [0, 10]


def test_labels_become_names() -> None:
    labels = ["B-person", "I-person", "B-person", "O", "B-place", "I-place"]
    assert [(n.first, n.end, n.kind) for n in read_names(labels, 3)] == [
        (3, 5, "person"),
        (5, 6, "person"),
        (7, 9, "place"),
    ]


def test_the_inside_of_a_name_needs_its_beginning() -> None:
    labels = ["O", "B-person", "I-person"]
    weights = np.array([[0.0, 1.0, 9.0]], np.float32)
    tagger = Tagger(["c=Unknown"], weights, np.zeros((3, 3), np.float32), labels)
    [[name]] = tagger.tag([split_words("mówi Xarvel Oxtorn")])
    assert (name.first, name.end) == (1, 3)


def test_a_margin_is_the_distance_to_the_next_reading() -> None:
    labels = ["O", "B-person", "I-person"]
    weights = np.array([[0.0, 2.5, 0.0]], np.float32)
    tagger = Tagger(["c=Unknown"], weights, np.zeros((3, 3), np.float32), labels)
    [[name]] = tagger.tag([split_words("mówi Xarvel")])
    assert name == TaggedName(1, 2, "person", 2.5)


def test_weights_are_small_and_hold_no_objects() -> None:
    path = files("corpus") / "data" / "names.npz"
    content = path.read_bytes()
    assert len(content) < 200_000
    with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        assert stored["weights"].dtype == np.int8


def settle(*texts: str, names: list[list[TaggedName]]) -> list[list[TaggedName]]:
    passages = [split_words(text) for text in texts]
    return [list(kept) for kept in settle_names(passages, names)]


def test_a_name_has_one_kind_in_a_document() -> None:
    sure = TaggedName(2, 3, "organisation", 6.0)
    doubtful = TaggedName(1, 2, "person", 0.4)
    settled = settle("Akcje firmy Wexlar", "Zysk Wexlara", names=[[sure], [doubtful]])
    assert settled == [[sure], [TaggedName(1, 2, "organisation", 0.4)]]


def test_a_name_that_is_doubtful_everywhere_is_dropped() -> None:
    doubtful = TaggedName(1, 2, "person", 0.4)
    assert settle("Zysk Wexlara", names=[[doubtful]]) == [[]]


def test_a_numbered_name_is_a_thing_in_the_whole_document() -> None:
    name = TaggedName(1, 3, "person", 9.0)
    texts = ("Rurociąg Polar Nurt 2 działa.", "Umowa Polar Nurt trwa.")
    assert settle(*texts, names=[[name], [name]]) == [[], []]


def test_an_unknown_word_that_is_also_written_small_is_no_name() -> None:
    name = TaggedName(1, 2, "organisation", 9.0)
    assert settle("Skutki Wexlitu", "mówią o wexlicie i wexlitem", names=[[name], []]) == [[], []]


def join(text: str, *tagged: TaggedName) -> list[str]:
    words = split_words(text)
    spans = join_persons(words, find_persons(words), tagged)
    return [" ".join(w.text for w in words[s.first : s.end]) for s in spans]


def test_rules_and_recogniser_complete_each_other() -> None:
    text = "Ambasador Korei Yoon Ji-ho rozmawiał z Burnabym Oldfieldem"
    oldfield = TaggedName(6, 8, "person", 5.0)
    assert join(text, oldfield) == ["Yoon Ji-ho", "Burnabym Oldfieldem"]


@pytest.mark.parametrize(
    ("text", "end", "person"),
    [
        ("NRD Jan Nowak mówił", 3, "Jan Nowak"),
        ("Norsk Jan Nowak mówił", 3, "Jan Nowak"),
        ("Portal.pl Oldfield mówił", 2, "Oldfield"),
    ],
)
def test_a_word_before_a_person_is_no_part_of_the_name(text: str, end: int, person: str) -> None:
    assert join(text, TaggedName(0, end, "person", 5.0)) == [person]


def test_a_country_is_no_person() -> None:
    words = split_words("Jordan milczy")
    assert join_persons(words, (), [TaggedName(0, 1, "person", 5.0)], taken={0}) == ()


@pytest.mark.parametrize("text", ["bank Norsk Wexlar", "spółka Norsk Wexlar", "Dziś Norsk Energy"])
def test_a_company_is_no_person(text: str) -> None:
    assert join(text, TaggedName(1, 3, "person", 5.0)) == []


def test_one_word_alone_must_be_a_person_for_sure() -> None:
    names = [TaggedName(1, 2, "person", 2.0), TaggedName(3, 5, "person", 2.0)]
    assert settle("mówi Oldfield i Xarvel Oxtorn", names=[names]) == [[names[1]]]


def test_paths_of_many_chains_are_those_of_trying_every_path() -> None:
    random = np.random.default_rng(7)
    lengths = [3, 1, 4, 2, 3]
    scores = random.normal(size=(sum(lengths), 3)).astype(np.float32)
    moves = random.normal(size=(3, 3)).astype(np.float32)
    opening = np.array([0.0, 0.0, -9.0], np.float32)
    begins = 0
    for length, path in zip(lengths, find_paths(scores, lengths, moves, opening), strict=True):
        own = scores[begins : begins + length]
        begins += length

        def weigh(labels: Sequence[int], own: NDArray[np.float32] = own) -> float:
            moved = sum(moves[a, b] for a, b in pairwise(labels))
            stayed = sum(row[label] for row, label in zip(own, labels, strict=True))
            return float(opening[labels[0]] + moved + stayed)

        assert tuple(path) == max(product(range(3), repeat=length), key=weigh)


def test_sums_are_the_same_when_a_group_is_met_again() -> None:
    sums = GroupSums(["w=norma", "-1w=norma"], np.array([[1.0, 2.0], [3.0, 5.0]], np.float32))
    word = ("Norma", "Norma", *("#",) * 3, (False, *"#####"), (0, 0, "", False, False, "", 0), None)
    first, again = sums.add_up([word, word]), sums.add_up([word])
    assert first.tolist() == [[4.0, 7.0]] * 2
    assert again.tolist() == [[4.0, 7.0]]
