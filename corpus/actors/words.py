"""The words of a passage as the actor rules see them: where they stand and what they can be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.actors.lexicon import load_lexicon
from corpus.actors.name_forms import is_listed_given_name
from corpus.morphology import Reading, analyse
from corpus.sentences import load_abbreviations

CASES = ("nom", "gen", "dat", "acc", "inst", "loc")

_LETTERS = r"[^\W\d_]+"
_WORD = re.compile(
    rf"""
    [^\W\d_]\.(?=\s?[A-ZĄĆĘŁŃÓŚŹŻ])                # an initial: "W."
  | [A-Z]\d{{1,2}}\b                               # "G7"
  | {_LETTERS}(?:[-‑.’'`]{_LETTERS})*              # "Jae-inem", "Leave.EU", "Blaire'a"
  | \d+ | [^\w\s] | _
    """,
    re.VERBOSE,
)
_SENTENCE_END = frozenset(".!?…")
_OPENERS = frozenset('„“"”«»(:-–—•;')
_ORGANISATIONS = frozenset({"nazwa_organizacji", "nazwa_instytucji", "nazwa_firmy"})
_PLACE_ADJECTIVE = re.compile(r"(\w{3,}?)(sk(?:i|a|ie|iego|iej|iemu|im|ą|ich|imi))")
_NOMINAL = frozenset({"subst", "adj", "ger", "pact", "ppas", "depr"})


@dataclass(frozen=True, slots=True)
class Sense:
    """What a form can be, whatever stands around it."""

    given: bool
    surname: bool
    family_first: bool
    place: bool
    organisation: bool
    common: bool
    known: bool
    person_noun: bool
    role: bool
    relational: bool
    head: bool
    event: bool
    foreign_word: bool
    cases: frozenset[str]
    lemmas: frozenset[str]
    adjective: bool
    parts_of_speech: frozenset[str]


class Word(NamedTuple):
    """A word or a mark of punctuation at `[start, end)` of its text.

    `opens` is true where a capital letter says nothing: at the start of a sentence, after
    a colon, an opening quotation mark or bracket. `is_word` is true of letters,
    `is_capital` when it begins with a capital letter or has one after an article
    ("al-Kindi"), `is_acronym` of a short run of capitals ("OPEC", "G20").
    """

    text: str
    start: int
    end: int
    opens: bool
    sentence: int
    is_word: bool
    is_capital: bool
    is_acronym: bool

    @property
    def is_initial(self) -> bool:
        """Tell whether it is one letter and a full stop."""
        return len(self.text) == 2 and self.text[1] == "." and self.is_word

    @property
    def sense(self) -> Sense:
        """Give what the form can be."""
        return describe_form(self.text)


def has_article(text: str) -> bool:
    """Tell whether a hyphen ties a name to an article of another language: "al-Kindi"."""
    article, hyphen, name = text.partition("-")
    return bool(hyphen) and name[:1].isupper() and article in load_lexicon().articles


def is_acronym(text: str) -> bool:
    """Tell whether a word is a short run of capitals: "OPEC", "G20"."""
    return 2 <= len(text) <= 7 and text[0].isupper() and text == text.upper()


def split_words(text: str) -> tuple[Word, ...]:
    """Give the words and marks of a text, in order."""
    return tuple(_split(text))


def _split(text: str) -> Iterator[Word]:
    opens, sentence, end = True, 0, 0
    before = last = ""
    for match in _WORD.finditer(text):
        token = match[0]
        start, stop = match.span()
        if last:
            opens = last in _OPENERS
            if text.find("\n", end, start) >= 0 or _ends_sentence(before, last, token):
                sentence += 1
                opens = True
        yield Word(token, start, stop, opens, sentence, *_read_shape(token))
        before, last, end = last, token, stop


def _ends_sentence(before: str, last: str, token: str) -> bool:
    """Tell whether a sentence ends between a mark and the token after it."""
    if last not in _SENTENCE_END or token[0].islower():
        return False
    return last != "." or (len(before) != 1 and before.lower() not in _abbreviations())


@cache
def _abbreviations() -> frozenset[str]:
    known = load_abbreviations()
    return known.leading | known.trailing


@lru_cache(maxsize=200_000)
def _read_shape(text: str) -> tuple[bool, bool, bool]:
    """Tell whether a token is a word, has a capital, is an acronym."""
    return text[0].isalpha(), text[0].isupper() or has_article(text), is_acronym(text)


@lru_cache(maxsize=200_000)
def describe_form(form: str) -> Sense:
    """Give what a form can be, by the dictionary and the word lists."""
    first, _, last = form.rpartition("-")
    if first and last and not analyse(form) and not is_listed_given_name(form):
        return _describe_compound(first, last)
    lexicon = load_lexicon()
    capital = form[:1].isupper()
    readings = tuple(r for r in analyse(form) if not _is_marginal(r)) if form[0].isalpha() else ()
    names = {part for r in readings for name in r.names for part in name.split("|")}
    common = [r for r in readings if r.lemma[:1].islower()]
    nominal = [r for r in readings if r.pos in _NOMINAL]
    lemmas = frozenset(r.lemma.lower() for r in readings) or frozenset({form.lower()})
    person = [r for r in common if r.pos == "subst" and ":m1" in r.tag and ":sg" in r.tag]
    return Sense(
        given=capital and ("imię" in names or is_listed_given_name(form, inflected=not common)),
        surname=capital and any(name.startswith("nazwisko") for name in names),
        family_first=form in lexicon.family_first,
        place="nazwa_geograficzna" in names,
        organisation=bool(names & _ORGANISATIONS),
        common=bool(common),
        known=bool(readings),
        person_noun=bool(person),
        role=bool(lemmas & lexicon.roles) or form.lower() in lexicon.role_abbreviations,
        relational=bool(lemmas & lexicon.relational_roles),
        head=bool(lemmas & lexicon.heads),
        event=bool(lemmas & lexicon.events),
        foreign_word=form.lower() in lexicon.foreign_words | lexicon.publications,
        cases=frozenset(case for r in nominal for case in read_cases(r)) & set(CASES),
        lemmas=lemmas,
        adjective=any(r.pos in {"adj", "pact", "ppas"} for r in readings)
        or (not common and read_unknown_adjective(form) is not None),
        parts_of_speech=frozenset(r.pos for r in readings),
    )


def read_unknown_adjective(form: str) -> tuple[str, str] | None:
    """Give the stem of an adjective made of a place's name, and a known one in its place.

    "Zarębskiej" is declined like "polskiej": the answer is ("Zaręb", "polskiej").
    """
    match = _PLACE_ADJECTIVE.fullmatch(form)
    return (match[1], f"pol{match[2]}") if match is not None else None


def _describe_compound(first: str, last: str) -> Sense:
    """Describe "Jean-Claude", "Nowak-Kowalska" or "fińsko-norweskiej" by its parts."""
    sense = describe_form(last)
    if not last[:1].isupper() or first.islower():
        return sense if first.islower() else replace(describe_form(first + last), known=False)
    return replace(sense, given=sense.given and describe_form(first).given, head=False, role=False)


def read_cases(reading: Reading) -> tuple[str, ...]:
    """Give the grammatical cases of a reading; none for what has no case."""
    fields = reading.tag.split(":")
    position = 1 if fields[0] == "prep" else 2
    if len(fields) <= position or (fields[0] not in _NOMINAL and fields[0] != "prep"):
        return ()
    return tuple(fields[position].split("."))


def _is_marginal(reading: Reading) -> bool:
    """Tell whether a reading is archaic or only theoretical ("Kim" as a form of "ki")."""
    return bool({"daw.", "przest.", "hom.", "arch.", "slang"} & set(reading.labels)) or (
        reading.tag.endswith(":voc") or ":voc:" in reading.tag
    )
