"""Which mentions of a document are one actor, and what the actor is called.

Persons: full names with the same nominative, or the same known person, are one; a
surname alone is the last person before it with that surname. Organisations: names with
the same nominative, and acronyms with the name that the document gives before them.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.actors.acronyms import find_initials
from corpus.actors.aliases import KnownActors, surname_of
from corpus.actors.companies import restore_company
from corpus.actors.generic_names import join_generic_names
from corpus.actors.mentions import Mention
from corpus.actors.name_forms import list_name_forms
from corpus.actors.name_weights import must_decline
from corpus.actors.nominative import restore_nominative, restore_nominatives
from corpus.actors.persons import could_be_surname
from corpus.actors.state_bodies import find_bearer, list_bearers, shorten_body
from corpus.actors.words import Word
from corpus.identifiers import slugify
from corpus.morphology import analyse

_SHORTEST_COMPANY = 4

Named = tuple[Mention, str, str]


def cluster_persons(
    mentions: Sequence[Mention],
    passages: Sequence[Sequence[Word]],
    attested: Mapping[str, int],
    organisations: Sequence[Mention],
    known: KnownActors,
) -> tuple[Named, ...]:
    """Give every mention of a person with the person's id and name.

    Words of the passages that repeat the surname of a person named in full become
    mentions too, unless an organisation has them; a word alone that repeats the name of a
    company which the document announces is no person.
    """
    attested = Counter(attested)
    attested.update(known.names_of_persons)
    full = [mention for mention in mentions if not mention.bare]
    restored = restore_nominatives(
        [(mention.words, dict(mention.expected)) for mention in full], attested
    )
    names = {mention: found.name for mention, found in zip(full, restored, strict=True)}
    genders = {found.name: found.gender for found in restored}
    identities = {name: _identify_person(name, known) for name in names.values()}
    display = _choose_names(names.values(), identities)
    named: list[Named] = [
        (mention, identities[name], display[identities[name]]) for mention, name in names.items()
    ]
    surnames = _index_surnames(names)
    bare = [
        part for mention in mentions if mention.bare for part in _split_mention(mention, surnames)
    ]
    bare += _find_repeated(passages, [*full, *bare, *organisations], surnames, known)
    announced = _list_announced(organisations)
    for mention in bare:
        if _read_announced(mention.surface, announced) and not _bears(mention, surnames):
            continue
        name = _resolve_bare(mention, surnames, genders, attested, known)
        if name:
            identity = identities.get(name) or _identify_person(name, known)
            named.append((mention, identity, display.get(identity, name)))
    return tuple(named)


def cluster_organisations(
    mentions: Sequence[Mention],
    passages: Sequence[Sequence[Word]],
    covered: Iterable[Mention],
    known: KnownActors,
) -> tuple[Named, ...]:
    """Give every mention of an organisation with the organisation's id and name.

    Words that repeat a one-word name which the document announced once ("koncern Norsk")
    become mentions too, unless a mention in `covered` has them.
    """
    explained = {
        **find_initials(mention.name for mention in mentions),
        **{m.acronym: m.name for m in mentions if m.acronym},
    }
    announced = _list_announced(mentions)
    repeated = _find_announced(passages, [*mentions, *covered], announced)
    names_in: dict[int, set[str]] = defaultdict(set)
    for mention in mentions:
        names_in[mention.passage].add(mention.name)
    bearers = {passage: list_bearers(names) for passage, names in names_in.items()}
    in_document = list_bearers(mention.name for mention in mentions)
    every: list[tuple[Mention, str]] = []
    for mention in [*mentions, *repeated]:
        name = explained.get(mention.name, mention.name)
        alias = known.organisation(name) or known.organisation(mention.acronym)
        name = alias.names[0] if alias is not None else name
        name = find_bearer(name, bearers.get(mention.passage, {}), in_document)
        if name:
            every.append((mention, name))
    named: list[Named] = []
    display: dict[str, str] = {}
    for mention, name in join_generic_names(every, known):
        identity = slugify(shorten_body(name))
        named.append((mention, identity, display.setdefault(identity, name)))
    return tuple(named)


def _identify_person(name: str, known: KnownActors) -> str:
    alias = known.person(name)
    return slugify(alias.names[0] if alias is not None else name)


def _choose_names(names: Iterable[str], identities: Mapping[str, str]) -> dict[str, str]:
    """Give each person the spelling that the document uses most."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        counts[identities[name]][name] += 1
    return {identity: spellings.most_common(1)[0][0] for identity, spellings in counts.items()}


def _index_surnames(names: Mapping[Mention, str]) -> dict[str, list[tuple[Mention, str]]]:
    surnames: dict[str, list[tuple[Mention, str]]] = defaultdict(list)
    for mention, name in sorted(names.items(), key=lambda item: (item[0].passage, item[0].start)):
        for word in {surname_of(name), name.rpartition(" ")[2]}:
            surnames[word].append((mention, name))
    return surnames


