"""Organisations that the learned recogniser finds where the rules see none."""

from collections.abc import Sequence

from corpus.actors.companies import restore_company
from corpus.actors.context import Context
from corpus.actors.lexicon import load_lexicon
from corpus.actors.organisation_names import restore_name
from corpus.actors.tagging import TaggedName
from corpus.actors.words import Word
from corpus.morphology import analyse

_STOPS = frozenset("!?;:…")
_JOINING = frozenset({"a", "i", "oraz", ","})
_CLOSING = frozenset('”"')
_OPENING = frozenset('„"“')
_NOT_IN_NAMES = frozenset({"conj", "comp", "pact"})
_ABBREVIATED = frozenset({"ds", "im", "św"})


def match_learned(context: Context, first: int) -> tuple[int, str] | None:
    """Give the end and the name of a learned organisation that begins at a word, if one does.

    A name that begins with a person's or whose beginning another name has taken counts
    from the word after it.
    """
    words = context.words
    name = _find_tagged(context, first)
    if name is None:
        return None
    end = _cut(context, first, name.end)
    if context.is_only_country(first, end) or _only_opens(words[first], end > first + 1):
        return None
    if any(word.is_capital and word.sense.event for word in words[first:end]):
        return None
    if _is_place(words[first:end]):
        return None
    if end > first + 1:
        return end, restore_name(words, first, end)
    if words[first].is_acronym or _is_declined_acronym(words[first].text):
        text = words[first].text.partition("-")[0]
        other = text in load_lexicon().not_acronyms or text in context.rejected
        return None if other else (end, text)
    if _is_common(words[first]):
        return None
    text = words[first].text
    return end, restore_name(words, first, end) if analyse(text) else restore_company(text)


def _find_tagged(context: Context, at: int) -> TaggedName | None:
    """Give the organisation that begins at a word, or at words that a person has."""
    for name in context.tagged:
        if name.kind == "organisation" and name.first <= at < name.end:
            before = range(name.first, at)
            words = context.words
            free = any(
                words[i].is_capital and i not in context.persons and not _only_opens(words[i], True)
                for i in before
            )
            return None if free else name
    return None


def _is_place(name: Sequence[Word]) -> bool:
    """Tell whether a name is that of a region, a water, a street: "Rosyjski Daleki Wschód"."""
    lexicon = load_lexicon()
    head = next((word for word in name if not word.sense.adjective), name[-1])
    if head.sense.lemmas & lexicon.place_heads:
        return True
    return len(name) > 1 and name[-1].text.lower() in lexicon.foreign_places


def _only_opens(word: Word, followed: bool) -> bool:
    """Tell whether a word has its capital from the sentence: "Rzecznik Rady Miasta"."""
    sense = word.sense
    plain = bool(sense.parts_of_speech & _NOT_IN_NAMES)
    return followed and word.opens and (plain or (sense.role and not sense.head))


def _cut(context: Context, first: int, end: int) -> int:
    """Give where a name ends at the latest: before a person, a stop or a closing quotation mark."""
    words = context.words
    for at in range(first + 1, end):
        text = words[at].text
        if at in context.persons or text in _STOPS:
            end = at
            break
        if _leaves_name(context, first, at):
            end = at
            break
        if text == "." and words[at - 1].text not in _ABBREVIATED:
            end = at
            break
        if text in _CLOSING and not any(word.text in _OPENING for word in words[first:at]):
            end = at
            break
    while end > first + 1 and not (words[end - 1].is_word or words[end - 1].text.isdigit()):
        end -= 1
    return end


def _leaves_name(context: Context, first: int, at: int) -> bool:
    """Tell whether a word is no part of the Polish name before it: "Wspólnota a Peru"."""
    if context.words[at].text in _JOINING:
        return context.words[at].text == "a" or context.country_at(at + 1) is not None
    word, before = context.words[at], context.words[at - 1]
    if context.country_at(at) is None or word.is_acronym or not before.is_capital:
        return False
    return context.words[first].sense.head and "gen" not in word.sense.cases


def _is_declined_acronym(text: str) -> bool:
    """Tell whether a word is an acronym with a Polish ending: "SPK-u"."""
    stem, hyphen, ending = text.partition("-")
    return bool(hyphen) and stem.isupper() and ending.islower()


def _is_common(word: Word) -> bool:
    """Tell whether a single word is a common noun that heads no organisation: "Brexit"."""
    sense = word.sense
    return sense.common and not (sense.head or sense.organisation)
