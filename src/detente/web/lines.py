"""Lines of warmth that pages keep: each pair is fitted once for a state of the project, and asked for at any month.

What enters: what is measured of the project. What leaves: `Lines`, from which maps, networks, lists and briefs read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from detente.errors import DataError
from detente.web.errors import WebError
from detente.web.measured import Measured, Pair, Relations

if TYPE_CHECKING:
    from detente.measure.index import Line, Survey
    from detente.measure.thin import Verdict
    from detente.measure.warmth import Warmth

YEAR = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """How warm a pair is in one month, in points with its 90% interval, and how that differs from a year before.

    `theta` and its calibrated standard deviation `sd` are what networks are drawn from.
    """

    value: float
    low: float
    high: float
    change: float | None
    theta: float
    sd: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0, which is the mix of the world."""
        return self.low > 0 or self.high < 0


class Lines:
    """What is measured of a project, with the lines that were asked for so far."""

    def __init__(self, known: Measured) -> None:
        self.known = known
        self._fits: dict[Pair, tuple[Warmth, Line]] = {}
        self._lock = Lock()

    @property
    def survey(self) -> Survey | None:
        return self.known.survey

    @cached_property
    def reports(self) -> Mapping[Pair, float]:
        """Reports a month of each pair of which anything counts."""
        if self.survey is None:
            return {}
        stories = self.survey.stories
        told = np.bincount(stories.pair, stories.reports, minlength=len(stories.pairs)) / stories.months
        return dict(zip(stories.pairs, map(float, told), strict=True))

    def verdict(self, pair: Pair) -> Verdict | None:
        """What the volume of a pair allows to be said; None where nothing counts."""
        from detente.measure.thin import verdict_of

        told = self.reports.get(pair)
        return None if told is None else verdict_of(told)

    def line(self, pair: Pair) -> tuple[Warmth, Line]:
        """The fit of a pair and its line in points.

        Raises:
            DataError: nothing that counts is told of it.
        """
        from detente.measure.index import line_of

        if self.survey is None:
            raise DataError(f"Nothing told of {pair[0]} and {pair[1]}: pairs with a story are measured. Add records.")
        with self._lock:
            if pair not in self._fits:
                fit = self.survey.fit(*pair)
                self._fits[pair] = fit, line_of(fit.history, fit.history_sd, fit.mix, self.survey.calibration)
            return self._fits[pair]

    def standing(self, pair: Pair, month: int) -> Standing | None:
        """Warmth in a month, as it is seen from all months; None where too little is told, which is no warmth of 0."""
        from detente.measure.warmth import half_width

        if self.survey is None or self.verdict(pair) in (None, "too thin to say"):
            return None
        fit, line = self.line(pair)
        at = month - self.survey.stories.first
        return Standing(
            value=float(line.value[at]),
            low=float(line.low[at]),
            high=float(line.high[at]),
            change=float(line.value[at] - line.value[at - YEAR]) if at >= YEAR else None,
            theta=float(fit.history[at]),
            sd=float(half_width(fit.history_sd[at : at + 1], self.survey.calibration, z=1.0)[0]),
        )

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last month that is told of; None where nothing counts."""
        if self.survey is None:
            return None
        stories = self.survey.stories
        return stories.first, stories.first + stories.months - 1

    def month(self, text: str | None) -> int | None:
        """The month that a page is asked for, the last one without a wish; None where nothing counts.

        Raises:
            WebError: no month, or one of which nothing is told.
        """
        from detente.measure.reports import month_name, month_number

        span = self.span
        try:
            wanted = None if not text else month_number(text)
        except DataError as error:
            raise WebError(f"{text!r} in at: a month is needed. Write for example at=2015-03.") from error
        if span is None:
            return None
        if wanted is None:
            return span[1]
        if not span[0] <= wanted <= span[1]:
            told = f"{month_name(span[0])} to {month_name(span[1])}"
            raise WebError(f"Nothing told in {month_name(wanted)}: {told} are measured. Choose a month of these.")
        return wanted


class KeptLines:
    """The lines of a project as it is now; those of a former state are dropped."""

    def __init__(self, relations: Relations) -> None:
        self._relations = relations
        self._kept: Lines | None = None

    def now(self) -> Lines:
        """Lines of what is measured now."""
        known = self._relations.measured()
        kept = self._kept
        if kept is None or kept.known is not known:
            kept = self._kept = Lines(known)
        return kept
