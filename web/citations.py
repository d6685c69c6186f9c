"""The footnote of a passage, as an analyst pastes it below a text."""

from datetime import date

from corpus.document import Document, Passage
from web.days import name_day, name_published, name_range
from web.languages import Language, load_translations
from web.sources import find_host


def write_footnote(
    passage: Passage, document: Document, url: str, accessed: date, language: Language
) -> str:
    """Give a footnote in one sentence: where it stands, of when it is, whom it follows.

    Args:
        url: the passage's permanent link.
        accessed: the day of reading.
    """
    say = load_translations(language).gettext
    parts = [say("“%(title)s”") % {"title": document.title.rstrip(".")}]
    if document.publisher:
        parts.append(document.publisher)
    if document.published:
        parts.append(name_published(document.published, language))
    if document.pages > 1:
        parts.append(say("p. %(pages)s") % {"pages": name_pages(passage)})
    if passage.dates and passage.kind == "event":
        when = name_range(passage.dates, passage.date_precision, language)
        parts.append(say("entry of %(date)s") % {"date": when})
    hosts = dict.fromkeys(host for source in passage.sources if (host := find_host(source.url)))
    if hosts:
        parts.append(say("after: %(hosts)s") % {"hosts": ", ".join(hosts)})
    seen = say("accessed %(date)s") % {"date": name_day(accessed, language)}
    return f"{', '.join(parts)}; {url} ({seen})."


def write_quotation(passage: Passage, footnote: str, language: Language) -> str:
    """Give the words of a passage in quotation marks, with the footnote that belongs to them."""
    say = load_translations(language).gettext
    quoted = say("“%(text)s”") % {"text": (text_below(passage) or passage.text).strip()}
    return f"{quoted}¹\n\n¹ {footnote}"


def text_below(passage: Passage) -> str:
    """Give what follows a headline, without the stop between the two; all without a headline."""
    end = passage.headline_span[1]
    return passage.text[end:].lstrip(" .:;\n") if end else passage.text


def name_pages(passage: Passage) -> str:
    """Give the pages of a passage: `3` or `3–4`."""
    if passage.page_start == passage.page_end:
        return str(passage.page_start)
    return f"{passage.page_start}–{passage.page_end}"
