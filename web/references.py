"""A passage as an entry of a bibliography: RIS and BibTeX, for one passage or for all of a result.

The date of an entry is that of the document; of when the passage tells is said apart from it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from urllib.parse import quote

from corpus.document import Document, Passage
from search.live import format_period
from web.citations import name_pages
from web.days import name_iso, name_range
from web.exports import Export
from web.languages import Language, load_translations
from web.outlines import name_passage

_RIS_END = "\r\n"
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
    }
)
_LATEX_LANGUAGES = {"pl": "polish", "en": "english", "de": "german", "fr": "french"}
_NOT_KEY = re.compile(r"[^A-Za-z0-9:.-]+")


@dataclass(frozen=True, slots=True)
class Reference:
    """What an entry says: the passage, its document, its permanent link, the day of reading.

    `remark` says of what search it is a result, where it is one.
    """

    passage: Passage
    document: Document
    link: str
    accessed: date
    language: Language
    remark: str = ""


def write_ris(reference: Reference) -> str:
    """Give an entry in RIS, a part of a larger whole."""
    passage, document = reference.passage, reference.document
    published = format_period(document.published)
    fields = [
        ("TY", "CHAP"),
        ("ID", passage.id),
        ("TI", _write_title(passage)),
        ("T2", document.title),
        ("PB", document.publisher),
        ("PY", published[:4]),
        ("DA", _ris_date(published)),
    ]
    if document.pages > 1:
        fields += [("SP", str(passage.page_start)), ("EP", str(passage.page_end))]
    fields += [("AB", passage.text), ("N1", _write_note(reference)), ("LA", document.language)]
    fields += [("KW", actor.name) for actor in passage.actors]
    fields += [("KW", pair) for pair in passage.pairs]
    fields += [("UR", reference.link), ("Y2", _ris_date(reference.accessed.isoformat()))]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value.strip()]
    return _RIS_END.join([*lines, "ER  - ", "", ""])


def write_bibtex(reference: Reference) -> str:
    """Give an entry for BibTeX and BibLaTeX, whose `eventdate` holds of when the passage tells."""
    passage, document = reference.passage, reference.document
    published = format_period(document.published)
    dates = passage.dates
    fields = {
        # Braces twice: a style must not take the capitals away from names.
        "title": f"{{{_latex(_write_title(passage))}}}",
        "booktitle": f"{{{_latex(document.title)}}}",
        "publisher": _latex(document.publisher),
        "year": published[:4],
        "date": published,
        "eventdate": name_iso(dates, passage.date_precision) if dates else "",
        "pages": name_pages(passage).replace("–", "--") if document.pages > 1 else "",
        "url": quote(reference.link, safe=":/?&=#%+,;@~!$'()*[]"),
        "urldate": reference.accessed.isoformat(),
        "langid": _LATEX_LANGUAGES.get(document.language, ""),
        "note": _latex(_write_note(reference)),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value.strip("{}")]
    key = _NOT_KEY.sub("-", f"kwerenda:{passage.id}")
    return f"@incollection{{{key},\n" + ",\n".join(lines) + "\n}\n\n"


REFERENCES: Mapping[str, Callable[[Reference], str]] = MappingProxyType(
    {"ris": write_ris, "bibtex": write_bibtex}
)


def write_ris_file(export: Export) -> Iterator[bytes]:
    """Give an entry in RIS for each passage of a result."""
    for reference in _refer(export):
        yield write_ris(reference).encode("utf-8", "replace")


def write_bibtex_file(export: Export) -> Iterator[bytes]:
    """Give an entry in BibTeX for each passage of a result."""
    for reference in _refer(export):
        yield write_bibtex(reference).encode("utf-8", "replace")


def _refer(export: Export) -> Iterator[Reference]:
    remark = describe_origin(export)
    for passage, label in export.passages:
        yield Reference(
            passage=passage,
            document=export.document_of(label.id),
            link=export.link_to(passage.id),
            accessed=export.exported.date(),
            language=export.language,
            remark=remark,
        )


def describe_origin(export: Export) -> str:
    """Say in a sentence of what search and of which index a result is."""
    say = load_translations(export.language).gettext
    return say("Kwerenda, search %(search)s, index %(generation)s, %(date)s") % {
        "search": export.search,
        "generation": export.generation,
        "date": export.exported.date().isoformat(),
    }


def _write_title(passage: Passage) -> str:
    """Give what a passage is called, as the first words of an entry."""
    name = name_passage(passage).strip().removesuffix(".")
    return name[:1].upper() + name[1:]


def _write_note(reference: Reference) -> str:
    passage, say = reference.passage, load_translations(reference.language).gettext
    parts = []
    if passage.dates:
        when = name_range(passage.dates, passage.date_precision, reference.language)
        parts.append(say("entry of %(date)s") % {"date": when})
    if passage.sources:
        urls = ", ".join(source.url for source in passage.sources)
        parts.append(say("after: %(hosts)s") % {"hosts": urls})
    return "; ".join([*parts, reference.remark] if reference.remark else parts)


def _ris_date(day: str) -> str:
    """Give an ISO day, month or year as RIS writes it, with a slash for what is not known."""
    if not day:
        return ""
    year, month, rest = (*day.partition("/")[0].split("-"), "", "")[:3]
    return f"{year}/{month}/{rest}/"


def _latex(text: str) -> str:
    return " ".join(text.split()).translate(_LATEX)
