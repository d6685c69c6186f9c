"""What an address says by itself: countries, words, dates, rubric."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from babel import Locale

from corpus.identifiers import slugify

_LINK_LINE = re.compile(
    r"(?:\[?(?P<number>\d{1,3})[\].)]?\s+|[•–-]\s+|(?:źródł[oa]|linki?|więcej|url)\s?:\s*)?"
    r"(?P<url>(?:https?://|www\.)\S+)",
    re.IGNORECASE,
)
_BROKEN_URL = re.compile(r"(?:https?://|www\.)\S+[-/]$", re.IGNORECASE)
_REST_OF_URL = re.compile(
    r"(?!https?://|www\.)(?=\S*\w(?:[/_=?&%#~]|\.[a-z]|-\S*-)\S|\S*\w-\S*\d|\d\S*-)"
    r"[A-Za-z0-9._~:/?#@!$&'*+,;=%()-]*[A-Za-z0-9/=_-](?=\s|[.,;:)\]]+\s|[.,;:)\]]*$)(?<![.,;:])",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[/._-]?)(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")
_MIN_WORD_CHARS = 4
_SKELETON = (
    ("sz", "s"), ("sh", "s"), ("cz", "h"), ("ch", "h"), ("kh", "h"), ("zh", "z"), ("rz", "z"),
    ("ph", "f"), ("ck", "k"), ("x", "ks"), ("w", "v"), ("y", "i"), ("j", "i"), ("c", "k"),
    ("ii", "i"), ("h", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class UrlWords:
    """Words for countries and rubrics, by word."""

    countries: dict[str, str]
    rubrics: dict[str, tuple[str, ...]]
    domains: dict[str, str]
    generic: frozenset[str]
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class UrlEvidence:
    """What an address says of its page.

    `hosted` is the country of its domain, `named` those of its words; `days` are full
    dates in it, `years` the years that stand in it otherwise; `rubric` are beginnings of
    Polish words that go with its rubric.
    """

    hosted: str
    named: frozenset[str]
    words: frozenset[str]
    days: tuple[date, ...]
    years: tuple[int, ...]
    rubric: tuple[str, ...]


@cache
def load_url_words() -> UrlWords:
    data = tomllib.loads(files("corpus").joinpath("data/urls.toml").read_text("utf-8"))
    territories = {
        code: name
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code.isalpha()
    }
    countries = {slugify(name): code for code, name in territories.items()}
    for code, words in data["countries"].items():
        countries.update(dict.fromkeys(words, code))
    return UrlWords(
        countries=countries,
        rubrics={
            word: tuple(rubric["stems"]) for rubric in data["rubric"] for word in rubric["words"]
        },
        domains={code.lower(): code for code in territories} | data["domains"]["aliases"],
        generic=frozenset(data["domains"]["generic"]),
        languages=frozenset(data["domains"]["languages"]),
    )


@lru_cache(maxsize=4096)
def read_url(url: str) -> UrlEvidence:
    """Give what an address says; never raises, whatever the address is."""
    known = load_url_words()
    host, path = _split_url(url)
    labels = host.removeprefix("www.").split(".")
    hosted = "" if labels[-1] in known.generic else known.domains.get(labels[-1], "")
    named = _find_countries("-".join(labels[:-1]))
    slug = slugify(path)
    # "ua.embassy.example", and the "ua-pl" of a site with a part for each country and language.
    marks = [labels[0]] if len(labels) > 2 else []
    marks += re.findall(r"/(\w\w)-\w\w(?=/)", path)
    named |= {
        known.domains[mark]
        for mark in marks
        if mark in known.domains and mark not in known.languages
    }
    days, years = _find_dates(path)
    return UrlEvidence(
        hosted=hosted,
        named=frozenset(named | _find_countries(slug)),
        words=frozenset(
            skeleton(word)
            for word in slug.split("-")
            if len(word) >= _MIN_WORD_CHARS and word.isalpha()
        ),
        days=days,
        years=years,
        rubric=tuple(stem for word in slug.split("-") for stem in known.rubrics.get(word, ())),
    )


def skeleton(word: str) -> str:
    """Fold a word so that its spellings in Polish, English and transliteration meet.

    >>> skeleton("Szewczenko") == skeleton("Shevchenko")
    True
    """
    folded = slugify(word)
    for spelling, sound in _SKELETON:
        folded = folded.replace(spelling, sound)
    return re.sub(r"(.)\1", r"\1", folded)


def link_url(line: str) -> str:
    """Give the URL of a line that is nothing else, but for a footnote's number."""
    found = _LINK_LINE.fullmatch(line)
    return found["url"] if found else ""


def link_number(line: str) -> str:
    """Give the footnote's number before the URL of such a line, empty without one."""
    found = _LINK_LINE.fullmatch(line)
    return (found["number"] or "") if found else ""


def goes_on_url(before: str, after: str) -> int:
    """Give how much of a line goes on with the URL that the line before ends with.

    The URL must be broken off at a hyphen or a slash, and what follows must look like the
    rest of one: signs of an address inside, no end of a sentence.
    """
    if not _BROKEN_URL.search(before):
        return 0
    rest = _REST_OF_URL.match(after)
    return rest.end() if rest else 0


def url_host(url: str) -> str:
    """Give the host of an address, empty for one that has none."""
    return _split_url(url)[0]


def _split_url(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host = parts.hostname or ""
    except ValueError:
        return "", ""
    return host, unquote(parts.path) + "/" + unquote(parts.fragment)


def _find_countries(slug: str) -> set[str]:
    """Give the countries whose names stand in a slug, the longest names first."""
    countries = load_url_words().countries
    words = slug.split("-")
    found: set[str] = set()
    at = 0
    while at < len(words):
        for length in (3, 2, 1):
            code = countries.get("-".join(words[at : at + length]))
            if code and at + length <= len(words):
                found.add(code)
                at += length
                break
        else:
            at += 1
    return found


def _find_dates(path: str) -> tuple[tuple[date, ...], tuple[int, ...]]:
    days: list[date] = []
    rest = path
    for found in _FULL_DATE.finditer(path):
        try:
            days.append(date(int(found["year"]), int(found["month"]), int(found["day"])))
        except ValueError:
            continue
        rest = rest.replace(found[0], " ")
    return tuple(dict.fromkeys(days)), tuple(int(year) for year in _YEAR.findall(rest))
