"""All figures of a pair as plain values, ready for JSON: what `detente dyad` prints, and more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.cli.measured import Read
from detente.errors import DataError

if TYPE_CHECKING:
    from detente.measure.calibration import Calibration
    from detente.measure.comparison import Gap
    from detente.measure.index import Index, TurningPoint
    from detente.measure.reports import Reports
    from detente.measure.rules import Rules


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a pair. `since` is the first step shown, `last` the last that counts."""

    a: str
    b: str
    since: int | None
    last: int | None
    directed: bool
    drivers: int
    calibration: Calibration | None

    def kept(self, reports: Reports) -> Reports:
        """Reports up to the last step that counts."""
        return reports if self.last is None else reports.where(reports.month <= self.last)


def report_of(read: Read, asked: Asked, *, source: str | None = None, by_class: bool = False) -> dict[str, Any]:
    """All figures of a pair.

    Args:
        source: one class of sources alone; all of them pooled when None.
        by_class: whether the last value of each class is told as well.

    Raises:
        DataError: nothing that counts is told of the pair.
    """
    from detente.measure.baselines import simple_lines
    from detente.measure.comparison import asymmetry, by_source, words_and_deeds
    from detente.measure.index import index_of, survey
    from detente.measure.rules import Rules

    a, b, reports = asked.a, asked.b, asked.kept(read.built.reports)
    rules = Rules(directed=asked.directed, source=source)
    constants = _constants(reports, asked)
    known = survey(read.built.reports, rules, last=asked.last, calibration=constants)
    index = index_of(known, a, b, drivers=asked.drivers)
    beside = simple_lines(known.stories, known.place(a, b))
    classes = by_source(reports, a, b, rules, calibration=constants) if by_class else {}
    return {
        **_about(index, read),
        f"{index.step}s": _rows(index, beside, asked.since),
        "turning_points": None
        if index.turning_points is None
        else [_turn(point, index, read) for point in index.turning_points],
        "words_less_deeds": gap_of(lambda: words_and_deeds(reports, a, b, rules, calibration=constants), index.step),
        "asymmetry": gap_of(lambda: asymmetry(reports, a, b, rules, calibration=constants), index.step),
        "by_source": {name: _last(index_of(one, a, b, drivers=0)) for name, one in classes.items()},
        **_told_beside(read, asked, rules),
        "records": list(index.records),
    }


def report_by_class(read: Read, asked: Asked) -> dict[str, Any]:
    """The figures of each class of sources in which the pair is told of, and the gaps between them; nothing is pooled.

    Raises:
        DataError: no class tells anything of the pair that counts.
    """
    from itertools import combinations

    from detente.measure.comparison import between_sources
    from detente.measure.rules import Rules

    reports, found = asked.kept(read.built.reports), {}
    constants = _constants(reports, asked)
    for name in reports.sources:
        try:
            found[name] = report_of(read, replace(asked, calibration=constants), source=name)
        except DataError:
            continue
    if not found:
        report_of(read, asked)
        raise DataError(f"Nothing told of {asked.a} and {asked.b} by any class of sources. Pool them with --pooled.")
    gaps = [
        gap_of(
            lambda one=one, other=other: between_sources(  # type: ignore[misc]
                reports, asked.a, asked.b, one, other, Rules(directed=asked.directed), calibration=constants
            ),
            reports.step,
        )
        for one, other in combinations(found, 2)
    ]
    return {
        "pair": [asked.a, asked.b],
        "pooled": False,
        "classes": found,
        "between_classes": [one for one in gaps if one],
    }


def scenario_of(read: Read, asked: Asked, without: list[str], added: Path | None) -> dict[str, Any]:
    """The line as told and as it would be; marked, and nowhere stored.

    Raises:
        DataError: a record is unknown, or the acts to add cannot be read.
    """
    from detente.measure import scenario as scenarios
    from detente.measure.invented import read_invented
    from detente.measure.periods import period_name
    from detente.measure.rules import Rules

    reports = asked.kept(read.built.reports)
    changed, parts = reports, []
    if without:
        changed = scenarios.without_stories(changed, without)
        removed = sorted({*map(str, reports.record)} - {*map(str, changed.record)})
        parts.append(f"without {', '.join(removed)}")
    if added is not None:
        more = read_invented(added, step=reports.step)
        changed = scenarios.added(changed, asked.kept(more))
        parts.append(f"with {len(set(more.record))} invented acts of '{added}'")
    found = scenarios.what_if(
        reports,
        changed,
        asked.a,
        asked.b,
        label=" and ".join(parts),
        rules=Rules(directed=asked.directed),
        calibration=_constants(reports, asked),
    )
    lines = {"told": found.told, "would_be": found.would_be}
    return {
        "label": found.label,
        "stored": False,
        f"{reports.step}s": [
            {
                reports.step: period_name(int(month), reports.step),
                **{name: float(line.value[at]) for name, line in lines.items()},
                "would_be_low": float(found.would_be.low[at]),
                "would_be_high": float(found.would_be.high[at]),
            }
            for at, month in enumerate(found.months)
            if asked.since is None or month >= asked.since
        ],
    }


