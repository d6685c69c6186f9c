"""What a note offers to search instead, and how many passages that would find."""

from dataclasses import replace

from search.answer import filter_found
from search.edits import put_into
from search.evaluate import evaluate
from search.live import LiveIndex
from search.parser import parse_query
from search.query import Node, Note, Query, add_related, related_countries

MAX_COUNTED = 3
_OFFERS = frozenset({"did_you_mean", "related"})


def count_offers(notes: tuple[Note, ...], query: Query, live: LiveIndex) -> tuple[Note, ...]:
    """Give the notes; the first that offer other words say how many passages they would give."""
    offers = [note for note in notes if note.code in _OFFERS][:MAX_COUNTED]
    return tuple(
        replace(note, count=_count(_follow(note, query), query, live)) if note in offers else note
        for note in notes
    )


def _follow(note: Note, query: Query) -> Node:
    """Give the tree of what a note offers."""
    if note.code == "related":
        return add_related(query.root, note.values[2:])
    offered = parse_query(put_into(query.text, note.values[0], note.query)).root
    return add_related(offered, related_countries(query.root))


def _count(root: Node, query: Query, live: LiveIndex) -> int:
    found = evaluate(live.resolve(root).query, live.source)
    return int(filter_found(found, query.filters, live).docs.size)
