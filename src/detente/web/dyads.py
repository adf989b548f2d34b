"""All that is measured of one pair, as plain values: what the page, its charts and REST show.

What enters: what is measured of the project, two ids and a period. What leaves: a `DyadView`. Its index is None where
nothing that counts is told of the pair, which is not the same as no change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.errors import DataError
from detente.queries.marks import Brief, briefs
from detente.records import STATUSES
from detente.web.asking import name_of
from detente.web.errors import WebError
from detente.web.measured import Measured

if TYPE_CHECKING:
    from detente.measure.comparison import Gap
    from detente.measure.index import Index, Survey
    from detente.queries.columns import Ints

MOST_MARKS = 5_000
# Above this number the marks come without their words, which a click gives.
_MOST_QUOTED = 1_000
_DRIVERS = 6
DONE = ("actual", "historical")
NOT_DONE = ("proposed", "future", "hypothetical", "negated")


@dataclass(frozen=True, slots=True)
class DyadView:
    """One pair.

    Attributes:
        index: the measured lines of all months; None where nothing counts.
        first, last: places of the shown months in the index, both inclusive.
        plain: mean PLOVER score of seven months, NaN where nothing is told; the line to check ours against.
        move: what the line did from the first to the last shown month, and which events moved it.
        turns: turning points within the shown months; None where too little is told to look for any.
        lines: words less deeds, and one direction less the other, by month.
        done, open: rows of the events of the shown months in `known.columns`, by day: those told as done, and those
            proposed, planned, possible or denied.
    """

    known: Measured
    a: str
    b: str
    index: Index | None
    first: int
    last: int
    plain: np.ndarray[Any, np.dtype[np.float64]]
    move: dict[str, Any] | None
    turns: list[dict[str, Any]] | None
    lines: dict[str, Gap]
    done: Ints
    open: Ints

    @property
    def verdict(self) -> str:
        return "nothing told" if self.index is None else self.index.verdict

    @property
    def now(self) -> dict[str, float]:
        """Warmth in the last shown month, with the ends of its interval."""
        assert self.index is not None
        line = self.index.history
        return {name: float(getattr(line, name)[self.last]) for name in ("value", "low", "high")}

    @property
    def marks(self) -> list[dict[str, Any]]:
        """The events told as done, for the chart; none where they are more than a chart can draw, see `bins`."""
        return marks_of(self.known, self.done) if len(self.done) <= MOST_MARKS else []

    @property
    def not_done(self) -> list[dict[str, Any]]:
        """What is proposed, planned, possible or denied, the newest where it is more than a chart can draw."""
        return marks_of(self.known, self.open[-MOST_MARKS:])

    def bins(self) -> list[dict[str, Any]]:
        """Number of the events told as done by month, score and side, where they are too many to draw each."""
        return binned(self.known, self.done) if len(self.done) > MOST_MARKS else []

    @property
    def gaps(self) -> dict[str, dict[str, Any]]:
        """Words less deeds, and one direction less the other, in the last shown month."""
        out = {}
        for name, gap in self.lines.items():
            at = self._place(gap, self.last)
            line = {part: float(getattr(gap.line, part)[at]) for part in ("value", "low", "high")}
            out[name] = {"first": gap.first, "second": gap.second, "clear": bool(gap.clear[at]), **line}
        return out

    def gap_lines(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The same over the shown months: a title, and one row a month."""
        from detente.measure.reports import month_name

        out = []
        for gap in self.lines.values():
            shown = range(self._place(gap, self.first), self._place(gap, self.last) + 1)
            rows = [
                {"month": month_name(int(gap.months[at]))}
                | {part: float(getattr(gap.line, part)[at]) for part in ("value", "low", "high")}
                for at in shown
            ]
            out.append((f"Warmth of {gap.first} less that of {gap.second}", rows))
        return out

    def _place(self, gap: Gap, at: int) -> int:
        """Where a month of the index stands in a gap."""
        assert self.index is not None
        return min(max(0, int(self.index.months[at]) - int(gap.months[0])), len(gap.months) - 1)

    def months(self) -> list[dict[str, Any]]:
        """One row a shown month."""
        if self.index is None:
            return []
        rows = list(self.index.rows())[self.first : self.last + 1]
        for row, plain in zip(rows, self.plain[self.first : self.last + 1], strict=True):
            row["plain"] = None if np.isnan(plain) else float(plain)
        return rows


