"""Where organisations are named, by rules and then by the learned recogniser.

Tried at each word in turn: an organisation of the alias list, a state's institution
beside its country, a capitalised phrase with a noun that heads such names ("Norweska
Izba Handlowa"), a name after a word that announces one ("koncern Norsk"), an acronym,
and last what the learned recogniser takes for an organisation.
"""

from dataclasses import dataclass

from corpus.actors.acronyms import is_organisation_acronym, is_shouted, read_acronym
from corpus.actors.companies import is_publication, match_company
from corpus.actors.context import Context
from corpus.actors.institutions import (
    is_institution,
    match_institution,
    name_state_body,
)
from corpus.actors.learned_organisations import match_learned
from corpus.actors.lexicon import load_lexicon
from corpus.actors.organisation_names import extend_name, restore_name
from corpus.actors.phrases import agrees
from corpus.actors.words import Word

_ADJECTIVES_BEFORE = 3
_JOINING = frozenset({"i", "oraz"})


@dataclass(frozen=True, slots=True)
class OrganisationSpan:
    """The words `[first, end)` of a passage, their name in the nominative, and its acronym."""

    first: int
    end: int
    name: str
    acronym: str = ""


def find_organisations(context: Context) -> tuple[OrganisationSpan, ...]:
    """Give the organisations named in a passage, in order."""
    spans: list[OrganisationSpan] = []
    end = 0
    for at in _list_beginnings(context):
        span = _match(context, at) if at >= end else None
        if span is None:
            continue
        end = span.end
        if not is_publication(context, span.first, end):
            spans.append(span)
    return tuple(spans)


def _list_beginnings(context: Context) -> list[int]:
    """Give the words that a name can begin with: capitals, and a state's or its institution's."""
    countries, persons = context.countries, context.persons
    return [
        at
        for at, word in enumerate(context.words)
        if word.is_word
        and (word.is_capital or at in countries or is_institution(word.text))
        and at not in persons
    ]


def _match(context: Context, at: int) -> OrganisationSpan | None:
    words = context.words
    if not words[at].is_capital:
        institution = match_institution(context, at)
        return OrganisationSpan(at, *institution) if institution is not None else None
    known = context.known.match_organisation(words, at, context.persons)
    if known is not None and not is_shouted(context, at):
        return OrganisationSpan(at, known.end, known.alias.names[0])
    institution = match_institution(context, at)
    if institution is not None:
        return OrganisationSpan(at, *institution)
    rules = None
    if context.country_at(at) is None:
        rules = (
            _match_phrase(context, at) or _match_company(context, at) or _match_acronym(context, at)
        )
    return rules or _match_learned(context, at)


def _match_learned(context: Context, at: int) -> OrganisationSpan | None:
    learned = match_learned(context, at)
    if learned is None:
        return None
    end, name = learned
    if context.words[at].opens and context.is_only_country(at + 1, end):
        return None
    return OrganisationSpan(at, end, name, read_acronym(context.words, end))


def _match_company(context: Context, at: int) -> OrganisationSpan | None:
    company = match_company(context, at)
    if company is None:
        return None
    end, name = company
    return OrganisationSpan(at, end, name, read_acronym(context.words, end))


def _match_acronym(context: Context, at: int) -> OrganisationSpan | None:
    if not is_organisation_acronym(context, at):
        return None
    text = context.words[at].text
    stem, hyphen, ending = text.partition("-")
    acronym = stem if hyphen and ending.islower() else text
    return OrganisationSpan(at, at + 1, name_state_body(context, acronym))


def _match_phrase(context: Context, first: int) -> OrganisationSpan | None:
    """Match adjectives, a head noun and its complement, all capitalised."""
    words = context.words
    head = first
    while head < len(words) and head - first < _ADJECTIVES_BEFORE and _is_adjective(words[head]):
        head += 1
    if head >= len(words) or head in context.persons or not _is_head(words[head]):
        return None
    if not all(agrees(word.text, words[head].text) for word in words[first:head]):
        return None
    # "Rządząca Partia Zielonych" begins a sentence with what is no part of the name.
    if first < head and words[first].opens and "pact" in words[first].sense.parts_of_speech:
        return None
    end = extend_name(context, head)
    if end == first + 1 and not (_is_unique(words[head]) and not words[head].opens):
        return None
    # "Sojusz Peru z Chile" begins a sentence and is no name.
    if words[first].opens and first == head and context.is_only_country(head + 1, end):
        return None
    only_heads = all(word.sense.head or word.text in _JOINING for word in words[first:end])
    if (only_heads or is_shouted(context, first)) and not _is_unique(words[head]):
        return None
    name = restore_name(words, first, end)
    return OrganisationSpan(first, end, name, read_acronym(words, end))


def _is_adjective(word: Word) -> bool:
    return word.is_word and word.is_capital and word.sense.adjective and not word.sense.head


def _is_head(word: Word) -> bool:
    return word.is_capital and not word.is_acronym and (word.sense.head or _is_unique(word))


def _is_unique(word: Word) -> bool:
    return bool(word.sense.lemmas & load_lexicon().unique_heads)
