"""Simple lines beside warmth, from the same cleaned stories: what other indices do, and a line to check ours against.

What enters: `Stories`. What leaves: one value a month, NaN where a line has nothing to say.
"""

from __future__ import annotations

import numpy as np

from detente.codebook.codebook import load_codebook
from detente.measure.periods import STEPS, steps_in
from detente.measure.reports import Floats
from detente.measure.stories import Stories

WINDOW_MONTHS = 7
HALF_LIFE_MONTHS = 6.0


def simple_lines(stories: Stories, pair: int) -> dict[str, Floats]:
    """All of them, by the name that their column has."""
    return {
        "mean_score": goldstein_mean(stories, pair),
        "mean_score_7_months": goldstein_rolling(stories, pair),
        "log_ratio": log_ratio(stories, pair),
    }


def goldstein_mean(stories: Stories, pair: int) -> Floats:
    """Mean PLOVER score of the month's stories, weighted by amount.

    Source: after Goldstein 1992, J. of Conflict Resolution 36(2), with PLOVER's scores in place of his.
    """
    return _ratio(*_scored(stories, pair))


def goldstein_rolling(stories: Stories, pair: int) -> Floats:
    """The mean score of the stories of seven months, the middle one being this."""
    window = np.ones(steps_in(WINDOW_MONTHS, stories.step) // 2 * 2 + 1)
    summed, amount = _scored(stories, pair)
    return _ratio(_same(summed, window), _same(amount, window))


def log_ratio(stories: Stories, pair: int) -> Floats:
    """ln((cooperation + ½) / (conflict + ½)), both sums weighted by 2^(−months apart / 6) to either side."""
    far = steps_in(6 * HALF_LIFE_MONTHS, stories.step)
    window = 0.5 ** (np.abs(np.arange(-far, far + 1)) * STEPS[stories.step] / HALF_LIFE_MONTHS)
    counts = stories.counts_of(pair)
    kinds = load_codebook().types.values()
    friendly = np.array(["cooperation" in kind.quad for kind in kinds])
    good = _same(counts[:, friendly].sum(axis=1), window)
    bad = _same(counts[:, ~friendly].sum(axis=1), window)
    return np.asarray(np.log((good + 0.5) / (bad + 0.5)))


def _scored(stories: Stories, pair: int) -> tuple[Floats, Floats]:
    rows = stories.rows_of(pair)
    month, amount = stories.month[rows] - stories.first, stories.amount[rows]
    summed = np.bincount(month, amount * stories.score[rows], minlength=stories.months)
    told = np.bincount(month, amount, minlength=stories.months)
    return np.asarray(summed, dtype=np.float64), np.asarray(told, dtype=np.float64)


def _ratio(summed: Floats, amount: Floats) -> Floats:
    return np.where(amount > 1e-9, summed / np.maximum(amount, 1e-9), np.nan)


def _same(values: Floats, window: Floats) -> Floats:
    half = len(window) // 2
    wide = np.convolve(values, window)
    return np.asarray(wide[half : half + len(values)], dtype=np.float64)
