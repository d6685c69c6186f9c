"""Find the countries that a Polish text names, in any form and by any word.

Looking a word up costs one dictionary access, so that the text streams through; only a
capitalised word that is nothing known is compared with misspelt names. What a text
leaves open stays open: a mention that could mean two countries is none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from corpus.countries.country_forms import Entry, MentionKind
from corpus.countries.gazetteer import (
    country_name,
    equal_names,
    known_codes,
    load_country_words,
    related_names,
    resolve_country,
)
from corpus.countries.lexicon import (
    entries_of,
    find_intended_name,
    is_compass_abbreviation,
    load_lexicon,
)
from corpus.morphology import analyse

__all__ = [
    "CountryMention",
    "MentionKind",
    "country_name",
    "equal_names",
    "find_countries",
    "known_codes",
    "related_names",
    "resolve_country",
]

_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"\.?\s+|\.|[-–’']")
_COMPOUND_HYPHEN = re.compile(r"\s?[-–]\s?[^\W\d_]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;•]|\n)[\s„”\"(–-]*$")
_WORD_BEFORE = re.compile(r"([^\W\d_]+) $")
_WORD_AFTER = re.compile(r" ([^\W\d_]+)")
_NAME_CHARS = 30
_INTO_A_PLACE = re.compile(r"\b(?:w|we|do|koło|pod)\s+$", re.IGNORECASE)
_LEAD_CHARS = 8
_ACRONYM_LETTERS = 3
_NOWHERE = -10


@dataclass(frozen=True, slots=True)
class CountryMention:
    """Where a text names a country, by which kind of word."""

    start: int
    end: int
    code: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    entry: Entry


def find_countries(
    text: str,
    masked: Sequence[tuple[int, int]] = (),
    context: Sequence[str] = (),
    *,
    related: bool = False,
    starts: Iterable[int] | None = None,
) -> tuple[CountryMention, ...]:
    """Find every mention of a country, in order; one that means two countries stands twice.

    Args:
        masked: spans that name something else, such as persons.
        context: codes that the surroundings are about. A word that countries share
            ("koreański") is given to the one that the text names otherwise or, failing
            that, to the one in the context; with both or neither it is left out.
        related: also give what tells a country without naming it: heads of state
            (`leader`, even where masked) and cities (`place`).
        starts: words to look at, in order, for a caller who knows that no mention begins
            at any other word.

    >>> [(m.code, m.kind) for m in find_countries("Rozmowy fińsko-łotewskie w Rydze")]
    [('FI', 'compound'), ('LV', 'compound'), ('LV', 'capital')]
    """
    scanned = _scan_whole(text) if starts is None else _scan(text, starts)
    matches = [match for match in scanned if not _is_masked(match, masked)]
    named = {code for match in matches if not match.entry.shared for code in match.entry.codes}
    mentions: list[CountryMention] = []
    for match in matches:
        codes = _resolve(match.entry, named, context)
        if related or match.entry.kind not in ("leader", "place"):
            mentions.extend(
                CountryMention(match.start, match.end, code, match.entry.kind) for code in codes
            )
    return tuple(mentions)


def _resolve(entry: Entry, named: set[str], context: Iterable[str]) -> tuple[str, ...]:
    if not entry.shared:
        return entry.codes
    for evidence in (named, set(context)):
        possible = [code for code in entry.codes if code in evidence]
        if possible:
            return tuple(possible) if len(possible) == 1 else ()
    return ()


@lru_cache(maxsize=500)
def _scan_whole(text: str) -> tuple[_Match, ...]:
    """Give the matches of a text; actors, countries and sources ask for those of one passage."""
    return tuple(_scan(text, None))


def _scan(text: str, starts: Iterable[int] | None) -> Iterator[_Match]:
    """Give the longest match at each word, resolved or not."""
    words = _WORD.finditer(text) if starts is None else map(partial(_WORD.match, text), starts)
    after = 0
    compound_end = _NOWHERE
    for found in words:
        if found is None or (start := found.start()) < after:
            continue
        word = found.group()
        entries = entries_of(word)
        if not entries and word.isupper() and len(word) > _ACRONYM_LETTERS:
            entries = entries_of(word.capitalize())
        match = _match_entries(text, found, entries) if entries else None
        if match is None and word[0].isupper():
            match = _match_misspelt(text, found)
        if match is None:
            continue
        if match.entry.kind == "adjective" and start - compound_end in (1, 2, 3):
            match = replace(match, entry=replace(match.entry, kind="compound"))
        compound_end = match.end if match.entry.kind == "compound" else _NOWHERE
        after = match.end
        if match.entry.codes:
            yield match


def _match_entries(text: str, found: re.Match[str], entries: Iterable[Entry]) -> _Match | None:
    for entry in entries:
        end = _match_rest(text, found.end(), entry.rest)
        if end is not None and _is_meant(text, found.start(), end, entry):
            return _Match(found.start(), end, entry)
    return None


def _match_rest(text: str, end: int, rest: tuple[str, ...]) -> int | None:
    """Give the end of the words that follow a name's first word, or None."""
    word = ""
    for expected in rest:
        gap = _GAP.match(text, end)
        following = _WORD.match(text, gap.end()) if gap else None
        if following is None:
            return None
        word = following.group()
        if word not in (expected, expected.upper()):
            return None
        end = following.end()
    if word and is_compass_abbreviation(word) and text[end : end + 1] == ".":
        end += 1
    return end


