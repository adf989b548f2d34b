"""Split a network into groups so that the gains of the pairs within groups add up to as much as they can.

What enters: a symmetric matrix of gains, one for each pair. What leaves: labels, numbered by first member. Modularity
and consensus differ in their gains alone; the search is the same: single members move while that gains, then whole
groups, then single members again, from many seeded beginnings.

Source: local moving and aggregation after Blondel, Guillaume, Lambiotte and Lefebvre 2008, J. Stat. Mech. P10008, with
moves of single members repeated after each aggregation (Rotta and Noack 2011, ACM J. of Experimental Algorithmics 16).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from detente.errors import DataError
from detente.measure.reports import Floats, Ints

STARTS = 20


def best_partition(gain: Floats, *, starts: int = STARTS, seed: int = 0) -> Ints:
    """Labels with the highest sum of gains that the starts found.

    Args:
        gain: symmetric, shape (members, members); what a pair in one group adds. The diagonal has no say.
        starts: how many orders to try; the first of the best is taken.

    Raises:
        DataError: the gains are not symmetric, or not finite.
    """
    if not np.all(np.isfinite(gain)) or not np.allclose(gain, gain.T):
        raise DataError(f"Gains of shape {gain.shape}: symmetric and finite is needed. Mend them.")
    random = np.random.default_rng(seed)
    size = len(gain)
    orders = np.array([random.permutation(size) for _ in range(starts)], dtype=np.int64)
    # Every other start is a random split into a few groups: what single members alone never reach, it does.
    few = [max(1, min(size, 2 + at // 2 % 4)) for at in range(starts)]
    begun = [random.integers(0, few[at], size) if at % 2 else np.arange(size) for at in range(starts)]
    pairs = np.array(gain, dtype=np.float64)
    np.fill_diagonal(pairs, 0.0)
    return by_first_member(_search(pairs, orders, np.array(begun, dtype=np.int64)))


def by_first_member(labels: Ints) -> Ints:
    """Number groups in the order in which their first members stand."""
    _, first, group = np.unique(labels, return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[group])


@njit(cache=True)
def _search(gain, orders, begun):  # type: ignore[no-untyped-def]
    best, highest = np.zeros(gain.shape[0], dtype=np.int64), -np.inf
    for start in range(orders.shape[0]):
        labels = begun[start].copy()
        while True:
            moved = _move(gain, labels, orders[start])
            joined = _join(gain, labels)
            if not (moved or joined):
                break
        reached = 0.0
        for i in range(gain.shape[0]):
            for j in range(gain.shape[0]):
                if labels[i] == labels[j]:
                    reached += gain[i, j]
        if reached > highest + 1e-12:
            highest, best = reached, labels
    return best


@njit(cache=True)
def _join(gain, labels):  # type: ignore[no-untyped-def]
    """Move whole groups; True when that gained."""
    size = gain.shape[0]
    between = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            if labels[i] != labels[j]:
                between[labels[i], labels[j]] += gain[i, j]
    group = np.arange(size)
    moved = _move(between, group, np.arange(size))
    for i in range(size):
        labels[i] = group[labels[i]]
    return moved


@njit(cache=True)
def _move(gain, labels, order):  # type: ignore[no-untyped-def]
    """Move members, in turn, to the group where they gain most, or to an empty one; True when any moved."""
    size = gain.shape[0]
    toward = np.zeros((size, size))
    members = np.zeros(size, dtype=np.int64)
    for j in range(size):
        members[labels[j]] += 1
        for i in range(size):
            toward[i, labels[j]] += gain[i, j]
    ever, moving = False, True
    while moving:
        moving = False
        for i in order:
            old = labels[i]
            best, most = old, toward[i, old]
            for group in range(size):
                worth = toward[i, group] if members[group] else 0.0
                if worth > most + 1e-12:
                    best, most = group, worth
            if best != old:
                labels[i] = best
                members[old] -= 1
                members[best] += 1
                for j in range(size):
                    toward[j, old] -= gain[j, i]
                    toward[j, best] += gain[j, i]
                ever = moving = True
    return ever
