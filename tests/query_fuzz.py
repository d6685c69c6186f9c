"""Ask the JSON interface whatever can be typed, and see that every answer is one.

    python tests/query_fuzz.py [--queries 100000] [--seed 1] [--index PLACE] [--limit-ms 2000]

Without an index of its own it searches one made of a few invented passages. Prints what
went wrong, the slowest queries and how often each note was given; exits with 1 when
anything failed, took longer than the limit, or repaired a query without saying so.
"""

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flask.testing import FlaskClient
from small_documents import make_document, source_of

from index.whoosh_index import update_index
from search.edits import drop_fields
from search.parser import parse_query
from search.query import MAX_TEXT_CHARS, Note, list_fields
from search.whoosh_engine import open_engine
from web import create_app
from web.notes import write_remark
from web.settings import Settings

LIMIT_MS = 2_000
"""What no query may take of a processor, in an index of a hundred thousand passages."""

_TEXTS = (
    "Rosja i Japonia wznowiły rozmowy o rybołówstwie. W Moskwie spotkali się wiceministrowie.",
    "Ukraina podpisała umowę z Koreą Północną. KRLD zapowiedziała rozmowy japońsko-rosyjskie.",
    "Igor Morelow, szef MSZ, odwiedził Łódź; zażółć gęślą jaźń 27. dnia 2031 r.",
)
_WORDS = " ".join(_TEXTS).split()
_OPERATORS = ("AND", "OR", "NOT", "&&", "||", "+", "-", "(", ")", '"', "„", "”", "~", "=", ":", "*")
_FIELDS = ("kraj", "para", "aktor", "data", "rodzaj", "dokument", "dział", "źródło", "nic", "text")
_VALUES = (
    "JP",
    "JP-RU",
    "brak",
    "2031",
    "2031-13",
    "jesień 2031",
    "0000",
    "..",
    '"Igor M',
    "-",
    "",
)
_STRANGE = "\x00\x1f\u200b\u202e\ud83d\ude00ﬁ٣²Ⅷ\u0301İıßŁ'’–—\t\n\r\\/%&<>[]{}^$|.,;!#@`"


@dataclass
class Findings:
    """What came of it."""

    asked: int = 0
    failures: list[str] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)


def make_queries(seed: int, count: int) -> Iterator[str]:
    """Give query texts of every make, the same ones for the same seed."""
    chance = random.Random(seed)
    makers = (_grammar, _grammar, _grammar, _slips, _fuzzy, _characters, _nested, _wildcards, _long)
    for _ in range(count):
        yield chance.choice(makers)(chance)


def ask_all(client: FlaskClient, queries: Iterator[str], limit_ms: float) -> Findings:
    """Ask every query; a search, and now and then its suggestions and its concordance."""
    findings = Findings()
    for number, text in enumerate(queries):
        paths = ["search"]
        if number % 5 == 0:
            paths += ["suggest", "concordance"]
        # The fields that a page shows can all be taken away again.
        if number % 7 == 0 and list(list_fields(parse_query(drop_fields(text)).root)):
            findings.failures.append(f"fields left: {text!r}")
        for path in paths:
            _ask(client, path, text, limit_ms, findings)
    return findings


def unsaid_repairs(text: str, notes: set[str]) -> set[str]:
    """Give the codes of repairs that a text plainly needs and that no note tells of."""
    needed = set()
    if sum(text[: MAX_TEXT_CHARS + 1].count(mark) for mark in '"„”“«»') % 2 and len(text) < 99:
        needed.add("unbalanced_quotes")
    if re.search(r"(?:^|\s)~", text) and not re.search('["„”“«»]', text) and len(text) < 99:
        needed.add("stray_tilde")
    # A request's parameters lose the blanks around them, of which some of these are.
    if any(char in text.strip()[:MAX_TEXT_CHARS] for char in "\x00\x1f\u200b\u202e"):
        needed.add("control_characters")
    if len(text) > MAX_TEXT_CHARS:
        needed.add("too_long")
    return needed - notes


