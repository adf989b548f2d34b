"""Bootstrap intervals of figures that are computed from sums over rows, such as shares and F1.

What enters: counts, one row of them for each sentence or text. What leaves: figures with 95% intervals. Whole rows
are drawn, since the answers within one stand or fall together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 1

Values = NDArray[np.float64]
"""A figure of every sample: first that of the rows as they are, then those of the resamples."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95% interval, 0 to 1; all None where nothing was counted."""

    value: float | None
    low: float | None
    high: float | None

    def to_json(self) -> list[float | None]:
        """The value and the bounds of its interval, rounded to four digits."""
        return [None if one is None else round(one, 4) for one in (self.value, self.low, self.high)]


def resampled_sums(counts: NDArray[np.float64], *, resamples: int = RESAMPLES, seed: int = SEED) -> NDArray[np.float64]:
    """Sum counts (rows × columns) over the rows as they are and over bootstrap samples of them.

    Returns:
        One line for each sample, the rows as they are first; one column for each column of `counts`.
    """
    rows = len(counts)
    weights = np.ones((resamples + 1, rows))
    if rows:
        generator = np.random.default_rng(seed)
        weights[1:] = generator.multinomial(rows, np.full(rows, 1 / rows), size=resamples)
    return np.asarray(weights @ counts)


def ratio(part: Values, whole: Values) -> Values:
    """Divide; NaN where the whole is 0."""
    out = np.full(len(whole), np.nan)
    return np.asarray(np.divide(part, whole, out=out, where=whole > 0))


def f1(precision: Values, recall: Values) -> Values:
    """The harmonic mean; 0 where both are 0, NaN where one of them is unknown."""
    both = precision + recall
    out = np.where(np.isnan(both), np.nan, 0.0)
    return np.asarray(np.divide(2 * precision * recall, both, out=out, where=both > 0))


def figure(values: Values) -> Figure:
    """The value of the rows as they are with the middle 95% of the resamples; samples without a value are left out."""
    if np.isnan(values[0]):
        return Figure(None, None, None)
    drawn = values[1:][~np.isnan(values[1:])]
    if not len(drawn):
        return Figure(float(values[0]), None, None)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Figure(float(values[0]), float(low), float(high))
