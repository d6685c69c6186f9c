"""Addresses found in documents, which anybody may have written: what may become a link."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from corpus.document import Source, SourceConfidence

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
