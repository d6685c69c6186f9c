"""A passage as the finders of organisations see it: words, persons' words and countries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.actors.aliases import KnownActors, load_known_actors
from corpus.actors.phrases import decline_name
from corpus.actors.tagging import TaggedName
from corpus.actors.words import Word
from corpus.countries.gazetteer import country_name
from corpus.countries.mentions import find_countries

_FIELDS = frozenset({"ds", "spraw"})
_NAMES = frozenset({"name", "abbreviation", "historical"})


@dataclass(frozen=True, slots=True)
class CountrySpan:
    """The words `[first, end)` that name one country, by an adjective or by its name."""

    first: int
    end: int
    code: str
    adjective: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a passage before organisations are looked for.

    `persons` are the indexes of words in full names of persons, `countries` the spans by
    their first word, `rejected` the acronyms that mean something else in the document.
    """

    words: Sequence[Word]
    persons: frozenset[int]
    countries: Mapping[int, CountrySpan]
    rejected: frozenset[str] = frozenset()
    tagged: Sequence[TaggedName] = ()
    known: KnownActors = field(default_factory=load_known_actors)

    def adjective_at(self, index: int) -> str | None:
        """Give the code of the country whose adjective stands at a word."""
        span = self.countries.get(index)
        return span.code if span is not None and span.adjective else None

    def country_at(self, index: int) -> CountrySpan | None:
        """Give the country named from a word on, not by an adjective."""
        span = self.countries.get(index)
        return span if span is not None and not span.adjective else None

    def is_only_country(self, first: int, end: int) -> bool:
        """Tell whether some words are countries and what stands between them, nothing else."""
        at = first
        while at < end:
            country = self.country_at(at)
            word = self.words[at]
            if country is None and (word.is_capital or word.text in _FIELDS):
                return False
            at = country.end if country is not None else at + 1
        return end > first


def locate_countries(
    text: str, words: Sequence[Word]
) -> tuple[dict[int, CountrySpan], frozenset[int]]:
    """Give the countries named in a text, by their first word, and all words that mean one.

    The second answer also has capitals, inhabitants and the like; none of its words is
    part of a person's name, but for a surname after a given name.
    """
    starts = {word.start: index for index, word in enumerate(words)}
    ends = {word.end: index + 1 for index, word in enumerate(words)}
    spans: dict[int, CountrySpan] = {}
    meaning: set[int] = set()
    for mention in find_countries(text):
        first, end = starts.get(mention.start), ends.get(mention.end)
        if first is None:
            continue
        end = end if end is not None else _end_before(words, first, mention.end)
        if mention.kind in _NAMES or mention.kind == "adjective":
            spans[first] = CountrySpan(first, end, mention.code, mention.kind == "adjective")
        elif first and words[first - 1].sense.given:
            continue
        meaning.update(range(first, end))
    return spans, frozenset(meaning)


@lru_cache(maxsize=1_000)
def genitive_of_country(code: str) -> str:
    """Give a country's Polish name in the genitive."""
    return decline_name(country_name(code), "gen")


def _end_before(words: Sequence[Word], first: int, end: int) -> int:
    """Give the index after the last word that begins before a character."""
    index = first + 1
    while index < len(words) and words[index].start < end:
        index += 1
    return index
