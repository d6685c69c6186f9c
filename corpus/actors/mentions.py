"""The names in one passage: found by the rules, with their nominatives still open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.actors.aliases import KnownActors
from corpus.actors.context import Context, locate_countries
from corpus.actors.joining import join_persons
from corpus.actors.organisations import OrganisationSpan, find_organisations
from corpus.actors.persons import PersonSpan, find_persons
from corpus.actors.tagging import TaggedName
from corpus.actors.words import Word
from corpus.document import ActorKind


@dataclass(frozen=True, slots=True)
class Mention:
    """A name on the characters `[start, end)` of passage number `passage`.

    `words` are its words as they stand; `name` is set where the finder knows the
    nominative (organisations), `expected` weighs the cases the context asks for, and a
    `bare` mention is one part of a person's name only.
    """

    kind: ActorKind
    passage: int
    start: int
    end: int
    surface: str
    words: tuple[str, ...]
    name: str = ""
    acronym: str = ""
    bare: bool = False
    expected: tuple[tuple[str, float], ...] = ()


def find_mentions(
    text: str,
    words: Sequence[Word],
    passage: int,
    rejected: frozenset[str],
    tagged: Sequence[TaggedName],
    known: KnownActors,
) -> tuple[Mention, ...]:
    """Give the names of persons and organisations in a passage.

    Args:
        text: the passage.
        words: its words.
        passage: its number in the document.
        rejected: acronyms that the document explains as something else.
        tagged: the names that the learned recogniser finds.
        known: actors known by several names.
    """
    return tuple(_find(text, words, passage, rejected, tagged, known))


def _find(
    text: str,
    words: Sequence[Word],
    passage: int,
    rejected: frozenset[str],
    tagged: Sequence[TaggedName],
    known: KnownActors,
) -> Iterator[Mention]:
    countries, meaning_countries = locate_countries(text, words)
    persons = join_persons(words, find_persons(words, meaning_countries), tagged, meaning_countries)
    full = {index for span in persons if not span.bare for index in range(span.first, span.end)}
    context = Context(words, frozenset(full), countries, rejected, tagged, known)
    organisations = find_organisations(context)
    swallowed = {i for span in organisations for i in range(span.first, span.end)}
    for span in persons:
        if span.first not in swallowed:
            yield _mention_person(text, words, passage, span)
    for organisation in organisations:
        yield _mention_organisation(text, words, passage, organisation)


def _mention_person(text: str, words: Sequence[Word], passage: int, span: PersonSpan) -> Mention:
    start, end = words[span.first].start, words[span.end - 1].end
    return Mention(
        kind="person",
        passage=passage,
        start=start,
        end=end,
        surface=text[start:end],
        words=tuple(word.text for word in words[span.first : span.end]),
        bare=span.bare,
        expected=span.expected,
    )


def _mention_organisation(
    text: str, words: Sequence[Word], passage: int, span: OrganisationSpan
) -> Mention:
    start, end = words[span.first].start, words[span.end - 1].end
    return Mention(
        kind="organisation",
        passage=passage,
        start=start,
        end=end,
        surface=text[start:end],
        words=tuple(word.text for word in words[span.first : span.end]),
        name=span.name,
        acronym=span.acronym,
    )
