"""SQLite FTS5: tokens that are stemmed already, facets as joins with plain tables."""

import sqlite3
from pathlib import Path
from typing import Any

from tests.benchmarks.corpus import Row, read_rows
from tests.benchmarks.engines import Answer, Mode
from tests.benchmarks.requests import Request

_BATCH = 10_000
_TABLES = """
    CREATE VIRTUAL TABLE words USING fts5(tokens, tokenize="unicode61 remove_diacritics 0");
    CREATE TABLE passage (number INTEGER PRIMARY KEY, id TEXT, kind TEXT, day INT, month TEXT);
    CREATE TABLE pair (number INT, value TEXT);
    CREATE TABLE actor (number INT, value TEXT);
"""
_INDEXES = """
    CREATE INDEX pair_of ON pair (number, value);
    CREATE INDEX actor_of ON actor (number, value);
    CREATE INDEX with_pair ON pair (value, number);
    CREATE INDEX passage_day ON passage (day);
    INSERT INTO words (words) VALUES ('optimize');
"""
_SNIPPET = "snippet(words, 0, '<b>', '</b>', '…', 30)"
_JOIN = "JOIN passage ON passage.number = words.rowid"
_FILTERED = f"""
    FROM words {_JOIN}
    WHERE words MATCH :match AND day BETWEEN :first AND :last
    AND words.rowid IN (SELECT number FROM pair WHERE value = :pair)
"""
_PLAIN = f"FROM words {_JOIN} WHERE words MATCH :match"
_EVERY = f"FROM words {_JOIN}"
_COUNTS = {
    "pair": "SELECT value, count(*) FROM hit JOIN pair USING (number) GROUP BY value",
    "actor": "SELECT value, count(*) AS n FROM hit JOIN actor USING (number) "
    "GROUP BY value ORDER BY n DESC LIMIT 50",
    "month": "SELECT month, count(*) FROM hit JOIN passage USING (number) GROUP BY month",
}


def open_peer(directory: Path) -> "Fts5Peer":
    return Fts5Peer(directory)


class Fts5Peer:
    def __init__(self, directory: Path) -> None:
        self._path = directory / "passages.sqlite"

    def build(self, corpus: Path) -> None:
        self._path.parent.mkdir(parents=True)
        self.open()
        self._connection.executescript(_TABLES)
        batch: list[Row] = []
        number = 0
        for row in read_rows(corpus):
            batch.append(row)
            if len(batch) == _BATCH:
                number = self._insert(batch, number)
                batch.clear()
        self._insert(batch, number)
        self._connection.executescript(_INDEXES)
        self._connection.commit()
        self.close()

    def open(self) -> None:
        self._connection = sqlite3.connect(self._path)
        for setting in (
            "journal_mode = off",
            "synchronous = off",
            "cache_size = -400000",
            "mmap_size = 8000000000",
        ):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.execute("CREATE TEMP TABLE hit (number INTEGER PRIMARY KEY)")

    def supports(self, request: Request, mode: Mode) -> bool:
        return True

    def answer(self, request: Request, mode: Mode) -> object:
        values = {
            "match": _match(request),
            "first": request.first,
            "last": request.last,
            "pair": request.pair,
        }
        source = {"filter": _FILTERED, "all": _EVERY}.get(request.kind, _PLAIN)
        order = "words.rowid" if request.kind == "all" else "rank"
        run = self._connection.execute
        if mode == "topk":
            plain = source.replace(_JOIN, "") if request.kind != "filter" else source
            hits = run(f"SELECT words.rowid {plain} ORDER BY {order} LIMIT 10", values).fetchall()
            (total,) = run(f"SELECT count(*) {plain}", values).fetchone()
            return hits, total, None
        shown = f"id, {_SNIPPET}"
        hits = run(f"SELECT {shown} {source} ORDER BY {order} LIMIT 10", values).fetchall()
        run("DELETE FROM hit")
        total = run(f"INSERT INTO hit SELECT passage.number {source}", values).rowcount
        return hits, total, {name: run(sql).fetchall() for name, sql in _COUNTS.items()}

    def read(self, answered: object) -> Answer:
        hits, total, counts = _as_tuple(answered)
        first = tuple(hit[0] for hit in hits)
        if counts is None:
            find = "SELECT id FROM passage WHERE number = ?"
            ids = (self._connection.execute(find, (number,)).fetchone()[0] for number in first)
            return Answer(tuple(ids), total)
        return Answer(first, total, {name: dict(rows) for name, rows in counts.items()})

    def forget(self) -> None:
        """Close and open again, for an empty page cache."""
        self.close()
        self.open()

    def add_one(self) -> None:
        insert = self._connection.execute("INSERT INTO passage (id, kind) VALUES ('one', 'event')")
        self._connection.execute(
            "INSERT INTO words (rowid, tokens) VALUES (?, 'nowy')", (insert.lastrowid,)
        )
        self._connection.commit()

    def close(self) -> None:
        self._connection.close()

    def _insert(self, rows: list[Row], number: int) -> int:
        """Insert rows under the numbers after `number`, and give the last one."""
        numbered = list(enumerate(rows, start=number + 1))
        many = self._connection.executemany
        many(
            "INSERT INTO words (rowid, tokens) VALUES (?, ?)", ((n, r.tokens) for n, r in numbered)
        )
        many(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?)",
            ((n, r.id, r.kind, r.day, r.month) for n, r in numbered),
        )
        many("INSERT INTO pair VALUES (?, ?)", ((n, pair) for n, r in numbered for pair in r.pairs))
        many(
            "INSERT INTO actor VALUES (?, ?)",
            ((n, actor_id) for n, r in numbered for actor_id, _ in r.actors),
        )
        return number + len(rows)


def _match(request: Request) -> str:
    match request.kind:
        case "prefix":
            return f'"{request.tokens[0]}" *'
        case "phrase":
            return f'"{" ".join(request.tokens)}"'
        case "or3":
            return " OR ".join(f'"{token}"' for token in request.tokens)
        case _:
            return " AND ".join(f'"{token}"' for token in request.tokens)


def _as_tuple(answered: object) -> tuple[Any, ...]:
    assert isinstance(answered, tuple)
    return answered