def gap_of(made: Callable[[], Gap], step: str) -> dict[str, Any] | None:
    """The last value of a gap; None where one of its lines has nothing to stand on."""
    from detente.measure.periods import period_name

    try:
        gap = made()
    except DataError:
        return None
    line = gap.line
    return {
        "first": gap.first,
        "second": gap.second,
        step: period_name(int(gap.months[-1]), step),  # type: ignore[arg-type]
        "value": float(line.value[-1]),
        "low": float(line.low[-1]),
        "high": float(line.high[-1]),
        f"{step}s_clear": int(gap.clear.sum()),
        "method": gap.method,
        "rules": list(gap.rules),
        "records": list(gap.records),
    }


def _constants(reports: Reports, asked: Asked) -> Calibration:
    """Constants with the weights that all reports teach, so that every line of the report has the same yardstick."""
    from detente.measure.index import survey

    return survey(reports, calibration=asked.calibration).calibration


def _about(index: Index, read: Read) -> dict[str, Any]:
    from detente.measure.periods import period_name
    from detente.measure.reports import event_types

    return {
        "pair": list(index.pair),
        "method": index.method,
        "rules": list(index.rules),
        "step": index.step,
        "last": period_name(int(index.months[-1]), index.step),
        "calibration": index.fit.calibration.source,
        "weights": dict(zip(event_types(), map(float, index.fit.calibration.scale()), strict=True)),
        "verdict": index.verdict,
        "coverage": {
            "stories": index.coverage.stories,
            "reports": index.coverage.reports,
            "reports_a_month": index.coverage.reports_a_month,
            f"{index.step}s_told": index.coverage.months_told,
            "gaps": [[period_name(first, index.step), length] for first, length in index.coverage.gaps],
            "pairs_in_world": index.pairs_in_world,
            "left_out": dict(read.built.left_out),
        },
    }


def _rows(index: Index, beside: dict[str, Any], since: int | None) -> list[dict[str, Any]]:
    """Rows of the index with the simple lines; a line that has nothing to say is None."""
    out: list[dict[str, Any]] = []
    for at, row in enumerate(index.rows()):
        if since is None or index.months[at] >= since:
            plain = {name: float(line[at]) for name, line in beside.items()}
            out.append({**row, **{name: None if value != value else value for name, value in plain.items()}})
    return out


def _turn(point: TurningPoint, index: Index, read: Read) -> dict[str, Any]:
    from detente.measure.periods import period_name

    return {
        index.step: period_name(point.month, index.step),
        "channel": point.channel,
        "before": point.before,
        "after": point.after,
        "drivers": [
            {
                "points": driver.points,
                index.step: period_name(driver.month, index.step),
                "records": list(driver.records),
                "document": read.built.rows[driver.records[0]].get("document_id"),
                "type": read.built.rows[driver.records[0]].get("type"),
                "quote": read.built.rows[driver.records[0]].get("quote"),
            }
            for driver in point.drivers
        ],
    }


def _told_beside(read: Read, asked: Asked, rules: Rules) -> dict[str, Any]:
    """What is said of the pair, and what did not happen: counted apart, never mixed into warmth."""
    from detente.measure.periods import period_name
    from detente.measure.regard import records_not_happened, regards

    reports = asked.kept(read.built.reports)
    if rules.source is not None:
        reports = reports.where(reports.source == reports.sources.index(rules.source))
    return {
        "not_happened": [
            {reports.step: period_name(month, reports.step), "status": status, "records": list(records)}
            for (month, status), records in records_not_happened(reports, asked.a, asked.b).items()
        ],
        "stances": [
            {
                reports.step: period_name(one.month, reports.step),
                "holder": one.holder,
                "valence": one.valence,
                "records": list(one.records),
            }
            for one in regards(read.rows, asked.a, asked.b, step=reports.step)
            if asked.last is None or one.month <= asked.last
        ],
    }


def _last(index: Index) -> dict[str, Any]:
    now = index.now
    return {
        "now": float(now.value[-1]),
        "low": float(now.low[-1]),
        "high": float(now.high[-1]),
        "verdict": index.verdict,
        "records": list(index.records),
    }
