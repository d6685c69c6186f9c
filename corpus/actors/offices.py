"""The office that a person's name is put after, and the case it asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.actors.lexicon import load_lexicon
from corpus.actors.words import Word, read_cases
from corpus.morphology import Reading, analyse

_DISTANCE = 14
_SUBJECT = 0.8
_OPENING = 0.4
_FINITE = frozenset({"fin", "praet", "bedzie"})
_WITHIN_OFFICE = frozenset({"ds", "i", "oraz", "do", "spraw", "rzecz", "stanu"})
_BEFORE_PLACE = frozenset({"w", "we", "na", "z", "przy"})
_ABBREVIATED = frozenset({"ds", "płn", "płd", "św", "wlk"})
_NOT_IN_OFFICE = frozenset({"fin", "praet", "inf", "conj", "comp", "pred", "imps", "prep"})

Expected = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Office:
    """A role noun at `index` before a name; `adjacent` when nothing stands between.

    `expected` are the grammatical cases of the office, with how surely each is its case.
    """

    index: int
    adjacent: bool
    expected: Expected


def find_office(words: Sequence[Word], first: int) -> Office | None:
    """Give the office that the name at `first` is put after, if one is.

    The words between must belong to the office: genitives, adjectives, "ds.", places and
    organisations ("doradca prezydenta ds. bezpieczeństwa", "ambasador Peru w Oslo"). An
    office in the genitive may itself depend on another one, whose case then counts too.
    """
    expected: dict[str, float] = {}
    nearest: int | None = None
    for at in range(first - 1, max(-1, first - 1 - _DISTANCE), -1):
        word = words[at]
        if word.sentence != words[first].sentence:
            break
        if _is_role(words, at, first):
            cases = weigh_cases(_read_role(word))
            factor = 1.0 if nearest is None else 0.8
            for case, weight in cases.items():
                expected[case] = max(expected.get(case, 0.0), weight * factor)
            nearest = at if nearest is None else nearest
            if "gen" not in cases:
                break
        elif not _is_within_office(words, at):
            break
    if nearest is None:
        return None
    return Office(nearest, nearest == first - 1, tuple(sorted(expected.items())))


def expect_cases(words: Sequence[Word], first: int, end: int) -> Expected:
    """Give the cases asked for by what stands before the name `[first, end)`, or after it.

    An office, a preposition or an adjective before it asks first; then a verb beside it,
    or the beginning of a sentence, speaks for the subject.
    """
    office = find_office(words, first)
    if office is not None and office.expected:
        return office.expected
    subject = (("nom", _SUBJECT),) if _has_verb(words, first, end) else ()
    if first == 0 or words[first - 1].sentence != words[first].sentence:
        return subject or (("nom", _OPENING),)
    before = words[first - 1]
    cases = {case for r in analyse(before.text) if r.pos == "prep" for case in read_cases(r)}
    if not cases and before.sense.adjective and not before.is_capital:
        cases = set(before.sense.cases)
    parts = before.sense.parts_of_speech
    noun = "subst" in parts and not parts & _NOT_IN_OFFICE and not before.is_capital
    if not cases and (noun or _is_owned(words, first - 1)):
        return (("gen", 0.5),)
    return tuple((case, 1.0) for case in sorted(cases)) or subject


def _is_owned(words: Sequence[Word], at: int) -> bool:
    """Tell whether a name says whose the name before it is: "Zambia Jana Nowaka".

    After a preposition of place it does not: "W Zambii Jan Nowak".
    """
    if not words[at].is_capital or not (words[at].sense.place or words[at].is_acronym):
        return False
    return at == 0 or words[at - 1].text.lower() not in _BEFORE_PLACE


def _has_verb(words: Sequence[Word], first: int, end: int) -> bool:
    """Tell whether a finite verb follows a name, or one of speaking stands before it."""
    sentence = words[first].sentence
    if end < len(words) and words[end].sentence == sentence:
        parts = words[end].sense.parts_of_speech
        if parts & _FINITE and not parts - _FINITE:
            return True
    before = words[first - 1] if first else None
    return (
        before is not None
        and before.sentence == sentence
        and bool(before.sense.lemmas & load_lexicon().speaking)
    )


def _read_role(word: Word) -> tuple[Reading, ...]:
    """Give the readings as a role if there are any: "premiera" is of "premier", too."""
    readings = analyse(word.text) or analyse(word.text.lower())
    roles = load_lexicon().roles
    return tuple(reading for reading in readings if reading.lemma.lower() in roles) or readings


def weigh_cases(readings: Sequence[Reading]) -> dict[str, float]:
    """Weigh the cases of a noun: an undeclined feminine reading ("minister") counts for less."""
    weights: dict[str, float] = {}
    for reading in readings:
        if reading.pos not in ("subst", "adj", "pact", "ppas", "depr"):
            continue
        cases = read_cases(reading)
        weight = 0.4 if len(cases) > 5 else 1.0
        for case in cases:
            if case != "voc":
                weights[case] = max(weights.get(case, 0.0), weight)
    return weights


def _is_role(words: Sequence[Word], at: int, first: int) -> bool:
    word = words[at]
    sense = word.sense
    if not word.is_word or sense.given:
        return False
    return sense.role or (at == first - 1 and sense.person_noun and not word.is_capital)


def _is_within_office(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word may stand between an office and the name of its holder."""
    word = words[at]
    if word.text == ".":
        return at > 0 and (words[at - 1].text.lower() in _ABBREVIATED or words[at - 1].sense.role)
    if not word.is_word:
        return word.text in ',„”"-–' if word.text != "-" else True
    if word.text in _WITHIN_OFFICE:
        return True
    if word.text in _BEFORE_PLACE:
        return words[at + 1].is_capital
    sense = word.sense
    if word.is_capital:
        return not sense.given
    declined = bool(sense.cases - {"nom"})
    return declined and ("gen" in sense.cases or not sense.parts_of_speech & _NOT_IN_OFFICE)