def _find_repeated(
    passages: Sequence[Sequence[Word]],
    mentions: Sequence[Mention],
    surnames: Mapping[str, object],
    known: KnownActors,
) -> Iterator[Mention]:
    """Find the words that repeat a surname and are not part of a mention yet."""
    for passage, word in _list_free_words(passages, mentions):
        if not could_be_surname(word):
            continue
        for start, part in _split_names(word):
            forms = {form.form for form in list_name_forms(part)}
            if forms & surnames.keys() or any(map(known.person_by_surname, forms)):
                yield Mention("person", passage, start, start + len(part), part, (part,), bare=True)


def _split_mention(mention: Mention, surnames: Container[str]) -> Iterator[Mention]:
    """Give two mentions for two known surnames joined by a hyphen, else the mention itself."""
    start, parts = mention.start, mention.surface.split("-")
    both = len(parts) == 2 and all(
        any(form.form in surnames for form in list_name_forms(part)) for part in parts
    )
    for part in parts if both else [mention.surface]:
        yield replace(mention, start=start, end=start + len(part), surface=part, words=(part,))
        start += len(part) + 1


def _split_names(word: Word) -> Iterator[tuple[int, str]]:
    """Give the names that a hyphen may join, with their places: "Nowak-Kowalski"."""
    start = word.start
    for part in word.text.split("-"):
        if part[:1].isupper():
            yield start, part
        start += len(part) + 1


def _find_announced(
    passages: Sequence[Sequence[Word]], mentions: Sequence[Mention], announced: Container[str]
) -> Iterator[Mention]:
    """Find the unknown words that repeat the one-word name of an organisation."""
    for passage, word in _list_free_words(passages, mentions):
        name = _read_announced(word.text, announced)
        if name:
            text = word.text
            yield Mention("organisation", passage, word.start, word.end, text, (text,), name)


def _list_announced(organisations: Iterable[Mention]) -> frozenset[str]:
    """Give the names of one word that the dictionary does not know."""
    return frozenset(m.name for m in organisations if len(m.words) == 1 and not analyse(m.words[0]))


def _read_announced(text: str, announced: Container[str]) -> str:
    """Give the announced name that an unknown word is a form of, or nothing."""
    if len(text) < _SHORTEST_COMPANY or analyse(text):
        return ""
    forms = [restore_company(text), *(form.form for form in list_name_forms(text))]
    return next((form for form in forms if form in announced), "")


def _bears(mention: Mention, surnames: Container[str]) -> bool:
    """Tell whether a word may be the surname of a person named in full."""
    return any(form.form in surnames for form in list_name_forms(mention.words[0]))


def _list_free_words(
    passages: Sequence[Sequence[Word]], mentions: Iterable[Mention]
) -> Iterator[tuple[int, Word]]:
    """Give the capitalised words that are in no mention, with the number of their passage."""
    covered: dict[int, set[int]] = defaultdict(set)
    for mention in mentions:
        covered[mention.passage].update(range(mention.start, mention.end))
    for passage, words in enumerate(passages):
        taken = covered[passage]
        for word in words:
            if word.is_capital and word.start not in taken:
                yield passage, word


def _resolve_bare(
    mention: Mention,
    surnames: Mapping[str, Sequence[tuple[Mention, str]]],
    genders: Mapping[str, str],
    attested: Mapping[str, int],
    known: KnownActors,
) -> str:
    """Give the full name that one word stands for, or the word's own nominative."""
    forms = sorted({form.form for form in list_name_forms(mention.words[0])})
    bearers = [
        (place, name)
        for form in forms
        for place, name in surnames.get(form, ())
        if _suits(mention, form, genders.get(name, "?"))
    ]
    alias = next((a for a in map(known.person_by_surname, forms) if a is not None), None)
    if alias is not None:
        same = [name for _, name in bearers if known.person(name) is alias]
        if same or not bearers:
            return same[0] if same else alias.names[0]
    if bearers:
        place = (mention.passage, mention.start)
        before = [name for m, name in bearers if (m.passage, m.start) < place]
        return before[-1] if before else bearers[0][1]
    return restore_nominative(mention.words, dict(mention.expected), attested).name


def _suits(mention: Mention, surname: str, gender: str) -> bool:
    """Tell whether a surname alone may stand for the man or the woman of a couple.

    "Nordena" is of the man only, "o Norden" of the woman only.
    """
    word = mention.words[0]
    if gender == "f" and word != surname:
        forms = list_name_forms(word)
        return any(form.form == surname and form.gender != "m" for form in forms)
    if gender == "m" and word == surname and must_decline(word):
        cases = {case for case, weight in mention.expected if weight >= 1.0}
        return not cases or "nom" in cases
    return True
