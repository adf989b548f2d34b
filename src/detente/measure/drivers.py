"""Which stories moved a pair, and by how much: contributions that add up to the move.

What enters: a fit and the pair's stories. What leaves: `Move` with one `Driver` a story, strongest first.

At its mode the smoother is linear in what the months say: theta = H⁻¹ b, where H is the precision of the path and b[t]
is the pseudo-observation of month t over its variance: (eta / v + slope) / (1 + tau2 / v). The slope is a sum over the
stories of the month, and the rest is divided by their amounts, so that each story has its part of b. What it
contributes to a move is its part put through the difference of two rows of H⁻¹: what the move loses when the story is
left out and the weights are held. The parts add up to the move.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solveh_banded  # type: ignore[import-untyped]

from detente.measure import kernels
from detente.measure.reports import Floats
from detente.measure.stories import Stories
from detente.measure.warmth import JUMP_VARIANCE, Warmth, points

_PRIOR = 1.0


@dataclass(frozen=True, slots=True)
class Driver:
    """One story of one type. `points` is its part of the move; `row` its row in `Stories`."""

    row: int
    month: int
    points: float
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A change of warmth between two months, in points.

    `total` is that of the smoothed line. `by_world` is the part by which the world's mix changed what the same warmth
    is worth. The points of `drivers`, all of them, and `by_world` add up to `total`.
    """

    start: int
    end: int
    total: float
    by_world: float
    drivers: tuple[Driver, ...]

    def top(self, number: int) -> tuple[Driver, ...]:
        """The strongest drivers in the direction of the move."""
        sign = 1 if self.total >= 0 else -1
        return tuple(sorted(self.drivers, key=lambda one: (-sign * one.points, one.row))[:number])


def explain_move(stories: Stories, pair: int, fit: Warmth, *, start: int, end: int) -> Move:
    """Divide the move from one month to another, as numbers of months since the first counted, over the stories."""
    theta = fit.history
    share = _influence(fit, end) - _influence(fit, start)
    worth = points(theta[[start, end]], fit.mix[[start, end]], fit.calibration.scale())
    at_end = points(theta[[start, end]], fit.mix[[end, end]], fit.calibration.scale())
    change = theta[end] - theta[start]
    slope = (at_end[1] - at_end[0]) / change if abs(change) > 1e-9 else 0.0
    rows = stories.rows_of(pair)
    found = [
        Driver(rows.start + number, stories.first + int(month), float(slope * part), ())
        for number, (month, part) in enumerate(_parts(stories, pair, fit, share))
    ]
    total = float(worth[1] - worth[0])
    return Move(stories.first + start, stories.first + end, total, float(at_end[0] - worth[0]), tuple(found))


def with_records(stories: Stories, drivers: tuple[Driver, ...]) -> tuple[Driver, ...]:
    """The drivers with the ids of the records behind them."""
    return tuple(Driver(one.row, one.month, one.points, stories.records_of(one.row)) for one in drivers)


def _influence(fit: Warmth, month: int) -> Floats:
    """One row of H⁻¹: how far a unit of b in each month moves theta in `month`."""
    size = len(fit.history)
    step = np.full(size, fit.q)
    step[fit.cuts] += JUMP_VARIANCE
    precision = 1 / step[1:]
    heard = np.isfinite(fit.v)
    diagonal = np.where(heard, 1 / (np.where(heard, fit.v, 1.0) + fit.tau2), 0.0)
    diagonal[0] += 1 / _PRIOR
    diagonal[:-1] += precision
    diagonal[1:] += precision
    banded = np.vstack([np.concatenate([[0.0], -precision]), diagonal])
    unit = np.zeros(size)
    unit[month] = 1.0
    return np.asarray(solveh_banded(banded, unit))


def _parts(stories: Stories, pair: int, fit: Warmth, share: Floats) -> list[tuple[int, float]]:
    """Month and part of the change of theta, for each row of the pair."""
    rows = stories.rows_of(pair)
    scores, epsilon = fit.calibration.scale(), fit.calibration.epsilon
    out = []
    for month, kind, amount in zip(
        stories.month[rows] - stories.first, stories.type[rows], stories.amount[rows], strict=True
    ):
        single = np.zeros(len(scores))
        single[kind] = amount
        slope, _, _ = kernels.month_terms(single, fit.mix[month], scores, epsilon, fit.eta[month])
        level = fit.eta[month] / fit.v[month] * amount / fit.volume[month]
        out.append((int(month), float(share[month] * (level + slope) / (1 + fit.tau2 / fit.v[month]))))
    return out
