"""The words of a Word paragraph, and which of them are hyperlinks."""

import re
from collections.abc import Iterator

from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from corpus.reading import Link

_BREAKS = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
_PARAGRAPH = qn("w:p")
# Deleted words, formatting, and the copy of a drawing that is kept for an older Word.
SKIPPED = frozenset(
    [
        qn("w:del"),
        qn("w:moveFrom"),
        qn("w:pPr"),
        qn("w:rPr"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    ]
)
_WEB_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_HYPERLINK_FIELD = re.compile(r'\s*HYPERLINK\s+"?([^"\s]+)"?', re.IGNORECASE)


def read_words(paragraph: etree._Element, part: Part) -> tuple[str, tuple[Link, ...]]:
    """Give a paragraph's text and the hyperlinks on it."""
    parts: list[str] = []
    links: list[Link] = []
    start = 0
    for words, url in _read_runs(paragraph, part, "", []):
        words = words.replace("\xa0", " ").replace("\xad", "").replace("\n", " ")
        words = words if start else words.lstrip()
        end = start + len(words)
        parts.append(words)
        if url and words.strip():
            if links and links[-1].url == url and links[-1].end == start:
                links[-1] = Link(links[-1].start, end, url)
            else:
                links.append(Link(start, end, url))
        start = end
    text = "".join(parts)
    return text.rstrip(), tuple(_trim_link(link, text) for link in links)


def _trim_link(link: Link, text: str) -> Link:
    words = text[link.start : link.end]
    start = link.start + len(words) - len(words.lstrip())
    return Link(start, start + len(words.strip()), link.url)


def _read_runs(
    element: etree._Element, part: Part, url: str, fields: list[str]
) -> Iterator[tuple[str, str]]:
    """Give the words below an element, each with the address it links to.

    `fields` holds the instructions of the fields that are open here: older documents keep
    a hyperlink as a field whose instruction comes before its words.
    """
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or "", url or _find_field_url(fields)
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag], url or _find_field_url(fields)
        elif child.tag == qn("w:hyperlink"):
            yield from _read_runs(child, part, _read_url(child, part), fields)
        elif child.tag == qn("w:fldSimple"):
            instruction = child.get(qn("w:instr"), "")
            yield from _read_runs(child, part, url, [*fields, instruction])
        elif child.tag == qn("w:fldChar"):
            if child.get(qn("w:fldCharType")) == "begin":
                fields.append("")
            elif child.get(qn("w:fldCharType")) == "end" and fields:
                fields.pop()
        elif child.tag == qn("w:instrText") and fields:
            fields[-1] += child.text or ""
        elif child.tag not in SKIPPED and child.tag != _PARAGRAPH:
            yield from _read_runs(child, part, url, fields)


def _read_url(hyperlink: etree._Element, part: Part) -> str:
    relation = part.rels.get(hyperlink.get(qn("r:id"), ""))
    if relation is None or not relation.is_external:
        return ""
    anchor = hyperlink.get(qn("w:anchor"))
    url = relation.target_ref + (f"#{anchor}" if anchor else "")
    return url if _WEB_ADDRESS.match(url) else ""


def _find_field_url(fields: list[str]) -> str:
    for instruction in reversed(fields):
        match = _HYPERLINK_FIELD.match(instruction)
        if match and _WEB_ADDRESS.match(match[1]):
            return match[1]
    return ""
