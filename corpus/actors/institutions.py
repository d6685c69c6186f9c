"""Institutions of a state, named with it: "rząd Peru", "peruwiańskie MSZ", "Ambasada Kuby w Oslo".

They are actors in lower case too, because their country makes one of many; the name puts
the country last, in the genitive, whichever way the text says it.
"""

from functools import lru_cache

from corpus.actors.context import Context, genitive_of_country
from corpus.actors.lexicon import load_lexicon
from corpus.actors.phrases import agrees, restore_phrase
from corpus.actors.words import Word, describe_form, is_acronym
from corpus.morphology import analyse

_LONGEST_FIELD = 6
_JOINING = frozenset({"i", "oraz"})
_WITH_FIELD = frozenset({"ministerstwo"})


def match_institution(context: Context, first: int) -> tuple[int, str] | None:
    """Give the end and the name of the institution that begins at a word, if one does."""
    code = context.adjective_at(first)
    if code is not None:
        return _match_after_adjective(context, first, code)
    if is_institution(context.words[first].text):
        return _match_before_country(context, first)
    return None


def _match_after_adjective(context: Context, first: int, code: str) -> tuple[int, str] | None:
    """Match "japońskie ministerstwo obrony"; capitals on both words make a proper name."""
    words = context.words
    head = first + 1
    while head < len(words) and head - first < 3 and _is_plain_adjective(words[head]):
        head += 1
    if head >= len(words) or not is_institution(words[head].text):
        return None
    proper = words[first].is_capital and words[head].is_capital and not words[head].is_acronym
    if (proper and not words[first].opens) or not agrees(words[first].text, words[head].text):
        return None
    end = head + 1 + _count_field(context, head)
    if end == head + 1 and words[head].sense.lemmas & _WITH_FIELD:
        return None
    return _name(context, first + 1, end, end, code)


def _match_before_country(context: Context, first: int) -> tuple[int, str] | None:
    """Match "rząd Japonii", "rządu japońskiego" and "Ministerstwo Obrony Japonii"."""
    words = context.words
    end = first + 1
    if end < len(words) and _is_plain_adjective(words[end]) and context.adjective_at(end) is None:
        end += 1
    field = _count_field(context, first)
    if field:
        end = first + 1 + field
    elif words[first].sense.lemmas & _WITH_FIELD:
        return None
    code = context.adjective_at(end)
    if code is not None and not field and agrees(words[end].text, words[first].text):
        return _name(context, first, end, end + 1, code)
    country = context.country_at(end)
    if country is None:
        return None
    return _name(context, first, end, country.end, country.code)


def _name(context: Context, first: int, core_end: int, end: int, code: str) -> tuple[int, str]:
    words = context.words
    core = restore_phrase(tuple(word.text for word in words[first:core_end]))
    name = " ".join(core)
    parts = [name[:1].upper() + name[1:], genitive_of_country(code)]
    if any(word.sense.lemmas & load_lexicon().missions for word in words[first:core_end]):
        seat_end = read_seat(context, end)
        parts += [word.text for word in words[end:seat_end]]
        end = seat_end
    return end, " ".join(parts)


def name_state_body(context: Context, acronym: str) -> str:
    """Give a state's body with the one country whose minister of its field the passage names.

    "MSZ" beside "wiceminister spraw zagranicznych Peru" is that of Peru.
    """
    field = load_lexicon().state_bodies.get(acronym, "").lower().split()[1:]
    if not field:
        return acronym
    texts = [word.text.lower() for word in context.words]
    named = (
        context.country_at(at + len(field))
        for at in range(len(texts) - len(field))
        if texts[at : at + len(field)] == field
    )
    codes = {country.code for country in named if country is not None}
    return f"{acronym} {genitive_of_country(codes.pop())}" if len(codes) == 1 else acronym


def read_seat(context: Context, at: int) -> int:
    """Give the end of "w Oslo" or "na Litwie" after a mission, or the place given."""
    words = context.words
    if at + 1 >= len(words) or words[at].text not in ("w", "we", "na"):
        return at
    country = context.country_at(at + 1)
    if country is not None:
        return country.end
    following = words[at + 1]
    # Cities that the dictionary does not know count too.
    placed = following.sense.place or not following.sense.known
    return at + 2 if following.is_capital and placed and not following.opens else at


@lru_cache(maxsize=200_000)
def is_institution(text: str) -> bool:
    """Tell whether a word is the head of a state's institution, or its acronym."""
    lexicon = load_lexicon()
    if text in lexicon.state_bodies:
        return True
    if is_acronym(text) or not describe_form(text).lemmas & lexicon.institutions:
        return False
    return any(
        reading.pos == "subst" and ":sg" in reading.tag
        for reading in analyse(text) or analyse(text.lower())
    )


def _is_plain_adjective(word: Word) -> bool:
    return word.sense.adjective and not word.is_capital


def _count_field(context: Context, head: int) -> int:
    """Count the words of a ministry's field: "spraw zagranicznych", "Obrony i Rozwoju"."""
    words = context.words
    if words[head].is_acronym or not words[head].sense.lemmas & _WITH_FIELD:
        return 0
    first = at = head + 1
    while at < len(words) and at - first < _LONGEST_FIELD:
        if words[at].text in _JOINING and at > first and at + 1 < len(words):
            same_case = words[at + 1].is_capital == words[at - 1].is_capital
            if not (same_case and _is_field(context, at + 1)):
                break
            at += 2
        elif _is_field(context, at):
            at += 1
        else:
            break
    return at - first


def _is_field(context: Context, at: int) -> bool:
    word = context.words[at]
    sense = word.sense
    return (
        word.is_word
        and "gen" in sense.cases
        and at not in context.persons
        and at not in context.countries
        and not (sense.head or sense.role or sense.place)
    )
