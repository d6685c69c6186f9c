"""The persons and organisations of a document, passage by passage.

Words, spans, nominatives and identities are separate steps, each in a module of its own;
this one leads a document through them.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.actors.acronyms import find_explained_otherwise
from corpus.actors.aliases import KnownActors, load_known_actors
from corpus.actors.clusters import Named, cluster_organisations, cluster_persons
from corpus.actors.mentions import find_mentions
from corpus.actors.role_holders import describe_person
from corpus.actors.roles import drop_shorter, find_roles
from corpus.actors.settling import settle_names
from corpus.actors.tagging import load_tagger
from corpus.actors.words import Word, split_words
from corpus.document import Actor, ActorKind

_LONGEST_ATTESTED = 4


@dataclass(frozen=True, slots=True)
class PassageActors:
    """The actors of one passage in order of appearance, and where its text names persons."""

    actors: tuple[Actor, ...]
    person_spans: tuple[tuple[int, int], ...]


def find_actors(
    texts: Sequence[str], known: KnownActors | None = None
) -> tuple[PassageActors, ...]:
    """Give the actors of each passage of one document.

    A person or an organisation is one actor in the whole document, whatever the case and
    however short the name that a passage uses.

    Args:
        texts: the passages of one document, in order.
        known: actors known by several names; those that Kwerenda comes with by default.
    """
    known = known or load_known_actors()
    passages = [split_words(text) for text in texts]
    tagged = settle_names(passages, load_tagger().tag(passages))
    attested = count_capitalised_runs(passages)
    rejected = frozenset().union(*(find_explained_otherwise(words) for words in passages))
    mentions = [
        mention
        for index, words in enumerate(passages)
        for mention in find_mentions(texts[index], words, index, rejected, tagged[index], known)
    ]
    organisations = [m for m in mentions if m.kind == "organisation"]
    persons = cluster_persons(
        [m for m in mentions if m.kind == "person"], passages, attested, organisations, known
    )
    found = [mention for mention, _, _ in persons]
    named = [*persons, *cluster_organisations(organisations, passages, found, known)]
    by_passage: list[list[Named]] = [[] for _ in texts]
    for mention, identity, name in named:
        by_passage[mention.passage].append((mention, identity, name))
    return tuple(
        _collect(found, _find_roles(text, words, found))
        for text, words, found in zip(texts, passages, by_passage, strict=True)
    )


def count_capitalised_runs(passages: Sequence[Sequence[Word]]) -> Counter[str]:
    """Count every run of up to four capitalised words of a document."""
    counts: Counter[str] = Counter()
    for words in passages:
        for first, word in enumerate(words):
            if not word.is_capital:
                continue
            run: list[str] = []
            for following in words[first : first + _LONGEST_ATTESTED]:
                if not following.is_capital or following.sentence != word.sentence:
                    break
                run.append(following.text)
                counts[" ".join(run)] += 1
    return counts


def _find_roles(text: str, words: Sequence[Word], found: Sequence[Named]) -> dict[str, list[str]]:
    """Give the roles of the persons of a passage by their ids."""
    at = {word.start: index for index, word in enumerate(words)}
    ends = {word.end: index + 1 for index, word in enumerate(words)}
    persons = sorted(
        {
            (at[mention.start], ends[mention.end], mention.words, identity, name)
            for mention, identity, name in found
            if mention.kind == "person" and mention.start in at and mention.end in ends
        }
    )
    organisations = {
        at[mention.start]: ends[mention.end]
        for mention, _, _ in found
        if mention.kind == "organisation" and mention.start in at and mention.end in ends
    }
    named = [describe_person(first, end, forms, name) for first, end, forms, _, name in persons]
    roles: dict[str, list[str]] = defaultdict(list)
    for person, own in zip(persons, find_roles(text, words, named, organisations), strict=True):
        roles[person[3]].extend(own)
    return roles


def _collect(found: Sequence[Named], roles: Mapping[str, Sequence[str]]) -> PassageActors:
    """Gather the mentions of a passage by actor."""
    ordered = sorted(found, key=lambda item: (item[0].start, item[0].end))
    forms: dict[tuple[ActorKind, str], dict[str, None]] = {}
    names: dict[tuple[ActorKind, str], str] = {}
    for mention, identity, name in ordered:
        key = (mention.kind, identity)
        forms.setdefault(key, {})[mention.surface] = None
        names.setdefault(key, name)
    actors = tuple(
        Actor(
            identity,
            names[kind, identity],
            kind,
            tuple(surfaces),
            drop_shorter(roles.get(identity, ())) if kind == "person" else (),
        )
        for (kind, identity), surfaces in forms.items()
    )
    spans = sorted({(m.start, m.end) for m, _, _ in ordered if m.kind == "person"})
    return PassageActors(actors, tuple(spans))
