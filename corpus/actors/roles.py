"""The roles that a passage gives the persons it names: "minister obrony Ukrainy".

A role stands right before a name ("premier Japonii Shinzo Abe"), before or after it with
a comma, a dash or brackets between them, before several names that share it, or at the
beginning of a passage that goes on with a surname. Noun and
name must agree in case; where two readings remain, the person has no role rather than a
guessed one.
"""

from collections.abc import Iterator, Mapping, Sequence

from corpus.actors.persons import follows_role, skip_date
from corpus.actors.role_complements import AND, PLACES, Scene
from corpus.actors.role_holders import NamedPerson
from corpus.actors.role_nouns import load_role_words
from corpus.actors.role_phrases import (
    LONGEST,
    RolePhrase,
    read_ending_at,
    read_starting_at,
    write_role,
)
from corpus.actors.shared_roles import read_shared
from corpus.actors.words import Word

_LARGEST_GROUP = 12
_DASHES = frozenset("–—-")
_BORDERS = frozenset(',.;:!?)"”') | _DASHES


def find_roles(
    text: str,
    words: Sequence[Word],
    persons: Sequence[NamedPerson],
    organisations: Mapping[int, int],
) -> list[tuple[str, ...]]:
    """Give the roles of each person, in the nominative, in the order of the passage.

    Args:
        persons: the names in the passage, in order, no two on one word.
        organisations: the ends of the organisations' names by their first words.
    """
    scene = Scene(
        text,
        words,
        {person.first: person.end for person in persons},
        organisations,
        {person.first for person in persons if "gen" in person.cases and "nom" not in person.cases},
    )
    roles: list[dict[str, None]] = [{} for _ in persons]
    for number, person in enumerate(persons):
        group = slice(number, number + _LARGEST_GROUP)
        shared = read_shared(scene, persons[group])
        for following, role in zip(roles[group], shared, strict=False):
            following.setdefault(role)
        for role in (*_read_before(scene, person), *_read_after(scene, person)):
            roles[number].setdefault(role)
    if persons and not roles[0]:
        roles[0].update(dict.fromkeys(_read_opening(scene, persons[0])))
    return [tuple(own) for own in roles]


def drop_shorter(roles: Sequence[str]) -> tuple[str, ...]:
    """Give roles without those that another one begins with: "premier" beside "premier Japonii"."""
    distinct = dict.fromkeys(roles)
    return tuple(
        role for role in distinct if not any(other.startswith(f"{role} ") for other in distinct)
    )


def _read_before(scene: Scene, person: NamedPerson) -> Iterator[str]:
    """Give the role that stands before a name: right before it, before a comma or a bracket."""
    end = _skip_titles(scene, person.first)
    mark = scene.words[end - 1].text if scene.continues(end - 1, person.first) else ""
    if mark == "(":
        enclosed = person.end < len(scene.words) and scene.words[person.end].text == ")"
        end = end - 1 if enclosed else end
    elif mark == "," or mark in _DASHES:
        closed = _is_border(scene, person.end)
        in_full = person.end - person.first > 1
        end = end - 1 if closed or (in_full and _is_verb(scene, person.end)) else end
    elif mark in load_role_words().copulas and "nom" in person.cases:
        # "Jego autorem był Jan Nowak" says whose, and so not what Nowak is.
        whole = (phrase for phrase in read_ending_at(scene, end - 1) if not phrase.is_bare)
        yield from _read_predicate(scene, whole)
    found = [
        phrase
        for phrase in read_ending_at(scene, end)
        if phrase.noun.number == "sg" and _suits(scene, phrase, person)
    ]
    # "doradca premiera Hasegawa Eiichi": a name that is not declined may be of either.
    if not found or ({"nom", "gen"} <= person.cases and found[0].head != found[-1].head):
        return
    yield from _read_joined_before(scene, found[0])
    yield write_role(scene, found[0])


def _read_opening(scene: Scene, person: NamedPerson) -> Iterator[str]:
    """Give the role that a passage begins with, when the next sentence has its holder's surname.

    "3 maja: minister obrony Peru odwiedził Indie. Nowak rozmawiał o handlu."
    """
    words = scene.words
    if not (person.by_surname and "nom" in person.cases and follows_role(words, person.first)):
        return
    for phrase in read_starting_at(scene, skip_date(words)):
        subject = (phrase.noun.number, phrase.noun.case) == ("sg", "nom")
        governed = words[phrase.governed : phrase.end]
        named = any(word.is_capital and not word.sense.known for word in governed)
        if subject and not named and person.agrees(phrase) and _is_verb(scene, phrase.end):
            yield write_role(scene, phrase)
            return


