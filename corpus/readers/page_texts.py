"""Where the text of a web page stands, told by how much of it is links to the site's own pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from corpus.dates.grammar import find_event_date, read_whole_date
from corpus.readers.page_furniture import HEADINGS, load_elements
from corpus.readers.page_metadata import is_address

_MIN_TITLE_CHARS = 8
_MIN_TEXT_CHARS = 100
_MUCH_MORE = 2
_MIN_LINKS = 3
_MAX_MENU_SHARE = 0.5
_MAX_DATE_CHARS = 60
_LINKED = 4  # times the text that is not


@dataclass(slots=True)
class Amount:
    """How much text an element has: `words` counts the characters of running text.

    `linked` counts those in links to the site itself, `links` these links. `teasers` are
    the blocks directly inside that begin with such a link, of all `blocks`. `dated` says
    that a line begins with an event's date: a list of events is never a menu.
    """

    words: int = 0
    linked: int = 0
    links: int = 0
    blocks: int = 0
    teasers: int = 0
    begins_linked: bool | None = None
    dated: bool = False

    @property
    def is_menu(self) -> bool:
        """Tell a menu, a list of tags or teasers: what only leads to other pages."""
        if self.dated:
            return False
        only_links = self.links >= _MIN_LINKS and self.linked >= _LINKED * self.words
        return only_links or (self.teasers >= _MIN_LINKS and self.teasers == self.blocks)


Amounts = Mapping[HtmlElement, Amount]


def measure_texts(root: HtmlElement, address: str) -> Amounts:
    """Measure every element of a page; `address` tells which links lead to its own site."""
    host = urlsplit(address).netloc
    amounts: dict[HtmlElement, Amount] = {}
    open_links = open_headings = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        own_link = element.tag == "a" and _leads_to_own_site(element, host)
        heading = element.tag in HEADINGS
        if event == "start":
            amounts[element] = Amount()
            if not isinstance(element.tag, str) or element.tag in load_elements("skipped"):
                walk.skip_subtree()
                continue
            open_links += own_link
            open_headings += heading
            amounts[element].links += own_link
            _count(amounts[element], element.text, linked=open_links > 0, heading=open_headings > 0)
        else:
            if isinstance(element.tag, str) and element.tag not in load_elements("skipped"):
                open_links -= own_link
                open_headings -= heading
            outer = amounts.get(element.getparent())
            if outer is not None:
                _add_inner(outer, amounts[element], inline=element.tag in load_elements("inline"))
                linked, headed = open_links > 0, open_headings > 0
                _count(outer, element.tail, linked=linked, heading=headed)
    return amounts


def find_title(root: HtmlElement, title: str) -> HtmlElement | None:
    """Give the heading whose words the page has for its title, else its only one of level 1."""
    folded = _fold(title)
    named = [
        (heading, text)
        for heading in root.iter(*HEADINGS)
        if len(text := _fold(heading.text_content() or "")) >= _MIN_TITLE_CHARS and text in folded
    ]
    if named:
        return max(named, key=lambda found: len(found[1]))[0]
    first_level = list(root.iter("h1"))
    return first_level[0] if len(first_level) == 1 else None


def find_main(body: HtmlElement, title: HtmlElement, amounts: Amounts) -> HtmlElement:
    """Give the smallest element around a title beyond which there is not much more text."""
    main: HtmlElement | None = None
    for element in title.iterancestors():
        words = amounts[element].words if element in amounts else 0
        if main is None:
            main = element if words >= _MIN_TEXT_CHARS else None
        elif words > _MUCH_MORE * amounts[main].words:
            main = element
        if element is body:
            break
    return body if main is None else main


def find_menus(main: HtmlElement, amounts: Amounts) -> frozenset[HtmlElement]:
    """Give the menus in a main text, if it has running text beside them."""
    words = amounts[main].words if main in amounts else 0
    return frozenset(
        element
        for element in main.iterdescendants()
        if element in amounts
        and amounts[element].is_menu
        and amounts[element].words < _MAX_MENU_SHARE * words
    )


def _leads_to_own_site(anchor: HtmlElement, host: str) -> bool:
    href = (anchor.get("href") or "").strip()
    return bool(href) and (not is_address(href) or urlsplit(href).netloc == host)


def _count(amount: Amount, text: str | None, *, linked: bool, heading: bool) -> None:
    text = " ".join((text or "").split())
    if not text:
        return
    if amount.begins_linked is None:
        amount.begins_linked = linked
    amount.linked += linked * len(text)
    amount.words += (not linked and not heading) * len(text)
    amount.dated = amount.dated or _begins_event(text)


def _add_inner(outer: Amount, inner: Amount, *, inline: bool) -> None:
    outer.words += inner.words
    outer.linked += inner.linked
    outer.links += inner.links
    outer.dated = outer.dated or inner.dated
    if outer.begins_linked is None:
        outer.begins_linked = inner.begins_linked
    if not inline and inner.words:
        outer.blocks += 1
        outer.teasers += inner.begins_linked is True


def _begins_event(text: str) -> bool:
    if not any(char.isdigit() for char in text[:_MAX_DATE_CHARS]):
        return False
    date = find_event_date(text) or read_whole_date(text[:_MAX_DATE_CHARS])
    return date is not None and date.last.day is not None


def _fold(text: str) -> str:
    return " ".join(text.replace("\xad", "").split()).casefold()
