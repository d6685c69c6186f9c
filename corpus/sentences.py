"""Where Polish sentences end, and whether they have a verb."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from corpus.morphology import Reading, analyse

_END = re.compile(r"(?:\.{3}|[.?!…]+)[”\"»’)\]]*(?:\[\d{1,3}\])?(?=\s|$)")
_LAST_WORD = re.compile(r"(?:[^\W\d_]+\.)*[^\W\d_]+$|\d+$")
_NEXT_WORD = re.compile(r"[\s„\"«’‘(\[–—-]*([^\W_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_CLOSING = re.compile(r"[.?!…:;][”\"»’)\]]*(?:\[\d{1,3}\])?\s*$")
_MAX_CLOSING_CHARS = 20
_MAX_ORDINAL_DIGITS = 3

_FINITE_TAGS = frozenset({"fin", "praet", "bedzie", "imps", "impt", "winien", "pred", "cond"})
# Parts of speech that a form can have beside a verb without ceasing to look like one.
_WEAK_TAGS = frozenset({"part", "qub", "interj", "comp", "conj"})
# "ma" is also a poetic "moja", which no analyst writes.
_WEAK_LEMMAS = frozenset({"mój"})


@dataclass(frozen=True)
class Abbreviations:
    """Abbreviations before something, and those that may end a sentence."""

    leading: frozenset[str]
    trailing: frozenset[str]

    @cached_property
    def longest(self) -> int:
        """Count the letters of the longest one: a longer word is none."""
        return max(map(len, self.leading | self.trailing))


@cache
def load_abbreviations() -> Abbreviations:
    data = tomllib.loads(files("corpus").joinpath("data/abbreviations.toml").read_text("utf-8"))
    return Abbreviations(frozenset(data["leading"]), frozenset(data["trailing"]))


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Give the `[start, end)` of each sentence, without the space around it.

    >>> text = "Minister ds. handlu był w Rydze. Czy wróci?"
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Minister ds. handlu był w Rydze.', 'Czy wróci?']
    """
    sentences = []
    at = _skip_space(text, 0)
    while at < len(text):
        end = find_sentence_end(text, at)
        sentences.append((at, end))
        at = _skip_space(text, end)
    return tuple(sentences)


def find_sentence_end(text: str, start: int = 0) -> int:
    """Give the end of the sentence that begins at `start`, its final mark included."""
    line_end = text.find("\n", start)
    stop = line_end if line_end >= 0 else len(text)
    for end in _END.finditer(text, start, stop):
        if _ends_sentence(text, start, end, stop):
            return end.end()
    return start + len(text[start:stop].rstrip())


def has_finite_verb(text: str) -> bool:
    """Tell whether a text has a word that can hardly be anything but a finite verb."""
    return any(_is_finite_verb(word[0]) for word in _WORD.finditer(text))


def is_closed(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return _CLOSING.search(text[-_MAX_CLOSING_CHARS:]) is not None


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _ends_sentence(text: str, start: int, end: re.Match[str], stop: int) -> bool:
    if _is_plain_end(text, start, end):
        return True
    following = _NEXT_WORD.match(text, end.end(), stop)
    if following is None:
        return True
    next_word = following[1]
    if next_word[0].islower():
        return False
    if end[0] != ".":
        return True
    # No word goes over a space: looking from there on, not from the sentence's beginning.
    nearest = max(start, text.rfind(" ", start, end.start()) + 1)
    before = _LAST_WORD.search(text, nearest, end.start())
    if before is None:
        return True
    word = before[0]
    if word.isdigit():
        return len(word) > _MAX_ORDINAL_DIGITS
    if len(word) == 1 and word.isupper():
        return False
    folded = word.lower()
    if folded in load_abbreviations().leading:
        return False
    if folded in load_abbreviations().trailing:
        return _begins_sentence(next_word)
    return True


def _is_plain_end(text: str, start: int, end: re.Match[str]) -> bool:
    """Tell what most ends are: a long word, a full stop, a space, a capital; quick."""
    at = end.start()
    word = at - load_abbreviations().longest - 1
    return (
        end[0] == "."
        and text[at + 2 : at + 3].isupper()
        and text[at + 1] == " "
        and word >= start
        and text[word:at].isalpha()
    )


def _begins_sentence(word: str) -> bool:
    """Tell whether a capitalised word would be written small inside a sentence."""
    if len(word) > 1 and word.isupper():
        return True
    return word.isdigit() or any(reading.lemma[0].islower() for reading in analyse(word.lower()))


def _is_finite_verb(word: str) -> bool:
    readings = analyse(word) or analyse(word.lower())
    verbs = [reading for reading in readings if reading.pos in _FINITE_TAGS]
    others = [reading for reading in readings if reading.pos not in _FINITE_TAGS]
    return bool(verbs) and all(_is_weak(reading) for reading in others)


def _is_weak(reading: Reading) -> bool:
    return (
        reading.pos in _WEAK_TAGS
        or reading.lemma in _WEAK_LEMMAS
        or any(label.startswith(("daw", "przest")) for label in reading.labels)
    )
