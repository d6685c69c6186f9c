"""Names that tell no body from another, "Komisja" or "Komitet Centralny": whose they are."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from corpus.actors.aliases import KnownActors
from corpus.actors.lexicon import load_lexicon
from corpus.actors.mentions import Mention
from corpus.actors.words import describe_form


def join_generic_names(
    named: Iterable[tuple[Mention, str]], known: KnownActors
) -> Iterator[tuple[Mention, str]]:
    """Give mentions of organisations with their names, in order, the generic ones by a full name.

    A generic name is that of the last organisation before it whose name has its words, as
    "Komisja" after "Komisja Europejska"; without one it is nobody's, and left out.
    """
    latest: dict[str, tuple[str, frozenset[str]]] = {}
    for mention, name in sorted(named, key=lambda each: (each[0].passage, each[0].start)):
        if is_generic(name):
            words = _list_words(name)
            fuller = [latest[word] for word in words if word in latest]
            full = next((other for other, its in fuller if words < its), "")
            if full:
                yield mention, full
            continue
        yield mention, name
        alias = known.organisation(name)
        for spelling in alias.names if alias is not None else (name,):
            words = _list_words(spelling)
            latest.update(dict.fromkeys(words, (name, words)))


@lru_cache(maxsize=20_000)
def is_generic(name: str) -> bool:
    """Tell whether a name is a head noun alone, or with adjectives that say nothing.

    >>> [is_generic(name) for name in ("Komisja", "Komitet Centralny", "Sejm", "Komitet Nauki")]
    [True, True, False, False]
    """
    lexicon = load_lexicon()
    lemmas = [describe_form(word).lemmas for word in name.split(" ")]
    heads = [own for own in lemmas if own & lexicon.heads]
    return len(heads) == 1 and all(
        own & lexicon.generic or (own & lexicon.heads and not own & lexicon.unique_heads)
        for own in lemmas
    )


@lru_cache(maxsize=20_000)
def _list_words(name: str) -> frozenset[str]:
    return frozenset(name.casefold().split())
