"""The line index of frustration: how few ties must change their sign until the network splits into two camps at peace.

What enters: signs of ties, or signed weights. What leaves: `Frustration`, proven to be least, with a split that
attains it.

With x[i] ∈ {0, 1} the camp of state i and f[ij] ∈ [0, 1] whether tie ij is frustrated, minimise Σ w[ij] f[ij] under

    f ≥ x[i] − x[j],      f ≥ x[j] − x[i]          for friendly ties,
    f ≥ x[i] + x[j] − 1,  f ≥ 1 − x[i] − x[j]      for hostile ties,
    f[ij] + f[ik] + f[jk] ≥ 1                      for each unbalanced triad: it has a frustrated tie in any split.

Source: Aref and Wilson 2019, J. of Complex Networks 7(2), with the XOR model of Aref, Mason and Wilson 2020, Networks
75(1); solved by HiGHS.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import coo_array  # type: ignore[import-untyped]

from detente.errors import DataError
from detente.measure.reports import Floats, Ints
from detente.measure.ties import Ties

METHOD_VERSION = "detente.frustration/1"
_NODES = 200
_DRAWS = 100
_MOST_CUTS = 20_000


@dataclass(frozen=True, slots=True)
class Frustration:
    """The least weight of ties that no split into two camps satisfies.

    `camps` has 0 or 1 for each state, the first state's being 0; other splits may do as well. `normalised` is 1 for a
    balanced network and 0 for the most frustrated one that could be: 1 − 2 · index / total (Aref and Wilson 2018).
    `bound` is what the index is proven to reach at least; below it only where the search was cut short.
    """

    index: float
    bound: float
    total: float
    camps: Ints

    @property
    def is_exact(self) -> bool:
        return self.index - self.bound < 1e-6 * max(1.0, self.index)

    @property
    def normalised(self) -> float:
        return 1 - 2 * self.index / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class FrustrationDraws:
    """The line index over draws of the ties: how many of `ties` must change, median and ends of the 90% interval."""

    ties: int
    median: float
    low: float
    high: float
    draws: int
    exact: bool
    method: str = METHOD_VERSION


def frustration(network: Floats, *, nodes: int = _NODES) -> Frustration:
    """Solve one network.

    Args:
        network: symmetric, shape (states, states); signs, or weights with signs. 0 is no tie.
        nodes: where the search may end without proof. A number of nodes and not a time, so that results repeat.

    Raises:
        DataError: the network is not symmetric, or not finite.
    """
    if network.ndim != 2 or not np.all(np.isfinite(network)) or not np.array_equal(network, network.T):
        raise DataError(f"Network of shape {network.shape}: symmetric and finite is needed. Mend it.")
    rows, columns = np.nonzero(np.triu(network, 1))
    weights = network[rows, columns]
    size, total = len(network), float(np.abs(weights).sum())
    if not len(rows):
        return Frustration(0.0, 0.0, 0.0, np.zeros(size, dtype=np.int64))
    upper = np.ones(size + len(rows))
    upper[np.argmax(np.abs(network).sum(axis=1))] = 0.0  # camps have no names, so one state's is chosen
    found = milp(
        np.concatenate([np.zeros(size), np.abs(weights)]),
        integrality=np.concatenate([np.ones(size), np.zeros(len(rows))]),
        bounds=Bounds(np.zeros(size + len(rows)), upper),
        constraints=_constraints(network, rows, columns),
        options={"node_limit": nodes, "mip_rel_gap": 0.0},
    )
    if found.x is None:
        raise DataError(f"No split found in {nodes} nodes ({found.message}). Allow more nodes, or take fewer states.")
    camps = np.round(found.x[:size]).astype(np.int64)
    camps = camps ^ camps[0]
    index = frustrated(network, camps)
    return Frustration(index, min(index, float(found.mip_dual_bound)), total, camps)


def frustrated(network: Floats, camps: Ints) -> float:
    """Weight of the ties that a split into two camps does not satisfy."""
    same = camps[:, None] == camps[None, :]
    wrong = np.where(same, network < 0, network > 0)
    return float(np.triu(np.abs(network) * wrong, 1).sum())


def frustration_over(ties: Ties, *, draws: int = _DRAWS, nodes: int = _NODES) -> FrustrationDraws:
    """The line index of the signs of the first draws."""
    found = [frustration(np.sign(network), nodes=nodes) for network in ties.draws[:draws]]
    low, median, high = np.quantile([one.index for one in found], [0.05, 0.5, 0.95], method="inverted_cdf")
    return FrustrationDraws(
        len(ties.pairs()), float(median), float(low), float(high), len(found), all(one.is_exact for one in found)
    )


def _constraints(network: Floats, rows: Ints, columns: Ints) -> list[LinearConstraint]:
    size, number = len(network), len(rows)
    friendly = network[rows, columns] > 0
    tie = np.arange(number)
    # f − x_i + x_j ≥ 0 and f + x_i − x_j ≥ 0, or f − x_i − x_j ≥ −1 and f + x_i + x_j ≥ 1.
    i_sign = np.concatenate([-np.ones(number), np.ones(number)])
    j_sign = np.concatenate([np.where(friendly, 1, -1), np.where(friendly, -1, 1)])
    lower = np.concatenate([np.where(friendly, 0, -1), np.where(friendly, 0, 1)])
    at = np.arange(2 * number)
    matrix = coo_array(
        (
            np.concatenate([np.ones(2 * number), i_sign, j_sign]),
            (
                np.concatenate([at, at, at]),
                np.concatenate([size + np.tile(tie, 2), np.tile(rows, 2), np.tile(columns, 2)]),
            ),
        ),
        shape=(2 * number, size + number),
    )
    out = [LinearConstraint(matrix.tocsr(), lower, np.inf)]
    cuts = _unbalanced(network, rows, columns)
    if len(cuts):
        place = (np.repeat(np.arange(len(cuts)), 3), size + cuts.ravel())
        triads = coo_array((np.ones(cuts.size), place), shape=(len(cuts), size + number))
        out.append(LinearConstraint(triads.tocsr(), 1, np.inf))
    return out


def _unbalanced(network: Floats, rows: Ints, columns: Ints) -> Ints:
    """Numbers of the ties of each unbalanced triad, shape (triads, 3)."""
    signs, place = np.sign(network), np.zeros(network.shape, dtype=np.int64)
    place[rows, columns] = place[columns, rows] = np.arange(len(rows))
    out = []
    for number, (a, b) in enumerate(zip(rows, columns, strict=True)):
        third = b + 1 + np.flatnonzero(signs[a, b] * signs[a, b + 1 :] * signs[b, b + 1 :] < 0)
        out.append(np.column_stack([np.full(len(third), number), place[a, third], place[b, third]]))
    return np.concatenate(out)[:_MOST_CUTS]
