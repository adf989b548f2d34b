"""Lines side by side: one direction and the other, words and deeds, one class of sources and another.

What enters: two surveys, or two fits. What leaves: `Gap`s, the difference of two lines with its own interval.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detente.errors import DataError
from detente.measure.calibration import Calibration, load_calibration
from detente.measure.index import Line, Survey, records_of_pair, survey
from detente.measure.reports import Floats, Ints, Reports
from detente.measure.rules import METHOD_VERSION, Rules
from detente.measure.warmth import Z90, Warmth, points


@dataclass(frozen=True, slots=True)
class Gap:
    """First line less the second, in points, by month; `clear` where its 90% interval leaves out 0.

    `records` are those behind either line.
    """

    first: str
    second: str
    months: Ints
    line: Line
    records: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    method: str = METHOD_VERSION

    @property
    def clear(self) -> Floats:
        return np.asarray((self.line.low > 0) | (self.line.high < 0))


def asymmetry(
    reports: Reports, a: str, b: str, rules: Rules | None = None, *, calibration: Calibration | None = None
) -> Gap:
    """Warmth of A toward B less that of B toward A.

    Args:
        calibration: with the weights by which both lines are measured; those that all reports teach without.

    Raises:
        DataError: nothing is told of one direction.
    """
    constants = _same_weights(reports, rules, calibration)
    known = survey(reports, replace(rules or Rules(), directed=True), calibration=constants)
    found = gap(f"{a} → {b}", known.fit(a, b), f"{b} → {a}", known.fit(b, a), known)
    return _evidenced(found, (known, a, b), (known, b, a))


def words_and_deeds(
    reports: Reports, a: str, b: str, rules: Rules | None = None, *, calibration: Calibration | None = None
) -> Gap:
    """Warmth of what the two say less that of what they do, each beside the world's words or deeds."""
    first, last = _span(reports)
    known = _same_weights(reports, rules, calibration)
    told = [
        survey(reports, replace(rules or Rules(), channel=channel), first=first, last=last, calibration=known)
        for channel in ("verbal", "material")
    ]
    found = gap("words", told[0].fit(a, b), "deeds", told[1].fit(a, b), told[0])
    return _evidenced(found, *((known, a, b) for known in told))


def between_sources(
    reports: Reports,
    a: str,
    b: str,
    first: str,
    second: str,
    rules: Rules | None = None,
    *,
    calibration: Calibration | None = None,
) -> Gap:
    """Warmth by one class of sources less that by another, each beside the world as that class tells it."""
    start, end = _span(reports)
    known = _same_weights(reports, rules, calibration)
    told = [
        survey(reports, replace(rules or Rules(), source=source), first=start, last=end, calibration=known)
        for source in (first, second)
    ]
    found = gap(first, told[0].fit(a, b), second, told[1].fit(a, b), told[0])
    return _evidenced(found, *((known, a, b) for known in told))


def by_source(
    reports: Reports, a: str, b: str, rules: Rules | None = None, *, calibration: Calibration | None = None
) -> dict[str, Survey]:
    """One survey for each class of sources in which the pair is told of."""
    start, end = _span(reports)
    shared = _same_weights(reports, rules, calibration)
    out = {}
    for source in reports.sources:
        known = survey(reports, replace(rules or Rules(), source=source), first=start, last=end, calibration=shared)
        try:
            known.place(a, b)
        except DataError:
            continue
        out[source] = known
    return out


def gap(first: str, a: Warmth, second: str, b: Warmth, known: Survey) -> Gap:
    """The difference of two lines, with the joint interval of two that err on their own."""
    weights = known.calibration.scale()
    here, there = points(a.history, a.mix, weights), points(b.history, b.mix, weights)
    half = np.sqrt(_half_points(a, known.calibration) ** 2 + _half_points(b, known.calibration) ** 2)
    difference = here - there
    months = known.stories.first + np.arange(len(difference))
    return Gap(first, second, months, Line(difference, difference - half, difference + half))


def _evidenced(found: Gap, *lines: tuple[Survey, str, str]) -> Gap:
    """The gap with the records and rules of its lines; a rule that both share stands once."""
    records = {one for known, a, b in lines for one in records_of_pair(known.stories, known.place(a, b))}
    rules = dict.fromkeys(rule for known, _, _ in lines for rule in known.rules.described())
    return replace(found, records=tuple(sorted(records)), rules=tuple(rules))


def _half_points(fit: Warmth, calibration: Calibration) -> Floats:
    """Half of a line's 90% interval in points, taken as even to both sides."""
    half = Z90 * np.sqrt(calibration.kappa**2 * fit.history_sd**2 + calibration.sigma**2)
    ends = (points(fit.history + side * half, fit.mix, calibration.scale()) for side in (1, -1))
    return np.asarray((next(ends) - next(ends)) / 2)


def _same_weights(reports: Reports, rules: Rules | None, calibration: Calibration | None) -> Calibration:
    """Constants with the weights that all reports teach: two lines by different ones could not be compared."""
    if calibration is not None and calibration.weights is not None:
        return calibration
    pooled = replace(rules or Rules(), directed=False, channel="all", source=None)
    return survey(reports, pooled, calibration=calibration or load_calibration()).calibration


def _span(reports: Reports) -> tuple[int, int]:
    if not len(reports):
        raise DataError("No reports to compare: records of `detente code` with events are needed. Give some.")
    return int(reports.month.min()), int(reports.month.max())
