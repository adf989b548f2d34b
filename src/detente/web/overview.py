"""What the first page tells: what moved, what surprises, and what the records cover.

What enters: a site. What leaves: `Standing`, or None while a large project is measured for the first time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.measure.reports import month_name
from detente.queries.coverage import Coverage, coverage_by_year
from detente.queries.facets import facets
from detente.web.asking import name_of
from detente.web.measured import Measured, Pair
from detente.web.movers import ALERT_MONTHS, RATE, Mover, Moves, alerts_in, movers_in

if TYPE_CHECKING:
    from detente.measure.alerts import Alert
    from detente.web.app import Site

_BUSIEST = 8
_PUBLISHERS = 8
_ALERTS = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """What is measured of the project, in words and figures.

    Attributes:
        at: moment of measuring, UTC; `is_behind` tells that the project has changed since.
        busiest: names of the two, and number of events, of the pairs most told of.
        statuses: status and number of events.
        span: first and last month that movers compare; None where nothing is measured.
    """

    at: str
    is_behind: bool
    coverage: Coverage
    busiest: list[dict[str, Any]]
    statuses: list[tuple[str, int]]
    moves: Moves
    alerts: list[dict[str, Any]]
    alerts_left: int
    span: tuple[str, str] | None
    alert_months: int = ALERT_MONTHS
    rate: float = RATE

    def bars(self) -> list[tuple[int, int, float]]:
        """Year, number and height in per cent of the highest."""
        highest = max(self.coverage.whole, default=0) or 1
        return [
            (year, number, 100 * number / highest)
            for year, number in zip(self.coverage.years, self.coverage.whole, strict=True)
        ]

    def publishers(self) -> list[dict[str, Any]]:
        """The busiest publishers, each with the height of every year in per cent of its own highest."""
        shown = self.coverage.publishers[:_PUBLISHERS]
        return [
            {"name": name, "number": sum(row), "heights": [100 * one / max(row) for one in row]} for name, row in shown
        ]

    @property
    def publishers_left(self) -> int:
        return max(0, len(self.coverage.publishers) - _PUBLISHERS)


def standing_of_project(site: Site) -> Standing | None:
    """Gather it from what is measured now."""
    known = site.relations.glance()
    if known is None:
        return None
    moves, alerts = movers_in(known), alerts_in(known)
    survey = known.survey
    ends = (*moves.warmed, *moves.cooled)[:1]
    return Standing(
        at=known.at,
        is_behind=site.relations.is_behind,
        coverage=known.once("coverage", lambda: coverage_by_year(known.columns)),
        busiest=known.once("busiest", lambda: _busiest(known)),
        statuses=known.once("statuses", lambda: _statuses(site, known)),
        moves=moves,
        alerts=[_told(one) for one in alerts[:_ALERTS]],
        alerts_left=max(0, len(alerts) - _ALERTS),
        span=(month_name(ends[0].start), month_name(ends[0].end)) if ends and survey is not None else None,
    )


def names_of(pair: Pair) -> tuple[str, str]:
    """The names of the two."""
    return name_of(pair[0]), name_of(pair[1])


def mover_form(mover: Mover) -> dict[str, Any]:
    """A mover as plain values, for REST."""
    return {
        "pair": list(mover.pair),
        "since": month_name(mover.start),
        "until": month_name(mover.end),
        **{name: getattr(mover, name) for name in ("change", "low", "high", "now", "is_clear")},
    }


def _told(alert: Alert) -> dict[str, Any]:
    """An alert in words: what was unexpected, not why."""
    words = {
        ("warmth", True): "warmer than expected",
        ("warmth", False): "cooler than expected",
        ("salience", True): "told of more than expected",
        ("salience", False): "told of less than expected",
    }
    return {
        "pair": alert.pair,
        "names": names_of(alert.pair),
        "month": month_name(alert.month),
        "what": words[alert.channel, alert.z > 0],
        "tone": "coopt" if alert.channel == "warmth" and alert.z > 0 else "conft" if alert.channel == "warmth" else "",
        "z": alert.z,
        "records": len(alert.records),
    }


def _busiest(known: Measured) -> list[dict[str, Any]]:
    number = np.diff(known.paired.bounds)
    order = np.argsort(-number, kind="stable")[:_BUSIEST]
    pairs = [(known.paired.pairs[place], int(number[place])) for place in order.tolist()]
    return [{"a": pair[0], "b": pair[1], "records": count, "names": names_of(pair)} for pair, count in pairs]


def _statuses(site: Site, known: Measured) -> list[tuple[str, int]]:
    return facets(site.project, known.columns, "event", current=True).count("status")
