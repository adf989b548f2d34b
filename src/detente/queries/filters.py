"""What may be asked of records, as conditions on the tables.

What enters: a `RecordFilter`. What leaves: conditions that a query joins with `and`. Names of actors are ids of
entities or of countries: `PAK` finds Pakistan, its government and its ministers; `khawaja-asif` finds him alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import get_args

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    column,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    table,
    union,
)

from detente.codebook.codebook import load_codebook
from detente.queries.errors import QueryError
from detente.queries.words import match_expression
from detente.records import STATUSES, MembershipStatus
from detente.store.days import day_range
from detente.store.kinds import Kind
from detente.store.schema import ATTRIBUTIONS, COPIES, DOCUMENTS, PAIRS, RECORDS, SIDES
from detente.store.writer import BACKWARD, FORWARD

REVIEWS = ("unreviewed", "accepted", "corrected", "added", "rejected")
_FEW = 2_000
_DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFilter:
    """Which records are wanted; what is None or empty does not matter.

    Attributes:
        actor: who acts, holds, speaks or belongs.
        recipient: who is acted on, regarded or belonged to.
        involving: either of these.
        pair: two that stand in one record, in either direction.
        directed: of `pair`, only from the first to the second, or mutual.
        since, until: first and last day, month or year. What overlaps counts; without a date of its own, the day of
            publication counts.
        types: event types, any of them.
        statuses: of events or memberships, any of them.
        attribution: somebody who vouches for it.
        publisher: of the document, exactly.
        document: id of the document.
        text: words of the evidence.
        reviews: states of review, any of them; without them all but `rejected`.
        copies: also records of near copies of another document.
    """

    actor: str | None = None
    recipient: str | None = None
    involving: str | None = None
    pair: tuple[str, str] | None = None
    directed: bool = False
    since: str | None = None
    until: str | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    attribution: str | None = None
    publisher: str | None = None
    document: str | None = None
    text: str | None = None
    reviews: tuple[str, ...] = ()
    copies: bool = True

    def __post_init__(self) -> None:
        known = (*STATUSES, *(one for one in get_args(MembershipStatus) if one not in STATUSES))
        _check("event type", self.types, lambda: tuple(load_codebook().types))
        _check("status", self.statuses, lambda: known)
        _check("review", self.reviews, lambda: REVIEWS)
        check_period(self.since, self.until)


Conditions = list[ColumnElement[bool]]


def check_period(since: str | None, until: str | None) -> None:
    """Raise QueryError unless both are None, or a day, month or year that exists."""
    for name, value in (("since", since), ("until", until)):
        if value is not None and (not _DATE.match(value) or day_range(value)[0] is None):
            raise QueryError(
                f"Malformed date {value!r} in {name}: a day, month or year is allowed. Write for example 2018-03."
            )


def by_pair(connection: Connection, wanted: RecordFilter) -> bool:
    """Whether the table of pairs answers for `wanted.pair`: both are countries."""
    if wanted.pair is None or wanted.pair[0] == wanted.pair[1]:
        return False
    return all(connection.scalar(select(exists().where(SIDES.c.country == one))) is True for one in wanted.pair)


def pair_conditions(wanted: RecordFilter) -> Conditions:
    """Conditions on `pairs`."""
    assert wanted.pair is not None
    first, second = wanted.pair
    a, b = sorted(wanted.pair)
    conditions: Conditions = [PAIRS.c.a == a, PAIRS.c.b == b]
    if wanted.directed:
        bit = FORWARD if first < second else BACKWARD
        conditions.append(PAIRS.c.direction.bitwise_and(bit) != 0)
    if wanted.until is not None:
        conditions.append(PAIRS.c.day <= day_range(wanted.until)[1])
    return conditions


def record_conditions(connection: Connection, wanted: RecordFilter, kind: Kind | None, *, paired: bool) -> Conditions:
    """Conditions on `records`, joined with the table of the kind and with `documents`.

    Args:
        paired: whether conditions on `pairs` stand for the pair, see `by_pair`.
    """
    found, are_few = _by_index(connection, wanted, paired=paired)
    if kind is not None:
        # Few records are looked up one by one; else the index of kinds gives them in their order. The plus hides the
        # column from SQLite's choice between the two, which knows nothing of how many there are.
        found.append((literal_column("+records.kind") if are_few else RECORDS.c.kind) == kind.name)
    found.append(RECORDS.c.review.in_(wanted.reviews) if wanted.reviews else RECORDS.c.review != "rejected")
    found += within(RECORDS.c.date_start, RECORDS.c.date_end, wanted.since, wanted.until)
    if wanted.until is not None:
        found.append(RECORDS.c.day <= day_range(wanted.until)[1])  # follows from the above, and has an index
    if wanted.types:
        found.append(kind.table.c.type.in_(wanted.types) if kind is not None and kind.name == "event" else false())
    if wanted.statuses:
        has_status = kind is not None and "status" in kind.table.c
        found.append(kind.table.c.status.in_(wanted.statuses) if kind is not None and has_status else false())
    if not wanted.copies:
        found.append(RECORDS.c.document_key.not_in(select(COPIES.c.document_key)))
    return found


def _by_index(connection: Connection, wanted: RecordFilter, *, paired: bool) -> tuple[Conditions, bool]:
    """Conditions that an index answers, and whether one of them leaves few records."""
    key, of = RECORDS.c.key, RECORDS.c.document_key
    lists = [(key, _having(name, role)) for name, role in _sides(wanted)]
    if wanted.pair is not None and not paired:
        lists.append((key, _both_sides(wanted.pair, directed=wanted.directed)))
    if wanted.attribution is not None:
        entity = ATTRIBUTIONS.c.entity == wanted.attribution
        lists.append((key, select(ATTRIBUTIONS.c.record_key).where(entity)))
    if wanted.text is not None:
        lists.append((key, matching("quotes_fts", wanted.text)))
    if wanted.publisher is not None:
        lists.append((of, select(DOCUMENTS.c.key).where(DOCUMENTS.c.publisher == wanted.publisher)))
    if wanted.document is not None:
        lists.append((of, select(DOCUMENTS.c.key).where(DOCUMENTS.c.id == wanted.document)))
    found: Conditions = []
    are_few = False
    for target, listed in lists:
        some = connection.scalars(listed.limit(_FEW + 1)).all()
        are_few = are_few or len(some) <= _FEW
        found.append(target.in_(some if len(some) <= _FEW else listed))
    return found, are_few


def _both_sides(pair: tuple[str, str], *, directed: bool) -> Select[tuple[int]]:
    """Keys of records with a pair of which one is no country, on two different sides."""
    first, second = SIDES.alias(), SIDES.alias()
    recipients = SIDES.alias()
    is_mutual = and_(
        first.c.role == "actor",
        second.c.role == "actor",
        ~exists().where(recipients.c.record_key == first.c.record_key, recipients.c.role == "recipient"),
    )
    forward = and_(first.c.role == "actor", second.c.role == "recipient")
    backward = and_(first.c.role == "recipient", second.c.role == "actor")
    return (
        select(first.c.record_key)
        .join(second, first.c.record_key == second.c.record_key)
        .where(
            first.c.record_key.in_(_having(pair[0], None)),
            or_(first.c.entity == pair[0], first.c.country == pair[0]),
            or_(second.c.entity == pair[1], second.c.country == pair[1]),
            or_(first.c.role != second.c.role, first.c.position != second.c.position),
            or_(forward, is_mutual) if directed else or_(forward, backward, is_mutual),
        )
    )


def _sides(wanted: RecordFilter) -> list[tuple[str, str | None]]:
    asked = ((wanted.actor, "actor"), (wanted.recipient, "recipient"), (wanted.involving, None))
    return [(name, role) for name, role in asked if name is not None]


def _having(name: str, role: str | None) -> Select[tuple[int]]:
    """Keys of records on a side of which an entity or country stands."""
    at = [] if role is None else [SIDES.c.role == role]
    either = union(
        select(SIDES.c.record_key).where(SIDES.c.entity == name, *at),
        select(SIDES.c.record_key).where(SIDES.c.country == name, *at),
    ).subquery()
    return select(either.c.record_key)


def within(start: Column[str], end: Column[str], since: str | None, until: str | None) -> Conditions:
    """Conditions that a range of days overlaps a period; an open end reaches on, what has no day at all is out."""
    found: Conditions = []
    if since is not None:
        found.append(func.coalesce(end, func.iif(start.is_(None), "", "9999")) >= day_range(since)[0])
    if until is not None:
        found.append(func.coalesce(start, func.iif(end.is_(None), "9999", "")) <= day_range(until)[1])
    return found


def matching(index: str, words: str) -> Select[tuple[int]]:
    """Keys of the rows that a full-text index finds."""
    found = table(index, column("rowid", Integer))
    return select(found.c.rowid).where(literal_column(index).op("MATCH")(match_expression(words)))


def _check(what: str, values: tuple[str, ...], allowed: Callable[[], tuple[str, ...]]) -> None:
    for value in values:
        if value not in allowed():
            near = get_close_matches(value, allowed(), 1)
            nearest = f"nearest {near[0]!r}" if near else f"one of {', '.join(allowed())}"
            raise QueryError(f"Unknown {what} {value!r}: {nearest}. Correct it.")
