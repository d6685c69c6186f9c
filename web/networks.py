"""Who appears together: a small network as numbers a template can draw.

Neighbours stand on an ellipse in the order of their counts, so that a network of eight
names is the same drawing each time; the table beside it says the same in figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, pi, sin
from textwrap import shorten, wrap

WIDTH = 420
HEIGHT = 336
MAX_NODES = 8
_CENTRE = (WIDTH / 2, HEIGHT / 2)
_RADII = (94.0, 112.0)
_LINE_CHARS = 15
_LINE_PX = 16
# Within this distance of the axis a label stands above or below its circle.
_BESIDE = 0.35


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Someone who appears with the subject, in `count` passages."""

    id: str
    name: str
    is_organisation: bool
    count: int


@dataclass(frozen=True, slots=True)
class Node:
    """A neighbour drawn: its circle, and the lines of its label from the first one's place."""

    neighbour: Neighbour
    x: float
    y: float
    radius: float
    label: tuple[str, ...]
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two places; `to_subject` tells those that lead to the centre."""

    start: tuple[float, float]
    end: tuple[float, float]
    width: float
    to_subject: bool


@dataclass(frozen=True, slots=True)
class Network:
    """The drawing; `centre` is None where nobody stands in the middle."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    centre: tuple[float, float] | None


def draw_network(
    neighbours: Sequence[Neighbour],
    together: Mapping[tuple[str, str], int],
    *,
    has_centre: bool,
) -> Network:
    """Give the drawing of the most frequent neighbours.

    Args:
        together: passages in which two neighbours appear, by their ids in order.
        has_centre: whether the subject is one of those who appear, and stands in the middle.
    """
    shown = neighbours[:MAX_NODES]
    highest = max((neighbour.count for neighbour in shown), default=1)
    nodes = {
        neighbour.id: _place(neighbour, at, len(shown), highest)
        for at, neighbour in enumerate(shown)
    }
    joined = {
        pair: count
        for pair in combinations(sorted(nodes), 2)
        if (count := together.get((pair[0], pair[1]), 0))
    }
    thickest = max([*joined.values(), highest if has_centre else 1])
    edges = [
        Edge(
            (nodes[left].x, nodes[left].y),
            (nodes[right].x, nodes[right].y),
            _width(count, thickest),
            to_subject=False,
        )
        for (left, right), count in joined.items()
    ]
    if has_centre:
        edges += [
            Edge(_CENTRE, (node.x, node.y), _width(node.neighbour.count, thickest), to_subject=True)
            for node in nodes.values()
        ]
    return Network(tuple(nodes.values()), tuple(edges), _CENTRE if has_centre else None)


def break_name(name: str) -> tuple[str, ...]:
    """Give a name in at most two lines that have room beside a circle.

    >>> break_name("Ministerstwo Spraw Zagranicznych")
    ('Ministerstwo', 'Spraw …')
    """
    lines = wrap(name, _LINE_CHARS)
    if len(lines) > 1:
        lines = [lines[0], shorten(" ".join(lines[1:]), _LINE_CHARS, placeholder=" …")]
    return tuple(lines)


def _place(neighbour: Neighbour, at: int, count: int, highest: int) -> Node:
    angle = 2 * pi * at / count - pi / 2
    x = _CENTRE[0] + _RADII[0] * cos(angle)
    y = _CENTRE[1] + _RADII[1] * sin(angle)
    radius = 5 + 6 * neighbour.count / highest
    label = break_name(neighbour.name)
    gap = radius + 5
    if cos(angle) > _BESIDE:
        anchor, label_x = "start", x + gap
    elif cos(angle) < -_BESIDE:
        anchor, label_x = "end", x - gap
    else:
        anchor, label_x = "middle", x
    if anchor != "middle":
        label_y = y + 4 - (len(label) - 1) * _LINE_PX / 2
    elif sin(angle) < 0:
        label_y = y - gap - (len(label) - 1) * _LINE_PX
    else:
        label_y = y + gap + 11
    return Node(neighbour, x, y, radius, label, label_x, label_y, anchor)


def _width(count: int, thickest: int) -> float:
    return 0.75 + 3 * count / thickest
