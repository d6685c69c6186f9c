"""The sources of each passage: links on its own words, and those of its page."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from corpus.countries.mentions import find_countries
from corpus.document import Source
from corpus.layout.paragraphs import Layout, PageLink
from corpus.passages.drafts import Draft
from corpus.sources.alignment import Candidate, align_links
from corpus.sources.footnotes import cite_notes

_WRITTEN_URL = re.compile(r"https?://[^\s<>„”\"]+", re.IGNORECASE)
_AFTER_URL = ".,;:!?)]}’'"


def find_sources(drafts: Sequence[Draft], layout: Layout) -> tuple[tuple[Source, ...], ...]:
    """Give the sources of each passage, in order of appearance.

    A link on a passage's own words, or a URL among them, is its own. The links of a page
    belong to the events that begin on it; without any, to the other passages that do.
    """
    found = [list(_read_own_links(draft)) for draft in drafts]
    cited = cite_notes(drafts, layout.links, found)
    links: dict[int, list[PageLink]] = {}
    for link in layout.links:
        if link not in cited:
            links.setdefault(link.zone, []).append(link)
    begun: dict[int, list[int]] = {}
    for index, draft in enumerate(drafts):
        begun.setdefault(draft.blocks[0].zone, []).append(index)
    owned = {zone: _find_owners(drafts, begun, zone) for zone in links}
    events = [index for index, draft in enumerate(drafts) if draft.kind == "event"]
    if layout.links_follow:
        owned = _keep_nearest(owned)
    elif len(links) == 1 and _are_listed_at_end(layout, links):
        owned = {zone: events or owners for zone, owners in owned.items()}
    for zone, own_links in links.items():
        owners = owned[zone]
        urls = [link.url for link in own_links]
        candidates = [_describe(drafts[owner]) for owner in owners]
        for url, owner in zip(urls, align_links(urls, candidates), strict=False):
            found[owners[owner.candidate]].append(Source(url, "", owner.confidence))
    return tuple(_keep_first(own) for own in found)


def _are_listed_at_end(layout: Layout, links: Mapping[int, Sequence[PageLink]]) -> bool:
    """Tell whether a document of several pages has all its links in one list on the last one."""
    [(zone, listed)] = links.items()
    return zone == layout.pages and len(listed) > 1


def _keep_nearest(owned: Mapping[int, list[int]]) -> dict[int, list[int]]:
    """Give links only to the passage right above them, where most have no other above."""
    single = sum(len(owners) == 1 for owners in owned.values())
    nearest = single > 1 and single > len(owned) / 2
    return {zone: owners[-1:] if nearest else owners for zone, owners in owned.items()}


def _keep_first(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Give each address once, as it was found first."""
    first: dict[str, Source] = {}
    for source in sources:
        first.setdefault(source.url, source)
    return tuple(first.values())


def _read_own_links(draft: Draft) -> Iterator[Source]:
    for block in draft.blocks:
        for link in block.links:
            if _WRITTEN_URL.match(link.url):
                yield Source(link.url, block.text[link.start : link.end].strip(), "exact")
        for written in _WRITTEN_URL.finditer(block.text):
            yield Source(_trim(written[0]), "", "exact")


def _find_owners(
    drafts: Sequence[Draft], begun: Mapping[int, Sequence[int]], zone: int
) -> list[int]:
    """Give the passages that links of a zone can belong to."""
    passages = [index for index in begun.get(zone, ()) if drafts[index].kind != "note"]
    events = [index for index in passages if drafts[index].kind == "event"]
    if events or passages:
        return events or passages
    # Zones rise with the drafts: the last passage before this one.
    before = bisect_left(drafts, zone, key=lambda draft: draft.blocks[0].zone)
    return [before - 1] if before else []


def _describe(draft: Draft) -> Candidate:
    countries = {mention.code for mention in find_countries(draft.text, related=True)}
    if len(countries) < 2:
        # An event often leaves out the country that its section is about.
        countries |= {mention.code for mention in find_countries(draft.section.title())}
    return Candidate(
        text=draft.text,
        countries=frozenset(countries),
        day=draft.date.last if draft.date else None,
    )


def _trim(url: str) -> str:
    """Take punctuation of the sentence off a URL's end, but not a bracket that it opens."""
    while url and url[-1] in _AFTER_URL:
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        url = url[:-1]
    return url
