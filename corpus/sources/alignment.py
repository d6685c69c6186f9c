"""Which passage a link belongs to, when the file shows only on which page it stood."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from math import ceil, floor, inf

from corpus.dates.points import Point
from corpus.document import SourceConfidence
from corpus.sources.urls import UrlEvidence, read_url, skeleton

_MISSING_LINK = 1.5
_SECOND_LINK = 0.9
_LENGTH_FOR_LINKS = 0.4
_MAX_COMMON_WORDS = 3
_MAX_AWAY = 60
_COMMON_CHARS = 5
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may own links: its words, its countries, the day it is about."""

    text: str
    countries: frozenset[str] = frozenset()
    day: Point | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """The candidate, by its number, that a link belongs to, and how surely."""

    candidate: int
    confidence: SourceConfidence


def align_links(urls: Sequence[str], candidates: Sequence[Candidate]) -> tuple[Owner, ...]:
    """Give each link of a page its passage; links and passages are in order of appearance.

    One passage owns all. As many links as passages are one each. Otherwise every way of
    giving them in order is weighed by what host, words and dates of each address share
    with the passage; a passage may have two links, or none, at a price.
    """
    if not candidates:
        return ()
    if len(candidates) == 1:
        return tuple(Owner(0, "exact") for _ in urls)
    if len(urls) == len(candidates):
        return tuple(Owner(index, "order") for index in range(len(urls)))
    return tuple(Owner(index, "guess") for index in _weigh_ways(urls, candidates))


def score_link(url: str, candidate: Candidate) -> float:
    """Give how well an address goes with a passage; 0 when nothing speaks for or against."""
    evidence = read_url(url)
    score = 0.0
    if candidate.countries:
        if evidence.hosted:
            score += 1.0 if evidence.hosted in candidate.countries else -0.5
        for code in evidence.named:
            score += 1.0 if code in candidate.countries else -1.0
    score += min(_MAX_COMMON_WORDS, _count_common_words(evidence, candidate.text))
    if evidence.rubric:
        folded = candidate.text.lower()
        score += 0.7 if any(stem in folded for stem in evidence.rubric) else -0.3
    return score + _score_day(evidence, candidate.day)


def _weigh_ways(urls: Sequence[str], candidates: Sequence[Candidate]) -> list[int]:
    """Give the best owners that never step back: dynamic programming over (link, owner)."""
    second = _price_second_links(candidates)
    best: dict[int, float] = {}  # by the owner of the link, the best way so far
    steps: list[dict[int, int]] = []
    for link, url in enumerate(urls):
        ways: dict[int, float] = {}
        origins: dict[int, int] = {}
        before = iter(best)
        waiting = next(before, None)
        nearest: int | None = None  # the best owner before this one to have had the link before
        for owner in _near_owners(link, len(urls), len(candidates)):
            while waiting is not None and waiting < owner:
                if nearest is None or _reach(best, waiting) > _reach(best, nearest):
                    nearest = waiting
                waiting = next(before, None)
            stay = best.get(owner, -inf) - second[owner]
            if not link:
                step = -_MISSING_LINK * owner
            elif nearest is not None:
                step = best[nearest] - _MISSING_LINK * (owner - nearest - 1)
            else:
                step = -inf
            ways[owner] = max(step, stay) + score_link(url, candidates[owner])
            origins[owner] = owner if stay > step or nearest is None else nearest
        best = ways
        steps.append(origins)
    owners = [max(best, key=lambda owner: (_reach(best, owner), owner))]
    for origins in reversed(steps[1:]):
        owners.append(origins[owners[-1]])
    return owners[::-1]


def _reach(best: Mapping[int, float], owner: int) -> float:
    """Give the worth of a way that makes ways to different owners comparable."""
    return best[owner] + _MISSING_LINK * owner


def _near_owners(link: int, links: int, owners: int) -> range:
    """Give the owners that a link can have: in a long list, those about as far in it."""
    middle = link * owners / links
    return range(max(0, ceil(middle - _MAX_AWAY)), min(owners, floor(middle + _MAX_AWAY) + 1))


def _price_second_links(candidates: Sequence[Candidate]) -> list[float]:
    """Give the price of a further link for each: a long passage is likelier to have several."""
    mean = sum(len(candidate.text) for candidate in candidates) / len(candidates)
    return [
        _SECOND_LINK - _LENGTH_FOR_LINKS * min(2.0, len(candidate.text) / mean)
        for candidate in candidates
    ]


def _count_common_words(evidence: UrlEvidence, text: str) -> int:
    words = _shorten_words(text)
    return sum(
        len(word) >= _COMMON_CHARS and word[:_COMMON_CHARS] in words for word in evidence.words
    )


@lru_cache(maxsize=4 * _MAX_AWAY)
def _shorten_words(text: str) -> frozenset[str]:
    """Give the beginnings of a passage's words; every link near it asks for them."""
    return frozenset(skeleton(word[0])[:_COMMON_CHARS] for word in _WORD.finditer(text))


def _score_day(evidence: UrlEvidence, day: Point | None) -> float:
    """Give credit for a date in the address on the event's day or a few days after it."""
    if not evidence.days or day is None or day.day is None or day.month is None:
        return 0.0
    late = [
        (published - event).days
        for published in evidence.days
        if (event := _day_before(published, day.month, day.day)) is not None
    ]
    if any(0 <= days <= 3 for days in late):
        return 2.0
    return 0.5 if any(days <= 7 for days in late) else -1.0


@cache
def _day_before(published: date, month: int, day: int) -> date | None:
    """Give the last such day of a year that is not after a date."""
    for year in (published.year, published.year - 1):
        try:
            event = date(year, month, day)
        except ValueError:
            continue
        if event <= published:
            return event
    return None
