"""Which records an export takes: a few conditions that hold for every kind of record.

What enters: a connection to the tables and a `Selection`. What leaves: temporary tables `x_events`, `x_documents` and
so on in the connection, with what was asked for and all that belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from detente.codebook.codebook import load_codebook, require
from detente.errors import DataError
from detente.exports.dates import days_of
from detente.exports.snapshot import TABLES
from detente.records import STATUSES

if TYPE_CHECKING:
    import duckdb

# Who stands in a record of each kind, by id and by country.
_PARTIES: Final = {
    "stances": ("holder_id", "holder_country", "object_id", "object_country"),
    "statements": ("speaker_id", "speaker_country"),
    "memberships": ("member_id", "organisation_id"),
}
_KEYS: Final = {
    "events": "event_id",
    "stances": "stance_id",
    "statements": "statement_id",
    "memberships": "membership_id",
}
_DATES: Final = {
    "events": ("date_start", "date_end"),
    "stances": ("date_start", "date_end"),
    "dyad_month": ("month", "month"),
    "dyad_year": ("make_date(year, 1, 1)", "make_date(year, 12, 31)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Conditions that all have to hold; what is None or empty does not matter.

    Attributes:
        involving: ids of entities or countries, each of which stands in the record on any side.
        since, until: first and last day, month or year; what overlaps is taken, a record without a date counts on the
            day of its document.
        types, statuses: of events, any of them; records of other kinds are then left out.
    """

    involving: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in self.types:
            require(name, load_codebook().types, "event type", "--type")
        for name in self.statuses:
            require(name, STATUSES, "status", "--status")
        for option, value in (("--since", self.since), ("--until", self.until)):
            if value is not None and None in days_of(value):
                raise DataError(
                    f"Malformed date {value!r} in {option}: a day, month or year is allowed. Write for example 2018-03."
                )

    @property
    def first(self) -> date | None:
        return days_of(self.since)[0]

    @property
    def last(self) -> date | None:
        return days_of(self.until)[1]

    @property
    def is_everything(self) -> bool:
        return self == Selection()

    @property
    def is_of_events(self) -> bool:
        """Whether a condition holds for events alone."""
        return bool(self.types or self.statuses)


def select_tables(connection: duckdb.DuckDBPyConnection, wanted: Selection) -> None:
    """Make the tables `x_<name>` that hold what was asked for."""
    for name in TABLES:
        if name in _KEYS or name.startswith("dyad_"):
            conditions, values = _conditions(name, wanted)
            where = " AND ".join(conditions) or "true"
            connection.execute(f"CREATE OR REPLACE TEMP TABLE x_{name} AS SELECT * FROM {name} WHERE {where}", values)
    records = " UNION ALL ".join(f"SELECT {key} AS id, document_id FROM x_{name}" for name, key in _KEYS.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE x_records AS {records}")
    belonging = {
        "event_sides": "event_id IN (SELECT id FROM x_records)",
        "evidence": "record_id IN (SELECT id FROM x_records)",
        "documents": "true" if wanted.is_everything else "document_id IN (SELECT document_id FROM x_records)",
        "entities": f"entity_id IN ({_named()})",
    }
    for name, where in belonging.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE x_{name} AS SELECT * FROM {name} WHERE {where}")


def _conditions(name: str, wanted: Selection) -> tuple[list[str], list[Any]]:
    conditions, values = _within(name, wanted)
    if name != "events" and wanted.is_of_events:
        return ["false"], []
    for party in wanted.involving:
        conditions.append(_has(name))
        values += [party] * conditions[-1].count("?")
    for column, allowed in (("event_type", wanted.types), ("status", wanted.statuses)):
        if allowed:
            conditions.append(f"{column} IN ({', '.join('?' * len(allowed))})")
            values += allowed
    return conditions, values


def _has(name: str) -> str:
    """The condition that somebody stands in a record."""
    if name == "events":
        return "event_id IN (SELECT event_id FROM event_sides WHERE entity_id = ? OR country = ?)"
    if name.startswith("dyad_"):
        return "(actor = ? OR recipient = ?)"
    return f"({' OR '.join(f'{column} = ?' for column in _PARTIES[name])})"


def _within(name: str, wanted: Selection) -> tuple[list[str], list[Any]]:
    document = "SELECT d.{} FROM documents AS d WHERE d.document_id = {}.document_id"
    start, end = _DATES.get(name, ("NULL", "NULL"))
    if not name.startswith("dyad_"):
        known = f"{start} IS NULL AND {end} IS NULL"
        start = f"CASE WHEN {known} THEN ({document.format('date_start', name)}) ELSE {start} END"
        end = f"CASE WHEN {known} THEN ({document.format('date_end', name)}) ELSE {end} END"
    conditions: list[str] = []
    values: list[Any] = []
    if wanted.first is not None:
        conditions.append(f"coalesce({end}, if({start} IS NULL, NULL, DATE '9999-12-31')) >= ?")
        values.append(wanted.first)
    if wanted.last is not None:
        conditions.append(f"coalesce({start}, if({end} IS NULL, NULL, DATE '0001-01-01')) <= ?")
        values.append(wanted.last)
    return conditions, values


def _named() -> str:
    """Ids of all who stand in the records that were taken."""
    columns = [("event_sides", "entity_id"), ("stances", "holder_id"), ("stances", "object_id")]
    columns += [("statements", "speaker_id"), ("memberships", "member_id"), ("memberships", "organisation_id")]
    return " UNION ".join(f"SELECT {column} FROM x_{table}" for table, column in columns)
