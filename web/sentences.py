"""What was written in English when a file was read, in the language of who reads it now.

The index keeps the sentence as it was said, for logs and programs. A sentence that is not
known here is shown as it is.
"""

import re
from dataclasses import dataclass
from functools import cache

from web.labels import N_
from web.languages import Language, load_translations


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the language that it is in."""

    text: str
    language: Language


_SENTENCES = (
    N_("%(file)s is empty."),
    N_("%(file)s has no text."),
    N_("%(file)s does not exist."),
    N_("%(file)s is larger than %(size)s MB."),
    N_("%(file)s has %(count)s characters; up to %(most)s are read."),
    N_("%(file)s cannot be read: %(reason)s."),
    N_("%(file)s is not a text: it holds binary data or an unknown encoding."),
    N_("%(file)s is in a format that Kwerenda does not read; it reads %(formats)s."),
    N_("%(file)s is not what its name says but %(kind)s; rename it to end in %(suffix)s."),
    N_("%(file)s is not what its name says but %(kind)s."),
    N_("%(file)s took longer than %(count)s seconds to read."),
    N_("%(file)s needs more than %(size)s GB of memory to be read."),
    N_("%(file)s is damaged in a way that broke off its reading (code %(code)s)."),
    N_("%(file)s knows no table “%(key)s”, only “defaults” and “files”."),
    N_("%(file)s is not in UTF-8."),
    N_("%(file)s is not valid TOML: %(reason)s."),
    N_("%(file)s has “%(key)s” that is not a table."),
    N_("%(file)s has an unknown key “%(key)s”; it may have %(keys)s."),
    N_("%(file)s has “%(key)s” that is not a text in quotes."),
    N_("%(file)s has “id” with more than letters, digits and - _ .."),
    N_("%(file)s has “kind” %(value)s; it may be %(kinds)s."),
    N_("%(file)s has “published” that cannot be. %(reason)s."),
    N_("%(file)s has “published” %(value)s; write 2024-02-12, 2024-02 or 2024."),
    N_("%(file)s has “source_url” that does not begin with http:// or https://."),
    N_("The id %(id)s is already that of %(file)s."),
    N_("%(file)s is nested too deeply."),
    N_("The file could not be understood (%(error)s)."),
    N_("The file cannot be opened."),
    N_("The file cannot be read."),
    N_("The file is empty."),
    N_("The file is not a web page: it holds binary data."),
    N_("The page has no text."),
    N_("The page is larger than %(size)s MB."),
    N_("The page's elements are nested too deeply."),
    N_("The document has no text."),
    N_("The document unpacks to over %(size)s MB."),
    N_("The document is damaged or is not a Word document (.docx)."),
    N_(
        "The document is protected by a password or in the old .doc format; "
        "save a copy as .docx without a password first."
    ),
    N_("The PDF is protected by a password; save a copy without one first."),
    N_("The PDF is damaged or is not a PDF at all."),
    N_("The PDF has %(count)s pages; up to %(most)s are read."),
    N_("The PDF has no text layer; it looks like a scan and needs OCR: %(advice)s."),
    N_(
        "The PDF is a scan of %(count)s pages; up to %(most)s are read by OCR. "
        "Run ocrmypdf -l pol on it first."
    ),
    N_("The PDF is a scan in which OCR finds no words."),
    N_("The scan could not be read by OCR."),
    N_("A scan without a text layer, read by OCR; words may be wrong."),
    N_("No text layer on page %(pages)s, read by OCR; words may be wrong."),
    N_("No text layer on page %(pages)s."),
    N_("Permission denied."),
    N_("No such file or directory."),
    N_("There is no day %(day)s."),
    N_("There is no month %(month)s."),
    N_("The date “%(text)s” has no year."),
    N_("The period %(text)s ends before it starts."),
    N_("A year has no such part as “%(text)s”."),
    N_("“%(text)s” is counted from a day that is not known here."),
    N_("its metadata says so"),
    N_("%(count)s of %(all)s paragraphs are dated, under %(headings)s headings that are dates"),
    N_("%(count)s of %(all)s paragraphs are dated"),
    N_("it has dated paragraphs and a section of conclusions"),
    N_("%(count)s paragraphs begin with a heading and a lead"),
    N_("%(count)s paragraphs begin with a heading"),
    N_("it has an imprint or authors, and %(count)s sections"),
    N_("it has neither dated paragraphs nor run-in headings enough"),
    # Parts of such sentences.
    N_("a PDF"),
    N_("a Word document"),
    N_("an archive or another program's document"),
    N_("an old or locked Office document"),
    N_("a document in Rich Text Format"),
    N_("a picture"),
    N_("an archive"),
    N_("a web page"),
    N_("it cannot be opened"),
    N_(
        "install Tesseract with its Polish data (packages tesseract-ocr and tesseract-ocr-pol), "
        "or run ocrmypdf -l pol on the file first"
    ),
)
_PART = re.compile(r"%\\\((\w+)\\\)s")


def translate_sentence(text: str, language: Language) -> Sentence:
    """Give a sentence in a language, or as it was said where that language has none for it."""
    said = None if language == "en" else _translate(text, language)
    return Sentence(text, "en") if said is None else Sentence(said, language)


def _translate(text: str, language: Language) -> str | None:
    for pattern, message in _read_patterns():
        if found := pattern.fullmatch(text):
            parts = {
                name: _translate_part(part, language) for name, part in found.groupdict().items()
            }
            return load_translations(language).gettext(message) % parts
    return None


def _translate_part(part: str, language: Language) -> str:
    """Give what a sentence quotes, which may be a sentence without its full stop."""
    whole = _translate(f"{part}.", language)
    return whole.removesuffix(".") if whole else _translate(part, language) or part


@cache
def _read_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(_PART.sub(r"(?P<\1>.+?)", re.escape(message)), re.DOTALL), message)
        for message in _SENTENCES
    )