def _ask(client: FlaskClient, path: str, text: str, limit_ms: float, findings: Findings) -> None:
    began = time.thread_time()
    asked = {"q": text}
    if path != "suggest" and findings.asked % 3 == 0:
        asked["related"] = "RU"
    response = client.get(f"/api/v1/{path}", query_string=asked)
    took = (time.thread_time() - began) * 1000
    findings.asked += 1
    findings.slowest = sorted([*findings.slowest, (took, f"{path} {text[:120]!r}")])[-5:]
    if response.status_code != 200:
        findings.failures.append(f"{response.status_code} {path} {text!r}")
        return
    if took > limit_ms:
        findings.failures.append(f"{took:.0f} ms {path} {text!r}")
    if path == "search":
        given = response.get_json()["notes"]
        for note in given:
            findings.notes[note["code"]] += 1
            told = Note(note["code"], tuple(note["values"]), note["query"] or "")
            if write_remark(told, "pl").text in (note["code"], ", ".join(note["values"])):
                findings.failures.append(f"no sentence for {note['code']}: {text!r}")
        for code in unsaid_repairs(text, {note["code"] for note in given}):
            findings.failures.append(f"{code} unsaid: {text!r}")


def _grammar(chance: random.Random) -> str:
    pieces = []
    for _ in range(chance.randint(1, 9)):
        kind = chance.random()
        if kind < 0.5:
            pieces.append(chance.choice(_WORDS))
        elif kind < 0.75:
            pieces.append(chance.choice(_OPERATORS))
        elif kind < 0.9:
            pieces.append(f"{chance.choice(_FIELDS)}:{chance.choice((*_VALUES, *_WORDS))}")
        else:
            pieces.append(f'"{" ".join(chance.sample(_WORDS, 3))}"~{chance.randint(0, 1200)}')
    return chance.choice((" ", " ", "")).join(pieces)


def _slips(chance: random.Random) -> str:
    words = []
    for _ in range(chance.randint(1, 6)):
        letters = list(chance.choice(_WORDS))
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(letters) + 1)
            letters[at : at + chance.randint(0, 1)] = chance.choice("aeiouyzźżłxqv-")
        words.append("".join(letters))
    return " ".join(words)


def _fuzzy(chance: random.Random) -> str:
    """Give words with tildes, most of them where one may stand, some in a phrase."""
    words = []
    for _ in range(chance.randint(1, 6)):
        word = _slips(chance).partition(" ")[0]
        tilde = chance.choice(("~", "~", "~2", "~2", "~1", "~9", "~0.7", " ~", "~~", "*~", ""))
        words.append(chance.choice(("", "", "", "-", "+", "~", "NOT ")) + word + tilde)
    text = " ".join(words)
    return f'"{text}"{chance.choice(("", "~", "~3"))}' if chance.random() < 0.3 else text


def _characters(chance: random.Random) -> str:
    drawn = [
        chance.choice(_STRANGE)
        if chance.random() < 0.5
        else chr(chance.choice((chance.randrange(0x20, 0x250), chance.randrange(0x250, 0xD7FF))))
        for _ in range(chance.randint(1, 40))
    ]
    return "".join(drawn).encode("utf-8", "replace").decode()


def _nested(chance: random.Random) -> str:
    depth = chance.randint(1, 60)
    opened = "".join(chance.choice(("(", "-(", "+(", "NOT (", "a OR (")) for _ in range(depth))
    return opened + chance.choice(_WORDS) + ")" * chance.randint(0, depth + 2)


def _wildcards(chance: random.Random) -> str:
    words = []
    for _ in range(chance.randint(1, 20)):
        letters = [chance.choice((char, char, char, "*", "?")) for char in chance.choice(_WORDS)]
        words.append("".join(letters))
    return " ".join(words)


def _long(chance: random.Random) -> str:
    piece = chance.choice((chance.choice(_WORDS) + " ", "a", '"', "*a", "a-", "a'", "kraj:", "(-"))
    return piece * chance.randint(50, 3_000 // len(piece))


def open_client(directory: Path) -> FlaskClient:
    """Give a client of the service over an index."""
    engine = open_engine(directory)
    engine.warm()
    return create_app(engine, Settings()).test_client()


def build_index(directory: Path) -> Path:
    """Write a small index to ask."""
    document = make_document("fuzz", *_TEXTS)
    update_index(directory, added=[(source_of(document), document)])
    return directory


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--queries", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--limit-ms", type=float, default=LIMIT_MS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        asked = ask_all(
            open_client(options.index or build_index(Path(place) / "index")),
            make_queries(options.seed, options.queries),
            options.limit_ms,
        )
    print(f"{asked.asked} requests, {len(asked.failures)} failures")
    print("\n".join(asked.failures[:20]))
    print("\n".join(f"{took:8.1f} ms  {text}" for took, text in reversed(asked.slowest)))
    print(", ".join(f"{code} {count}" for code, count in asked.notes.most_common()))
    sys.exit(bool(asked.failures))
