"""Patterns, and words that may be misspelt, as the forms of an index that they stand for."""

from index.analysis import fold
from index.lexicon import Lexicon
from search.query import Forms, Fuzzy, Note, Wildcard

MAX_WILDCARD_FORMS = 1_000
MAX_FUZZY_FORMS = 50


def find_forms(word: Wildcard | Fuzzy, lexicon: Lexicon) -> tuple[Forms, tuple[Note, ...]]:
    """Give the forms that a word stands for, and notes on what they are."""
    match word:
        case Wildcard(pattern):
            return _match_pattern(pattern, lexicon)
        case Fuzzy():
            return _find_near(word, lexicon)


def _match_pattern(pattern: str, lexicon: Lexicon) -> tuple[Forms, tuple[Note, ...]]:
    """Take the most frequent forms."""
    found = lexicon.forms_matching(pattern, MAX_WILDCARD_FORMS + 1)
    notes = []
    if len(found) > MAX_WILDCARD_FORMS:
        notes.append(Note("wildcard_cut", (pattern, str(MAX_WILDCARD_FORMS))))
    if not found:
        notes.append(Note("unknown_word", (pattern,)))
    return Forms(pattern, found[:MAX_WILDCARD_FORMS]), tuple(notes)


def _find_near(fuzzy: Fuzzy, lexicon: Lexicon) -> tuple[Forms, tuple[Note, ...]]:
    """Take the forms a few slips away, the nearest first, then the more frequent."""
    found = lexicon.forms_within(fold(fuzzy.word), fuzzy.slips)
    found.sort(key=lambda near: (near[1], -lexicon.frequency(near[0]), near[0]))
    forms = tuple(form for form, _ in found[:MAX_FUZZY_FORMS])
    if not forms:
        return Forms(fuzzy.typed, ()), (Note("unknown_word", (fuzzy.typed,)),)
    notes = [Note("fuzzy", (fuzzy.typed, *forms), query=fuzzy.word)]
    if len(found) > MAX_FUZZY_FORMS:
        notes.insert(0, Note("fuzzy_cut", (fuzzy.typed, str(MAX_FUZZY_FORMS))))
    return Forms(fuzzy.typed, forms), tuple(notes)
