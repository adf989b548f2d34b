"""Which records a person should look at first: what is uncertain and weighs much.

What enters: a project and a filter. What leaves: records in order of priority, and how far the review is.

    priority = uncertainty · impact

    uncertainty = 1 − 0.83 · p   where the encoder gave its probability p of the type
                = 0.31           elsewhere
    impact      = weight · counts / n

| symbol | meaning |
| --- | --- |
| weight | of an event its PLOVER score without its sign, over 10; of a stance its valence without its sign; of a membership 0.5; of a statement 0.2 |
| counts | 1 for events told as done, which enter the figures of a pair; 0.1 for all others, which do if their status is wrong |
| n | events told as done of the pair in that month, itself included, at least 1; of several pairs the thinnest counts; 10 without a pair |

0.31 is the share of rule-coded events of which a side or the type was wrong, and 0.83 the share of right sides among
the encoder's events of a right type, both read on 232 events (docs/accuracy.md, "Precision by reading").
"""  # noqa: E501

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Select, and_, case, func, literal, select

from detente.queries.filters import REVIEWS, RecordFilter
from detente.queries.records import EVERYTHING, Found, asked, count_records
from detente.store.entities import load_renamings
from detente.store.kinds import KINDS
from detente.store.log import Action, holding, read_log
from detente.store.project import Project
from detente.store.reader import read_record, renamed
from detente.store.schema import EVENTS, PAIRS, RECORDS, STANCES

WRONG_BY_RULE = 0.31
SIDES_RIGHT = 0.83
_NOT_COUNTED = 0.1
_WITHOUT_PAIR = 10.0
_MEMBERSHIP, _STATEMENT = 0.5, 0.2
JUDGING: tuple[Action, ...] = ("accept", "correct", "reject")


@dataclass(frozen=True, slots=True)
class Queued:
    """A record that waits: its id, its priority, and what that is made of (see the module)."""

    id: str
    priority: float
    uncertainty: float
    impact: float
    month_events: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a review is: records that fit, those that a person has judged, and the judgements of one on a day."""

    records: int
    judged: int
    today: int


def queue(
    project: Project,
    kind: str | None = None,
    wanted: RecordFilter = EVERYTHING,
    *,
    second_to: str | None = None,
    most: int = 1_000,
) -> list[Queued]:
    """Records by priority, the highest first; of equal ones the one stored first.

    Args:
        wanted: which records; those that nobody has judged unless it names states of review.
        second_to: a reviewer, who gets only what others have judged and they have not.
        most: how many are given.

    Raises:
        QueryError: the filter is wrong.
    """
    with project.reading() as connection:
        only = None if second_to is None else _judged_by_others(connection, second_to)
        reviews = wanted.reviews or (("unreviewed",) if second_to is None else REVIEWS)
        rows = connection.execute(_by_priority(connection, kind, wanted, reviews, only).limit(most))
        return [_queued(row) for row in rows]


def queued(project: Project, record_id: str) -> Queued | None:
    """What one record's priority is made of; None where there is no such record."""
    with project.reading() as connection:
        key = connection.scalar(select(RECORDS.c.key).where(RECORDS.c.id == record_id))
        if key is None:
            return None
        return _queued(connection.execute(_priorities(select(RECORDS.c.key).where(RECORDS.c.key == key))).one())


def progress(
    project: Project, kind: str | None = None, wanted: RecordFilter = EVERYTHING, *, who: str, today: str
) -> Progress:
    """Count what fits a filter, whatever its state, what of it is judged, and what `who` judged on a day (ISO)."""
    every = _with_reviews(wanted, REVIEWS)
    judged = _with_reviews(wanted, tuple(one for one in REVIEWS if one != "unreviewed"))
    with project.reading() as connection:
        log = holding(read_log(connection, actions=(*JUDGING, "undo")))
    mine = {one.target for one in log if one.who == who and one.at.startswith(today)}
    return Progress(count_records(project, kind, every), count_records(project, kind, judged), len(mine))


def still_waiting(project: Project, ids: Sequence[str], reviews: Sequence[str]) -> list[str]:
    """Those of some records that are in one of these states of review, in the order given."""
    with project.reading() as connection:
        here = RECORDS.c.id.in_(list(ids)), RECORDS.c.review.in_(list(reviews))
        known = set(connection.scalars(select(RECORDS.c.id).where(*here)))
    return [one for one in ids if one in known]


