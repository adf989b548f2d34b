"""How the answers to a question part by actor, type, status, publisher and more, counted in columns.

What enters: a question and the project's columns. What leaves: `Facets`. The database says which records fit, in the
same words as for a list of them; the counting is done in memory, so that all facets of half a million records take a
fraction of a second.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from detente.codebook.codebook import load_codebook
from detente.queries.columns import NONE, REJECTED, Flags, Ints, RecordColumns, cursor_over
from detente.queries.errors import QueryError
from detente.queries.filters import REVIEWS, RecordFilter
from detente.queries.pages import check_limit, cursor_of, place_of
from detente.queries.records import EVERYTHING, asked
from detente.records import STATUSES
from detente.store.days import day_range
from detente.store.kinds import KINDS
from detente.store.project import Project
from detente.store.schema import RECORDS

Counted = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Facets:
    """What fits a question.

    Attributes:
        number: of records that fit.
        rows: of those that the columns know, as rows in them.
        columns: what is counted.
    """

    number: int
    rows: Ints
    columns: RecordColumns

    def keys(self, *, after: str | None, limit: int, newest_first: bool) -> tuple[list[int], str | None]:
        """Keys of a page of them by day and key, and the cursor of the next page.

        Raises:
            QueryError: the cursor or limit is wrong.
        """
        check_limit(limit)
        day, key = self.columns.day[self.rows], self.columns.key[self.rows]
        if after is not None:
            on, last = place_of(after)
            at = _ordinal(on) if on else NONE
            beyond = (
                (day < at) | ((day == at) & (key < last))
                if newest_first
                else ((day > at) | ((day == at) & (key > last)))
            )
            day, key = day[beyond], key[beyond]
        order = np.lexsort((key, day))
        chosen = (order[::-1] if newest_first else order)[: limit + 1]
        following = None
        if len(chosen) > limit:
            end = int(day[chosen[limit - 1]])
            following = cursor_of("" if end == NONE else date.fromordinal(end).isoformat(), int(key[chosen[limit - 1]]))
        return [int(one) for one in key[chosen[:limit]]], following

    def count(self, group: str) -> Counted:
        """Values of a property and how many records have each, the most frequent first.

        Args:
            group: one of `FACETS`. A record with several actors counts for each; one without the property for none.

        Raises:
            QueryError: there is no such group.
        """
        if group not in FACETS:
            raise QueryError(f"Unknown facet {group!r}: {', '.join(FACETS)} are counted. Choose one.")
        found = [(name, number) for name, number in FACETS[group](self.columns, self.rows).items() if number]
        return sorted(found, key=lambda one: (-one[1], one[0]))


def facets(
    project: Project, columns: RecordColumns, kind: str | None, wanted: RecordFilter = EVERYTHING, *, current: bool
) -> Facets:
    """Find what fits a question.

    Args:
        current: whether the columns hold all that the project does now; then they answer plain questions alone.

    Raises:
        QueryError: there is no such kind, or no such value.
    """
    if kind is not None and kind not in KINDS:
        raise QueryError(f"Unknown kind {kind!r}: {', '.join(KINDS)} are stored. Choose one.")
    if current and _is_plain(kind, wanted):
        rows = _plainly(columns, kind, wanted)
        return Facets(len(rows), rows, columns)
    with project.reading() as connection:
        found = cursor_over(connection, asked(connection, kind, wanted).select(RECORDS.c.key))
        keys = np.fromiter((key for (key,) in found), dtype=np.int64)
    return Facets(len(keys), columns.rows_of(keys), columns)


def _is_plain(kind: str | None, wanted: RecordFilter) -> bool:
    """Whether the columns hold all that is asked for."""
    if kind != "event" and (wanted.types or wanted.statuses):
        return False
    return all(one is None for one in (wanted.text, wanted.pair, wanted.attribution, wanted.document))


def _plainly(columns: RecordColumns, kind: str | None, wanted: RecordFilter) -> Ints:
    """Rows that fit, by the same rules as `filters.record_conditions`."""
    chosen = _within(columns, wanted.since, wanted.until)
    if kind is not None:
        chosen &= columns.kind == tuple(KINDS).index(kind)
    if wanted.reviews:
        chosen &= np.isin(columns.review, [REVIEWS.index(one) for one in wanted.reviews])
    else:
        chosen &= columns.review != REJECTED
    if wanted.types:
        types = tuple(load_codebook().types)
        chosen &= np.isin(columns.type, [types.index(one) for one in wanted.types])
    if wanted.statuses:
        chosen &= np.isin(columns.status, [STATUSES.index(one) for one in wanted.statuses if one in STATUSES])
    if wanted.publisher is not None:
        known = columns.publishers
        chosen &= columns.publisher == (known.index(wanted.publisher) if wanted.publisher in known else len(known))
    if not wanted.copies:
        chosen &= ~columns.is_copy
    for name, acted_on in ((wanted.actor, False), (wanted.recipient, True), (wanted.involving, None)):
        if name is not None:
            chosen &= _standing(columns, name, acted_on)
    return np.flatnonzero(chosen)


def _within(columns: RecordColumns, since: str | None, until: str | None) -> Flags:
    """Whether the days of the records overlap a period; an open end reaches on, what has no day at all is out."""
    first, last = columns.day, columns.ends
    is_open = (first == NONE) != (last == NONE)
    chosen = np.ones(len(columns), dtype=np.bool_)
    if since is not None:
        chosen &= (last >= _ordinal(day_range(since)[0])) | (is_open & (last == NONE))
    if until is not None:
        chosen &= ((first != NONE) & (first <= _ordinal(day_range(until)[1]))) | (is_open & (first == NONE))
    return chosen


def _ordinal(day: str | None) -> int:
    assert day is not None  # the filter was checked when it was made
    return date.fromisoformat(day).toordinal()


def _standing(columns: RecordColumns, name: str, acted_on: bool | None) -> Flags:
    """Whether an entity or a country stands on a side of each record."""
    sides, chosen = columns.sides, np.zeros(len(columns), dtype=np.bool_)
    place = bisect_left(sides.names, name)
    if place == len(sides.names) or sides.names[place] != name:
        return chosen
    here = (sides.entity == place) | (sides.country == place)
    chosen[sides.row[here if acted_on is None else here & (sides.acted_on == acted_on)]] = True
    return chosen


def _of(names: tuple[str, ...], values: Ints) -> dict[str, int]:
    counted = np.bincount(values[values != NONE], minlength=len(names))
    return dict(zip(names, map(int, counted), strict=True))


def _side(acted_on: bool) -> Callable[[RecordColumns, Ints], Mapping[str, int]]:
    def counted(columns: RecordColumns, rows: Ints) -> Mapping[str, int]:
        sides = columns.sides
        chosen = np.zeros(len(columns), dtype=np.bool_)
        chosen[rows] = True
        return _of(sides.names, sides.entity[chosen[sides.row] & (sides.acted_on == acted_on)])

    return counted


def _according_to(columns: RecordColumns, rows: Ints) -> Mapping[str, int]:
    chosen = np.zeros(len(columns), dtype=np.bool_)
    chosen[rows] = True
    return _of(columns.sides.names, columns.vouching.entity[chosen[columns.vouching.row]])


def _years(columns: RecordColumns, rows: Ints) -> Mapping[str, int]:
    days, number = np.unique(columns.day[rows], return_counts=True)
    counted: Counter[str] = Counter()
    for day, count in zip(days.tolist(), number.tolist(), strict=True):
        if day != NONE:
            counted[f"{date.fromordinal(day).year:04}"] += count
    return counted


FACETS: Mapping[str, Callable[[RecordColumns, Ints], Mapping[str, int]]] = {
    "kind": lambda columns, rows: _of(tuple(KINDS), columns.kind[rows]),
    "type": lambda columns, rows: _of(tuple(load_codebook().types), columns.type[rows]),
    "status": lambda columns, rows: _of(STATUSES, columns.status[rows]),
    "actor": _side(acted_on=False),
    "recipient": _side(acted_on=True),
    "according_to": _according_to,
    "publisher": lambda columns, rows: _of(columns.publishers, columns.publisher[rows]),
    "year": _years,
    "review": lambda columns, rows: _of(REVIEWS, columns.review[rows]),
}
