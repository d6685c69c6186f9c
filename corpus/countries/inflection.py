"""Every form that a country's name, adjective or inhabitant takes in a sentence."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from corpus.morphology import Reading, analyse, analyse_compound_part, generate

Words = tuple[str, ...]
"""A name as its words: what stands between them (a space, a hyphen) does not count."""

_WORD = re.compile(r"[^\W\d_]+")
_JOINT = re.compile(r"(?<=\w)-(?=\w)|\s+(?=(?:i|oraz)\s)|(?<=\bi)\s+|(?<=\boraz)\s+")
_CASES = ("nom", "gen", "dat", "acc", "inst", "loc")
_AGREEING = ("adj", "ppas")

_ADJECTIVE_ENDINGS = ("i", "iego", "iemu", "im", "a", "ą", "iej", "ie", "ich", "imi")

# Endings of nouns that the dictionary does not know: what the nominative ends in, what of
# it is cut off, its gender, and the endings by case.
_GUESSES: tuple[tuple[str, str, str, Mapping[str, Words]], ...] = (
    (r"[kg]a$", "a", "f", {"gen": ("i",), "acc": ("ę",), "inst": ("ą",)}),
    (r"[jli]a$", "a", "f", {"gen": ("i",), "dat": ("i",), "acc": ("ę",), "inst": ("ą",)}),
    (r"a$", "a", "f", {"gen": ("y",), "dat": ("ie",), "acc": ("ę",), "inst": ("ą",)}),
    (r"ki$", "i", "m1", {"gen": ("iego",), "dat": ("iemu",), "inst": ("im",)}),
    (r"ko$", "o", "m1", {"gen": ("i",), "acc": ("ę",), "inst": ("ą",)}),
    (r"ń$", "ń", "m3", {"gen": ("nia",), "dat": ("niowi",), "inst": ("niem",), "loc": ("niu",)}),
    (r"[kg]$", "", "m3", {"gen": ("a", "u"), "dat": ("owi",), "inst": ("iem",), "loc": ("u",)}),
    (
        r"[bcdfhjlłmnprstwz]$",
        "",
        "m3",
        {"gen": ("a", "u"), "dat": ("owi",), "inst": ("em",), "loc": ("ie", "u")},
    ),
)

# Inhabitants that the dictionary does not know: nearly all end in one of these.
_DEMONYMS: tuple[tuple[str, Words], ...] = (
    ("yk", ("yka", "ykowi", "ykiem", "yku", "ycy", "yków", "ykom", "ykami", "ykach")),
    ("ka", ("ki", "ce", "kę", "ką", "ek", "kom", "kami", "kach")),
)


@dataclass(frozen=True, slots=True)
class _Agreement:
    """The number and genders that an adjective shares with its noun."""

    number: str
    genders: frozenset[str]


_Slot = Mapping[str, Words]
"""The forms of one word by case; empty for a word that stays as it is."""


def split_words(text: str) -> Words:
    """Give the words of a name."""
    return tuple(_WORD.findall(text))


@lru_cache(maxsize=4096)
def inflect_name(name: str) -> frozenset[Words]:
    """Give a name's forms in every case but the vocative.

    The head noun, the adjectives that agree with it and the nouns joined to it ("i", a
    hyphen) are declined together; what the head governs stays. The nominative is always
    among the forms.

    >>> sorted(" ".join(words) for words in inflect_name("Republika Nigru"))[:2]
    ['Republice Nigru', 'Republika Nigru']
    """
    slots: list[tuple[_Slot, str]] = []
    agreement: _Agreement | None = None
    governed = False
    for part in _JOINT.split(name):
        declined, agreement, governed = _decline(split_words(part), agreement, governed)
        slots.extend(declined)
    forms = {split_words(name)}
    for case in _CASES:
        forms.update(product(*(slot.get(case, (word,)) for slot, word in slots)))
    return frozenset(forms)


def inflect_person(name: str) -> frozenset[Words]:
    """Give a person's name with its last word declined, as foreign names are."""
    *first, last = split_words(name)
    forms = {form for words in inflect_name(last) for form in words} if last.istitle() else {last}
    forms.update(form for cases in _guess(last)[0].values() for form in cases)
    return frozenset((*first, form) for form in forms)


def inflect_adjective(adjective: str) -> frozenset[str]:
    """Give the forms of an adjective in -ski or -cki, which are all regular.

    >>> sorted(inflect_adjective("włoski"))[:3]
    ['włoscy', 'włoska', 'włoski']
    """
    stem = adjective[:-1]
    return frozenset({f"{adjective[:-2]}cy", *(stem + ending for ending in _ADJECTIVE_ENDINGS)})


