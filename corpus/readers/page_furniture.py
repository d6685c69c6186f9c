"""What stands on a web page but is no part of its main text."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from lxml.html import HtmlElement

_NAME_PARTS = re.compile(r"[a-z]+")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MAX_SKIPPED_SHARE = 0.5


@cache
def load_elements(meaning: str) -> frozenset[str]:
    """Give the names of elements, roles or classes that have a meaning."""
    data = files("corpus").joinpath("data/html.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(data)[meaning])


def is_skipped(element: HtmlElement, main: HtmlElement, length: int) -> bool:
    """Tell what is not part of the text: furniture of the page and hidden elements."""
    tag = element.tag
    if not isinstance(tag, str) or tag in load_elements("skipped") or "hidden" in element.attrib:
        return True
    if (
        element.get("role") in load_elements("skipped_roles")
        or element.get("aria-hidden") == "true"
    ):
        return True
    if tag == "header" and main.tag == "body":
        return element.find(".//h1") is None
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or _is_named_furniture(element, length)


def _is_named_furniture(element: HtmlElement, length: int) -> bool:
    """Tell by its class or id what a site adds to a text; a wrapper of most of it is none."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    parts = set(_NAME_PARTS.findall(names))
    untitled = "header" in parts and element.tag not in HEADINGS and element.find(".//h1") is None
    if not untitled and parts.isdisjoint(load_elements("skipped_names")):
        return False
    return len(element.text_content() or "") < _MAX_SKIPPED_SHARE * length
