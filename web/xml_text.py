"""Text of documents inside XML, which has no place for most control characters."""

import re
from xml.sax.saxutils import escape

_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def keep_characters(text: str) -> str:
    r"""Give a text without what XML 1.0 has no characters for.

    >>> keep_characters("port\x0c w Gdyni")
    'port w Gdyni'
    """
    return _NO_CHARACTER.sub("", text)


def escape_text(text: str) -> str:
    """Give a text as it may stand between tags or inside a quoted attribute."""
    return escape(keep_characters(text), {'"': "&quot;"})
