"""The languages of the interface and their catalogues.

The English words stand in the code and the templates; `translations/` holds the others as
text, compiled once on a machine, so that an installation has no binary file to lose.
"""

import hashlib
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal

from corpus.made_files import made_file, read_made

Language = Literal["pl", "en"]
LANGUAGES: tuple[Language, ...] = ("pl", "en")

_CATALOGUES = Path(__file__).parent / "translations"


@cache
def load_translations(language: Language) -> NullTranslations:
    """Give the catalogue of a language; English needs none, it is what the code says."""
    path = _CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    text = path.read_bytes()
    made = made_file(f"messages-{language}-{hashlib.sha256(text).hexdigest()[:24]}")
    return GNUTranslations(BytesIO(read_made(made, lambda: _compile(text, language))))


def _compile(text: bytes, language: Language) -> bytes:
    """Give a catalogue as gettext reads it."""
    # Only whoever is first to need a catalogue waits for what compiles it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(text), locale=language))
    return compiled.getvalue()


def find_language(name: str | None) -> Language | None:
    """Give the language of this code, or None when we do not speak it."""
    return next((known for known in LANGUAGES if known == name), None)


def locale_of(language: Language) -> str:
    """Give the CLDR locale: English as read in Europe, the day before the month."""
    return "en_GB" if language == "en" else language
