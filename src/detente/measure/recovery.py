"""How well the measuring finds what is true in made-up worlds: `detente validate synthetic`.

What enters: a generator and seeds. What leaves: `Recovery`, the figures that docs/method.md promises, and constants for
the intervals that were fitted on other seeds than those they are judged on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.measure.baselines import goldstein_mean, goldstein_rolling, log_ratio
from detente.measure.calibration import Calibration
from detente.measure.index import survey
from detente.measure.periods import STEPS, Step, steps_in
from detente.measure.reports import Flags, Floats, Ints, Reports, coarser
from detente.measure.rules import Rules
from detente.measure.synthetic import Flaws, Generator, Truth, make_world
from detente.measure.thin import CLEAR, THIN
from detente.measure.warmth import Warmth, half_width

TOLERANCE_MONTHS = 3
CLASSES = ("under 3", "3 to 20", "over 20")


@dataclass(frozen=True, slots=True)
class Trial:
    """One made-up world with its fits, pair by pair; `volume` is reports a month, copies among them."""

    truth: Truth
    fits: tuple[Warmth, ...]
    volume: Floats
    baselines: dict[str, Floats]
    step: Step = "month"


@dataclass(frozen=True, slots=True)
class Turns:
    """How the turning points found compare with the true jumps, within three months, of one class of volume."""

    found: int
    right: int
    jumps: int
    false_on_static: int
    static: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float("nan")

    @property
    def recall(self) -> float:
        return self.right / self.jumps if self.jumps else float("nan")

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.jumps) if self.found + self.jumps else float("nan")

    def __add__(self, other: Turns) -> Turns:
        return Turns(
            self.found + other.found,
            self.right + other.right,
            self.jumps + other.jumps,
            self.false_on_static + other.false_on_static,
            self.static + other.static,
        )


@dataclass(frozen=True, slots=True)
class Recovery:
    """Figures over all trials.

    `pooled` is r over all pairs and months, `within` the median over moving pairs of r over months, `within_by_class`
    the same by volume, `change` r of 12-month changes of moving pairs. `leak` is how much of the sources' shift shows
    as a change of all pairs, in theta. `slope` is that of the truth on the estimate. `coverage` is of the 90%
    intervals of `history`, by volume. `now_*` are for the filtered line. Baselines have (pooled, within, change).
    """

    pooled: float
    within: float
    within_by_class: tuple[float, ...]
    change: float
    leak: float
    slope: float
    now_pooled: float
    now_within: float
    coverage: tuple[float, ...]
    now_coverage: tuple[float, ...]
    turns: tuple[Turns, ...]
    baselines: dict[str, tuple[float, float, float]]
    pairs: tuple[int, ...]


def run_trials(
    generator: Generator,
    seeds: Sequence[int],
    *,
    pairs: int = 80,
    flaws: Flaws | None = None,
    calibration: Calibration | None = None,
    rules: Rules | None = None,
    step: Step = "month",
    tell: Callable[[str], None] = lambda _: None,
) -> list[Trial]:
    """Make and measure one world a seed, with lines by month or another step."""
    trials = []
    for seed in seeds:
        reports, truth = make_world(generator, seed, pairs=pairs, flaws=flaws)
        reports, truth = _by_step(reports, truth, step, seed)
        known = survey(reports, rules, first=0, last=truth.warmth.shape[1] - 1, calibration=calibration)
        stories, named = known.stories, [(f"P{pair:05}A", f"P{pair:05}B") for pair in range(pairs)]
        own, fits = [known.place(*pair) for pair in named], tuple(known.fit(*pair) for pair in named)
        volume = np.array([stories.pace_of(pair) for pair in own])
        lines = {
            "mean score": goldstein_mean,
            "mean score, 7 months": goldstein_rolling,
            "log ratio, both sides": log_ratio,
        }
        baselines = {name: np.vstack([line(stories, pair) for pair in own]) for name, line in lines.items()}
        trials.append(Trial(truth, fits, volume, baselines, step))
        tell(f"{generator}, seed {seed}: {pairs} pairs measured")
    return trials


def _by_step(reports: Reports, truth: Truth, step: Step, seed: int) -> tuple[Reports, Truth]:
    """The same world by another step: months of four weeks, over which stories fall evenly, or means of months."""
    if step == "month":
        return reports, truth
    if step == "week":
        week = np.random.default_rng([seed, 4]).integers(0, 4, int(reports.story.max()) + 1)[reports.story]
        jumps = tuple(tuple(4 * month for month in one) for one in truth.jumps)
        by_week = replace(reports, month=4 * reports.month + week, step=step)
        return by_week, replace(truth, warmth=np.repeat(truth.warmth, 4, axis=1), jumps=jumps)
    size = int(STEPS[step])
    warmth = truth.warmth.reshape(len(truth.warmth), -1, size).mean(axis=2)
    jumps = tuple(tuple(month // size for month in one) for one in truth.jumps)
    return coarser(reports, step), replace(truth, warmth=warmth, jumps=jumps)


def score_trials(trials: Sequence[Trial]) -> Recovery:
    """Compare with the truth."""
    truth = np.vstack([trial.truth.warmth for trial in trials])
    history, now = _stack(trials, "history"), _stack(trials, "now")
    moves = np.concatenate([trial.truth.moves for trial in trials])
    kind = np.digitize(np.concatenate([trial.volume for trial in trials]), [THIN, CLEAR])
    within = np.array([_r(a, b) for a, b in zip(history, truth, strict=True)])
    calibration, step = trials[0].fits[0].calibration, trials[0].step
    return Recovery(
        pooled=_r(history, truth),
        within=float(np.median(within[moves])),
        within_by_class=tuple(_median(within[moves & (kind == one)]) for one in range(3)),
        change=_r(_change(history, step)[moves], _change(truth, step)[moves]),
        leak=_leak(history, step) - _leak(truth, step),
        slope=float(np.polyfit(history.ravel(), truth.ravel(), 1)[0]),
        now_pooled=_r(now, truth),
        now_within=float(np.median([_r(a, b) for a, b in zip(now[moves], truth[moves], strict=True)])),
        coverage=_coverage(history - truth, _stack(trials, "history_sd"), kind, calibration),
        now_coverage=_coverage(now - truth, _stack(trials, "now_sd"), kind, calibration),
        turns=_turns(trials, kind),
        baselines={name: _baseline(trials, name, truth, moves) for name in trials[0].baselines},
        pairs=tuple(int((kind == one).sum()) for one in range(3)),
    )


def calibrate(*worlds: Sequence[Trial]) -> Calibration:
    """The kappa and sigma whose intervals come nearest to covering 90% in each class of volume, worlds apart."""
    known = replace(worlds[0][0].fits[0].calibration, weights=None)
    errors = [_errors(trials) for trials in worlds]
    tried = [
        replace(known, kappa=float(kappa), sigma=float(sigma))
        for kappa in np.round(np.arange(0.8, 2.01, 0.05), 2)
        for sigma in np.round(np.arange(0.01, 0.31, 0.01), 2)
    ]

    def worst(one: Calibration) -> float:
        return max(abs(share - 0.9) for found in errors for share in _coverage(*found, one) if share == share)

    return min(tried, key=worst)


def _errors(trials: Sequence[Trial]) -> tuple[Floats, Floats, Ints]:
    """Errors of `history`, the model's standard deviations, and the class of volume of each pair."""
    truth = np.vstack([trial.truth.warmth for trial in trials])
    kind = np.digitize(np.concatenate([trial.volume for trial in trials]), [THIN, CLEAR])
    return _stack(trials, "history") - truth, _stack(trials, "history_sd"), kind


