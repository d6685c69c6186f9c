"""Show how cost grows with the number of passages.

python -m tests.benchmarks.growth --passages 20000 100000 1000000 --json growth.json
"""

import json
from collections.abc import Iterator, Sequence
from math import log

from tests.benchmarks.engines import MODES
from tests.benchmarks.peers import make_parser, run
from tests.benchmarks.report import Json, format_tables
from tests.benchmarks.requests import CLASSES


def format_growth(runs: Sequence[Json], name: str) -> Iterator[str]:
    """Give one engine's figures by size; a power of 1 is a cost in step with the passages."""
    yield f"{name}{'':24}" + "".join(f"{run['passages']:>14,}" for run in runs) + f"{'power':>9}"
    for label, key, unit in (
        ("passages/s", "bulk_per_s", 1.0),
        ("MB on disk", "bytes", 1e6),
        ("peak MB while building", "peak_rss", 1e6),
        ("MB while answering", "query_rss", 1e6),
        ("open, s", "open_s", 1.0),
        ("add one, s", "add_one_s", 1.0),
    ):
        values = [run["engines"].get(name, {}).get(key) for run in runs]
        yield _format_line(label, runs, [None if v is None else v / unit for v in values])
    for mode in MODES:
        for kind in CLASSES:
            found = [
                run["engines"].get(name, {}).get("classes", {}).get(kind, {}).get(mode, {})
                for run in runs
            ]
            yield _format_line(f"{mode} {kind}, ms p50", runs, [f.get("p50") for f in found])


def _format_line(label: str, runs: Sequence[Json], values: Sequence[float | None]) -> str:
    cells = "".join(f"{'-' if value is None else f'{value:,.3f}':>14}" for value in values)
    known = [(run["passages"], v) for run, v in zip(runs, values, strict=True) if v]
    if len(known) < 2:
        return f"  {label:30}{cells}"
    (few, small), (many, large) = known[0], known[-1]
    return f"  {label:30}{cells}{log(large / small) / log(many / few):9.2f}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = make_parser("How cost grows with the number of passages.")
    parser.add_argument("--passages", type=int, nargs="+", default=(20_000, 100_000, 1_000_000))
    options = parser.parse_args(arguments)
    runs = []
    for passages in options.passages:
        runs.append(run(options, passages))
        print(format_tables(runs[-1]), end="\n\n")
    for name in options.engines:
        if any(name in figures["engines"] for figures in runs):
            print("\n".join(format_growth(runs, name)), end="\n\n")
    if options.json:
        options.json.write_text(json.dumps(runs, ensure_ascii=False, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
