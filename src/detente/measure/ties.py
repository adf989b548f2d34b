"""Ties of many pairs at one time, with their uncertainty: what triads, balance and blocs are told from.

What enters: warmth of pairs and its standard deviation. What leaves: `Ties`, signed draws of the whole network. A tie
above 0 is friendlier than the world's mix, one below 0 more hostile. Pairs of which too little is told have no tie,
which is not a tie of 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from detente.errors import DataError
from detente.measure.index import Survey
from detente.measure.reports import Flags, Floats, month_name
from detente.measure.stories import Pair, Stories, ordered
from detente.measure.thin import THIN
from detente.measure.warmth import fit_pair, half_width

DRAWS = 400


@dataclass(frozen=True, slots=True)
class Ties:
    """A signed network of states at one time.

    `draws` has shape (draws, states, states), symmetric, 0 on the diagonal and where there is no tie; `known` marks the
    ties. `records` are the ids behind each tie, by pair in alphabetical order, and `left_out` the pairs of which
    something is told, but too little.
    """

    states: tuple[str, ...]
    draws: Floats
    known: Flags
    records: Mapping[Pair, tuple[str, ...]] = field(default_factory=dict)
    left_out: tuple[Pair, ...] = ()
    month: int | None = None
    rules: tuple[str, ...] = ()
    seed: int = 0

    def __post_init__(self) -> None:
        size = len(self.states)
        if self.draws.shape[1:] != (size, size) or self.known.shape != (size, size) or not len(self.draws):
            raise DataError(
                f"Draws of shape {self.draws.shape} for {size} states: (draws, states, states) with a draw or more is "
                "needed. Draw again."
            )
        if not np.array_equal(self.draws, np.swapaxes(self.draws, 1, 2)) or np.any(self.draws[:, ~self.known]):
            raise DataError("Draws of ties: symmetric, and 0 where no tie is known, is needed. Draw again.")

    @property
    def positive(self) -> Floats:
        """Probability that each tie is above 0; NaN where none is known."""
        return np.where(self.known, (self.draws > 0).mean(axis=0), np.nan)

    @property
    def mean(self) -> Floats:
        """Mean tie, in theta; 0 where none is known."""
        return np.asarray(self.draws.mean(axis=0))

    def pairs(self) -> tuple[Pair, ...]:
        """The pairs with a tie, in order."""
        rows, columns = np.nonzero(np.triu(self.known))
        return tuple((self.states[a], self.states[b]) for a, b in zip(rows, columns, strict=True))


def draw_ties(
    pairs: Sequence[Pair],
    theta: Floats,
    sd: Floats,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    **about: object,
) -> Ties:
    """Draw each pair's tie from its own normal posterior; pairs are fitted apart, so their draws are independent.

    Args:
        pairs: with a tie each; the states are those that they name, in alphabetical order.
        theta: warmth of each pair.
        sd: its standard deviation, calibrated.
        draws: how many networks.
        about: further fields of `Ties`.
    """
    found = dict(sorted(zip((ordered(*pair) for pair in pairs), zip(theta, sd, strict=True), strict=True)))
    if draws < 1 or len(found) < len(pairs):
        raise DataError(f"{draws} draws of {len(pairs)} pairs: one draw or more of distinct pairs. Mend the call.")
    states = tuple(sorted({side for pair in found for side in pair}))
    place = {state: number for number, state in enumerate(states)}
    rows, columns = (np.array([place[pair[side]] for pair in found], dtype=np.int64) for side in (0, 1))
    centre, spread = (np.array([moment[part] for moment in found.values()], dtype=np.float64) for part in (0, 1))
    drawn = centre + spread * np.random.default_rng(seed).standard_normal((draws, len(found)))
    network, known = np.zeros((draws, len(states), len(states))), np.zeros((len(states), len(states)), dtype=np.bool_)
    network[:, rows, columns] = network[:, columns, rows] = drawn
    known[rows, columns] = known[columns, rows] = True
    return Ties(states, network, known, seed=seed, **about)  # type: ignore[arg-type]


def ties_at(
    survey: Survey,
    month: int,
    *,
    among: Sequence[str] | None = None,
    least: float = THIN,
    draws: int = DRAWS,
    seed: int = 0,
    tell: Callable[[str], None] = lambda _: None,
) -> Ties:
    """The ties of all pairs in a month, from the smoothed line: what came later is known.

    Args:
        month: as `month_number` gives it.
        among: the sides to look at; all when None.
        least: reports a month, copies among them, below which a pair has no tie.
        tell: told how far the fitting is.

    Raises:
        DataError: the rules keep directions apart, nothing is told in the month, or no pair has a tie.
    """
    stories, at = survey.stories, month - survey.stories.first
    if survey.rules.directed:
        raise DataError("Directed rules for ties: a tie has no direction. Pool both directions.")
    if not 0 <= at < stories.months:
        last = month_name(stories.first + stories.months - 1)
        raise DataError(
            f"Nothing told in {month_name(month)}: records from {month_name(stories.first)} to {last} are here. Choose "
            "a date between."
        )
    told = np.bincount(stories.pair, stories.reports, minlength=len(stories.pairs)) / stories.months
    sides = frozenset(stories.kept.names if among is None else among)
    wanted = [number for number, pair in enumerate(stories.pairs) if sides >= {*pair}]
    enough = [number for number in wanted if told[number] >= least]
    if not enough:
        raise DataError(
            f"No pair with {least:g} reports a month or more: {len(wanted)} pairs are told of, the fullest by "
            f"{max((told[number] for number in wanted), default=0):.1f}. Add records, or ask for less with --least."
        )
    fits = []
    for done, number in enumerate(enough, 1):
        fits.append(fit_pair(stories, survey.world, number, calibration=survey.calibration))
        if done % 50 == 0:
            tell(f"{done:,} of {len(enough):,} pairs")
    sd = half_width(np.array([fit.history_sd[at] for fit in fits]), survey.calibration, z=1.0)
    records = records_by_pair(stories)
    return draw_ties(
        [stories.pairs[number] for number in enough],
        np.array([fit.history[at] for fit in fits]),
        sd,
        draws=draws,
        seed=seed,
        records={stories.pairs[number]: records[number] for number in enough},
        left_out=tuple(stories.pairs[number] for number in wanted if told[number] < least),
        month=month,
        rules=(*survey.rules.described(), f"Ties of pairs with {least:g} reports a month or more."),
    )


def by_chance(ties: Ties, number: int) -> Iterator[Floats]:
    """Networks without structure beyond single states, one from each draw in turn.

    A state that is cool toward all makes many triads alike by itself. So what chance may shuffle among the known pairs
    is what is left of a tie when the own tones of both its states are taken away: tie = tone + tone + rest, by least
    squares.
    """
    rows, columns = np.nonzero(np.triu(ties.known))
    design = np.zeros((len(rows), len(ties.states)))
    design[np.arange(len(rows)), rows] = design[np.arange(len(rows)), columns] = 1
    tones_of = np.linalg.pinv(design)
    random = np.random.default_rng([ties.seed, number])
    for at in range(number):
        told = ties.draws[at % len(ties.draws), rows, columns]
        own = design @ (tones_of @ told)
        network = np.zeros(ties.known.shape)
        network[rows, columns] = own + random.permutation(told - own)
        yield network + network.T


def records_by_pair(stories: Stories) -> tuple[tuple[str, ...], ...]:
    """Ids of the records behind each pair, in the order of `stories.pairs`."""
    pair_of = np.zeros(int(stories.group.max()) + 1 if len(stories.group) else 0, dtype=np.int64)
    pair_of[stories.group] = stories.pair
    out: list[set[str]] = [set() for _ in stories.pairs]
    for pair, record in zip(pair_of[stories.told], stories.kept.record, strict=True):
        out[pair].add(str(record))
    return tuple(tuple(sorted(one)) for one in out)
