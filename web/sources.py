"""Addresses found in documents, which anybody may have written: what may become a link."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from corpus.document import Source, SourceConfidence

_ARCHIVE = "web.archive.org"
# Whatever a browser would strip before it reads the scheme must not be there at all.
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f\\]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A source as shown: its host and, only if it is a web page, where to go."""

    url: str
    host: str
    confidence: SourceConfidence
    is_web: bool


def find_host(url: str) -> str:
    """Give the host of a web address in lower case, or nothing when it is not one.

    >>> find_host("https://redakcja@kurier.example:8443/a?b=c")
    'kurier.example'
    """
    if not _WEB_ADDRESS.fullmatch(url):
        return ""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def read_source(source: Source) -> SourceLink:
    """Give a source as it may be shown."""
    host = find_host(source.url)
    return SourceLink(source.url, host, source.confidence, is_web=bool(host))


def find_archived(url: str, day: date | None) -> str:
    """Give where a public archive keeps a page as it was nearest to a day; a mere address.

    >>> find_archived("https://port.example/a?b=1", date(2024, 2, 7))
    'https://web.archive.org/web/20240207/https://port.example/a?b=1'
    """
    if not find_host(url) or find_host(url) == _ARCHIVE:
        return ""
    # Without a day the archive gives the newest copy.
    return f"https://{_ARCHIVE}/web/{f'{day:%Y%m%d}' if day else '2'}/{url}"
