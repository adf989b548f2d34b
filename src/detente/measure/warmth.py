"""Warmth: how friendly or hostile a pair's acts are beside the world's, month by month, with its uncertainty.

What enters: a pair's counts by month and type, and the world's mix. What leaves: a frozen `Warmth`. The model stands in
`kernels.py` and docs/method.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.measure import kernels
from detente.measure.calibration import Calibration, load_calibration
from detente.measure.periods import steps_in
from detente.measure.reports import Floats, Ints, type_scores
from detente.measure.stories import Stories
from detente.measure.world import World

_Q = np.geomspace(1e-5, 0.1, 9)
_TAU2 = np.array([0.0, 0.01, 0.04, 0.12, 0.4])
Z90 = 1.645
LEAST_MONTHS = 6
_ROUNDS = 3
JUMP_VARIANCE = 0.3


@dataclass(frozen=True, slots=True)
class Warmth:
    """One line of warmth, in theta, by month.

    `history` is smoothed: each month seen from all months, before and after. `now` is filtered: seen from that month
    and those before it only. `ahead` is what the months before let one expect of it. The `_sd` are those of the model;
    use `half_width` for intervals. `eta`, `z` and `v` are the month's own level, its pseudo-observation and the
    variance of that, infinite where nothing is told. `volume` is the weight of the stories. `mix` is the world's.
    """

    history: Floats
    history_sd: Floats
    now: Floats
    now_sd: Floats
    ahead: Floats
    ahead_sd: Floats
    eta: Floats
    z: Floats
    v: Floats
    volume: Floats
    mix: Floats
    past: Floats
    q: float
    tau2: float
    cuts: Ints
    calibration: Calibration


def half_width(sd: Floats, calibration: Calibration, *, z: float = Z90) -> Floats:
    """Half of the interval, 90% by default: z · √(κ² sd² + σ²), with κ and σ as calibrated."""
    return np.asarray(z * np.sqrt(calibration.kappa**2 * sd**2 + calibration.sigma**2))


def fit_warmth(
    counts: Floats,
    mix: Floats,
    past: Floats,
    *,
    calibration: Calibration | None = None,
    scores: Floats | None = None,
    least: int = LEAST_MONTHS,
) -> Warmth:
    """Fit one pair: once with a steady pace, then with room for a jump where the first fit shows one.

    Args:
        counts: weights by month and type.
        mix: the world's shares around each month, of the same shape.
        past: the world's shares up to each month, for `now` and `ahead`.
        scores: weights of the columns of `counts`; those of the calibration when None.
        least: how many steps a spell between two turning points has.
    """
    known = calibration or load_calibration()
    scale, months = known.scale() if scores is None else scores, len(counts)
    steady = _smoothed(counts, mix, known, scale, np.zeros(months), np.zeros(months))
    smoothed, cuts = steady, np.zeros(0, dtype=np.int64)
    for _ in range(_ROUNDS):
        found = kernels.partition(smoothed.z, smoothed.v + smoothed.tau2, known.drift, known.penalty, least)
        if np.array_equal(found, cuts):
            break
        cuts = found
        smoothed = _smoothed(counts, mix, known, scale, _room(cuts, months), smoothed.eta)
    now, now_p, ahead, ahead_p = (np.zeros(months) for _ in range(4))
    pace = np.full(months, steady.q)
    kernels.filter_months(counts, past, scale, known.epsilon, pace, steady.tau2, now, now_p, ahead, ahead_p)
    return Warmth(
        history=smoothed.theta,
        history_sd=np.sqrt(smoothed.p),
        now=now,
        now_sd=np.sqrt(now_p),
        ahead=ahead,
        ahead_sd=np.sqrt(ahead_p),
        eta=smoothed.eta,
        z=smoothed.z,
        v=smoothed.v,
        volume=counts.sum(axis=1),
        mix=mix,
        past=past,
        q=smoothed.q,
        tau2=smoothed.tau2,
        cuts=cuts,
        calibration=known,
    )


@dataclass(frozen=True, slots=True)
class _Smoothed:
    theta: Floats
    p: Floats
    eta: Floats
    z: Floats
    v: Floats
    q: float
    tau2: float


def _smoothed(counts: Floats, mix: Floats, known: Calibration, scores: Floats, extra: Floats, eta: Floats) -> _Smoothed:
    """Find q and tau2, twice linearised, then the mode; `eta` is where to start."""
    months = len(counts)
    eta, (theta, p, z, v) = eta.copy(), np.zeros((4, months))
    q, tau2 = known.q, known.tau2
    for rounds in (4, 2):
        kernels.to_mode(counts, mix, scores, known.epsilon, q + extra, tau2, eta, theta, p, z, v, rounds)
        q, tau2 = kernels.likeliest(
            z, v, extra, _Q, _log_prior(_Q, known.q, known.q_sd),
            _TAU2, _log_prior(_TAU2 + 0.01, known.tau2 + 0.01, known.tau2_sd),
        )  # fmt: skip
    kernels.to_mode(counts, mix, scores, known.epsilon, q + extra, tau2, eta, theta, p, z, v, 5)
    at = eta.copy()
    kernels.to_mode(counts, mix, scores, known.epsilon, q + extra, tau2, eta, theta, p, z, v, 1)
    return _Smoothed(theta, p, at, z, v, float(q), float(tau2))


def _room(cuts: Ints, months: int) -> Floats:
    """Variance that a jump may add, in the month of each cut."""
    extra = np.zeros(months)
    extra[cuts] = JUMP_VARIANCE
    return extra


def fit_pair(stories: Stories, world: World, pair: int, *, calibration: Calibration | None = None) -> Warmth:
    """Fit a pair of a table of stories, beside their world."""
    least = steps_in(LEAST_MONTHS, stories.step, least=2)
    return fit_warmth(stories.counts_of(pair), world.mix, world.past, calibration=calibration, least=least)


def points(theta: Floats, mix: Floats, weights: Floats | None = None) -> Floats:
    """Warmth in PLOVER points: the expected score at theta less that of the world's mix.

    Args:
        theta: one value a row of `mix`; of shape (…, months) for several lines at once.
        weights: by which theta tilts the mix; the scores / 5 when None.
    """
    scores = type_scores()
    tilted = mix * np.exp(theta[..., None] * (scores / 5 if weights is None else weights))
    return np.asarray((tilted @ scores) / tilted.sum(axis=-1) - mix @ scores)


def _log_prior(grid: Floats, centre: float, sd: float) -> Floats:
    """Log-normal prior on a grid."""
    return np.asarray(-0.5 * (np.log(grid / centre) / sd) ** 2)
