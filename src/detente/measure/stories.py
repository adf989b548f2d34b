"""Reports → stories: what counts, once, with its weight.

What enters: `Reports` and `Rules`. What leaves: `Stories`, one row for each story, pair and type, sorted by pair, story
and type; the order of the reports leaves no trace in it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.codebook.codebook import load_codebook
from detente.errors import DataError
from detente.measure.periods import STEPS, Step
from detente.measure.reports import Floats, Ints, Reports, event_types
from detente.measure.rules import Rules
from detente.records import STATUSES

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stories:
    """What is counted.

    `pairs` are names, in order; `pair` counts in them and is sorted. `amount` is the weight of the story in this type:
    1 for one sure report. `reports` is how many reports stand behind the row, and `score` their mean PLOVER score.
    `bounds` has the first row of each pair and, last, the number of rows. `first` is the earliest month counted and
    `months` how many months the series have. `kept` are the reports behind it all; `told` has the number of each one's
    story among pairs, and `group` that number for each row.
    """

    pairs: tuple[Pair, ...]
    pair: Ints
    month: Ints
    type: Ints
    amount: Floats
    score: Floats
    reports: Floats
    story: Ints
    bounds: Ints
    first: int
    months: int
    kept: Reports
    told: Ints
    group: Ints

    @property
    def step(self) -> Step:
        """What `month` counts: months, unless the reports are by another step."""
        return self.kept.step

    def pace_of(self, pair: int) -> float:
        """Reports of a pair in a month, copies among them."""
        return float(self.reports_of(pair).mean() / STEPS[self.step])

    def need_months(self, what: str) -> None:
        """Refuse what is made for months alone.

        Raises:
            DataError: the stories are by another step.
        """
        if self.step != "month":
            raise DataError(f"Stories by {self.step} for {what}: stories by month are needed. Count them by month.")

    def rows_of(self, pair: int) -> slice:
        """Where the rows of a pair stand."""
        return slice(int(self.bounds[pair]), int(self.bounds[pair + 1]))

    def counts_of(self, pair: int) -> Floats:
        """Weights by month and type, shape (months, types)."""
        rows = self.rows_of(pair)
        return self.grid(self.month[rows], self.type[rows], self.amount[rows])

    def reports_of(self, pair: int) -> Floats:
        """Number of reports by month, copies among them, shape (months,)."""
        rows = self.rows_of(pair)
        return np.asarray(
            np.bincount(self.month[rows] - self.first, self.reports[rows], minlength=self.months), dtype=np.float64
        )

    def grid(self, month: Ints, kind: Ints, amount: Floats) -> Floats:
        """Sum amounts into an array of shape (months, types)."""
        width = len(event_types())
        cells = np.bincount((month - self.first) * width + kind, amount, minlength=self.months * width)
        return np.asarray(cells, dtype=np.float64).reshape(self.months, width)

    def records_of(self, row: int) -> tuple[str, ...]:
        """Ids of the records behind a row, in order."""
        return tuple(sorted({str(one) for one in self.kept.record[self.told == self.group[row]]}))

    def find(self, pair: Pair) -> int | None:
        """Where a pair stands in `pairs`; None where nothing is told of it."""
        place = bisect_left(self.pairs, pair)
        return place if place < len(self.pairs) and self.pairs[place] == pair else None


def ordered(a: str, b: str) -> Pair:
    """A pair without direction, in the order that `Stories` uses."""
    return (a, b) if a <= b else (b, a)


def count_stories(reports: Reports, rules: Rules, *, first: int | None = None, last: int | None = None) -> Stories:
    """Apply the rules.

    A story that is told of a pair counts in the month of its earliest report. Its amount is the mean over its reports
    of share × probability, times 1 + ln(reports), divided over the types that its reports give it, by probability.

    Args:
        first: month before which nothing counts, as `month_number` has it; the earliest one told when None.
        last: month after which nothing counts; the last one told when None.

    Raises:
        DataError: `rules.source` is no class of these reports, or `last` is before `first`.
    """
    kept = reports.where(_counting(reports, rules))
    low = int(kept.month.min()) if first is None and len(kept) else first or 0
    high = int(kept.month.max()) if last is None and len(kept) else (low if last is None else last)
    if high < low:
        raise DataError(f"Months from {low} to {high}: the last is not before the first. Turn them.")
    kept = kept.where((kept.month >= low) & (kept.month <= high))
    pairs, pair = _pairs(kept, directed=rules.directed)
    story = kept.story if rules.by_story else np.arange(len(kept))
    return _grouped(kept, rules, pairs, pair, story, low, high - low + 1)


def _counting(reports: Reports, rules: Rules) -> NDArray[np.bool_]:
    if rules.source is not None and rules.source not in reports.sources:
        raise DataError(
            f"Unknown source class {rules.source!r}: {', '.join(map(repr, reports.sources))} are told. Choose one."
        )
    types = load_codebook().types
    heard = np.array([types[name].quad in rules.quads() for name in event_types()])
    valid = np.array([status in rules.statuses for status in STATUSES])
    chosen = valid[reports.status] & heard[reports.type] & (reports.share > 0)
    if rules.source is not None:
        chosen &= reports.source == reports.sources.index(rules.source)
    if not rules.internal:
        chosen &= reports.actor != reports.recipient
    if not rules.directed:
        chosen &= ~(reports.mutual & (reports.actor > reports.recipient))
    if rules.by_probability:
        chosen &= reports.probability > 0
    return np.asarray(chosen, dtype=np.bool_)


def _pairs(kept: Reports, *, directed: bool) -> tuple[tuple[Pair, ...], Ints]:
    """The pairs of names in alphabetical order, and the number of each row's pair."""
    order = np.argsort(np.array(kept.names, dtype=object)) if kept.names else np.zeros(0, dtype=np.int64)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    a, b = (rank[kept.actor], rank[kept.recipient]) if len(kept) else (kept.actor, kept.recipient)
    if not directed:
        a, b = np.minimum(a, b), np.maximum(a, b)
    width = max(1, len(order))
    found, pair = np.unique(a * width + b, return_inverse=True)
    return tuple((kept.names[order[one // width]], kept.names[order[one % width]]) for one in found), pair


def _grouped(
    kept: Reports, rules: Rules, pairs: tuple[Pair, ...], pair: Ints, story: Ints, first: int, months: int
) -> Stories:
    found, number = np.unique(story, return_inverse=True)
    _, told = np.unique(pair * max(1, len(found)) + number, return_inverse=True)
    groups = int(told.max()) + 1 if len(told) else 0
    weight = kept.share * (kept.probability if rules.by_probability else 1.0)
    copies = np.bincount(told, minlength=groups)
    month = np.full(groups, np.iinfo(np.int64).max)
    np.minimum.at(month, told, kept.month)
    cell, where = np.unique(told * len(event_types()) + kept.type, return_inverse=True)
    # Summed in a fixed order, so that the order of the reports does not even show in the last digit.
    order = np.lexsort((weight, where))
    summed = np.bincount(where[order], weight[order], minlength=len(cell))
    reports = np.bincount(where, minlength=len(cell)).astype(np.float64)
    by_score = np.lexsort((kept.score, where))
    scores = np.bincount(where[by_score], kept.score[by_score], minlength=len(cell)) / np.maximum(reports, 1)
    owner = cell // len(event_types())
    pair_of = np.zeros(groups, dtype=np.int64)
    story_of = np.zeros(groups, dtype=np.int64)
    pair_of[told], story_of[told] = pair, story
    amount = summed / copies[owner] * (1 + np.log(copies[owner]))
    rows_pair = pair_of[owner]
    return Stories(
        pairs=pairs,
        pair=rows_pair,
        month=month[owner],
        type=cell % len(event_types()),
        amount=amount,
        score=scores,
        reports=reports,
        story=story_of[owner],
        bounds=np.searchsorted(rows_pair, np.arange(len(pairs) + 1)),
        first=first,
        months=months,
        kept=kept,
        told=told,
        group=owner,
    )
