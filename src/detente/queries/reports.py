"""Columns of records → `Reports`, all at once: what `detente.measure.build.Builder` makes row by row.

What enters: `RecordColumns`. What leaves: the same table as the Builder's, in the same order, with which events of
which pair stand where. Stories have other numbers than there; which reports share one is the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.measure.build import ONE_SOURCE
from detente.measure.reports import Reports
from detente.queries.columns import NONE, Flags, Ints, RecordColumns

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Paired:
    """The events of each pair of countries or organisations, whatever their status.

    `pairs` are in alphabetical order; `row` counts in `RecordColumns` and is ordered by pair and id. `bounds` has the
    first place of each pair and, last, the number of places.
    """

    pairs: tuple[Pair, ...]
    row: Ints
    bounds: Ints

    def rows_of(self, place: int) -> Ints:
        return self.row[self.bounds[place] : self.bounds[place + 1]]


def reports_of_columns(columns: RecordColumns) -> tuple[Reports, Paired, dict[str, int]]:
    """Make the table, the events of each pair, and how many events of which reason were left out."""
    events = columns.events()
    known = (columns.type[events] != NONE) & np.isfinite(columns.score[events])
    dated = columns.month[events] != NONE
    used = np.zeros(len(columns), dtype=np.bool_)
    used[events[known & dated]] = True
    row, actor, recipient, share, mutual = _expanded(columns, used)
    rank = np.empty(len(columns), dtype=np.int64)
    rank[np.argsort(columns.id.astype("S"), kind="stable")] = np.arange(len(columns))
    order = np.lexsort((recipient, actor, rank[row]))
    row, actor, recipient = row[order], actor[order], recipient[order]
    probability = columns.probability[row]
    names, sides = np.unique(np.concatenate([actor, recipient]), return_inverse=True)
    reports = Reports(
        actor=sides[: len(row)],
        recipient=sides[len(row) :],
        month=columns.month[row],
        type=columns.type[row],
        score=columns.score[row],
        status=columns.status[row],
        share=share[order],
        # Rules state none and count in full.
        probability=np.where(np.isnan(probability), 1.0, probability),
        mutual=mutual[order],
        story=columns.story[row],
        source=np.zeros(len(row), dtype=np.int64),
        record=columns.id[row],
        names=tuple(columns.sides.names[one] for one in names),
        sources=(ONE_SOURCE,) if len(row) else (),
    )
    left_out = {
        "no month": int((known & ~dated).sum()),
        "one side only": int(used.sum()) - len(np.unique(row)),
        "type or mode not in the codebook": int((~known).sum()),
    }
    return reports, _paired(reports, row), {reason: number for reason, number in left_out.items() if number}


def _expanded(columns: RecordColumns, used: Flags) -> tuple[Ints, Ints, Ints, np.ndarray, Flags]:
    """Row, actor, recipient, share and mutuality of each pair of sides, as `measure.expansion.expand` has them."""
    sides = columns.sides
    here = used[sides.row]
    width = max(1, len(sides.names))
    place = np.unique((sides.row[here] * 2 + sides.acted_on[here]) * width + sides.alone[here])
    row, acted, country = place // (2 * width), (place // width % 2).astype(np.bool_), place % width
    number = np.zeros((2, len(columns)), dtype=np.int64)
    for side in (0, 1):
        number[side] = np.bincount(row[acted == bool(side)], minlength=len(columns))
    # Without recipients the actors act on each other.
    is_mutual = number[1] == 0
    opposite = np.where(is_mutual, number[0], number[1])
    first = np.searchsorted(row, np.arange(len(columns))) + np.where(is_mutual, 0, number[0])
    acting = np.flatnonzero(~acted)
    times = opposite[row[acting]]
    one = np.repeat(acting, times)
    step = np.arange(len(one)) - np.repeat(np.cumsum(times) - times, times)
    event = row[one]
    other = first[event] + step
    mutual = is_mutual[event]
    share = 1 / np.maximum(opposite[event] - mutual, 1)
    kept = ~(mutual & (one == other))
    return event[kept], country[one[kept]], country[other[kept]], share[kept], mutual[kept]


def _paired(reports: Reports, row: Ints) -> Paired:
    width = max(1, len(reports.names))
    low, high = np.minimum(reports.actor, reports.recipient), np.maximum(reports.actor, reports.recipient)
    between = np.flatnonzero(low != high)
    order = between[np.argsort((low * width + high)[between], kind="stable")]
    pair, event = (low * width + high)[order], row[order]
    is_new = np.ones(len(order), dtype=np.bool_)
    is_new[1:] = (pair[1:] != pair[:-1]) | (event[1:] != event[:-1])
    found, bounds = np.unique(pair[is_new], return_index=True)
    names = reports.names
    return Paired(
        pairs=tuple((names[one // width], names[one % width]) for one in found),
        row=event[is_new],
        bounds=np.append(bounds, int(is_new.sum())),
    )
