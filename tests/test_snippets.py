"""Fragments of a passage: exact substrings, whole words, the words that were asked for."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from small_documents import make_passage

from corpus.document import Passage
from index.analysis import analyse_text, analyse_word
from search.matching import Mark, analyse_passage, find_marks
from search.query import And, Forms, Near, Node, Term
from search.snippets import MAX_CHARS, MAX_FRAGMENTS, cut_snippets, find_windows, mark_headline

LONG = (
    "Nagłówek o porcie. Pierwsze zdanie mówi o pogodzie nad morzem i o ptakach. "
    "Drugie zdanie jest długie i opowiada o statkach, które wpływały do portu przez całą zimę, "
    "choć lód zamykał zatokę na wiele tygodni. Trzecie zdanie nie wnosi niczego nowego do sprawy. "
    "Czwarte zdanie wspomina ministra rybołówstwa, który odwiedził latarnię morską. "
    "Piąte zdanie wraca do ministra i do portów, a także do statków pod obcą banderą."
)


def word(text: str) -> Term:
    return Term(text, analyse_word(text).keys)


def cut(passage: Passage, root: Node) -> list[tuple[str, list[str]]]:
    marks = find_marks(root, analyse_passage(passage))
    return [
        (snippet.text, [snippet.text[start:end] for start, end in snippet.marks])
        for snippet in cut_snippets(passage, marks)
    ]


def test_fragment_with_the_most_words_is_chosen() -> None:
    passage = make_passage("d", LONG)
    fragments = cut(passage, And((word("minister"), word("port"), word("statek"))))
    assert any({"ministra", "portów", "statków"} <= set(marked) for _, marked in fragments)


def test_words_far_apart_are_both_shown() -> None:
    passage = make_passage("d", LONG)
    fragments = cut(passage, And((word("pogoda"), word("bandera"))))
    assert [form for _, marked in fragments for form in marked] == ["pogodzie", "banderą"]


def test_headline_is_not_repeated_below_itself() -> None:
    passage = make_passage("d", LONG)
    marks = find_marks(word("nagłówek"), analyse_passage(passage))
    assert all("Nagłówek" not in snippet.text for snippet in cut_snippets(passage, marks))
    assert mark_headline(passage, marks) == ((0, 8),)


def test_without_marks_the_beginning_is_shown() -> None:
    [(text, marked)] = cut(make_passage("d", LONG), word("Kraków"))
    assert marked == []
    assert text.startswith(". Pierwsze zdanie")


def test_passage_that_is_only_a_headline_is_shown() -> None:
    [(text, marked)] = cut(make_passage("d", "Sam nagłówek bez kropki"), word("nagłówek"))
    assert (text, marked) == ("Sam nagłówek bez kropki", ["nagłówek"])


def test_phrase_marks_only_its_own_words() -> None:
    passage = make_passage("d", "Tytuł. Stary port i nowy port. Port, nowy jak nigdy.")
    marked = [
        word for _, words in cut(passage, Near((word("nowy"), word("port")))) for word in words
    ]
    assert marked == ["nowy", "port"]


def test_exact_form_marks_only_that_form() -> None:
    passage = make_passage("d", "Tytuł. Port, portu, portem, Portem.")
    marked = [w for _, words in cut(passage, Forms("portem", ("portem",))) for w in words]
    assert marked == ["portem"]


texts = st.text(
    alphabet=st.sampled_from("ab ąż.?!-–’,\n\u00ad\u0301ZŁ1 "), min_size=1, max_size=900
) | st.lists(st.sampled_from(LONG.split()), min_size=1, max_size=150).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(text=texts, data=st.data())
def test_fragments_are_exact_and_split_no_word(text: str, data: st.DataObject) -> None:
    passage = make_passage("d", text)
    tokens = analyse_text(text)
    asked = data.draw(st.lists(st.sampled_from(tokens), max_size=3)) if tokens else []
    root = And(tuple(Term(token.form, token.keys) for token in asked))
    marks = find_marks(root, analyse_passage(passage))
    snippets = cut_snippets(passage, marks)
    assert len(snippets) <= MAX_FRAGMENTS
    edges = {edge for token in tokens for edge in range(token.start + 1, token.end)}
    for snippet in snippets:
        assert text[snippet.start : snippet.start + len(snippet.text)] == snippet.text
        assert len(snippet.text) <= MAX_CHARS * MAX_FRAGMENTS + 1
        for start, end in snippet.marks:
            assert 0 <= start < end <= len(snippet.text)
            shifted = {snippet.start + start, snippet.start + end}
            if max((t.end - t.start for t in tokens), default=0) < MAX_CHARS // 2:
                assert not shifted & edges
    if asked:
        assert snippets
        assert any(s.marks for s in snippets) or mark_headline(passage, marks)


@settings(deadline=None)
@given(st.lists(st.integers(0, 80), min_size=1, max_size=5), st.integers(1, 3))
def test_no_window_is_better_than_the_fragment_that_is_shown(
    places: list[int], distinct: int
) -> None:
    passage = make_passage("d", LONG + " " + LONG.replace("Nagłówek", "Dalszy ciąg"))
    words = [(found.start(), found.end()) for found in re.finditer(r"\w+", passage.text)]
    marks = [
        Mark(*words[at], f"w{at % distinct}", "l:x")
        for at in sorted(set(places))
        if words[at][0] >= passage.headline_span[1]
    ]

    def worth(span: tuple[int, int]) -> tuple[int, int, int]:
        inside = [mark for mark in marks if span[0] <= mark.start and mark.end <= span[1]]
        spread = sum(later.start - earlier.end for earlier, later in pairwise(inside))
        return len({mark.word for mark in inside}), len(inside), -spread

    best = max(find_windows(passage), key=worth)
    shown = cut_snippets(passage, marks)
    assert any(s.start <= best[0] and best[1] <= s.start + len(s.text) for s in shown)
