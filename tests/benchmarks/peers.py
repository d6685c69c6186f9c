"""Run Kwerenda and other engines side by side.

    python -m tests.benchmarks.peers --passages 100000 --json figures.json

Each engine has a process of its own; it builds its index alone, then all are open at once
and get each request in turn. Every answer is checked before anything is timed.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.benchmarks.corpus import generate_rows, read_rows, write_rows
from tests.benchmarks.engines import ENGINES, is_installed
from tests.benchmarks.expected import expect_answers
from tests.benchmarks.measuring import Plan, measure
from tests.benchmarks.report import Json, format_tables, to_json
from tests.benchmarks.requests import choose_requests, limit_requests
from tests.benchmarks.vocabulary import read_vocabulary

MOST_FOR_STOCK_WHOOSH = 20_000
CACHE = Path(tempfile.gettempdir()) / "kwerenda-benchmarks"

_PACKAGES = ("numpy", "tantivy", "bm25s", "whoosh-reloaded", "morfeusz2")


def run(options: argparse.Namespace, passages: int) -> Json:
    """Generate the passages, run everything, and give the figures."""
    say = _say_nothing if options.quiet else _say
    vocabulary = read_vocabulary(CACHE, ambiguous=options.ambiguous)
    with _workplace(options.directory) as directory:
        corpus = directory / f"passages-{passages}-{options.seed}"
        say(f"generating {passages:,} passages")
        write_rows(generate_rows(vocabulary, passages, options.seed), corpus)
        candidates = choose_requests(read_rows(corpus), vocabulary, 2 * options.requests)
        expected = expect_answers(read_rows(corpus), candidates)
        answered = [request for request in candidates if expected[request].total]
        requests = limit_requests(answered, options.requests)
        plan = Plan(
            engines=_choose_engines(options.engines, passages),
            rounds=options.rounds,
            budget_s=options.budget,
            clock=options.clock,
        )
        measured = measure(corpus, passages, requests, expected, directory, plan, say)
    return to_json(measured, _describe(options, len(requests)))


def make_parser(description: str) -> argparse.ArgumentParser:
    """Give the options that a run has, whatever the number of passages."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--engines", nargs="+", choices=tuple(ENGINES), default=tuple(ENGINES))
    parser.add_argument("--requests", type=int, default=20, help="of each class (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="counted ones (%(default)s)")
    parser.add_argument(
        "--budget", type=float, default=60.0, help="seconds for an engine and a class (%(default)s)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    parser.add_argument(
        "--ambiguous",
        action="store_true",
        help="words that share forms, as in real texts; answers then differ",
    )
    parser.add_argument("--directory", type=Path, help="keep passages and indexes there")
    parser.add_argument("--quiet", action="store_true")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    parser = make_parser("Kwerenda and other engines on the same generated passages.")
    parser.add_argument("--passages", type=int, default=20_000)
    options = parser.parse_args(arguments)
    figures = run(options, options.passages)
    print(format_tables(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2), encoding="utf-8")


def _choose_engines(names: Sequence[str], passages: int) -> tuple[str, ...]:
    """Give the engines that are installed; stock Whoosh only where it can keep up."""
    return tuple(
        name
        for name in names
        if is_installed(name) and (name != "whoosh" or passages <= MOST_FOR_STOCK_WHOOSH)
    )


def _describe(options: argparse.Namespace, requests: int) -> Json:
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "packages": {name: found for name in _PACKAGES if (found := _find_version(name))},
        "requests": requests,
        "rounds": options.rounds,
        "clock": options.clock,
        "seed": options.seed,
        "vocabulary": "ambiguous" if options.ambiguous else "one key a word",
    }


def _find_version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


@contextmanager
def _workplace(directory: Path | None) -> Iterator[Path]:
    if directory is not None:
        directory.mkdir(parents=True, exist_ok=True)
        yield directory
        return
    with tempfile.TemporaryDirectory(prefix="kwerenda-") as temporary:
        yield Path(temporary)


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _say_nothing(message: str) -> None:
    """Stay quiet."""


if __name__ == "__main__":
    main()
