"""What a whole document says of a word: evidence for the places where the word stands alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.actors.word_traits import classify, stem_word
from corpus.actors.words import Word

OPENING_MARKS = frozenset('„"“«»:–-')


@dataclass(frozen=True, slots=True)
class DocumentFlags:
    """What a document says elsewhere of a word, by its stem.

    `after_given`, `after_role`, `after_head` and `bracketed` are the stems that stand so
    somewhere, `inside` those with a capital inside a sentence, `lower` the words also
    written without one, `counts` how often each stem has a capital.
    """

    after_given: frozenset[str]
    after_role: frozenset[str]
    after_head: frozenset[str]
    bracketed: frozenset[str]
    inside: frozenset[str]
    lower: frozenset[str]
    counts: Counter[str]


def read_flags(passages: Sequence[Sequence[Word]]) -> DocumentFlags:
    """Give what a whole document says of the capitalised words in it."""
    found: dict[str, set[str]] = {"given": set(), "role": set(), "head": set(), "bracketed": set()}
    inside: set[str] = set()
    lower: set[str] = set()
    counts: Counter[str] = Counter()
    for words in passages:
        for index, word in enumerate(words):
            if not word.is_capital:
                if word.is_word:
                    lower.add(word.text)
                continue
            stem = stem_word(word.text)
            counts[stem] += 1
            if index == 0:
                continue
            before = words[index - 1]
            if before.text not in OPENING_MARKS and before.sentence == word.sentence:
                inside.add(stem)
            kind = classify(before.text)
            if kind in ("Given", "GivenSurname"):
                found["given"].add(stem)
            elif kind in ("role", "Role"):
                found["role"].add(stem)
            elif kind in ("head", "Head"):
                found["head"].add(stem)
            if before.text == "(" and index + 1 < len(words) and words[index + 1].text == ")":
                found["bracketed"].add(stem)
    return DocumentFlags(
        after_given=frozenset(found["given"]),
        after_role=frozenset(found["role"]),
        after_head=frozenset(found["head"]),
        bracketed=frozenset(found["bracketed"]),
        inside=frozenset(inside),
        lower=frozenset(lower),
        counts=counts,
    )
