"""The four kinds of record: where each stands in the database, and what its columns hold.

What enters: a record. What leaves: rows for the tables, made from the record alone, so that they can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import Table

from detente.interchange.codec import LOCATION, Form
from detente.interchange.forms import EVENT, MEMBERSHIP, STANCE, STATEMENT, told_of
from detente.records import Event, Evidence, Membership, Stance, Statement
from detente.store.days import Days, day_range
from detente.store.schema import EVENTS, MEMBERSHIPS, STANCES, STATEMENTS

Record = Event | Stance | Statement | Membership
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    `plural` is its attribute in `CodedDocument`, `details` its columns in `table`, `sides` its actors and recipients,
    and `mutual` tells whether it holds in both directions.
    """

    name: str
    plural: str
    form: Form[Any]
    table: Table
    details: Callable[[Any], Row]
    sides: Callable[[Any], tuple[tuple[str, ...], tuple[str, ...]]]
    mutual: Callable[[Any], bool]
    evidence: Callable[[Any], Evidence]
    date: Callable[[Any], str | None]
    days: Callable[[Any], Days]


def packed(values: Iterable[object]) -> str:
    """A list as the JSON array that stands in a column."""
    return json.dumps(list(values), ensure_ascii=False)


def record_row(kind: Kind, record: Record, published: Days) -> Row:
    """The columns of `records` that follow from the record and the days of its document's publication."""
    evidence = kind.evidence(record)
    first, last = kind.days(record)
    if first is None and last is None:
        first, last = published
    return {
        "kind": kind.name,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "date": kind.date(record),
        "date_start": first,
        "date_end": last,
        "day": first or "",
        "attribution": packed(record.attribution.sources),
        "endorsed": record.attribution.endorsed,
        "coded_by": record.coded_by,
        "record": json.dumps(kind.form.write(record), ensure_ascii=False),
    }


def _event(event: Event) -> Row:
    return {
        "type": event.type,
        "modes": packed(event.modes),
        "contexts": packed(event.contexts),
        "status": event.status,
        **told_of(event),
        "date_basis": event.date_basis,
        "due": event.due,
        "place": event.place and event.place.name,
        "place_country": event.place and event.place.country,
        **{f"place_{part}": event.place and getattr(event.place, part) for part in LOCATION},
        "trigger": event.trigger.quote,
        "inferred": packed(event.inferred),
        "probability": event.probability,
    }


def _stance(stance: Stance) -> Row:
    names = ("holder", "object", "mutual", "valence", "trend")
    return {**{name: getattr(stance, name) for name in names}, "trigger": stance.trigger.quote}


def _statement(statement: Statement) -> Row:
    names = ("speaker", "role", "affiliation", "venue", "direct", "denied")
    return {**{name: getattr(statement, name) for name in names}, "cue": statement.cue.quote}


def _membership(membership: Membership) -> Row:
    names = ("member", "organisation", "status", "since", "until", "disagrees_with")
    return {name: getattr(membership, name) for name in names}


def _membership_days(membership: Membership) -> Days:
    return day_range(membership.since)[0], day_range(membership.until)[1]


KINDS: MappingProxyType[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind(
                name="event",
                plural="events",
                form=EVENT,
                table=EVENTS,
                details=_event,
                sides=lambda event: (event.actors, event.recipients),
                mutual=lambda event: not event.recipients,
                evidence=lambda event: event.evidence,
                date=lambda event: event.date,
                days=lambda event: day_range(event.date),
            ),
            Kind(
                name="stance",
                plural="stances",
                form=STANCE,
                table=STANCES,
                details=_stance,
                sides=lambda stance: ((stance.holder,), (stance.object,)),
                mutual=lambda stance: stance.mutual,
                evidence=lambda stance: stance.evidence,
                date=lambda stance: stance.date,
                days=lambda stance: day_range(stance.date),
            ),
            Kind(
                name="membership",
                plural="memberships",
                form=MEMBERSHIP,
                table=MEMBERSHIPS,
                details=_membership,
                sides=lambda membership: ((membership.member,), (membership.organisation,)),
                mutual=lambda _: False,
                evidence=lambda membership: membership.evidence,
                date=lambda membership: membership.since,
                days=_membership_days,
            ),
            Kind(
                name="statement",
                plural="statements",
                form=STATEMENT,
                table=STATEMENTS,
                details=_statement,
                sides=lambda statement: ((statement.speaker,), ()),
                mutual=lambda _: False,
                evidence=lambda statement: statement.content,
                date=lambda _: None,
                days=lambda _: (None, None),
            ),
        )
    }
)
