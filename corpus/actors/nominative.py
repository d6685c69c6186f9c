"""The nominative of a person's name, from the form in which it stands.

Every word of the name has several candidates; all of them must agree in one case. A
combination is worth the sum of what speaks for it: the dictionary, the gender of the
given name, the case that the words before the name ask for, and whether the document
has the same nominative elsewhere.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from corpus.actors.name_forms import NameForm, Origin, list_name_forms
from corpus.actors.name_weights import (
    Choice,
    read_gender,
    weigh_attestation,
    weigh_gender,
    weigh_spelling,
    weigh_undeclined,
)

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
_NOMINATIVE = 0.4
_EXPLAINED = 0.6
_FLEETING_VOWEL = 0.3
_KNOWN_OTHERWISE = 0.8


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in the nominative, the case it was found in and the person's gender (m, f, ?)."""

    name: str
    case: str
    gender: str


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

    A nominative that other forms in the document are likely to stand for is likelier than
    one that explains a single form: "Olesy Nord" and "Olesę Nord" are both of "Olesa".

    Args:
        names: the words of each name, and the cases that its context asks for.
        attested: how often a run of capitalised words stands in the document.
    """
    weighed = [weigh_nominatives(words, expected, attested) for words, expected in names]
    support: dict[str, dict[tuple[str, ...], float]] = defaultdict(dict)
    for (words, _), weights in zip(names, weighed, strict=True):
        for name, share in _share(weights).items():
            support[name][words] = max(share, support[name].get(words, 0.0))
    return [
        max(
            weights,
            key=lambda reading: (
                weights[reading]
                + _EXPLAINED
                * math.log2(
                    1.0 + sum(support[reading.name].values()) - support[reading.name][words]
                )
            ),
        )
        for (words, _), weights in zip(names, weighed, strict=True)
    ]


def _share(weights: Mapping[PersonName, float]) -> dict[str, float]:
    """Give how likely each nominative of one form is, by its best weight."""
    best: dict[str, float] = {}
    for reading, weight in weights.items():
        best[reading.name] = max(weight, best.get(reading.name, -math.inf))
    highest = max(best.values())
    shares = {name: math.exp(weight - highest) for name, weight in best.items()}
    total = sum(shares.values())
    return {name: share / total for name, share in shares.items()}


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
            gender = read_gender(combination, words)
            weight = (
                bonus
                + sum(choice.weight for choice in combination)
                + weigh_gender(combination, words, case, gender)
                + weigh_spelling(combination, words)
                + weigh_attestation(name, surface, case, attested)
            )
            reading = PersonName(name, case, gender)
            if weight > weights.get(reading, -math.inf):
                weights[reading] = weight
    return weights


def _choose(
    word: str, candidates: Iterable[NameForm], case: str, index: int, count: int
) -> list[Choice]:
    """Give the best candidates of one word in one case, heaviest first."""
    candidates = tuple(candidates)
    known = any(form.origin in ("given", "surname") for form in candidates)
    best: dict[tuple[str, str], Choice] = {}
    for form in candidates:
        if case not in form.cases:
            continue
        weight = _ORIGIN_WEIGHT[form.origin]
        if form.origin == "rule" and _restores_fleeting_vowel(form.form, word):
            weight -= _FLEETING_VOWEL
        if form.origin == "rule" and known:
            weight -= _KNOWN_OTHERWISE
        if form.origin == "same":
            weight = weigh_undeclined(word, case, known, index, count)
        elif count > 1 and form.origin == "surname" and index == 0:
            weight -= 0.6
        elif count > 1 and form.origin == "given" and index == count - 1:
            weight -= 0.4
        key = (form.form, form.gender)
        if key not in best or best[key].weight < weight:
            best[key] = Choice(form, weight)
    if not best:
        return [Choice(NameForm(word, frozenset({case}), "?", "same"), -1.0)]
    ranked = sorted(best.values(), key=lambda choice: (-choice.weight, choice.form.form))
    return ranked[:_CANDIDATES_PER_WORD]


def _restores_fleeting_vowel(form: str, word: str) -> bool:
    """Tell whether an e was put back before the last consonant ("Marka", "Marek")."""
    return form[-2:-1] == "e" and not word.startswith(form[:-1])