def dyad_view(known: Measured, a: str, b: str, *, since: str | None, until: str | None) -> DyadView:
    """Measure a pair and show the months asked for.

    Raises:
        WebError: a month is malformed, or outside of what is told.
    """
    start, end = _month(since, "since"), _month(until, "until")
    rows = known.by_pair.rows_of((a, b))
    index = _index(known.survey, a, b)
    if index is None or known.survey is None:
        told = _within(known, rows, start, end)
        return DyadView(known, a, b, None, 0, -1, np.zeros(0), None, None, {}, told[:0], _having(known, told, NOT_DONE))
    from detente.measure.baselines import goldstein_rolling

    first, last = _span(index, start, end)
    shown = int(index.months[first]), int(index.months[last])
    told = _within(known, rows, *shown)
    place = known.survey.place(a, b)
    return DyadView(
        known=known,
        a=a,
        b=b,
        index=index,
        first=first,
        last=last,
        plain=goldstein_rolling(known.survey.stories, place),
        move=_move(known, index, place, first, last),
        turns=_turns(known, index, *shown),
        lines=_gaps(known, a, b),
        done=_having(known, told, DONE),
        open=_having(known, told, NOT_DONE),
    )


def events_between(known: Measured, a: str, b: str, since: date, until: date) -> Ints:
    """Rows of the events of a pair that are told as done, from one day to another."""
    rows = known.by_pair.rows_of((a, b))
    on = known.columns.on[rows]
    return _having(known, rows[(on >= since.toordinal()) & (on <= until.toordinal())], DONE)


def marks_of(known: Measured, rows: Ints) -> list[dict[str, Any]]:
    """Events for the chart: where they stand, and how they are told."""
    found = {one.key: one for one in briefs(known.project, known.columns.key[rows].tolist())}
    keys = known.columns.key[rows].tolist()
    marks = [_mark(known, int(row), found[key]) for row, key in zip(rows, keys, strict=True) if key in found]
    if len(marks) > _MOST_QUOTED:
        for mark in marks:
            del mark["quote"]
    return marks


def binned(known: Measured, rows: Ints) -> list[dict[str, Any]]:
    """Number of events by month, PLOVER score and side."""
    from detente.measure.reports import month_name

    columns = known.columns
    score = np.round(columns.score[rows]).astype(np.int64)
    cells, number = np.unique(columns.month[rows] * 64 + score + 20, return_counts=True)
    return [
        {
            "month": f"{month_name(int(cell) // 64)}-01",
            "score": int(cell) % 64 - 20,
            "side": "cooperation" if int(cell) % 64 - 20 > 0 else "conflict",
            "events": int(count),
        }
        for cell, count in zip(cells, number, strict=True)
    ]


def _having(known: Measured, rows: Ints, statuses: Iterable[str]) -> Ints:
    """Those of some statuses, by day and id."""
    wanted = np.isin(known.columns.status[rows], [STATUSES.index(one) for one in statuses])
    chosen = rows[wanted]
    return chosen[np.argsort(known.columns.on[chosen], kind="stable")]


def _within(known: Measured, rows: Ints, start: int | None, end: int | None) -> Ints:
    month = known.columns.month[rows]
    return rows[(month >= (0 if start is None else start)) & (month <= (10**6 if end is None else end))]


def _index(survey: Survey | None, a: str, b: str) -> Index | None:
    from detente.measure.index import index_of

    if survey is None:
        return None
    try:
        return index_of(survey, a, b, drivers=_DRIVERS)
    except DataError:
        return None


def _month(text: str | None, name: str) -> int | None:
    from detente.measure.reports import month_number

    try:
        return None if text is None else month_number(text)
    except DataError as error:
        raise WebError(f"{text!r} in {name}: a month is needed. Write for example {name}=2015-03.") from error


def _span(index: Index, start: int | None, end: int | None) -> tuple[int, int]:
    months = index.months
    first = 0 if start is None else max(0, start - int(months[0]))
    last = len(months) - 1 if end is None else min(len(months) - 1, end - int(months[0]))
    if first > last:
        from detente.measure.reports import month_name

        told = f"{month_name(int(months[0]))} to {month_name(int(months[-1]))}"
        raise WebError(f"No month from since to until: {told} are told. Choose others.")
    return first, last