def inflect_demonym(demonym: str) -> frozenset[str]:
    """Give the singular and plural forms of an inhabitant."""
    generated = frozenset(
        item.form
        for item in generate(demonym)
        if item.reading.pos == "subst" and item.reading.lemma == demonym
        if item.reading.tag.split(":")[2] != "voc" and "nazwisko" not in item.reading.names
    )
    regular = (
        frozenset(demonym.removesuffix(ending) + new for new in endings)
        for ending, endings in _DEMONYMS
        if demonym.endswith(ending)
    )
    return generated if len(generated) > 1 else next(regular, frozenset()) | {demonym}


def _decline(
    words: Words, agreement: _Agreement | None, governed: bool
) -> tuple[list[tuple[_Slot, str]], _Agreement | None, bool]:
    """Decline one part of a name, which may lean on the noun of the part before it."""
    head = None if governed else _find_head(words)
    if head is not None:
        agreement = _noun_agreement(words[head]) or _guess(words[head])[1]
    slots: list[tuple[_Slot, str]] = []
    for position, word in enumerate(words):
        slot: _Slot = {}
        if not governed and agreement is not None:
            if position == head:
                slot = _noun_forms(word, agreement)
            elif _agrees(word, agreement):
                slot = _adjective_forms(word, agreement)
            elif head is not None and position > head and not analyse_compound_part(word):
                governed = True
        slots.append((slot, word))
    return slots, agreement, governed


def _find_head(words: Words) -> int | None:
    """Give the first noun that is not the adjective of the noun after it.

    Failing a known noun, the first word that can be guessed to be one.
    """
    for position, word in enumerate(words):
        if _noun_agreement(word) is None:
            continue
        following = _noun_agreement(words[position + 1]) if position + 1 < len(words) else None
        if following is None or not _agrees(word, following):
            return position
    guessed = (index for index, word in enumerate(words) if not analyse(word) and _guess(word)[1])
    return next(guessed, None)


def _noun_agreement(word: str) -> _Agreement | None:
    readings = [reading for reading in _nominatives(word) if reading.pos == "subst"]
    return _agreement(min(readings, key=lambda item: _distance(item, word))) if readings else None


def _distance(reading: Reading, word: str) -> tuple[bool, bool, bool, bool]:
    """Order readings by how far they are from a country's name: surnames come last."""
    return (
        "nazwisko" in reading.names,
        reading.lemma != word,
        "nazwa_geograficzna" not in reading.names,
        not reading.tag.split(":")[1].startswith("sg"),
    )


def _agreement(reading: Reading) -> _Agreement:
    _, number, _, gender, *_ = reading.tag.split(":")
    return _Agreement(number.split(".")[0], frozenset(gender.split(".")))


def _agrees(word: str, agreement: _Agreement) -> bool:
    return any(
        reading.pos in _AGREEING and _covers(reading, agreement) for reading in _nominatives(word)
    )


def _nominatives(word: str) -> Iterator[Reading]:
    for reading in analyse(word):
        fields = reading.tag.split(":")
        if len(fields) > 3 and "nom" in fields[2].split("."):
            yield reading


def _covers(reading: Reading, agreement: _Agreement) -> bool:
    """Tell whether a reading has the agreement and is neither compared nor negated."""
    fields = reading.tag.split(":")
    return (
        agreement.number in fields[1].split(".")
        and not agreement.genders.isdisjoint(fields[3].split("."))
        and not {"com", "sup", "neg"}.intersection(fields)
    )


def _noun_forms(word: str, agreement: _Agreement) -> _Slot:
    lemmas = {
        reading.lemma
        for reading in _nominatives(word)
        if reading.pos == "subst" and _covers(reading, agreement)
    }
    return _forms_by_case(word, lemmas, agreement, ("subst",)) if lemmas else _guess(word)[0]


def _adjective_forms(word: str, agreement: _Agreement) -> _Slot:
    lemmas = {reading.lemma for reading in _nominatives(word) if reading.pos in _AGREEING}
    return _forms_by_case(word, lemmas, agreement, _AGREEING)


def _forms_by_case(word: str, lemmas: set[str], agreement: _Agreement, kinds: Words) -> _Slot:
    cases: dict[str, dict[str, None]] = {}
    for lemma in sorted(lemmas):
        for item in generate(lemma):
            fields = item.reading.tag.split(":")
            if fields[0] in kinds and len(fields) > 3 and _covers(item.reading, agreement):
                form = item.form.capitalize() if word.istitle() else item.form
                for case in fields[2].split("."):
                    cases.setdefault(case, {})[form] = None
    return {case: tuple(forms) for case, forms in cases.items()}


def _guess(word: str) -> tuple[_Slot, _Agreement | None]:
    """Decline an unknown noun by its ending; the forms it does not list stay nominative."""
    for pattern, cut, gender, endings in _GUESSES:
        if re.search(pattern, word):
            stem = word.removesuffix(cut)
            slot = {case: tuple(stem + ending for ending in new) for case, new in endings.items()}
            return slot, _Agreement("sg", frozenset({gender}))
    return {}, None
