"""How far an organisation's name goes on after its head noun, and its nominative.

"Komitet" is followed by adjectives that agree with it, a chain of genitives, "i" and
commas inside a list, "ds." and "na rzecz", a quoted name, the person it is named after,
and for a mission its seat; the name of another organisation or of a person ends it.
"""

from collections.abc import Sequence

from corpus.actors.context import Context
from corpus.actors.institutions import read_seat
from corpus.actors.lexicon import load_lexicon
from corpus.actors.offices import find_office
from corpus.actors.phrases import agrees, restore_phrase
from corpus.actors.words import Word, read_cases
from corpus.morphology import analyse

_LONGEST_NAME = 24
_LONGEST_QUOTED = 7
_LOWER_COMPLEMENT = 4
_JOINING = frozenset({"i", "oraz"})
_CLOSING_QUOTES = {"„": '”"“', '"': '"”', "“": '”"', "«": "»"}


def extend_name(context: Context, head: int) -> int:
    """Give the end of the name whose head noun stands at word number `head`."""
    words = context.words
    eponymous = bool(words[head].sense.lemmas & load_lexicon().eponymous_heads)
    mission = bool(words[head].sense.lemmas & load_lexicon().missions)
    last = min(len(words), head + _LONGEST_NAME)
    at = head + 1
    governed = ""
    while at < last and words[at].sentence == words[head].sentence:
        if at in context.persons:
            if not (eponymous and _is_named_after(words, head, at)):
                break
            while at in context.persons:
                at += 1
            continue
        step = _step_over_preposition(context, at)
        governed = "inst" if step and words[at].text == "z" else governed
        step = step or _step(context, head, at, governed)
        if mission and not step:
            step = read_seat(context, at) - at
        if step == 0:
            break
        at += step
    return at


def _is_named_after(words: Sequence[Word], head: int, at: int) -> bool:
    """Tell whether a person's name is part of the name of an organisation.

    In "dyrektor Instytutu Jan Nowak" it is not: the office before takes it.
    """
    if words[at - 1].text == "." and words[at - 2].text == "im":
        return True
    cases = words[at].sense.cases
    genitive = "gen" in cases and "nom" not in cases
    return at == head + 1 and (genitive or find_office(words, at) is None)


def _step(context: Context, head: int, at: int, governed: str) -> int:
    """Give by how many words a name goes on at a word that is no preposition."""
    words = context.words
    word = words[at]
    if word.is_word and word.is_capital:
        country = context.country_at(at)
        if country is not None:
            return country.end - at if word.is_acronym or "gen" in word.sense.cases else 0
        return int(_continues_name(words, head, at))
    if word.text in _JOINING or word.text == ",":
        return 2 if _joins(context, head, at, governed) else 0
    if word.text in ("ds", "im"):
        step = 2 if at + 1 < len(words) and words[at + 1].text == "." else 1
        step += _count_lower_complement(words, at + step)
        return step if at + step < len(words) else 0
    if word.text in _CLOSING_QUOTES:
        return _count_quoted(words, at)
    return 0


def _continues_name(words: Sequence[Word], head: int, at: int) -> bool:
    """Tell whether a capitalised word belongs to the name before it."""
    sense = words[at].sense
    if not sense.known:
        return True
    if sense.role and sense.common and "gen" not in sense.cases:
        return False
    if words[at].is_acronym or "gen" in sense.cases:
        return True
    if "dat" in sense.cases and "ger" in words[at - 1].sense.parts_of_speech:
        return True  # "Zwalczania Chorobom"
    return agrees(words[at].text, words[head].text)


def _joins(context: Context, head: int, at: int, governed: str) -> bool:
    """Tell whether "i" or a comma goes on with the name: "Rada Handlu i Rozwoju"."""
    words = context.words
    following = at + 1
    if following >= len(words) or following in context.persons:
        return False
    word = words[following]
    sense = word.sense
    if not (word.is_word and word.is_capital) or word.is_acronym:
        return False
    if governed and governed in sense.cases:
        return True
    if following in context.countries or (sense.place and not sense.common) or sense.head:
        return False
    if following + 1 < len(words) and sense.adjective and words[following + 1].sense.head:
        return False
    agreeing = words[at - 1].sense.adjective and agrees(word.text, words[head].text)
    complement = at > head + 1 and "gen" in sense.cases and sense.common
    if words[at].text == ",":
        # A list goes on only when it comes to its "i": "Pracy, Handlu i Przemysłu".
        ahead = {w.text for w in words[following + 1 : following + 4]}
        return complement and bool(_JOINING & ahead)
    parallel = at == head + 1 and sense.common and bool(sense.cases & words[head].sense.cases)
    return agreeing or complement or (parallel and sense.cases == words[head].sense.cases)


def _count_lower_complement(words: Sequence[Word], at: int) -> int:
    """Count the lower-case words of "ds. bezpieczeństwa narodowego"."""
    count = 0
    for word in words[at : at + _LOWER_COMPLEMENT]:
        if word.is_capital or not word.is_word or "gen" not in word.sense.cases or word.sense.role:
            break
        if count and not word.sense.adjective:
            break
        count += 1
    return count


def _step_over_preposition(context: Context, at: int) -> int:
    """Give the words of "do spraw handlu", "na rzecz" or "z Finlandią"."""
    words = context.words
    if at + 2 >= len(words):
        return 0
    pair = (words[at].text, words[at + 1].text)
    if pair == ("do", "spraw"):
        lower = _count_lower_complement(words, at + 2)
        return 2 + lower if lower or words[at + 2].is_capital else 0
    if pair == ("na", "rzecz"):
        return 2 if words[at + 2].is_capital else 0
    if pair[0] == "dla" and words[at + 1].is_capital and words[at + 1].sense.common:
        return 0 if at + 1 in context.persons else 1
    country = context.country_at(at + 1)
    if pair[0] == "z" and country is not None:
        return country.end - at
    return 0


def _count_quoted(words: Sequence[Word], at: int) -> int:
    """Count the words of a short quoted name, its quotation marks included."""
    for length in range(2, _LONGEST_QUOTED + 1):
        if at + length < len(words) and words[at + length].text in _CLOSING_QUOTES[words[at].text]:
            return length + 1 if words[at + 1].is_capital else 0
    return 0


def restore_name(words: Sequence[Word], first: int, end: int) -> str:
    """Give the nominative of the words `[first, end)`, spaced as in the text."""
    texts = tuple(word.text for word in words[first:end])
    restored = restore_phrase(texts, _expect_cases(words, first))
    parts = [restored[0]]
    for index, text in enumerate(restored[1:], first):
        parts.append(f" {text}" if words[index].end < words[index + 1].start else text)
    return "".join(parts)


def _expect_cases(words: Sequence[Word], first: int) -> frozenset[str]:
    """Give the cases that the word before a name allows; none when it says nothing."""
    if first == 0 or words[first].sentence != words[first - 1].sentence:
        return frozenset({"nom"})
    before = words[first - 1]
    cases = frozenset(
        case for r in analyse(before.text) if r.pos == "prep" for case in read_cases(r)
    )
    if cases:
        return cases
    parts = before.sense.parts_of_speech
    return frozenset({"gen"}) if "subst" in parts and "fin" not in parts else frozenset()
