"""The form that a slip of the finger could have meant, looked up and not searched for."""

import gc
import weakref
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from small_documents import make_document, source_of

from index.analysis import fold
from index.lexicon import Lexicon
from index.open_index import open_index
from index.whoosh_index import update_index

TEXTS = ("Umowa o umowach", "Port Gdynia, porty i port-au-prince", "Łódź, łodzie, łódka i odz", "o")


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """Give the words of an index of two segments."""
    directory = tmp_path_factory.mktemp("words") / "index"
    for name, texts in (("a", TEXTS[:2]), ("b", TEXTS[2:])):
        document = make_document(name, *texts)
        update_index(directory, added=[(source_of(document), document)])
    index = open_index(directory)
    assert len(index.segments) == 2
    return index.lexicon


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("umwa", "Umowa"),
        ("umoowa", "Umowa"),
        ("imowa", "Umowa"),
        ("muowa", "Umowa"),
        ("gdynai", "Gdynia"),
        ("lodx", "Łódź"),
        ("port", "Port"),
        ("umowy-umowy", None),
        ("port-aup-rinec", "port-au-prince"),
        ("potr-au-pricne", None),
    ],
)
def test_a_form_is_near_by_a_slip_or_two_in_a_long_word(
    lexicon: Lexicon, typed: str, form: str | None
) -> None:
    assert lexicon.form_near(typed) == form


@settings(deadline=None)
@given(st.text("umowaportgdyniałz-ch", min_size=1, max_size=7))
def test_a_near_form_is_one_that_a_comparison_with_every_form_finds(
    lexicon: Lexicon, typed: str
) -> None:
    distances = {
        form: OSA.distance(fold(form), typed) for form in lexicon.forms_matching("*", 1_000)
    }
    near = lexicon.form_near(typed)
    if near is None:
        assert min(distances.values()) > 1
    else:
        assert distances[near] == min(distances.values()) <= 1


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("umwoa", {"l:umowa"}),
        ("gdyna", {"l:gdynia"}),
        ("umowamii", set()),
        ("imowa", set()),
        ("lodx", {"l:łódź"}),
    ],
)
def test_keys_are_near_by_one_slip_behind_the_first_letter(
    lexicon: Lexicon, typed: str, keys: set[str]
) -> None:
    found = set(lexicon.keys_near(typed))
    assert bool(found) == bool(keys)
    assert not keys or found & keys


@pytest.mark.parametrize(
    ("pattern", "forms"),
    [
        ("um*", ("Umowa", "umowach")),
        ("*w*h", ("umowach",)),
        ("łód?", ("Łódź",)),
        ("lod?", ("Łódź",)),
        ("?dz", ("odz",)),
        ("port", ("Port",)),
        ("xyz*", ()),
    ],
)
def test_forms_match_a_pattern_in_every_segment(
    lexicon: Lexicon, pattern: str, forms: tuple[str, ...]
) -> None:
    assert lexicon.forms_matching(pattern, 10) == forms


def test_the_most_frequent_forms_come_first_and_no_more_than_asked(lexicon: Lexicon) -> None:
    forms = lexicon.frequent_forms("o", 10)
    assert forms[0] == "o"
    assert lexicon.frequency("o") > max(map(lexicon.frequency, forms[1:]))
    assert lexicon.frequent_forms("o", 1) == ("o",)


def test_the_maps_of_words_go_with_their_last_user(tmp_path: Path) -> None:
    document = make_document("a", *TEXTS)
    update_index(tmp_path / "index", added=[(source_of(document), document)])
    gc.disable()
    try:
        with open_index(tmp_path / "index") as index:
            index.lexicon.form_near("umwa")
            index.lexicon.keys_near("gdynai")
            held = weakref.ref(index.lexicon), weakref.ref(index.segments[0])
        del index
        assert [each() for each in held] == [None, None]
    finally:
        gc.enable()
