"""Signed networks at a month: who is in them, where each stands in the picture, and what is drawn.

What enters: lines of warmth, a month, and for a network of one actor its id. What leaves: `Picture`s with coordinates,
and `Structure`: triads and blocs of the same ties with their probabilities. Positions rest on all months together, so
that they stay where they are as the month is moved, and are the same each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from detente.measure.thin import THIN
from detente.resolve.knowledge import load_knowledge
from detente.web.asking import name_of
from detente.web.lines import Lines, Standing
from detente.web.measured import Pair

if TYPE_CHECKING:
    from detente.measure.blocs import Blocs
    from detente.measure.ties import Ties
    from detente.measure.triads import Balance, Triad

MOST_STATES = 40
MOST_AROUND = 24
DRAWS = 400
WIDTH, HEIGHT, MARGIN = 720, 470, 34
_APART = 30.0
_UNTOLD = 1.25


@dataclass(frozen=True, slots=True)
class Node:
    """One side of the network and its place in the picture, in units of `WIDTH` × `HEIGHT`."""

    id: str
    name: str
    label: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie with enough told of it, between two places of the picture."""

    pair: Pair
    names: tuple[str, str]
    ends: tuple[float, float, float, float]
    width: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Picture:
    """A network at a month. `left` counts sides that would belong to it and are beyond the cap."""

    month: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left: int

    @property
    def drawn(self) -> tuple[Edge, ...]:
        """The ties whose interval leaves out 0, the weakest first so that strong ones lie on top."""
        clear = (edge for edge in self.edges if edge.standing.is_clear)
        return tuple(sorted(clear, key=lambda edge: (abs(edge.standing.value), edge.pair)))


@dataclass(frozen=True, slots=True)
class Structure:
    """What follows from the ties of a month taken together; `balance` is None without a triad."""

    ties: Ties
    blocs: Blocs
    triads: tuple[Triad, ...]
    balance: Balance | None


def picture_of(lines: Lines, month: int, centre: str | None = None) -> Picture:
    """The network of all states, or of one actor and those most told of beside it.

    Args:
        centre: id of the actor; None for all states.
    """
    members, left = _members(lines, centre)
    place = _places(lines, members)
    shown = [pair for pair in combinations(members, 2) if lines.reports.get(pair, 0.0) >= THIN]
    edges = []
    for pair in shown:
        standing = lines.standing(pair, month)
        assert standing is not None
        ends = (*place[pair[0]], *place[pair[1]])
        width = round(min(5.0, 0.8 + 1.1 * abs(standing.value)), 2)
        edges.append(Edge(pair, (name_of(pair[0]), name_of(pair[1])), ends, width, standing))
    told = {one: sum(lines.reports[pair] for pair in shown if one in pair) for one in members}
    most = max(told.values(), default=1.0) or 1.0
    nodes = [Node(one, name_of(one), _label(one), *place[one], 4 + 5 * (told[one] / most) ** 0.5) for one in members]
    return Picture(month, tuple(nodes), tuple(edges), left)


@lru_cache(maxsize=32)
def structure_of(lines: Lines, month: int) -> Structure | None:
    """Triads and blocs of the network of all states; None where it has no tie."""
    from detente.measure.blocs import blocs_of
    from detente.measure.ties import draw_ties
    from detente.measure.triads import balance_of, triads_of

    edges = picture_of(lines, month).edges
    if not edges or lines.survey is None:
        return None
    ties = draw_ties(
        [edge.pair for edge in edges],
        np.array([edge.standing.theta for edge in edges]),
        np.array([edge.standing.sd for edge in edges]),
        draws=DRAWS,
        month=month,
        rules=(*lines.survey.rules.described(), f"Ties of pairs with {THIN:g} reports a month or more."),
    )
    return Structure(ties, blocs_of(ties), tuple(triads_of(ties)), balance_of(ties))


def _members(lines: Lines, centre: str | None) -> tuple[tuple[str, ...], int]:
    """Who stands in the picture, in alphabetical order, and how many more would."""
    actors = load_knowledge().actors
    told: dict[str, float] = {}
    for pair, reports in lines.reports.items():
        if reports < THIN or (centre is not None and centre not in pair):
            continue
        for one in pair:
            if centre is not None or (one in actors and actors[one].kind == "state"):
                told[one] = told.get(one, 0.0) + reports
    most = MOST_STATES if centre is None else MOST_AROUND + 1
    ranked = sorted(told, key=lambda one: (-told[one], one))
    return tuple(sorted(ranked[:most])), max(0, len(ranked) - most)


@lru_cache(maxsize=64)
def _places(lines: Lines, members: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """Places by warmth over all months: the friendlier two are, the nearer (Kamada and Kawai 1989, by networkx)."""
    if len(members) < 2:
        return dict.fromkeys(members, (WIDTH / 2, HEIGHT / 2))
    import networkx

    graph = networkx.complete_graph(list(members))
    apart: dict[str, dict[str, float]] = {one: {} for one in members}
    for a, b in combinations(members, 2):
        warmth = None
        if lines.reports.get((a, b), 0.0) >= THIN:
            warmth = float(lines.line((a, b))[0].history.mean())
        apart[a][b] = apart[b][a] = _UNTOLD if warmth is None else 1.0 - 0.7 * float(np.tanh(warmth))
    begun = networkx.circular_layout(graph)
    found = networkx.kamada_kawai_layout(graph, dist=apart, pos=begun)
    return _fitted(members, np.array([found[one] for one in members]))


def _fitted(
    members: tuple[str, ...], at: np.ndarray[tuple[int, int], np.dtype[np.float64]]
) -> dict[str, tuple[float, float]]:
    """Turn the longest axis to lie flat, fill the picture, and push apart what would overlap."""
    at = at - at.mean(axis=0)
    axes = np.linalg.svd(at, full_matrices=False)[2]
    axes *= np.where(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)] < 0, -1, 1)[:, None]
    at = at @ axes.T
    room = np.array([WIDTH / 2 - MARGIN, HEIGHT / 2 - MARGIN])
    at = at * room / np.maximum(np.abs(at).max(axis=0), 1e-9)
    for _ in range(60):
        gaps = at[:, None] - at[None]
        far = np.sqrt((gaps**2).sum(axis=2)) + np.eye(len(at)) * 1e9
        push = np.where(far < _APART, (_APART - far) / 2, 0.0) / np.maximum(far, 1e-6)
        at = np.clip(at + (gaps * push[:, :, None]).sum(axis=1), -room, room)
    centre = np.array([WIDTH / 2, HEIGHT / 2])
    return {one: (round(float(x), 1), round(float(y), 1)) for one, (x, y) in zip(members, at + centre, strict=True)}


def _label(one: str) -> str:
    if len(one) <= 6:
        return one
    name = name_of(one)
    return name if len(name) <= 16 else name[:15].rstrip() + "…"
