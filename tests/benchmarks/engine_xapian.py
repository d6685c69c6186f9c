"""Xapian, by the Python binding of the operating system: stemmed tokens, facets as spies.

Its spies count whole values, so a passage's pairs and actors are counted as one value each;
their counts are not comparable and the cost is a lower bound.
"""

from pathlib import Path
from typing import Any

import xapian  # type: ignore[import-not-found, import-untyped, unused-ignore]

from tests.benchmarks.corpus import read_rows
from tests.benchmarks.engines import Answer, Mode
from tests.benchmarks.requests import Request

_DAY, _MONTH, _PAIR, _ACTOR = range(4)
_SNIPPET_BYTES = 200


def open_peer(directory: Path) -> "XapianPeer":
    return XapianPeer(directory)


class XapianPeer:
    def __init__(self, directory: Path) -> None:
        self._path = str(directory)

    def build(self, corpus: Path) -> None:
        database = xapian.WritableDatabase(self._path, xapian.DB_CREATE)
        for row in read_rows(corpus):
            document = xapian.Document()
            for position, token in enumerate(row.tokens.split()):
                document.add_posting(token, position)
            document.add_boolean_term(f"Q{row.id}")
            for pair in row.pairs:
                document.add_boolean_term(f"XP{pair}")
            document.add_value(_DAY, xapian.sortable_serialise(row.day))
            document.add_value(_MONTH, row.month)
            document.add_value(_PAIR, " ".join(row.pairs))
            document.add_value(_ACTOR, " ".join(actor_id for actor_id, _ in row.actors))
            document.set_data(f"{row.id}\n{row.tokens}")
            database.add_document(document)
        database.close()

    def open(self) -> None:
        self._database = xapian.Database(self._path)

    def supports(self, request: Request, mode: Mode) -> bool:
        return True

    def answer(self, request: Request, mode: Mode) -> object:
        enquire = xapian.Enquire(self._database)
        enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 1, 0.75, 0))
        enquire.set_query(_translate(request))
        slots = () if mode == "topk" else (_MONTH, _PAIR, _ACTOR)
        spies = [xapian.ValueCountMatchSpy(slot) for slot in slots]
        for spy in spies:
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, 10, self._database.get_doccount())
        if mode == "topk":
            return [hit.docid for hit in found], found.get_matches_estimated(), None, []
        data = [hit.document.get_data().decode().partition("\n") for hit in found]
        counts = [[(v.term, v.termfreq) for v in spy.top_values(50)] for spy in spies[1:]]
        months = {value.term.decode(): value.termfreq for value in spies[0].values()}
        snippets = [found.snippet(tokens, _SNIPPET_BYTES) for _, _, tokens in data]
        ids = [parts[0] for parts in data]
        return ids, found.get_matches_estimated(), months, (counts, snippets)

    def read(self, answered: object) -> Answer:
        assert isinstance(answered, tuple)
        hits, total, months, _ = answered
        if months is None:
            data = (self._database.get_document(number).get_data().decode() for number in hits)
            return Answer(tuple(text.partition("\n")[0] for text in data), total)
        return Answer(tuple(hits), total, {"month": months})

    def forget(self) -> None:
        self._database.reopen()

    def add_one(self) -> None:
        database = xapian.WritableDatabase(self._path, xapian.DB_OPEN)
        document = xapian.Document()
        document.add_posting("nowy", 0)
        database.add_document(document)
        database.close()
        self._database.reopen()

    def close(self) -> None:
        self._database.close()


def _translate(request: Request) -> Any:
    words = list(request.tokens)
    match request.kind:
        case "all":
            return xapian.Query.MatchAll
        case "prefix":
            return xapian.Query(
                xapian.Query.OP_WILDCARD,
                words[0],
                0,
                xapian.Query.WILDCARD_LIMIT_ERROR,
                xapian.Query.OP_OR,
            )
        case "phrase":
            return xapian.Query(xapian.Query.OP_PHRASE, words)
        case "or3":
            return xapian.Query(xapian.Query.OP_OR, words)
        case "filter":
            low, high = map(xapian.sortable_serialise, (request.first, request.last))
            days = xapian.Query(xapian.Query.OP_VALUE_RANGE, _DAY, low, high)
            both = xapian.Query(xapian.Query.OP_AND, days, xapian.Query(f"XP{request.pair}"))
            return xapian.Query(xapian.Query.OP_FILTER, xapian.Query(words[0]), both)
        case _:
            return xapian.Query(xapian.Query.OP_AND, words)
