"""Fragments of a passage: exact substrings, whole words, the words that were asked for."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from small_documents import make_passage

from corpus.document import Passage
from index.analysis import analyse_text, analyse_word
from search.matching import Mark, analyse_passage, find_marks
from search.query import USUAL_SNIPPETS, And, Forms, Near, Node, SnippetSize, Term
from search.snippets import MAX_FRAGMENTS, Window, cut_snippets, find_windows, mark_headline

MAX_CHARS = USUAL_SNIPPETS.chars

LONG = (
    "Nagłówek o porcie. Pierwsze zdanie mówi o pogodzie nad morzem i o ptakach. "
    "Drugie zdanie jest długie i opowiada o statkach, które wpływały do portu przez całą zimę, "
    "choć lód zamykał zatokę na wiele tygodni. Trzecie zdanie nie wnosi niczego nowego do sprawy. "
    "Czwarte zdanie wspomina ministra rybołówstwa, który odwiedził latarnię morską. "
    "Piąte zdanie wraca do ministra i do portów, a także do statków pod obcą banderą."
)


def word(text: str) -> Term:
    return Term(text, analyse_word(text).keys)


def cut(
    passage: Passage, root: Node, size: SnippetSize = USUAL_SNIPPETS
) -> list[tuple[str, list[str]]]:
    marks = find_marks(root, analyse_passage(passage))
    return [
        (snippet.text, [snippet.text[start:end] for start, end in snippet.marks])
        for snippet in cut_snippets(passage, marks, size)
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
    assert text.startswith("Pierwsze zdanie")


def test_passage_that_is_only_a_headline_is_shown() -> None:
    [(text, marked)] = cut(make_passage("d", "Sam nagłówek bez kropki"), word("nagłówek"))
    assert (text, marked) == ("Sam nagłówek bez kropki", ["nagłówek"])


def test_headline_without_its_full_stop_leaves_none_to_the_fragment() -> None:
    [(text, _)] = cut(make_passage("d", "Sam nagłówek."), word("nagłówek"))
    assert text == "Sam nagłówek."


def test_as_many_fragments_as_are_asked_for() -> None:
    sentences = [f"Zdanie {number} mówi o ministrze i o niczym więcej." for number in range(9)]
    passage = make_passage("d", "Tytuł. " + " ".join(sentences))
    sized = {n: cut(passage, word("minister"), SnippetSize(n, 60)) for n in (0, 1, 3)}
    assert [len(found) for found in sized.values()] == [1, 1, 1]
    far = make_passage("d", "Tytuł. " + " Nic tu nie stoi i nic się nie dzieje. ".join(sentences))
    assert [len(cut(far, word("minister"), SnippetSize(n, 60))) for n in (0, 1, 3)] == [1, 1, 3]


def test_fragments_are_as_long_as_is_asked_for() -> None:
    passage = make_passage("d", LONG)
    lengths = [
        len(text)
        for chars in (80, 260, 600)
        for text, _ in cut(passage, word("minister"), SnippetSize(1, chars))
    ]
    assert lengths[0] <= 80 < lengths[1] <= 260 < lengths[2] <= 600


CLAUSES = (
    "Tytuł. Rząd ogłosił plan rozbudowy portów na północy kraju, który ma kosztować dwa miliardy, "
    "choć samorządy od dawna ostrzegały, że drogi dojazdowe nie wytrzymają ruchu, a koleje nie "
    "mają taboru, więc minister obiecał, że dopłaci do wagonów (nowych i używanych), jeżeli "
    "spółki złożą wnioski przed końcem roku. Potem mówiono o pogodzie."
)


def test_long_sentence_is_cut_between_its_clauses() -> None:
    [(text, marked)] = cut(make_passage("d", CLAUSES), word("tabor"), SnippetSize(1, 120))
    assert (text, marked) == (
        "choć samorządy od dawna ostrzegały, że drogi dojazdowe nie wytrzymają ruchu, "
        "a koleje nie mają taboru,",
        ["taboru"],
    )


def test_whole_sentences_go_before_more_marks_of_the_same_word() -> None:
    text = "Tytuł. Minister wyjechał. " + CLAUSES[7:].replace("koleje", "ministrowie")
    [(shown, marked)] = cut(make_passage("d", text), word("minister"), SnippetSize(1, 150))
    assert (shown, marked) == ("Minister wyjechał.", ["Minister"])


def test_words_asked_for_by_the_way_are_marked_before_others_only() -> None:
    preposition = Term("w", analyse_word("w").keys, optional=True)
    passage = make_passage("d", "Tytuł w ramce. W środku lata port w Gdyni stał, w ciszy.")
    [(_, marked)] = cut(passage, And((preposition, word("Gdynia"))))
    assert marked == ["w", "Gdyni"]
    marks = find_marks(And((preposition, word("Gdynia"))), analyse_passage(passage))
    assert mark_headline(passage, marks) == ()


def test_name_spelt_like_a_question_word_is_marked() -> None:
    who = Term("kim", analyse_word("kim").keys, optional=True)
    [(_, marked)] = cut(make_passage("d", "Tytuł. Wczoraj Kim był z kim trzeba."), who)
    assert marked == ["Kim"]


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
@given(
    text=texts,
    size=st.just(USUAL_SNIPPETS)
    | st.builds(SnippetSize, number=st.integers(0, 5), chars=st.integers(60, 600)),
    data=st.data(),
)
def test_fragments_are_exact_and_split_no_word(
    text: str, size: SnippetSize, data: st.DataObject
) -> None:
    passage = make_passage("d", text)
    tokens = analyse_text(text)
    asked = data.draw(st.lists(st.sampled_from(tokens), max_size=3)) if tokens else []
    root = And(tuple(Term(token.form, token.keys) for token in asked))
    marks = find_marks(root, analyse_passage(passage))
    snippets = cut_snippets(passage, marks, size)
    most = size.number or MAX_FRAGMENTS
    assert len(snippets) <= most
    edges = {edge for token in tokens for edge in range(token.start + 1, token.end)}
    for snippet in snippets:
        assert text[snippet.start : snippet.start + len(snippet.text)] == snippet.text
        assert len(snippet.text) <= (size.chars + 1) * most
        for start, end in snippet.marks:
            assert 0 <= start < end <= len(snippet.text)
            shifted = {snippet.start + start, snippet.start + end}
            if max((t.end - t.start for t in tokens), default=0) < size.chars // 2:
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

    def worth(window: Window) -> tuple[int, int, int]:
        inside = [m for m in marks if window.start <= m.start and m.end <= window.end]
        spread = sum(later.start - earlier.end for earlier, later in pairwise(inside))
        return len({mark.word for mark in inside}), len(inside), -spread

    best = max(find_windows(passage, MAX_CHARS), key=worth)
    shown = cut_snippets(passage, marks)
    assert any(s.start <= best.start and best.end <= s.start + len(s.text) for s in shown)
