"""What the records of a project cover, and what was not coded and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import func, select

from detente.queries.columns import NONE, REJECTED, RecordColumns
from detente.store.project import Project
from detente.store.schema import DOCUMENTS


@dataclass(frozen=True, slots=True)
class Coverage:
    """Records by year of what they tell, in all and by publisher; the busiest publisher first.

    Attributes:
        years: from the first to the last, without gaps.
        whole: number of records in each year.
        publishers: name, None where it is unknown, and number of records in each year.
        undated: records without any date.
    """

    years: tuple[int, ...]
    whole: tuple[int, ...]
    publishers: tuple[tuple[str | None, tuple[int, ...]], ...]
    undated: int


def coverage_by_year(columns: RecordColumns, *, most_years: int = 60) -> Coverage:
    """Count the records that hold by year and publisher; of a longer time the last years."""
    holds = columns.review != REJECTED
    days, place = np.unique(columns.day[holds], return_inverse=True)
    year_of = np.array([date.fromordinal(day).year if day != NONE else 0 for day in days.tolist()], dtype=np.int64)
    year, publisher = year_of[place], columns.publisher[holds]
    dated = year > 0
    if not dated.any():
        return Coverage((), (), (), int((~dated).sum()))
    last = int(year.max())
    first = max(int(year[dated].min()), last - most_years + 1)
    shown = year >= first
    width = last - first + 1
    cells = (publisher[shown] + 1) * width + year[shown] - first
    table = np.bincount(cells, minlength=(len(columns.publishers) + 1) * width).reshape(-1, width)
    rows = [(None if at == 0 else columns.publishers[at - 1], tuple(map(int, row))) for at, row in enumerate(table)]
    told = sorted((row for row in rows if sum(row[1])), key=lambda row: (-sum(row[1]), row[0] or ""))
    return Coverage(
        years=tuple(range(first, last + 1)),
        whole=tuple(map(int, table.sum(axis=0))),
        publishers=tuple(told),
        undated=int((~dated).sum()),
    )


def not_coded(project: Project) -> dict[str, int]:
    """Number of documents that are not coded by reason, the most frequent first."""
    counted: Counter[str] = Counter()
    with project.reading() as connection:
        query = select(DOCUMENTS.c.reason, func.count()).where(DOCUMENTS.c.state.in_(("foreign", "failed")))
        for reason, number in connection.execute(query.group_by(DOCUMENTS.c.reason)):
            counted[reason or "for no reason that was noted"] += number
    return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))
