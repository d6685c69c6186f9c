"""The answer to a query as an Atom feed (RFC 4287), what is newest first.

An entry is dated by its event, or by its document's publication, and never by when it was
indexed: indexing again must not make everything new.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from urllib.parse import quote

from lxml import etree

from corpus.document import Document, Passage
from search.results import Results
from web.labels import name_kind, name_pair
from web.languages import Language
from web.outlines import name_passage
from web.sources import find_host
from web.xml_text import keep_characters

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_URI_CHARACTERS = "%/:?#[]@!$&'()*+,;=~"


def write_feed(
    results: Results,
    *,
    title: str,
    built: str,
    address: str,
    search: str,
    language: Language,
    link_to: Callable[[str], str],
    document_of: Callable[[str], Document],
) -> bytes:
    """Give a feed of the hits.

    Args:
        built: when the index was made, ISO 8601 in UTC.
        address: the feed's own address, its name for ever.
        search: the address of the page with the same results.
    """
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]  # the default
    feed.set(_LANG, language)
    now = datetime.fromisoformat(built)
    _add(feed, "id", address)
    _add(feed, "title", title)
    _add(feed, "updated", _stamp(now))
    _add(feed, "link", rel="self", type="application/atom+xml", href=address)
    _add(feed, "link", rel="alternate", type="text/html", href=search)
    _add(feed, "generator", "Kwerenda")
    _name_author(feed, "Kwerenda")
    for hit in results.hits:
        document = document_of(hit.passage.document_id)
        feed.append(_write_entry(hit.passage, document, link_to(hit.passage.id), now, language))
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _write_entry(
    passage: Passage, document: Document, link: str, now: datetime, language: Language
) -> etree._Element:
    entry = etree.Element(f"{{{ATOM}}}entry")
    _add(entry, "id", link)
    _add(entry, "title", _write_title(passage))
    published = document.published.start if document.published else None
    day = passage.dates.start if passage.dates else published
    _add(entry, "updated", _stamp(min(_begin(day), now) if day else now))
    if published:
        _add(entry, "published", _stamp(_begin(published)))
    _name_author(entry, document.publisher or document.title)
    _add(entry, "link", rel="alternate", type="text/html", href=link)
    for source in passage.sources:
        if find_host(source.url):
            _add(entry, "link", rel="via", href=quote(source.url, safe=_URI_CHARACTERS))
    _add(entry, "category", term=passage.kind, label=name_kind(passage.kind, language))
    for pair in passage.pairs:
        _add(entry, "category", term=pair, label=name_pair(pair, language))
    content = _add(entry, "content", passage.text, type="text")
    content.set(_LANG, document.language or "pl")
    return entry


def _write_title(passage: Passage) -> str:
    name = name_passage(passage)
    return name[:1].upper() + name[1:]


def _name_author(parent: etree._Element, name: str) -> None:
    _add(_add(parent, "author"), "name", name)


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    plain = {name: keep_characters(value) for name, value in attributes.items()}
    child = etree.SubElement(parent, f"{{{ATOM}}}{tag}", plain)
    child.text = keep_characters(text) or None
    return child


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
