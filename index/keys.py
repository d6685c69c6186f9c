"""What a word is found by: the keys of a form, whichever way it is inflected.

A key is a kind, a colon and a value:

    l:ukraina        a lemma of the dictionary
    p:tokunaga       stem of a word the dictionary does not know, by Stempel (Polimorf)
    s:tokunag        the same by Snowball; two words are the same by the same kind only
    n:tokunag        the same by the case endings of names, when it is capitalised
    v:krld           digits and acronyms, verbatim but for letter case
    w:jong-un        a hyphenated word as a whole; its parts have keys of their own
    c:KP  a:kim      a country or an actor named here (see `index.analysis`)
"""

from functools import cache, lru_cache

import Stemmer

from corpus.morphology import Reading, analyse, analyse_compound_part, is_known
from index.name_stem import stem_name
from index.stempel import FlatStemmer, load_stemmer
from index.tokenizer import unify_marks

_CACHED_FORMS = 50_000
_SHORTEST_SHOUTED_WORD = 5
_LONGEST_ACRONYM = 6
_SHORTEST_STEMMED_WORD = 4

_NO_WORDS = ("romandig", "dig", "interp")
_WEAK_TAGS = ("impt", "adjp", "adja", "brev", "ger", "pact", "ppas")
_PERSONAL = frozenset({"imię", "nazwisko"})
_ARCHAIC = ("daw.", "przest.", "arch.", "rzad.")
_ENDINGS_AFTER_APOSTROPHE = frozenset(
    {*"auyiem", "ie", "owi", "em", "iem", "ów", "om", "ami", "ach"}
    | {"mu", "go", "ego", "emu", "ym", "im", "owie"}
)


@lru_cache(maxsize=_CACHED_FORMS)
def keys_of(form: str, shouted: bool = False) -> tuple[str, ...]:
    """Give every key of a form as it stands in a text, sorted.

    `shouted` says that the text around it is all capitals, so that capitals mean nothing.
    """
    if form.isalpha() and form[1:].islower():
        return tuple(sorted(_word_keys(form)))
    parts = split_compound(form)
    if len(parts) == 1:
        return tuple(sorted(_simple_keys(parts[0], shouted)))
    keys = {key for number in range(len(parts)) for key in part_keys(parts, number, shouted)}
    return tuple(sorted(keys | set(whole_keys(parts, shouted))))


@lru_cache(maxsize=_CACHED_FORMS)
def split_compound(form: str) -> tuple[str, ...]:
    """Give the parts of a hyphenated form; one part for a plain or an inflected acronym.

    >>> split_compound("japońsko-rosyjski"), split_compound("ONZ-etu")
    (('japońsko', 'rosyjski'), ('ONZ',))
    """
    parts = tuple(unify_marks(form).split("-"))
    if len(parts) == 2 and is_acronym(parts[0]) and len(parts[1]) <= 6 and parts[1].islower():
        return parts[:1]
    return parts


def part_keys(parts: tuple[str, ...], number: int, shouted: bool = False) -> frozenset[str]:
    """Give the keys of one part of a compound.

    The first ones may stand for adjectives; what follows a capital is a name's last part
    ("Jae-ina").
    """
    part = parts[number]
    if is_acronym(part) or not part.isalpha():
        return _simple_keys(part, shouted)
    if number == len(parts) - 1:
        named = parts[0][:1].isupper() and part.islower()
        name = {f"n:{stem_name(part)}"} if named else frozenset()
        return _simple_keys(part, shouted) | name
    adjectives = frozenset(f"l:{lemma}" for lemma in _adjectives(part.lower()))
    if adjectives and (shouted or part.islower()):
        return adjectives
    return adjectives | _simple_keys(part, shouted)


def judge_readings(form: str) -> tuple[tuple[Reading, bool], ...]:
    """Give every reading of a form, in each letter case, and whether a key is made of it.

    >>> [(reading.lemma, kept) for reading, kept in judge_readings("Mińsku")]
    [('Mińsk', True), ('Mińsk', False), ('miński', False)]
    """
    spellings = dict.fromkeys((form, form.lower(), form.lower().capitalize(), f"{form.lower()}."))
    every = dict.fromkeys(reading for spelling in spellings for reading in analyse(spelling))
    kept = _kept_readings(form)
    return tuple((reading, reading in kept) for reading in every)


def whole_keys(parts: tuple[str, ...], shouted: bool = False) -> tuple[str, ...]:
    """Give the keys of a compound as one word: the first parts as spelt, the last by its keys."""
    head = "-".join(parts[:-1]).lower()
    last = (key.partition(":") for key in part_keys(parts, len(parts) - 1, shouted))
    return tuple(sorted({f"w:{head}-{value}" for kind, _, value in last if kind != "p"}))