def _stack(trials: Sequence[Trial], name: str) -> Floats:
    return np.vstack([getattr(fit, name) for trial in trials for fit in trial.fits])


def _r(a: Floats, b: Floats) -> float:
    both = np.isfinite(a) & np.isfinite(b)
    if both.sum() < 3 or np.ptp(a[both]) == 0 or np.ptp(b[both]) == 0:
        return 0.0
    return float(np.corrcoef(a[both], b[both])[0, 1])


def _median(values: Floats) -> float:
    return float(np.median(values)) if len(values) else float("nan")


def _change(values: Floats, step: Step) -> Floats:
    year = steps_in(12, step)
    return values[:, year:] - values[:, :-year]


def _leak(values: Floats, step: Step) -> float:
    """Mean of the four years after the shift, a year left for it to pass, less that of the four before."""
    half, near, far = values.shape[1] // 2, steps_in(12, step), steps_in(60, step)
    return float(values[:, half + near : half + far].mean() - values[:, half - far : half - near].mean())


def _coverage(error: Floats, sd: Floats, kind: Ints, calibration: Calibration) -> tuple[float, ...]:
    inside = np.abs(error) <= half_width(sd, calibration)
    return tuple(float(inside[kind == one].mean()) if (kind == one).any() else float("nan") for one in range(3))


def _baseline(trials: Sequence[Trial], name: str, truth: Floats, moves: Flags) -> tuple[float, float, float]:
    line, step = np.vstack([trial.baselines[name] for trial in trials]), trials[0].step
    within = [_r(a, b) for a, b in zip(line[moves], truth[moves], strict=True)]
    return _r(line, truth), float(np.median(within)), _r(_change(line, step)[moves], _change(truth, step)[moves])


def _turns(trials: Sequence[Trial], kind: Ints) -> tuple[Turns, ...]:
    by_class = [Turns(0, 0, 0, 0, 0)] * 3
    number, tolerance = 0, steps_in(TOLERANCE_MONTHS, trials[0].step)
    for trial in trials:
        for jumps, moves, fit in zip(trial.truth.jumps, trial.truth.moves, trial.fits, strict=True):
            found = [int(cut) for cut in fit.cuts]
            by_class[kind[number]] += match_turns(found, jumps, moves=bool(moves), within=tolerance)
            number += 1
    return tuple(by_class)


def match_turns(found: Sequence[int], jumps: Sequence[int], *, moves: bool, within: int = TOLERANCE_MONTHS) -> Turns:
    """Match each jump with the nearest turning point that is left, within three months."""
    left = list(found)
    for jump in jumps:
        near = [cut for cut in left if abs(cut - jump) <= within]
        if near:
            left.remove(min(near, key=lambda cut: abs(cut - jump)))
    right = len(found) - len(left)
    return Turns(len(found), right, len(jumps), 0 if moves else len(found), 0 if moves else 1)
