"""Polish noun phrases put into another case: what inflects with the head, and what stays.

"Koreańskiej Agencji ds. Migracji" is a head with adjectives that agree with it, and a
complement that never changes; only the first part is put into the nominative.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.actors.lexicon import load_lexicon
from corpus.actors.name_forms import ALL_CASES, list_name_forms
from corpus.actors.words import read_unknown_adjective
from corpus.morphology import Form, Reading, analyse, generate

_HEAD_POSITIONS = 4
_ADJECTIVAL = frozenset({"adj", "pact", "ppas"})


@dataclass(frozen=True, slots=True)
class _Head:
    """A noun that may head the phrase: its nominative and how the form in the text is read.

    `unusual` when names seldom have it in this number.
    """

    nominative: str
    number: str
    cases: frozenset[str]
    gender: str
    weight: float
    unusual: bool = False


@lru_cache(maxsize=20_000)
def restore_phrase(
    words: tuple[str, ...], expected: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Give the words of a noun phrase with its head and what agrees with it in the nominative.

    Args:
        words: the phrase as it stands in the text.
        expected: the cases that the word before the phrase allows; empty when unknown.

    >>> " ".join(restore_phrase(("Narodowego", "Banku", "Czech")))
    'Narodowy Bank Czech'
    """
    best, best_weight = words, 0.0
    for index, word in enumerate(words[:_HEAD_POSITIONS]):
        if not word[0].isalpha():
            break
        for head in _read_heads(word):
            for case in sorted(head.cases):
                restored = _restore_around(words, index, head, case)
                if restored is None:
                    continue
                agreeing, phrase = restored
                weight = head.weight + agreeing - (1.3 if head.unusual else 0.0)
                weight += 0.8 if case in expected else 0.0
                weight += 0.25 if case == "nom" else 0.0
                if weight > best_weight + 1e-9:
                    best, best_weight = phrase, weight
    return best


@lru_cache(maxsize=2_000)
def decline_name(name: str, case: str) -> str:
    """Give a name of one noun, or of a noun and its adjectives, in another case.

    >>> decline_name("Nowa Zelandia", "gen")
    'Nowej Zelandii'
    """
    words = name.split(" ")
    for index, word in enumerate(words):
        for reading in analyse(word):
            fields = reading.tag.split(":")
            if fields[0] != "subst" or "nom" not in fields[2].split("."):
                continue
            number, gender = fields[1].split(".")[0], fields[3]
            head = _generate(reading.lemma, "subst", number, case, gender)
            others = [
                _inflect_adjective(other, number, "nom", gender, case)
                for position, other in enumerate(words)
                if position != index
            ]
            if head is not None and all(others):
                inflected = [other for other in others if other]
                inflected.insert(index, _match_capital(head, word))
                return " ".join(inflected)
    return name


def agrees(adjective: str, noun: str) -> bool:
    """Tell whether an adjective and a noun can stand in one case, number and gender."""
    return any(
        _inflect_adjective(adjective, head.number, case, head.gender, "nom") is not None
        for head in _read_heads(noun)
        for case in head.cases
    )


def _restore_around(
    words: Sequence[str], index: int, head: _Head, case: str
) -> tuple[int, tuple[str, ...]] | None:
    """Give how many adjectives agree with a head in a case, and the phrase restored."""
    before: list[str] = []
    for word in words[:index]:
        adjective = _inflect_adjective(word, head.number, case, head.gender, "nom")
        if adjective is None:
            return None
        before.append(adjective)
    after: list[str] = []
    agreeing = len(before)
    at = index + 1
    while at < len(words):
        joined = bool(after) and words[at] in ("i", "oraz", ",") and at + 1 < len(words)
        word = words[at + joined]
        adjective = (
            _inflect_adjective(word, head.number, case, head.gender, "nom")
            if word[0].isalpha()
            else None
        )
        if adjective is None:
            break
        after += [words[at], adjective] if joined else [adjective]
        agreeing += 1
        at += 1 + joined
    rest = words[at:]
    if len(rest) == 2 and rest[0] == "i" and not after and not before and case != "nom":
        second = [h for h in _read_heads(rest[1]) if case in h.cases and h.number == head.number]
        if second:
            rest = (rest[0], second[0].nominative)
    return agreeing, (*before, head.nominative, *after, *rest)


@lru_cache(maxsize=50_000)
def _read_heads(word: str) -> tuple[_Head, ...]:
    return tuple(_list_heads(word))