def is_acronym(form: str) -> bool:
    """Tell whether capitals make the form an acronym: USA, PiS, but not McCain or W."""
    if sum(map(str.isupper, form)) < 2 or not form.isalnum():
        return False
    mixed = len(form) <= _LONGEST_ACRONYM and form[0].isupper() and form[-1].isupper()
    return mixed or form.isupper()


def _simple_keys(form: str, shouted: bool) -> frozenset[str]:
    head, apostrophe, ending = form.rpartition("'")
    if apostrophe:
        if ending.lower() in _ENDINGS_AFTER_APOSTROPHE:
            return _simple_keys(head.replace("'", ""), shouted)
        inner = (_simple_keys(piece, shouted) for piece in form.split("'") if len(piece) > 2)
        return frozenset(_word_keys(form.replace("'", ""))).union(*inner)
    if any(map(str.isdigit, form)):
        return frozenset((f"v:{form.lower()}",))
    if is_acronym(form):
        return _acronym_keys(form, shouted)
    return _word_keys(form)


def _acronym_keys(form: str, shouted: bool) -> frozenset[str]:
    """Give the form verbatim, and the keys of the word that it may only look unlike.

    A form that the dictionary has in capitals (KRLD) is no other word; among capitals, or
    when long enough, another one may be a word written in capitals (ROSJA).
    """
    verbatim = frozenset((f"v:{form.lower()}",))
    if any(reading.lemma == form for reading in analyse(form)):
        return verbatim
    lowered = form.lower()
    if shouted or (len(form) >= _SHORTEST_SHOUTED_WORD and _lemmas(lowered)):
        return verbatim | _word_keys(lowered) | _word_keys(lowered.capitalize())
    return verbatim


def _word_keys(form: str) -> frozenset[str]:
    """Give the keys of a plain word: its lemmas, or else its stems.

    A capitalised word may be a name that the dictionary does not know, even if it knows
    the form: "Kima" is also slang for sleep, "Marka" also of Marek and not of Mark.
    """
    lowered = form.lower()
    lemmas = _lemmas(form)
    keys = {f"l:{lemma}" for lemma in lemmas}
    names = _names(form) if form[:1].isupper() else None
    if names is not None and (not names or names & _PERSONAL):
        keys.add(f"n:{stem_name(lowered)}")
    if not lemmas or (names is not None and not names):
        keys.add(f"s:{_snowball().stemWord(lowered)}")
    if not lemmas and len(form) >= _SHORTEST_STEMMED_WORD:
        keys.add(f"p:{_polimorf().stem(lowered) or lowered}")
    return frozenset(keys)


def _names(form: str) -> frozenset[str]:
    """Give what the dictionary says that a capitalised form names; nothing for a mere word."""
    usable = (reading for reading in analyse(form) if _is_usable(reading, form))
    named = (reading for reading in usable if reading.lemma[:1].isupper())
    return frozenset(kind for reading in named for kind in (*reading.names, "nazwa"))


def _lemmas(form: str) -> frozenset[str]:
    """Give the lower-cased lemmas of a form, in its own case if the dictionary has it so.

    Vocatives, imperatives, archaisms, gerunds and participles count only where nothing
    else is left ("Mińsku" is Mińsk, not "po mińsku").
    """
    return frozenset(reading.lemma.lower() for reading in _kept_readings(form))


def _kept_readings(form: str) -> list[Reading]:
    lowered = form.lower()
    cases = (form, lowered, lowered.capitalize()) if is_known(form) else ()
    for spelling in dict.fromkeys((*cases, f"{lowered}.")):
        readings = [reading for reading in analyse(spelling) if _is_usable(reading, spelling)]
        if readings:
            strong = [reading for reading in readings if not _is_weak(reading.tag, reading.labels)]
            return strong or readings
    return []


def _is_usable(reading: Reading, spelling: str) -> bool:
    """Tell whether a reading names a word at all: no digits ("Xi" for XI), no whole titles."""
    if reading.tag.startswith(_NO_WORDS):
        return False
    if spelling.endswith(".") and not reading.tag.startswith("brev"):
        return False
    return " " not in reading.lemma and "|" not in reading.lemma


@cache
def _is_weak(tag: str, labels: tuple[str, ...]) -> bool:
    if tag.startswith(_WEAK_TAGS) or ":voc" in tag.replace(".voc", ""):
        return True
    return any(label.startswith(_ARCHAIC) for label in labels)


@lru_cache(maxsize=_CACHED_FORMS)
def _adjectives(part: str) -> tuple[str, ...]:
    """Give the adjectives that a part before a hyphen stands for, those built alike included."""
    readings = analyse_compound_part(part)
    if not readings and part.endswith("o"):
        candidates = (analyse(part[:-1] + ending) for ending in ("i", "y"))
        readings = tuple(r for found in candidates for r in found if r.pos == "adj")
    return tuple(sorted({reading.lemma.lower() for reading in readings}))


@cache
def _polimorf() -> FlatStemmer:
    return load_stemmer()


@cache
def _snowball() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("polish")
