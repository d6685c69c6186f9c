"""What a run gave, as JSON and as tables for people."""

from collections.abc import Iterator, Mapping, Sequence
from math import exp, log
from statistics import median
from typing import Any

from tests.benchmarks.engines import MODES, Mode
from tests.benchmarks.measuring import Measured, Samples
from tests.benchmarks.requests import CLASSES, RequestClass

REFERENCE = "tantivy"

_NOTES = (
    "Kwerenda is given texts and typed words, and its times hold its own analysis of both, its",
    "parser, the weight of headlines, the number of documents and the reasons of each hit. The",
    "other engines are given tokens that are stemmed already: the vocabulary has one key a word,",
    "so that all of them mean the same. What each of them does not do is said in its module. The",
    "best ten differ among equal scores, by the weight of headlines and by how lengths are kept.",
    "First: not asked before since the caches were emptied, among others; cold: emptied each time.",
)

Json = dict[str, Any]


def to_json(measured: Measured, conditions: Mapping[str, object]) -> Json:
    """Give a run as JSON: milliseconds, bytes, passages a second."""
    return {
        "passages": measured.passages,
        "engines": {
            name: {
                "bulk_per_s": round(measured.passages / built.seconds, 1),
                "bytes": built.bytes,
                "peak_rss": built.peak_rss,
                "classes": _summarise(measured.warm[name]),
                "query_rss": measured.query_rss[name],
                "open_s": round(built.open_s, 4),
                "add_one_s": None if built.add_s is None else round(built.add_s, 4),
                "differences": list(measured.differences[name]),
                "top10_shared_with_kwerenda": round(measured.overlaps.get(name, 0.0), 3),
            }
            for name, built in measured.built.items()
        },
        "first": {name: {"classes": _summarise(s)} for name, s in measured.first.items()},
        "cold": {name: {"classes": _summarise(s)} for name, s in measured.cold.items()},
        "conditions": dict(conditions),
    }


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which that share of all lies, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def geometric_mean(values: Sequence[float]) -> float:
    """Give the mean that ratios have."""
    return exp(sum(map(log, values)) / len(values)) if values else float("nan")


def ratios(measured: Json, name: str, mode: Mode, part: str = "engines") -> dict[str, float]:
    """Give an engine's medians as ratios to those of the reference, by class."""
    own = measured[part][name]["classes"]
    other = measured["engines"][REFERENCE]["classes"]
    return {
        kind: own[kind][mode]["p50"] / other[kind][mode]["p50"]
        for kind in CLASSES
        if mode in own.get(kind, {}) and mode in other.get(kind, {})
    }


def format_tables(measured: Json) -> str:
    """Give a run as tables: building, full requests, the best ten, differences."""
    lines = [f"{measured['passages']:,} passages", *_NOTES, "", *_format_building(measured)]
    for mode, title in (
        ("page", "Full request: 10 hits, total, facets pair, actor, month, 10 snippets"),
        ("topk", "The ten best, by number and score, and an exact total; nothing stored is read"),
    ):
        lines += ["", f"{title}; ms p50 / p95 / p99", *_format_times(measured, mode)]  # type: ignore[arg-type]
    lines += ["", *_format_differences(measured)]
    return "\n".join(lines)


def _summarise(samples: Samples) -> Json:
    summary: Json = {}
    for kind in CLASSES:
        for mode in MODES:
            times = samples.times.get((kind, mode))
            if times:
                summary.setdefault(kind, {})[mode] = {
                    "p50": round(median(times), 4),
                    "p95": round(percentile(times, 0.95), 4),
                    "p99": round(percentile(times, 0.99), 4),
                    "samples": len(times),
                }
    return summary


def _format_building(measured: Json) -> Iterator[str]:
    yield (
        f"{'':16}{'passages/s':>12}{'MB on disk':>12}{'peak MB':>10}{'query MB':>10}"
        f"{'open s':>9}{'add one s':>11}{'top 10 shared':>15}"
    )
    for name, engine in measured["engines"].items():
        added = engine["add_one_s"]
        yield (
            f"{name:16}{engine['bulk_per_s']:12,.0f}{engine['bytes'] / 1e6:12,.1f}"
            f"{engine['peak_rss'] / 1e6:10,.0f}{engine['query_rss'] / 1e6:10,.0f}"
            f"{engine['open_s']:9.3f}{'' if added is None else f'{added:.3f}':>11}"
            f"{engine['top10_shared_with_kwerenda']:15.2f}"
        )


def _format_times(measured: Json, mode: Mode) -> Iterator[str]:
    yield f"{'':16}" + "".join(f"{kind:>24}" for kind in CLASSES)
    for label, part, name in _parts(measured):
        classes = measured[part][name]["classes"]
        if not any(mode in found for found in classes.values()):
            continue
        cells = (_format_cell(classes, kind, mode) for kind in CLASSES)
        yield f"{label:16}" + "".join(f"{cell:>24}" for cell in cells)
    if REFERENCE not in measured["engines"]:
        return
    yield f"medians as ratios to {REFERENCE}; geometric mean without and with match-all"
    for label, part, name in _parts(measured):
        found = ratios(measured, name, mode, part)
        if name == REFERENCE or not found:
            continue
        cells = (f"{found[kind]:.3f}" if kind in found else "" for kind in CLASSES)
        narrow = [ratio for kind, ratio in found.items() if kind != "all"]
        means = f"{geometric_mean(narrow):>10.3f}{geometric_mean(list(found.values())):>10.3f}"
        yield f"{label:16}" + "".join(f"{cell:>24}" for cell in cells) + means


def _parts(measured: Json) -> Iterator[tuple[str, str, str]]:
    """Give what has a line: its label, the part of the figures and the engine."""
    for name in measured["engines"]:
        yield name, "engines", name
        if name in measured["cold"]:
            yield f"{name}, first", "first", name
            yield f"{name}, cold", "cold", name


def _format_cell(classes: Json, kind: RequestClass, mode: Mode) -> str:
    found = classes.get(kind, {}).get(mode)
    if not found:
        return "-"
    return " / ".join(_format_ms(found[share]) for share in ("p50", "p95", "p99"))


def _format_ms(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _format_differences(measured: Json) -> Iterator[str]:
    for name, engine in measured["engines"].items():
        found = engine["differences"]
        yield (
            f"{name}: {len(found)} answers are not what the passages say"
            if found
            else (f"{name}: every answer is what the passages say")
        )
        yield from (f"    {problem}" for problem in found[:5])
