"""The address of a page: the whole state in its parameters, and the links to other states."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urlencode

from search.edits import drop_fields
from search.query import Choice
from search.request import RELATED

FACETS = ("pair", "country", "actor", "kind", "document", "source")

# What a query is made of, in the order in which an address spells it.
QUERY_PARAMETERS = (
    "q",
    RELATED,
    "from",
    "to",
    *FACETS,
    "sort",
    "limit",
    "offset",
    "snippets",
    "snippet_chars",
)

# What a page needs beside it: its language, which hit of a list it shows, which passage it
# marks, how a table is laid out, what bars stand for, which values are looked for.
PAGE_PARAMETERS = ("lang", "hit", "p", "by", "interval", "find")

_ORDER = {name: rank for rank, name in enumerate(QUERY_PARAMETERS + PAGE_PARAMETERS)}


@dataclass(frozen=True, slots=True)
class State:
    """The parameters of an address, none empty, in one order whatever was clicked first."""

    items: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        return next((value for key, value in self.items if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.items if key == name)

    def put(self, name: str, *values: str) -> Self:
        """Replace the values of one parameter; a changed query begins at its first page."""
        stale = {name} if name in ("lang", "offset") else {name, "offset"}
        kept = [(key, value) for key, value in self.items if key not in stale]
        return self._of(kept + [(name, value) for value in values])

    def drop(self, *names: str) -> Self:
        return self._of((key, value) for key, value in self.items if key not in names)

    def toggle(self, name: str, value: str) -> Self:
        """Choose a value of a facet, or undo its choice or exclusion."""
        values = self.all(name)
        rest = tuple(other for other in values if other not in (value, f"-{value}"))
        return self.put(name, *rest) if len(rest) < len(values) else self.put(name, *rest, value)

    def exclude(self, name: str, value: str) -> Self:
        rest = (other for other in self.all(name) if other != value)
        return self.put(name, *rest, f"-{value}")

    def without_filters(self) -> Self:
        """Undo every narrowing, that by fields typed into the query too."""
        return self.drop("from", "to", "offset", *FACETS).put("q", drop_fields(self.get("q")))

    def toggle_condition(self, condition: str) -> Self:
        """Add a condition to the words of the query, or take it away again."""
        words = self.get("q").strip()
        if words.split()[-1:] == [condition]:
            return self.put("q", words.removesuffix(condition).strip())
        if " OR " in words:
            words = f"({words})"
        return self.put("q", f"{words} {condition}".strip())

    def settle(self, choices: Mapping[str, Choice]) -> Self:
        """Spell the facets as the query understood them (a name as its id, `ru-jp` as `JP-RU`)."""
        settled = self.drop(*(name for name in FACETS if name in choices))
        chosen = [
            (name, value)
            for name, choice in choices.items()
            for value in (*choice.include, *(f"-{value}" for value in choice.exclude))
        ]
        return self._of([*settled.items, *chosen])

    def language_only(self) -> Self:
        return self._of(item for item in self.items if item[0] == "lang")

    def query_only(self) -> Self:
        """Give the part that is a query, as another page's address carries it."""
        return self.drop("hit", "p", "by", "find")

    def at(self, path: str, fragment: str = "") -> str:
        """Give the address of this state at a path."""
        query = f"?{urlencode(self.items, safe=':/')}" if self.items else ""
        return f"{path}{query}{'#' + quote(fragment) if fragment else ''}"

    @classmethod
    def _of(cls, items: Iterable[tuple[str, str]]) -> Self:
        known = ((key, value) for key, value in dict.fromkeys(items) if value)
        return cls(tuple(sorted(known, key=lambda item: _ORDER.get(item[0], len(_ORDER)))))


def read_state(args: Iterable[tuple[str, str]]) -> State:
    """Give the state of a request's parameters; unknown ones are kept, for the query to refuse.

    >>> read_state([("kind", "event"), ("q", "Gdynia"), ("to", "")]).at("/")
    '/?q=Gdynia&kind=event'
    """
    return State._of(args)


def query_params(state: State, ignore: Sequence[str] = ("lang",)) -> dict[str, list[str]]:
    """Give what `search.request.build_query` takes: all but the page's own parameters."""
    params: dict[str, list[str]] = {}
    for name, value in state.items:
        if name not in ignore:
            params.setdefault(name, []).append(value)
    return params
