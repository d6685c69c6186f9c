"""Which part of a person's name a capitalised word can be, told by one letter.

G given name, F family name that stands first, H hyphenated Korean given name, S surname of
the dictionary, U unknown word, I initial, X other noun.
"""

from corpus.actors.lexicon import load_lexicon
from corpus.actors.words import Word
from corpus.morphology import analyse

_FUNCTION_WORDS = frozenset({"conj", "comp", "part", "prep", "adj", "adv", "pred", "interj"})


def classify_part(word: Word) -> str:
    """Give the letter of a capitalised word's part in a name, or nothing."""
    if word.is_initial:
        return "I"
    sense = word.sense
    if "-" in word.text and _is_korean_given_name(word.text):
        return "H"
    if word.is_acronym and word.text not in load_lexicon().family_first:
        return ""
    if sense.given and not (word.opens and sense.parts_of_speech & _FUNCTION_WORDS):
        return "G"
    if sense.event or sense.foreign_word or (sense.head and not sense.surname):
        return ""
    if sense.family_first:
        return "F"
    if sense.head or (sense.role and sense.common):
        return ""
    if sense.surname:
        return "S"
    if not sense.known:
        return "U" if "." not in word.text else ""
    if sense.organisation or sense.adjective:
        return ""
    return "X" if sense.common and "subst" in sense.parts_of_speech else ""


def _is_korean_given_name(text: str) -> bool:
    first, _, last = text.partition("-")
    return (
        first[1:].islower()
        and last.isalpha()
        and last.islower()
        and len(first) <= 6
        and 2 <= len(last) <= 8
        and not any(reading.pos == "adj" for reading in analyse(last))
        and not (analyse(first) and analyse(last))
    )
