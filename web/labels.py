"""What the values of documents are called in the two languages."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from babel import Locale

from search.results import Bucket, Match
from search.values import MISSING
from web.days import name_period
from web.languages import Language, load_translations, locale_of

_PAIR = re.compile(r"[A-Z]{2}-[A-Z]{2}")


def N_(message: str) -> str:  # noqa: N802 - the name by which catalogues find such words
    """Mark words of a table for translation; they are translated when they are shown."""
    return message


FACET_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "pair": N_("Country pairs"),
        "country": N_("Countries"),
        "actor": N_("People and organisations"),
        "kind": N_("Kind"),
        "document": N_("Document"),
        "source": N_("Source"),
    }
)
FILTER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "pair": N_("pair"),
        "country": N_("country"),
        "actor": N_("actor"),
        "kind": N_("kind"),
        "document": N_("document"),
        "source": N_("source"),
    }
)
_PASSAGE_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "event": N_("event"),
        "conclusion": N_("conclusion"),
        "comment": N_("comment"),
        "lead": N_("lead"),
        "section": N_("section"),
        "paragraph": N_("paragraph"),
        "note": N_("note"),
    }
)
_DOCUMENT_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "monitor": N_("monitor"),
        "bulletin": N_("bulletin"),
        "text": N_("text"),
    }
)
_CONFIDENCE: Mapping[str, str] = MappingProxyType(
    {
        "exact": N_("certain: the document links these very words"),
        "order": N_("matched by its order on the page"),
        "guess": N_("probable: several passages could own this link"),
    }
)
_PUBLISHED_FROM: Mapping[str, str] = MappingProxyType(
    {
        "sidecar": N_("from the description beside the file"),
        "metadata": N_("from the file’s metadata"),
        "text": N_("from the text"),
        "links": N_("from the links to the sources"),
        "none": N_("not known"),
    }
)
# Where the official name is too long to stand in a pair.
_SHORT_COUNTRIES: Mapping[str, str] = MappingProxyType(
    {
        "US": N_("USA"),
        "GB": N_("UK"),
        "KR": N_("South Korea"),
        "KP": N_("North Korea"),
        "AE": N_("UAE"),
        "BA": N_("Bosnia"),
    }
)


def name_country(code: str, language: Language, *, short: bool = False) -> str:
    """Give a country's name from CLDR; a code that CLDR does not know stands for itself."""
    if short and code in _SHORT_COUNTRIES:
        return load_translations(language).gettext(_SHORT_COUNTRIES[code])
    return str(Locale.parse(locale_of(language)).territories.get(code, code))


def name_pair(pair: str, language: Language) -> str:
    """Give a pair of countries: `Japonia – Rosja` for `JP-RU`."""
    names = (name_country(code, language, short=True) for code in pair.split("-"))
    return " – ".join(names)


def name_kind(kind: str, language: Language) -> str:
    return _translate(_PASSAGE_KINDS, kind, language)


def name_document_kind(kind: str, language: Language) -> str:
    return _translate(_DOCUMENT_KINDS, kind, language)


def name_confidence(confidence: str, language: Language) -> str:
    return _translate(_CONFIDENCE, confidence, language)


def name_published_from(origin: str, language: Language) -> str:
    return _translate(_PUBLISHED_FROM, origin, language)


def name_bucket(field: str, bucket: Bucket, language: Language) -> str:
    """Give the words for one value of a facet."""
    return bucket.label or name_value(field, bucket.value, language)


def name_value(field: str, value: str, language: Language) -> str:
    """Give the words for a value of a field when nobody else has named it."""
    if value == MISSING:
        return load_translations(language).gettext("none")
    match field:
        case "pair":
            return name_pair(value, language)
        case "country" | "mentioned":
            return name_country(value, language)
        case "kind":
            return name_kind(value, language)
        case "date":
            return name_period(value, language)
        case _:
            return value


def name_met(match: Match, language: Language) -> str:
    """Give what a word of the query was found by."""
    countries = (name_country(code, language) for code in match.countries)
    return ", ".join((*match.keys, *countries))


def name_shared(shared: Iterable[str], language: Language) -> list[str]:
    """Give what two passages have in common, each once: no word of a name that is there whole."""
    names: list[str] = []
    for value in shared:
        name = name_pair(value, language) if _PAIR.fullmatch(value) else value
        if not any(name.casefold() in other.casefold() for other in names):
            names.append(name)
    return names


def _translate(names: Mapping[str, str], value: str, language: Language) -> str:
    name = names.get(value)
    return load_translations(language).gettext(name) if name else value
