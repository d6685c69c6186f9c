"""Organisations that no Polish head noun tells: companies, papers, foreign names.

They are known by a word before them ("koncern", "dziennik"), by a legal form after them,
by a foreign word of organisations inside them, or because everybody knows them.
"""

import re
from functools import lru_cache

from corpus.actors.context import Context
from corpus.actors.lexicon import load_lexicon
from corpus.actors.name_forms import list_name_forms
from corpus.actors.words import Word
from corpus.morphology import analyse

_FOREIGN_PARTICLES = frozenset(
    ("of", "the", "for", "and", "on", "in", "de", "des", "du", "für", "&", "to", "about")
)
_MIXED = re.compile(
    r"(?!(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz|Al|El)[A-Z])[^\W\d_]*[a-zà-ž]{2}[A-Z][^\W\d_]*\Z"
)
_JOINING = frozenset({",", "i", "oraz", "a"})
_OPENING_QUOTES = frozenset('„"“«')


def match_company(context: Context, first: int) -> tuple[int, str] | None:
    """Give the end and the name of the company or foreign body that begins at a word."""
    words = context.words
    end = _read_run(context, first)
    if end == first:
        return None
    run = words[first:end]
    text = " ".join([*(word.text for word in run[:-1]), _restore_foreign(run[-1].text)])
    if run[-1].text in load_lexicon().legal_forms and len(run) > 1:
        return end, text
    if _stands_after(context, first, load_lexicon().events):
        return None
    announced = _stands_after(context, first, load_lexicon().announcers)
    if announced and not _is_ordinary(context, first, end):
        return end, restore_company(run[0].text) if len(run) == 1 else text
    foreign = [word for word in run if word.sense.foreign_word]
    if len(run) > 1 and foreign and all(_may_be_foreign(word) for word in run):
        return end, text
    known = known_company(run[0].text)
    if known:
        return first + 1, known
    if is_mixed(run[0].text):
        return first + 1, restore_company(run[0].text)
    if len(run) == 1 and _is_listed(run[0]):
        return end, _lemma(run[0])
    return None


def is_mixed(text: str) -> bool:
    """Tell whether a word has capitals inside as brands do ("PortEnergo"), not as "McNeil"."""
    return _MIXED.match(text) is not None and text not in load_lexicon().not_acronyms


def is_publication(context: Context, first: int, end: int) -> bool:
    """Tell whether a name is a newspaper's or the like, which is a source and no actor."""
    lexicon = load_lexicon()
    titled = any(word.text.lower() in lexicon.publications for word in context.words[first:end])
    return titled or _stands_after(context, first, lexicon.publishers)


def restore_company(text: str) -> str:
    """Give the nominative of a one-word name: "Norsku" is "Norsk"."""
    known = known_company(text)
    if known:
        return known
    for reading in analyse(text):
        if reading.pos == "subst" and "nom" in reading.tag.split(":")[2].split("."):
            return text
    lemma = next((r.lemma for r in analyse(text) if r.pos == "subst"), "")
    if lemma:
        return lemma[:1].upper() + lemma[1:]
    for ending in ("owi", "em", "u"):
        stem = text.removesuffix(ending)
        if stem != text and len(stem) > 3 and stem[-1] not in "aeiouy":
            return stem
    return text


def _restore_foreign(text: str) -> str:
    """Give a foreign word without its Polish ending: "Timesa"."""
    for ending in ("'a", "’a", "owi", "em", "a", "ie"):
        stem = text.removesuffix(ending)
        if stem != text and stem.lower() in load_lexicon().foreign_words:
            return stem
    return text


@lru_cache(maxsize=20_000)
def known_company(text: str) -> str:
    """Give the nominative of a well-known company from any of its forms, or nothing."""
    companies = load_lexicon().companies
    if text in companies:
        return text
    forms = {form.form for form in list_name_forms(text)}
    if text.endswith("u"):
        forms.add(text[:-1])
    stem, hyphen, _ = text.partition("-")
    if hyphen:
        forms.add(stem)
    return min(forms & companies, default="")


def _read_run(context: Context, first: int) -> int:
    """Give the end of the capitalised words from `first` on, foreign particles between."""
    words = context.words
    end = first
    while end < len(words) and words[end].sentence == words[first].sentence:
        following = words[end + 1] if end + 1 < len(words) else None
        joined = end > first and following is not None and following.is_capital
        particle = words[end].text in _FOREIGN_PARTICLES or (
            words[end].text.isdigit()
            and following is not None
            and following.text in load_lexicon().legal_forms
        )
        capital = words[end].is_word and words[end].is_capital and not words[end].is_initial
        if end in context.persons or not (capital or (joined and particle)):
            break
        end += 1
    return end


def _stands_after(context: Context, first: int, lemmas: frozenset[str]) -> bool:
    """Tell whether one of some lower-case words stands before a name, quoted or not.

    In the plural it stands before several: "koncerny Nord, Sud i West".
    """
    words = context.words
    at = first - 1
    listed = False
    while at > 0 and at not in context.persons:
        joins = words[at].text in _JOINING and words[at - 1].is_capital
        if not (words[at].is_capital or joins):
            break
        listed = listed or joins
        at -= 1
    if at > 0 and words[at].text in _OPENING_QUOTES:
        at -= 1
    if at < 0 or words[at].is_capital or words[at].sentence != words[first].sentence:
        return False
    if listed and not any(":pl:" in reading.tag for reading in analyse(words[at].text)):
        return False
    return bool(words[at].sense.lemmas & lemmas)


def _is_ordinary(context: Context, first: int, end: int) -> bool:
    """Tell whether a capitalised run is a place or begins with a Polish adjective."""
    word = context.words[first]
    if first in context.countries or (word.sense.place and not word.sense.organisation):
        return True
    sense = word.sense
    person = sense.given if end > first + 1 else sense.surname and not sense.organisation
    return sense.adjective or sense.role or sense.person_noun or person


def _may_be_foreign(word: Word) -> bool:
    return (
        word.sense.foreign_word
        or word.text in _FOREIGN_PARTICLES
        or word.is_acronym
        or not word.sense.known
        or not (word.sense.common or word.sense.adjective)
    )


def _is_listed(word: Word) -> bool:
    sense = word.sense
    person = sense.given or sense.surname
    return sense.organisation and not (person or word.is_acronym or word.opens)


def _lemma(word: Word) -> str:
    readings = [r for r in analyse(word.text) if r.names and r.lemma[:1].isupper()]
    return readings[0].lemma if readings else word.text
