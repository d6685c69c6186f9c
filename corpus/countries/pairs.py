"""What a passage is about: its countries and the pairs of them.

The headline says it first, then compound adjectives ("fińsko-łotewski") and joined names
("USA–Kuba"), then who acts in the text. The heading of the section is the frame: under
"A – B, C" a passage is about A with B, or A with C, and a side that the passage never
names is taken from the heading where the heading leaves no choice.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from corpus.countries.gazetteer import load_countries
from corpus.countries.mentions import CountryMention, find_countries
from corpus.countries.participation import Evidence, weigh_mentions
from corpus.countries.sides import Side, distinct, read_sides
from corpus.document import PassageKind
from corpus.sentences import split_sentences

_JOINED = re.compile(r"\s?[-–—/]\s?$")
_SHARE_OF_MOST_NAMED = 0.4


@dataclass(frozen=True, slots=True)
class PassageCountries:
    """Codes in alphabetical order; `mentioned` includes `countries`; pairs like `JP-RU`."""

    countries: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()


def assign_countries(
    text: str,
    headline: str,
    section: str,
    kind: PassageKind,
    person_spans: Sequence[tuple[int, int]] = (),
    hosts: Sequence[str] = (),
) -> PassageCountries:
    """Tell the countries and pairs of a passage.

    Args:
        headline: a substring of `text`, or empty.
        section: the heading above the passage, or the document's title.
        person_spans: `[start, end)` of persons in `text`, which are no countries.
        hosts: hosts of the passage's sources; their top-level domains choose between the
            countries of a side that the text does not name.
    """
    sides = read_sides(section)
    expected = frozenset(code for side in sides for code in side)
    found = find_countries(text, person_spans, tuple(expected), related=True)
    mentions = [mention for mention in found if _is_state(mention, expected)]
    sentences = split_sentences(text)
    evidence = weigh_mentions(text, mentions, sentences)
    titled = _codes_within(mentions, text, headline)
    joined = _find_joined(text, mentions)
    together = [
        frozenset(mention.code for mention in mentions if start <= mention.start < end)
        for start, end in sentences
    ]
    if sides and kind == "event":
        countries = _take_part(evidence, titled, expected, least=None)
        countries += _supply_sides(sides, countries, hosts)
        pairs = _pair_sides(sides, countries, titled, joined, evidence)
        pairs |= _pair_guests(countries, pairs, expected, evidence, together)
    else:
        countries = _take_part(evidence, titled, expected, least=_SHARE_OF_MOST_NAMED)
        pairs = _pair_around_hub(countries, titled, evidence, together)
        pairs |= {pair for pair in joined if pair <= set(countries)}
    named = (code for code, item in evidence.items() if item.named)
    return PassageCountries(
        countries=tuple(sorted(set(countries))),
        mentioned=tuple(sorted({*named, *countries})),
        pairs=tuple(sorted("-".join(sorted(pair)) for pair in pairs)),
    )


def _is_state(mention: CountryMention, expected: frozenset[str]) -> bool:
    """Leave out former states, and cities of countries that nothing leads to expect."""
    if load_countries()[mention.code].historical:
        return False
    return mention.kind != "place" or mention.code in expected


def _codes_within(mentions: Iterable[CountryMention], text: str, headline: str) -> frozenset[str]:
    start = text.find(headline) if headline else -1
    if start < 0:
        return frozenset()
    end = start + len(headline)
    return frozenset(m.code for m in mentions if start <= m.start < end and m.kind != "place")


def _take_part(
    evidence: dict[str, Evidence],
    titled: frozenset[str],
    expected: frozenset[str],
    *,
    least: float | None,
) -> list[str]:
    """Give the countries that take part, in order of first mention.

    `least` is the share of the most named country's weight that suffices; with None only
    the headline, an act or the heading above bring a country in.
    """
    most = max((item.weight for item in evidence.values()), default=0)
    return [
        code
        for code, item in evidence.items()
        if code in titled
        or item.acting
        or (code in expected and (item.weight or item.located))
        or (least is not None and item.weight and item.weight >= least * most)
    ]


def _supply_sides(
    sides: Sequence[Side], countries: Sequence[str], hosts: Sequence[str]
) -> list[str]:
    """Give the one possible country of each side that has none, if anything is known."""
    if not countries:
        return []
    domains = {host.rpartition(".")[2].upper() for host in hosts}
    supplied = []
    for side in sides:
        if set(side).isdisjoint(countries):
            possible = side if len(side) == 1 else [code for code in side if code in domains]
            if len(possible) == 1:
                supplied.append(possible[0])
    return supplied


def _find_joined(text: str, mentions: Sequence[CountryMention]) -> set[frozenset[str]]:
    """Give the pairs that one word makes: "fińsko-łotewski", "USA–Kuba"."""
    return {
        frozenset((one.code, other.code))
        for one, other in pairwise(mentions)
        if one.code != other.code and _JOINED.fullmatch(text[one.end : other.start])
    }


def _pair_sides(
    sides: Sequence[Side],
    countries: Sequence[str],
    titled: frozenset[str],
    joined: set[frozenset[str]],
    evidence: dict[str, Evidence],
) -> set[frozenset[str]]:
    """Pair across the heading; of several countries on a side, those of the headline.

    A headline that names only countries of one side is about these. A country of the
    headline that is not in the heading goes with the one it is joined to there, or else
    with all that the headline names.
    """
    framed = titled & {code for side in sides for code in side}
    if len(framed) > 1 and any(framed <= set(side) for side in sides):
        # The headline sets countries of one side against each other: it knows better.
        return {frozenset(pair) for pair in combinations(sorted(titled), 2)}
    chosen = []
    for side in sides:
        present = [code for code in side if code in countries]
        chosen.append([code for code in present if code in titled] or _foremost(present, evidence))
    pairs = {
        frozenset((code, other))
        for one, another in combinations(chosen, 2)
        for code in one
        for other in another
        if code != other
    }
    pairs |= {pair for pair in joined if pair <= titled}
    settled = {code for pair in pairs for code in pair}
    for code in titled - settled - {code for side in sides for code in side}:
        pairs |= {frozenset((code, other)) for other in titled if other != code}
    return pairs


def _pair_guests(
    countries: Sequence[str],
    pairs: set[frozenset[str]],
    expected: frozenset[str],
    evidence: dict[str, Evidence],
    together: Sequence[frozenset[str]],
) -> set[frozenset[str]]:
    """Pair a country that acts and that the heading does not foresee with whom it meets."""
    settled = frozenset(code for pair in pairs for code in pair)
    acting = [code for code in countries if code in evidence and evidence[code].acting]
    hosts = [code for code in acting if code in settled]
    guests = [code for code in acting if code not in settled | expected]
    return {
        frozenset((guest, host)) for guest in guests for host in hosts if {guest, host} in together
    }


def _foremost(codes: Sequence[str], evidence: dict[str, Evidence]) -> list[str]:
    """Give the countries of a side that weigh about as much as the heaviest."""
    weights = {code: evidence[code].weight if code in evidence else 0 for code in codes}
    most = max(weights.values(), default=0)
    return [code for code in codes if weights[code] == most]


def _pair_around_hub(
    countries: Sequence[str],
    titled: frozenset[str],
    evidence: dict[str, Evidence],
    together: Sequence[frozenset[str]],
) -> set[frozenset[str]]:
    """Pair the country that a passage turns on, or the headline's two, with the others.

    Each other country goes with the one of these that shares most sentences with it.
    """
    if len(countries) < 2:
        return set()
    hub = max(countries, key=lambda code: (code in titled, evidence[code].weight))
    core = distinct([hub, *(code for code in countries if code in titled)])[:2]
    pairs = {frozenset(core)} if len(core) == 2 else set()
    for other in countries:
        if other in core:
            continue
        shared = {code: sum({code, other} <= codes for codes in together) for code in core}
        partner = max(core, key=lambda code: shared[code])
        if shared[partner] or len(countries) == 2:
            pairs.add(frozenset((partner, other)))
    return pairs
