"""What the learned recogniser sees in one word form: its class, stem, lemmas, names and shape."""

import re
from functools import lru_cache

from corpus.actors.words import describe_form
from corpus.morphology import analyse

_FORMS = 200_000
_SHAPES = 50_000
_NAMES = {
    "imię": "given",
    "nazwisko": "surname",
    "nazwa_geograficzna": "place",
    "nazwa_organizacji": "organisation",
    "nazwa_instytucji": "institution",
    "nazwa_firmy": "company",
    "nazwa_własna": "proper",
    "nazwa_pospolita": "common",
    "nazwa_osobowa": "inhabitant",
}
_VERBS = frozenset({"fin", "praet", "inf", "impt", "bedzie", "imps"})
_ENDING = re.compile(
    r"(?<=\w{3})(?:owie|owi|iego|iemu|ego|emu|iem|em|ami|ach|om|ów|ie|im|ym|[aąeęiouy])$"
)


@lru_cache(maxsize=_FORMS)
def stem_word(form: str) -> str:
    """Give what the inflected forms of a word mostly share: its lemma, else it without ending."""
    readings = analyse(form)
    if readings:
        return readings[0].lemma.lower()
    bare = form.replace("’", "'").partition("'")[0]
    if form.isupper():
        return bare.lower()
    stem, hyphen, ending = bare.partition("-")
    if hyphen and stem.isupper() and ending.islower():
        return stem.lower()
    return _ENDING.sub("", bare.lower())


@lru_cache(maxsize=_FORMS)
def classify(form: str) -> str:
    """Give the one class of a form; classes of capitalised words have a capital."""
    if not form[0].isalpha():
        return "number" if form.isdigit() else form
    sense = describe_form(form)
    parts = sense.parts_of_speech
    if form[0].isupper():
        if len(form) > 1 and form.isupper():
            return "Acronym"
        if len(form) == 2 and form[1] == ".":
            return "Initial"
        for kind, holds in (
            ("GivenSurname", sense.given and sense.surname),
            ("Given", sense.given),
            ("Head", sense.head),
            ("PlaceSurname", sense.place and sense.surname),
            ("Place", sense.place),
            ("Organisation", sense.organisation),
            ("Role", sense.role),
            ("FamilyFirst", sense.family_first),
            ("CommonSurname", sense.surname and bool(analyse(form.lower()))),
            ("Surname", sense.surname),
            ("Foreign", sense.foreign_word),
            ("UnknownCompound", not sense.known and "-" in form),
            ("Adjective", sense.adjective),
            ("Unknown", not sense.known and not analyse(form.lower())),
        ):
            if holds:
                return kind
        return "Capital"
    for kind, holds in (
        ("role", sense.role),
        ("head", sense.head),
        ("preposition", "prep" in parts),
        ("adjective", sense.adjective),
        ("conjunction", "conj" in parts),
        ("unknown", not sense.known),
        ("verb", bool(parts & _VERBS)),
        ("noun", "subst" in parts),
    ):
        if holds:
            return kind
    return "other"


@lru_cache(maxsize=_FORMS)
def list_lemmas(form: str) -> tuple[str, ...]:
    readings = analyse(form) or analyse(form.lower())
    return tuple(dict.fromkeys(reading.lemma.lower() for reading in readings))[:3]


@lru_cache(maxsize=_FORMS)
def read_names(form: str) -> str:
    """Give what the dictionary says that a form names."""
    names = {part for r in analyse(form) for name in r.names for part in name.split("|")}
    return "+".join(sorted({_NAMES.get(name, "other") for name in names}))


@lru_cache(maxsize=_SHAPES)
def read_shape(form: str) -> str:
    """Give the pattern of capitals, small letters and digits, runs shortened."""
    shape = ""
    for char in form:
        kind = "d" if char.isdigit() else "X" if char.isupper() else "x" if char.isalpha() else char
        shape += "" if shape.endswith(kind) else kind
    return shape
