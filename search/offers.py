"""What a note offers to search instead, and how many passages that would find."""

import re
from dataclasses import replace

from search.answer import filter_found
from search.evaluate import evaluate
from search.live import LiveIndex
from search.parser import parse_query
from search.query import Note, Query

MAX_COUNTED = 3
_OFFERS = frozenset({"did_you_mean", "related"})


def count_offers(notes: tuple[Note, ...], query: Query, live: LiveIndex) -> tuple[Note, ...]:
    """Give the notes; the first that offer other words say how many passages they would give."""
    offers = [note for note in notes if note.code in _OFFERS][:MAX_COUNTED]
    return tuple(
        replace(note, count=_count(put_into(query.text, note.values[0], note.query), query, live))
        if note in offers
        else note
        for note in notes
    )


def put_into(asked: str, word: str, offer: str) -> str:
    """Give the asked query with what a note offers for one of its words."""
    if not offer or not word:
        return offer
    # A phrase goes with its quotation marks: the offer has its own.
    pattern = rf'(?P<quote>"?)(?<!\w){re.escape(word)}(?!\w)(?P=quote)'
    return re.sub(pattern, lambda _: offer, asked) if re.search(pattern, asked) else offer


def _count(text: str, query: Query, live: LiveIndex) -> int:
    found = evaluate(live.resolve(parse_query(text).root).query, live.source)
    return int(filter_found(found, query.filters, live).docs.size)
