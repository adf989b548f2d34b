"""Lines side by side: one direction and the other, words and deeds, one class of sources and another.

What enters: two surveys, or two fits. What leaves: `Gap`s, the difference of two lines with its own interval.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detente.errors import DataError
from detente.measure.calibration import Calibration
from detente.measure.index import Line, Survey, survey
from detente.measure.reports import Floats, Ints, Reports
from detente.measure.rules import Rules
from detente.measure.warmth import Z90, Warmth, points


@dataclass(frozen=True, slots=True)
class Gap:
    """First line less the second, in points, by month; `clear` where its 90% interval leaves out 0."""

    first: str
    second: str
    months: Ints
    line: Line

    @property
    def clear(self) -> Floats:
        return np.asarray((self.line.low > 0) | (self.line.high < 0))


def asymmetry(reports: Reports, a: str, b: str, rules: Rules | None = None) -> Gap:
    """Warmth of A toward B less that of B toward A.

    Raises:
        DataError: nothing is told of one direction.
    """
    known = survey(reports, replace(rules or Rules(), directed=True))
    return gap(f"{a} → {b}", known.fit(a, b), f"{b} → {a}", known.fit(b, a), known)


def words_and_deeds(reports: Reports, a: str, b: str, rules: Rules | None = None) -> Gap:
    """Warmth of what the two say less that of what they do, each beside the world's words or deeds."""
    first, last = _span(reports)
    told = [
        survey(reports, replace(rules or Rules(), channel=channel), first=first, last=last)
        for channel in ("verbal", "material")
    ]
    return gap("words", told[0].fit(a, b), "deeds", told[1].fit(a, b), told[0])


def between_sources(reports: Reports, a: str, b: str, first: str, second: str, rules: Rules | None = None) -> Gap:
    """Warmth by one class of sources less that by another, each beside the world as that class tells it."""
    start, end = _span(reports)
    told = [
        survey(reports, replace(rules or Rules(), source=source), first=start, last=end) for source in (first, second)
    ]
    return gap(first, told[0].fit(a, b), second, told[1].fit(a, b), told[0])


def by_source(reports: Reports, a: str, b: str, rules: Rules | None = None) -> dict[str, Survey]:
    """One survey for each class of sources in which the pair is told of."""
    start, end = _span(reports)
    out = {}
    for source in reports.sources:
        known = survey(reports, replace(rules or Rules(), source=source), first=start, last=end)
        try:
            known.place(a, b)
        except DataError:
            continue
        out[source] = known
    return out


def gap(first: str, a: Warmth, second: str, b: Warmth, known: Survey) -> Gap:
    """The difference of two lines, with the joint interval of two that err on their own."""
    here, there = points(a.history, a.mix), points(b.history, b.mix)
    half = np.sqrt(_half_points(a, known.calibration) ** 2 + _half_points(b, known.calibration) ** 2)
    difference = here - there
    months = known.stories.first + np.arange(len(difference))
    return Gap(first, second, months, Line(difference, difference - half, difference + half))


def _half_points(fit: Warmth, calibration: Calibration) -> Floats:
    """Half of a line's 90% interval in points, taken as even to both sides."""
    half = Z90 * np.sqrt(calibration.kappa**2 * fit.history_sd**2 + calibration.sigma**2)
    return np.asarray((points(fit.history + half, fit.mix) - points(fit.history - half, fit.mix)) / 2)


def _span(reports: Reports) -> tuple[int, int]:
    if not len(reports):
        raise DataError("No reports to compare: records of `detente code` with events are needed. Give some.")
    return int(reports.month.min()), int(reports.month.max())
