"""The languages of the interface and their catalogues.

The English words stand in the code and the templates; `translations/` holds the others as
text, compiled when first needed, so that an installation has no binary file to lose.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

Language = Literal["pl", "en"]
LANGUAGES: tuple[Language, ...] = ("pl", "en")

_CATALOGUES = Path(__file__).parent / "translations"


@cache
def load_translations(language: Language) -> NullTranslations:
    """Give the catalogue of a language; English needs none, it is what the code says."""
    path = _CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def find_language(name: str | None) -> Language | None:
    """Give the language of this code, or None when we do not speak it."""
    return next((known for known in LANGUAGES if known == name), None)


def locale_of(language: Language) -> str:
    """Give the CLDR locale: English as read in Europe, the day before the month."""
    return "en_GB" if language == "en" else language
