"""The nominative of a person's name, from the form in which it stands.

Every word of the name has several candidates; all of them must agree in one case. A
combination is worth the sum of what speaks for it: the dictionary, the gender of the
given name, the case that the words before the name ask for, and whether the document
has the same nominative elsewhere.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from corpus.actors.lexicon import load_lexicon
from corpus.actors.name_forms import NameForm, Origin, list_name_forms

_CASES = ("nom", "gen", "dat", "acc", "inst", "loc")
_ORIGIN_WEIGHT: Mapping[Origin, float] = {
    "given": 2.2,
    "surname": 2.2,
    "apostrophe": 3.0,
    "rule": 0.8,
    "other": 0.4,
    "same": 0.0,
}
_CANDIDATES_PER_WORD = 7
_ATTESTED = 0.5
_ATTESTED_AS_IT_STANDS = 0.3
_NOMINATIVE = 0.4
_EXPLAINED = 0.6
_FLEETING_VOWEL = 0.3
_KNOWN_OTHERWISE = 0.8
_FOREIGN_SPELLING = 0.15
_POLISH_SURNAMES = ("ski", "ska", "cki", "cka", "wicz", "czyk", "czak")
_UNDECLINED = 1.5
_LEFT_UNDECLINED = 2.4
_JAPANESE = re.compile(
    r"(?:(?:[kgsztdnhbpmyrwfj]|ky|gy|sh|ch|ts|ny|hy|by|py|my|ry|dz)?(?:[aiueo]|ou|oo)"
    r"|n(?![aiueoy])|(?:kk|pp|tt|ss|tch|ssh)[aiueo])+",
    re.IGNORECASE,
)
_SYLLABLES = re.compile(r"[aąeęioóuyäöü]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in the nominative, the case it was found in and the person's gender (m, f, ?)."""

    name: str
    case: str
    gender: str


@dataclass(frozen=True, slots=True)
class _Choice:
    form: NameForm
    weight: float


def restore_nominative(
    words: Sequence[str],
    expected: Mapping[str, float] | None = None,
    attested: Mapping[str, int] | None = None,
) -> PersonName:
    """Give the nominative of a person's name.

    Args:
        words: the words of the name as they stand in the text.
        expected: cases that the context asks for, with how strongly it does (0 to 1).
        attested: how often a run of capitalised words stands in the document.

    >>> restore_nominative(["Jackiem", "Nowakiem"]).name
    'Jacek Nowak'
    """
    weights = weigh_nominatives(words, expected or {}, attested or {})
    return max(weights, key=weights.__getitem__)


def restore_nominatives(
    names: Sequence[tuple[tuple[str, ...], Mapping[str, float]]], attested: Mapping[str, int]
) -> list[PersonName]:
    """Give the nominatives of the names in one document, chosen together.

    A nominative that several different forms in the document can be read as is likelier
    than one that explains a single form: "Olesy Nord" and "Olesę Nord" are both of "Olesa".

    Args:
        names: the words of each name, and the cases that its context asks for.
        attested: how often a run of capitalised words stands in the document.
    """
    weighed = [weigh_nominatives(words, expected, attested) for words, expected in names]
    forms: dict[str, set[str]] = defaultdict(set)
    for (words, _), weights in zip(names, weighed, strict=True):
        for reading in weights:
            forms[reading.name].add(" ".join(words))
    return [
        max(
            weights,
            key=lambda reading: weights[reading] + _EXPLAINED * math.log2(len(forms[reading.name])),
        )
        for weights in weighed
    ]


def weigh_nominatives(
    words: Sequence[str], expected: Mapping[str, float], attested: Mapping[str, int]
) -> dict[PersonName, float]:
    """Give the nominatives that a name may have in each case, with what speaks for them."""
    forms = [list_name_forms(word) for word in words]
    surface = " ".join(words)
    weights: dict[PersonName, float] = {}
    for case in _CASES:
        choices = [
            _choose(word, candidates, case, index, len(words))
            for index, (word, candidates) in enumerate(zip(words, forms, strict=True))
        ]
        bonus = expected.get(case, 0.0) + (_NOMINATIVE if case == "nom" else 0.0)
        for combination in product(*choices):
            name = " ".join(choice.form.form for choice in combination)
            gender = _read_gender(combination, words)
            weight = (
                bonus
                + sum(choice.weight for choice in combination)
                + _weigh_gender(combination, words, case, gender)
                + _weigh_spelling(combination, words)
                + _weigh_attestation(name, surface, case, attested)
            )
            reading = PersonName(name, case, gender)
            if weight > weights.get(reading, -math.inf):
                weights[reading] = weight
    return weights


