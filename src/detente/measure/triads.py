"""Triads: is the friend of a friend a friend, and the enemy of an enemy? With the probability of each answer.

What enters: `Ties`. What leaves: one `Triad` for each three states that have all three ties, and how balanced the whole
network is beside networks of chance.

A triad is balanced where the product of its three signs is positive: three friends, or two friends with one enemy in
common. Three enemies count as balanced only by the weaker rule, which forbids no more than one enmity between two
friends of a third.

Source: Cartwright and Harary 1956, Psychological Review 63(5); the weaker rule: Davis 1967, Human Relations 20(2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from detente.measure.reports import Floats
from detente.measure.ties import Ties, by_chance

METHOD_VERSION = "detente.triads/1"
_SHUFFLES = 200


@dataclass(frozen=True, slots=True)
class Triad:
    """Three states and the probability of each pattern of signs.

    `friendly` has the probability of 0, 1, 2 and 3 ties above 0. `records` are the ids behind the three ties.
    """

    states: tuple[str, str, str]
    friendly: tuple[float, float, float, float]
    ties: tuple[float, float, float]
    records: tuple[str, ...]

    @property
    def balanced(self) -> float:
        """Probability that the product of the signs is positive."""
        return self.friendly[1] + self.friendly[3]

    @property
    def weakly_balanced(self) -> float:
        """Probability that not exactly two of the ties are friendly."""
        return 1 - self.friendly[2]


@dataclass(frozen=True, slots=True)
class Balance:
    """How many of the triads are balanced, over draws: mean and ends of the 90% interval.

    `chance` is the same share in networks shuffled as `by_chance` says, so that each state keeps its own tone;
    `p_value` says how often one of them is at least as balanced as a drawn one.
    """

    triads: int
    share: float
    low: float
    high: float
    chance: float
    p_value: float
    method: str = METHOD_VERSION


def triads_of(ties: Ties) -> Iterator[Triad]:
    """Every three states that have all three ties, in alphabetical order.

    With n ties drawn a probability is known to ±1/√n; that of ties drawn apart is (1 + ∏(2p − 1)) / 2 in the limit.
    """
    above, mean = ties.draws > 0, ties.mean
    for a, b, c in combinations(range(len(ties.states)), 3):
        if not (ties.known[a, b] and ties.known[a, c] and ties.known[b, c]):
            continue
        friends = above[:, a, b].astype(np.int64) + above[:, a, c] + above[:, b, c]
        none, one, two, three = np.bincount(friends, minlength=4) / len(friends)
        states = ties.states[a], ties.states[b], ties.states[c]
        yield Triad(
            states,
            (float(none), float(one), float(two), float(three)),
            (float(mean[a, b]), float(mean[a, c]), float(mean[b, c])),
            _records(ties, states),
        )


def balance_of(ties: Ties, *, shuffles: int = _SHUFFLES) -> Balance | None:
    """Share of balanced triads beside chance; None without a triad.

    For a symmetric matrix S of signs the sum over closed walks of three steps, tr S³ / 6, is the number of balanced
    less that of unbalanced triads, and tr |S|³ / 6 the number of both.
    """
    number = float(_walks(ties.known.astype(np.float64))) / 6
    if number < 1:
        return None
    drawn = _shares(np.sign(ties.draws), number)
    null = np.array([_shares(np.sign(network), number) for network in by_chance(ties, shuffles)])
    low, high = np.quantile(drawn, [0.05, 0.95])
    beaten = (null[:, None] >= drawn[None, :] - 1e-12).mean(axis=1).sum()
    p_value = (1 + beaten) / (1 + shuffles)
    return Balance(round(number), float(drawn.mean()), float(low), float(high), float(null.mean()), float(p_value))


def _shares(signs: Floats, number: float) -> Floats:
    return np.asarray((_walks(signs) / (6 * number) + 1) / 2)


def _walks(matrix: Floats) -> Floats:
    """Sum over closed walks of three steps, of one matrix or of each."""
    return np.asarray(((matrix @ matrix) * np.swapaxes(matrix, -1, -2)).sum(axis=(-1, -2)))


def _records(ties: Ties, states: tuple[str, str, str]) -> tuple[str, ...]:
    found = {one for pair in combinations(states, 2) for one in ties.records.get(pair, ())}
    return tuple(sorted(found))
