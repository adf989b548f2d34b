"""What if: the lines of a pair without some records, or with some added. A scenario is never stored as fact.

What enters: reports and record ids. What leaves: `Scenario`, the line as told and the line as it would be.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from detente.errors import DataError
from detente.measure.calibration import Calibration
from detente.measure.index import Line, line_of, survey
from detente.measure.reports import COLUMNS, Floats, Ints, Reports
from detente.measure.rules import Rules


@dataclass(frozen=True, slots=True)
class Scenario:
    """History as told and as it would be, in points; `label` begins with "scenario"."""

    label: str
    months: Ints
    told: Line
    would_be: Line

    @property
    def difference(self) -> Floats:
        return np.asarray(self.would_be.value - self.told.value)


def without(reports: Reports, records: Collection[str]) -> Reports:
    """The reports less these records.

    Raises:
        DataError: one of them is not there.
    """
    ids = reports.record.astype(str)
    if unknown := sorted(set(records) - set(ids.tolist())):
        raise DataError(f"Unknown record {unknown[0]!r} in scenario: ids of records that are counted. Check the id.")
    return reports.where(~np.isin(ids, sorted(records)))


def without_stories(reports: Reports, records: Collection[str]) -> Reports:
    """The reports less the stories that these records tell, with all reports of them.

    Raises:
        DataError: one of the records is not there.
    """
    left = without(reports, records)
    return left.where(~np.isin(left.story, reports.story[np.isin(reports.record.astype(str), sorted(records))]))


def added(reports: Reports, more: Reports) -> Reports:
    """Reports with further stories, none of which is one of theirs."""
    offset = int(reports.story.max()) + 1 if len(reports) else 0
    return joined(reports, replace(more, story=more.story + offset))


def joined(a: Reports, b: Reports) -> Reports:
    """Two tables as one; stories with the same number are the same story.

    Raises:
        DataError: one is by month and the other by another step.
    """
    if a.step != b.step:
        raise DataError(f"Reports by {a.step} and by {b.step}: one step is needed. Build both alike.")
    names, sources = sorted({*a.names, *b.names}), sorted({*a.sources, *b.sources})
    parts = [_renamed(one, names, sources) for one in (a, b)]
    columns = {name: np.concatenate([getattr(one, name) for one in parts]) for name in COLUMNS}
    return Reports(**columns, names=tuple(names), sources=tuple(sources), step=a.step)


def what_if(
    reports: Reports,
    changed: Reports,
    a: str,
    b: str,
    *,
    label: str,
    rules: Rules | None = None,
    calibration: Calibration | None = None,
) -> Scenario:
    """Measure a pair in both tables, over the months of the first, beside the world of each.

    Args:
        calibration: with the weights by which both are measured; those that the first teaches without, so that a
            story moves the line and not the yardstick.
    """
    first, last = int(reports.month.min()), int(reports.month.max())
    lines = []
    for table in (reports, changed):
        known = survey(table, rules, first=first, last=last, calibration=calibration)
        calibration, fit = known.calibration, known.fit(a, b)
        lines.append(line_of(fit.history, fit.history_sd, fit.mix, known.calibration))
    return Scenario(f"scenario: {label}", np.arange(first, last + 1), *lines)


def _renamed(reports: Reports, names: list[str], sources: list[str]) -> Reports:
    place = np.array([names.index(name) for name in reports.names], dtype=np.int64)
    source = np.array([sources.index(name) for name in reports.sources], dtype=np.int64)
    return replace(
        reports,
        actor=place[reports.actor] if len(reports) else reports.actor,
        recipient=place[reports.recipient] if len(reports) else reports.recipient,
        source=source[reports.source] if len(reports) else reports.source,
        names=tuple(names),
        sources=tuple(sources),
    )
