"""What each type of act tells of warmth: PLOVER's scores, half corrected by how types go together in the records.

What enters: stories and their world. What leaves: one weight a type, in the units of score / 5.

The scores of a codebook are a judgement. Which types rise and fall together in the records at hand tells whether they
fit: with theta from a first fit, the weights s of P(k) ∝ w_k exp(theta s_k) have a likelihood of their own. Its
maximum, under a normal prior around the scores, is found by a few steps of Fisher scoring, brought to the spread of the
scores under the world's mix (theta and s are known up to a factor only), and averaged half and half with the scores.
Half, not more: in ICEWS the axis along which most varies is words against deeds as much as friendly against hostile,
and weights that are learned alone tell militarised disputes less well (docs/method.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from detente.measure.calibration import Calibration
from detente.measure.periods import steps_in
from detente.measure.reports import Floats, type_scores
from detente.measure.stories import Stories
from detente.measure.warmth import fit_warmth
from detente.measure.world import World

LEARNED = 0.5
MOST_PAIRS = 200
_PRIOR_SD = 0.15
_BLOCK_MONTHS = 6
_ROUNDS = 8


def weighted(stories: Stories, world: World, calibration: Calibration) -> Calibration:
    """The constants with weights of these stories; as they are where they have some.

    The fullest pairs teach, 200 at most: more would cost time and change little.
    """
    if calibration.weights is not None:
        return calibration
    counts = np.zeros((0, stories.months, len(type_scores())))
    if full := list(_fullest(stories)):
        counts = np.stack([stories.counts_of(pair) for pair in full])
    fits = [fit_warmth(told, world.mix, world.past, calibration=calibration).history for told in counts]
    theta = np.array(fits).reshape(len(counts), stories.months)
    block = steps_in(_BLOCK_MONTHS, stories.step)
    found = learned(counts, world.mix, theta, calibration.epsilon, type_scores() / 5, block=block)
    return replace(calibration, weights=tuple(map(float, found)))


def learned(counts: Floats, mix: Floats, theta: Floats, epsilon: float, scores: Floats, *, block: int = 1) -> Floats:
    """Half of the scores, half of what the counts say of them.

    Args:
        counts: of shape (pairs, steps, types).
        mix: the world's shares, of shape (steps, types).
        theta: a first fit of warmth, of shape (pairs, steps).
        epsilon: share of wrong codes.
        scores: / 5, of the types.
        block: how many steps are added up; a theta is then the mean of theirs.
    """
    told, world, level = _blocks(counts, mix, theta, block)
    spread = _spread(scores, mix)
    found = scores
    for _ in range(_ROUNDS):
        slope, information = _slope(told, world, level, epsilon, found)
        slope = slope - (found - scores) / _PRIOR_SD**2
        found = found + np.linalg.solve(information + np.eye(len(scores)) / _PRIOR_SD**2, slope)
    found = found * (spread / _spread(found, mix))
    both = (1 - LEARNED) * scores + LEARNED * found
    return np.asarray(both * (spread / _spread(both, mix)))


def _fullest(stories: Stories) -> Iterator[int]:
    """Pairs with the most told of, in order of pairs."""
    amount = np.bincount(stories.pair, stories.amount, minlength=len(stories.pairs))
    # Rounded, so that the order in which a sum was added up decides nothing.
    order = np.lexsort((np.arange(len(amount)), -np.round(amount, 6)))[:MOST_PAIRS]
    yield from sorted(map(int, order))


def _blocks(counts: Floats, mix: Floats, theta: Floats, block: int) -> tuple[Floats, Floats, Floats]:
    """Counts, mix and theta of all pairs and blocks of steps in which something is told."""
    pairs, steps, types = counts.shape
    number = max(1, steps // block)
    edges = np.linspace(0, steps, number + 1).astype(np.int64)[:-1]
    size = np.diff(np.append(edges, steps)).astype(np.float64)
    told = np.add.reduceat(counts, edges, axis=1).reshape(pairs * number, types)
    world = np.tile(np.add.reduceat(mix, edges, axis=0) / size[:, None], (pairs, 1))
    level = (np.add.reduceat(theta, edges, axis=1) / size).reshape(pairs * number)
    heard = told.sum(axis=1) > 0
    return told[heard], world[heard], level[heard]


def _slope(told: Floats, mix: Floats, theta: Floats, epsilon: float, weights: Floats) -> tuple[Floats, Floats]:
    """Slope and expected information of the log likelihood of the weights; each story counts by its chance of being
    rightly coded."""
    tilted = mix * np.exp(theta[:, None] * weights)
    tilted /= tilted.sum(axis=1, keepdims=True)
    right = told * (1 - epsilon) * tilted / ((1 - epsilon) * tilted + epsilon * mix)
    number = right.sum(axis=1)
    slope = (theta[:, None] * (right - number[:, None] * tilted)).sum(axis=0)
    size = number * theta**2
    information = np.diag(size @ tilted) - (tilted * size[:, None]).T @ tilted
    return slope, information


def _spread(weights: Floats, mix: Floats) -> float:
    """Standard deviation of the weights under the mean mix."""
    usual = mix.mean(axis=0)
    return float(np.sqrt(usual @ (weights - usual @ weights) ** 2))
