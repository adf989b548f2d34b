"""The table that all measuring starts from: one row for each report of one act of one side toward another.

What enters: plain columns. What leaves: a frozen `Reports`, checked. Nothing is cleaned here, see `stories.py`. Sides
are countries or organisations; an act of several sides is several rows that share a record, see `expansion.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.codebook.codebook import load_codebook
from detente.errors import DataError
from detente.measure.periods import STEPS, Step
from detente.records import STATUSES

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

COLUMNS = (
    "actor",
    "recipient",
    "month",
    "type",
    "score",
    "status",
    "share",
    "probability",
    "mutual",
    "story",
    "source",
    "record",
)


def event_types() -> tuple[str, ...]:
    """The types in the order of the codebook; `Reports.type` counts in it."""
    return tuple(load_codebook().types)


def type_scores() -> Floats:
    """PLOVER scores of `event_types()`, -10 to +10."""
    return np.array([kind.score for kind in load_codebook().types.values()])


def month_number(text: str) -> int:
    """Months since January of year 0, of a date that begins `YYYY-MM`; a bare year counts as its January.

    Raises:
        DataError: the text does not begin like that.
    """
    try:
        year, month = int(text[:4]), int(text[5:7] or 1)
    except ValueError:
        year, month = 0, 0
    if not 1 <= month <= 12 or len(text) < 4:
        raise DataError(f"{text!r} as a month: a year, or a year and a month, is needed. Write for example '2003-02'.")
    return year * 12 + month - 1


def month_name(number: int) -> str:
    """`2003-02` for the number that `month_number` gives."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


@dataclass(frozen=True, slots=True)
class Reports:
    """Reports as columns of one length.

    `actor` and `recipient` are indexes into `names`, `source` into `sources`, `type` into `event_types()`, `status`
    into `STATUSES`. `month` is that of `month_number`, or the number of another `step` (`periods.py`). `score` runs
    from -10 to +10. `share` is the part of the act that falls to this pair of sides, greater than 0 and at most 1.
    `probability` is the coder's, 0 to 1. `mutual` marks acts that stand once in each direction. Rows with the same
    `story` tell one happening. `record` is the id of the record.
    """

    actor: Ints
    recipient: Ints
    month: Ints
    type: Ints
    score: Floats
    status: Ints
    share: Floats
    probability: Floats
    mutual: Flags
    story: Ints
    source: Ints
    record: NDArray[Any]
    names: tuple[str, ...]
    sources: tuple[str, ...]
    step: Step = "month"

    def __post_init__(self) -> None:
        lengths = {len(getattr(self, name)) for name in COLUMNS}
        if len(lengths) > 1:
            raise DataError(f"Columns of {sorted(lengths)} rows in reports: all have the same length. Fill them.")
        _check_range("actor", self.actor, 0, len(self.names) - 1)
        _check_range("recipient", self.recipient, 0, len(self.names) - 1)
        _check_range("type", self.type, 0, len(event_types()) - 1)
        _check_range("status", self.status, 0, len(STATUSES) - 1)
        _check_range("source", self.source, 0, len(self.sources) - 1)
        _check_range("score", self.score, -10, 10)
        _check_range("share", self.share, 0, 1)
        _check_range("probability", self.probability, 0, 1)

    def __len__(self) -> int:
        return len(self.month)

    def where(self, chosen: Flags | Ints) -> Reports:
        """The rows that a mask or an index chooses, in its order."""
        return replace(self, **{name: getattr(self, name)[chosen] for name in COLUMNS})


def coarser(reports: Reports, step: Step) -> Reports:
    """Reports by month, by quarter or year.

    Raises:
        DataError: the reports are not by month, or a week is asked for, which months do not tell.
    """
    if reports.step == step:
        return reports
    if reports.step != "month" or step == "week":
        raise DataError(f"Reports by {reports.step} as reports by {step}: months make quarters and years. Build anew.")
    return replace(reports, month=reports.month // int(STEPS[step]), step=step)


def no_reports() -> Reports:
    """A table without rows."""
    empty: dict[str, Any] = {field.name: np.zeros(0) for field in fields(Reports) if field.name in COLUMNS}
    for name in ("actor", "recipient", "month", "type", "status", "story", "source"):
        empty[name] = np.zeros(0, dtype=np.int64)
    return Reports(**{**empty, "mutual": np.zeros(0, bool), "record": np.zeros(0, object)}, names=(), sources=())


def _check_range(name: str, values: NDArray[Any], low: float, high: float) -> None:
    if len(values) and not bool(np.all((values >= low) & (values <= high))):
        wrong = values[~((values >= low) & (values <= high))][0]
        raise DataError(f"{wrong!r} in column {name!r} of reports: {low} to {high} is allowed. Mend the row.")
