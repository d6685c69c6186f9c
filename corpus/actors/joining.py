"""Persons found by the learned recogniser and by the rules, made one list.

Full names come first, the learned ones before those of the rules where both see a name in
the same words; the rules know Korean and Japanese names and those after an office.
"""

from collections.abc import Container, Iterator, Sequence

from corpus.actors.lexicon import load_lexicon
from corpus.actors.offices import expect_cases
from corpus.actors.persons import PersonSpan
from corpus.actors.tagging import TaggedName
from corpus.actors.words import Word, has_article

_LONGEST_PARTICLE = 3
_PREPOSITIONS = frozenset({"do"})
"""Particles of other languages that are Polish prepositions."""


def join_persons(
    words: Sequence[Word],
    by_rules: Sequence[PersonSpan],
    tagged: Sequence[TaggedName],
    taken: Container[int] = (),
) -> tuple[PersonSpan, ...]:
    """Give the persons of a passage, in order; no two share a word.

    Args:
        words: the words of the passage.
        by_rules: the persons that the rules find.
        tagged: the names that the learned recogniser finds.
        taken: indexes of words that are part of other names, such as countries.
    """
    learned = tuple(_read_persons(words, tagged, taken))
    joined: list[PersonSpan] = []
    for span in sorted([*learned, *by_rules], key=lambda span: span.bare):
        if not any(span.first < other.end and other.first < span.end for other in joined):
            joined.append(span)
    return tuple(_complete(words, sorted(joined, key=lambda span: span.first)))


def _complete(words: Sequence[Word], spans: Sequence[PersonSpan]) -> Iterator[PersonSpan]:
    """Give the persons with what their names go on with: "Jamal al-Kindi", "Hana ibn Sufi"."""
    first = end = 0
    whole: PersonSpan | None = None
    for span in spans:
        if whole is None or not _is_joined(words, end, span.first):
            if whole is not None:
                yield whole
            first, whole = span.first, span
        end = span.end
        while end < len(words) and has_article(words[end].text):
            end += 1
        if (first, end) != (whole.first, whole.end):
            whole = PersonSpan(first, end, False, expect_cases(words, first, end))
    if whole is not None:
        yield whole


def _is_joined(words: Sequence[Word], first: int, end: int) -> bool:
    """Tell whether nothing but particles stands between two parts of a name."""
    between = [word.text for word in words[first:end]]
    joining = load_lexicon().particles - _PREPOSITIONS
    return 0 < len(between) <= _LONGEST_PARTICLE and joining.issuperset(between)


def _read_persons(
    words: Sequence[Word], tagged: Sequence[TaggedName], taken: Container[int]
) -> Iterator[PersonSpan]:
    particles = load_lexicon().particles
    for name in tagged:
        first, end = _trim(words, name)
        if name.kind != "person" or all(index in taken for index in range(first, end)):
            continue
        if _is_company(words, first, end) or _is_region(words[end - 1]):
            continue
        if all(word.is_capital or word.text in particles for word in words[first:end]):
            yield PersonSpan(first, end, end == first + 1, expect_cases(words, first, end))


def _trim(words: Sequence[Word], name: TaggedName) -> tuple[int, int]:
    """Give where a tagged name begins and ends without what is no part of a person's name."""
    first, end = name.first, name.end
    while first < end and not words[first].is_capital:
        first += 1
    while end > first and not words[end - 1].is_capital:
        end -= 1
    while end - first > 1 and _stands_before_name(words, first, end):
        first += 1
    return first, end


def _stands_before_name(words: Sequence[Word], first: int, end: int) -> bool:
    """Tell whether the first word is no part of the name: "Norsk Jan Nowak", "NRD Nowak"."""
    word = words[first]
    sense = word.sense
    if sense.given or word.is_initial or sense.family_first:
        return False
    if word.is_acronym or "." in word.text:
        return True
    if end - first > 2 and words[first + 1].sense.given:
        return True
    return not sense.surname and (sense.organisation or sense.role or sense.head)


def _is_company(words: Sequence[Word], first: int, end: int) -> bool:
    """Tell whether a name is announced as a company's ("bank Norsk Wexlar") or has its words."""
    announced = first > 0 and bool(words[first - 1].sense.lemmas & load_lexicon().announcers)
    return announced or any(
        word.sense.foreign_word and not (word.sense.given or word.sense.surname)
        for word in words[first:end]
    )


def _is_region(last: Word) -> bool:
    """Tell whether the last word of a name is a plain adjective: "Karolina Południowa"."""
    sense = last.sense
    return sense.adjective and sense.common and not (sense.surname or sense.given)
