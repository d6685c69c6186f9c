"""Words for generated passages: real Polish inflection, and one key by which each is found.

An engine that is given stemmed tokens and one that analyses the text itself can only be
compared where both mean the same by a word. So no word is taken whose keys, in any form
and letter case, meet those of a word taken before: its lemma is then its one token.
"""

import json
import random
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import islice, zip_longest
from pathlib import Path
from typing import Literal

import morfeusz2

from corpus.countries.mentions import country_name
from corpus.morphology import analyse, generate
from index.analysis import analyse_word
from index.keys import keys_of

Kind = Literal["function", "word", "name", "country"]

WORDS = 24_000
NAMES = 24_000
MAX_FORMS = 9

_VERSION = 3
_FUNCTION_WORDS = frozenset({"prep", "conj", "comp", "part", "interj"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A word: the token that stands for it, and its forms as they are spelt inside a sentence."""

    token: str
    kind: Kind
    forms: tuple[str, ...]
    code: str = ""


def build_vocabulary(
    words: int = WORDS, names: int = NAMES, *, ambiguous: bool = False
) -> tuple[Entry, ...]:
    """Give the words and names in falling order of frequency, then the countries.

    With `ambiguous` no word is left out because another one shares a form with it, as in
    real texts; other engines then find other passages than Kwerenda.
    """
    chosen = _Chosen(ambiguous=ambiguous)
    countries = [entry for code in _shapes()["countries"] if (entry := _decline_country(code))]
    for entry in countries:
        chosen.claim(entry)
    head = _read_head()
    inflected = (entry for lemma in _derive_lemmas(head) if (entry := _inflect(lemma)))
    known = list(islice(filter(chosen.claim, inflected), words))
    invented = list(islice(filter(chosen.claim, _invent_names()), names))
    common = sum(entry.token in head for entry in known)
    tail = known[common:]
    random.Random(11).shuffle(tail)
    return (*known[:common], *_interleave(tail, invented), *countries)


def read_vocabulary(directory: Path, *, ambiguous: bool = False) -> tuple[Entry, ...]:
    """Give the vocabulary from a folder, where it is kept from one run to the next.

    Making it takes a minute or two.
    """
    kind = "ambiguous" if ambiguous else "single"
    path = directory / f"vocabulary-{_VERSION}-{version('morfeusz2')}-{kind}.json"
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        entries = build_vocabulary(ambiguous=ambiguous)
        rows = [[entry.token, entry.kind, entry.forms, entry.code] for entry in entries]
        path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Entry(token, kind, tuple(forms), code) for token, kind, forms, code in rows)


class _Chosen:
    """The keys and tokens that are taken."""

    def __init__(self, *, ambiguous: bool) -> None:
        self._ambiguous = ambiguous
        self._keys: set[str] = set()
        self._tokens: set[str] = set()

    def claim(self, entry: Entry) -> bool:
        """Take a word, unless another one could be mistaken for it."""
        if entry.token in self._tokens:
            return False
        if not self._ambiguous:
            keys = _all_keys(entry)
            if not self._keys.isdisjoint(keys):
                return False
            self._keys |= keys
        self._tokens.add(entry.token)
        return True


def _all_keys(entry: Entry) -> set[str]:
    """Give every key that a word has in a text, and every key that a query for it has."""
    keys: set[str] = set()
    for form in entry.forms:
        keys.update(keys_of(form), keys_of(form[:1].upper() + form[1:]))
        if form.islower():
            keys.update(analyse_word(form).keys)
    return keys


def _read_head() -> list[str]:
    text = files(__package__).joinpath("data/head.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return list(dict.fromkeys(word for line in lines for word in line.split()))


@cache
def _shapes() -> dict[str, tuple[str, ...]]:
    text = files(__package__).joinpath("data/shapes.toml").read_text(encoding="utf-8")
    return {name: tuple(shapes.split()) for name, shapes in tomllib.loads(text).items()}


def _derive_lemmas(head: Iterable[str]) -> Iterator[str]:
    """Give the head, then what the dictionary knows of words that look like those before.

    They have another beginning, another ending or another letter.
    """
    dictionary = morfeusz2.Morfeusz(expand_tags=False, praet="composite")
    queue = list(head)
    seen = set(queue)
    found = set(queue)
    yield from queue
    for word in queue:  # grows as it is read
        for candidate in _vary(word):
            if candidate in seen:
                continue
            seen.add(candidate)
            for lemma in _lemmas(dictionary, candidate):
                if lemma not in found:
                    found.add(lemma)
                    queue.append(lemma)
                    yield lemma


def _vary(word: str) -> Iterator[str]:
    shapes = _shapes()
    if word.endswith(shapes["verb_endings"]) and len(word) < 10:
        yield from (prefix + word for prefix in shapes["prefixes"])
    for cut in range(4):
        if len(word) - cut >= 3:
            yield from (word[: len(word) - cut] + suffix for suffix in shapes["suffixes"])
    if 3 <= len(word) <= 5:
        yield from (
            word[:at] + letter + word[at + 1 :]
            for at in range(len(word))
            for letter in shapes["letters"]
        )


def _lemmas(dictionary: morfeusz2.Morfeusz, form: str) -> list[str]:
    found: dict[str, None] = {}
    for start, end, (_, lemma, tag, _, _) in dictionary.analyse(form):
        bare = lemma.partition(":")[0]
        if (start, end) == (0, 1) and tag != "ign" and bare.isalpha() and bare.islower():
            found.setdefault(bare)
    return list(found)


def _inflect(lemma: str) -> Entry | None:
    """Give a lemma with some of its forms; none if the dictionary cannot inflect it."""
    key = f"l:{lemma}"
    generated = dict.fromkeys(form.form for form in generate(lemma))
    # Prefixed words are guessed; only what it can also generate is a word.
    if lemma not in generated:
        return None
    forms = [form for form in generated if form.isalpha() and form.islower()]
    if len(forms) > MAX_FORMS:
        forms = random.Random(lemma).sample(forms, MAX_FORMS)
    forms = [form for form in forms if _has_key(form, key)]
    if not forms:
        return None
    readings = analyse(forms[0])
    is_function = any(reading.pos in _FUNCTION_WORDS for reading in readings)
    return Entry(lemma, "function" if is_function else "word", tuple(forms))


def _has_key(form: str, key: str) -> bool:
    """Tell whether a form has a key wherever it stands, and whoever types it."""
    places = (keys_of(form), keys_of(form.capitalize()), analyse_word(form).keys)
    return all(key in keys for keys in places)


def _decline_country(code: str) -> Entry | None:
    name = country_name(code, "pl")
    forms = dict.fromkeys(
        form.form
        for form in generate(name)
        if form.form.isalpha() and ":voc" not in form.reading.tag
    )
    if name not in forms:
        return None
    return Entry(name.lower(), "country", tuple(list(forms)[:6]), code)


def _invent_names() -> Iterator[Entry]:
    """Give names that no dictionary has, declined."""
    chance = random.Random(7)
    shapes = _shapes()
    endings = ("", *shapes["name_endings"])
    seen: set[str] = set()
    while True:
        length = chance.choice((2, 2, 3))
        syllables = [
            chance.choice(shapes["onsets"]) + chance.choice(shapes["vowels"]) for _ in range(length)
        ]
        stem = "".join(syllables) + chance.choice(shapes["codas"])
        if stem in seen or analyse(stem) or analyse(stem.capitalize()):
            continue
        seen.add(stem)
        yield Entry(stem, "name", tuple(stem.capitalize() + ending for ending in endings))


def _interleave(words: list[Entry], names: list[Entry]) -> Iterator[Entry]:
    """Give words and names in turn, the rest of either at the end."""
    for pair in zip_longest(words, names):
        yield from (entry for entry in pair if entry)
