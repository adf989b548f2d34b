"""A document's records replaced by those of another coder, with every decision of a user kept.

What enters: a document and what a coder reads in it now. What leaves: the tables hold that, and a list says what
changed. A record that a user decided about stays, whatever the coder says: where it finds the same record, the
corrections are applied to what it says now; where it does not, the record stays as it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, select, update

from detente.errors import RecordError
from detente.records import CodedDocument
from detente.store.amendments import fields_of
from detente.store.corrections import renew
from detente.store.entities import load_renamings
from detente.store.kinds import KINDS, Kind, Record
from detente.store.reader import read_record
from detente.store.schema import HAPPENINGS, RECORDS, REPORTS
from detente.store.writer import RecordWriter, coder_key, drop_findings, drop_parts, write_findings

What = Literal["found", "lost", "changed", "kept"]


@dataclass(frozen=True, slots=True)
class Change:
    """What another coder changed about a record.

    Attributes:
        what: `found` it new, `lost` it, `changed` it, or `kept` where only a user's decision keeps it.
        fields: what changed, by the names of `detente schema`, as [before, now].
    """

    document_id: str
    record_id: str
    kind: str
    what: What
    fields: dict[str, list[Any]]


def replace_coding(connection: Connection, document_key: int, coded: CodedDocument) -> list[Change]:
    """Store what a coder reads now in a document that is stored, in the caller's transaction."""
    made_by = coder_key(connection, coded.provenance)
    drop_findings(connection, document_key)
    write_findings(connection, document_key, coded, made_by)
    replacing = _Replacing(connection, document_key, coded, made_by)
    return [change for kind in KINDS.values() for change in replacing.replace(kind)]


@dataclass(frozen=True, slots=True)
class _Replacing:
    connection: Connection
    document_key: int
    coded: CodedDocument
    made_by: int

    def replace(self, kind: Kind) -> list[Change]:
        """Replace the records of one kind."""
        new = dict(_with_ids(getattr(self.coded, kind.plural)))
        old = {row.id: row for row in self._rows(kind)}
        claimed = {self._claim(kind, row) for row in old.values() if row.review != "unreviewed"}
        changes: list[Change | None] = [
            self._unfound(kind, row) for row in old.values() if row.id not in new and row.coder_key is not None
        ]
        positions = {record_id: position for position, record_id in enumerate(new)}
        changes += [
            self._found_again(kind, old[record_id], record, positions[record_id])
            for record_id, record in new.items()
            if record_id in old
        ]
        # What a user made of another record, or rejected, is not added again.
        fresh = {key: record for key, record in new.items() if key not in old and record.id not in claimed}
        writer = self._writer()
        for record_id, record in fresh.items():
            added = writer.add(kind, record, position=positions[record_id], made_by=self.made_by)
            changes.append(Change(self.coded.document.id, added, kind.name, "found", {}))
        writer.flush()
        return [change for change in changes if change is not None]

    def _unfound(self, kind: Kind, row: Row[Any]) -> Change:
        """The coder does not say this any more."""
        if row.review != "unreviewed":
            return self._change(kind, row, "kept")
        key = [row.key]
        told = select(HAPPENINGS.c.id).where(HAPPENINGS.c.representative.in_(key))
        self.connection.execute(delete(REPORTS).where(REPORTS.c.record_key.in_(key) | REPORTS.c.happening.in_(told)))
        self.connection.execute(delete(HAPPENINGS).where(HAPPENINGS.c.representative.in_(key)))
        drop_parts(self.connection, key, kind)
        self.connection.execute(delete(RECORDS).where(RECORDS.c.key == row.key))
        return self._change(kind, row, "lost")

    def _found_again(self, kind: Kind, row: Row[Any], record: Record, position: int) -> Change | None:
        """The coder says this still; perhaps other things about it."""
        here = update(RECORDS).where(RECORDS.c.key == row.key)
        self.connection.execute(here.values(position=position, coder_key=self.made_by))
        before, now = json.loads(row.original or row.record), kind.form.write(record)
        fields = {name: [before.get(name), now[name]] for name in fields_of(kind) if before.get(name) != now[name]}
        if not fields:
            return None
        try:
            renew(self.connection, row, coded=now)
        except RecordError:
            # A correction does not fit what the coder says now: the record stays as the user left it.
            return self._change(kind, row, "kept", fields)
        return self._change(kind, row, "changed", fields)

    def _claim(self, kind: Kind, row: Row[Any]) -> str:
        """The content id of a record as it is now."""
        return read_record(kind, row.record, self.coded.document, where=repr(row.id)).id

    def _rows(self, kind: Kind) -> list[Row[Any]]:
        here = RECORDS.c.document_key == self.document_key, RECORDS.c.kind == kind.name
        return list(self.connection.execute(select(RECORDS).where(*here).order_by(RECORDS.c.position)).all())

    def _writer(self) -> RecordWriter:
        renamings = load_renamings(self.connection)
        return RecordWriter(self.connection, self.document_key, self.coded.document, self.coded.entities, renamings)

    def _change(self, kind: Kind, row: Row[Any], what: What, fields: dict[str, list[Any]] | None = None) -> Change:
        return Change(self.coded.document.id, row.id, kind.name, what, fields or {})


def _with_ids(records: tuple[Record, ...]) -> Iterator[tuple[str, Record]]:
    """Records with the ids that they get in the project, see `RecordWriter.add`."""
    seen: dict[str, int] = {}
    for record in records:
        seen[record.id] = seen.get(record.id, 0) + 1
        yield record.id if seen[record.id] == 1 else f"{record.id}-{seen[record.id]}", record
