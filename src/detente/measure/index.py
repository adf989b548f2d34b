"""The index of a pair: its lines, turning points and what they rest on, in one frozen record.

What enters: reports, a pair and rules. What leaves: `Index`, whose every figure leads back to record ids, rules and the
version of the method. Nothing is printed here, see `cli/dyad.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from detente.errors import DataError
from detente.measure.calibration import Calibration, at_step, load_calibration
from detente.measure.drivers import Driver, explain_move, with_records
from detente.measure.periods import Step, period_name, steps_in
from detente.measure.reports import Floats, Ints, Reports
from detente.measure.rules import METHOD_VERSION, Rules
from detente.measure.salience import Coverage, Salience, coverage_of, salience_of
from detente.measure.stories import Pair, Stories, count_stories, ordered
from detente.measure.thin import Verdict, verdict_of
from detente.measure.warmth import Warmth, fit_pair, half_width, points
from detente.measure.weights import weighted
from detente.measure.world import World, world_of

_MONTHS_BESIDE = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line in points with the ends of its 90% interval, by month."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A month from which the line stands on another level.

    `before` and `after` are the means of up to six months on each side: points, or log share for salience. `drivers`
    are the stories that moved it most, in order; empty for salience.
    """

    month: int
    channel: str
    before: float
    after: float
    drivers: tuple[Driver, ...] = ()

    @property
    def move(self) -> float:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Index:
    """All that is said of a pair. `months` are numbers as `month_number` gives them, or those of another `step`.

    `history` knows what came later; `now` does not, and is what could be said in each month. `turning_points` is None
    where too little is told of the pair to look for any. `pairs_in_world` is the median number of pairs that stand for
    the world in a month.
    """

    pair: Pair
    months: Ints
    history: Line
    now: Line
    fit: Warmth
    salience: Salience
    coverage: Coverage
    verdict: Verdict
    turning_points: tuple[TurningPoint, ...] | None
    records: tuple[str, ...]
    rules: tuple[str, ...]
    pairs_in_world: float
    method: str = METHOD_VERSION
    step: Step = "month"

    def rows(self) -> Iterator[dict[str, object]]:
        """One flat row a month, or other step, for tables; the name of the step heads its column."""
        for at, month in enumerate(self.months):
            yield {
                self.step: period_name(int(month), self.step),
                "history": float(self.history.value[at]),
                "history_low": float(self.history.low[at]),
                "history_high": float(self.history.high[at]),
                "now": float(self.now.value[at]),
                "now_low": float(self.now.low[at]),
                "now_high": float(self.now.high[at]),
                "stories": float(self.fit.volume[at]),
                "log_share": float(self.salience.share[at]),
            }


@dataclass(frozen=True, slots=True)
class Survey:
    """Stories and their world, from which any pair can be measured."""

    stories: Stories
    world: World
    rules: Rules
    calibration: Calibration = field(default_factory=load_calibration)

    def fit(self, a: str, b: str) -> Warmth:
        """Warmth of a pair; with directed rules that of the first toward the second."""
        return fit_pair(self.stories, self.world, self.place(a, b), calibration=self.calibration)

    def place(self, a: str, b: str) -> int:
        """Where a pair stands in `stories.pairs`.

        Raises:
            DataError: nothing that counts is told of it.
        """
        pair = (a, b) if self.rules.directed else ordered(a, b)
        found = self.stories.find(pair)
        if found is None:
            raise DataError(
                f"Nothing told of {a} and {b} in these records that counts by the rules: pairs with a story are "
                "measured. Check the ids with `detente who`, and which acts are `actual`."
            )
        return found


def survey(
    reports: Reports,
    rules: Rules | None = None,
    *,
    first: int | None = None,
    last: int | None = None,
    calibration: Calibration | None = None,
) -> Survey:
    """Count the stories and the world's mix, once for all pairs.

    The step is that of the reports. Weights of types are learned from these stories, unless `calibration` has some.
    """
    stories = count_stories(reports, rules or Rules(), first=first, last=last)
    world = world_of(stories)
    constants = weighted(stories, world, at_step(calibration or load_calibration(), stories.step))
    return Survey(stories, world, rules or Rules(), constants)


def index_of(known: Survey, a: str, b: str, *, drivers: int = 5) -> Index:
    """Measure one pair.

    Args:
        drivers: how many stories to name at each turning point.

    Raises:
        DataError: nothing is told of the pair.
    """
    stories, pair = known.stories, known.place(a, b)
    fit, salience, coverage = known.fit(a, b), salience_of(stories, pair), coverage_of(stories, pair)
    verdict = verdict_of(coverage.reports_a_month)
    history = line_of(fit.history, fit.history_sd, fit.mix, known.calibration)
    turns = None
    if verdict != "too thin to say":
        turns = tuple(_turns(stories, pair, fit, history, salience, drivers))
    return Index(
        pair=stories.pairs[pair],
        months=stories.first + np.arange(stories.months),
        history=history,
        now=line_of(fit.now, fit.now_sd, fit.past, known.calibration),
        fit=fit,
        salience=salience,
        coverage=coverage,
        verdict=verdict,
        turning_points=turns,
        records=records_of_pair(stories, pair),
        rules=known.rules.described(),
        pairs_in_world=float(np.median(known.world.votes)),
        step=stories.step,
    )


def line_of(theta: Floats, sd: Floats, mix: Floats, calibration: Calibration) -> Line:
    """A line in points, with its 90% interval."""
    half = half_width(sd, calibration)
    weights = calibration.scale()
    return Line(*(points(one, mix, weights) for one in (theta, theta - half, theta + half)))


def records_of_pair(stories: Stories, pair: int) -> tuple[str, ...]:
    """Ids of all records that count for a pair."""
    groups = np.unique(stories.group[stories.rows_of(pair)])
    return tuple(sorted({str(one) for one in stories.kept.record[np.isin(stories.told, groups)]}))


def _turns(
    stories: Stories, pair: int, fit: Warmth, history: Line, salience: Salience, number: int
) -> Iterator[TurningPoint]:
    found = [(int(cut), "warmth") for cut in fit.cuts] + [(int(cut), "salience") for cut in salience.cuts]
    beside = steps_in(_MONTHS_BESIDE, stories.step)
    for cut, channel in sorted(found):
        line = history.value if channel == "warmth" else salience.share
        start, end = max(0, cut - beside), min(stories.months, cut + beside)
        before, after = float(line[start:cut].mean()), float(line[cut:end].mean())
        if channel == "salience":
            yield TurningPoint(stories.first + cut, channel, before, after)
            continue
        move = explain_move(stories, pair, fit, start=start, end=end - 1)
        yield TurningPoint(stories.first + cut, channel, before, after, with_records(stories, move.top(number)))