def as_coded(project: Project, found: Found[Any]) -> Found[Any]:
    """A record as its coder wrote it, without what reviewers made of it; merged entities are resolved."""
    kind = KINDS[found.kind]
    with project.reading() as connection:
        coded = func.coalesce(RECORDS.c.original, RECORDS.c.record)
        packed = connection.scalar(select(coded).where(RECORDS.c.id == found.id)) or "{}"
        written = read_record(kind, packed, found.document, where=repr(found.id))
        return replace(found, record=renamed(written, found.document.id, load_renamings(connection)))


def newest_key(project: Project) -> int:
    """A number that grows with every record that is stored; decisions leave it."""
    with project.reading() as connection:
        return connection.scalar(select(func.max(RECORDS.c.key))) or 0


def _with_reviews(wanted: RecordFilter, reviews: tuple[str, ...]) -> RecordFilter:
    return replace(wanted, reviews=reviews)


def _judged_by_others(connection: Connection, who: str) -> Select[Any]:
    """Ids of the records that others have judged, and `who` has not."""
    log = holding(read_log(connection, actions=(*JUDGING, "undo")))
    own = {one.target for one in log if one.who == who}
    others = sorted({one.target for one in log} - own)
    listed = func.json_each(json.dumps(others)).table_valued("value")
    return select(listed.c.value)


def _by_priority(
    connection: Connection, kind: str | None, wanted: RecordFilter, reviews: tuple[str, ...], only: Select[Any] | None
) -> Select[Any]:
    question = asked(connection, kind, _with_reviews(wanted, reviews))
    keys = question.select(RECORDS.c.key)
    if only is not None:
        keys = keys.where(RECORDS.c.id.in_(only))
    found = _priorities(keys)
    return found.order_by(found.selected_columns.priority.desc(), found.selected_columns.key)


def _priorities(keys: Select[Any]) -> Select[Any]:
    """One row a record: key, id, priority and its parts."""
    wanted = keys.cte("wanted")
    thinnest = _thinnest(wanted)
    sure = case((EVENTS.c.probability.is_not(None), SIDES_RIGHT * EVENTS.c.probability), else_=1 - WRONG_BY_RULE)
    counts = case((EVENTS.c.status == "actual", 1.0), else_=_NOT_COUNTED)
    impact = _weight() * counts / func.coalesce(thinnest.c.events, literal(_WITHOUT_PAIR))
    return (
        select(
            RECORDS.c.key,
            RECORDS.c.id,
            ((1 - sure) * impact).label("priority"),
            (1 - sure).label("uncertainty"),
            impact.label("impact"),
            thinnest.c.events.label("month_events"),
        )
        .select_from(wanted)
        .join(RECORDS, RECORDS.c.key == wanted.c.key)
        .outerjoin(EVENTS, EVENTS.c.record_key == RECORDS.c.key)
        .outerjoin(STANCES, STANCES.c.record_key == RECORDS.c.key)
        .outerjoin(thinnest, thinnest.c.record_key == RECORDS.c.key)
    )


def _weight() -> ColumnElement[float]:
    return case(
        (RECORDS.c.kind == "event", func.abs(func.coalesce(EVENTS.c.score, 0.0)) / 10.0),
        (RECORDS.c.kind == "stance", func.abs(STANCES.c.valence)),
        (RECORDS.c.kind == "membership", _MEMBERSHIP),
        else_=_STATEMENT,
    )


def _thinnest(wanted: CTE) -> CTE:
    """By record, the events told as done in the thinnest month of its pairs, at least 1."""
    own = select(PAIRS).where(PAIRS.c.record_key.in_(select(wanted.c.key))).cte("own")
    month = func.substr(PAIRS.c.day, 1, 7)
    told = (
        select(PAIRS.c.a, PAIRS.c.b, month.label("month"), func.count().label("events"))
        .join(EVENTS, and_(EVENTS.c.record_key == PAIRS.c.record_key, EVENTS.c.status == "actual"))
        .join(RECORDS, and_(RECORDS.c.key == PAIRS.c.record_key, RECORDS.c.review != "rejected"))
        .where(PAIRS.c.a.in_(select(own.c.a)))
        .group_by(PAIRS.c.a, PAIRS.c.b, month)
        .cte("told")
    )
    here = and_(told.c.a == own.c.a, told.c.b == own.c.b, told.c.month == func.substr(own.c.day, 1, 7))
    fewest = func.min(func.max(func.coalesce(told.c.events, 1), 1)).label("events")
    return select(own.c.record_key, fewest).outerjoin(told, here).group_by(own.c.record_key).cte("thinnest")


def _queued(row: Any) -> Queued:
    return Queued(row.id, row.priority, row.uncertainty, row.impact, row.month_events)
