"""Which pairs moved most over a year, and which months surprise: what the overview begins with.

What enters: what is measured of the project. What leaves: `Mover`s and alerts, each leading to its pair. Pairs with
fewer than three reports a month are left out: of them too little is told to say.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import solveh_banded  # type: ignore[import-untyped]

from detente.measure.alerts import Alert, alerts_of, controlled
from detente.measure.index import Survey, line_of
from detente.measure.thin import THIN
from detente.measure.warmth import JUMP_VARIANCE, Z90, Warmth
from detente.web.measured import Measured, Pair

if TYPE_CHECKING:
    from detente.measure.reports import Floats

YEAR = 12
ALERT_MONTHS = 3
RATE = 0.1
_PRIOR = 1.0


@dataclass(frozen=True, slots=True)
class Mover:
    """How far a pair moved from one month to another, in points.

    Attributes:
        start, end: month numbers.
        low, high: ends of the 90% interval of the change.
        now: warmth in the last month.
        is_clear: whether the move stands out beyond what chance brings among all pairs looked at.
    """

    pair: Pair
    start: int
    end: int
    change: float
    low: float
    high: float
    now: float
    is_clear: bool


@dataclass(frozen=True, slots=True)
class Moves:
    """The pairs looked at, those that warmed and those that cooled, the clearest first; `too_thin` counts the rest."""

    looked_at: int
    too_thin: int
    warmed: tuple[Mover, ...]
    cooled: tuple[Mover, ...]


def movers_in(known: Measured, *, most: int = 6) -> Moves:
    """The pairs that moved most over the last twelve months of the data, made once for the state of the project."""
    return known.once(("movers", most), lambda: _movers(known.survey, most))


def alerts_in(known: Measured) -> tuple[Alert, ...]:
    """The surprising ones of the last three months, of which a tenth is expected to be false."""
    survey = known.survey
    if survey is None:
        return ()
    since = survey.stories.first + max(0, survey.stories.months - ALERT_MONTHS)
    return known.once("alerts", lambda: tuple(alerts_of(survey, since=since, rate=RATE)))


def _movers(survey: Survey | None, most: int) -> Moves:
    if survey is None:
        return Moves(0, 0, (), ())
    stories = survey.stories
    told = np.bincount(stories.pair, stories.reports, minlength=len(stories.pairs)) / stories.months
    enough = np.flatnonzero(told >= THIN)
    end = stories.months - 1
    start = max(0, end - YEAR)
    found = [_move(survey, int(place), start, end) for place in enough] if end > start else []
    # As for alerts: a tenth of those called clear is expected to be false.
    tests = [Alert(one.pair, one.end, "warmth", z, math.erfc(abs(z) / math.sqrt(2))) for one, z in found]
    clear = {one.pair for one in controlled(tests, RATE)}
    movers = [replace(one, is_clear=one.pair in clear) for one, _ in found]
    return Moves(
        looked_at=len(found),
        too_thin=len(stories.pairs) - len(enough),
        warmed=tuple(_ranked(movers, 1))[:most],
        cooled=tuple(_ranked(movers, -1))[:most],
    )


def _ranked(movers: list[Mover], sign: int) -> Iterator[Mover]:
    yield from sorted(
        (one for one in movers if one.change * sign > 0),
        key=lambda one: (not one.is_clear, -abs(one.change), one.pair),
    )


def _move(survey: Survey, place: int, start: int, end: int) -> tuple[Mover, float]:
    """A pair's move, not yet held against the others, and its standard score.

    Both ends err together as far as the smoother ties them: the variance of their difference is C[e,e] + C[s,s] −
    2 C[e,s] of the posterior covariance C, widened by κ as all intervals are; σ counts at each end on its own.
    """
    stories, calibration = survey.stories, survey.calibration
    pair = stories.pairs[place]
    fit = survey.fit(*pair)
    line = line_of(fit.history, fit.history_sd, fit.mix, calibration)
    at_end, at_start = _covariances(fit, end), _covariances(fit, start)
    variance = at_end[end] + at_start[start] - 2 * at_end[start]
    theta_sd = math.sqrt(calibration.kappa**2 * max(float(variance), 0.0) + 2 * calibration.sigma**2)
    change = float(line.value[end] - line.value[start])
    half = Z90 * theta_sd * _worth(line, fit, survey, (start, end))
    found = Mover(
        pair, stories.first + start, stories.first + end, change, change - half, change + half,
        float(line.value[end]), is_clear=False,
    )  # fmt: skip
    return found, change / (half / Z90)


def _worth(line: object, fit: Warmth, survey: Survey, ends: tuple[int, int]) -> float:
    """Points that a unit of theta is worth, between the two months."""
    step = 0.05
    near = [line_of(fit.history + side * step, fit.history_sd, fit.mix, survey.calibration).value for side in (1, -1)]
    return float(np.mean([(near[0][at] - near[1][at]) / (2 * step) for at in ends]))


def _covariances(fit: Warmth, month: int) -> Floats:
    """One row of the posterior covariance of the smoothed path: that of every month with this one."""
    size = len(fit.history)
    step = np.full(size, fit.q)
    step[fit.cuts] += JUMP_VARIANCE
    precision = 1 / step[1:]
    heard = np.isfinite(fit.v)
    diagonal = np.where(heard, 1 / (np.where(heard, fit.v, 1.0) + fit.tau2), 0.0)
    diagonal[0] += 1 / _PRIOR
    diagonal[:-1] += precision
    diagonal[1:] += precision
    unit = np.zeros(size)
    unit[month] = 1.0
    return np.asarray(solveh_banded(np.vstack([np.concatenate([[0.0], -precision]), diagonal]), unit))
