"""What a typed word was probably meant to be: the keys it is looked for by, and why.

A word typed without diacritics, unless both the dictionary and the index know it so, gets
the keys that differ from its own in diacritics only. A word that neither knows gets the
keys of words that are a slip of the finger away. Where only the index does not know it, a
likely form is offered and never searched.
"""

from collections.abc import Collection
from dataclasses import dataclass

from corpus.morphology import analyse
from index.analysis import fold
from index.keys import keys_of
from index.lexicon import Lexicon
from search.query import Note

_SHORTEST_MENDED = 5
_MAX_SHOWN_CHARS = 60


@dataclass(frozen=True, slots=True)
class Spelling:
    """The keys that a word is looked for by, and a note if they are not simply its own."""

    keys: tuple[str, ...]
    note: Note | None = None


def mend_spelling(text: str, keys: tuple[str, ...], lexicon: Lexicon) -> Spelling:
    """Give the keys of a word as typed with those of what it was probably meant to be."""
    in_dictionary = bool(analyse(text) or analyse(text.lower()))
    in_index = bool(lexicon.classes_of(keys))
    if in_dictionary and in_index:
        return Spelling(keys)
    folded = () if in_dictionary and not text.isascii() else lexicon.keys_folded(fold(text), keys)
    restored = tuple(key for key in folded if key not in keys)
    if restored:
        return Spelling((*keys, *restored), _note_keys("diacritics", text, restored, lexicon))
    if in_index:
        return Spelling(keys)
    near = () if in_dictionary or not _is_long(text) else lexicon.keys_near(fold(text))
    if near:
        return Spelling((*keys, *near), _note_slip(text, near, lexicon))
    return Spelling(keys, _note_missing(text, lexicon))


def _note_slip(text: str, near: tuple[str, ...], lexicon: Lexicon) -> Note:
    form = lexicon.form_near(fold(text))
    if form and not set(near).isdisjoint(keys_of(form)):  # a stem is no word to show
        return Note("slip", (text, form), query=f'="{text}"')
    return _note_keys("slip", text, near, lexicon)


def _note_missing(text: str, lexicon: Lexicon) -> Note:
    """Offer the form that a word could have been meant to be; never search it."""
    form = lexicon.form_near(fold(text)) if _is_long(text) else None
    if form is None:
        return Note("unknown_word", (text[:_MAX_SHOWN_CHARS],))
    return Note("did_you_mean", (text, form), query=form)


def _note_keys(code: str, text: str, added: Collection[str], lexicon: Lexicon) -> Note:
    """Say by which words the texts have, or by which lemmas, a word is looked for."""
    forms = lexicon.forms_folded(fold(text))
    shown = {form for form in forms if not set(keys_of(form)).isdisjoint(added)}
    lemmas = {key[2:] for key in added if key.startswith("l:")}
    return Note(code, (text, *sorted(shown or lemmas or {key[2:] for key in added})), f'="{text}"')


def _is_long(text: str) -> bool:
    """Tell whether a word has letters enough for one of them to be wrong."""
    return len(text) >= _SHORTEST_MENDED