def _mark(known: Measured, row: int, brief: Brief) -> dict[str, Any]:
    """An event for the chart: where it stands, and how it is told."""
    columns = known.columns
    score = float(columns.score[row])
    return {
        "id": brief.id,
        "date": date.fromordinal(int(columns.on[row])).isoformat(),
        "what": brief.type,
        "who": _sides(brief),
        "score": score,
        "side": "cooperation" if "cooperation" in brief.quad else "conflict",
        "act": "deed" if "material" in brief.quad else "words",
        "status": STATUSES[columns.status[row]],
        "claimed": bool(columns.claimed[row]),
        "quote": brief.quote,
    }


def _sides(brief: Brief) -> str:
    actors, recipients = (
        [name or name_of(entity) for entity, name in side] for side in (brief.actors, brief.recipients)
    )
    return f"{', '.join(actors)} → {', '.join(recipients)}" if recipients else " ↔ ".join(actors)


def _move(known: Measured, index: Index, place: int, first: int, last: int) -> dict[str, Any] | None:
    """The change over the shown months, and what moved it; None where too little is told to name anything."""
    from detente.measure.drivers import explain_move, with_records

    if index.verdict == "too thin to say" or known.survey is None or first == last:
        return None
    stories = known.survey.stories
    move = explain_move(stories, place, index.fit, start=first, end=last)
    drivers = _drivers(known, with_records(stories, move.top(_DRIVERS)))
    return {"total": move.total, "by_world": move.by_world, "drivers": drivers}


def _turns(known: Measured, index: Index, first: int, last: int) -> list[dict[str, Any]] | None:
    from detente.measure.reports import month_name

    if index.turning_points is None:
        return None
    return [
        {
            "month": month_name(turn.month),
            "channel": turn.channel,
            "before": turn.before,
            "after": turn.after,
            "drivers": _drivers(known, turn.drivers),
        }
        for turn in index.turning_points
        if first <= turn.month <= last
    ]


def _drivers(known: Measured, drivers: Iterable[Any]) -> list[dict[str, Any]]:
    """The stories behind a move, each by the first of its records."""
    drivers = list(drivers)
    place = {known.columns.id[row]: int(row) for row in _rows_named(known, [one.records[0] for one in drivers])}
    marks = {mark["id"]: mark for mark in marks_of(known, np.array(sorted(place.values()), dtype=np.int64))}
    return [
        {"points": one.points, "records": list(one.records), **marks[one.records[0]]}
        for one in drivers
        if one.records[0] in marks
    ]


def _rows_named(known: Measured, ids: list[str]) -> Ints:
    rows = known.once("rows by id", lambda: {one: row for row, one in enumerate(known.columns.id)})
    return np.array([rows[one] for one in ids], dtype=np.int64)


def _gaps(known: Measured, a: str, b: str) -> dict[str, Gap]:
    """Gaps of two lines; those of which one line has nothing to stand on are left out."""
    made: dict[str, Callable[[], Gap | None]] = {
        "words less deeds": lambda: _words_and_deeds(known, a, b),
        "asymmetry": lambda: _asymmetry(known, a, b),
    }
    out = {}
    for name, make in made.items():
        try:
            gap = make()
        except DataError:
            continue
        if gap is not None:
            out[name] = gap
    return out


def _words_and_deeds(known: Measured, a: str, b: str) -> Gap | None:
    """As `measure.comparison.words_and_deeds` makes it, from surveys that are made once for all pairs."""
    from detente.measure.comparison import gap
    from detente.measure.rules import Rules

    words, deeds = (known.survey_by(Rules(channel=channel)) for channel in ("verbal", "material"))
    if words is None or deeds is None:
        return None
    return gap("words", words.fit(a, b), "deeds", deeds.fit(a, b), words)


def _asymmetry(known: Measured, a: str, b: str) -> Gap | None:
    """As `measure.comparison.asymmetry` makes it."""
    from detente.measure.comparison import gap
    from detente.measure.rules import Rules

    one = known.survey_by(Rules(directed=True))
    return None if one is None else gap(f"{a} → {b}", one.fit(a, b), f"{b} → {a}", one.fit(b, a), one)