def _list_heads(word: str) -> Iterator[_Head]:
    if len(word) > 1 and word.isupper():
        yield _Head(word, "sg", ALL_CASES, "n", 0.4)
        yield _Head(word, "sg", ALL_CASES, "m3", 0.4)
        return
    lexicon = load_lexicon()
    nouns = [r for r in _analyse_either_case(word) if r.pos in ("subst", "ger")]
    for reading in nouns:
        fields = reading.tag.split(":")
        cases = frozenset(fields[2].split(".")) & ALL_CASES
        for number in fields[1].split("."):
            if not cases:
                continue
            nominative = _generate(reading.lemma, fields[0], number, "nom", fields[3])
            if nominative is None and "nom" in cases:
                nominative = word
            if nominative is None:
                continue
            names = "|".join(reading.names)
            weight = 0.0 if "imię" in names or "nazwisko" in names else 0.4
            lemma = reading.lemma.lower()
            if lemma in lexicon.heads:
                weight = 1.0
            unusual = number == ("sg" if lemma in lexicon.plural_heads else "pl")
            name = _match_capital(nominative, word)
            yield _Head(name, number, cases, fields[3], weight, unusual)
    if nouns or _analyse_either_case(word):
        return
    yield from _list_unknown_heads(word)


def _list_unknown_heads(word: str) -> Iterator[_Head]:
    """Read a word that the dictionary does not know: "PiS-u", "Wintershallu"."""
    stem, hyphen, ending = word.rpartition("-")
    if hyphen and stem.isupper() and ending.islower():
        yield _Head(stem, "sg", ALL_CASES - {"nom"}, "m3", 0.5)
        return
    for form in list_name_forms(word):
        if form.origin == "same":
            yield _Head(word, "sg", frozenset({"nom"}), "m3", 0.5)
            yield _Head(word, "sg", ALL_CASES - {"nom"}, "n", 0.1)
        else:
            yield _Head(form.form, "sg", form.cases, "f" if form.gender == "f" else "m3", 0.15)
    if word.endswith("u") and len(word) > 3:
        yield _Head(word[:-1], "sg", frozenset({"gen"}), "m3", 0.2)


@lru_cache(maxsize=50_000)
def _inflect_adjective(word: str, number: str, case: str, gender: str, into: str) -> str | None:
    """Give an adjective that stands in `case` in another case; None when it cannot stand there."""
    for reading in _analyse_either_case(word):
        fields = reading.tag.split(":")
        if fields[0] not in _ADJECTIVAL or not _matches(fields, number, case, gender):
            continue
        form = _generate(reading.lemma, fields[0], number, into, gender, fields[-1])
        return _match_capital(form, word) if form is not None else None
    known = any(reading.pos in _ADJECTIVAL for reading in _analyse_either_case(word))
    unknown = None if known else read_unknown_adjective(word)
    if unknown is not None:
        stem, model = unknown
        form = _inflect_adjective(model, number, case, gender, into)
        return stem + form.removeprefix("pol") if form is not None else None
    first, hyphen, last = word.rpartition("-")
    if hyphen and first.lower().endswith("o") and last:
        form = _inflect_adjective(last, number, case, gender, into)
        return f"{first}-{form}" if form is not None else None
    return None


def _matches(fields: Sequence[str], number: str, case: str, gender: str) -> bool:
    return (
        len(fields) > 3
        and number in fields[1].split(".")
        and case in fields[2].split(".")
        and gender.split(":")[0] in fields[3].split(".")
    )


@lru_cache(maxsize=50_000)
def _generate(
    lemma: str, pos: str, number: str, case: str, gender: str, degree: str = ""
) -> str | None:
    """Give the form of a lemma in a number, case and gender; None when there is none."""
    for candidate in _prefer_plain(generate(lemma)):
        fields = candidate.reading.tag.split(":")
        if fields[0] == pos and _matches(fields, number, case, gender):
            if pos == "adj" and degree and fields[-1] != degree:
                continue
            if pos in ("pact", "ppas", "ger") and fields[-1] == "neg":
                continue
            return candidate.form
    return None


def _prefer_plain(forms: Iterable[Form]) -> list[Form]:
    return sorted(forms, key=lambda form: (bool(form.reading.labels), len(form.form)))


def _analyse_either_case(word: str) -> tuple[Reading, ...]:
    return analyse(word) or analyse(word.lower())


def _match_capital(form: str, word: str) -> str:
    """Write a form with a capital where the word of the text has one."""
    if len(word) > 1 and word.isupper() and form.lower() == word.lower():
        return word
    if word[:1].isupper():
        return form[:1].upper() + form[1:]
    return form[:1].lower() + form[1:] if form.istitle() and not form.isupper() else form
