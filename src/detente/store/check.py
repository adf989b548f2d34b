"""Whether a project is sound: every record proved by its document, nothing orphaned, every hash right.

What enters: a project. What leaves: one `Fault` for each thing that is wrong. Nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError

from detente.errors import DetenteError
from detente.records import Document
from detente.store.kinds import KINDS
from detente.store.originals import path_of, sha256_of
from detente.store.project import Project
from detente.store.reader import read_documents, read_record
from detente.store.schema import DOCUMENTS, FULL_TEXT, ORIGINALS, RECORDS

_DOCUMENTS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong: where, and what."""

    where: str
    what: str


def check(project: Project, *, since: str, on_document: Callable[[], None] = lambda: None) -> list[Fault]:
    """Look for faults in all of a project. Nobody may write meanwhile.

    Args:
        since: the moment in UTC, for those who find the project locked.
        on_document: called for each document that was checked, for progress.

    Raises:
        StoreError: the database cannot be read at all, or another process writes.
    """
    # SQLite counts the look into a full-text index as writing, though it changes nothing.
    with project.lock(doing="check", since=since), project.writing() as connection:
        damage = _damage(connection)
        if damage:
            return damage
        return [
            *_orphans(connection),
            *_full_text(connection),
            *_records(connection, on_document),
            *_originals(connection, project),
        ]


def _damage(connection: Connection) -> list[Fault]:
    found = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars()
    return [Fault("database", line) for line in found if line != "ok"]


def _orphans(connection: Connection) -> Iterator[Fault]:
    """Rows that refer to what is not there, and records without the columns of their kind."""
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault(f"table {row[0]}, row {row[1]}", f"refers to a row of {row[2]} that is not there")
    for kind in KINDS.values():
        here = select(kind.table.c.record_key)
        lost = select(RECORDS.c.id).where(RECORDS.c.kind == kind.name, RECORDS.c.key.not_in(here))
        for record_id in connection.scalars(lost):
            yield Fault(f"record {record_id}", f"has no row in {kind.table.name}")


def _full_text(connection: Connection) -> Iterator[Fault]:
    for index, (table, _, _) in FULL_TEXT.items():
        try:
            # Rank 1 compares with the content; the statement changes nothing.
            connection.exec_driver_sql(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        except DatabaseError as error:
            yield Fault(f"index {index}", f"is not in step with {table} ({error.orig})")


def _records(connection: Connection, on_document: Callable[[], None]) -> Iterator[Fault]:
    """Documents whose text is another than its hash says, and records that their text does not prove."""
    keys = list(connection.scalars(select(DOCUMENTS.c.key).order_by(DOCUMENTS.c.key)))
    for start in range(0, len(keys), _DOCUMENTS_AT_ONCE):
        part = keys[start : start + _DOCUMENTS_AT_ONCE]
        documents = read_documents(connection, part)
        rows = connection.execute(select(DOCUMENTS.c.key, DOCUMENTS.c.sha256).where(DOCUMENTS.c.key.in_(part)))
        hashes = {row.key: row.sha256 for row in rows}
        for key in part:
            document = documents.get(key)
            if document is None:
                yield Fault(f"document {key}", "has no text")
                continue
            if document.sha256 != hashes[key]:
                yield Fault(f"document {document.id}", "has another text than was stored: its hash differs")
            yield from _proofs(connection, key, document)
            on_document()


def _proofs(connection: Connection, document_key: int, document: Document) -> Iterator[Fault]:
    columns = RECORDS.c.id, RECORDS.c.kind, RECORDS.c.record, RECORDS.c.start, RECORDS.c.end, RECORDS.c.quote
    for row in connection.execute(select(*columns).where(RECORDS.c.document_key == document_key)):
        try:
            kind = KINDS[row.kind]
            evidence = kind.evidence(read_record(kind, row.record, document, where=repr(row.id)))
        except (DetenteError, KeyError) as error:
            yield Fault(f"record {row.id}", str(error))
            continue
        if (evidence.start, evidence.end, evidence.quote) != (row.start, row.end, row.quote):
            yield Fault(f"record {row.id}", "has other words in its columns than in itself")


def _originals(connection: Connection, project: Project) -> Iterator[Fault]:
    for row in connection.execute(select(ORIGINALS).where(ORIGINALS.c.kept)):
        path = path_of(project.originals, row.sha256, row.name)
        try:
            found = sha256_of(path)
        except DetenteError:
            yield Fault(f"original {path.relative_to(project.root)}", "is not there or cannot be read")
            continue
        if found != row.sha256:
            yield Fault(f"original {path.relative_to(project.root)}", "was changed: its hash differs")
