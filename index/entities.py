"""What a passage names, as keys for the index."""

import re
from collections.abc import Iterator

from corpus.countries.mentions import find_countries
from corpus.document import Actor, Passage
from index.analysis import Entity

_EQUAL_KINDS = frozenset({"name", "abbreviation"})
"""Ways of naming a country that mean the country itself; a capital or an adjective is less."""


def entities_of(passage: Passage) -> tuple[Entity, ...]:
    """Give the countries and the actors named in a passage's text, in order."""
    found = set(find_named_countries(passage.text))
    for actor in passage.actors:
        found.update(_find_actor(passage.text, actor))
    return tuple(sorted(found, key=lambda entity: (entity.start, entity.end, entity.key)))


def find_named_countries(text: str) -> tuple[Entity, ...]:
    """Give the countries that a text calls by a name or an abbreviation, in order."""
    return tuple(
        Entity(mention.start, mention.end, country_key(mention.code))
        for mention in find_countries(text)
        if mention.kind in _EQUAL_KINDS
    )


def country_key(code: str) -> str:
    """Give the key of a country's names."""
    return f"c:{code}"


def actor_key(actor_id: str) -> str:
    """Give the key of an actor's mentions."""
    return f"a:{actor_id}"


def _find_actor(text: str, actor: Actor) -> Iterator[Entity]:
    for mention in actor.mentions:
        if not mention:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(mention)}(?!\w)", text):
            yield Entity(match.start(), match.end(), actor_key(actor.id))