def _choose(
    word: str, candidates: Iterable[NameForm], case: str, index: int, count: int
) -> list[_Choice]:
    """Give the best candidates of one word in one case, heaviest first."""
    candidates = tuple(candidates)
    known = any(form.origin in ("given", "surname") for form in candidates)
    best: dict[tuple[str, str], _Choice] = {}
    for form in candidates:
        if case not in form.cases:
            continue
        weight = _ORIGIN_WEIGHT[form.origin]
        if form.origin == "rule" and _restores_fleeting_vowel(form.form, word):
            weight -= _FLEETING_VOWEL
        if form.origin == "rule" and known:
            weight -= _KNOWN_OTHERWISE
        if form.origin == "same":
            weight = _weigh_undeclined(word, case, known, index, count)
        elif count > 1 and form.origin == "surname" and index == 0:
            weight -= 0.6
        elif count > 1 and form.origin == "given" and index == count - 1:
            weight -= 0.4
        key = (form.form, form.gender)
        if key not in best or best[key].weight < weight:
            best[key] = _Choice(form, weight)
    if not best:
        return [_Choice(NameForm(word, frozenset({case}), "?", "same"), -1.0)]
    ranked = sorted(best.values(), key=lambda choice: (-choice.weight, choice.form.form))
    return ranked[:_CANDIDATES_PER_WORD]


def _weigh_undeclined(word: str, case: str, known: bool, index: int, count: int) -> float:
    """Weigh that a word is its own nominative though it stands in `case`."""
    if index < count - 1 and word in load_lexicon().family_first:
        return 2.0  # A family name that stands first is not declined: "Kim Min-suka".
    if word[-1] in "ąę":
        return -1.5  # No nominative ends so.
    if case == "nom":
        return 0.0 if known else 0.5
    if word[-1] in "oeuéôáí":
        weight = 0.5
    elif word[-1] in "aąęiyó":
        weight = -0.3
    else:
        weight = 0.2
    return weight - 0.8 if known else weight


def _restores_fleeting_vowel(form: str, word: str) -> bool:
    """Tell whether an e was put back before the last consonant ("Marka", "Marek")."""
    return form[-2:-1] == "e" and not word.startswith(form[:-1])


def _read_gender(combination: Sequence[_Choice], words: Sequence[str]) -> str:
    family_first = len(words) > 1 and words[0] in load_lexicon().family_first
    genders = {
        choice.form.gender
        for choice in combination[1 if family_first else 0 :]
        if choice.form.origin == "given"
    }
    genders.discard("?")
    return genders.pop() if len(genders) == 1 else "?"


def _weigh_gender(
    combination: Sequence[_Choice], words: Sequence[str], case: str, gender: str
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
        elif form.origin == "same" and gender == "f" and case != "nom" and word[-1] not in "aąęyi":
            undeclined = 1.0
        elif form.origin == "same" and gender == "m" and case != "nom" and _must_decline(word):
            weight -= _LEFT_UNDECLINED
    return weight + undeclined


def _must_decline(word: str) -> bool:
    """Tell a man's surname that no case but the nominative leaves as it is."""
    return word[-1].isalpha() and word[-1].lower() not in "aąeęioóuyéáíôöü" and len(word) > 4


def _weigh_spelling(combination: Sequence[_Choice], words: Sequence[str]) -> float:
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
    elif len(words) == 2 and all(_is_japanese(word) for word in words):
        # Each word keeps to Japanese syllables as it stands: it carries no Polish ending.
        undeclined = sum(choice.form.origin == "same" for choice in combination)
        weight += _UNDECLINED * undeclined
    return weight


def _is_japanese(word: str) -> bool:
    known = any(form.origin in ("given", "surname") for form in list_name_forms(word))
    polish = word.endswith(("ego", "emu", "owi"))
    return not known and not polish and _JAPANESE.fullmatch(word) is not None


def _weigh_attestation(name: str, surface: str, case: str, attested: Mapping[str, int]) -> float:
    count = attested.get(name, 0)
    if name == surface:
        # Its own occurrence says nothing.
        return _ATTESTED_AS_IT_STANDS * math.log2(max(1, count)) if case == "nom" else 0.0
    weight = _ATTESTED * math.log2(1 + count)
    if " " in name:
        weight += 0.12 * math.log2(1 + attested.get(name.rpartition(" ")[2], 0))
    return weight
