"""Blocs: who stands together, told from ties of both signs, with the probability that any two do.

What enters: `Ties`. What leaves: `Blocs`. Each draw of the ties is split by signed modularity,

    Q = Σ_ij [ w_ij − (w⁺_i w⁺_j / 2w⁺ − w⁻_i w⁻_j / 2w⁻) ] δ(c_i, c_j) / (2w⁺ + 2w⁻),

where w⁺_i and w⁻_i sum the friendly ties of i and the sizes of its hostile ones, and w⁺ and w⁻ those of the network.
A pair's co-membership is the share of draws in which it is together. The split shown disagrees with the draws on as few
pairs as the search could find (Binder's loss), which is the one that puts pairs together at a probability above ½.

Source: Gómez, Jensen and Arenas 2009, Physical Review E 80, 016114; Binder 1978, Biometrika 65(1).
Departs from it by: a pair without a tie adds nothing to w, but its chance term stays, as in the paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from detente.measure.partitions import best_partition
from detente.measure.reports import Floats, Ints, month_name
from detente.measure.ties import Ties, by_chance

METHOD_VERSION = "detente.blocs/1"
_STARTS = 20
_SHUFFLES = 100


@dataclass(frozen=True, slots=True)
class Blocs:
    """The split, and how far it can be trusted.

    `labels` number the blocs of the states, and `together` has the probability of each pair, shape (states, states).
    `modularity` is the median over draws, with the ends of its 90% interval; `chance` is the mean of networks
    shuffled as `by_chance` says: groups are found there, too. `p_value` says how often one of them reaches a drawn one.
    `number` has the probability of each number of blocs.
    """

    states: tuple[str, ...]
    labels: Ints
    together: Floats
    modularity: float
    low: float
    high: float
    chance: float
    p_value: float
    number: dict[int, float]
    month: str | None
    rules: tuple[str, ...]
    records: tuple[str, ...]
    method: str = METHOD_VERSION

    def members(self) -> tuple[tuple[str, ...], ...]:
        """The states of each bloc, largest bloc first."""
        found = [tuple(np.array(self.states, dtype=object)[self.labels == one]) for one in np.unique(self.labels)]
        return tuple(sorted(found, key=lambda bloc: (-len(bloc), bloc)))

    def belonging(self, state: str) -> float:
        """Mean probability that a state is together with the others of its bloc; NaN for one alone."""
        at = self.states.index(state)
        others = (self.labels == self.labels[at]) & (np.arange(len(self.states)) != at)
        return float(self.together[at, others].mean()) if others.any() else float("nan")


def blocs_of(
    ties: Ties, *, starts: int = _STARTS, shuffles: int = _SHUFFLES, tell: Callable[[str], None] = lambda _: None
) -> Blocs:
    """Split every draw, and the draws together.

    Args:
        starts: orders to try for each network.
        shuffles: networks of chance.
        tell: told how many draws are split.
    """
    size, count = len(ties.states), len(ties.draws)
    together, reached, numbers = np.zeros((size, size)), np.zeros(count), np.zeros(count, dtype=np.int64)
    for at, network in enumerate(ties.draws):
        if at % 50 == 0:
            tell(f"{at:,} of {count:,} draws split")
        labels = communities(network, starts=starts, seed=ties.seed + at)
        together += labels[:, None] == labels[None, :]
        reached[at], numbers[at] = modularity(network, labels), labels.max() + 1
    together /= count
    null = np.array(
        [
            modularity(network, communities(network, starts=starts, seed=ties.seed + at))
            for at, network in enumerate(by_chance(ties, shuffles))
        ]
    )
    low, median, high = np.quantile(reached, [0.05, 0.5, 0.95])
    beaten = (null[:, None] >= reached[None, :] - 1e-12).mean(axis=1).sum()
    return Blocs(
        states=ties.states,
        labels=best_partition(together - 0.5, starts=5 * starts, seed=ties.seed),
        together=together,
        modularity=float(median),
        low=float(low),
        high=float(high),
        chance=float(null.mean()) if shuffles else float("nan"),
        p_value=float((1 + beaten) / (1 + shuffles)),
        number={int(one): float((numbers == one).mean()) for one in np.unique(numbers)},
        month=None if ties.month is None else month_name(ties.month),
        rules=ties.rules,
        records=tuple(sorted({one for found in ties.records.values() for one in found})),
    )


def communities(network: Floats, *, starts: int = _STARTS, seed: int = 0) -> Ints:
    """Labels of the split with the highest signed modularity that was found."""
    return best_partition(gains(network), starts=starts, seed=seed)


def modularity(network: Floats, labels: Ints) -> float:
    """Signed modularity of a split; 0 for a network without ties."""
    return float(gains(network)[labels[:, None] == labels[None, :]].sum())


def gains(network: Floats) -> Floats:
    """What each pair in one bloc adds to modularity; they sum to Q over the pairs of one bloc, (i, i) among them."""
    total = np.abs(network).sum()
    if not total:
        return np.zeros_like(network)
    return np.asarray((network - _expected(np.maximum(network, 0)) + _expected(np.maximum(-network, 0))) / total)


def _expected(weights: Floats) -> Floats:
    strength = weights.sum(axis=1)
    return np.asarray(np.outer(strength, strength) / max(weights.sum(), 1e-300))
