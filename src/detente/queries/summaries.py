"""Counts of what a project holds: in all, and of any question by type, status, year, actor and more."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from detente.queries.errors import QueryError
from detente.queries.filters import REVIEWS, RecordFilter
from detente.queries.records import EVERYTHING, asked
from detente.store.kinds import KINDS
from detente.store.project import Project
from detente.store.schema import COPIES, DOCUMENTS, EVENTS, FAILURES, MEMBERSHIPS, RECORDS, SIDES, STANCES

GROUPS = ("type", "status", "quad", "actor", "recipient", "year", "month", "publisher", "review", "document", "trend")


@dataclass(frozen=True, slots=True)
class Overview:
    """What a project holds.

    Attributes:
        documents: number by state: `coded`, `foreign`, `failed`.
        copies: documents that nearly repeat another.
        records: number by kind that hold, rejected ones left out.
        reviewed: records that a user accepted, corrected, added or rejected.
        first, last: days of publication; None without any date.
        failures: texts and files that could not be read or coded, over all runs.
    """

    documents: dict[str, int]
    copies: int
    records: dict[str, int]
    reviewed: int
    first: str | None
    last: str | None
    failures: int


def overview(project: Project) -> Overview:
    """Count all that a project holds."""
    with project.reading() as connection:
        # Each of these is answered by an index alone.
        by_kind = select(RECORDS.c.kind, func.count()).group_by(RECORDS.c.kind)
        kinds = {row[0]: row[1] for row in connection.execute(by_kind)}
        for row in connection.execute(by_kind.where(RECORDS.c.review == "rejected")):
            kinds[row[0]] -= row[1]
        reviewed = select(func.count()).where(RECORDS.c.review.in_([one for one in REVIEWS if one != "unreviewed"]))
        states = connection.execute(select(DOCUMENTS.c.state, func.count()).group_by(DOCUMENTS.c.state))
        first, last = connection.execute(
            select(func.min(DOCUMENTS.c.published_start), func.max(DOCUMENTS.c.published_end))
        ).one()
        return Overview(
            documents={row[0]: row[1] for row in states},
            copies=connection.scalar(select(func.count()).select_from(COPIES)) or 0,
            records=dict.fromkeys(KINDS, 0) | kinds,
            reviewed=connection.scalar(reviewed) or 0,
            first=first,
            last=last,
            failures=connection.scalar(select(func.count()).select_from(FAILURES)) or 0,
        )


def count_by(
    project: Project, group: str, kind: str | None, wanted: RecordFilter = EVERYTHING
) -> dict[str | None, int]:
    """Count records by a property, the most frequent first; None stands for those without it.

    Args:
        group: one of `GROUPS`; `year` and `month` are those of the record's first day. Records with several actors
            count for each.

    Raises:
        QueryError: there is no such group, or records of this kind do not have it.
    """
    column = _column(group, kind)
    with project.reading() as connection:
        question = asked(connection, kind, wanted)
        number = func.count(RECORDS.c.key.distinct())
        query = question.select(column, number).group_by(column).order_by(number.desc(), column)
        if group in ("actor", "recipient"):
            query = query.where(SIDES.c.record_key == RECORDS.c.key, SIDES.c.role == group)
        rows = connection.execute(query)
        return {row[0]: row[1] for row in rows}


def _column(group: str, kind: str | None) -> ColumnElement[str]:
    columns: dict[str, tuple[tuple[str | None, ...], ColumnElement[str]]] = {
        "type": (("event",), EVENTS.c.type),
        "quad": (("event",), EVENTS.c.quad),
        "status": (("event", "membership"), MEMBERSHIPS.c.status if kind == "membership" else EVENTS.c.status),
        "trend": (("stance",), STANCES.c.trend),
        "actor": ((None, *KINDS), SIDES.c.entity),
        "recipient": ((None, *KINDS), SIDES.c.entity),
        "year": ((None, *KINDS), func.nullif(func.substr(RECORDS.c.day, 1, 4), "")),
        "month": ((None, *KINDS), func.nullif(func.substr(RECORDS.c.day, 1, 7), "")),
        "publisher": ((None, *KINDS), DOCUMENTS.c.publisher),
        "review": ((None, *KINDS), RECORDS.c.review),
        "document": ((None, *KINDS), DOCUMENTS.c.id),
    }
    if group not in columns:
        raise QueryError(f"Unknown group {group!r}: {', '.join(GROUPS)} are counted. Choose one.")
    kinds, column = columns[group]
    if kind not in kinds:
        raise QueryError(
            f"No {group!r} in records of kind {kind or 'any'!r}: only in {kinds[0]}s. Choose another group."
        )
    return column
