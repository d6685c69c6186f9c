"""What a web page says about itself: meta elements, JSON-LD, time elements."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

_TITLES = ("og:title", "dc.title", "dcterms.title", "citation_title")
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "author")
_DATES = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "citation_publication_date",
    "pubdate",
    "publish-date",
)


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """A page's own words on its title, publisher, language, day and permanent address."""

    title: str
    publisher: str
    language: str
    published: date | None
    source_url: str


def read_page_metadata(root: HtmlElement) -> PageMetadata:
    """Collect what a page declares; nothing is taken from its running text."""
    meta = _read_meta(root)
    linked_data = tuple(_read_linked_data(root))
    return PageMetadata(
        title=_first(meta, _TITLES) or _clean("".join(root.xpath("//head//title[1]//text()"))),
        publisher=_find_publisher(linked_data) or _first(meta, _PUBLISHERS),
        language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        published=_find_date(root, meta, linked_data),
        source_url=_find_address(root, meta),
    )


def _read_meta(root: HtmlElement) -> dict[str, str]:
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        meta.setdefault(name.strip().lower(), _clean(element.get("content") or ""))
    return meta


def _first(meta: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _read_linked_data(root: HtmlElement) -> Iterator[Mapping[str, object]]:
    """Give the objects of the page's JSON-LD; what is broken there is left alone."""
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting += value
            elif isinstance(value, dict):
                yield value
                waiting += value["@graph"] if isinstance(value.get("@graph"), list) else []


def _find_publisher(linked_data: tuple[Mapping[str, object], ...]) -> str:
    for item in linked_data:
        publisher = item.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip():
            return _clean(name)
    return ""


def _find_date(
    root: HtmlElement, meta: Mapping[str, str], linked_data: tuple[Mapping[str, object], ...]
) -> date | None:
    candidates = [
        *(str(item.get("datePublished") or "") for item in linked_data),
        *(meta.get(name, "") for name in _DATES),
        *root.xpath("//*[@itemprop='datePublished']/@datetime"),
        *root.xpath("//time[@pubdate]/@datetime"),
        *root.xpath("(//article | //main | //header)//time/@datetime"),
    ]
    return next((day for value in candidates if (day := parse_day(value))), None)


def parse_day(value: str) -> date | None:
    """Give the day with which a date and time begin: "2024-05-06T10:00"."""
    match = re.match(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", value)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _find_address(root: HtmlElement, meta: Mapping[str, str]) -> str:
    canonical = root.xpath("//link[@rel='canonical']/@href")
    for address in (*canonical, meta.get("og:url", "")):
        if is_address(address):
            return str(address.strip())
    return ""


def is_address(value: str) -> bool:
    """Tell a web address."""
    return re.match(r"\s*https?://[^\s/]", value, re.IGNORECASE) is not None


def _clean(text: str) -> str:
    return " ".join(text.replace("\xad", "").split())
