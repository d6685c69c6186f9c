"""What speaks for one way of reading the words of a person's name together.

The gender of the given name, the spelling of the language that the name comes from, and
whether the document has the same nominative elsewhere.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.actors.lexicon import load_lexicon
from corpus.actors.name_forms import NameForm, list_name_forms

_ATTESTED = 0.5
_ATTESTED_AS_IT_STANDS = 0.3
_FOREIGN_SPELLING = 0.15
_POLISH_SURNAMES = ("ski", "ska", "cki", "cka", "wicz", "yk", "ik", "ak", "uk", "ek")
_NO_NOMINATIVE = ("ą", "ę", "ego", "emu", "owi")
_DECLINED_FEMININE = ("a", "ą", "ę", "y", "i", "ej")
_UNDECLINED = 1.5
_LEFT_UNDECLINED = 2.4
_JAPANESE = re.compile(
    r"(?:(?:[kgsztdnhbpmyrwfj]|ky|gy|sh|ch|ts|ny|hy|by|py|my|ry|dz)?(?:[aiueo]|ou|oo)"
    r"|n(?![aiueoy])|(?:kk|pp|tt|ss|tch|ssh)[aiueo])+",
    re.IGNORECASE,
)
_SYLLABLES = re.compile(r"[aąeęioóuyäöü]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """A nominative that one word may stand for, with what speaks for it by itself."""

    form: NameForm
    weight: float


def weigh_undeclined(word: str, case: str, known: bool, index: int, count: int) -> float:
    """Weigh that a word is its own nominative though it stands in `case`."""
    if index < count - 1 and word in load_lexicon().family_first:
        return 2.0  # A family name that stands first is not declined: "Kim Min-suka".
    if word.endswith(_NO_NOMINATIVE):
        return -1.5
    if case == "nom":
        return 0.0 if known else 0.5
    if word[-1] in "oeuéôáí":
        weight = 0.5
    elif word[-1] in "aąęiyó":
        weight = -0.3
    else:
        weight = 0.2
    return weight - 0.8 if known else weight


def read_gender(combination: Sequence[Choice], words: Sequence[str]) -> str:
    family_first = len(words) > 1 and words[0] in load_lexicon().family_first
    genders = {
        choice.form.gender
        for choice in combination[1 if family_first else 0 :]
        if choice.form.origin == "given"
    }
    genders.discard("?")
    return genders.pop() if len(genders) == 1 else "?"


def weigh_gender(
    combination: Sequence[Choice], words: Sequence[str], case: str, gender: str
) -> float:
    """Weigh whether surnames are declined as the gender of the given name asks."""
    if gender == "?":
        return 0.0
    weight = undeclined = 0.0
    for choice, word in zip(combination, words, strict=True):
        form = choice.form
        if (
            form.origin in ("rule", "surname", "apostrophe")
            and form.gender == "m"
            and gender == "f"
        ):
            weight -= 1.4 if form.origin == "rule" else 2.0
        elif form.gender == "f" and gender == "m" and form.origin in ("rule", "surname"):
            # Men's names in -a are declined like women's ("Kuczma", "Kuczmy").
            weight -= 0.25 if form.form.endswith("a") and form.origin == "rule" else 0.8
        elif (
            form.origin == "same"
            and gender == "f"
            and case != "nom"
            and not word.endswith(_DECLINED_FEMININE)
        ):
            undeclined = 1.0
        elif form.origin == "same" and gender == "m" and case != "nom" and must_decline(word):
            weight -= _LEFT_UNDECLINED
    return weight + undeclined


def must_decline(word: str) -> bool:
    """Tell a man's surname that no case but the nominative leaves as it is."""
    return word[-1].isalpha() and word[-1].lower() not in "aąeęioóuyéáíôöü" and len(word) > 4


def weigh_spelling(combination: Sequence[Choice], words: Sequence[str]) -> float:
    """Weigh the forms by what is usual in the language that the name comes from."""
    weight = 0.0
    names = load_lexicon()
    foreign = all(
        choice.form.origin in ("rule", "same", "apostrophe")
        and not choice.form.form.endswith(_POLISH_SURNAMES)
        for choice in combination[1:]
    )
    given = combination[0].form
    if foreign and given.origin == "given" and len(combination) > 1:
        listed = given.form in names.male_names or given.form in names.female_names
        weight += _FOREIGN_SPELLING if listed else 0.0
    if words[0] in names.family_first and (len(words) == 3 or "-" in words[-1]):
        # Each part of a Korean given name is one syllable: a second one is a Polish ending.
        syllables = _SYLLABLES.findall(combination[-1].form.form.rpartition("-")[2])
        weight -= 1.5 * (len(syllables) - 1)
    elif len(words) == 2 and _is_japanese(words):
        # Each word keeps to Japanese syllables as it stands: it carries no Polish ending.
        undeclined = sum(
            choice.form.form == word for choice, word in zip(combination, words, strict=True)
        )
        weight += _UNDECLINED * undeclined
    return weight


def _is_japanese(words: Sequence[str]) -> bool:
    """Tell whether a name keeps to Japanese syllables; the given name, last, may be listed."""
    if any(word.endswith(("ego", "emu", "owi")) or not _JAPANESE.fullmatch(word) for word in words):
        return False
    first, last = (
        [form for form in list_name_forms(word) if form.origin in ("given", "surname")]
        for word in words
    )
    return not first and all(form.form == words[-1] for form in last)


def weigh_attestation(name: str, surface: str, case: str, attested: Mapping[str, int]) -> float:
    count = attested.get(name, 0)
    if name == surface:
        # Its own occurrence says nothing.
        return _ATTESTED_AS_IT_STANDS * math.log2(max(1, count)) if case == "nom" else 0.0
    weight = _ATTESTED * math.log2(1 + count)
    if " " in name:
        weight += 0.12 * math.log2(1 + attested.get(name.rpartition(" ")[2], 0))
    return weight
