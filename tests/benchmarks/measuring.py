"""One run over one corpus: build, check the answers, then time the requests in turn."""

import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.engines import MODES, Mode
from tests.benchmarks.expected import SHOWN_HITS, Expected, find_differences
from tests.benchmarks.processes import Clock, EngineFailure, EngineProcess
from tests.benchmarks.requests import CLASSES, Request, RequestClass

Say = Callable[[str], None]

_RANKED = frozenset({"rare", "common", "and2", "or3", "phrase"})


@dataclass(frozen=True, slots=True)
class Built:
    """What building an index took and left; `add_s` is None where nothing can be added."""

    seconds: float
    bytes: int
    peak_rss: int
    open_s: float = 0.0
    add_s: float | None = None


@dataclass(slots=True)
class Samples:
    """Milliseconds by class and mode."""

    times: defaultdict[tuple[RequestClass, Mode], list[float]] = field(
        default_factory=lambda: defaultdict(list)
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """All that one run gives, by name of the engine.

    `first` holds each request's first time after the caches were emptied, among the others;
    `warm` the times after it; in `cold` the caches were emptied before every single request.
    """

    passages: int
    built: Mapping[str, Built]
    first: Mapping[str, Samples]
    warm: Mapping[str, Samples]
    cold: Mapping[str, Samples]
    query_rss: Mapping[str, int]
    differences: Mapping[str, tuple[str, ...]]
    overlaps: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run is done: at most `budget_s` for an engine's requests of one class and mode."""

    engines: tuple[str, ...]
    rounds: int
    budget_s: float
    clock: Clock
    cold: tuple[str, ...] = ("kwerenda",)


def measure(
    corpus: Path,
    passages: int,
    requests: Sequence[Request],
    expected: Mapping[Request, Expected],
    directory: Path,
    plan: Plan,
    say: Say,
) -> Measured:
    """Measure the engines of a plan, each in a process of its own."""
    built = {}
    for name in plan.engines:
        try:
            built[name] = _build(name, corpus, directory / name, say)
        except EngineFailure as err:
            say(f"left out: {err}")
            continue
        say(f"{name}: {passages / built[name].seconds:,.0f} passages/s")
    with ExitStack() as stack:
        running = {}
        opened = {}
        for name in built:
            running[name] = EngineProcess(name, directory / name, plan.clock)
            stack.callback(running[name].close)
            opened[name] = running[name].open(requests[0])
        checked = _check(running, requests, expected, say)
        for name, found in checked.differences.items():
            say(f"{name}: {len(found)} answers differ" if found else f"{name}: answers agree")
        for engine in running.values():
            engine.forget()
        first, warm = _time_rounds(running, requests, checked.able, plan, say)
        memory = {name: engine.memory() for name, engine in running.items()}
        cold = {
            name: _time_cold(running[name], requests, checked.able)
            for name in plan.cold
            if name in running
        }
        one = next(request for request in requests if request.kind == "all")
        added = {name: _add_one(engine, one, say) for name, engine in running.items()}
    return Measured(
        passages=passages,
        built={
            name: Built(b.seconds, b.bytes, b.peak_rss, opened[name], added[name])
            for name, b in built.items()
        },
        first=first,
        warm=warm,
        cold=cold,
        query_rss=memory,
        differences=checked.differences,
        overlaps=checked.overlaps,
    )


def measure_size(path: Path) -> int:
    """Give the bytes on the disk; a file with several names counts once."""
    stats = [found.stat() for found in path.rglob("*") if found.is_file()]
    return sum({stat.st_ino: stat.st_size for stat in stats}.values())


def _build(name: str, corpus: Path, directory: Path, say: Say) -> Built:
    say(f"{name}: indexing")
    shutil.rmtree(directory, ignore_errors=True)
    engine = EngineProcess(name, directory)
    try:
        seconds, peak = engine.build(corpus)
    finally:
        engine.close()
    return Built(seconds, measure_size(directory), peak)


def _add_one(engine: EngineProcess, request: Request, say: Say) -> float | None:
    try:
        return engine.add_one(request)
    except EngineFailure as err:
        say(f"nothing added: {err}")
        return None


@dataclass(frozen=True, slots=True)
class _Checked:
    """What is wrong with the answers, how alike the best ten are, and what can be asked."""

    differences: Mapping[str, tuple[str, ...]]
    overlaps: Mapping[str, float]
    able: frozenset[tuple[str, Request, Mode]]


def _check(
    running: Mapping[str, EngineProcess],
    requests: Iterable[Request],
    expected: Mapping[Request, Expected],
    say: Say,
) -> _Checked:
    """Compare every answer with what the passages say."""
    say("checking the answers")
    differences: dict[str, list[str]] = {name: [] for name in running}
    shares: dict[str, list[float]] = {name: [] for name in running}
    able = set()
    for request in requests:
        best: dict[str, set[str]] = {}
        for name, engine in running.items():
            for mode in MODES:
                what = f"{request.kind} {mode} {request.text!r}"
                try:
                    answer = engine.answer(request, mode)
                except EngineFailure as err:
                    differences[name].append(f"{what}: {err}")
                    continue
                if answer is None:
                    continue
                able.add((name, request, mode))
                best[name] = set(answer.ids)
                found = find_differences(answer, expected[request])
                differences[name].extend(f"{what}: {problem}" for problem in found)
        if request.kind in _RANKED and expected[request].total > SHOWN_HITS:
            for name, ids in best.items():
                shares[name].append(len(ids & best.get("kwerenda", ids)) / SHOWN_HITS)
    return _Checked(
        {name: tuple(found) for name, found in differences.items()},
        {name: sum(found) / len(found) for name, found in shares.items() if found},
        frozenset(able),
    )


def _time_rounds(
    running: Mapping[str, EngineProcess],
    requests: Sequence[Request],
    able: Collection[tuple[str, Request, Mode]],
    plan: Plan,
    say: Say,
) -> tuple[dict[str, Samples], dict[str, Samples]]:
    """Ask every engine each request in turn, many rounds; first times are kept apart.

    The order of requests and of engines changes from round to round. The one request for
    everything is asked as often as those of another class together.
    """
    first = {name: Samples() for name in running}
    later = {name: Samples() for name in running}
    spent: defaultdict[tuple[str, RequestClass, Mode], float] = defaultdict(float)
    asked: set[tuple[str, Request, Mode]] = set()
    chance = random.Random(1)
    tasks = [(request, mode) for request in _balance(requests) for mode in MODES]
    names = list(running)
    for number in range(plan.rounds + 1):
        say(f"round {number} of {plan.rounds}")
        chance.shuffle(tasks)
        for request, mode in tasks:
            chance.shuffle(names)
            for name in names:
                key = (name, request.kind, mode)
                if (name, request, mode) not in able or spent[key] > plan.budget_s:
                    continue
                took = running[name].time(request, mode)
                spent[key] += took / 1000
                is_new = (name, request, mode) not in asked
                asked.add((name, request, mode))
                (first if is_new else later)[name].times[request.kind, mode].append(took)
                if is_new and spent[key] > plan.budget_s:
                    # Too slow for another round.
                    later[name].times[request.kind, mode].append(took)
    return first, later


def _time_cold(
    engine: EngineProcess, requests: Sequence[Request], able: Collection[tuple[str, Request, Mode]]
) -> Samples:
    """Ask each request once in each mode, with nothing left of any other but loaded tables."""
    samples = Samples()
    other = Request("rare", ("rozgrzewka",), "rozgrzewka")
    for request in requests:
        for mode in MODES:
            if (engine.name, request, mode) in able:
                engine.forget()
                engine.time(other, mode)
                samples.times[request.kind, mode].append(engine.time(request, mode))
    return samples


def _balance(requests: Sequence[Request]) -> list[Request]:
    most = max(sum(request.kind == kind for request in requests) for kind in CLASSES)
    every = [request for request in requests if request.kind == "all"]
    return [*requests, *every * (most - len(every))]
