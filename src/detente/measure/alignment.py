"""Alignment: how alike states vote, or choose their allies, beyond what chance would make alike.

What enters: positions of states on items, from votes or alliances that the user has. What leaves: three indices of a
pair. An axis of its own: the tone of events does not tell who is allied (docs/ties.md).

With d the squared difference of two states' positions, summed over the items on which both took one,

    index = 1 − Σ d / expected,

where `expected` is, for S, half of what the farthest positions would give: two states at the ends reach −1; for π, what
two draws from the pooled positions of both would give; and for κ, what draws from the positions of each would give. S
takes two states that side with the majority of all for friends; π and κ ask for more than their habits explain.

Source: Häge 2011, Political Analysis 19(3); S: Signorino and Ritter 1999, International Studies Quarterly 43(1), here
with squared differences; π: Scott 1955, Public Opinion Quarterly 19(3); κ: Cohen 1968, Psychological Bulletin 70(4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.errors import DataError
from detente.measure.reports import Floats, Ints

METHOD_VERSION = "detente.alignment/1"
ALLIED = 1.0


@dataclass(frozen=True, slots=True)
class Positions:
    """Positions of states on items, shape (states, items); NaN where a state took none."""

    states: tuple[str, ...]
    items: tuple[str, ...]
    values: Floats

    def __post_init__(self) -> None:
        if self.values.shape != (len(self.states), len(self.items)) or np.any(np.isinf(self.values)):
            raise DataError(
                f"Positions of shape {self.values.shape} for {len(self.states)} states and {len(self.items)} items: "
                "one finite number, or NaN, for each is needed. Mend the table."
            )


@dataclass(frozen=True, slots=True)
class Alignment:
    """Three indices for each pair, shape (states, states); NaN where they cannot be told. `items` says on how many."""

    states: tuple[str, ...]
    items: Ints
    s: Floats
    pi: Floats
    kappa: Floats
    method: str = METHOD_VERSION

    def of(self, a: str, b: str) -> dict[str, float]:
        """The indices of one pair.

        Raises:
            DataError: a state is not there.
        """
        if missing := sorted({a, b} - set(self.states)):
            raise DataError(f"No positions of {missing[0]!r}: {', '.join(self.states)} have some. Choose among them.")
        at = self.states.index(a), self.states.index(b)
        return {"s": float(self.s[at]), "pi": float(self.pi[at]), "kappa": float(self.kappa[at])}


def align(positions: Positions, *, lowest: float | None = None, highest: float | None = None) -> Alignment:
    """Compare every two states.

    Args:
        lowest: the least position that could be taken, for S; the least that was when None.
        highest: the greatest.

    Raises:
        DataError: a position lies outside of these, or they are equal.
    """
    values = positions.values
    told = ~np.isnan(values)
    low, high = _span(values[told], lowest, highest)
    x, mask = np.where(told, values, 0.0), told.astype(np.float64)
    items = mask @ mask.T
    own, squares, cross = x @ mask.T, (x * x) @ mask.T, x @ x.T
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = squares + squares.T - 2 * cross
        mean, gap = own / items, (own - own.T) / items
        spread = squares + squares.T - items * (mean**2 + mean.T**2)
        # Around a common mean, and each around its own: between them lies half of, or all of, the gap of the means.
        pooled, apart = spread + items * gap**2 / 2, spread + items * gap**2
        s = 1 - observed / (items * (high - low) ** 2 / 2)
        pi, kappa = (1 - observed / np.where(expected > 1e-9, expected, np.nan) for expected in (pooled, apart))
    return Alignment(positions.states, items.astype(np.int64), s, pi, kappa)


def positions_of(rows: Iterable[tuple[str, str, float]]) -> Positions:
    """Positions of (state, item, position): of votes, −1 for no, 0 for abstention, 1 for yes.

    Raises:
        DataError: a state took two positions on one item.
    """
    told: dict[tuple[str, str], float] = {}
    for state, item, value in rows:
        if told.setdefault((state, item), float(value)) != float(value):
            raise DataError(f"Two positions of {state!r} on {item!r}: one is allowed. Mend a row.")
    return _table(told, sorted({state for state, _ in told}), sorted({item for _, item in told}), np.nan)


def positions_of_alliances(
    rows: Iterable[tuple[str, str, float]], states: Sequence[str], *, to_itself: float = ALLIED
) -> Positions:
    """Positions of (state, other, level), where each state is an item: to whom one is bound, and how far.

    Args:
        rows: alliances that hold; of several of a pair the strongest counts. Pairs without a row are bound by 0.
        states: all states of the time, those without an alliance among them.
        to_itself: how far a state is bound to itself; the highest level, after Häge.
    """
    told = {(state, state): float(to_itself) for state in states}
    for a, b, level in rows:
        for pair in ((a, b), (b, a)):
            told[pair] = max(told.get(pair, 0.0), float(level))
    names = sorted(set(states) | {state for state, _ in told})
    return _table(told, names, names, 0.0)


def _table(told: Mapping[tuple[str, str], float], states: list[str], items: list[str], untold: float) -> Positions:
    row, column = ({name: at for at, name in enumerate(names)} for names in (states, items))
    values = np.full((len(states), len(items)), untold)
    for (state, item), value in told.items():
        values[row[state], column[item]] = value
    return Positions(tuple(states), tuple(items), values)


def _span(taken: Floats, lowest: float | None, highest: float | None) -> tuple[float, float]:
    if not len(taken):
        raise DataError("No position at all: one or more is needed. Fill the table.")
    low = float(taken.min()) if lowest is None else lowest
    high = float(taken.max()) if highest is None else highest
    if low >= high or taken.min() < low or taken.max() > high:
        raise DataError(
            f"Positions from {taken.min():g} to {taken.max():g} between {low:g} and {high:g}: two positions or more, "
            "all between the ends, are needed. Name other ends."
        )
    return low, high