def _read_joined_before(scene: Scene, phrase: RolePhrase) -> Iterator[str]:
    """Give the role before "i jednocześnie", or a deputy's before "i" or a comma: also his."""
    words, at = scene.words, phrase.first
    joined = at
    while scene.continues(joined - 1, at) and words[joined - 1].text in load_role_words().now:
        joined -= 1
    if not scene.continues(joined - 1, at) or words[joined - 1].text not in {*AND, "a", ","}:
        return
    for other in read_ending_at(scene, joined - 1):
        if (other.noun.number, other.noun.case) == (phrase.noun.number, phrase.noun.case):
            deputy = other.governed == other.end and other.noun.nominative.startswith("wice")
            if joined < at or deputy:
                yield write_role(scene, other)
            return


def _read_after(scene: Scene, person: NamedPerson) -> Iterator[str]:
    """Give the roles in apposition to a name: after a comma or a dash, or in brackets."""
    words, at = scene.words, person.end
    if not scene.continues(at + 1, person.first):
        return
    mark = words[at].text
    if mark in load_role_words().copulas and "nom" in person.cases:
        yield from _read_predicate(scene, read_starting_at(scene, at + 1))
    if mark not in {",", "("} and mark not in _DASHES:
        return
    found: list[str] = []
    at += 1
    while True:
        phrase, once = _read_apposed(scene, at, person)
        if phrase is None:
            return
        found.append(" ".join(filter(None, [once, write_role(scene, phrase)])))
        following = phrase.end
        if not (scene.continues(following, at) and words[following].text in {*AND, "a"}):
            break
        if mark == "," and not phrase.is_bare and not _is_closed(scene, following):
            return
        at = following + 1
    if _is_border(scene, following):
        yield from found


def _read_predicate(scene: Scene, phrases: Iterator[RolePhrase]) -> Iterator[str]:
    """Give the role that somebody "is" or "became": the first that stands in the instrumental."""
    for phrase in phrases:
        if (phrase.noun.number, phrase.noun.case) == ("sg", "inst"):
            yield write_role(scene, phrase)
            return


def _read_apposed(scene: Scene, at: int, person: NamedPerson) -> tuple[RolePhrase | None, str]:
    """Give the role that begins at a word, and what says before it that it is past."""
    known, once = load_role_words(), ""
    while scene.continues(at, person.first) and scene.words[at].text in known.once | known.now:
        once = scene.words[at].text if scene.words[at].text in known.once else once
        at += 1
    for phrase in read_starting_at(scene, at):
        if phrase.noun.number == "sg" and person.agrees(phrase):
            return phrase, once
    return None, ""


def _is_closed(scene: Scene, at: int) -> bool:
    """Tell whether a comma closes what "i" continues: of a list of persons it would not."""
    for word in scene.words[at + 1 : at + 1 + LONGEST]:
        if word.sentence != scene.words[at].sentence or word.text in AND:
            return False
        if word.text in {",", ")"}:
            return True
    return False


def _skip_titles(scene: Scene, first: int) -> int:
    """Give where the titles before a name begin: "gen.", "pan", "dr"."""
    known, words, at = load_role_words(), scene.words, first
    while scene.continues(at - 1, first):
        dotted = words[at - 1].text == "." and scene.continues(at - 2, first)
        title = words[at - 1 - dotted]
        if not title.text.islower() or not (title.sense.lemmas | {title.text}) & known.titles:
            break
        at -= 1 + dotted
    return at


def _suits(scene: Scene, phrase: RolePhrase, person: NamedPerson) -> bool:
    """Tell whether a role before a name is the named person's, not of somebody at his service."""
    if not person.agrees(phrase):
        return False
    if "gen" not in person.cases or phrase.acting:
        return True
    known, last = load_role_words(), scene.words[phrase.end - 1].sense.lemmas
    if phrase.end - 1 > phrase.head and scene.words[phrase.end - 2].text in PLACES:
        return not last & (known.within | known.possessed)
    personal = phrase.noun.nominative in known.personal
    return not (personal and (phrase.end == phrase.head + 1 or last & known.possessed))


def _is_verb(scene: Scene, at: int) -> bool:
    """Tell whether a word is a finite verb and nothing else."""
    return scene.continues(at, at - 1) and scene.words[at].sense.parts_of_speech <= {"fin", "praet"}


def _is_border(scene: Scene, at: int) -> bool:
    """Tell whether an apposition may end before a word."""
    return not scene.continues(at, at - 1) or scene.words[at].text in _BORDERS
