"""What happened around visits: warmth before and after them, beside that around dates without one.

What enters: a survey and the months of visits. What leaves: `VisitEffect`, an association with a test of its premise.
The stories of visits and talks are left out before measuring, else a visit would prove itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.measure.build import Built
from detente.measure.index import Survey
from detente.measure.reports import Floats, Reports, event_types
from detente.measure.stories import ordered
from detente.records import STATUSES

WINDOW_MONTHS = 6
_PLACEBOS = 400


@dataclass(frozen=True, slots=True)
class VisitEffect:
    """Warmth, in theta, after visits less before them, and what it is worth.

    `effect` is the mean over visits of (mean of the six months after − mean of the six before). `trend` is that of the
    six months before less the six before those: where it is far from 0, relations were moving already. `p` and
    `trend_p` are shares of placebo studies that are as far out; `visits` is how many could be used.
    """

    effect: float
    p: float
    trend: float
    trend_p: float
    visits: int
    placebos: int

    @property
    def wording(self) -> str:
        """What may be said, in one sentence."""
        if self.visits == 0:
            return "No visit has six measured months on both sides and a year before."
        if self.trend_p < 0.1:
            return "Relations were moving before the visits already; what follows them cannot be told apart."
        if self.p > 0.1:
            return "Acts around visits are no warmer or colder after than around other dates of the same pairs."
        direction = "warmer" if self.effect > 0 else "colder"
        return f"Acts are {direction} after visits than before them; an association, not proof of an effect."


@dataclass(frozen=True, slots=True)
class VisitMonth:
    """A month in which one side of a pair visited the other, and the records that say so. `a` is before `b`."""

    a: str
    b: str
    month: int
    records: tuple[str, ...]


def visit_months(built: Built) -> list[VisitMonth]:
    """Months with an actual visit (CONSULT, mode visit), in order of pair and month."""
    reports = built.reports
    found: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    actual = STATUSES.index("actual")
    for row in range(len(reports)):
        told = built.rows[str(reports.record[row])]
        if reports.status[row] == actual and "visit" in (told["modes"] or "").split(";"):
            pair = ordered(reports.names[reports.actor[row]], reports.names[reports.recipient[row]])
            if pair[0] != pair[1]:
                found[(*pair, int(reports.month[row]))].add(str(reports.record[row]))
    return [VisitMonth(*key, tuple(sorted(records))) for key, records in sorted(found.items())]


def without_talks(reports: Reports) -> Reports:
    """The reports without those of visits and talks (CONSULT)."""
    return reports.where(reports.type != event_types().index("CONSULT"))


def visit_effect(
    known: Survey, visits: Sequence[tuple[str, str, int]], *, seed: int = 0, placebos: int = _PLACEBOS
) -> VisitEffect:
    """Study the months around visits.

    Args:
        known: a survey of `without_talks(reports)`.
        visits: pair and month of each, in the numbers of `month_number`.
        seed: of the placebo studies, each of as many months of these pairs with no visit around them.
    """
    known.stories.need_months("visits")
    chance = np.random.default_rng(seed)
    by_pair: dict[tuple[str, str], list[int]] = {}
    for a, b, month in sorted(visits):
        by_pair.setdefault((a, b), []).append(month - known.stories.first)
    steps, free = [], []
    for (a, b), months in by_pair.items():
        line = monthly_readings(known, a, b)
        steps.append(_steps(line, months))
        clear = [at for at in range(len(line)) if all(_is_clear(at, month) for month in months)]
        free.append(_steps(line, clear))
    found_steps, free_steps = np.concatenate([np.zeros((0, 2)), *steps]), np.concatenate([np.zeros((0, 2)), *free])
    if not len(found_steps) or not len(free_steps):
        return VisitEffect(float("nan"), float("nan"), float("nan"), float("nan"), 0, 0)
    drawn = free_steps[chance.integers(0, len(free_steps), (len(found_steps), placebos))]
    found, null = found_steps.mean(axis=0), drawn.mean(axis=0)
    # The placebo mean is itself known from few months, which overlap: neighbours within a window count as one.
    doubt = np.sqrt(1 + len(found_steps) * 2 * WINDOW_MONTHS / len(free_steps))
    far = np.abs(null - null.mean(axis=0)) >= np.abs(found - null.mean(axis=0)) / doubt
    p = (1 + far.sum(axis=0)) / (1 + placebos)
    return VisitEffect(float(found[0]), float(p[0]), float(found[1]), float(p[1]), len(found_steps), placebos)


def _is_clear(at: int, visit: int) -> bool:
    """Whether no month that a step at `at` looks at is that of the visit."""
    return visit < at - 2 * WINDOW_MONTHS or visit > at + WINDOW_MONTHS


def monthly_readings(known: Survey, a: str, b: str) -> Floats:
    """Each month's own warmth, one step from the pair's mean level and shrunk to it where little is told.

    Not the smoothed line, nor its pseudo-observations: both know what came later, and would carry a visit's effect back
    over its date.
    """
    fit, counts = known.fit(a, b), known.stories.counts_of(known.place(a, b))
    level, epsilon, scores = float(np.mean(fit.history)), known.calibration.epsilon, known.calibration.scale()
    tilted = fit.mix * np.exp(level * scores)
    tilted /= tilted.sum(axis=1, keepdims=True)
    chance = (1 - epsilon) * tilted + epsilon * fit.mix
    slope = (1 - epsilon) * tilted * (scores - (tilted @ scores)[:, None]) / chance
    information = (chance * slope**2).sum(axis=1)
    return np.asarray(level + (counts * slope).sum(axis=1) / (information * (counts.sum(axis=1) + 1)))


def _steps(line: Floats, months: Sequence[int]) -> Floats:
    """Change at each month, and change before it, of those with enough months around."""
    width = WINDOW_MONTHS
    out = [
        (
            line[at + 1 : at + 1 + width].mean() - line[at - width : at].mean(),
            line[at - width : at].mean() - line[at - 2 * width : at - width].mean(),
        )
        for at in months
        if at >= 2 * width and at + width < len(line)
    ]
    return np.array(out).reshape(-1, 2)
