"""Alerts: months that the months before did not let one expect, in what is done or in how much is told.

What enters: a survey. What leaves: `Alert`s whose share of false ones is held down over all pairs and months looked at.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from detente.measure import kernels
from detente.measure.index import Survey
from detente.measure.reports import Floats
from detente.measure.stories import Pair
from detente.measure.thin import THIN
from detente.measure.warmth import Warmth

_FADE = 0.5 ** (1 / 12)
_LEAST_TOLD = 12


@dataclass(frozen=True, slots=True)
class Alert:
    """A surprising month.

    `p` is the two-sided chance of one as far out; `z` is positive for warmer acts, or for more news.
    """

    pair: Pair
    month: int
    channel: Literal["warmth", "salience"]
    z: float
    p: float
    records: tuple[str, ...] = ()


def alerts_of(
    known: Survey,
    *,
    since: int | None = None,
    rate: float = 0.1,
    tell: Callable[[int, int], None] = lambda done, all: None,
) -> list[Alert]:
    """Look at all pairs with three reports a month or more.

    Args:
        since: first month to look at; the last one only when None.
        rate: expected share of false alerts among those returned, held by Benjamini and Hochberg's procedure (1995, J.
            of the Royal Statistical Society B 57).
        tell: told how many pairs of how many are done.
    """
    known.stories.need_months("alerts")
    start = known.stories.months - 1 if since is None else max(0, since - known.stories.first)
    tests: list[Alert] = []
    for pair in range(len(known.stories.pairs)):
        if known.stories.reports_of(pair).mean() >= THIN:
            tests.extend(_tests(known, pair, start))
        tell(pair + 1, len(known.stories.pairs))
    return [replace(one, records=_records(known, one)) for one in controlled(tests, rate)]


def controlled(tests: Iterable[Alert], rate: float) -> list[Alert]:
    """The tests that pass Benjamini and Hochberg's bound, most surprising first."""
    found = sorted(tests, key=lambda one: (one.p, one.pair, one.month, one.channel))
    passing = [number for number, one in enumerate(found, 1) if one.p <= rate * number / len(found)]
    return found[: passing[-1]] if passing else []


def _records(known: Survey, alert: Alert) -> tuple[str, ...]:
    """Ids of what counts for the pair in the month."""
    stories, rows = known.stories, known.stories.rows_of(known.place(*alert.pair))
    groups = stories.group[rows][stories.month[rows] == alert.month]
    return tuple(sorted({str(one) for one in stories.kept.record[np.isin(stories.told, groups)]}))


def _tests(known: Survey, pair: int, start: int) -> Iterator[Alert]:
    stories, name = known.stories, known.stories.pairs[pair]
    fit = known.fit(*name)
    counts = stories.counts_of(pair)
    all_told = stories.grid(stories.month, stories.type, stories.amount).sum(axis=1)
    own = counts.sum(axis=1)
    for channel, z in (("warmth", _surprise(counts, fit)), ("salience", _volume_surprise(own, all_told))):
        for month in range(max(start, _LEAST_TOLD), stories.months):
            if np.isfinite(z[month]):
                p = _two_sided(z[month])
                yield Alert(name, stories.first + month, channel, float(z[month]), p)  # type: ignore[arg-type]


def _surprise(counts: Floats, fit: Warmth) -> Floats:
    """How many standard deviations the month's own reading lies off what was expected; NaN where nothing is told."""
    scores, epsilon, out = fit.calibration.scale(), fit.calibration.epsilon, np.full(len(counts), np.nan)
    for month, told in enumerate(counts):
        if told.sum() <= 0:
            continue
        slope, information, _ = kernels.month_terms(told, fit.past[month], scores, epsilon, fit.ahead[month])
        variance = fit.ahead_sd[month] ** 2 + fit.tau2
        # Score test at the expected level: the slope's variance is the information, and more where the level is unsure.
        # Kappa stays out: it widens for what the model leaves unsaid of levels, and one step ahead z has a standard
        # deviation of 1.0 without it (docs/method.md).
        out[month] = slope / np.sqrt(information + information**2 * variance)
    return out


def _volume_surprise(own: Floats, all_told: Floats) -> Floats:
    """The month's count beside that expected from a share that fades, as a negative binomial's standard score."""
    out = np.full(len(own), np.nan)
    share_own, share_all, spread = 0.0, 0.0, 1.0
    for month in range(len(own)):
        if share_all > 0 and all_told[month] > 0 and month >= 6:
            expected = (share_own + 0.5) / (share_all + 1.0) * all_told[month]
            root = 2 * (np.sqrt(own[month] + 0.375) - np.sqrt(expected + 0.375))
            out[month] = root / np.sqrt(max(spread, 1.0))
            spread = 0.95 * spread + 0.05 * min(root**2, 9 * spread)
        share_own, share_all = share_own * _FADE + own[month], share_all * _FADE + all_told[month]
    return out


def _two_sided(z: float) -> float:
    return math.erfc(abs(z) / math.sqrt(2))