def _match_misspelt(text: str, found: re.Match[str]) -> _Match | None:
    """Match a capitalised word, or two, one slip away from a country's name."""
    lexicon = load_lexicon()
    word = found.group()
    gap = _GAP.match(text, found.end())
    following = _WORD.match(text, gap.end()) if gap else None
    if following is not None:
        second = following.group()
        if second in lexicon.seconds or (second[0].isupper() and word in lexicon.rows):
            entry = find_intended_name((word, second))
            if entry is not None:
                return _Match(found.start(), following.end(), entry)
    if word in lexicon.rows:
        return None
    entry = find_intended_name((word,))
    return _Match(found.start(), found.end(), entry) if entry is not None else None


def _is_meant(text: str, start: int, end: int, entry: Entry) -> bool:
    """Tell whether words that can name a country do so in this place."""
    if not entry.codes or entry.rest:
        return True
    word = text[start:end]
    if entry.kind == "compound":
        return _COMPOUND_HYPHEN.match(text, end) is not None
    if word in load_country_words().ordinary and _begins_sentence(text, start):
        return False
    return not (entry.kind != "leader" and _is_personal_name(text, start, end))


def _begins_sentence(text: str, start: int) -> bool:
    return _SENTENCE_START.search(text, max(0, start - _LEAD_CHARS), start) is not None


def _is_personal_name(text: str, start: int, end: int) -> bool:
    """Tell "Jan Polak" and "Kuba Nowak" from a country's words."""
    names = {name for reading in analyse(text[start:end]) for name in reading.names}
    if "nazwisko" in names:
        before = _WORD_BEFORE.search(text[max(0, start - _NAME_CHARS) : start])
        if before and before[1].istitle() and _can_name(before[1], "imię"):
            return True
    if "imię" in names:
        after = _WORD_AFTER.match(text, end)
        if after is None or not after[1].istitle():
            return False
        if _can_name(after[1], "nazwisko"):
            return True
        # "Sofia Karagianni" is a person, but "w Sofii Karagianni" is a place and a person.
        foreign = not analyse(after[1]) and after[1] not in load_lexicon().rows
        return foreign and not _INTO_A_PLACE.search(text, max(0, start - _LEAD_CHARS), start)
    return False


def _can_name(word: str, kind: str) -> bool:
    return any(kind in reading.names for reading in analyse(word))


def _is_masked(match: _Match, masked: Sequence[tuple[int, int]]) -> bool:
    return match.entry.kind != "leader" and any(
        match.start < end and start < match.end for start, end in masked
    )
