"""Salience: which part of the news of a month tells of the pair, and where silence or thin coverage blurs the picture.

What enters: `Stories`. What leaves: the smoothed log share with its uncertainty, and counts that qualify every line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.measure import kernels
from detente.measure.periods import STEPS, steps_in
from detente.measure.reports import Floats, Ints
from detente.measure.stories import Stories

_Q = np.geomspace(1e-4, 0.3, 8)
_TAU2 = np.array([0.0, 0.05, 0.2, 0.6])
_PENALTY = 12.0
_DRIFT = 0.002
_LEAST_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Salience:
    """`share` is the smoothed natural log of (stories of the pair / all stories); `sd` its standard deviation.

    `cuts` are months in which the level changes. Months in which nothing at all is told have no say.
    """

    share: Floats
    sd: Floats
    cuts: Ints


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a line rests on. `gaps` are runs of months without a story, as (first month, length), of three or more."""

    stories: float
    reports: float
    reports_a_month: float
    months_told: int
    months: int
    gaps: tuple[tuple[int, int], ...]


def salience_of(stories: Stories, pair: int, *, all_told: Floats | None = None) -> Salience:
    """Smooth the log share as a local level, its two variances by marginal likelihood.

    The share of month t is read as log((n + ½) / N), of variance 1 / (n + ½): with half a story added, a silent month
    says "few", not "none".

    Args:
        all_told: weight of the stories of all pairs by month, where it is known already.
    """
    told = all_told
    if told is None:
        told = stories.grid(stories.month, stories.type, stories.amount).sum(axis=1)
    own = stories.counts_of(pair).sum(axis=1)
    heard = told > 0
    centre = np.log((own.sum() + 0.5) / (told.sum() + 1.0))
    z = np.where(heard, np.log((own + 0.5) / np.where(heard, told + 1.0, 1.0)) - centre, 0.0)
    v = np.where(heard, 1 / (own + 0.5), np.inf)
    theta, p = np.zeros(stories.months), np.zeros(stories.months)
    flat = (np.zeros(len(_Q)), np.zeros(len(_TAU2)))
    months = STEPS[stories.step]
    q, tau2 = kernels.likeliest(z, v, np.zeros(stories.months), months * _Q, flat[0], _TAU2, flat[1])
    kernels.smooth(z, v + tau2, np.full(stories.months, q), theta, p)
    cuts = kernels.partition(z, v + tau2, months * _DRIFT, _PENALTY, steps_in(_LEAST_MONTHS, stories.step, least=2))
    return Salience(theta + centre, np.sqrt(p), cuts)


def coverage_of(stories: Stories, pair: int) -> Coverage:
    """Count what is told of a pair."""
    own, reports = stories.counts_of(pair).sum(axis=1), stories.reports_of(pair)
    silent = np.flatnonzero(own <= 0)
    runs = np.split(silent, np.flatnonzero(np.diff(silent) > 1) + 1) if len(silent) else []
    gaps = tuple((stories.first + int(run[0]), len(run)) for run in runs if len(run) >= 3)
    return Coverage(
        stories=float(own.sum()),
        reports=float(reports.sum()),
        reports_a_month=stories.pace_of(pair),
        months_told=int((own > 0).sum()),
        months=stories.months,
        gaps=gaps,
    )
