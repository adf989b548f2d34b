"""All that is measured of one pair, as plain values: what the page, its charts and REST show.

What enters: what is measured of the project, two ids and a period. What leaves: a `DyadView`. Its index is None where
nothing that counts is told of the pair, which is not the same as no change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.errors import DataError
from detente.interchange import Row
from detente.web.errors import WebError
from detente.web.measured import Measured

if TYPE_CHECKING:
    from detente.measure.comparison import Gap
    from detente.measure.index import Index, Survey

MOST_MARKS = 5_000
_DRIVERS = 6
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
        gaps: words less deeds, and one direction less the other, in the last shown month.
        marks: events that are told as done, for the chart.
        not_done: events that are proposed, planned, possible or denied.
        marks_left: how many more there are than the chart shows.
    """

    a: str
    b: str
    index: Index | None
    first: int
    last: int
    plain: np.ndarray[Any, np.dtype[np.float64]]
    move: dict[str, Any] | None
    turns: list[dict[str, Any]] | None
    gaps: dict[str, dict[str, Any]]
    marks: list[dict[str, Any]]
    not_done: list[dict[str, Any]]
    marks_left: int

    @property
    def verdict(self) -> str:
        return "nothing told" if self.index is None else self.index.verdict

    @property
    def now(self) -> dict[str, float]:
        """Warmth in the last shown month, with the ends of its interval."""
        assert self.index is not None
        line = self.index.history
        return {name: float(getattr(line, name)[self.last]) for name in ("value", "low", "high")}

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
    ids = known.by_pair.get((a, b), ())
    events = [(one, known.built.rows[one]) for one in ids]
    start, end = _month(since, "since"), _month(until, "until")
    not_done = [_mark(one, row) for one, row in events if row["status"] in NOT_DONE]
    index = _index(known.survey, a, b)
    if index is None or known.survey is None:
        empty = np.zeros(0)
        return DyadView(a, b, None, 0, -1, empty, None, None, {}, [], _within(not_done, start, end), 0)
    from detente.measure.baselines import goldstein_rolling

    first, last = _span(index, start, end)
    shown = int(index.months[first]), int(index.months[last])
    done = [_mark(one, row) for one, row in events if row["status"] in ("actual", "historical")]
    marks = _within(done, *shown)
    place = known.survey.place(a, b)
    return DyadView(
        a=a,
        b=b,
        index=index,
        first=first,
        last=last,
        plain=goldstein_rolling(known.survey.stories, place),
        move=_move(known, index, place, first, last),
        turns=_turns(known, index, *shown),
        gaps=_gaps(known, a, b, last),
        marks=marks[-MOST_MARKS:],
        not_done=_within(not_done, *shown),
        marks_left=max(0, len(marks) - MOST_MARKS),
    )


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


def _mark(record_id: str, row: Row) -> dict[str, Any]:
    """An event for the chart: where it stands, and how it is told."""
    cooperation = "cooperation" in (row["quad"] or "")
    return {
        "id": record_id,
        "date": _day(row),
        "what": row["type"],
        "who": _sides(row),
        "score": row["score"],
        "side": "cooperation" if cooperation else "conflict",
        "act": "deed" if "material" in (row["quad"] or "") else "words",
        "status": row["status"],
        "claimed": bool(row["attribution"]) and not row["endorsed"],
        "quote": _shortened(row["quote"]),
    }


def _sides(row: Row) -> str:
    actors, recipients = (row[f"{side}_names"] or "" for side in ("actor", "recipient"))
    joined = actors.replace(";", ", ")
    return f"{joined} → {recipients.replace(';', ', ')}" if recipients else actors.replace(";", " ↔ ")


def _day(row: Row) -> str:
    """First day of an event's date, else of its publication."""
    for text in (row["date"], row["published"]):
        start = (text or "").partition("/")[0]
        if len(start) >= 7:
            return str(start) if len(start) == 10 else f"{start[:7]}-01"
    return ""


def _within(marks: list[dict[str, Any]], start: int | None, end: int | None) -> list[dict[str, Any]]:
    from detente.measure.reports import month_number

    def holds(mark: Mapping[str, Any]) -> bool:
        if not mark["date"]:
            return start is None and end is None
        month = month_number(mark["date"])
        return (start is None or month >= start) and (end is None or month <= end)

    return sorted((mark for mark in marks if holds(mark)), key=lambda mark: (mark["date"], mark["id"]))


def _move(known: Measured, index: Index, place: int, first: int, last: int) -> dict[str, Any] | None:
    """The change over the shown months, and what moved it; None where too little is told to name anything."""
    from detente.measure.drivers import explain_move, with_records

    if index.verdict == "too thin to say" or known.survey is None or first == last:
        return None
    stories = known.survey.stories
    move = explain_move(stories, place, index.fit, start=first, end=last)
    drivers = [_driver(known, one) for one in with_records(stories, move.top(_DRIVERS))]
    return {"total": move.total, "by_world": move.by_world, "drivers": drivers}


def _driver(known: Measured, driver: Any) -> dict[str, Any]:
    row = known.built.rows[driver.records[0]]
    return {"points": driver.points, "records": list(driver.records), **_mark(driver.records[0], row)}


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
            "drivers": [_driver(known, one) for one in turn.drivers],
        }
        for turn in index.turning_points
        if first <= turn.month <= last
    ]


def _gaps(known: Measured, a: str, b: str, last: int) -> dict[str, dict[str, Any]]:
    """Gaps of two lines in a month; those of which one line has nothing to stand on are left out."""
    from detente.measure.comparison import asymmetry, words_and_deeds

    made: dict[str, Callable[[], Gap]] = {
        "words less deeds": lambda: words_and_deeds(known.built.reports, a, b),
        "asymmetry": lambda: asymmetry(known.built.reports, a, b),
    }
    out = {}
    for name, make in made.items():
        try:
            gap = make()
        except DataError:
            continue
        at = min(last, len(gap.months) - 1)
        line = {part: float(getattr(gap.line, part)[at]) for part in ("value", "low", "high")}
        out[name] = {"first": gap.first, "second": gap.second, "clear": bool(gap.clear[at]), **line}
    return out


def _shortened(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= 160 else words[:159].rstrip() + "…"
